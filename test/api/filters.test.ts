/** `filter=` through both ERPs: words, references, ids of several connections, and what cannot be searched for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CONNECTIONS,
  type FilterWorld,
  ids,
  is,
  type List,
  type Name,
  type Row,
  searchPath,
  startFilterWorld,
} from '../support/filter-world.ts'
import { pageThrough } from '../support/pages.ts'
import { written } from '../support/rsql-text.ts'

let world: FilterWorld
beforeAll(async () => {
  world = await startFilterWorld()
})
afterAll(() => world.gateway.close())
const records: FilterWorld['records'] = (connection, list) => world.records(connection, list)
const search: FilterWorld['search'] = (list, filter, more) => world.search(list, filter, more)

async function refused(answer: Promise<{ status: number; body: Row }>, status: number, code: string, pointer: string) {
  const { status: found, body } = await answer
  expect({ status: found, code: body.code, pointer: body.errors?.[0]?.pointer }).toEqual({ status, code, pointer })
  return body
}

describe('what each ERP has of its own', () => {
  /** Every row of the list fits, and so does what was found; nothing that fits is left out. */
  const same = async (connection: Name, list: List, filter: string, test: (row: Row) => boolean) => {
    const expected = ids(records(connection, list).filter(test))
    expect({ filter, found: ids(await search(list, filter, `&connection=${connection}`)) }).toEqual({
      filter,
      found: expected,
    })
    expect({ filter, useful: expected.length > 0 && expected.length < records(connection, list).length }).toEqual({
      filter,
      useful: true,
    })
  }
  it('finds payments and invoices by the words of closed lists', async () => {
    for (const connection of CONNECTIONS) {
      await same(connection, 'payments', 'status==deposited', (row) => row.status === 'deposited')
      await same(connection, 'payments', 'method==check', (row) => row.method === 'check')
      await same(connection, 'invoices', 'status==open', (row) => row.status === 'open')
      await same(connection, 'invoices', 'status=in=(paid,partiallyPaid)', (row) => row.status !== 'open')
      await same(
        connection,
        'invoices',
        'status==open;openAmount=gt=1000',
        (row) => row.status === 'open' && Number(row.openAmount) > 1000,
      )
    }
    await same('netsuite', 'payments', 'method!=check', (row) => row.method !== 'check')
    await same('netsuite', 'invoices', 'status!=open', (row) => row.status !== 'open')
  })
  it('knows undeposited funds in every way of saying so', async () => {
    for (const connection of CONNECTIONS) {
      const found = async (filter: string) => ids(await search('payments', filter, `&connection=${connection}`))
      const kept = await found('undeposited==true')
      expect(kept.length).toBeGreaterThan(0)
      for (const filter of ['undeposited!=false', 'undeposited=in=(true)', 'undeposited=out=(false)'])
        expect({ filter, found: await found(filter) }).toEqual({ filter, found: kept })
      const others = await found('undeposited==false')
      expect(others.length).toBeGreaterThan(0)
      expect(await found('undeposited!=true')).toEqual(others)
      expect((await found('undeposited=in=(true,false)')).sort()).toEqual([...kept, ...others].sort())
    }
  })
  it('finds by references, their names, and the fields of the ERP', async () => {
    const both = (row: Row) => row.terms?.name === 'Net 30'
    for (const connection of CONNECTIONS) await same(connection, 'customers', 'terms.name=="Net 30"', both)
    await same('netsuite', 'customers', 'terms==2', (row) => row.terms?.id === '2')
    await same('intacct', 'customers', 'terms=="Net 30"', both)
    await same('intacct', 'invoices', 'customer.number==ACME', (row) => row.customer.number === 'ACME')
    // A number is compared as one: as text, 50000 would come before 6.
    await same('netsuite', 'customers', 'vendorFields.creditlimit=gt=6', (row) => Number(row.creditLimit) > 6)
    await same('intacct', 'customers', 'vendorFields.CREDITLIMIT=gt=6', (row) => Number(row.creditLimit) > 6)
    const children = records('netsuite', 'customers').filter((row) => row.parent)
    expect(children.length).toBeGreaterThan(0)
    const { parent } = children[0]
    await same('netsuite', 'customers', `parent==${parent.id}`, (row) => row.parent?.id === parent.id)
    await same(
      'netsuite',
      'customers',
      `parent.name==${written(is('x', 'equals', parent.name), '"').slice(3)}`,
      (row) => row.parent?.name === parent.name,
    )
  })
  it('takes a part of a second for what it is', async () => {
    const [{ createdAt }] = records('netsuite', 'customers')
    const just = (more: string) => createdAt.replace('Z', `${more}Z`)
    for (const connection of CONNECTIONS) {
      const at = records(connection, 'customers').filter((row) => row.createdAt === createdAt).length
      const count = async (operator: string) =>
        (await search('customers', `createdAt${operator}${just('.5')}`, `&connection=${connection}`)).filter(
          (row) => row.createdAt === createdAt,
        ).length
      expect([await count('=lt='), await count('=le='), await count('=ge='), await count('=gt=')]).toEqual([
        at,
        at,
        0,
        0,
      ])
    }
  })
  it.each([
    ['customers', 'stage==13', 'intacct', 'stage'],
    ['customers', 'taxable==true', 'netsuite', 'taxable'],
    ['customers', 'name=="50%*"', 'intacct', 'name'],
    ['customers', 'vendorFields.NOPE==1', 'intacct', 'NOPE'],
    ['customers', 'vendorFields.NOPE==1', 'netsuite', 'NOPE'],
    ['customers', 'name==A*;(email==b,overdueBalance=gt=0)', 'intacct', 'overdueBalance'],
    ['payments', 'status!=posted', 'intacct', 'status'],
    ['payments', 'status==reconciled', 'netsuite', 'status'],
    ['payments', 'appliedAmount=gt=0', 'netsuite', 'appliedAmount'],
    ['invoices', 'status==unknown', 'intacct', 'status'],
    ['invoices', 'customer.number==1', 'netsuite', 'customer.number'],
  ] as const)('%s?filter=%s is not for %s, and the answer names it', async (list, filter, connection, field) => {
    const body = await refused(
      world.gateway.request('GET', searchPath(list, filter, `&connection=${connection}`)),
      422,
      'filter_not_supported',
      '?filter',
    )
    expect(body).toMatchObject({
      connection,
      applied: 'no',
      operation: `list${list[0]?.toUpperCase()}${list.slice(1)}`,
    })
    expect(body.detail).toContain(connection)
    expect(body.detail).toContain(field)
  })
  it('points at the parameter that is meant, and lets the others answer with partial', async () => {
    const stage = '/v1/customers?stage=13'
    await refused(world.gateway.request('GET', stage), 422, 'filter_not_supported', '?stage')
    await refused(world.gateway.request('GET', `${stage}&filter=name==a`), 422, 'filter_not_supported', '?stage')
    const { status, body } = await world.gateway.request('GET', searchPath('customers', 'stage==13', '&partial=true'))
    expect(status).toBe(200)
    expect(body.connections).toMatchObject([
      { id: 'intacct', status: 'error', problem: { code: 'filter_not_supported' } },
      { id: 'netsuite', status: 'ok' },
    ])
  })
})

describe('several connections', () => {
  const sent = (connection: Name) => world.gateway.erps[connection].proxy.exchanges.length
  it('reads a batch of ids from each', async () => {
    const some = CONNECTIONS.flatMap((name) => ids(records(name, 'customers')).slice(3, 10))
    const found = await search('customers', `id=in=(${some.join(',')})`)
    expect(ids(found).sort()).toEqual([...some].sort())
    const quoted = records('intacct', 'customers').find((row) => row.name.startsWith('~'))
    expect(ids(await search('customers', `id=in=(${quoted.id},${some[0]})`)).sort()).toEqual(
      [quoted.id, some[0]].sort(),
    )
    expect(await search('customers', 'id=in=(cus_netsuite_999999,cus_intacct_NOBODY,cus_netsuite_ACME)')).toEqual([])
    expect(await search('payments', 'id=in=(pay_netsuite_x,pay_intacct_x,pay_intacct_adv-x)')).toEqual([])
    expect(await search('invoices', 'id=in=(inv_netsuite_debit-1,inv_intacct_debit-1)')).toEqual([])
  })
  it('asks only those whose ids are named', async () => {
    const before = sent('netsuite')
    const { body } = await world.gateway.request('GET', searchPath('invoices', 'customer==cus_intacct_ACME'))
    expect(body.data.length).toBeGreaterThan(0)
    expect(body.connections).toEqual([{ id: 'intacct', status: 'ok' }])
    expect(sent('netsuite')).toBe(before)
  })
  it('gives each its own part of a condition', async () => {
    const found = await search('customers', 'id==cus_netsuite_456,name==europa*')
    expect(ids(found)).toContain('cus_netsuite_456')
    expect(ids(found)).toContain('cus_intacct_EUROPA')
    const without = await search('customers', 'id!=cus_netsuite_456')
    expect(without.length).toBe(records('netsuite', 'customers').length + records('intacct', 'customers').length - 1)
  })
  it('merges in order, page by page, and binds the cursor to the filter', async () => {
    const filter = 'balance=gt=0,name==*a*'
    const whole = await search('customers', filter, '&sort=-balance')
    expect(
      ids(await pageThrough(world.gateway.request, searchPath('customers', filter, '&sort=-balance&limit=7'))),
    ).toEqual(ids(whole))
    const { body, headers } = await world.gateway.request('GET', searchPath('customers', filter, '&limit=3'))
    const next = /<([^>]+)>/.exec(headers.get('link') as string)?.[1] as string
    expect((await world.gateway.request('GET', next)).status).toBe(200)
    const cursor = `&limit=3&cursor=${encodeURIComponent(body.page.nextCursor)}`
    await refused(
      world.gateway.request('GET', searchPath('customers', 'balance=gt=1,name==*a*', cursor)),
      400,
      'invalid_cursor',
      '?cursor',
    )
    await refused(world.gateway.request('GET', `/v1/customers?${cursor.slice(1)}`), 400, 'invalid_cursor', '?cursor')
  })
  it('joins the other filters with and', async () => {
    const active = (await search('customers', 'balance=gt=0', '&status=active&connection=netsuite')) as Row[]
    expect(ids(active)).toEqual(
      ids(records('netsuite', 'customers').filter((row) => row.status === 'active' && Number(row.balance) > 0)),
    )
    const own = await search('invoices', 'openAmount=gt=0', '&customerId=cus_netsuite_456')
    expect(ids(own)).toEqual(
      ids(
        records('netsuite', 'invoices').filter(
          (row) => row.customer.id === 'cus_netsuite_456' && Number(row.openAmount) > 0,
        ),
      ),
    )
  })
})

describe('what is no filter', () => {
  it.each([
    ['filter=name', 'invalid_request'],
    ['filter=', 'invalid_request'],
    ['filter=name==a&filter=name==b', 'invalid_request'],
    ['filter=colour==red', 'invalid_request'],
    ['filter=balance==much', 'invalid_request'],
    ['filter=id=in=()', 'invalid_request'],
    ['filter=createdAt=gt=2026-01-01T00:00:00+02:00', 'invalid_request'],
    ['filter=id==inv_netsuite_1', 'wrong_id_kind'],
    ['filter=id==456', 'malformed_id'],
    [`filter=name==a${';name==a'.repeat(200)}`, 'invalid_request'],
    ['connection=netsuite&filter=id==cus_intacct_ACME', 'invalid_request'],
    ['filter=id==cus_intacct_ACME;id==cus_netsuite_456', 'invalid_request'],
    ['parentId=cus_netsuite_456&filter=id==cus_intacct_ACME', 'invalid_request'],
  ])('refuses %.60s', async (query, code) => {
    const before = CONNECTIONS.map((name) => world.gateway.erps[name].proxy.exchanges.length)
    await refused(world.gateway.request('GET', `/v1/customers?${query}`), 400, code, '?filter')
    expect(CONNECTIONS.map((name) => world.gateway.erps[name].proxy.exchanges.length)).toEqual(before)
  })
  it('knows its connections', async () => {
    const ask = async (filter: string) =>
      (await world.gateway.request('GET', searchPath('customers', filter))).body.code
    expect(await ask('id==cus_nope_1')).toBe('unknown_connection')
    expect(await ask('name==a,id!=cus_nope_1')).toBe('unknown_connection')
  })
})
