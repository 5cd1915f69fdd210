/** Reads back what was just written; where only that fails, the caller hears that the write happened, and to what. */
import { GatewayError } from '../errors.ts'

/** `resourceId` is native; the gateway publishes it. Everything that follows a write that worked belongs in `read`. */
export async function readBack<T>(resourceId: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.status >= 500) throw error.with({ applied: 'yes', resourceId })
    // A refusal of the reading is no refusal of what the caller asked for.
    const detail = `The ERP has written it, and could not give it back: ${error.message}`
    throw new GatewayError('provider_failed', detail, { ...error.options, applied: 'yes', resourceId })
  }
}
