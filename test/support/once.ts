/** How a test calls an operation of a provider directly: steps are sent as the gateway would, nothing is stored. */
import { Journal } from '../../src/gateway/journal.ts'
import type { Connection, WriteOnce } from '../../src/providers/provider.ts'

const PROMISED_AT = Date.parse('2026-01-01T00:00:00Z')

export function onceFor(bound: Connection, intentId: string, promisedAt = PROMISED_AT): WriteOnce {
  const journal = new Journal(
    { id: intentId, createdAt: promisedAt },
    { requestId: 'req_1', instance: '/', resource: null },
  )
  journal.bind(bound.steps)
  return journal
}
