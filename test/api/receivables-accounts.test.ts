/** Which invoices a payment takes: those of its own receivables account by itself, and sub-customers' where they are named. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

describe.each(['2026.1', 'single'] as const)('NetSuite %s', (profile) => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({ customers: 5, profile })
  })
  afterAll(() => gateway.close())
  beforeEach(() => gateway.erps.netsuite.reset())

  /** The parent: 400.00 (5101) on the usual account, 90.00 (5104) on another; its sub-customer owes 120.00 (5103). */
  const pay = (fields: object) =>
    gateway.request('POST', '/v1/payments', {
      key: newKey(),
      body: { customer: { id: 'cus_netsuite_457' }, date: '2026-04-10', currency: 'USD', amount: '600.00', ...fields },
    })
  const applied = (body: { applications: { invoiceId: string; amount: string }[] }) =>
    body.applications.map(({ invoiceId, amount }) => [invoiceId, amount])

  it("applies by itself to nothing of another receivables account, and to no sub-customer's", async () => {
    const { status, body } = await pay({ autoApply: true })
    expect(status).toBe(201)
    expect(applied(body)).toEqual([['inv_netsuite_5101', '400.00']])
    expect(body).toMatchObject({ unappliedAmount: '200.00', arAccount: { id: '119' } })
  })
  it('applies by itself to the account that the payment names', async () => {
    const { body } = await pay({ autoApply: true, arAccount: { id: '120' } })
    expect(applied(body)).toEqual([['inv_netsuite_5104', '90.00']])
  })
  it('takes the account of the invoices that it names, in the dry run as in the call', async () => {
    const fields = { amount: '90.00', applications: [{ invoiceId: 'inv_netsuite_5104', amount: '90.00' }] }
    const body = { customer: { id: 'cus_netsuite_457' }, date: '2026-04-10', currency: 'USD', ...fields }
    const dry = await gateway.request('POST', '/v1/payments?dryRun=true', { body, key: newKey() })
    expect(dry.body).toMatchObject({ arAccount: { id: '120' } })
    expect(JSON.parse(dry.body.upstream[0].body)).toMatchObject({ arAcct: { id: '120' } })
    const { status, body: made } = await pay(fields)
    expect({ status, detail: made.detail }).toEqual({ status: 201, detail: undefined })
    expect(applied(made)).toEqual([['inv_netsuite_5104', '90.00']])
    expect(made).toMatchObject({ arAccount: { id: '120' }, unappliedAmount: '0.00' })
    expect(gateway.erps.netsuite.books.document('5104').open).toBe('0')
  })
  it.each([
    ['two accounts', {}, ['/applications/1']],
    ['another account than its own', { arAccount: { id: '120' } }, ['/applications/0']],
  ])('is refused with pointers for invoices of %s, by both', async (_what, more, pointers) => {
    const applications = [
      { invoiceId: 'inv_netsuite_5101', amount: '10.00' },
      { invoiceId: 'inv_netsuite_5104', amount: '10.00' },
    ]
    const body = { customer: { id: 'cus_netsuite_457' }, date: '2026-04-10', amount: '20.00', applications, ...more }
    for (const path of ['/v1/payments?dryRun=true', '/v1/payments']) {
      const { body: problem } = await gateway.request('POST', path, { body, key: newKey() })
      expect(problem).toMatchObject({ status: 422, code: 'invalid_reference', applied: 'no' })
      expect(problem.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers)
    }
  })
  it('cannot settle later what is of another account', async () => {
    const { body: made } = await pay({ amount: '50.00' })
    const applications = [{ invoiceId: 'inv_netsuite_5104', amount: '10.00' }]
    const later = await gateway.request('POST', `/v1/payments/${made.id}/apply`, {
      body: { applications },
      key: newKey(),
    })
    const changed = await gateway.request('PATCH', `/v1/payments/${made.id}`, { body: { applications }, key: newKey() })
    for (const { body: problem } of [later, changed]) {
      expect(problem).toMatchObject({ status: 422, code: 'invalid_reference', applied: 'no' })
      expect(problem.errors).toMatchObject([{ pointer: '/applications/0' }])
    }
  })
  it("settles a sub-customer's invoice that is named by id or by number", async () => {
    const applications = [
      { invoiceId: 'inv_netsuite_5103', amount: '20.00' },
      { invoiceId: 'inv_netsuite_5101', amount: '400.00' },
    ]
    const { status, body } = await pay({ applications })
    expect({ status, detail: body.detail }).toEqual({ status: 201, detail: undefined })
    expect(applied(body).toSorted()).toEqual([
      ['inv_netsuite_5101', '400.00'],
      ['inv_netsuite_5103', '20.00'],
    ])
    expect(gateway.erps.netsuite.books.document('5103').open).toBe('100')
    const byNumber = await pay({ amount: '30.00', applications: [{ invoiceNumber: 'INV-5103', amount: '30.00' }] })
    expect(applied(byNumber.body)).toEqual([['inv_netsuite_5103', '30.00']])
    const beyond = await pay({ applications: [{ invoiceId: 'inv_netsuite_5103', amount: '70.01' }] })
    expect(beyond.body).toMatchObject({ status: 422, code: 'allocation_exceeds_open_amount' })
  })
  it("does not let a sub-customer pay its parent's invoice", async () => {
    const customer = { id: 'cus_netsuite_458' }
    const { body } = await pay({ customer, applications: [{ invoiceId: 'inv_netsuite_5101', amount: '1.00' }] })
    expect(body).toMatchObject({ status: 422, code: 'invalid_reference' })
  })
})
