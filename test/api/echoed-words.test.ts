/** Errors of an ERP repeat what callers sent: such words decide nothing for anybody else. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 2 })
})
afterAll(() => gateway.close())

const WORDS = [
  'invalid session',
  'Invalid session q.',
  'already been recorded',
  'concurrent request in process',
  'XL03000006',
]

it.each(WORDS)('"%s" as a value of a caller is that caller’s affair alone', async (words) => {
  const { customer } = gateway.erps.intacct.seed
  const body = { connection: 'intacct', name: `Echo ${words}`, terms: { id: words } }
  const created = await gateway.request('POST', '/v1/customers', { key: newKey(), body })
  expect({ status: created.status, applied: created.body.applied }).toMatchObject({ status: 422, applied: 'no' })
  const filter = encodeURIComponent(`vendorFields.RECORDNO=="${words}"`)
  const listed = await gateway.request('GET', `/v1/customers?connection=intacct&filter=${filter}`)
  expect([200, 400, 422]).toContain(listed.status)
  expect((await gateway.request('GET', `/v1/customers/${customer}`)).status).toBe(200)
  expect((await gateway.request('GET', '/v1/connections/intacct')).body).toMatchObject({ rest: null, status: 'ok' })
})
