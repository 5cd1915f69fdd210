/** Parts that the examples of several resources have in common. */
import type { Operation } from '../../../schemas/operation.ts'

export const lastPage = (total: number) => ({ nextCursor: null, hasMore: false, total })
export const answeredBy = (...connections: string[]) => connections.map((id) => ({ id, status: 'ok' as const }))

/** What a 202 says. */
export const LATER_OPERATION: Operation = {
  object: 'operation',
  id: 'op_01kn3t8y2m4q7v9x1b5d8f0h2j',
  status: 'running',
  operation: 'createPayment',
  connection: 'netsuite',
  idempotencyKey: '5f1c2a34-7d1e-4c57-9f0a-2f6f0c1f9b11',
  resource: null,
  result: null,
  problem: null,
  tries: 1,
  createdAt: '2026-03-31T09:30:00.000Z',
  updatedAt: '2026-03-31T09:30:30.000Z',
}
