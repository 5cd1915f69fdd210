/** Custom fields in lists: columns that the account's catalog names, read as the record has them. */
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import type { Surroundings, Table } from '../../src/providers/netsuite/columns.ts'
import { customer } from '../../src/providers/netsuite/customer.ts'
import { compile } from '../../src/providers/netsuite/list-query.ts'
import { recordOf } from '../../src/providers/netsuite/list-rows.ts'
import { unknownColumns } from '../../src/providers/netsuite/lists.ts'
import type { ListQuery } from '../../src/providers/provider.ts'

const table: Table = {
  ...{ name: 'customers', from: 'customer c', alias: 'c', mapping: customer },
  ...{ scope: { sql: '1 = 1', params: [] }, sure: new Set(['id', 'currency']), words: {} },
}
const surroundings: Surroundings = { timeZone: 'UTC', currencyIds: new Map(), missing: new Set() }
const list = (fields: ListQuery['fields']): ListQuery => ({
  ...{ filter: null, sort: [], after: null, limit: 10 },
  ...{ fields, include: new Set<string>() },
})
const refusal = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  return expect.unreachable('it should have been refused')
}

describe('custom fields', () => {
  const types = {
    custentity_word: 'text',
    custentity_score: 'decimal',
    custentity_vip: 'boolean',
    custentity_since: 'date',
    custentity_at: 'instant',
    custentity_rep: 'reference',
    custentity_many: 'list',
    'custentity_many.id': 'text',
    companyName: 'text',
  } as const
  const of = (around: Table, fields: ListQuery['fields'] = new Set(['customFields'])) =>
    compile(around, list(fields), surroundings)

  it('are columns of the same query where they are asked for, and read as the record has them', () => {
    const { q, selected } = of({ ...table, types })
    expect(/SELECT (.*) FROM/.exec(q)?.[1]?.split(', c.custentity_word')[1]).toBe(
      ", c.custentity_score, c.custentity_vip, TO_CHAR(c.custentity_since, 'YYYY-MM-DD') AS custentity_since, " +
        'TO_CHAR(c.custentity_at, \'YYYY-MM-DD"T"HH24:MI:SS\') AS custentity_at, ' +
        'c.custentity_rep, BUILTIN.DF(c.custentity_rep) AS custentity_rep_name',
    )
    const row = { custentity_score: '-.5', custentity_vip: 'T', custentity_since: '2026-03-01', custentity_rep: '7' }
    const more = { custentity_at: '2026-03-01T08:00:00', custentity_rep_name: 'Kim' }
    const { currency: _, ...own } = recordOf({ id: '1', ...row, ...more }, selected, 'UTC')
    expect({ ...own }).toEqual({
      ...{ custentity_score: -0.5, custentity_vip: true, custentity_since: '2026-03-01' },
      ...{ custentity_at: '2026-03-01T08:00:00Z', custentity_rep: { id: '7', refName: 'Kim' } },
    })
    expect(of({ ...table, types }, null).q).not.toContain('custentity')
  })

  it('are refused where the account does not tell them, or has columns for none', () => {
    const refused = { code: 'field_not_supported', options: { errors: [{ pointer: '?fields' }] } }
    expect(refusal(() => of(table))).toMatchObject(refused)
    const missing = new Set(['custentity_word'])
    const narrow = { ...table, types: { custentity_word: 'text' } as const }
    const wanted = list(new Set(['customFields']))
    expect(refusal(() => compile(narrow, wanted, { ...surroundings, missing }))).toMatchObject(refused)
    expect(of({ ...table, types: { companyName: 'text' } }).q).not.toContain('custentity')
  })

  it('go first where a refusal names no column', () => {
    const error = new GatewayError('rejected', 'x', {
      upstream: {
        provider: 'netsuite',
        status: 400,
        code: 'INVALID_PARAMETER',
        message: 'Something else.',
        supportId: null,
      },
    })
    const q = { q: 'SELECT c.id, c.fax, c.custentity_word FROM customer c' }
    expect(unknownColumns(table, q, error)).toEqual(['custentity_word'])
    expect(unknownColumns(table, q, error, true)).toEqual(['custentity_word'])
  })
})
