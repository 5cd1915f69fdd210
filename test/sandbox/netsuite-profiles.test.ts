/** The three kinds of NetSuite account: what their catalogs show, what they refuse, which filters and queries they take. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NetSuiteSandbox, startNetSuiteSandbox } from '../../src/sandbox/netsuite/index.ts'
import type { ProfileName } from '../../src/sandbox/netsuite/profile.ts'
import { type Caller, startCaller } from './netsuite-caller.ts'

const NAMES: readonly ProfileName[] = ['2026.1', 'guide', 'single']
const callers = {} as Record<ProfileName, Caller>
beforeAll(async () => {
  for (const profile of NAMES) callers[profile] = await startCaller({ profile })
})
afterAll(async () => {
  for (const profile of NAMES) await callers[profile].sandbox.close()
})

type Properties = Record<string, { type?: string; properties?: Properties; items?: { properties: Properties } }>
async function propertiesOf(profile: ProfileName, type: string): Promise<Properties> {
  const answer = await callers[profile].record('GET', `metadata-catalog/${type}`)
  return answer.body.properties
}

describe('the metadata catalog', () => {
  const RELEASE_NAMES = ['isInactive', 'checkNumber', 'paymentOption', 'arAcct']
  const GUIDE_NAMES = ['inactive', 'checkNum', 'paymentMethod', 'creditCard', 'creditCards', 'discountItem', 'disc']

  it.each(NAMES)('of %s has its own names only', async (profile) => {
    const payment = await propertiesOf(profile, 'customerPayment')
    const lines = payment['apply']!.properties!['items']!.items!.properties
    const all: Record<string, unknown> = {
      ...(await propertiesOf(profile, 'customer')),
      ...payment,
      disc: lines['disc'],
    }
    const shown = (names: readonly string[]) => names.filter((name) => all[name] !== undefined)
    expect(shown(RELEASE_NAMES)).toEqual(profile === 'guide' ? [] : RELEASE_NAMES)
    expect(shown(GUIDE_NAMES)).toEqual(profile === 'guide' ? GUIDE_NAMES : [])
    expect(payment['undepFunds']!.type).toBe(profile === 'guide' ? 'boolean' : 'object')
  })

  it.each(NAMES)('of %s names subsidiaries only with OneWorld', async (profile) => {
    for (const type of ['customer', 'customerPayment', 'invoice', 'creditMemo', 'customerDeposit']) {
      const names = Object.keys(await propertiesOf(profile, type)).filter((name) => /subsidiary/i.test(name))
      expect(names.length > 0, type).toBe(profile !== 'single')
    }
  })

  it.each(NAMES)('of %s comes in both formats, with the same fields', async (profile) => {
    const path = '/services/rest/record/v1/metadata-catalog/customer'
    const asked = (accept: string) => callers[profile].call('GET', path, undefined, { accept })
    const [schema, openApi] = [await asked('application/schema+json'), await asked('application/swagger+json')]
    expect(schema.headers.get('content-type')).toBe('application/schema+json')
    expect(openApi.headers.get('content-type')).toBe('application/swagger+json')
    expect(Object.keys(openApi.body.components.schemas.customer.properties)).toEqual(
      Object.keys(schema.body.properties),
    )
  })
})

describe('names', () => {
  const ROWS: readonly (readonly [string, object, ProfileName[]])[] = [
    ['customer', { isInactive: true }, ['2026.1', 'single']],
    ['customer', { inactive: true }, ['guide']],
    ['customer', { discountItem: { id: '203' } }, ['guide']],
    ['customer', { subsidiary: { id: '1' } }, ['2026.1', 'guide']],
    ['customer', { terms: { refName: 'Net 30' } }, ['guide']],
  ]
  it.each(ROWS)('%s %j', async (type, body, takers) => {
    for (const profile of NAMES) {
      const answer = await callers[profile].record('PATCH', `${type}/457`, body)
      expect([profile, answer.status]).toEqual([profile, takers.includes(profile) ? 204 : 400])
      if (answer.status === 400) expect(answer.error?.['o:errorCode']).toBe('INVALID_CONTENT')
    }
  })

  it.each([
    ['2026.1', { arAcct: '119', checkNumber: '1', paymentOption: '2', undepFunds: { id: 'T' } }],
    ['single', { arAcct: '119', checkNumber: '1', paymentOption: '2', undepFunds: { id: 'T' } }],
    ['guide', { checkNum: '1', paymentMethod: '2', undepFunds: true }],
  ] as const)('of payments on %s are those of no other', async (profile, own) => {
    const { sandbox, record } = callers[profile]
    const company = profile === 'single' ? {} : { subsidiary: '1' }
    const head = { customer: '457', tranDate: '2026-03-31', currency: '1', payment: 10, ...company }
    expect((await record('POST', 'customerPayment', { ...head, ...own })).status).toBe(profile === 'guide' ? 201 : 204)
    const foreign = profile === 'guide' ? ['arAcct', 'checkNumber', 'paymentOption'] : ['checkNum', 'paymentMethod']
    for (const name of foreign) {
      const answer = await record('POST', 'customerPayment', { ...head, ...own, [name]: '119' })
      expect(answer.error).toMatchObject({ 'o:errorCode': 'INVALID_CONTENT', 'o:errorPath': name })
    }
    sandbox.reset()
  })
})

// biome-ignore lint/suspicious/noExplicitAny: records have any shape, the filters below look into them
type Found = any

/** Each filter of the guides, and which records it means. */
const GUIDE_FILTERS: readonly (readonly [string, string, string, (found: Found) => boolean])[] = [
  ['Find Customers by Company Name', 'customer', "companyName LIKE 'Acme%'", (c) => /^Acme/.test(c.companyName)],
  ['Find Customers by Email', 'customer', "email='john.smith@email.com'", (c) => c.email === 'john.smith@email.com'],
  ['Find Inactive Customers', 'customer', 'inactive=true', (c) => c.inactive],
  ['Find Customers by Status', 'customer', "entityStatus='13'", (c) => c.entityStatus.id === '13'],
  ['Find Customers with High Balance', 'customer', 'balance > 10000', (c) => c.balance > 10000],
  ['Find Payments by Date', 'customerPayment', "tranDate='2025-12-25'", (p) => p.tranDate === '2025-12-25'],
  ['Find by Customer', 'customerPayment', "customer='456'", (p) => p.customer.id === '456'],
  ['Find Unapplied Payments', 'customerPayment', 'unapplied > 0', (p) => p.unapplied > 0],
  ['Find by Payment Method', 'customerPayment', "paymentMethod='2'", (p) => p.paymentMethod?.id === '2'],
  [
    'Find by Date Range',
    'customerPayment',
    "tranDate BETWEEN '2025-12-01' AND '2025-12-31'",
    (p) => p.tranDate.startsWith('2025-12'),
  ],
  ['Find High-Value Payments', 'customerPayment', 'payment > 5000', (p) => p.payment > 5000],
  ['Find Undeposited Funds', 'customerPayment', 'undepFunds=true', (p) => p.undepFunds],
]

describe("the guides' filters", () => {
  const ids = async (path: string): Promise<string[]> => {
    const answer = await callers.guide.record('GET', path)
    expect(answer.status, answer.error?.detail).toBe(200)
    return answer.body.items.map((item: { id: string }) => item.id)
  }
  const records: Record<string, Found[]> = {}
  beforeAll(async () => {
    const { record } = callers.guide
    const head = { customer: '456', currency: '1', subsidiary: '1' }
    const person = { isPerson: true, firstName: 'John', lastName: 'Smith', email: 'john.smith@email.com' }
    await record('POST', 'customer', { ...person, entityId: 'CUST-002', subsidiary: '1' })
    await record('PATCH', 'customer/457', { entityStatus: '6' })
    const cheque = { account: '10', paymentMethod: '2', tranDate: '2025-12-25', payment: 20 }
    await record('POST', 'customerPayment', { ...head, ...cheque })
    await record('POST', 'customerPayment', { ...head, undepFunds: true, tranDate: '2026-01-01', payment: 6000 })
    callers.guide.sandbox.books.post({
      ...{ id: '5999', kind: 'invoice', customerId: '456', date: '2026-01-01', currency: 'USD', total: '20000' },
      details: { account: '119', subsidiary: '1' },
    })
    for (const type of ['customer', 'customerPayment']) {
      records[type] = []
      for (const id of await ids(type)) records[type].push((await record('GET', `${type}/${id}`)).body)
    }
  })

  it.each(GUIDE_FILTERS)('%s', async (_title, type, q, fits) => {
    const meant = records[type]!.filter(fits).map((found) => found.id)
    expect([meant.length > 0, meant.length < records[type]!.length]).toEqual([true, true])
    expect(await ids(`${type}?q=${encodeURIComponent(q)}`)).toEqual(meant)
    // As the guide writes the address, signs and all.
    expect(await ids(`${type}?q=${q}`)).toEqual(meant)
    for (const profile of ['2026.1', 'single'] as const) {
      const refused = await callers[profile].record('GET', `${type}?q=${encodeURIComponent(q)}`)
      expect([refused.status, refused.error?.['o:errorCode']]).toEqual([400, 'INVALID_PARAMETER'])
    }
  })

  it('go no further than their examples', async () => {
    const refused = [
      'isInactive=true',
      "memo LIKE 'a'",
      "companyName LIKE 'A%e'",
      "companyName LIKE '%'",
      "companyName='a' AND inactive=true",
      "companyName='it's'",
      'companyName=Acme',
      "companyName > 'A'",
      "creditLimit BETWEEN '1' AND 2",
      'inactive=yes',
      "dateCreated='12/25/2025'",
      'balance < 10',
    ]
    for (const q of refused) {
      const answer = await callers.guide.record('GET', `customer?q=${encodeURIComponent(q)}`)
      expect([q, answer.status, answer.error?.['o:errorCode']]).toEqual([q, 400, 'INVALID_PARAMETER'])
    }
  })

  it("stand beside Oracle's own words", async () => {
    const q = encodeURIComponent('inactive IS true AND id LESS 5000 OR id ANY_OF [456]')
    expect((await callers.guide.record('GET', `customer?q=${q}`)).body.count).toBe(4)
  })
})

describe('single', () => {
  it('has no SuiteQL: 403 with an error body', async () => {
    const { status, body, headers } = await callers.single.sql('SELECT id FROM customer')
    expect([status, body.title, body['o:errorDetails'][0]['o:errorCode']]).toEqual([
      ...[403, 'Forbidden', 'INSUFFICIENT_PERMISSION'],
    ])
    expect(headers.get('content-type')).toBe('application/vnd.oracle.resource+json; type=error; charset=UTF-8')
    for (const profile of ['2026.1', 'guide'] as const) {
      expect((await callers[profile].rows('SELECT id FROM customer WHERE id = 456')).length).toBe(1)
    }
  })

  it('creates, reads and lists without a subsidiary', async () => {
    const { record } = callers.single
    const { newId, status } = await record('POST', 'customer', { companyName: 'Corner Shop' })
    expect(status).toBe(204)
    const views = [
      ...[(await record('GET', `customer/${newId}`)).body, (await record('GET', 'invoice/5001')).body],
      (await record('GET', `customer?q=${encodeURIComponent('companyName IS "corner shop"')}`)).body.items[0],
    ]
    expect(JSON.stringify(views)).not.toMatch(/subsidiary/i)
    expect(views[2]!.id).toBe(newId)
    const payment = await record('POST', 'customerPayment', { customer: newId, payment: 5, account: '10' })
    expect((await record('GET', `customerPayment/${payment.newId}`)).body).not.toHaveProperty('subsidiary')
    const q = encodeURIComponent('subsidiary ANY_OF [1]')
    expect((await record('GET', `customer?q=${q}`)).error?.['o:errorCode']).toBe('INVALID_PARAMETER')
  })
})

describe('the short lists', () => {
  it.each(NAMES)('of %s are records of their own', async (profile) => {
    const { record } = callers[profile]
    const list = async (path: string) => (await record('GET', path)).body.items.map((item: { id: string }) => item.id)
    expect(await list('term')).toEqual(['1', '2', '3', '4', '9'])
    expect(await list(`term?q=${encodeURIComponent('name IS "Net 30" AND isInactive IS false')}`)).toEqual(['2'])
    expect((await record('GET', 'term/2')).body).toMatchObject({ name: 'Net 30', daysUntilNetDue: 30 })
    expect((await record('GET', 'currency/4')).body).toMatchObject({ symbol: 'EUR', exchangeRate: 1.1, name: 'Euro' })
    expect((await record('GET', 'account/119')).body).toMatchObject({
      ...{ acctNumber: '1100', acctType: { id: 'AcctRec', refName: 'Accounts Receivable' } },
    })
    expect((await record('GET', 'customerStatus/13')).body).toMatchObject({
      ...{ name: 'Closed Won', refName: 'CUSTOMER-Closed Won', stage: { id: 'CUSTOMER' } },
    })
    expect(await list('discountItem')).toEqual(['203'])
    expect((await record('GET', 'term/77')).status).toBe(404)
    expect((await record('POST', 'term', { name: 'Net 1' })).status).toBe(400)
    expect((await record('GET', 'subsidiary/1')).status).toBe(profile === 'single' ? 404 : 200)
  })
})

describe('the choice', () => {
  it('is 2026.1 without a word, and refuses another name', async () => {
    const sandbox: NetSuiteSandbox = await startNetSuiteSandbox({ customers: 0 })
    expect(sandbox.profile).toBe('2026.1')
    await sandbox.close()
    const wrong = startNetSuiteSandbox({ profile: '2025.2' as ProfileName })
    await expect(wrong).rejects.toThrow('There is no NetSuite profile "2025.2"; there are 2026.1, guide, single.')
  })
})
