/** `filter=` through both ERPs: it finds what a plain search through the whole list finds, and says what it cannot search. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Condition, Filter } from '../../src/providers/provider.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { pageThrough } from '../support/pages.ts'
import { written } from '../support/rsql-text.ts'

// biome-ignore lint/suspicious/noExplicitAny: records of three kinds, looked into by field name
type Row = any
const CONNECTIONS = ['netsuite', 'intacct'] as const
type Name = (typeof CONNECTIONS)[number]
const LISTS = ['customers', 'payments', 'invoices'] as const
type List = (typeof LISTS)[number]

/** Names that break carelessly built queries. */
const HOSTILE = [
  `O'Brien "&" Sons`,
  "x' OR '1'='1",
  '100% _sure_',
  'semi; -- comment',
  ']]> <tag/> &amp;',
  '漢字会社🙂',
  'back\\slash\\',
  'a,b;(c)==d',
  '~tilde=in=',
  '{{x}} $',
]

let gateway: TestGateway
const whole = {} as Record<Name, Record<List, Row[]>>
beforeAll(async () => {
  gateway = await startGateway({ customers: 40 })
  for (const connection of CONNECTIONS) {
    for (const [place, name] of HOSTILE.entries()) {
      const body = { connection, name, email: place % 2 ? `o'${place}_%@example.test` : null }
      expect(await gateway.request('POST', '/v1/customers', { body })).toMatchObject({ status: 201 })
    }
    const lists = {} as Record<List, Row[]>
    for (const list of LISTS) lists[list] = await all(list, `connection=${connection}`)
    whole[connection] = lists
  }
})
afterAll(() => gateway.close())

const all = (list: List, query: string): Promise<Row[]> =>
  pageThrough(gateway.request, `/v1/${list}?limit=200&${query}`)
const ids = (rows: readonly Row[]): string[] => rows.map((row) => row.id)
const path = (list: List, filter: string, more = '') => `/v1/${list}?filter=${encodeURIComponent(filter)}${more}`
const search = (list: List, filter: string, more = '') => all(list, `filter=${encodeURIComponent(filter)}${more}`)
const onBoth = describe.each([...CONNECTIONS])
const records = (connection: Name, list: List): Row[] => whole[connection][list]

async function refused(answer: Promise<{ status: number; body: Row }>, status: number, code: string, pointer: string) {
  const { status: found, body } = await answer
  expect({ status: found, code: body.code, pointer: body.errors?.[0]?.pointer }).toEqual({ status, code, pointer })
  return body
}

// The same search, done here

const valueAt = (row: Row, field: string): string | null => {
  const value = field.split('.').reduce((inner: Row, step) => inner?.[step] ?? null, row)
  if (value === null || typeof value !== 'object') return value === null ? null : String(value)
  return value.id ?? null
}
const NUMBERS = new Set(['balance', 'creditLimit', 'amount', 'total', 'openAmount'])
function order(field: string, left: string, right: string): number {
  if (NUMBERS.has(field)) return Number(left) - Number(right)
  if (field.endsWith('At')) return Date.parse(left) - Date.parse(right)
  const [one, other] = [left.toLowerCase(), right.toLowerCase()]
  return one < other ? -1 : one > other ? 1 : 0
}
const likes = (value: string, pattern: string): boolean => {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`, 'iu').test(value)
}
function fits(row: Row, filter: Filter): boolean {
  if ('all' in filter) return filter.all.every((part) => fits(row, part))
  if ('any' in filter) return filter.any.some((part) => fits(row, part))
  const { field, operator, values } = filter
  const value = valueAt(row, field)
  const same = (other: string) => value !== null && order(field, value, other) === 0
  const first = values[0] as string
  switch (operator) {
    case 'isNull':
      return value === null
    case 'isNotNull':
      return value !== null
    case 'equals':
      return same(first)
    case 'in':
      return values.some(same)
    case 'notEquals':
      return first.includes('*') ? value === null || !likes(value, first) : !same(first)
    case 'notIn':
      return !values.some(same)
    case 'like':
      return value !== null && likes(value, first)
    default:
      if (value === null) return false
      return {
        greaterThan: order(field, value, first) > 0,
        greaterOrEqual: order(field, value, first) >= 0,
        lessThan: order(field, value, first) < 0,
        lessOrEqual: order(field, value, first) <= 0,
      }[operator as string] as boolean
  }
}

// Filters made up

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
const is = (field: string, operator: string, ...values: string[]) => ({ field, operator, values }) as Condition

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
onBoth('%s', (connection) => {
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
