/** Credits over HTTP: read, applied without cash, released; one record under two ids; what only one ERP has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErpName } from '../support/erps.ts'
import { type Answer, newKey, OPERATOR_KEY, startGateway, type TestGateway } from '../support/gateway.ts'
import { DATE, verbWorld } from './verbs-world.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({
    customers: 2,
    more: { 'intacct-inline': { like: 'intacct', settings: { inlineCredits: true } } },
  })
})
afterAll(() => gateway.close())

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (connection) => {
  const { post, get, ok, refused, world, on, applied } = verbWorld(connection, () => gateway)

  describe('credits', () => {
    it('are read, applied and unapplied without cash', async () => {
      const { customer, first, second, memo, payment } = await world()
      const found = await get(`/v1/credits/${memo.id}`)
      expect(found).toMatchObject({
        ...{ object: 'credit', id: memo.id, connection, kind: 'memo', nativeId: memo.nativeId, number: memo.number },
        ...{ customer: { id: customer.id }, currency: 'USD', amount: '30.00', openAmount: '30.00', paymentId: null },
        ...{ date: '2026-04-01', applications: [] },
      })
      const body = ok(
        await post(`/v1/credits/${memo.id}/apply`, { applications: [on(first, '12.00'), on(second, '8.00')] }),
      )
      expect(body).toMatchObject({ id: memo.id, openAmount: '10.00' })
      expect(body.applications).toEqual([
        { invoiceId: first.id, invoiceNumber: first.number, amount: '12.00', paymentId: null },
        { invoiceId: second.id, invoiceNumber: second.number, amount: '8.00', paymentId: null },
      ])
      expect(await get(`/v1/credits/${memo.id}`)).toEqual(body)
      const invoice = await get(`/v1/invoices/${first.id}?include=payments`)
      expect(invoice.payments).toMatchObject([{ id: memo.id, amount: '12.00' }])
      const listed = await get(`/v1/payments?customerId=${customer.id}`)
      expect(listed.data.map((one: { id: string }) => one.id)).toEqual([payment.id])
      const less = ok(await post(`/v1/credits/${memo.id}/unapply`, { applications: [on(first, '2.00'), on(second)] }))
      expect(applied(less)).toEqual([[first.id, '10.00']])
      expect([first, second, memo].map((item) => item.open())).toEqual(['90.00', '60.00', '20.00'])
    })
    it('have the fields and the version that are asked for', async () => {
      const { memo } = await world()
      const some = await get(`/v1/credits/${memo.id}?fields=openAmount,kind`)
      expect(some).toMatchObject({ id: memo.id, kind: 'memo', openAmount: '30.00' })
      expect(some).not.toHaveProperty('applications')
      expect((await get(`/v1/credits/${memo.id}?include=raw`)).raw).toBeTypeOf('object')
      const answer = await gateway.request('GET', `/v1/credits/${memo.id}`)
      expect(answer.headers.get('etag')).toMatch(/^"/)
    })
    it('refuse what they do not cover and what they do not settle', async () => {
      const { first, second, memo } = await world()
      const apply = (...applications: object[]) => post(`/v1/credits/${memo.id}/apply`, { applications })
      const unapply = (...applications: object[]) => post(`/v1/credits/${memo.id}/unapply`, { applications })
      const both = await apply(on(first, '20.00'), on(second, '10.01'))
      refused(both, 422, 'allocation_exceeds_open_amount', '/applications/1/amount')
      refused(await unapply(on(first)), 422, 'invalid_reference', '/applications/0/invoiceId')
      ok(await apply(on(first, '30.00')))
      const nothingLeft = await apply(on(first, '0.01'))
      refused(nothingLeft, 422, 'allocation_exceeds_open_amount', '/applications/0/amount')
      refused(await unapply(on(first, '30.01')), 422, 'allocation_exceeds_amount', '/applications/0/amount')
      expect([first.open(), memo.open()]).toEqual(['70.00', '0.00'])
    })
    it('used beside cash are released where they were used', async () => {
      const { customer, first, memo } = await world()
      const { body: receipt } = await post('/v1/payments', {
        ...{ customer: { id: customer.id }, date: DATE, amount: '10.00', applications: [on(first, '20.00')] },
        credits: [{ creditId: memo.id, amount: '10.00' }],
      })
      const [use] = (await get(`/v1/credits/${memo.id}`)).applications
      expect(use).toMatchObject({ invoiceId: first.id, amount: '10.00' })
      if (connection === 'intacct') expect(use.paymentId).toBe(receipt.id)
      refused(await post(`/v1/credits/${memo.id}/unapply`, { applications: [on(first)] }), 409, 'not_changeable')
      expect([first.open(), memo.open()]).toEqual(['80.00', '20.00'])
    })
    it('and a payment are one record where the credit is what it leaves', async () => {
      const { customer, first, payment } = await world()
      const { data } = await get(`/v1/customers/${customer.id}/open-items`)
      const { id } = data.find((item: { paymentId: string }) => item.paymentId === payment.id)
      expect(await get(`/v1/credits/${id}`)).toMatchObject({ id, paymentId: payment.id, amount: '50.00' })
      const body = ok(await post(`/v1/credits/${id}/apply`, { applications: [on(first, '15.00')] }))
      expect(body).toMatchObject({ id, openAmount: '35.00', applications: [{ invoiceId: first.id, amount: '15.00' }] })
      expect(await get(`/v1/payments/${payment.id}`)).toMatchObject({
        appliedAmount: '15.00',
        unappliedAmount: '35.00',
      })
      const less = ok(await post(`/v1/credits/${id}/unapply`, { applications: [on(first, '5.00')] }))
      expect(less).toMatchObject({ id, openAmount: '40.00' })
      expect(first.open()).toBe('90.00')
    })
    it('are not found under ids that are none', async () => {
      expect((await gateway.request('GET', `/v1/credits/crd_${connection}_6001`)).body).toMatchObject({
        code: 'malformed_id',
      })
      for (const kind of ['memo', 'deposit', 'advance', 'payment', 'overpayment', 'negative-invoice']) {
        const answer = await gateway.request('GET', `/v1/credits/crd_${connection}_${kind}-99999999`)
        expect({ kind, code: answer.body.code }).toEqual({ kind, code: 'not_found' })
      }
      const { first, payment } = await world()
      expect((await gateway.request('GET', `/v1/credits/${payment.id}`)).body).toMatchObject({ code: 'wrong_id_kind' })
      const invoice = await gateway.request('GET', `/v1/credits/crd_${connection}_memo-${first.nativeId}`)
      expect(invoice.body).toMatchObject({ code: 'not_found' })
    })
  })
})

const call = async (method: string, path: string, body?: object): Promise<Answer['body']> => {
  const answer = await gateway.request(method, path, { key: newKey(), ...(body && { body }) })
  expect({ path, status: answer.status, detail: answer.body.detail }).toMatchObject({ path, status: 200 })
  return answer.body
}

describe('customer deposits of NetSuite', () => {
  const id = 'crd_netsuite_deposit-7001'
  const open = (...ids: string[]) => ids.map((one) => gateway.erps.netsuite.books.openAmount(one))
  const on = (invoice: string, amount?: string) => ({
    invoiceId: `inv_netsuite_${invoice}`,
    ...(amount !== undefined && { amount }),
  })

  it('are applied by deposit applications of their own date, and released', async () => {
    const { books } = gateway.erps.netsuite
    expect(await call('GET', `/v1/credits/${id}`)).toMatchObject({
      ...{ id, kind: 'deposit', number: 'DEP-7001', amount: '150.00', openAmount: '150.00', applications: [] },
      customer: { id: 'cus_netsuite_457' },
    })
    const once = await call('POST', `/v1/credits/${id}/apply`, { applications: [on('5101', '60.00')], date: DATE })
    expect(once).toMatchObject({
      openAmount: '90.00',
      applications: [{ invoiceId: 'inv_netsuite_5101', amount: '60.00' }],
    })
    const applications = books.documents({ kind: 'deposit-application' })
    expect(applications).toMatchObject([{ date: DATE, customerId: '457' }])
    await call('POST', `/v1/credits/${id}/apply`, { applications: [on('5101', '30.00')] })
    expect(open('5101', '7001')).toEqual(['310', '60'])
    const payments = (await call('GET', '/v1/invoices/inv_netsuite_5101?include=payments')).payments
    expect(payments).toMatchObject([
      { id, amount: '60.00' },
      { id, amount: '30.00' },
    ])
    const less = await call('POST', `/v1/credits/${id}/unapply`, { applications: [on('5101', '40.00')] })
    expect(less).toMatchObject({ openAmount: '100.00', applications: [{ amount: '50.00' }] })
    expect(open('5101', '7001')).toEqual(['350', '100'])
    expect(books.documents({ kind: 'deposit-application' })).toHaveLength(1)
    await call('POST', `/v1/credits/${id}/unapply`, { applications: [on('5101')] })
    expect(open('5101', '7001')).toEqual(['400', '150'])
    expect(books.documents({ kind: 'deposit-application' })).toEqual([])
  })

  it('have a date of their own, unlike memos and payments', async () => {
    const applications = [{ invoiceId: 'inv_netsuite_5001', amount: '1.00' }]
    const answer = await gateway.request('POST', '/v1/credits/crd_netsuite_memo-6001/apply', {
      key: newKey(),
      body: { applications, date: DATE },
    })
    expect(answer.body).toMatchObject({ status: 422, code: 'field_not_supported', errors: [{ pointer: '/date' }] })
  })
})

describe('credits of Intacct', () => {
  const open = (...ids: string[]) => ids.map((one) => gateway.erps.intacct.books.openAmount(one))

  it('in foreign currency: a negative invoice settles a debit memo', async () => {
    const id = 'crd_intacct_negative-invoice-106'
    const release = { invoiceId: 'inv_intacct_debit-412' }
    expect(await call('GET', `/v1/credits/${id}`)).toMatchObject({
      ...{ kind: 'negative-invoice', number: 'INV-0106', currency: 'EUR', amount: '30.00', openAmount: '30.00' },
      customer: { id: 'cus_intacct_EUROPA' },
    })
    const applications = [
      { ...release, amount: '12.50' },
      { invoiceId: 'inv_intacct_104', amount: '7.50' },
    ]
    const body = await call('POST', `/v1/credits/${id}/apply`, { applications, date: DATE })
    expect(body).toMatchObject({ openAmount: '10.00', applications: [{ ...release, invoiceNumber: 'DM-0412' }, {}] })
    expect(open('412', '104', '106')).toEqual(['27.5', '192.5', '10'])
    expect(await call('POST', `/v1/credits/${id}/unapply`, { applications: [release] })).toMatchObject({
      ...{ openAmount: '22.50', applications: [{ invoiceId: 'inv_intacct_104', amount: '7.50' }] },
    })
    expect(open('412', '104', '106')).toEqual(['40', '192.5', '22.5'])
    await call('POST', `/v1/credits/${id}/unapply`, { applications: [{ invoiceId: 'inv_intacct_104' }] })
  })

  it('apply only beside a part of the rest, and say where they are to be applied alone', async () => {
    const money = { customer: { id: 'cus_intacct_ACME' }, date: DATE, amount: '10.00' }
    const { body: payment } = await gateway.request('POST', '/v1/payments', { key: newKey(), body: money })
    const answer = await gateway.request('POST', `/v1/payments/${payment.id}/apply`, {
      key: newKey(),
      body: {
        applications: [{ invoiceId: 'inv_intacct_101', amount: '5.00' }],
        credits: [{ creditId: 'crd_intacct_memo-305', amount: '5.00' }],
      },
    })
    expect(answer.body).toMatchObject({ status: 422, code: 'field_not_supported', errors: [{ pointer: '/credits' }] })
    expect(open('101', '305')).toEqual(['100', '20'])
  })

  it('in a line of an invoice, where the company has that', async () => {
    const { books } = gateway.erps.intacct
    const common = { customerId: 'ACME', date: '2026-03-01', currency: 'USD', number: 'INV-9001' }
    const line = (RECORDNO: string, TRX_AMOUNT: string) => ({
      RECORDNO,
      TRX_AMOUNT,
      ACCOUNTNO: '4000',
      LOCATIONID: '100',
    })
    const details = { MODULEKEY: '4.AR', EXCHANGE_RATE: '1' }
    const lines = [line('9101', '100'), line('9102', '-15')]
    books.post({ ...common, id: '9001', kind: 'invoice', total: '100', details: { ...details, lines } })
    const inline = { id: 'inline-9001.9102', kind: 'credit-memo', total: '15' } as const
    books.post({ ...common, ...inline, details: { ...details, object: 'INLINE' } })
    const id = (connection: string) => `/v1/credits/crd_${connection}_${inline.id}`
    expect((await gateway.request('GET', id('intacct'))).body).toMatchObject({ code: 'not_supported' })
    const send = (method: string, path: string, body?: object) =>
      gateway.request(method, path, { as: OPERATOR_KEY, key: newKey(), ...(body && { body }) })
    const path = id('intacct-inline')
    expect((await send('GET', path)).body).toMatchObject({ kind: 'inline', amount: '15.00', openAmount: '15.00' })
    const on = { invoiceId: 'inv_intacct-inline_101', amount: '6.00' }
    const used = await send('POST', `${path}/apply`, { applications: [on] })
    expect(used.body).toMatchObject({ kind: 'inline', openAmount: '9.00', applications: [on] })
    expect(open('101', inline.id)).toEqual(['94', '9'])
    const free = await send('POST', `${path}/unapply`, { applications: [on] })
    expect(free.body).toMatchObject({ openAmount: '15.00', applications: [] })
    expect(open('101', inline.id)).toEqual(['100', '15'])
  })

  it('a record that applies credits alone is no payment', async () => {
    const id = 'crd_intacct_memo-305'
    const on = { invoiceId: 'inv_intacct_101', amount: '5.00' }
    await call('POST', `/v1/credits/${id}/apply`, { applications: [on] })
    const { books } = gateway.erps.intacct
    const [key] = books.settlements({ creditId: '305' }).map((one) => one.source)
    expect(books.getDocument(key as string)).toMatchObject({ kind: 'payment', total: '0' })
    expect((await gateway.request('GET', `/v1/payments/pay_intacct_${key}`)).body).toMatchObject({ code: 'not_found' })
    await call('POST', `/v1/credits/${id}/unapply`, { applications: [on] })
    expect(open('101', '305')).toEqual(['100', '20'])
  })
})
