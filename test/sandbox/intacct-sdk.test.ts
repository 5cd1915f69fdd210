/**
 * The vendor's own SDK as a witness, reading: what it sends, the Intacct sandbox takes, and what the sandbox answers, the SDK
 * understands.
 */
import * as sdk from '@intacct/intacct-sdk'
import { describe, expect, it } from 'vitest'
import { loginConfig, sdkWorld } from './intacct-sdk-client.ts'

const { Common } = sdk.Functions
const { NewQuery } = Common
const { world, run } = sdkWorld()

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

describe('a session', () => {
  it('is opened with a login, and used from then on', async () => {
    expect(world.session.sessionId).toMatch(/\S/)
    expect(world.session.endpointUrl).toBe(world.sandbox.url)
    expect(world.sandbox.requests.length).toBeGreaterThan(0)
    expect(ids(await query(field('CUSTOMERID').equalTo('ACME')))).toEqual(['ACME'])
    expect(world.sandbox.requests.at(-1)?.body).toContain(`<sessionid>${world.session.sessionId}</sessionid>`)
  })

  it('is not opened with a wrong password', async () => {
    const wrong = sdk.SessionProvider.factory(loginConfig(world.sandbox, { userPassword: 'wrong' }))
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

  it('sums, averages, and finds the least and the most', async () => {
    const call = new NewQuery.Query()
    call.fromObject = 'CUSTOMER'
    const select = new NewQuery.QuerySelect.SelectBuilder()
    call.selectFields = select
      .addSum('TOTALDUE')
      .addAverage('TOTALDUE')
      .addMinimum('TOTALDUE')
      .addMaximum('TOTALDUE').selects
    call.filter = field('CUSTOMERID').equalTo('ACME')
    call.pageSize = 10
    const [row] = (await run(call)).data as Row[]
    const due = (await query(field('CUSTOMERID').equalTo('ACME'))).data as Row[]
    expect(Number(due[0]?.['TOTALDUE'])).toBeGreaterThan(0)
    expect(Object.values(row ?? {}).map(Number)).toEqual(Array(4).fill(Number(due[0]?.['TOTALDUE'])))
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
