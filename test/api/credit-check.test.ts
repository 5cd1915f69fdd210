/** The credit check: the rule by itself, and through both ERPs against what their books say. */
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Credit, checkCredit, currencyOfCheck } from '../../src/gateway/credit-check.ts'
import type { NativeOpenItem } from '../../src/providers/provider.ts'
import type { Erp } from '../support/erps.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

const item = (kind: NativeOpenItem['kind'], openAmount: string, currency = 'USD'): NativeOpenItem => ({
  ...{ nativeId: '1', kind, number: null, date: null, dueDate: null, currency, amount: openAmount, openAmount },
  ...{ discount: null, paymentId: null },
})
const customer = (more: Partial<Credit> = {}): Credit => ({
  currency: 'USD',
  creditLimit: '1000',
  onHold: false,
  ...more,
})
const ITEMS = [item('invoice', '600'), item('debit-memo', '100.5'), item('memo', '50.25'), item('advance', '50')]

describe('the rule', () => {
  it('lets in what is available, to the cent', () => {
    const check = (amount: string | null) => checkCredit('USD', amount, customer(), ITEMS)
    expect(check(null)).toEqual({
      currency: 'USD',
      creditLimit: '1000.00',
      openInvoices: '700.50',
      openCredits: '100.25',
      available: '399.75',
      onHold: false,
      approved: true,
      reason: '399.75 USD are available.',
    })
    expect(check('399.75')).toMatchObject({
      approved: true,
      reason: '399.75 USD fits into the 399.75 USD that are available.',
    })
    expect(check('399.76')).toMatchObject({
      approved: false,
      reason: '399.76 USD is more than the 399.75 USD that is available.',
    })
  })
  it('says no to a customer on hold, whatever the limit', () => {
    expect(checkCredit('USD', '1', customer({ onHold: true }), [])).toMatchObject({
      approved: false,
      available: '1000.00',
      reason: expect.stringMatching(/^The customer is on hold\./),
    })
    expect(checkCredit('USD', '1', customer({ onHold: true, creditLimit: null }), [])).toMatchObject({
      approved: false,
      available: null,
    })
  })
  it('leaves it open without a limit', () => {
    expect(checkCredit('USD', '1', customer({ creditLimit: null }), ITEMS)).toMatchObject({
      creditLimit: null,
      openInvoices: '700.50',
      available: null,
      approved: null,
      reason: 'The customer has no credit limit.',
    })
    // A limit of zero is a limit.
    expect(checkCredit('USD', '0.01', customer({ creditLimit: '0' }), [])).toMatchObject({
      available: '0.00',
      approved: false,
    })
  })
  it('says when the limit is exceeded already', () => {
    expect(checkCredit('USD', null, customer({ creditLimit: '500' }), ITEMS)).toMatchObject({
      available: '-100.25',
      approved: false,
      reason: 'The limit is exceeded by 100.25 USD.',
    })
  })
  it('leaves other currencies out, and says so', () => {
    const items = [...ITEMS, item('invoice', '5', 'EUR'), item('memo', '7', 'CHF')]
    expect(checkCredit('USD', null, customer(), items)).toMatchObject({
      available: '399.75',
      reason: '399.75 USD are available. Left out: items in CHF, EUR.',
    })
    expect(checkCredit('EUR', '1', customer(), items)).toMatchObject({
      ...{
        currency: 'EUR',
        creditLimit: null,
        openInvoices: '5.00',
        openCredits: '0.00',
        available: null,
        approved: null,
      },
      reason: 'The credit limit is 1000.00 USD, and nothing says how much that is in EUR. Left out: items in CHF, USD.',
    })
  })
  it('takes the currency asked for, else that of the customer, else the only one there is', () => {
    const nobody = customer({ currency: null })
    expect(currencyOfCheck('EUR', customer(), ITEMS)).toBe('EUR')
    expect(currencyOfCheck(null, customer(), [item('invoice', '1', 'EUR')])).toBe('USD')
    expect(currencyOfCheck(null, nobody, ITEMS)).toBe('USD')
    expect(currencyOfCheck(null, nobody, [...ITEMS, item('memo', '1', 'EUR')])).toBeNull()
    expect(checkCredit(null, null, nobody, [...ITEMS, item('memo', '1', 'EUR')])).toMatchObject({
      ...{ currency: null, openInvoices: null, openCredits: null, available: null, approved: null },
      reason: 'The customer has no currency and items in several; name one. Left out: items in EUR, USD.',
    })
    expect(checkCredit(null, null, nobody, [])).toMatchObject({ available: '1000.00', approved: true })
    expect(
      checkCredit('JPY', '3', customer({ currency: 'JPY', creditLimit: '10' }), [item('invoice', '8', 'JPY')]),
    ).toMatchObject({ creditLimit: '10', available: '2', approved: false })
  })
  it('is the same sum however it is added up', () => {
    const cents = fc.integer({ min: 1, max: 10_000_000 })
    const text = (value: number) => (value / 100).toFixed(2)
    const kinds = fc.constantFrom('invoice', 'journal', 'memo', 'payment', 'deposit')
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, cents), { maxLength: 20 }), cents, cents, (some, limit, amount) => {
        const items = some.map(([kind, value]) => item(kind as NativeOpenItem['kind'], text(value)))
        const owed = some.reduce(
          (total, [kind, value]) => total + (kind === 'invoice' || kind === 'journal' ? value : -value),
          0,
        )
        const check = checkCredit('USD', text(amount), customer({ creditLimit: text(limit) }), items)
        expect(check).toMatchObject({ available: text(limit - owed), approved: amount <= limit - owed })
      }),
    )
  })
})

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5 })
})
afterAll(() => gateway.close())

describe.each(['netsuite', 'intacct'] as const)('%s', (connection) => {
  let erp: Erp
  let id: string
  const check = (query = '') => gateway.request('GET', `/v1/customers/${id}/credit-check${query}`)
  beforeEach(async () => {
    erp = gateway.erps[connection]
    const body = { connection, name: `Credit ${newKey()}`, currency: 'USD', creditLimit: '1000.00' }
    const created = await gateway.request('POST', '/v1/customers', { body })
    expect(created.status, created.text).toBe(201)
    id = created.body.id
  })
  const native = () => gateway.request('GET', `/v1/customers/${id}`).then(({ body }) => body.nativeId as string)

  it('follows invoices, credits and payments', async () => {
    expect((await check()).body).toEqual({
      ...{ currency: 'USD', creditLimit: '1000.00', openInvoices: '0.00', openCredits: '0.00', available: '1000.00' },
      ...{ onHold: false, approved: true, reason: '1000.00 USD are available.' },
    })
    const invoice = erp.invoice(await native(), { total: '700.00' })
    erp.creditMemo(await native(), { total: '50.00' })
    expect((await check('?amount=350')).body).toMatchObject({
      openInvoices: '700.00',
      openCredits: '50.00',
      available: '350.00',
      approved: true,
    })
    expect((await check('?amount=350.01&currency=USD')).body).toMatchObject({ available: '350.00', approved: false })
    const paid = await gateway.request('POST', '/v1/payments', {
      key: newKey(),
      body: {
        customer: { id },
        date: '2026-04-02',
        amount: '300.00',
        method: 'check',
        applications: [{ invoiceId: invoice.id, amount: '200.00' }],
      },
    })
    expect(paid.status, paid.text).toBe(201)
    expect((await check()).body).toMatchObject({ openInvoices: '500.00', openCredits: '150.00', available: '650.00' })
  })
  it('follows the hold and the limit', async () => {
    await gateway.request('PATCH', `/v1/customers/${id}`, { body: { onHold: true } })
    expect((await check('?amount=1')).body).toMatchObject({ onHold: true, approved: false, available: '1000.00' })
    await gateway.request('PATCH', `/v1/customers/${id}`, { body: { onHold: false, creditLimit: null } })
    expect((await check('?amount=1')).body).toMatchObject({
      onHold: false,
      approved: null,
      creditLimit: null,
      available: null,
    })
  })
  it('keeps currencies apart', async () => {
    erp.invoice(await native(), { total: '70.00', currency: 'EUR' })
    expect((await check()).body).toMatchObject({
      available: '1000.00',
      reason: expect.stringMatching(/Left out: items in EUR\.$/),
    })
    expect((await check('?currency=EUR')).body).toMatchObject({
      currency: 'EUR',
      creditLimit: null,
      openInvoices: '70.00',
      approved: null,
    })
  })
  it('refuses what it cannot read, and customers that are not there', async () => {
    const refusals = [
      ...['?amount=1.234', '?amount=1.234&currency=USD', '?amount=-1', '?amount=1e3', '?amount=', '?amount=abc'].map(
        (query) => [query, '?amount'],
      ),
      ...['?currency=usd', '?currency=ZZZ', '?currency='].map((query) => [query, '?currency']),
      ['?currency=JPY&amount=1.5', '?amount'],
      ['?limit=5', '?limit'],
    ]
    for (const [query, pointer] of refusals) {
      const { status, body } = await check(query)
      expect({ query, status, code: body.code, pointer: body.errors[0]?.pointer }).toEqual({
        query,
        status: 400,
        code: 'invalid_request',
        pointer,
      })
    }
    const at = async (other: string) => (await gateway.request('GET', `/v1/customers/${other}/credit-check`)).body.code
    expect(await at(`cus_${connection}_999999`)).toBe('not_found')
    expect(await at(`inv_${connection}_1`)).toBe('wrong_id_kind')
    expect(await at('cus_nope_1')).toBe('unknown_connection')
  })
})
