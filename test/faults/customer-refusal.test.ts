/** A customer whose creation was lost and is refused when it is sent again: the refusal names the caller's field, and no other. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Match } from '../support/fault-proxy.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 1, intents: { consistencyWindowSeconds: 1 } })
})
afterAll(() => gateway.close())

const creates: Match = ({ method, path }) => method === 'POST' && path.endsWith('/customer')
const REFUSAL = {
  'o:errorDetails': [
    { detail: 'Not an address.', 'o:errorPath': 'email', 'o:errorCode': 'INVALID_CONTENT' },
    { detail: 'Filled by a script.', 'o:errorPath': 'phone', 'o:errorCode': 'INVALID_CONTENT' },
  ],
}

it('as the first call would have', async () => {
  const { proxy } = gateway.erps.netsuite
  proxy.fail(creates, { kind: 'drop-before' })
  const body = { connection: 'netsuite', type: 'company', companyName: 'Late Ltd', email: 'late@example.com' }
  const key = newKey()
  const create = () => gateway.request('POST', '/v1/customers', { key, body })
  expect((await create()).status).toBe(202)
  const headers = { 'content-type': 'application/json' }
  const answer = { status: 400, headers, body: JSON.stringify(REFUSAL) }
  proxy.fail(creates, { kind: 'answer', answer })
  const refused = await vi.waitUntil(
    async () => {
      const later = await create()
      return later.status !== 202 && later
    },
    { timeout: 20_000, interval: 20 },
  )
  expect(refused).toMatchObject({
    status: 422,
    body: { code: 'rejected', applied: 'no', instance: '/v1/customers' },
  })
  // Nobody is blamed for the field that they did not send.
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/email'])
  expect(refused.headers.get('idempotent-replayed')).toBe('true')
})
