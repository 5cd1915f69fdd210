/** The Sage Intacct provider against the sandbox, over real HTTP and the wire's own way out. */
import pino from 'pino'
import { Pool } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { subtract, sum } from '../../src/mapping/money.ts'
import { intacct } from '../../src/providers/intacct/index.ts'
import type {
  Connection,
  Filter,
  ListQuery,
  NativeOpenItem,
  PaymentPlan,
  PlannedApplication,
  RecordPage,
} from '../../src/providers/provider.ts'
import { type IntacctSandbox, startIntacctSandbox } from '../../src/sandbox/intacct/index.ts'
import { Governor } from '../../src/wire/governor.ts'
import { createSend } from '../../src/wire/send.ts'

let sandbox: IntacctSandbox
let pool: Pool
const NOW = new Date('2026-04-15T10:00:00Z')
const log = pino({ level: 'silent' })
let intents = 0
const once = () => ({ intentId: `test${++intents}` })

const settingsOf = (more: object = {}) => ({
  endpoint: sandbox.url,
  ...sandbox.credentials,
  timeZone: 'UTC',
  customDiscounts: true,
  defaults: {
    bankAccountId: 'BOA',
    undepositedAccountNo: '1090',
    advanceAccountNo: '2100',
    locationId: '100',
    externalIdField: 'EXTERNALID',
  },
  ...more,
})

/** A connection as the gateway makes one; `signal` is the deadline of the call. */
function connectionWith(settings: object, concurrency = 2): () => Connection {
  const bind = intacct.connect(settings as never, { connection: 'intacct', now: () => NOW })
  const line = {
    connection: 'intacct',
    provider: 'intacct',
    pool,
    governor: new Governor(concurrency),
    classify: intacct.classify,
  }
  return () =>
    bind(
      createSend(line, {
        operation: 'test',
        signal: AbortSignal.timeout(20_000),
        log,
        beforeWrite: async () => {},
        onExchange: () => {},
      }),
    )
}
let books: IntacctSandbox['books']
let connection: Connection

beforeAll(async () => {
  sandbox = await startIntacctSandbox({ clock: () => NOW })
  pool = new Pool(new URL(sandbox.url).origin)
  books = sandbox.books
})
beforeEach(() => {
  connection = connectionWith(settingsOf({ defaults: { ...settingsOf().defaults, externalIdField: undefined } }))()
})
afterEach(() => sandbox.reset())
afterAll(async () => {
  await pool.close()
  await sandbox.close()
})

const codeOf = async (promise: Promise<unknown>): Promise<GatewayError> => {
  try {
    await promise
  } catch (error) {
    expect(error).toBeInstanceOf(GatewayError)
    return error as GatewayError
  }
  throw new Error('it was not refused')
}
const pointersOf = (error: GatewayError) => error.options.errors?.map(({ pointer }) => pointer)

describe('customers', () => {
  it('creates a company with everything and reads it back', async () => {
    const { nativeId, record } = await connection.createCustomer(
      {
        number: 'NEW-1',
        name: 'New Corp',
        companyName: 'New Corp Ltd',
        status: 'active',
        email: 'ap@new.example',
        altEmail: 'b@new.example',
        phone: '555-1',
        mobile: '555-2',
        fax: '555-3',
        website: 'https://new.example',
        currency: 'USD',
        terms: { name: 'Net 30' },
        creditLimit: '5000.00',
        onHold: true,
        taxable: false,
        taxId: '0012',
        parent: { name: 'Acme Corporation' },
        comments: 'Hello',
        vendorFields: { ONETIME: true },
        customFields: { REGION: 'West' },
        addresses: [{ line1: '1 Road', city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' }],
      },
      once(),
    )
    expect(nativeId).toBe('NEW-1')
    expect(record).toMatchObject({
      number: 'NEW-1',
      type: 'company',
      name: 'New Corp',
      companyName: 'New Corp Ltd',
      email: 'ap@new.example',
      terms: { id: 'Net 30', name: 'Net 30' },
      creditLimit: '5000.00',
      onHold: true,
      taxable: false,
      taxId: '0012',
      parent: { id: 'ACME', name: 'Acme Corporation' },
      customFields: { REGION: 'West' },
      vendorFields: { ONETIME: 'true' },
      balance: '0.00',
      stage: null,
      createdAt: '2026-04-15T10:00:00Z',
    })
    expect(record.addresses).toEqual([
      expect.objectContaining({
        id: 'display',
        line1: '1 Road',
        country: 'US',
        isDefaultBilling: true,
        isDefaultShipping: true,
      }),
    ])
    expect(record.vendorFields?.['RECORDNO']).toMatch(/^\d+$/)
    expect(books.getCustomer('NEW-1')?.parentId).toBe('ACME')
  })

  it('creates a person, numbered by Intacct', async () => {
    const { nativeId, record } = await connection.createCustomer(
      { firstName: 'Jo', lastName: 'Lee', middleName: 'Q', salutation: 'Ms.' },
      once(),
    )
    expect(nativeId).not.toBe('')
    expect(record).toMatchObject({
      type: 'person',
      name: 'Jo Lee',
      firstName: 'Jo',
      middleName: 'Q',
      lastName: 'Lee',
      salutation: 'Ms.',
      companyName: null,
    })
  })

  it('updates, clears, deactivates and changes terms', async () => {
    const updated = await connection.updateCustomer(
      'ACME',
      { email: 'x@acme.example', phone: '1', creditLimit: '7500.00', terms: { name: 'Net 60' } },
      once(),
    )
    expect(updated.record).toMatchObject({
      email: 'x@acme.example',
      phone: '1',
      creditLimit: '7500.00',
      terms: { id: 'Net 60' },
    })
    expect(updated.record.addresses?.[0]).toMatchObject({ line1: '1 Main St' })
    const cleared = await connection.updateCustomer(
      'ACME',
      { phone: null, creditLimit: null, terms: null, status: 'inactive' },
      once(),
    )
    expect(cleared.record).toMatchObject({
      phone: null,
      creditLimit: null,
      terms: null,
      status: 'inactive',
      email: 'x@acme.example',
    })
    expect(books.getCustomer('ACME')?.active).toBe(false)
  })

  it('turns a person into a company and back', async () => {
    const { nativeId } = await connection.createCustomer({ firstName: 'Jo', lastName: 'Lee' }, once())
    expect((await connection.updateCustomer(nativeId, { type: 'company' }, once())).record).toMatchObject({
      type: 'company',
      companyName: 'Jo Lee',
    })
    expect((await connection.updateCustomer(nativeId, { type: 'person' }, once())).record).toMatchObject({
      type: 'person',
      companyName: null,
    })
  })

  it('adds, changes and removes addresses', async () => {
    const added = await connection.createAddress!(
      'ACME',
      { label: 'Warehouse', line1: '9 Dock', city: 'Reno', country: 'US', isDefaultShipping: true },
      once(),
    )
    expect(added.record.addresses).toEqual([
      expect.objectContaining({ id: 'display', line1: '1 Main St', isDefaultBilling: true, isDefaultShipping: false }),
      expect.objectContaining({
        id: 'shipTo',
        label: 'Warehouse',
        line1: '9 Dock',
        isDefaultShipping: true,
        contactName: 'Warehouse(CACME)',
      }),
    ])
    const error = await codeOf(connection.createAddress!('ACME', { line1: 'x' }, once()))
    expect([error.code, pointersOf(error)]).toEqual(['field_not_supported', ['/isDefaultBilling']])
    const changed = await connection.updateCustomer(
      'ACME',
      {
        addresses: [
          { id: 'display', line1: '2 Main St', country: 'DE' },
          { id: 'shipTo', line1: '10 Dock', isDefaultShipping: true },
        ],
      },
      once(),
    )
    expect(changed.record.addresses).toEqual([
      expect.objectContaining({ id: 'display', line1: '2 Main St', city: null, country: 'DE' }),
      expect.objectContaining({ id: 'shipTo', line1: '10 Dock', city: null, country: null }),
    ])
    await connection.deleteAddress!('ACME', 'shipTo', once())
    expect((await connection.getCustomer('ACME')).record.addresses).toHaveLength(1)
    await connection.deleteAddress!('ACME', 'display', once())
    expect((await connection.getCustomer('ACME')).record.addresses).toEqual([])
    expect((await codeOf(connection.deleteAddress!('ACME', 'billTo', once()))).code).toBe('not_found')
  })

  it("refuses with the caller's field", async () => {
    const refused: [object, string, string][] = [
      [{}, 'field_required', '/name'],
      [{ name: 'X', stage: { id: '1' } }, 'field_not_supported', '/stage'],
      [{ name: 'X', externalId: '1' }, 'field_not_supported', '/externalId'],
      [{ name: 'X', vendorFields: { NAME: 'Y' } }, 'field_not_supported', '/vendorFields/NAME'],
      [{ name: 'X', type: 'person' }, 'field_required', '/lastName'],
      [{ name: 'X', parent: { name: 'Nobody at all' } }, 'invalid_reference', '/parent'],
      [{ name: 'X', parent: { id: 'EUROPA', name: 'Acme Corporation' } }, 'invalid_reference', '/parent'],
      [{ name: 'X', terms: { id: 'Net 30', name: 'Net 60' } }, 'invalid_reference', '/terms'],
    ]
    for (const [input, code, pointer] of refused) {
      const error = await codeOf(connection.createCustomer(input, once()))
      expect([error.code, pointersOf(error)], JSON.stringify(input)).toEqual([code, [pointer]])
    }
  })

  it("turns Intacct's refusals into codes", async () => {
    const duplicate = await codeOf(connection.createCustomer({ number: 'ACME', name: 'X' }, once()))
    expect([duplicate.code, duplicate.applied, duplicate.options.vendorPaths]).toEqual([
      'conflict',
      'no',
      ['CUSTOMERID'],
    ])
    expect(duplicate.options.upstream).toMatchObject({ code: 'BL34000061', status: 200 })
    const terms = await codeOf(connection.createCustomer({ name: 'X', terms: { id: 'Nope' } }, once()))
    expect([terms.code, terms.options.vendorPaths]).toEqual(['invalid_reference', ['TERMNAME']])
    expect((await codeOf(connection.getCustomer('NOBODY'))).code).toBe('not_found')
    expect((await codeOf(connection.updateCustomer('NOBODY', { email: 'a@b.example' }, once()))).code).toBe('not_found')
    expect((await codeOf(connection.updateCustomer('ACME', { number: 'OTHER' }, once()))).code).toBe('not_changeable')
    expect((await codeOf(connection.deleteCustomer('ACME', once()))).code).toBe('conflict')
  })

  it('deletes', async () => {
    const { nativeId } = await connection.createCustomer({ name: 'Short-lived' }, once())
    await connection.deleteCustomer(nativeId, once())
    expect((await codeOf(connection.getCustomer(nativeId))).code).toBe('not_found')
  })

  it('does a write once', async () => {
    const same = once()
    const { nativeId } = await connection.createCustomer({ name: 'Once' }, same)
    const again = await codeOf(connection.createCustomer({ name: 'Once' }, same))
    expect([again.code, again.applied]).toEqual(['conflict', 'yes'])
    expect(nativeId).not.toBe('')
  })

  it('keeps every text as it is', async () => {
    const texts = [
      '<b>&amp;"\'</b>',
      'a]]>b',
      "' OR 1=1 --",
      'æøå 漢字 🦊',
      '000123',
      ' spaces ',
      'line\nline\ttab',
      '&#233;',
      '50%_',
    ]
    for (const comments of texts) {
      const { nativeId } = await connection.createCustomer({ name: `N${comments.trim()}`, comments }, once())
      const { record } = await connection.getCustomer(nativeId)
      expect(record.comments).toBe(comments)
      expect(record.name).toBe(`N${comments.trim()}`)
      const found = await list('listCustomers', {
        filter: { field: 'name', operator: 'equals', values: [record.name as string] },
      })
      expect(
        found.map((one) => one.nativeId),
        comments,
      ).toContain(nativeId)
    }
  })

  it('reads a customer whose id has a comma', async () => {
    await connection.createCustomer({ number: 'A,B', name: 'Comma' }, once())
    expect((await connection.getCustomer('A,B')).record).toMatchObject({ name: 'Comma', number: 'A,B' })
  })

  it('ages open invoices when asked', async () => {
    expect((await connection.getCustomer('ACME')).record.aging).toBeUndefined()
    const { record } = await connection.getCustomer('ACME', { include: new Set(['aging']) })
    expect(record.aging).toEqual({
      current: '0.00',
      days1To30: '0.00',
      days31To60: '0.00',
      days61To90: '225.50',
      over90: '0.00',
    })
  })

  it('keeps an external id in the field that the connection names', async () => {
    const configured = connectionWith(settingsOf())()
    const { nativeId, record } = await configured.createCustomer({ name: 'Ext', externalId: 'crm-1' }, once())
    expect(record.externalId).toBe('crm-1')
    const filter = { field: 'externalId', operator: 'equals', values: ['crm-1'] } as const
    const page = await configured.listCustomers({ ...everything, filter })
    expect(page.items.map((one) => one.nativeId)).toEqual([nativeId])
  })
})

const everything: ListQuery = { filter: null, sort: [], after: null, limit: 50, fields: null, include: new Set() }
type Lists = 'listCustomers' | 'listPayments' | 'listInvoices'

/** All pages of a list. */
async function list<L extends Lists>(operation: L, query: Partial<ListQuery> = {}) {
  const items: RecordPage<Record<string, unknown>>['items'][number][] = []
  let after: ListQuery['after'] = null
  for (;;) {
    const page = (await connection[operation]({ ...everything, ...query, after })) as unknown as RecordPage<
      Record<string, unknown>
    >
    items.push(...page.items)
    if (!page.hasMore) return items
    after = page.items.at(-1)!.position
  }
}
const condition = (field: string, operator: string, ...values: string[]) => ({ field, operator, values }) as Filter

interface Sample extends Record<'date' | 'amount' | 'number' | 'method' | 'status', string> {
  readonly customer: { readonly id: string }
  readonly methodRef: { readonly id: string }
}

describe('lists', () => {
  it('pages through all customers by key', async () => {
    const first = await connection.listCustomers(everything)
    expect(first).toMatchObject({ hasMore: true, total: 252 })
    const all = await list('listCustomers')
    expect(new Set(all.map((one) => one.nativeId)).size).toBe(252)
    expect(all[0]?.record).toMatchObject({ name: expect.any(String), vendorFields: { RECORDNO: expect.any(String) } })
    expect(all[0]?.record).not.toHaveProperty('addresses')
  })

  it.each(['name', 'number', 'balance', 'createdAt', 'updatedAt'])(
    'sorts customers by %s without losing one',
    async (field) => {
      for (const direction of ['ascending', 'descending'] as const) {
        const all = await list('listCustomers', { sort: [{ field, direction }], limit: 60 })
        expect(new Set(all.map((one) => one.nativeId)).size).toBe(252)
        const key = (value: unknown) => (field === 'balance' ? Number(value) : String(value).toLowerCase())
        const values = all.map((one) => key(one.record[field])).filter((value) => value !== null)
        const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
        expect(values).toEqual(direction === 'ascending' ? sorted : sorted.reverse())
      }
    },
  )

  it('filters customers', async () => {
    const ids = async (filter: Filter) => (await list('listCustomers', { filter })).map((one) => one.nativeId)
    expect(await ids(condition('name', 'equals', 'acme corporation'))).toEqual(['ACME'])
    expect(await ids(condition('name', 'startsWith', 'ACME c'))).toEqual(['ACME'])
    expect(await ids(condition('name', 'contains', 'corpor'))).toEqual(['ACME'])
    expect(await ids(condition('name', 'like', 'acme*ation'))).toEqual(['ACME'])
    expect(await ids(condition('email', 'equals', 'AP@acme.example'))).toEqual(['ACME'])
    expect(await ids(condition('number', 'equals', 'ACME'))).toEqual(['ACME'])
    expect(await ids(condition('id', 'in', 'ACME', 'EUROPA', 'NOBODY'))).toEqual(['ACME', 'EUROPA'])
    expect(
      await ids({ all: [condition('currency', 'equals', 'EUR'), condition('name', 'startsWith', 'Europa')] }),
    ).toEqual(['EUROPA'])
    expect(
      await ids({ any: [condition('number', 'equals', 'ACME'), condition('number', 'equals', 'EUROPA')] }),
    ).toEqual(['ACME', 'EUROPA'])
    const inactive = await list('listCustomers', { filter: condition('status', 'equals', 'inactive') })
    expect(inactive.length).toBeGreaterThan(0)
    expect(inactive.every((one) => one.record['status'] === 'inactive')).toBe(true)
    expect(
      await ids({
        all: [
          condition('balance', 'greaterOrEqual', '205.50'),
          condition('balance', 'lessOrEqual', '205.5'),
          condition('currency', 'equals', 'USD'),
        ],
      }),
    ).toContain('ACME')
    expect(await ids(condition('terms', 'equals', 'Net 30'))).toContain('ACME')
    expect(await ids(condition('parent.name', 'equals', 'Acme Corporation'))).toEqual([])
    expect(await ids(condition('vendorFields.RECORDNO', 'equals', '33'))).toEqual(['ACME'])
    expect(await ids(condition('updatedAt', 'greaterOrEqual', '2026-04-15T00:00:00Z'))).toEqual([])
    for (const [field, operator, value] of [
      ['stage', 'equals', '1'],
      ['name', 'contains', '50%'],
      ['type', 'equals', 'person'],
    ] as const) {
      expect((await codeOf(ids(condition(field, operator, value)))).code, field).toBe('filter_not_supported')
    }
    expect((await codeOf(ids(condition('vendorFields.NOSUCHFIELD', 'equals', '33')))).code).toBe('filter_not_supported')
  })

  it('pushes fields down', async () => {
    const page = await connection.listCustomers({ ...everything, limit: 2, fields: new Set(['name', 'balance']) })
    expect(Object.keys(page.items[0]!.record).sort()).toEqual(['balance', 'name'])
    expect(sandbox.requests.at(-1)?.body).not.toContain('EMAIL1')
  })

  it('lists and filters payments', async () => {
    const all = await list('listPayments')
    expect(all.length).toBeGreaterThan(10)
    expect(new Set(all.map((one) => one.nativeId)).size).toBe(all.length)
    const some = all[3]!
    const by = async (...filters: Filter[]) =>
      (await list('listPayments', { filter: { all: filters } })).map((one) => one.nativeId)
    const { customer, date, amount, number, methodRef, method, status } = some.record as unknown as Sample
    expect(
      await by(
        condition('customer', 'equals', customer.id),
        condition('date', 'equals', date),
        condition('amount', 'greaterOrEqual', amount),
        condition('amount', 'lessOrEqual', amount),
      ),
    ).toContain(some.nativeId)
    expect(await by(condition('number', 'equals', number))).toEqual([some.nativeId])
    expect(await by(condition('id', 'in', some.nativeId))).toEqual([some.nativeId])
    expect(await by(condition('methodRef', 'equals', methodRef.id), condition('method', 'equals', method))).toContain(
      some.nativeId,
    )
    expect(await by(condition('status', 'equals', status))).toContain(some.nativeId)
    expect(await by(condition('status', 'equals', 'draft'))).toEqual([])
    expect(await by(condition('method', 'equals', 'wire'))).toEqual([])
    const deposited = await by(condition('undeposited', 'equals', 'false'))
    const undeposited = await by(condition('undeposited', 'equals', 'true'))
    expect([...deposited, ...undeposited].sort()).toEqual(all.map((one) => one.nativeId).sort())
    for (const field of ['date', 'amount', 'number', 'updatedAt']) {
      const sorted = await list('listPayments', { sort: [{ field, direction: 'descending' }], limit: 7 })
      expect(new Set(sorted.map((one) => one.nativeId)).size, field).toBe(all.length)
    }
  })

  it('lists and filters invoices', async () => {
    const mine = { field: 'customer', operator: 'equals', values: ['ACME'] } as const
    const open = await list('listInvoices', {
      filter: { all: [mine, condition('openAmount', 'greaterThan', '0')] },
      sort: [{ field: 'dueDate', direction: 'descending' }],
    })
    expect(open.map((one) => one.record)).toMatchObject([
      {
        number: 'INV-0102',
        status: 'open',
        total: '125.50',
        openAmount: '125.50',
        dueDate: '2026-02-04',
        customer: { id: 'ACME' },
      },
      { number: 'INV-0101', date: '2026-01-01' },
    ])
    const all = await list('listInvoices', { limit: 100 })
    for (const field of ['dueDate', 'date', 'openAmount']) {
      const sorted = await list('listInvoices', { sort: [{ field, direction: 'ascending' }], limit: 100 })
      expect(new Set(sorted.map((one) => one.nativeId)).size, field).toBe(all.length)
    }
    const paid = await list('listInvoices', { filter: condition('status', 'in', 'paid') })
    expect(paid.every((one) => one.record['openAmount'] === '0.00')).toBe(true)
    expect(
      await list('listInvoices', { filter: { all: [mine, condition('dueDate', 'lessThan', '2026-02-04')] } }),
    ).toHaveLength(1)
    expect(
      await list('listInvoices', { filter: { all: [mine, condition('number', 'equals', 'inv-0101')] } }),
    ).toHaveLength(1)
  })
})

/** What the gateway plans: amounts by invoice, and credits on them. */
async function planFor(
  customerId: string,
  amount: string,
  parts: { invoice: string; cash: string; credit?: [string, string] }[],
  input: object = {},
): Promise<PaymentPlan> {
  const items = await connection.listOpenItems(customerId)
  const find = (id: string) =>
    items.find((item) => `${item.kind}-${item.nativeId}` === id || item.nativeId === id) as NativeOpenItem
  const applications = parts.map(({ invoice, cash, credit }, index): PlannedApplication => {
    const credits = credit ? [{ credit: find(credit[0]), amount: credit[1], index: 0 }] : []
    return {
      invoice: find(invoice),
      cash,
      credits,
      amount: sum([cash, credit?.[1] ?? '0']),
      lineId: null,
      discount: null,
      discountDate: null,
      index,
    }
  })
  const appliedCash = sum(parts.map(({ cash }) => cash))
  return {
    customerId,
    amount,
    currency: 'USD',
    applications,
    appliedCash,
    unapplied: subtract(amount, appliedCash),
    input: { date: '2026-04-01', ...input },
  }
}

describe('payments', () => {
  it('pays two invoices', async () => {
    const plan = await planFor(
      'ACME',
      '225.50',
      [
        { invoice: '101', cash: '100.00' },
        { invoice: '102', cash: '125.50' },
      ],
      { method: 'check', reference: '1234', memo: 'Both' },
    )
    const { nativeId, record, warnings } = await connection.createPayment(plan, once())
    expect(warnings).toEqual([])
    expect(record).toMatchObject({
      customer: { id: 'ACME', name: 'Acme Corporation' },
      date: '2026-04-01',
      amount: '225.50',
      currency: 'USD',
      appliedAmount: '225.50',
      unappliedAmount: '0.00',
      status: 'deposited',
      method: 'check',
      methodRef: { id: 'Printed Check' },
      reference: '1234',
      memo: 'Both',
      depositTo: { kind: 'bankAccount', id: 'BOA' },
      applications: [
        { invoiceId: '101', invoiceNumber: 'INV-0101', amount: '100.00', cashAmount: '100.00', creditAmount: '0.00' },
        { invoiceId: '102', invoiceNumber: 'INV-0102', amount: '125.50' },
      ],
      credits: [],
      void: null,
      createdAt: '2026-04-15T10:00:00Z',
    })
    expect([books.openAmount('101'), books.openAmount('102')]).toEqual(['0', '0'])
    const invoice = await connection.getInvoice('101', { include: new Set(['lines', 'payments']) })
    expect(invoice.record).toMatchObject({
      status: 'paid',
      openAmount: '0.00',
      payments: [{ id: nativeId, amount: '100.00', date: '2026-04-01' }],
    })
  })

  it('pays with cash and a credit memo, and voids it', async () => {
    const plan = await planFor('ACME', '80.00', [{ invoice: '101', cash: '80.00', credit: ['memo-305', '20.00'] }])
    const { nativeId, record } = await connection.createPayment(plan, once())
    expect(record).toMatchObject({
      amount: '80.00',
      appliedAmount: '80.00',
      unappliedAmount: '0.00',
      method: 'eft',
      applications: [{ invoiceId: '101', amount: '100.00', cashAmount: '80.00', creditAmount: '20.00' }],
      credits: [{ creditId: 'memo-305', amount: '20.00', invoiceId: '101' }],
    })
    expect([books.openAmount('101'), books.openAmount('305')]).toEqual(['0', '0'])
    const result = await connection.voidPayment!(nativeId, { memo: 'NSF' }, once())
    expect(result.void).toMatchObject({ how: 'reversed', date: '2026-04-15', reversalId: expect.any(String) })
    expect(result.payment.record.status).toBe('voided')
    expect([books.openAmount('101'), books.openAmount('305')]).toEqual(['100', '20'])
    expect((await connection.voidPayment!(nativeId, {}, once())).void).toEqual(result.void)
    const listed = await list('listPayments', { filter: condition('customer', 'equals', 'ACME') })
    expect(listed.map((one) => [one.nativeId, one.record['status']])).toEqual([[nativeId, 'voided']])
  })

  it('keeps a rest as an overpayment that later pays', async () => {
    const { nativeId, record } = await connection.createPayment(
      await planFor('ACME', '150.00', [{ invoice: '101', cash: '100.00' }]),
      once(),
    )
    expect(record).toMatchObject({ amount: '150.00', appliedAmount: '100.00', unappliedAmount: '50.00' })
    const items = await connection.listOpenItems('ACME')
    expect(items.map(({ kind, nativeId: id, openAmount, paymentId }) => [kind, id, openAmount, paymentId])).toEqual([
      ['invoice', '102', '125.50', null],
      ['memo', '305', '20.00', null],
      ['overpayment', nativeId, '50.00', nativeId],
    ])
    await connection.createPayment(
      await planFor('ACME', '75.50', [{ invoice: '102', cash: '75.50', credit: [`overpayment-${nativeId}`, '50.00'] }]),
      once(),
    )
    expect([books.openAmount('102'), books.openAmount(nativeId)]).toEqual(['0', '0'])
    expect((await connection.getPayment(nativeId)).record).toMatchObject({
      appliedAmount: '150.00',
      unappliedAmount: '0.00',
    })
    expect((await codeOf(connection.voidPayment!(nativeId, {}, once()))).code).toBe('not_changeable')
  })

  it('keeps a payment without applications as an advance', async () => {
    const { nativeId, record } = await connection.createPayment(
      await planFor('ACME', '500.00', [], { method: 'wire', reference: 'W-1' }),
      once(),
    )
    expect(nativeId).toMatch(/^adv-\d+$/)
    expect(record).toMatchObject({
      amount: '500.00',
      appliedAmount: '0.00',
      unappliedAmount: '500.00',
      method: 'eft',
      reference: 'W-1',
      applications: [],
    })
    const key = nativeId.slice(4)
    expect(await connection.listOpenItems('ACME')).toContainEqual(
      expect.objectContaining({ kind: 'advance', nativeId: key, openAmount: '500.00', paymentId: nativeId }),
    )
    await connection.createPayment(
      await planFor('ACME', '50.00', [{ invoice: '101', cash: '50.00', credit: [`advance-${key}`, '50.00'] }]),
      once(),
    )
    expect([books.openAmount('101'), books.openAmount(key)]).toEqual(['0', '450'])
    expect(
      (await list('listPayments', { filter: condition('customer', 'equals', 'ACME'), limit: 1 })).map(
        (one) => one.nativeId,
      ),
    ).toContain(nativeId)
    expect(
      (await list('listPayments', { filter: condition('unappliedAmount', 'greaterThan', '0') })).map(
        (one) => one.nativeId,
      ),
    ).toContain(nativeId)
  })

  it('keeps, changes, submits and deletes a draft', async () => {
    const draft = await connection.createPayment(
      await planFor('ACME', '30.00', [{ invoice: '101', cash: '30.00' }], { draft: true, memo: 'a' }),
      once(),
    )
    expect(draft.record).toMatchObject({ status: 'draft', appliedAmount: '30.00', unappliedAmount: '0.00' })
    expect(books.openAmount('101')).toBe('100')
    expect((await codeOf(connection.voidPayment!(draft.nativeId, {}, once()))).code).toBe('not_changeable')
    const { applications, appliedCash, unapplied } = await planFor('ACME', '45.00', [{ invoice: '101', cash: '45.00' }])
    const changed = await connection.updatePayment(
      draft.nativeId,
      { input: { memo: 'b', reference: 'R' }, allocation: { applications, appliedCash, unapplied }, before: draft },
      once(),
    )
    expect(changed.record).toMatchObject({ memo: 'b', reference: 'R', amount: '45.00' })
    const submitted = await connection.updatePayment(
      draft.nativeId,
      { input: { draft: false }, allocation: null, before: changed },
      once(),
    )
    expect(submitted.record.status).toBe('deposited')
    expect(books.openAmount('101')).toBe('55')
    expect(
      (
        await codeOf(
          connection.updatePayment(
            draft.nativeId,
            { input: { memo: 'c' }, allocation: null, before: submitted },
            once(),
          ),
        )
      ).code,
    ).toBe('not_changeable')
    expect((await codeOf(connection.deletePayment(draft.nativeId, once()))).code).toBe('not_changeable')
    const other = await connection.createPayment(
      await planFor('ACME', '5.00', [{ invoice: '101', cash: '5.00' }], { draft: true }),
      once(),
    )
    await connection.deletePayment(other.nativeId, once())
    expect((await codeOf(connection.getPayment(other.nativeId))).code).toBe('not_found')
  })

  it('keeps money in undeposited funds, and takes a discount', async () => {
    const plan = await planFor('ACME', '98.00', [{ invoice: '101', cash: '98.00' }], {
      depositTo: { kind: 'undepositedFunds' },
      method: 'cash',
    })
    const discounted = {
      ...plan,
      applications: plan.applications.map((application) => ({ ...application, discount: '2.00' })),
    }
    const { record } = await connection.createPayment(discounted, once())
    expect(record).toMatchObject({
      status: 'posted',
      depositTo: { kind: 'undepositedFunds', id: '1090' },
      applications: [{ amount: '98.00', discount: '2.00' }],
    })
    expect(books.openAmount('101')).toBe('0')
  })

  it('refuses a discount, a method or an account that is not there', async () => {
    const plain = connectionWith(settingsOf({ customDiscounts: false, defaults: {} }))()
    const plan = await planFor('ACME', '98.00', [{ invoice: '101', cash: '98.00' }], {
      depositTo: { kind: 'bankAccount', id: 'BOA' },
    })
    const refused: [PaymentPlan, string, string][] = [
      [
        { ...plan, applications: plan.applications.map((one) => ({ ...one, discount: '2.00' })) },
        'field_not_supported',
        '/applications/0/discount',
      ],
      [{ ...plan, input: { date: '2026-04-01' } }, 'field_required', '/depositTo'],
      [{ ...plan, input: { ...plan.input, method: 'other' } }, 'field_not_supported', '/method'],
      [{ ...plan, input: { ...plan.input, class: { id: '1' } } }, 'field_not_supported', '/class'],
      [{ ...plan, input: { ...plan.input, externalId: 'x' } }, 'field_not_supported', '/externalId'],
      [{ ...plan, applications: [], unapplied: '98.00', appliedCash: '0' }, 'field_required', '/applications'],
    ]
    for (const [one, code, pointer] of refused) {
      const error = await codeOf(plain.createPayment(one, once()))
      expect([error.code, pointersOf(error)]).toEqual([code, [pointer]])
    }
    expect(books.openAmount('101')).toBe('100')
  })

  it('pays a debit memo in another currency with a negative invoice', async () => {
    const plan = await planFor(
      'EUROPA',
      '10.00',
      [{ invoice: '412', cash: '10.00', credit: ['negative-invoice-106', '30.00'] }],
      { exchangeRate: '1.1' },
    )
    const { record } = await connection.createPayment({ ...plan, currency: 'EUR' }, once())
    expect(record).toMatchObject({
      currency: 'EUR',
      exchangeRate: '1.1',
      baseCurrency: 'USD',
      baseAmount: '11.00',
      applications: [{ invoiceId: 'debit-412', invoiceNumber: 'DM-0412', amount: '40.00' }],
      credits: [{ creditId: 'negative-invoice-106', amount: '30.00', invoiceId: 'debit-412' }],
    })
    expect([books.openAmount('412'), books.openAmount('106')]).toEqual(['0', '0'])
    expect((await connection.getInvoice('debit-412')).record).toMatchObject({ number: 'DM-0412', openAmount: '0.00' })
  })

  it('says not found', async () => {
    for (const id of ['999999', 'adv-999999', '1,2', 'x']) {
      expect((await codeOf(connection.getPayment(id))).code, id).toBe('not_found')
      expect((await codeOf(connection.getInvoice(id))).code, id).toBe('not_found')
    }
  })
})

describe('sessions', () => {
  const logins = () => sandbox.requests.filter((request) => request.body.includes('<getAPISession')).length

  it('logs in once for many calls at the same time', async () => {
    const open = connectionWith(settingsOf())
    const before = logins()
    await Promise.all(Array.from({ length: 5 }, () => open().getCustomer('ACME')))
    expect(logins() - before).toBe(1)
  })

  it('logs in again once when the session is gone', async () => {
    const open = connectionWith(settingsOf())
    await open().getCustomer('ACME')
    sandbox.reset()
    const before = logins()
    await Promise.all([open().getCustomer('ACME'), open().updateCustomer('ACME', { phone: '2' }, once())])
    expect(logins() - before).toBe(1)
  })

  it.each([['userPassword'], ['senderPassword']])('stops at a wrong %s', async (setting) => {
    const before = sandbox.requests.length
    const error = await codeOf(connectionWith(settingsOf({ [setting]: 'wrong' }))().getCustomer('ACME'))
    expect(error.code).toBe('provider_refused')
    expect(sandbox.requests.length - before).toBe(1)
  })

  it('checks a connection step by step', async () => {
    const steps = connection.check()
    expect(steps.map(({ name }) => name)).toEqual(['authenticate', 'customers', 'payments', 'metadata'])
    const details: (string | undefined)[] = []
    for (const step of steps) details.push(await step.run())
    expect(details[1]).toBe('252 CUSTOMER')
  })
})
