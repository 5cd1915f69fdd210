/** Two callers ask for the same change under two keys, and one of them is lost: nobody is told that both were done. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 3, intents: { consistencyWindowSeconds: 1 } })
})
afterAll(() => gateway.close())

it('NetSuite, where a change is known only by what the record reads: the lost one stays unknown', async () => {
  const erp = gateway.erps.netsuite
  const customer = erp.seed.customer.split('_')[2] as string
  const invoice = erp.invoice(customer, { total: '30.00' })
  const body = { customer: { id: erp.seed.customer }, date: '2026-04-10', amount: '30.00' }
  const { body: payment } = await gateway.request('POST', '/v1/payments', { key: newKey(), body })
  const apply = (key: string) =>
    gateway.request('POST', `/v1/payments/${payment.id}/apply`, {
      key,
      body: { applications: [{ invoiceId: invoice.id, amount: '15.00' }] },
    })
  const first = newKey()
  erp.proxy.fail(erp.isWrite, { kind: 'drop-before' })
  const lost = await apply(first)
  expect(lost).toMatchObject({ status: 202, body: { status: 'unknown' } })
  expect(await apply(newKey())).toMatchObject({ status: 200, body: { appliedAmount: '15.00' } })
  const operation = await vi.waitUntil(
    async () => {
      const answer = await gateway.request('GET', lost.headers.get('location') as string)
      return /which of the two/.test(answer.body.problem?.detail) && answer.body
    },
    { timeout: 20_000, interval: 20 },
  )
  expect(operation).toMatchObject({ status: 'unknown', problem: { applied: 'unknown' } })
  expect((await apply(first)).status).toBe(202)
  expect((await gateway.request('GET', `/v1/payments/${payment.id}`)).body.appliedAmount).toBe('15.00')
})
