/**
 * The vendor's own SDK (@intacct/intacct-sdk) as a witness: what it sends, the Intacct sandbox takes, and what the sandbox answers,
 * the SDK understands. Only its check that the host is under intacct.com is patched.
 */
import * as sdk from '@intacct/intacct-sdk'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type IntacctSandbox, startIntacctSandbox } from '../../src/sandbox/intacct/index.ts'

const { AccountsReceivable, Common } = sdk.Functions
const { NewQuery } = Common
type Config = Awaited<ReturnType<typeof sdk.SessionProvider.factory>>

let sandbox: IntacctSandbox
let client: sdk.OnlineClient
let session: Config

/** Its check of the host: a loopback address is none of Intacct's. */
type HostCheck = { isDomainValid(hostname: string): boolean }
const { default: Endpoint } = (await import('@intacct/intacct-sdk/dist/Credentials/Endpoint.js')) as unknown as {
  default: HostCheck & { default?: HostCheck }
}
const patched = Endpoint.default ?? Endpoint
const original = patched.isDomainValid

beforeAll(async () => {
  patched.isDomainValid = (hostname) => hostname === '127.0.0.1' || original(hostname)
  sandbox = await startIntacctSandbox({ customers: 250, clock: () => new Date('2026-02-01T10:00:00Z') })
})
afterAll(async () => {
  patched.isDomainValid = original
  await sandbox.close()
})
beforeEach(async () => {
  session = await sdk.SessionProvider.factory(loginConfig())
  client = new sdk.OnlineClient(session)
})
afterEach(() => sandbox.reset())

function loginConfig(changes: Partial<Config> = {}): Config {
  const { credentials, url } = sandbox
  const config = new sdk.ClientConfig()
  return Object.assign(config, {
    endpointUrl: url,
    senderId: credentials.senderId,
    senderPassword: credentials.senderPassword,
    companyId: credentials.companyId,
    userId: credentials.userId,
    userPassword: credentials.userPassword,
    ...changes,
  })
}

const requestOf = (changes: Partial<sdk.RequestConfig> = {}) => {
  const config = new sdk.RequestConfig()
  config.maxRetries = 0
  return Object.assign(config, changes)
}
const run = async (call: sdk.Functions.IFunction) => (await client.execute(call, requestOf())).getResult()
/** Rows come with their tags as names. */
type Row = Readonly<Record<string, string>>

const field = (name: string) => new NewQuery.QueryFilter.Filter(name)
type Condition = ReturnType<ReturnType<typeof field>['equalTo']>
async function query(filter: Condition | null, more: (call: InstanceType<typeof NewQuery.Query>) => void = () => {}) {
  const call = new NewQuery.Query()
  call.fromObject = 'CUSTOMER'
  call.selectFields = new NewQuery.QuerySelect.SelectBuilder().addFields(['CUSTOMERID', 'TOTALDUE', 'TERMNAME']).selects
  if (filter) call.filter = filter
  call.pageSize = 100
  more(call)
  return run(call)
}
const ids = (result: { data: unknown[] }) => (result.data as Row[]).map((row) => row['CUSTOMERID'] as string)
const books = () => sandbox.books

describe('a session', () => {
  it('is opened with a login, and used from then on', async () => {
    expect(session.sessionId).toMatch(/\S/)
    expect(session.endpointUrl).toBe(sandbox.url)
    expect(sandbox.requests.length).toBeGreaterThan(0)
    expect(ids(await query(field('CUSTOMERID').equalTo('ACME')))).toEqual(['ACME'])
    expect(sandbox.requests.at(-1)?.body).toContain(`<sessionid>${session.sessionId}</sessionid>`)
  })

  it('is not opened with a wrong password', async () => {
    const wrong = sdk.SessionProvider.factory(loginConfig({ userPassword: 'wrong' }))
    await expect(wrong).rejects.toThrow(/authentication|Sign-in/i)
  })
})

const wide = (call: InstanceType<typeof NewQuery.Query>) => {
  call.pageSize = 2000
}

describe('query', () => {
  const all = async () => ids(await query(null, wide))
  const OPERATORS: readonly [string, () => Condition, (id: string) => boolean][] = [
    ['equalto', () => field('CUSTOMERID').equalTo('ACME'), (id) => id === 'ACME'],
    ['notequalto', () => field('CUSTOMERID').notEqualTo('ACME'), (id) => id !== 'ACME'],
    ['lessthan', () => field('CUSTOMERID').lessThan('C00001'), (id) => id < 'C00001'],
    ['lessthanorequalto', () => field('CUSTOMERID').lessThanOrEqualTo('C00001'), (id) => id <= 'C00001'],
    ['greaterthan', () => field('CUSTOMERID').greaterThan('C00249'), (id) => id > 'C00249'],
    ['greaterthanorequalto', () => field('CUSTOMERID').greaterThanOrEqualTo('C00249'), (id) => id >= 'C00249'],
    ['between', () => field('CUSTOMERID').between('C00003', 'C00005'), (id) => id >= 'C00003' && id <= 'C00005'],
    ['in', () => field('CUSTOMERID').in(['ACME', 'EUROPA']), (id) => id === 'ACME' || id === 'EUROPA'],
    ['notin', () => field('CUSTOMERID').notIn(['ACME', 'EUROPA']), (id) => id !== 'ACME' && id !== 'EUROPA'],
    ['like', () => field('CUSTOMERID').like('C0001%'), (id) => id.startsWith('C0001')],
    ['notlike', () => field('CUSTOMERID').notLike('C%'), (id) => !id.startsWith('C')],
  ]
  it.each(OPERATORS)('%s', async (_name, filter, fits) => {
    const found = ids(await query(filter(), wide))
    const wanted = (await all()).filter(fits)
    expect(wanted.length).toBeGreaterThan(0)
    expect(found.toSorted()).toEqual(wanted.toSorted())
  })

  it('isnull and isnotnull', async () => {
    const parents = (filter: Condition) => query(filter, wide)
    const without = ids(await parents(field('PARENTID').isNull()))
    const having = ids(await parents(field('PARENTID').isNotNull()))
    expect(having.length).toBeGreaterThan(0)
    expect([...without, ...having].toSorted()).toEqual((await all()).toSorted())
  })

  it('and, or, order, page, offset, whatever the letter case', async () => {
    const { AndOperator, OrOperator } = NewQuery.QueryFilter
    const either = new OrOperator([field('CUSTOMERID').equalTo('acme'), field('CUSTOMERID').like('c0000%')])
    const both = new AndOperator([either, field('STATUS').equalTo('active')])
    const result = await query(both, (call) => {
      call.caseInsensitive = true
      call.orderBy = new NewQuery.QueryOrderBy.OrderBuilder().addDescending('CUSTOMERID').orders
      call.pageSize = 3
      call.offset = 1
    })
    const found = ids(result)
    expect(found).toHaveLength(3)
    expect(found).toEqual(found.toSorted().reverse())
    expect([result.count, result.totalCount, result.numRemaining]).toEqual([
      3,
      result.totalCount,
      result.totalCount - 4,
    ])
  })

  it('counts', async () => {
    const call = new NewQuery.Query()
    call.fromObject = 'CUSTOMER'
    call.selectFields = new NewQuery.QuerySelect.SelectBuilder().addCount('RECORDNO').selects
    call.filter = field('CUSTOMERID').in(['ACME', 'EUROPA'])
    call.pageSize = 10
    expect((await run(call)).data).toMatchObject([{ 'COUNT.RECORDNO': '2' }])
  })

  it('says which field cannot be queried', async () => {
    await expect(query(field('INVOICENO').equalTo('1'))).rejects.toThrow(/INVOICENO/)
  })
})

it('readByQuery, and readMore until nothing remains', async () => {
  const first = new Common.ReadByQuery()
  first.objectName = 'CUSTOMER'
  first.fields = ['RECORDNO', 'CUSTOMERID']
  first.pageSize = 100
  let result = await run(first)
  const found = ids(result)
  for (let remaining = result.numRemaining; remaining > 0; remaining = result.numRemaining) {
    const more = new Common.ReadMore()
    more.resultId = result.resultId
    result = await run(more)
    found.push(...ids(result))
  }
  expect(new Set(found).size).toBe(252)
  expect(found).toHaveLength(252)
})

it('read, readByName, lookup and inspect agree about a customer', async () => {
  const read = new Common.Read()
  Object.assign(read, { objectName: 'CUSTOMER', keys: [33], fields: ['CUSTOMERID', 'NAME'] })
  const byName = new Common.ReadByName()
  Object.assign(byName, { objectName: 'CUSTOMER', names: ['ACME'], fields: ['CUSTOMERID', 'NAME'] })
  const row = { CUSTOMERID: 'ACME', NAME: 'Acme Corporation' }
  expect((await run(read)).data).toMatchObject([row])
  expect((await run(byName)).data).toMatchObject([row])
  const lookup = new Common.Lookup()
  lookup.objectName = 'CUSTOMER'
  expect(JSON.stringify((await run(lookup)).data)).toContain('DISPLAYCONTACT.EMAIL1')
})

describe('a customer', () => {
  const newCustomer = (customerId: string) =>
    Object.assign(new AccountsReceivable.CustomerCreate(), {
      ...{ customerId, customerName: `Name of ${customerId}`, printAs: `Name of ${customerId}`, active: true },
      ...{ primaryEmailAddress: 'ap@sdk.example', creditLimit: 1234.5, paymentTerm: 'Net 30', onHold: false },
      ...{ addressLine1: '1 Main St', city: 'Austin', country: 'United States', isoCountryCode: 'US' },
      ...{ restrictionType: 'Restricted', restrictedLocations: ['100', '200'], deliveryMethod: 'Print#~#E-Mail' },
      customFields: [['REGION', 'West & East']],
    })

  it('is created, changed and deleted', async () => {
    const made = await run(newCustomer('SDK-1'))
    expect(made.data).toMatchObject([{ CUSTOMERID: 'SDK-1' }])
    const { details } = books().customer('SDK-1')
    expect(details).toMatchObject({
      ...{ NAME: 'Name of SDK-1', CREDITLIMIT: '1234.5', REGION: 'West & East' },
      ...{ RESTRICTEDLOCATIONS: '100#~#200', DELIVERY_OPTIONS: 'Print#~#E-Mail' },
    })
    const change = Object.assign(new AccountsReceivable.CustomerUpdate(), { customerId: 'SDK-1', comments: 'changed' })
    await run(change)
    expect(books().customer('SDK-1').details).toMatchObject({ COMMENTS: 'changed', CREDITLIMIT: '1234.5' })
    await run(Object.assign(new AccountsReceivable.CustomerDelete(), { customerId: 'SDK-1' }))
    expect(books().getCustomer('SDK-1')).toBeUndefined()
  })

  it('is refused the second time, in words that the SDK finds', async () => {
    await run(newCustomer('SDK-2'))
    const again = client.execute(newCustomer('SDK-2'), requestOf())
    await expect(again).rejects.toMatchObject({ message: expect.stringMatching(/already exists/) })
  })

  it('is not there after a rolled-back transaction', async () => {
    const calls = [newCustomer('SDK-3'), newCustomer('ACME')]
    const { results } = await client.executeBatch(calls, requestOf({ transaction: true }))
    expect(results.map(({ status }) => status)).toEqual(['aborted', 'aborted'])
    expect(results[0]?.errors.join()).toMatch(/rolled back/)
    expect(results[1]?.errors.join()).toMatch(/already exists.*rolled back/s)
    expect(books().getCustomer('SDK-3')).toBeUndefined()
  })

  it('is there when the calls are no transaction and only the other one fails', async () => {
    const { results } = await client.executeBatch([newCustomer('SDK-4'), newCustomer('ACME')], requestOf())
    expect(results.map(({ status }) => status)).toEqual(['success', 'failure'])
    expect(books().getCustomer('SDK-4')).toBeDefined()
  })

  it('is created once under one control id', async () => {
    const call = newCustomer('SDK-5')
    call.controlId = 'once'
    await client.execute(call, requestOf({ uniqueId: true }))
    const again = client.execute(call, requestOf({ uniqueId: true }))
    await expect(again).rejects.toThrow(/already been recorded with the control id once/)
  })
})

describe('a payment', () => {
  /** The SDK writes dates in the process's own zone. */
  const day = (date: number) => new Date(2026, 0, date)
  const item = (applyToRecordId: number, amountToApply: number) =>
    Object.assign(new AccountsReceivable.ArPaymentItem(), { applyToRecordId, amountToApply })
  const payment = (amount: number, items: readonly object[]) =>
    Object.assign(new AccountsReceivable.ArPaymentCreate(), {
      ...{
        customerId: 'ACME',
        transactionPaymentAmount: amount,
        receivedDate: day(31),
        paymentMethod: 'Printed Check',
      },
      ...{ bankAccountId: 'BOA', overpaymentLocationId: '100', referenceNumber: '1234', applyToTransactions: items },
    })

  it('is created on two invoices, and reversed', async () => {
    const { key } = await run(payment(225.5, [item(101, 100), item(102, 125.5)]))
    expect([books().openAmount('101'), books().openAmount('102')]).toEqual(['0', '0'])
    const reverse = Object.assign(new AccountsReceivable.ArPaymentReverse(), {
      recordNo: key,
      reverseDate: day(31),
      memo: 'NSF',
    })
    await run(reverse)
    expect([books().openAmount('101'), books().openAmount('102')]).toEqual(['100', '125.5'])
    expect(books().document(key).voided).toBe(true)
  })

  it('without invoices is applied later', async () => {
    const { key } = await run(payment(60, []))
    expect(books().document(key)).toMatchObject({ kind: 'advance', open: '60' })
    const apply = Object.assign(new AccountsReceivable.ArPaymentApply(), {
      ...{ recordNo: key, receivedDate: day(31), memo: 'later', applyToTransactions: [item(101, 45.25)] },
    })
    const applied = await run(apply)
    expect(applied.key).toMatch(/^\d+$/)
    expect([books().openAmount('101'), books().openAmount(key)]).toEqual(['54.75', '14.75'])
  })

  it('keeps what is above its invoices', async () => {
    const { key } = await run(payment(120, [item(101, 100)]))
    expect([books().openAmount('101'), books().openAmount(key)]).toEqual(['0', '20'])
  })

  it('is refused where it pays more than is due, and nothing is booked', async () => {
    await expect(run(payment(500, [item(101, 500)]))).rejects.toThrow(/100/)
    expect(books().openAmount('101')).toBe('100')
  })
})
