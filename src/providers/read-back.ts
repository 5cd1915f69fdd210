/** Reads back what was just written; where only that fails, the caller hears that the write happened, and to what. */
import { GatewayError } from '../errors.ts'

/** `resourceId` is native; the gateway publishes it. Everything that follows a write that worked belongs in `read`. */
export async function readBack<T>(resourceId: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof GatewayError) throw error.with({ applied: 'yes', resourceId })
    throw error
  }
}
