/** Whose a payment is: number and name apart, whatever the account calls its customers, and nothing lost when nobody tells. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Match } from '../support/fault-proxy.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'

const asksNames: Match = ({ body }) => body.includes('c.entityid')
const WHOLE = { id: 'cus_netsuite_456', name: 'ACME-001 Acme Corporation' }
const APART = { id: 'cus_netsuite_456', number: 'ACME-001', name: 'Acme Corporation' }

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5 })
})
afterAll(() => gateway.close())

const customers = async (path: string) => {
  const { body } = await gateway.request('GET', path)
  return (body.data ?? [body]).map(({ customer }: { customer: unknown }) => customer)
}
const asked = () => gateway.erps.netsuite.proxy.exchanges.filter(asksNames).length

it('stays whole while the customers cannot be asked, and fails nothing', async () => {
  gateway.erps.netsuite.proxy.fail(asksNames, { kind: 'answer', answer: { status: 200, headers: {}, body: '{}' } }, 100)
  expect(await customers('/v1/invoices/inv_netsuite_5001')).toEqual([WHOLE])
  gateway.erps.netsuite.proxy.mend()
})

it('is taken apart by the customer itself, in a record and in lists, and asked once', async () => {
  expect(await customers('/v1/invoices/inv_netsuite_5001')).toEqual([APART])
  gateway.erps.netsuite.proxy.forget()
  const listed = await customers('/v1/invoices?customerId=cus_netsuite_456&limit=3')
  expect(listed).toEqual([APART, APART, APART])
  expect(asked()).toBe(0)
})

it('is found by the name that is shown', async () => {
  const filter = encodeURIComponent('customer.name=="Acme Corporation"')
  expect(await customers(`/v1/invoices?connection=netsuite&limit=2&filter=${filter}`)).toEqual([APART, APART])
})

it('asks for all customers of a page at a time', async () => {
  const other = await startGateway({ customers: 30 })
  const { proxy } = other.erps.netsuite
  const { body } = await other.request('GET', '/v1/invoices?connection=netsuite&limit=50')
  const names = body.data.map(({ customer }: { customer: { name: string } }) => customer.name)
  expect(new Set(names).size).toBeGreaterThan(5)
  expect(names.every((name: string) => !/^(CUST|ACME-)\d/.test(name))).toBe(true)
  expect(proxy.exchanges.filter(asksNames)).toHaveLength(1)
  await other.close()
})
