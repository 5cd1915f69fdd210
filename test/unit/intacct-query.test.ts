/** Filters as `query` operators: hostile text stays text, and what cannot be asked is refused. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { mappingsFor } from '../../src/providers/intacct/operations.ts'
import { statusPredicate } from '../../src/providers/intacct/payment-states.ts'
import { compileFilter, isIn } from '../../src/providers/intacct/query.ts'
import type { Filter } from '../../src/providers/provider.ts'
import { childOf, parseXml, renderDocument, renderXml, textOf } from '../../src/wire/xml.ts'

const { customer: mapping } = mappingsFor()
const context = { currency: null, timeZone: 'America/Los_Angeles' }
const compile = (filter: Filter) => compileFilter(filter, { mapping, context, special: () => undefined }).predicate
const xml = (filter: Filter): string => {
  const predicate = compile(filter)
  return typeof predicate === 'boolean' ? String(predicate) : renderXml([predicate])
}
const on = (field: string, operator: string, ...values: string[]) => ({ field, operator, values }) as Filter

describe('compileFilter', () => {
  it.each([
    [on('name', 'equals', 'Acme'), '<equalto><field>NAME</field><value>Acme</value></equalto>'],
    [on('name', 'contains', 'c&m'), '<like><field>NAME</field><value>%c&amp;m%</value></like>'],
    [on('name', 'startsWith', 'A'), '<like><field>NAME</field><value>A%</value></like>'],
    [on('name', 'like', '*a*b'), '<like><field>NAME</field><value>%a%b</value></like>'],
    [on('email', 'isNull'), '<isnull><field>DISPLAYCONTACT.EMAIL1</field></isnull>'],
    [on('terms', 'equals', 'Net 30'), '<equalto><field>TERMNAME</field><value>Net 30</value></equalto>'],
    [on('terms.name', 'equals', 'Net 30'), '<equalto><field>TERMNAME</field><value>Net 30</value></equalto>'],
    [on('parent.name', 'equals', 'A'), '<equalto><field>PARENTNAME</field><value>A</value></equalto>'],
    [on('onHold', 'equals', 'true'), '<equalto><field>ONHOLD</field><value>true</value></equalto>'],
    [on('customFields.REGION', 'equals', 'West'), '<equalto><field>REGION</field><value>West</value></equalto>'],
    [
      on('balance', 'greaterOrEqual', '1.50'),
      '<greaterthanorequalto><field>TOTALDUE</field><value>1.50</value></greaterthanorequalto>',
    ],
    [
      on('name', 'notEquals', 'A'),
      '<or><notequalto><field>NAME</field><value>A</value></notequalto><isnull><field>NAME</field></isnull></or>',
    ],
    [
      on('updatedAt', 'greaterOrEqual', '2026-01-31T08:00:00Z'),
      '<greaterthanorequalto><field>WHENMODIFIED</field><value>01/31/2026 00:00:00</value></greaterthanorequalto>',
    ],
    [
      on('updatedAt', 'greaterOrEqual', '2026-01-31T08:00:00.001Z'),
      '<greaterthanorequalto><field>WHENMODIFIED</field><value>01/31/2026 00:00:01</value></greaterthanorequalto>',
    ],
    [
      on('updatedAt', 'lessOrEqual', '2026-01-31T08:00:00.999Z'),
      '<lessthanorequalto><field>WHENMODIFIED</field><value>01/31/2026 00:00:00</value></lessthanorequalto>',
    ],
  ])('%j', (filter, expected) => {
    expect(xml(filter)).toBe(expected)
  })

  it('nests and needs two parts for and, or', () => {
    const name = on('name', 'equals', 'A')
    expect(xml({ all: [name] })).toBe(xml(name))
    expect(xml({ all: [] })).toBe('true')
    expect(xml({ any: [] })).toBe('false')
    expect(xml({ all: [name, { any: [name, name] }] })).toMatch(/^<and><equalto>.*<or>.*<\/or><\/and>$/)
  })

  it('splits long lists of values', () => {
    const values = Array.from({ length: 2500 }, (_, index) => String(index))
    const predicate = isIn('RECORDNO', values)
    expect(predicate).toMatchObject([
      'or',
      [
        ['in', expect.anything()],
        ['in', expect.anything()],
        ['in', expect.anything()],
      ],
    ])
    expect(isIn('RECORDNO', [])).toBe(false)
  })

  it('keeps hostile text one value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const predicate = compile(on('name', 'equals', value))
        if (typeof predicate === 'boolean') throw new Error('a condition')
        const read = parseXml(renderDocument(['filter', [predicate]])).content
        expect(textOf(childOf(childOf(read, 'equalto'), 'value'))).toBe(value)
      }),
    )
  })

  it.each([
    on('stage', 'equals', '1'),
    on('type', 'equals', 'person'),
    on('addresses', 'equals', 'x'),
    on('nothing', 'equals', 'x'),
    on('__proto__', 'equals', 'x'),
    on('name.name', 'equals', 'x'),
    on('customFields.a b', 'equals', 'x'),
    on('name', 'contains', '50%'),
    on('name', 'startsWith', 'a_b'),
  ])('refuses %j', (filter) => {
    expect(() => compile(filter)).toThrow(GatewayError)
    expect(() => compile(filter)).toThrow(expect.objectContaining({ code: 'filter_not_supported' }))
  })

  it('keeps statuses apart', () => {
    const statuses = ['draft', 'posted', 'deposited', 'reconciled', 'voided']
    const predicates = statuses.map((status) =>
      JSON.stringify(statusPredicate({ field: 'status', operator: 'equals', values: [status] })),
    )
    expect(new Set(predicates).size).toBe(statuses.length)
    expect(statusPredicate({ field: 'status', operator: 'equals', values: ['pending'] })).toBe(false)
  })
})
