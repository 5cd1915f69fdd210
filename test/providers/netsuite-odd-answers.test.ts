/** Answers of NetSuite that are not as they should be: what cannot be read is told, never guessed, and one record hides no other. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { netsuite } from '../../src/providers/netsuite/index.ts'
import type { Connection } from '../../src/providers/provider.ts'
import type { Line } from '../../src/wire/send.ts'
import { type FaultProxy, startFaultProxy, type WireAnswer } from '../support/fault-proxy.ts'
import { lineTo } from '../support/line.ts'
import { all, connect, failure, inSandbox, pay, query, sandbox } from './netsuite-world.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const answers = (body: unknown, status = 200): WireAnswer => ({
  status,
  headers: JSON_TYPE,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
let proxy: FaultProxy
let line: Line
const through = () => connect({ baseUrl: proxy.url }, undefined, { through: line })
/** Starts what stands between; the sandbox is there by then. */
function behindProxy(): void {
  beforeAll(async () => {
    proxy = await startFaultProxy(sandbox.url)
    line = lineTo(proxy.url, netsuite.classify, { name: 'netsuite' })
  })
  afterEach(() => proxy.mend())
  afterAll(async () => {
    line.sockets.close()
    await proxy.close()
  })
}
const get = (path: string) => (exchange: { method: string; path: string }) =>
  exchange.method === 'GET' && exchange.path.includes(path)
const LOCKED = {
  title: 'Bad Request',
  status: 400,
  'o:errorDetails': [
    {
      detail: 'Error while accessing a resource. This record has been locked by a user defined workflow.',
      'o:errorCode': 'USER_ERROR',
    },
  ],
}

const HIDDEN = {
  title: 'Forbidden',
  status: 403,
  'o:errorDetails': [
    {
      detail: 'Your current role does not have permission to perform this action.',
      'o:errorCode': 'INSUFFICIENT_PERMISSION',
    },
  ],
}

describe('with SuiteQL', () => {
  inSandbox()
  behindProxy()

  /** The real answer of the record, changed. */
  const changed = async (change: (record: Record<string, unknown>) => unknown): Promise<WireAnswer> => {
    await through().getCustomer('456')
    const { answer } = proxy.exchanges.findLast(get('/customer/456')) as { answer: WireAnswer }
    return answers(change(JSON.parse(answer.body)))
  }
  const read = async (answer: WireAnswer) => {
    proxy.fail(get('/customer/456'), { kind: 'answer', answer })
    return through().getCustomer('456')
  }
  const UNREADABLE: readonly [string, (record: Record<string, unknown>) => unknown][] = [
    ['another record', (record) => ({ ...record, id: '457' })],
    ['a record without an id', ({ id: _, ...record }) => record],
    ['an id that is an object', (record) => ({ ...record, id: { id: '456' } })],
    ['a list', (record) => [record]],
    ['a name twice', (record) => JSON.stringify(record).replace('{', '{"id":"456",')],
  ]
  it.each(UNREADABLE)('does not take %s for the record it asked for', async (_, change) => {
    expect((await failure(read(await changed(change)))).code).toBe('provider_garbled')
  })

  const ODD: readonly [string, Record<string, unknown>, string][] = [
    ['an object in a text', { email: { id: '1' } }, '/email'],
    ['a number in a text', { comments: 12 }, '/comments'],
    ['a huge number', { creditLimit: '1'.repeat(400) }, '/creditLimit'],
    ['a word in a boolean', { isInactive: 'perhaps' }, '/status'],
    ['a moment that is none', { lastModifiedDate: '2026-02-31T00:00:00Z' }, '/updatedAt'],
    ['an object that names nothing in a reference', { terms: { value: 'x' } }, '/terms'],
    ['a list in a reference', { terms: ['2'] }, '/terms'],
    ['lines that are none', { addressBook: { items: 'none' } }, '/addresses'],
    [
      'an address without a flag',
      { addressBook: { items: [{ id: 7, defaultShipping: true }] } },
      '/addresses/0/isDefaultBilling',
    ],
    ['no currency', { currency: undefined }, '/currency'],
    ['a link for a list', { currencyList: { links: [], totalResults: 1 } }, '/currencies'],
  ]
  it.each(ODD)('reads all but %s, and warns', async (_, odd, pointer) => {
    const { record, warnings } = await read(await changed((whole) => ({ ...whole, ...odd })))
    expect(record.name).toBe('Acme Corporation')
    expect(warnings?.map((one) => one.pointer)).toEqual([pointer])
  })

  it('reads a state by its code, and keeps a country that it does not know when the address is written back', async () => {
    const postal = { addr1: '1 Main St', state: { id: 'CA', refName: 'California' }, country: { id: '_hongKong' } }
    const items = [{ id: 7, internalId: 7, defaultBilling: false, defaultShipping: false, addressBookAddress: postal }]
    const { record, warnings } = await read(await changed((whole) => ({ ...whole, addressBook: { items } })))
    expect(record.addresses).toMatchObject([{ region: 'CA', country: null }])
    expect(warnings).toMatchObject([{ pointer: '/addresses/0/country' }])
  })

  const BAD_PAGES: readonly [string, Record<string, unknown>][] = [
    ['items that are an object', { items: {}, hasMore: false, totalResults: 1 }],
    ['hasMore as text', { items: [{ id: '1' }], hasMore: 'true', totalResults: 1 }],
    ['no hasMore', { items: [{ id: '1' }], totalResults: 1 }],
    ['a total as text', { items: [{ id: '1' }], hasMore: false, totalResults: '1' }],
    ['more behind nothing', { items: [], hasMore: true, totalResults: 1 }],
  ]
  it.each(BAD_PAGES)('does not take a page with %s for a page', async (_, body) => {
    proxy.fail((one) => one.path.includes('suiteql'), { kind: 'answer', answer: answers(body) })
    expect((await failure(through().listCustomers(query(null, { fields: new Set(['email']) })))).code).toBe(
      'provider_garbled',
    )
  })
  it('leaves out a row without an id, and says so', async () => {
    const body = {
      items: [{ id: '1', email: 'a@b.example' }, { email: 'c@d.example' }],
      hasMore: false,
      totalResults: 2,
    }
    proxy.fail((one) => one.path.includes('suiteql'), { kind: 'answer', answer: answers(body) })
    const page = await through().listCustomers(query(null, { fields: new Set(['email']) }))
    expect(page.items.map(({ nativeId }) => nativeId)).toEqual(['1'])
    expect(page.warnings).toMatchObject([{ code: 'garbled' }])
  })

  const LOCATIONS = [
    '',
    '/services/rest/record/v1/customer/456',
    '/services/rest/record/v1/customerPayment/eid:x',
    '/5001',
  ]
  it.each(LOCATIONS)('finds what it made by its fence where Location says "%s"', async (location) => {
    const headers: Record<string, string> =
      location === '' ? {} : { location: `https://1234567.suitetalk.api.netsuite.com${location}` }
    proxy.fail((one) => one.method === 'POST' && one.path.endsWith('/customerPayment'), {
      ...{ kind: 'answer', answer: { status: 204, headers, body: '' }, afterForwarding: true },
    })
    const { nativeId } = await pay(through(), { amount: '12.00' })
    const made = sandbox.books.documents({ kind: 'payment', customerId: '456' })
    expect(made.map(({ id }) => id)).toEqual([nativeId])
  })

  const clock = async (connection: Connection, name: string) =>
    connection
      .check()
      .find((step) => step.name === name)
      ?.run()
  it('proves the zone by a record that is read both ways', async () => {
    expect(await clock(connect(), 'timeZone')).toContain('fit')
    const error = await failure(clock(connect({ timeZone: 'Asia/Tokyo' }), 'timeZone') as Promise<unknown>)
    expect(error.message).toMatch(/0:00 ahead of UTC, and timeZone is Asia\/Tokyo.*Set timeZone/)
  })
})

describe('without SuiteQL', () => {
  inSandbox({ profile: 'single' })
  behindProxy()
  const ids = (pages: readonly { nativeId: string }[]) => pages.map(({ nativeId }) => nativeId)

  it.each([
    ['locked by a workflow', answers(LOCKED, 400)],
    ['hidden from the role', answers(HIDDEN, 403)],
    ['that fails', answers({ status: 500, 'o:errorDetails': [] }, 500)],
    ['that is garbled', answers('{"id": "456"', 200)],
  ])('lists the others of a record %s, names it, and pages on behind it', async (_, answer) => {
    proxy.fail((one) => get('/customer/456')(one), { kind: 'answer', answer }, 1000)
    const connection = through()
    const whole = ids(await all((wanted) => connect().listCustomers(wanted), query(null, { limit: 100 })))
    const found: string[] = []
    const warned: string[] = []
    for (let after = null as Parameters<Connection['listCustomers']>[0]['after']; ; ) {
      const page = await connection.listCustomers(query(null, { limit: 100, after }))
      found.push(...ids(page.items))
      warned.push(...(page.warnings ?? []).map(({ detail }) => detail))
      if (!page.hasMore) break
      after = page.end ?? null
    }
    expect(found).toEqual(whole.filter((id) => id !== '456'))
    expect(warned).toMatchObject([expect.stringContaining('customer 456')])
  })
  it('fails where none can be read', async () => {
    proxy.fail((one) => /\/customer\/\d+$/.test(one.path), { kind: 'answer', answer: answers(LOCKED, 400) }, 1000)
    await failure(through().listCustomers(query(null, { limit: 10 })))
  })
  it('proves the date format', async () => {
    const step = (connection: Connection) =>
      connection
        .check()
        .find(({ name }) => name === 'dateFormat')
        ?.run()
    const right = connect()
    await right.listCustomers(query(null, { limit: 1 }))
    expect(await step(right)).toContain('M/D/YYYY')
    const wrong = connect({ dateFormat: 'D/M/YYYY' })
    await wrong.listCustomers(query(null, { limit: 1 }))
    expect((await failure(step(wrong) as Promise<unknown>)).message).toContain('set dateFormat')
  })
})
