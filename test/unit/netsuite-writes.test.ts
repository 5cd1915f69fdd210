/** What the provider does when NetSuite behaves as teams report it: lines not honoured, columns missing, odd answers. */
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { classify } from '../../src/providers/netsuite/failures.ts'
import { netsuite } from '../../src/providers/netsuite/index.ts'
import type { Connection, ListQuery, NativeOpenItem, PaymentPlan } from '../../src/providers/provider.ts'
import type { Send, WireRequest, WireResponse } from '../../src/wire/exchange.ts'

type Answer = Partial<WireResponse> | Record<string, unknown>
type Rule = [method: string, path: RegExp, ...answers: Answer[]]
const json = (body: unknown): WireResponse => ({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const CURRENCIES: Rule = ['POST', /suiteql/, { items: [{ id: '1', symbol: 'USD', name: 'USA' }], hasMore: false }]

/** A NetSuite of a few fixed answers; the last answer of a rule stays. */
function scripted(rules: Rule[], settings: Record<string, unknown> = {}) {
  const seen: { method: string; path: string; body: Record<string, unknown>; effect: string }[] = []
  const send: Send = async (request: WireRequest) => {
    seen.push({ method: request.method, path: request.path, body: request.body ? JSON.parse(request.body) : {}, effect: request.effect })
    const rule = rules.find(([method, path]) => method === request.method && path.test(request.path))
    if (!rule) throw new Error(`no answer for ${request.method} ${request.path}`)
    const answer = rule.length > 3 ? (rule.splice(2, 1)[0] as Answer) : (rule[2] as Answer)
    const response = 'status' in answer && typeof answer['status'] === 'number' ? { headers: {}, body: '', ...answer } as WireResponse : json(answer)
    const failure = classify(response)
    if (failure) throw new GatewayError(failure.code, failure.detail, { applied: failure.applied, upstream: { provider: 'netsuite', ...failure.upstream } })
    return response
  }
  const auth = { type: 'tba', consumerKey: 'k', consumerSecret: 's', tokenId: 't', tokenSecret: 'u' }
  const account = { connection: 'ns', now: () => new Date('2026-03-10T20:00:00Z') }
  const all = { accountId: '1', baseUrl: 'https://erp.example/ns', auth, timeZone: 'America/Los_Angeles', defaults: { depositAccountId: '10' }, ...settings }
  const connection: Connection = netsuite.connect(all as never, account)(send)
  return { connection, seen, writes: () => seen.filter((one) => one.effect === 'write') }
}

const item = (nativeId: string, kind: NativeOpenItem['kind'] = 'invoice'): NativeOpenItem => ({
  ...{ nativeId, kind, number: `N-${nativeId}`, date: null, dueDate: null, currency: 'USD', amount: '100.00', openAmount: '100.00' },
  ...{ discount: null, paymentId: null },
})
const plan = (amounts: Record<string, string>, more: Partial<PaymentPlan['applications'][number]> = {}): PaymentPlan => ({
  customerId: '456',
  amount: '90.00',
  currency: 'USD',
  input: { date: '2026-03-10' },
  unapplied: '0.00',
  appliedCash: '90.00',
  applications: Object.entries(amounts).map(([id, amount], index) => ({ invoice: item(id), amount, cash: amount, credits: [], lineId: null, discount: null, discountDate: null, index, ...more })),
})
const line = (doc: string, amount: number, more = {}) => ({ doc: { id: doc, refName: `Invoice #${doc}` }, apply: true, amount, line: 0, refNum: `N-${doc}`, type: 'Invoice', ...more })
const record = (apply: unknown[], more = {}) => ({
  ...{ id: '77', tranId: 'PMT-77', customer: { id: '456' }, currency: { id: '1', refName: 'USA' }, payment: 90, unapplied: 0, status: { id: 'C', refName: 'Deposited' } },
  ...{ apply: { items: apply }, credit: { items: [] }, deposit: { items: [] } },
  ...more,
})
const created: Answer = { status: 204, headers: { location: 'https://other.example/services/rest/record/v1/customerPayment/77' } }
const done: Answer = { status: 204 }
const refused = (detail: string): Answer => ({ status: 400, body: JSON.stringify({ 'o:errorDetails': [{ detail, 'o:errorCode': 'USER_ERROR' }] }) })
const once = { intentId: 'abc123' }

describe('a new payment', () => {
  it('is sent with its fence, exact numbers and no automatic application', async () => {
    const { connection, writes } = scripted([CURRENCIES, ['POST', /customerPayment$/, created], ['GET', /77/, record([line('1', 60), line('2', 30)])]])
    const found = await connection.createPayment(plan({ '1': '60.00', '2': '30.00' }), once)
    expect(found.nativeId).toBe('77')
    expect(found.warnings).toBeUndefined()
    expect(writes()).toMatchObject([{ method: 'POST', path: '/ns/services/rest/record/v1/customerPayment' }])
    expect(writes()[0]?.body).toEqual({
      ...{ externalId: 'gw_abc123', tranDate: '2026-03-10', account: { id: '10' }, customer: { id: '456' }, currency: { id: '1' }, payment: 90, autoApply: false },
      apply: { items: [{ doc: { id: '1' }, apply: true, amount: 60 }, { doc: { id: '2' }, apply: true, amount: 30 }] },
    })
  })

  it('is patched once where lines were not honoured or others were', async () => {
    const { connection, writes } = scripted([
      ...[CURRENCIES, ['POST', /customerPayment$/, created], ['PATCH', /77/, done]] as Rule[],
      ['GET', /77/, record([line('1', 60), line('9', 30)]), record([line('1', 60), line('2', 30)])],
    ])
    const { warnings, record: read } = await connection.createPayment(plan({ '1': '60.00', '2': '30.00' }), once)
    expect(warnings).toEqual([])
    expect(read.applications?.map((application) => application.invoiceId)).toEqual(['1', '2'])
    expect(writes()[1]?.body).toEqual({
      apply: { items: [{ doc: { id: '1' }, apply: true, amount: 60 }, { doc: { id: '2' }, apply: true, amount: 30 }, { doc: { id: '9' }, apply: false }] },
    })
  })

  it('carries a warning for what is still not applied, and the words of the refusal', async () => {
    const { connection } = scripted([
      ...[CURRENCIES, ['POST', /customerPayment$/, created], ['PATCH', /77/, refused('Doc is not in the list.')]] as Rule[],
      ['GET', /77/, record([line('1', 60)], { unapplied: 30 })],
    ])
    const { warnings, record: read } = await connection.createPayment(plan({ '1': '60.00', '2': '30.00' }), once)
    expect(warnings).toMatchObject([{ pointer: '/applications/1/amount', code: 'not_applied' }, { pointer: null, code: 'rejected', detail: expect.stringContaining('Doc is not') }])
    expect(read).toMatchObject({ appliedAmount: '60.00', unappliedAmount: '30.00' })
  })

  it('says that it was booked when only reading it back failed', async () => {
    const { connection } = scripted([CURRENCIES, ['POST', /customerPayment$/, created], ['GET', /77/, { status: 503, body: '<html>' }]])
    const error = await connection.createPayment(plan({ '1': '90.00' }), once).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'provider_failed', applied: 'yes', options: { resourceId: '77' } })
  })

  it('uses credits of each kind from their own list, once each', async () => {
    const { connection, writes } = scripted([CURRENCIES, ['POST', /customerPayment$/, created], ['GET', /77/, record([line('1', 90)], { credit: { items: [line('5', 25, { type: 'Credit Memo' })] }, deposit: { items: [line('6', 5)] } })]])
    const memo = { credit: item('5', 'memo'), index: 0 }
    const credits = [{ ...memo, amount: '20.00' }, { ...memo, amount: '5.00' }, { credit: item('6', 'deposit'), amount: '5.00', index: 1 }]
    const { record: read, warnings } = await connection.createPayment(plan({ '1': '90.00' }, { credits }), once)
    expect(warnings).toBeUndefined()
    expect(writes()[0]?.body).toMatchObject({ credit: { items: [{ doc: { id: '5' }, apply: true, amount: 25 }] }, deposit: { items: [{ doc: { id: '6' }, amount: 5 }] } })
    expect(read.credits).toEqual([{ creditId: 'memo-5', amount: '25.00', invoiceId: null }, { creditId: 'deposit-6', amount: '5.00', invoiceId: null }])
    expect(read.applications).toMatchObject([{ cashAmount: '60.00', creditAmount: '30.00' }])
    const advance = { credit: item('7', 'advance'), amount: '1.00', index: 3 }
    await expect(connection.createPayment(plan({ '1': '90.00' }, { credits: [advance] }), once)).rejects.toMatchObject({ options: { errors: [{ pointer: '/credits/3/creditId' }] } })
  })
})

describe('what is read', () => {
  const read = async (raw: Record<string, unknown>) => (await scripted([CURRENCIES, ['GET', /77/, raw]]).connection.getPayment('77')).record
  it('understands every spelling of status, funds and method', async () => {
    expect(await read(record([], { status: { id: 'B', refName: 'Not Deposited' }, undepFunds: { id: 'T' } }))).toMatchObject({ status: 'posted', statusText: 'Not Deposited', depositTo: { kind: 'undepositedFunds' } })
    expect(await read(record([], { status: 'CustPymt:A', undepFunds: false, account: '10' }))).toMatchObject({ status: 'pending', depositTo: { kind: 'bankAccount', id: '10' } })
    expect(await read(record([], { cleared: true }))).toMatchObject({ status: 'reconciled' })
    expect(await read(record([], { status: { id: 'R', refName: 'Rejected' } }))).toMatchObject({ status: 'unknown', statusText: 'Rejected' })
    expect(await read(record([], { paymentMethod: { id: '9', refName: 'Barter' } }))).toMatchObject({ method: 'other', methodRef: { id: '9', name: 'Barter' } })
  })
  it('fills what NetSuite leaves out, and counts in the currency of the record', async () => {
    expect(await read({ id: '77', payment: 90.5, unapplied: 90.5, currency: { id: '1' }, apply: { links: [] } })).toMatchObject({ amount: '90.50', unappliedAmount: '90.50', appliedAmount: '0.00', memo: null, applications: [], status: 'unknown' })
    expect(await read(record([], { currency: { id: '99', refName: 'Mars dollar' } }))).toMatchObject({ currency: null, amount: '90.00' })
    expect(await read(record([], { externalId: 'gw_abc123', exchangeRate: 1.25 }))).toMatchObject({ externalId: null, exchangeRate: '1.25', baseAmount: '112.50' })
  })
  it('tells journals and own credits from invoices and memos', async () => {
    const raw = record([line('8', 90, { type: 'Journal' })], { credit: { items: [line('3', 10, { type: 'Payment' })] } })
    expect(await read(raw)).toMatchObject({ applications: [{ invoiceId: 'journal-8' }], credits: [{ creditId: 'payment-3' }] })
  })
})

describe('voiding', () => {
  it('refunds what it has released, and gives the lines back when the refund is refused', async () => {
    const rules = (transform: Answer): Rule[] => [CURRENCIES, ['GET', /77/, record([line('1', 90)])], ['PATCH', /77/, done], ['POST', /transform/, transform]]
    const good = scripted(rules({ status: 204, headers: { location: '/services/rest/record/v1/customerRefund/88' } }), { void: 'refund' })
    const result = await good.connection.voidPayment?.('77', { memo: 'bounced' }, once)
    expect(result).toMatchObject({ void: { how: 'refunded', date: '2026-03-10', reversalId: '88' }, payment: { record: { status: 'voided' } } })
    expect(good.writes()).toMatchObject([
      { body: { autoApply: false, apply: { items: [{ doc: { id: '1' }, apply: false }] } } },
      { path: '/ns/services/rest/record/v1/customerPayment/77/!transform/customerRefund', body: { tranDate: '2026-03-10', memo: 'bounced' } },
    ])
    const bad = scripted(rules(refused('Refunds are off.')), { void: 'refund' })
    await expect(bad.connection.voidPayment?.('77', {}, once)).rejects.toMatchObject({ code: 'rejected' })
    expect(bad.writes().at(-1)).toMatchObject({ method: 'PATCH', body: { apply: { items: [{ doc: { id: '1' }, apply: true, amount: 90 }] } } })
  })
  it("calls the account's own script where there is one", async () => {
    const restlet = 'https://erp.example/app/site/hosting/restlet.nl?script=5&deploy=1'
    const { connection, writes } = scripted([CURRENCIES, ['GET', /77/, record([])], ['POST', /restlet/, { reversalId: 12 }]], { void: { restlet } })
    expect(await connection.voidPayment?.('77', { date: '2026-03-09' }, once)).toMatchObject({ void: { how: 'voided', date: '2026-03-09', reversalId: '12' } })
    expect(writes()).toMatchObject([{ path: '/app/site/hosting/restlet.nl?script=5&deploy=1', body: { action: 'void', id: '77', date: '2026-03-09' } }])
    const elsewhere = scripted([CURRENCIES, ['GET', /77/, record([])]], { void: { restlet: 'https://1.restlets.api.netsuite.com/x' } })
    await expect(elsewhere.connection.voidPayment?.('77', {}, once)).rejects.toMatchObject({ code: 'not_supported' })
  })
})

describe('an account without some columns', () => {
  const list: ListQuery = { filter: null, sort: [], after: null, limit: 5, fields: new Set(['email', 'fax', 'altEmail']), include: new Set() }
  const unknown = (name: string): Answer => ({
    status: 400,
    body: JSON.stringify({ 'o:errorDetails': [{ detail: `Invalid search query. Search error occurred: Unknown identifier '${name}'. Available identifiers are: {customer=customer}.`, 'o:errorQueryParam': 'q', 'o:errorCode': 'INVALID_PARAMETER' }] }),
  })
  it('is listed without them, and remembered', async () => {
    const rows: Answer = { items: [{ id: '1', email: 'a@b.example', altemail: 'c@d.example' }], hasMore: false, totalResults: 1 }
    const { connection, seen } = scripted([['POST', /suiteql/, unknown('fax'), rows]])
    const page = await connection.listCustomers(list)
    expect(page.items[0]?.record).toEqual({ email: 'a@b.example', altEmail: 'c@d.example' })
    await connection.listCustomers(list)
    expect(seen.map((one) => String(one.body['q']).includes('c.fax'))).toEqual([true, false, false])
    await expect(connection.listCustomers({ ...list, filter: { field: 'fax', operator: 'equals', values: ['1'] } })).rejects.toMatchObject({ code: 'filter_not_supported' })
  })
  it('gets the refusal when a column is missing that every account has', async () => {
    const { connection, seen } = scripted([['POST', /suiteql/, unknown('email')]])
    await expect(connection.listCustomers(list)).rejects.toMatchObject({ code: 'rejected' })
    expect(seen.length).toBe(1)
  })
})

describe('answers that are none', () => {
  it('are said to be garbled', async () => {
    const half = scripted([['GET', /456/, { status: 200, body: '{"id":"4' }]])
    await expect(half.connection.getCustomer('456')).rejects.toMatchObject({ code: 'provider_garbled', applied: 'no' })
    const nowhere = scripted([CURRENCIES, ['POST', /customerPayment$/, { status: 204 }]])
    await expect(nowhere.connection.createPayment(plan({}), once)).rejects.toMatchObject({ code: 'provider_garbled', applied: 'yes' })
  })
})
