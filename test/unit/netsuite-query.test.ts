/** SuiteQL from filters: values only as parameters, exact key paging, and columns that an account lacks. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { fromWallClock, toWallClock } from '../../src/mapping/zone.ts'
import type { Surroundings, Table } from '../../src/providers/netsuite/columns.ts'
import { customer } from '../../src/providers/netsuite/customer.ts'
import { compile } from '../../src/providers/netsuite/list-query.ts'
import { recordOf } from '../../src/providers/netsuite/list-rows.ts'
import { unknownColumns } from '../../src/providers/netsuite/lists.ts'
import type { Filter, ListQuery } from '../../src/providers/provider.ts'

const table: Table = {
  name: 'customers',
  from: 'customer c',
  alias: 'c',
  mapping: customer,
  scope: { sql: '1 = 1', params: [] },
  sure: new Set(['id', 'entityid', 'email', 'currency']),
  words: { colour: { red: { sql: "c.colour = 'R'", params: [] }, blue: { sql: 'c.colour = ?', params: ['B'] } } },
}
const surroundings: Surroundings = {
  timeZone: 'UTC',
  currencyIds: new Map([
    ['USD', '1'],
    ['CHF', null],
  ]),
  missing: new Set(),
}
const list = (filter: Filter | null, more: Partial<ListQuery> = {}): ListQuery => ({
  filter,
  sort: [],
  after: null,
  limit: 10,
  fields: new Set(['email']),
  include: new Set(),
  ...more,
})
const where = (field: string, operator: string, ...values: string[]) => ({ field, operator, values }) as Filter
const sql = (filter: Filter | null, more: Partial<ListQuery> = {}, around = surroundings) => {
  const { q, params } = compile(table, list(filter, more), around)
  return {
    where: /WHERE (.*) ORDER BY/.exec(q)?.[1] ?? '',
    order: /ORDER BY (.*)$/.exec(q)?.[1] ?? '',
    q,
    params: params.map(String),
  }
}
const refusal = (run: () => unknown): GatewayError => {
  try {
    run()
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
  return expect.unreachable('it should have been refused')
}

describe('filters', () => {
  it('never puts a value into the query', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('equals', 'notEquals', 'contains', 'startsWith', 'like', 'in', 'greaterThan'),
        (value, operator) => {
          const marked = `${value}\u2603'";--`
          const { q, params } = sql(where('email', operator, marked))
          expect(q).not.toContain('\u2603')
          expect(q.split('?').length - 1).toBe(params.length)
        },
      ),
    )
  })
  it('ignores case in text and takes wildcards only in like', () => {
    expect(sql(where('email', 'equals', 'A@B'))).toMatchObject({ where: 'LOWER(c.email) = LOWER(?)', params: ['A@B'] })
    expect(sql(where('email', 'contains', '50%_\\'))).toMatchObject({
      where: "LOWER(c.email) LIKE LOWER(?) ESCAPE '\\'",
      params: ['%50\\%\\_\\\\%'],
    })
    expect(sql(where('email', 'startsWith', 'a*'))).toMatchObject({
      where: 'LOWER(c.email) LIKE LOWER(?)',
      params: ['a*%'],
    })
    expect(sql(where('email', 'like', 'a*_'))).toMatchObject({ params: ['a%\\_'] })
    expect(sql(where('email', 'in', 'a', 'b')).where).toBe('LOWER(c.email) IN (LOWER(?), LOWER(?))')
    expect(sql(where('email', 'notIn', 'a')).where).toBe('(NOT (LOWER(c.email) = LOWER(?)) OR c.email IS NULL)')
  })
  it('binds each kind as its column wants it', () => {
    expect(sql(where('creditLimit', 'greaterOrEqual', '1000.10'))).toMatchObject({
      where: 'c.creditlimit >= ?',
      params: ['1000.10'],
    })
    expect(sql(where('status', 'equals', 'inactive'))).toMatchObject({ where: 'c.isinactive = ?', params: ['T'] })
    expect(sql(where('type', 'in', 'company', 'person'))).toMatchObject({ params: ['F', 'T'] })
    expect(sql(where('onHold', 'equals', 'false'))).toMatchObject({ params: ['F'] })
    expect(sql(where('terms', 'equals', '2'))).toMatchObject({ where: 'c.terms = ?', params: ['2'] })
    expect(sql(where('terms.name', 'contains', 'net'))).toMatchObject({
      where: 'LOWER(BUILTIN.DF(c.terms)) LIKE LOWER(?)',
    })
    expect(sql(where('currency', 'equals', 'USD'))).toMatchObject({ where: 'c.currency = ?', params: ['1'] })
    expect(sql(where('currency', 'equals', 'CHF')).where).toBe('1 = 0')
    expect(sql(where('id', 'in', '1', "1' OR '1'='1"))).toMatchObject({ where: 'c.id = ?', params: ['1'] })
    expect(sql(where('createdAt', 'lessThan', '2026-03-10T09:00:00+01:00'))).toMatchObject({
      where: "c.datecreated < TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS')",
      params: ['2026-03-10 08:00:00'],
    })
    expect(
      sql(
        where('createdAt', 'lessThan', '2026-03-10T09:00:00Z'),
        {},
        { ...surroundings, timeZone: 'America/Los_Angeles' },
      ).params,
    ).toEqual(['2026-03-10 02:00:00'])
  })
  it('nests all and any, and knows words without a column', () => {
    const nested = {
      all: [
        where('colour', 'in', 'red', 'blue'),
        { any: [where('email', 'isNull'), where('colour', 'notEquals', 'red')] },
      ],
    }
    expect(sql(nested)).toMatchObject({
      where: "((c.colour = 'R' OR c.colour = ?) AND (c.email IS NULL OR NOT (c.colour = 'R')))",
      params: ['B'],
    })
    expect(sql({ any: [] }).where).toBe('1 = 0')
  })
  it('refuses what has no column, and names of columns that are no names', () => {
    for (const field of [
      'partner',
      'addresses',
      'nonsense',
      'constructor',
      'vendorFields.a b',
      "customFields.x'--",
      'vendorFields.x.y',
    ]) {
      expect(refusal(() => sql(where(field, 'equals', '1')))).toMatchObject({ code: 'filter_not_supported' })
    }
    expect(refusal(() => sql(where('terms', 'contains', '1'))).message).toContain('contains')
    expect(refusal(() => sql(where('colour', 'equals', 'green'))).message).toContain('green')
    expect(
      refusal(() => sql(where('fax', 'equals', '1'), {}, { ...surroundings, missing: new Set(['fax']) })).message,
    ).toContain('fax')
  })
})

describe('paging', () => {
  const sort = [
    { field: 'balance', direction: 'descending' },
    { field: 'email', direction: 'ascending' },
  ] as const
  it('orders with nulls last and ties by id', () => {
    expect(sql(null).order).toBe('c.id')
    expect(sql(null, { sort }).order).toBe(
      'CASE WHEN c.balancesearch IS NULL THEN 1 ELSE 0 END, c.balancesearch DESC, CASE WHEN c.email IS NULL THEN 1 ELSE 0 END, LOWER(c.email), c.id',
    )
  })
  it('goes on after a position, whatever of it is null', () => {
    expect(sql(null, { after: { values: [], nativeId: '-3' } })).toMatchObject({ where: 'c.id > ?', params: ['-3'] })
    expect(sql(null, { sort, after: { values: ['10.5', null], nativeId: '7' } })).toMatchObject({
      where:
        '((c.balancesearch < ? OR c.balancesearch IS NULL) OR (c.balancesearch = ? AND c.email IS NULL AND c.id > ?))',
      params: ['10.5', '10.5', '7'],
    })
    expect(sql(null, { sort, after: { values: [null, 'x'], nativeId: '7' } }).where).toBe(
      '((c.balancesearch IS NULL AND (LOWER(c.email) > LOWER(?) OR c.email IS NULL)) OR (c.balancesearch IS NULL AND LOWER(c.email) = LOWER(?) AND c.id > ?))',
    )
    expect(refusal(() => sql(null, { after: { values: [], nativeId: '1 OR 1=1' } })).code).toBe('invalid_cursor')
  })
})

describe('columns', () => {
  it('selects what the wanted fields read, and no more', () => {
    expect(sql(null).q).toBe(
      'SELECT c.id, c.email, c.currency, BUILTIN.DF(c.currency) AS currency_name FROM customer c ORDER BY c.id',
    )
    const { q } = sql(null, { fields: new Set(['name', 'terms', 'updatedAt', 'onHold']) })
    expect(q).toContain('c.isperson, c.companyname'.split(', ')[0] as string)
    expect(q).toContain('c.terms, BUILTIN.DF(c.terms) AS terms_name')
    expect(q).toContain(`TO_CHAR(c.lastmodifieddate, 'YYYY-MM-DD"T"HH24:MI:SS') AS lastmodifieddate`)
    expect(q).toContain('END AS onhold_value')
    expect(q).not.toContain('||')
  })
  it('turns a row into record JSON; empty columns are left out of it', () => {
    const fields = new Set(['terms', 'status', 'createdAt', 'email', 'currency'])
    const { selected } = compile(table, list(null, { fields }), surroundings)
    const row = {
      id: '7',
      terms: '2',
      terms_name: 'Net 30',
      isinactive: 'T',
      datecreated: '2026-07-01T10:00:00',
      currency: '1',
    }
    expect(recordOf(row, selected, 'America/Los_Angeles')).toEqual({
      terms: { id: '2', refName: 'Net 30' },
      isInactive: true,
      dateCreated: '2026-07-01T17:00:00.000Z',
      currency: { id: '1', refName: null },
      email: null,
    })
  })
  it('learns which optional column an account lacks', () => {
    const error = (message: string) =>
      new GatewayError('rejected', message, {
        upstream: { provider: 'netsuite', status: 400, code: 'INVALID_PARAMETER', message, supportId: null },
      })
    const q = { q: 'SELECT c.id, c.email, c.fax, c.altemail FROM customer c' }
    expect(
      unknownColumns(
        table,
        q,
        error("Search error occurred: Unknown identifier 'fax'. Available identifiers are: {customer=customer}."),
      ),
    ).toEqual(['fax'])
    expect(
      unknownColumns(table, q, error("Search error occurred: Field 'altemail' for record 'customer' was not found.")),
    ).toEqual(['altemail'])
    expect(unknownColumns(table, q, error("Unknown identifier 'email'."))).toEqual(['email'])
    expect(unknownColumns(table, q, error('Something else.'))).toEqual(['fax', 'altemail'])
  })
})

describe('wall clocks', () => {
  it('come back to the same moment, in and out of summer time', () => {
    for (const zone of ['UTC', 'America/Los_Angeles', 'Europe/London', 'Asia/Kolkata']) {
      for (const moment of ['2026-01-15T12:00:00.000Z', '2026-07-15T23:30:59.000Z', '2026-03-29T01:00:00.000Z']) {
        expect(fromWallClock(toWallClock(new Date(moment), zone), zone)?.toISOString()).toBe(moment)
      }
    }
  })
})
