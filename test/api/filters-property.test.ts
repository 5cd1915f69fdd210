/** Any filter finds through both ERPs what a plain search through the whole list finds. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Filter } from '../../src/providers/provider.ts'
import {
  CONNECTIONS,
  type FilterWorld,
  HOSTILE,
  ids,
  is,
  LISTS,
  type List,
  type Row,
  startFilterWorld,
} from '../support/filter-world.ts'
import { fits, valueAt } from '../support/plain-search.ts'
import { written } from '../support/rsql-text.ts'

let world: FilterWorld
beforeAll(async () => {
  world = await startFilterWorld()
})
afterAll(() => world.gateway.close())
const records: FilterWorld['records'] = (connection, list) => world.records(connection, list)
const search: FilterWorld['search'] = (list, filter, more) => world.search(list, filter, more)

type Kind = 'text' | 'number' | 'moment' | 'date' | 'word' | 'code'
const FIELDS: Record<List, Record<string, Kind>> = {
  customers: {
    name: 'text',
    email: 'text',
    number: 'text',
    phone: 'text',
    status: 'word',
    currency: 'code',
    'terms.name': 'text',
    balance: 'number',
    creditLimit: 'number',
    createdAt: 'moment',
    id: 'code',
  },
  payments: {
    number: 'text',
    date: 'date',
    amount: 'number',
    currency: 'code',
    memo: 'text',
    'customer.name': 'text',
    customer: 'code',
    createdAt: 'moment',
    id: 'code',
  },
  invoices: {
    number: 'text',
    date: 'date',
    dueDate: 'date',
    total: 'number',
    openAmount: 'number',
    currency: 'code',
    'customer.name': 'text',
    customer: 'code',
    id: 'code',
  },
}

/** Values that records have, a little beside them, and some that none has. */
function valuesOf(rows: readonly Row[], field: string, kind: Kind): fc.Arbitrary<string> {
  const known = [...new Set(rows.map((row) => valueAt(row, field)).filter((value) => value !== null))]
  const some = fc.constantFrom(...(known.length > 0 ? known : ['0']))
  if (kind === 'number') return fc.oneof(some, fc.constantFrom('0', '0.01', '-1', '1000', '999999999999999'))
  if (kind !== 'text') return some
  return fc.oneof(
    some,
    some.map((value) => value.toUpperCase()),
    fc.constantFrom(...HOSTILE, 'x'.repeat(2000), "'", '"', '%', '_', '--', ']]', '漢字'),
  )
}
function conditionOn(rows: readonly Row[], field: string, kind: Kind): fc.Arbitrary<Filter> {
  const values = valuesOf(rows, field, kind)
  const one = (...operators: string[]) =>
    fc.tuple(fc.constantFrom(...operators), values).map(([operator, value]) => is(field, operator, value))
  const list = fc
    .tuple(fc.constantFrom('in', 'notIn'), fc.array(values, { minLength: 1, maxLength: 4 }))
    .map(([operator, some]) => is(field, operator, ...some))
  const empty = fc.constantFrom('isNull', 'isNotNull').map((operator) => is(field, operator))
  if (field === 'id') return fc.oneof(one('equals', 'notEquals'), list)
  if (kind === 'word' || kind === 'code') return fc.oneof(one('equals', 'notEquals'), list, empty)
  if (kind !== 'text')
    return fc.oneof(one('greaterThan', 'greaterOrEqual', 'lessThan', 'lessOrEqual', 'equals', 'notEquals'), empty)
  // Intacct cannot search for parts that hold % or _.
  const part = values.map((value) => value.split(/[%_*]/)[0] as string)
  const pattern = fc
    .tuple(part, fc.nat(8), fc.nat(8), fc.constantFrom('like', 'notEquals'))
    .map(([text, from, to, operator]) => is(field, operator, `*${[...text].slice(from, from + to + 1).join('')}*`))
  return fc.oneof(one('equals', 'notEquals'), list, empty, pattern)
}
function filtersOf(rows: readonly Row[], list: List): fc.Arbitrary<Filter> {
  const condition = fc.oneof(...Object.entries(FIELDS[list]).map(([field, kind]) => conditionOn(rows, field, kind)))
  const group = (inner: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
    fc
      .tuple(fc.boolean(), fc.array(inner, { minLength: 2, maxLength: 3 }))
      .map(([and, parts]) => (and ? { all: parts } : { any: parts }))
  const pair = group(condition)
  return fc.oneof({ weight: 3, arbitrary: condition }, { weight: 2, arbitrary: pair }, group(fc.oneof(condition, pair)))
}

const RUNS = process.env['LONG'] ? 1000 : 60
describe.each([...CONNECTIONS])('%s', (connection) => {
  it.each([...LISTS])('finds the %s that a plain search finds', async (list) => {
    const rows = records(connection, list)
    expect(rows.length).toBeGreaterThan(20)
    let useful = 0
    await fc.assert(
      fc.asyncProperty(filtersOf(rows, list), async (filter) => {
        const expected = ids(rows.filter((row) => fits(row, filter)))
        if (expected.length > 0 && expected.length < rows.length) useful++
        const text = written(filter, '"')
        expect({ text, found: ids(await search(list, text, `&connection=${connection}`)) }).toEqual({
          text,
          found: expected,
        })
      }),
      { numRuns: RUNS, ...(process.env['SEED'] && { seed: Number(process.env['SEED']) }) },
    )
    expect(useful).toBeGreaterThan(RUNS / 5)
  })
  it('finds hostile names, and only them', async () => {
    for (const name of HOSTILE) {
      const found = await search('customers', written(is('name', 'equals', name), '"'), `&connection=${connection}`)
      expect(found.map((row) => row.name)).toEqual([name])
    }
  })
})
