/** Invoices that a payment names by number: letter case does not matter, and a number that cannot be paid is told why. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Posted } from '../support/erps.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5 })
})
afterAll(() => gateway.close())

describe.each(['netsuite', 'intacct'] as const)('%s', (name) => {
  beforeEach(() => gateway.erps[name].reset())

  const customers = { netsuite: ['456', '457'], intacct: ['ACME', 'EUROPA'] } as const
  const [customer, other] = customers[name]
  const post = (of: string, total = '10.00') => gateway.erps[name].invoice(of, { total, currency: 'USD' })
  const pay = (invoiceNumber: string, amount = '10.00') =>
    gateway.request('POST', '/v1/payments', {
      key: newKey(),
      body: {
        customer: { id: `cus_${name}_${customer}` },
        date: '2026-04-10',
        currency: 'USD',
        amount,
        applications: [{ invoiceNumber, amount }],
      },
    })
  const called = (invoice: Posted, number: string) =>
    gateway.erps[name].books.updateDocument(invoice.nativeId, { number })

  it('takes the number in any letter case', async () => {
    const invoice = post(customer)
    called(invoice, 'Case-1')
    const { status, body } = await pay('cASE-1')
    expect({ status, id: body.applications?.[0].invoiceId }).toEqual({ status: 201, id: invoice.id })
    expect(Number(invoice.open())).toBe(0)
  })
  it('takes the exact one of two that differ by letter case alone', async () => {
    const [small, large] = [post(customer), post(customer)]
    called(small, 'twin-1')
    called(large, 'TWIN-1')
    expect((await pay('TWIN-1')).body.applications[0].invoiceId).toBe(large.id)
    const neither = await pay('Twin-1')
    // One of the two is paid by now; what is left is the only open one.
    expect(neither.body.applications[0].invoiceId).toBe(small.id)
  })
  it('says that one is paid', async () => {
    const invoice = post(customer)
    expect((await pay(invoice.number)).status).toBe(201)
    const { body } = await pay(invoice.number.toLowerCase())
    expect(body).toMatchObject({
      status: 422,
      code: 'allocation_exceeds_open_amount',
      detail: `Invoice ${invoice.number} has 0.00 USD open.`,
      errors: [{ pointer: '/applications/0/amount' }],
    })
  })
  it("says that one is another customer's, and that there is none", async () => {
    const invoice = post(other)
    const at = [{ pointer: '/applications/0/invoiceNumber' }]
    expect((await pay(invoice.number)).body).toMatchObject({
      status: 422,
      code: 'invalid_reference',
      detail: `Invoice ${invoice.number} is another customer's.`,
      errors: at,
    })
    expect((await pay('no such number')).body).toMatchObject({
      status: 422,
      code: 'invalid_reference',
      detail: 'There is no invoice with this number.',
      errors: at,
    })
  })
})
