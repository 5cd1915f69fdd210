/** A void by refund is two steps: whatever is lost, the lines are released once and the money is refunded once. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Match } from '../support/fault-proxy.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({
    customers: 3,
    intents: { consistencyWindowSeconds: 1 },
    more: { refunding: { like: 'netsuite', settings: { void: 'refund' } } },
  })
})
afterAll(() => gateway.close())

const erp = () => gateway.erps.netsuite
const releases: Match = ({ method, path }) => method === 'PATCH' && path.includes('/customerPayment/')
const refunds: Match = ({ method, path }) => method === 'POST' && path.includes('!transform/customerRefund')
const sent = (match: Match) => erp().proxy.exchanges.filter(match).length

/** A paid invoice, seen through the connection that voids by refund. */
async function paid(): Promise<string> {
  const customer = erp().seed.customer.split('_')[2] as string
  const invoice = erp().invoice(customer, { total: '10.00' })
  const body = {
    customer: { id: `cus_refunding_${customer}` },
    ...{ date: '2026-04-10', amount: '10.00' },
    applications: [{ invoiceId: invoice.id.replace('_netsuite_', '_refunding_'), amount: '10.00' }],
  }
  const made = await gateway.request('POST', '/v1/payments', { key: newKey(), body, as: 'operator' })
  expect({ status: made.status, detail: made.body.detail }).toEqual({ status: 201, detail: undefined })
  erp().proxy.forget()
  return made.body.id
}
const voiding = (id: string, key: string) =>
  gateway.request('POST', `/v1/payments/${id}/void`, { key, body: { date: '2026-04-14' }, as: 'operator' })

it.each([
  ['the release', releases],
  ['the refund', refunds],
] as const)('the answer to %s lost: the call is answered as always', async (_, match) => {
  const id = await paid()
  erp().proxy.fail(match, { kind: 'drop-after' })
  const key = newKey()
  const voided = await voiding(id, key)
  expect(voided).toMatchObject({
    status: 200,
    body: { status: 'voided', void: { how: 'refunded', date: '2026-04-14' } },
  })
  expect({ released: sent(releases), refunded: sent(refunds) }).toEqual({ released: 1, refunded: 1 })
  expect((await voiding(id, key)).body).toEqual(voided.body)
})

it.each([
  ['the release', releases, 2, 1],
  ['the refund', refunds, 1, 2],
] as const)('%s lost on its way: sent again once the ERP has had its time', async (_, match, released, refunded) => {
  const id = await paid()
  erp().proxy.fail(match, { kind: 'drop-before' })
  const key = newKey()
  expect((await voiding(id, key)).status).toBe(202)
  const done = await vi.waitUntil(
    async () => {
      const answer = await voiding(id, key)
      return answer.status !== 202 && answer
    },
    { timeout: 20_000, interval: 20 },
  )
  expect(done).toMatchObject({
    status: 200,
    body: { id, status: 'voided', void: { how: 'refunded', reversalId: expect.stringMatching(/^pay_refunding_/) } },
  })
  expect({ released: sent(releases), refunded: sent(refunds) }).toEqual({ released, refunded })
})
