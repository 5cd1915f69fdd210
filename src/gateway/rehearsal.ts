/** A write done for real up to its first byte: reads go to the ERP, the first write is kept and shown instead of sent. */
import type { Warning } from '../../schemas/common.ts'
import type { UpstreamRequest } from '../../schemas/payment.ts'
import { GatewayError } from '../errors.ts'
import type { Connection, WriteOnce } from '../providers/provider.ts'
import type { Send, WireRequest } from '../wire/exchange.ts'
import type { Call } from './call.ts'
import type { OpenConnection } from './connections.ts'
import { Journal } from './journal.ts'

/** Stands where the id that makes a write happen once would stand. */
const INTENT = 'dryrun'

/** Ends an operation at its first write. No `GatewayError`: operations look at those, and this is none of their affair. */
class Caught extends Error {}

export interface Rehearsed {
  /** The write that would be sent first; what follows depends on the ERP's answer. */
  readonly upstream: readonly UpstreamRequest[]
  readonly warnings: readonly Warning[]
}

/** Does what `perform` does, up to its first write. */
export async function rehearse(
  connection: OpenConnection,
  call: Call,
  perform: (bound: Connection, once: WriteOnce) => Promise<unknown>,
): Promise<Rehearsed> {
  let caught: UpstreamRequest | null = null
  const promise = { id: INTENT, createdAt: Date.now() }
  const once = new Journal(promise, { requestId: call.requestId, instance: '', resource: null })
  const through =
    (send: Send): Send =>
    async (request) => {
      if (request.effect === 'read') return send(request)
      caught = await shown(request)
      throw new Caught('A dry run sends no write.')
    }
  try {
    const bound = connection.bind(call, undefined, through)
    once.bind(bound.steps)
    await perform(bound, once)
  } catch (error) {
    if (!(error instanceof Caught)) throw error
  }
  if (caught) return { upstream: [caught], warnings: once.told.warnings ?? [] }
  throw new GatewayError('internal_error', 'The operation wrote nothing.', { applied: 'no' })
}

/** Logging in is part of the rehearsal: it may fail, and it may say where to send. */
async function shown(request: WireRequest): Promise<UpstreamRequest> {
  const authorization = await request.authorize?.(false)
  return {
    method: request.method,
    path: authorization?.path ?? request.path,
    headers: { ...request.headers },
    body: request.bodyShown?.() ?? request.body ?? null,
  }
}
