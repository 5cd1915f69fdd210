/** What routes work with: the opened connections, the promised writes, and the clock. */
import type { Connections } from './connections.ts'
import type { Intents } from './intents.ts'
import type { Operations } from './operations.ts'

export interface Gateway {
  readonly connections: Connections
  readonly intents: Intents
  readonly operations: Operations
  readonly now: () => Date
}

/** Today in UTC as an accounting date. */
export const today = (gateway: Gateway): string => gateway.now().toISOString().slice(0, 10)
