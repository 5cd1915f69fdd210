/** What callers may look up of their own writes: operations, and what was answered before. */
import type { Operation } from '../../schemas/operation.ts'
import { describeError } from '../logging.ts'
import type { IntentStore, Replacements } from '../store/store.ts'
import type { Call, WriteAnswer } from './call.ts'
import { fromStored, toOperation } from './operation.ts'
import { notNow } from './sending.ts'

export class Operations {
  readonly #store: IntentStore

  constructor(store: IntentStore) {
    this.#store = store
  }

  /** The caller's own operation by its public id. */
  async get(caller: string, id: string): Promise<Operation | null> {
    const intent = id.startsWith('op_') ? await answered(this.#store.get(id.slice(3))) : null
    return intent?.caller === caller ? toOperation(intent) : null
  }

  /** The caller's own operations, newest first. */
  async list(query: { caller: string; status: Operation['status'] | null; limit: number }): Promise<Operation[]> {
    return (await answered(this.#store.list(query))).map(toOperation)
  }

  /** Links that the ERP does not keep; a reading goes on without them when the store cannot be asked. */
  async replacements(id: string, log: Call['log']): Promise<Partial<Replacements>> {
    try {
      const { replaces, replacedBy } = await this.#store.replacements(id)
      return { ...(replaces && { replaces }), ...(replacedBy && { replacedBy }) }
    } catch (error) {
      log.warn({ error: describeError(error) }, 'replacements could not be read')
      return {}
    }
  }

  /** What the caller was answered when this operation was done to the record before; null when it was not. */
  async earlierAnswer(call: Call, resourceId: string): Promise<WriteAnswer | null> {
    const scope = { caller: call.caller.name, operation: call.operation, resourceId }
    const intent = await answered(this.#store.findByResource(scope))
    return intent?.answer ? fromStored(intent.answer, intent.resourceId) : null
  }
}

/** A store that is gone for a moment is no defect: the same call works later. */
async function answered<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch (cause) {
    throw notNow('The store of the gateway does not answer.', 'no', cause)
  }
}
