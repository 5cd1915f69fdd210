/** What callers may look up of their own writes: operations, and what was answered before. */
import type { Operation } from '../../schemas/operation.ts'
import type { IntentStore } from '../store/store.ts'
import type { Call, WriteAnswer } from './call.ts'
import { fromStored, toOperation } from './operation.ts'

export class Operations {
  readonly #store: IntentStore

  constructor(store: IntentStore) {
    this.#store = store
  }

  /** The caller's own operation by its public id. */
  async get(caller: string, id: string): Promise<Operation | null> {
    const intent = id.startsWith('op_') ? await this.#store.get(id.slice(3)) : null
    return intent?.caller === caller ? toOperation(intent) : null
  }

  /** The caller's own operations, newest first. */
  async list(query: { caller: string; status: Operation['status'] | null; limit: number }): Promise<Operation[]> {
    return (await this.#store.list(query)).map(toOperation)
  }

  /** What the caller was answered when this operation was done to the record before; null when it was not. */
  async earlierAnswer(call: Call, resourceId: string): Promise<WriteAnswer | null> {
    const scope = { caller: call.caller.name, operation: call.operation, resourceId }
    const intent = await this.#store.findByResource(scope)
    return intent?.answer ? fromStored(intent.answer, intent.resourceId) : null
  }
}
