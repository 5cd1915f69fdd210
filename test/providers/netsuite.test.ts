/** The NetSuite provider against its sandbox over real HTTP; after every money operation the books themselves are asked. */
import { Pool } from 'undici'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PaymentCreate } from '../../schemas/payment.ts'
import { GatewayError } from '../../src/errors.ts'
import { planChange, planPayment } from '../../src/gateway/payment-plan.ts'
import { createLogger } from '../../src/logging.ts'
import { netsuite } from '../../src/providers/netsuite/index.ts'
import type { Connection, Filter, ListQuery, RecordPage, Sort } from '../../src/providers/provider.ts'
import { type NetSuiteSandbox, startNetSuiteSandbox } from '../../src/sandbox/netsuite/index.ts'
import { Governor } from '../../src/wire/governor.ts'
import { createSend } from '../../src/wire/send.ts'

let sandbox: NetSuiteSandbox
let pool: Pool
const signal = () => AbortSignal.timeout(20_000)

beforeAll(async () => {
  sandbox = await startNetSuiteSandbox({ customers: 250, clock: () => new Date('2026-03-10T09:00:00Z') })
  pool = new Pool(sandbox.url)
})
afterAll(async () => {
  await pool.destroy()
  await sandbox.close()
})
beforeEach(() => sandbox.reset())

const settings = (more: Record<string, unknown> = {}) => ({
  accountId: sandbox.accountId,
  baseUrl: sandbox.url,
  auth: { type: 'oauth2', ...sandbox.credentials.oauth2 },
  defaults: { arAccountId: '119', depositAccountId: '10', subsidiaryId: '1', paymentMethods: { check: '2', cash: '1', wire: '3', ach: '8' } },
  ...more,
})
/** A connection with a clock as the sandbox's. */
function connect(more: Record<string, unknown> = {}, now = () => new Date('2026-03-10T09:00:00Z')): Connection {
  const bound = netsuite.connect(settings(more) as never, { connection: 'ns', now })
  return bound(
    createSend(
      { connection: 'ns', provider: 'netsuite', pool, governor: new Governor(4), classify: netsuite.classify },
      { operation: 'test', signal: signal(), log: createLogger('silent'), beforeWrite: async () => {}, onExchange: () => {} },
    ),
  )
}

let intents = 0
const once = () => ({ intentId: `i${++intents}x${Math.random().toString(36).slice(2, 10)}` })
const failure = async (promise: Promise<unknown>): Promise<GatewayError> =>
  promise.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => {
      if (error instanceof GatewayError) return error
      throw error
    },
  )
const open = (id: string): string => Number(sandbox.books.document(id).open).toFixed(2)
const pay = async (connection: Connection, body: Partial<PaymentCreate>, customer = '456') => {
  const full = { customer: { id: `cus_ns_${customer}` }, date: '2026-03-10', amount: '1.00', ...body } as PaymentCreate
  return connection.createPayment(await planPayment('ns', connection, full), once())
}
const change = async (connection: Connection, id: string, body: Record<string, unknown>) => {
  const before = await connection.getPayment(id)
  const { applications: _a, credits: _c, ...input } = body
  return connection.updatePayment(id, { input, allocation: await planChange('ns', connection, body as never, before), before }, once())
}
const query = (filter: Filter | null = null, more: Partial<ListQuery> = {}): ListQuery => ({
  filter,
  sort: [],
  after: null,
  limit: 50,
  fields: null,
  include: new Set(),
  ...more,
})
const where = (field: string, operator: string, ...values: string[]) => ({ field, operator, values }) as Filter
async function all<T>(list: (wanted: ListQuery) => Promise<RecordPage<T>>, wanted: ListQuery) {
  const items: RecordPage<T>['items'][number][] = []
  for (let after: ListQuery['after'] = null; ; ) {
    const page = await list({ ...wanted, after })
    items.push(...page.items)
    if (!page.hasMore) return items
    after = page.items.at(-1)?.position ?? null
  }
}

describe('customers', () => {
  it('creates a company with every reference, and reads it back', async () => {
    const connection = connect()
    const { nativeId, record } = await connection.createCustomer(
      {
        name: 'Nordwind Handel',
        number: 'NW-1',
        externalId: 'crm-77',
        email: 'ap@nordwind.example',
        phone: '555-0100',
        terms: { name: 'net 30' },
        currency: 'USD',
        salesRep: { id: '123' },
        category: { id: '1' },
        creditLimit: '50000.10',
        onHold: true,
        taxable: true,
        comments: 'First line\nsecond line',
        customFields: { custentity_region: 'West' },
        vendorFields: { printOnCheckAs: 'NORDWIND' },
        addresses: [{ label: 'HQ', isDefaultBilling: true, line1: '1 Quay', city: 'Oslo', postalCode: '0150', country: 'NO' }],
      },
      once(),
    )
    expect(record).toMatchObject({
      number: 'NW-1',
      externalId: 'crm-77',
      type: 'company',
      name: 'Nordwind Handel',
      companyName: 'Nordwind Handel',
      status: 'active',
      onHold: true,
      email: 'ap@nordwind.example',
      currency: 'USD',
      terms: { id: '2', name: 'Net 30' },
      entity: { id: '1' },
      creditLimit: '50000.10',
      balance: '0.00',
      department: null,
      customFields: { custentity_region: 'West' },
      comments: 'First line\nsecond line',
    })
    expect(record.vendorFields).toMatchObject({ printOnCheckAs: 'NORDWIND' })
    expect(record.addresses).toMatchObject([{ label: 'HQ', line1: '1 Quay', city: 'Oslo', postalCode: '0150', country: 'NO', isDefaultBilling: true, isDefaultShipping: false }])
    const body = JSON.parse(sandbox.requests.findLast((request) => request.method === 'POST' && request.target.endsWith('/customer'))?.body ?? '{}')
    expect(body).toMatchObject({ creditLimit: 50000.1, subsidiary: { id: '1' }, terms: { id: '2' }, autoName: false })
    expect((await connection.getCustomer(nativeId, { fields: new Set(['email']) })).record).toEqual({ email: 'ap@nordwind.example' })
  })

  it('creates a person, whose fence is no external id of the caller', async () => {
    const { record, nativeId } = await connect().createCustomer({ firstName: 'Kim', lastName: 'Tester', email: 'kim@example.com' }, once())
    expect(record).toMatchObject({ type: 'person', name: 'Kim Tester', firstName: 'Kim', lastName: 'Tester', externalId: null })
    expect(record.number).toBeTruthy()
    expect(String(sandbox.books.customer(nativeId).details['externalId'])).toMatch(/^gw_i/)
  })

  it('refuses names that NetSuite would not show, before anything is sent', async () => {
    const connection = connect()
    const sent = sandbox.requests.length
    expect((await failure(connection.createCustomer({ lastName: 'Only' }, once()))).options.errors).toMatchObject([{ pointer: '/firstName' }])
    expect((await failure(connection.createCustomer({ email: 'a@b.example' }, once()))).options.errors).toMatchObject([{ pointer: '/companyName', code: 'field_required' }])
    expect((await failure(connection.createCustomer({ name: 'A', companyName: 'B' }, once()))).status).toBe(422)
    expect((await failure(connection.createCustomer({ firstName: 'A', lastName: 'B', name: 'C' }, once()))).options.errors?.[0]?.pointer).toBe('/name')
    expect((await failure(connection.createCustomer({ name: 'A', discountItem: { id: '1' } }, once()))).code).toBe('field_not_supported')
    expect(sandbox.requests.length).toBe(sent)
  })

  it('updates e-mail, phone, credit limit, terms and status; null clears', async () => {
    const connection = connect()
    const { record } = await connection.updateCustomer('456', { email: 'new@acme.example', phone: '555-0999', creditLimit: '75000', terms: { id: '3' } }, once())
    expect(record).toMatchObject({ email: 'new@acme.example', phone: '555-0999', creditLimit: '75000.00', terms: { id: '3', name: 'Net 60' } })
    const second = await connection.updateCustomer('456', { status: 'inactive', phone: null, name: 'Acme Worldwide', terms: { id: '1', name: 'Net 15' } }, once())
    expect(second.record).toMatchObject({ status: 'inactive', phone: null, name: 'Acme Worldwide', email: 'new@acme.example', terms: { id: '1' } })
    expect((await connection.updateCustomer('456', { status: 'active' }, once())).record.status).toBe('active')
  })

  it('adds, replaces and removes addresses without touching the others', async () => {
    const connection = connect()
    const before = (await connection.getCustomer('456')).record.addresses ?? []
    expect(before.length).toBeGreaterThan(0)
    const added = await connection.createAddress?.('456', { label: 'Warehouse', line1: '9 Dock', city: 'Oakland', region: 'CA', country: 'US', isDefaultShipping: true }, once())
    const two = added?.record.addresses ?? []
    expect(two.length).toBe(before.length + 1)
    expect(two[0]).toMatchObject({ id: before[0]?.id, label: before[0]?.label, line1: before[0]?.line1 })
    const replaced = await connection.updateCustomer('456', { addresses: [{ id: two[1]?.id ?? null, label: 'Dock 9', city: 'Oakland', country: 'US' }, { label: 'New', line1: '2 New' }] }, once())
    expect(replaced.record.addresses).toMatchObject([{ id: two[1]?.id, label: 'Dock 9', line1: null }, { label: 'New', line1: '2 New' }])
    await connection.deleteAddress?.('456', String(two[1]?.id), once())
    expect((await connection.getCustomer('456')).record.addresses).toMatchObject([{ label: 'New', line1: '2 New' }])
    expect((await failure(connection.deleteAddress?.('456', '424242', once()) as Promise<void>)).code).toBe('not_found')
    expect((await failure(connection.updateCustomer('456', { addresses: [{ id: '1' }] }, once()))).options.errors?.[0]?.pointer).toBe('/addresses/0/id')
  })

  it('names what is not there, taken, wrong or in use', async () => {
    const connection = connect()
    expect(await failure(connection.getCustomer('999999'))).toMatchObject({ code: 'not_found' })
    expect(await failure(connection.getCustomer('../invoice/5001'))).toMatchObject({ code: 'not_found' })
    expect(await failure(connection.createCustomer({ name: 'Twin', number: 'ACME-001' }, once()))).toMatchObject({ code: 'conflict', applied: 'no' })
    const terms = await failure(connection.createCustomer({ name: 'T', terms: { name: 'Net 99' } }, once()))
    expect(terms).toMatchObject({ code: 'invalid_reference', options: { errors: [{ pointer: '/terms' }] } })
    expect(await failure(connection.updateCustomer('456', { terms: { id: '2', name: 'Net 60' } }, once()))).toMatchObject({ code: 'invalid_reference' })
    expect(await failure(connection.updateCustomer('456', { terms: { id: '4711' } }, once()))).toMatchObject({ code: 'invalid_reference', options: { vendorPaths: ['terms'] } })
    expect(await failure(connection.createCustomer({ name: 'T', currency: 'CHF' }, once()))).toMatchObject({ code: 'invalid_reference' })
    expect(await failure(connection.deleteCustomer('456', once()))).toMatchObject({ code: 'conflict' })
    const fresh = await connection.createCustomer({ name: 'Short lived' }, once())
    await connection.deleteCustomer(fresh.nativeId, once())
    expect(await failure(connection.getCustomer(fresh.nativeId))).toMatchObject({ code: 'not_found' })
  })

  it('sends and reads hostile text exactly as it is', async () => {
    const connection = connect()
    for (const text of [`<b>&"'`, ']]>', `' OR 1=1 --`, 'æøå', '漢字', '😀 x', '00123', 'trailing ', '100% _a_ \\ *']) {
      const { record, nativeId } = await connection.createCustomer({ name: `N ${text}`, comments: text }, once())
      expect(record.comments).toBe(text)
      expect(record.name).toBe(`N ${text}`)
      const found = await connection.listCustomers(query(where('name', 'equals', `n ${text}`)))
      expect(found.items.map((item) => item.nativeId)).toEqual([nativeId])
      expect((await connection.listCustomers(query(where('name', 'contains', text)))).items.map((item) => item.nativeId)).toContain(nativeId)
    }
  })
})

describe('logging in', () => {
  it('works with token-based authentication too', async () => {
    const connection = connect({ auth: { type: 'tba', ...sandbox.credentials.tba } })
    expect((await connection.getCustomer('456')).record.number).toBe('ACME-001')
    expect((await connection.listCustomers(query())).items.length).toBe(50)
    await connection.updateCustomer('456', { addresses: null }, once())
  })

  it('says provider_refused for wrong credentials, without trying again and again', async () => {
    const sent = sandbox.requests.length
    const { oauth2, tba } = sandbox.credentials
    expect(await failure(connect({ auth: { type: 'oauth2', ...oauth2, clientId: 'nobody' } }).getCustomer('456'))).toMatchObject({ code: 'provider_refused' })
    expect(sandbox.requests.length - sent).toBe(1)
    expect(await failure(connect({ auth: { type: 'tba', ...tba, tokenSecret: 'wrong' } }).getCustomer('456'))).toMatchObject({ code: 'provider_refused' })
    expect(sandbox.requests.length - sent).toBe(3)
    expect(await failure(connect({ auth: { type: 'oauth2', ...oauth2, privateKey: 'no key' } }).getCustomer('456'))).toMatchObject({ code: 'provider_refused' })
  })

  it('shares one token between calls at the same time', async () => {
    const connection = connect()
    const sent = sandbox.requests.length
    await Promise.all([connection.getCustomer('456'), connection.getCustomer('456'), connection.getCustomer('456')])
    expect(sandbox.requests.slice(sent).filter((request) => request.target.endsWith('/token')).length).toBe(1)
  })

  it('checks the connection step by step', async () => {
    const details: (string | undefined)[] = []
    for (const step of connect().check()) details.push(await step.run())
    expect(details[1]).toMatch(/^25\d customers$/)
  })
})

describe('payments', () => {
  it('pays two invoices', async () => {
    const { record, nativeId, warnings } = await pay(connect(), {
      amount: '1500.00',
      method: 'check',
      reference: '1234',
      memo: 'Payment for INV-5001 and INV-5002',
      applications: [{ invoiceId: 'inv_ns_5001', amount: '1000.00' }, { invoiceNumber: 'INV-5002', amount: '500.00' }],
    })
    expect(warnings).toBeUndefined()
    expect(record).toMatchObject({
      number: `PMT-${nativeId}`,
      customer: { id: '456' },
      date: '2026-03-10',
      amount: '1500.00',
      currency: 'USD',
      method: 'check',
      methodRef: { id: '2', name: 'Check' },
      reference: '1234',
      depositTo: { kind: 'bankAccount', id: '10' },
      arAccount: { id: '119' },
      appliedAmount: '1500.00',
      unappliedAmount: '0.00',
      status: 'deposited',
      statusText: 'Deposited',
      externalId: null,
      credits: [],
      applications: [
        { invoiceId: '5001', invoiceNumber: 'INV-5001', amount: '1000.00', cashAmount: '1000.00', creditAmount: '0.00' },
        { invoiceId: '5002', amount: '500.00' },
      ],
    })
    expect([open('5001'), open('5002'), open(nativeId)]).toEqual(['0.00', '0.00', '0.00'])
    const body = JSON.parse(sandbox.requests.findLast((request) => request.method === 'POST' && request.target.endsWith('/customerPayment'))?.body ?? '{}')
    expect(body).toMatchObject({ autoApply: false, arAcct: { id: '119' }, paymentOption: { id: '2' }, checkNumber: '1234', account: { id: '10' } })
  })

  it('pays with cash and a credit memo', async () => {
    const { record, nativeId } = await pay(connect(), {
      amount: '500.00',
      applications: [{ invoiceId: 'inv_ns_5001', amount: '1000.00' }],
      credits: [{ creditId: 'crd_ns_memo-6001', amount: '500.00' }],
    })
    expect(record).toMatchObject({
      appliedAmount: '500.00',
      unappliedAmount: '0.00',
      applications: [{ amount: '1000.00', cashAmount: '500.00', creditAmount: '500.00' }],
      credits: [{ creditId: 'memo-6001', amount: '500.00', invoiceId: null }],
    })
    expect([open('5001'), open('6001'), open(nativeId)]).toEqual(['0.00', '0.00', '0.00'])
  })

  it('keeps an unapplied payment in undeposited funds and offers its rest as a credit', async () => {
    const connection = connect()
    const { record, nativeId } = await pay(connection, { amount: '2000.00', method: 'wire', depositTo: { kind: 'undepositedFunds' } })
    expect(record).toMatchObject({ appliedAmount: '0.00', unappliedAmount: '2000.00', status: 'posted', depositTo: { kind: 'undepositedFunds' }, applications: [] })
    const items = await connection.listOpenItems('456')
    expect(items).toContainEqual(expect.objectContaining({ kind: 'payment', nativeId, paymentId: nativeId, openAmount: '2000.00', currency: 'USD' }))
    expect(items).toContainEqual(expect.objectContaining({ kind: 'memo', nativeId: '6001', openAmount: '500.00', number: expect.any(String) }))
    expect(items.filter((item) => item.kind === 'invoice').map((item) => item.nativeId)).toEqual(['5001', '5002', '5003'])
  })

  it('pays a part, then changes memo, reference, amount and applications', async () => {
    const connection = connect()
    const { nativeId } = await pay(connection, { amount: '500.00', applications: [{ invoiceId: 'inv_ns_5001', amount: '500.00' }] })
    expect(open('5001')).toBe('500.00')
    const second = await change(connection, nativeId, { memo: 'confirmed by bank', reference: '1234-CLEARED' })
    expect(second.record).toMatchObject({ memo: 'confirmed by bank', reference: '1234-CLEARED', appliedAmount: '500.00' })
    const third = await change(connection, nativeId, { amount: '600.00', applications: [{ invoiceId: 'inv_ns_5002', amount: '400.00' }, { invoiceId: 'inv_ns_5003', amount: '150.00' }] })
    expect(third.record).toMatchObject({ amount: '600.00', appliedAmount: '550.00', unappliedAmount: '50.00', applications: [{ invoiceId: '5002' }, { invoiceId: '5003' }] })
    expect([open('5001'), open('5002'), open('5003'), open(nativeId)]).toEqual(['1000.00', '100.00', '100.00', '50.00'])
    await change(connection, nativeId, { applications: [], memo: null })
    expect([open('5002'), open('5003'), open(nativeId)]).toEqual(['500.00', '250.00', '600.00'])
  })

  it('voids by deleting: everything is open again', async () => {
    const connection = connect()
    const { nativeId } = await pay(connection, { amount: '500.00', applications: [{ invoiceId: 'inv_ns_5001', amount: '1000.00' }], credits: [{ creditId: 'crd_ns_memo-6001', amount: '500.00' }] })
    expect(await failure(connection.voidPayment?.(nativeId, { date: '2026-03-11' }, once()) as Promise<unknown>)).toMatchObject({ status: 422, options: { errors: [{ pointer: '/date' }] } })
    const result = await connection.voidPayment?.(nativeId, { date: '2026-03-10', memo: 'bounced' }, once())
    expect(result).toMatchObject({ void: { how: 'deleted', date: '2026-03-10', reversalId: null }, payment: { nativeId, record: { status: 'voided', amount: '500.00' }, warnings: [{ pointer: '/memo' }] } })
    expect([open('5001'), open('6001')]).toEqual(['1000.00', '500.00'])
    expect(await failure(connection.getPayment(nativeId))).toMatchObject({ code: 'not_found' })
  })

  it('refuses what NetSuite cannot book, before anything is written', async () => {
    const connection = connect()
    const application = { invoiceId: 'inv_ns_5001', amount: '980.00', discount: '20.00' }
    expect(await failure(pay(connection, { amount: '980.00', applications: [application] }))).toMatchObject({ code: 'field_not_supported', options: { errors: [{ pointer: '/applications/0/discount' }] } })
    expect(await failure(pay(connection, { amount: '1.00', method: 'card' }))).toMatchObject({ options: { errors: [{ pointer: '/method' }] } })
    expect(await failure(pay(connection, { amount: '1.00', method: 'check', methodRef: { id: '3' } }))).toMatchObject({ status: 400 })
    expect(await failure(pay(connection, { amount: '1.00', draft: true }))).toMatchObject({ code: 'field_not_supported' })
    expect(await failure(pay(connect({ defaults: {} }), { amount: '1.00' }))).toMatchObject({ code: 'field_required', options: { errors: [{ pointer: '/depositTo' }] } })
    expect(sandbox.books.documents({ customerId: '456', kind: 'payment' }).length).toBe(0)
  })

  it('repeats nothing under the same intent', async () => {
    const connection = connect()
    const plan = await planPayment('ns', connection, { customer: { id: 'cus_ns_456' }, date: '2026-03-10', amount: '5.00' })
    const intent = once()
    await connection.createPayment(plan, intent)
    expect(await failure(connection.createPayment(plan, intent))).toMatchObject({ code: 'conflict' })
    expect(sandbox.books.documents({ customerId: '456', kind: 'payment' }).length).toBe(1)
  })
})

describe('lists', () => {
  it('pages through all customers by id, none lost or twice', async () => {
    const connection = connect()
    const items = await all((wanted) => connection.listCustomers(wanted), query(null, { limit: 40 }))
    const ids = items.map((item) => Number(item.nativeId))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual([...ids].sort((left, right) => left - right))
    expect(ids.length).toBe(sandbox.books.customers().length)
    expect((await connection.listCustomers(query(null, { limit: 40 }))).total).toBe(ids.length)
  })

  it('pages in every order that can be asked for, nulls last', async () => {
    const connection = connect()
    const sorts: Sort[][] = [
      [{ field: 'name', direction: 'ascending' }],
      [{ field: 'balance', direction: 'descending' }, { field: 'name', direction: 'ascending' }],
      [{ field: 'phone', direction: 'descending' }],
      [{ field: 'updatedAt', direction: 'descending' }],
      [{ field: 'number', direction: 'ascending' }],
    ]
    const total = sandbox.books.customers().length
    for (const sort of sorts) {
      const whole = await all((wanted) => connection.listCustomers(wanted), query(null, { limit: 200, sort }))
      const paged = await all((wanted) => connection.listCustomers(wanted), query(null, { limit: 23, sort }))
      expect(paged.map((item) => item.nativeId)).toEqual(whole.map((item) => item.nativeId))
      expect(new Set(paged.map((item) => item.nativeId)).size).toBe(total)
    }
    const phones = (await all((wanted) => connection.listCustomers(wanted), query(null, { limit: 200, sort: sorts[2] as Sort[] }))).map((item) => item.record.phone)
    expect(phones.slice(phones.indexOf(null)).every((phone) => phone === null)).toBe(true)
  })

  it('reads in a list what it reads alone', async () => {
    const connection = connect()
    const [item] = (await connection.listCustomers(query(where('id', 'in', '456')))).items
    const { record } = await connection.getCustomer('456')
    for (const [field, value] of Object.entries(item?.record ?? {})) {
      if (field !== 'vendorFields' && field !== 'customFields') expect({ [field]: value }).toEqual({ [field]: record[field as keyof typeof record] })
    }
    expect(Object.keys(item?.record ?? {})).toEqual(expect.arrayContaining(['name', 'email', 'terms', 'balance', 'currency', 'createdAt', 'updatedAt', 'status', 'type', 'onHold']))
  })

  it('finds customers by each filter', async () => {
    const connection = connect()
    const ids = async (filter: Filter) => (await connection.listCustomers(query(filter, { limit: 200 }))).items.map((item) => item.nativeId)
    expect(await ids(where('name', 'equals', 'acme CORPORATION'))).toEqual(['456'])
    expect(await ids(where('name', 'startsWith', 'acme corp'))).toEqual(['456'])
    expect(await ids(where('name', 'contains', 'ME CORP'))).toContain('456')
    expect(await ids(where('name', 'like', 'a*me*ration'))).toEqual(['456'])
    expect(await ids(where('email', 'equals', 'CONTACT@acmecorp.com'))).toEqual(['456'])
    expect(await ids(where('number', 'equals', 'ACME-001'))).toEqual(['456'])
    expect(await ids(where('externalId', 'equals', 'acme'))).toEqual(['456'])
    expect(await ids(where('stage', 'equals', '13'))).toContain('456')
    expect(await ids({ all: [where('currency', 'equals', 'USD'), where('balance', 'greaterOrEqual', '1250'), where('name', 'startsWith', 'acme')] })).toEqual(['456'])
    expect(await ids({ all: [where('name', 'startsWith', 'acme'), { any: [where('currency', 'in', 'EUR', 'GBP'), where('balance', 'lessOrEqual', '1')] }] })).toEqual([])
    const inactive = await ids(where('status', 'in', 'inactive'))
    expect(inactive.length).toBe(sandbox.books.customers().filter((customer) => !customer.active).length)
    expect(await ids(where('createdAt', 'greaterOrEqual', '2026-12-31T00:00:00Z'))).toEqual([])
    expect(await ids(where('updatedAt', 'lessThan', '2001-01-01T00:00:00Z'))).toEqual([])
    expect(await ids(where('terms.name', 'equals', 'net 30'))).toContain('456')
    expect(await ids(where('customFields.custentity_region', 'equals', 'west'))).toContain('456')
    expect(await ids(where('id', 'in', '456', 'x', '5'))).toEqual(['456'])
    expect((await failure(ids(where('partner', 'equals', '1')))).code).toBe('filter_not_supported')
    expect((await failure(ids(where('vendorFields.nosuchcolumn', 'equals', '1')))).code).toBe('filter_not_supported')
  })

  it('finds payments by each filter', async () => {
    const connection = connect()
    const one = await pay(connection, { amount: '100.00', date: '2026-03-05', method: 'check', reference: 'R-1', externalId: 'ext-1', applications: [{ invoiceId: 'inv_ns_5001', amount: '100.00' }] })
    const two = await pay(connection, { amount: '200.50', date: '2026-03-06', methodRef: { id: '5' }, depositTo: { kind: 'undepositedFunds' } })
    const mine = where('customer', 'equals', '456')
    const ids = async (filter: Filter) => (await connection.listPayments(query({ all: [mine, filter] }, { limit: 200 }))).items.map((item) => item.nativeId)
    expect(await ids(where('date', 'equals', '2026-03-05'))).toEqual([one.nativeId])
    expect(await ids(where('date', 'greaterOrEqual', '2026-03-06'))).toEqual([two.nativeId])
    expect(await ids(where('amount', 'lessOrEqual', '100.00'))).toEqual([one.nativeId])
    expect(await ids(where('amount', 'greaterOrEqual', '200.5'))).toEqual([two.nativeId])
    expect(await ids(where('unappliedAmount', 'greaterThan', '0'))).toEqual([two.nativeId])
    expect(await ids(where('unappliedAmount', 'equals', '0'))).toEqual([one.nativeId])
    expect(await ids(where('methodRef', 'equals', '2'))).toEqual([one.nativeId])
    expect(await ids(where('method', 'in', 'check'))).toEqual([one.nativeId])
    expect(await ids(where('method', 'in', 'other'))).toEqual([two.nativeId])
    expect(await ids(where('undeposited', 'equals', 'true'))).toEqual([two.nativeId])
    expect(await ids(where('undeposited', 'equals', 'false'))).toEqual([one.nativeId])
    expect(await ids(where('status', 'in', 'posted', 'pending'))).toEqual([two.nativeId])
    expect(await ids(where('number', 'equals', String(one.record.number)))).toEqual([one.nativeId])
    expect(await ids(where('reference', 'equals', 'r-1'))).toEqual([one.nativeId])
    expect(await ids(where('externalId', 'equals', 'ext-1'))).toEqual([one.nativeId])
    expect((await failure(ids(where('status', 'equals', 'reconciled')))).code).toBe('filter_not_supported')
    const [listed] = (await connection.listPayments(query(where('id', 'equals', one.nativeId)))).items
    expect(listed?.record).toMatchObject({ amount: '100.00', appliedAmount: '100.00', unappliedAmount: '0.00', currency: 'USD', method: 'check', status: 'deposited', externalId: 'ext-1', customer: { id: '456' } })
    expect(listed?.record).toMatchObject({ number: one.record.number, statusText: one.record.statusText, methodRef: one.record.methodRef, updatedAt: one.record.updatedAt })
    const dated = await all((wanted) => connection.listPayments(wanted), query(null, { limit: 20, sort: [{ field: 'date', direction: 'descending' }, { field: 'amount', direction: 'ascending' }] }))
    expect(new Set(dated.map((item) => item.nativeId)).size).toBe(sandbox.books.documents({ kind: 'payment' }).length)
  })

  it('lists and reads invoices with lines and payments', async () => {
    const connection = connect()
    await pay(connection, { amount: '400.00', applications: [{ invoiceId: 'inv_ns_5001', amount: '400.00' }] })
    await pay(connection, { amount: '500.00', applications: [{ invoiceId: 'inv_ns_5002', amount: '500.00' }] })
    const mine = where('customer', 'equals', '456')
    const ids = async (filter: Filter) => (await connection.listInvoices(query({ all: [mine, filter] }))).items.map((item) => item.nativeId)
    expect(await ids(where('status', 'in', 'partiallyPaid'))).toEqual(['5001'])
    expect(await ids(where('status', 'in', 'paid'))).toEqual(['5002'])
    expect(await ids(where('status', 'in', 'open'))).toEqual(['5003'])
    expect(await ids(where('openAmount', 'greaterThan', '0'))).toEqual(['5001', '5003'])
    expect(await ids(where('openAmount', 'equals', '0'))).toEqual(['5002'])
    expect(await ids(where('number', 'equals', 'inv-5003'))).toEqual(['5003'])
    expect(await ids(where('dueDate', 'lessThan', '2026-01-01'))).toEqual([])
    const { record } = await connection.getInvoice('5001', { include: new Set(['lines', 'payments']) })
    expect(record).toMatchObject({ number: 'INV-5001', reference: 'PO-77', status: 'partiallyPaid', total: '1000.00', openAmount: '600.00', currency: 'USD', customer: { id: '456' } })
    expect(record.payments).toMatchObject([{ amount: '400.00', date: '2026-03-10' }])
    expect(record.lines?.length).toBeGreaterThan(0)
    expect(await failure(connection.getInvoice('456'))).toMatchObject({ code: 'not_found' })
    expect(await failure(connection.getInvoice('journal-9'))).toMatchObject({ code: 'not_found' })
  })
})
