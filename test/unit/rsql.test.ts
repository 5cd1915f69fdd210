/** `filter=` as text: what it means, what is refused, and that no text breaks it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { CUSTOMER_FIELDS, INVOICE_FIELDS, PAYMENT_FIELDS, searchFields } from '../../src/gateway/filter-fields.ts'
import { CUSTOMER_FILTERS, INVOICE_FILTERS, PAYMENT_FILTERS } from '../../src/gateway/filters.ts'
import { connectionsNamed, filterFor, parseRsql } from '../../src/gateway/rsql.ts'
import type { Condition, Filter } from '../../src/providers/provider.ts'
import { written } from '../support/rsql-text.ts'

const read = (text: string) => parseRsql(text, CUSTOMER_FIELDS)
const is = (field: string, operator: string, ...values: string[]) => ({ field, operator, values }) as Condition
const A = is('name', 'equals', 'a')
const B = is('email', 'equals', 'b')
const C = is('phone', 'equals', 'c')

const refusal = (text: string, fields = CUSTOMER_FIELDS): GatewayError => {
  try {
    parseRsql(text, fields)
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
  return expect.unreachable(`it should have been refused: ${text}`)
}
const pointsAtFilter = (error: GatewayError, code = 'invalid_request') => {
  expect(error.code).toBe(code)
  expect(error.options.errors?.map(({ pointer }) => pointer)).toEqual(['?filter'])
}

describe('what a filter means', () => {
  it('binds ; before , and parentheses before both', () => {
    expect(read('name==a;email==b,phone==c')).toEqual({ any: [{ all: [A, B] }, C] })
    expect(read('name==a,email==b;phone==c')).toEqual({ any: [A, { all: [B, C] }] })
    expect(read('(name==a,email==b);phone==c')).toEqual({ all: [{ any: [A, B] }, C] })
    expect(read('((name==a))')).toEqual(A)
    expect(read('name==a and email==b or phone==c')).toEqual({ any: [{ all: [A, B] }, C] })
  })
  it('has one level for a chain, however long', () => {
    expect(read('name==a;email==b;phone==c')).toEqual({ all: [A, B, C] })
    expect(read('name==a;(email==b;phone==c)')).toEqual({ all: [A, B, C] })
  })
  it('knows every operator', () => {
    const operators = {
      'balance==1.50': is('balance', 'equals', '1.50'),
      'balance!=-1': is('balance', 'notEquals', '-1'),
      'balance=gt=1': is('balance', 'greaterThan', '1'),
      'balance=ge=1': is('balance', 'greaterOrEqual', '1'),
      'balance=lt=1': is('balance', 'lessThan', '1'),
      'balance=le=1': is('balance', 'lessOrEqual', '1'),
      'balance>1': is('balance', 'greaterThan', '1'),
      'balance<=1': is('balance', 'lessOrEqual', '1'),
      'balance=in=(1,2.5)': is('balance', 'in', '1', '2.5'),
      'balance=out=(1)': is('balance', 'notIn', '1'),
      'balance=in=1': is('balance', 'in', '1'),
      'email=null=true': is('email', 'isNull'),
      'email=null=false': is('email', 'isNotNull'),
    }
    for (const [text, condition] of Object.entries(operators)) expect(read(text)).toEqual(condition)
  })
  it('takes * for any characters after == and != of text, and nowhere else', () => {
    expect(read('name==Acme*')).toEqual(is('name', 'like', 'Acme*'))
    expect(read('name!=*inc')).toEqual(is('name', 'notEquals', '*inc'))
    expect(read('name=in=(a*,b)')).toEqual(is('name', 'in', 'a*', 'b'))
    expect(read('terms.name=="Net *"')).toEqual(is('terms.name', 'like', 'Net *'))
    pointsAtFilter(refusal('balance==1*'))
    pointsAtFilter(refusal('status==act*'))
    pointsAtFilter(refusal('id==cus_netsuite_*'), 'malformed_id')
  })
  it('reads quotes and escapes', () => {
    expect(read('name=="O\'Brien & Sons, \\"the\\" (1)"')).toEqual(is('name', 'equals', 'O\'Brien & Sons, "the" (1)'))
    expect(read("name=='it\\'s; \\\\ =in= )'")).toEqual(is('name', 'equals', "it's; \\ =in= )"))
    expect(read('name==a\\b')).toEqual(is('name', 'equals', 'a\\b'))
    expect(read('name=in=("a,b",\'c)d\')')).toEqual(is('name', 'in', 'a,b', 'c)d'))
    expect(read('name==~\ue000~,email=="~"')).toEqual({
      any: [is('name', 'equals', '~\ue000~'), is('email', 'equals', '~')],
    })
    expect(read('name==漢字🙂')).toEqual(is('name', 'equals', '漢字🙂'))
  })
  it('reaches references, their names, and what the ERP calls its own', () => {
    expect(read('terms==2')).toEqual(is('terms', 'equals', '2'))
    expect(read('terms.id==2')).toEqual(is('terms', 'equals', '2'))
    expect(read('parent.id==cus_netsuite_4')).toEqual(is('parent', 'equals', 'cus_netsuite_4'))
    expect(read('parent.name==x')).toEqual(is('parent.name', 'equals', 'x'))
    expect(read('vendorFields.DISPLAYCONTACT.PAGER==1')).toEqual(is('vendorFields.DISPLAYCONTACT.PAGER', 'equals', '1'))
    expect(read('customFields.custentity_x=gt=7')).toEqual(is('customFields.custentity_x', 'greaterThan', '7'))
    expect(parseRsql('customer.number==A;undeposited==true', PAYMENT_FIELDS)).toEqual({
      all: [is('customer.number', 'equals', 'A'), is('undeposited', 'equals', 'true')],
    })
  })
  it('knows the fields of the three lists by their types', () => {
    const type = (fields: typeof CUSTOMER_FIELDS, name: string) => fields.get(name)?.type
    expect(
      ['name', 'balance', 'createdAt', 'onHold', 'status', 'currency', 'terms', 'parent', 'id'].map((name) =>
        type(CUSTOMER_FIELDS, name),
      ),
    ).toEqual(['text', 'money', 'instant', 'boolean', 'word', 'currency', 'reference', 'id', 'id'])
    expect(
      ['date', 'amount', 'exchangeRate', 'method', 'methodRef', 'customer', 'baseCurrency'].map((name) =>
        type(PAYMENT_FIELDS, name),
      ),
    ).toEqual(['date', 'money', 'rate', 'word', 'reference', 'id', 'currency'])
    expect(
      ['dueDate', 'openAmount', 'status', 'currency', 'customer'].map((name) => type(INVOICE_FIELDS, name)),
    ).toEqual(['date', 'money', 'word', 'currency', 'id'])
    for (const name of [
      'addresses',
      'object',
      'connection',
      'nativeId',
      'raw',
      'customFields',
      'vendorFields',
      '__proto__',
      'constructor',
    ])
      expect(CUSTOMER_FIELDS.has(name)).toBe(false)
    for (const [table, fields] of [
      [CUSTOMER_FILTERS, CUSTOMER_FIELDS],
      [PAYMENT_FILTERS, PAYMENT_FIELDS],
      [INVOICE_FILTERS, INVOICE_FIELDS],
    ] as const) {
      expect(searchFields(table)).toBe(fields)
      // What a parameter can say, `filter` can.
      for (const { field } of Object.values(table)) expect([...fields.keys()]).toContain(field)
    }
  })
})

describe('what is refused', () => {
  it('says where the syntax breaks', () => {
    const places: Record<string, RegExp> = {
      'name=a': /'=' at position 5\./,
      'name==a;': /ends too early, at position 9\./,
      'name==a b': /'b' at position 9\./,
      'name==a;;email==b': /';' at position 9\./,
      '(name==a': /ends too early, at position 9\./,
      'name==a)': /'\)' at position 8\./,
      'name=="a': /Unclosed quote '"' at position 7\./,
      'name=in=()': /'\)' at position 10\./,
      'name=in=(a,)': /'\)' at position 12\./,
      '"name"==a': /at position 1\./,
      'name==': /at position 7\./,
      'name==~ ~': /'~' at position 9\./,
      ' ': /at position 2\./,
    }
    for (const [text, detail] of Object.entries(places)) {
      const error = refusal(text)
      pointsAtFilter(error)
      expect({ text, detail: error.options.errors?.[0]?.detail }).toEqual({
        text,
        detail: expect.stringMatching(detail),
      })
    }
  })
  it('refuses unknown fields and operators, lists for one value, and order where there is none', () => {
    const wrong = [
      ...[
        'colour==red',
        'addresses==x',
        '__proto__==x',
        'constructor.name==x',
        'terms.colour==x',
        'customFields==x',
        'customFields.a-b==x',
      ],
      ...['name=like=x', 'name=null=yes', 'name=null=(true,false)', 'name==(a,b)', 'balance=gt=(1,2)', 'id=null=true'],
      ...['onHold=gt=true', 'status=ge=active', 'currency=lt=USD', 'terms=gt=2', 'id=gt=cus_netsuite_4'],
      ...['name==""', "name=in=(a,'')"],
    ]
    for (const text of wrong) pointsAtFilter(refusal(text))
  })
  it('checks values by their types', () => {
    const values: Record<string, { good: string[]; bad: string[] }> = {
      balance: {
        good: ['0', '-1.5', '999999999999999.123456'],
        bad: ['1e3', '1.', '+1', '1,5', 'abc', '1.1234567', '"1 "'],
      },
      createdAt: {
        good: ['2026-03-31T09:30:00Z', '2026-03-31T09:30:00.123+02:00', '2024-02-29T23:59:59-11:30'],
        bad: [
          '2026-03-31',
          '2026-02-30T00:00:00Z',
          '2026-03-31T24:00:00Z',
          '2026-03-31T23:59:60Z',
          '2026-03-31T09:30:00',
          '0000-01-01T00:00:00Z',
          '9999-12-31T23:59:59-01:00',
          '2026-03-31t09:30:00z',
        ],
      },
      onHold: { good: ['true', 'false'], bad: ['TRUE', '1', 'yes'] },
      status: { good: ['active'], bad: ['Active', 'gone'] },
      currency: { good: ['USD', 'JPY'], bad: ['usd', 'ZZZ', 'US', 'EURO'] },
    }
    for (const [field, { good, bad }] of Object.entries(values)) {
      for (const value of good) expect(read(`${field}=="${value}"`)).toEqual(is(field, 'equals', value))
      for (const value of bad) pointsAtFilter(refusal(`${field}==${value.startsWith('"') ? value : `"${value}"`}`))
      pointsAtFilter(refusal(`${field}=in=("${good[0]}","${bad.at(-1)}")`))
    }
    for (const bad of ['2026-02-30', '31.03.2026', '2026-3-1', '2026-03-31T00:00:00Z', '0000-01-01'])
      pointsAtFilter(refusal(`dueDate=lt=${bad}`, INVOICE_FIELDS))
    pointsAtFilter(refusal('id==cus_netsuite_4', PAYMENT_FIELDS), 'wrong_id_kind')
    pointsAtFilter(refusal('customer==456', PAYMENT_FIELDS), 'malformed_id')
    pointsAtFilter(refusal('parent==456'), 'malformed_id')
  })
  it('has bounds: 200 conditions, 20 levels', () => {
    const chain = (count: number) => Array.from({ length: count }, (_, place) => `name==n${place}`).join(';')
    expect(read(chain(200))).toHaveProperty('all.length', 200)
    pointsAtFilter(refusal(chain(201)))
    pointsAtFilter(refusal(Array.from({ length: 3000 }, () => 'name==a').join(',')))
    const nested = (levels: number, inner = 'name==a') =>
      Array.from({ length: levels }).reduce<string>(
        (text, _, place) => `(name==x${place % 2 ? ',' : ';'}${text})`,
        inner,
      )
    read(nested(20))
    pointsAtFilter(refusal(nested(21)))
    const around = (levels: number, inner: string) => '('.repeat(levels) + inner + ')'.repeat(levels)
    expect(read(around(20, 'name==a'))).toEqual(A)
    expect(read(around(20, 'name=in=(a)'))).toEqual(is('name', 'in', 'a'))
    pointsAtFilter(refusal(around(21, 'name==a')))
    pointsAtFilter(refusal('('.repeat(10_000)))
    // Parentheses in quotes are text.
    expect(read(`name=="${'('.repeat(50)}"`)).toEqual(is('name', 'equals', '('.repeat(50)))
  })
  it('does not repeat a long text in its answer', () => {
    for (const text of [
      `name==${'x'.repeat(5000)} y`,
      `${'x'.repeat(5000)}==y`,
      `currency=="${'y'.repeat(5000)}"`,
      `name=="${'z'.repeat(5000)}`,
    ])
      expect(refusal(text).message.length).toBeLessThan(250)
  })
  it('is never broken by a text', () => {
    const pieces = fc
      .array(
        fc.constantFrom(
          'name',
          'balance',
          '==',
          '!=',
          '=in=',
          '=null=',
          '=x=',
          '(',
          ')',
          ';',
          ',',
          '"',
          "'",
          '\\',
          '*',
          ' ',
          '=',
          '~',
          'and ',
          ' at position 3 in "',
          '漢',
          '\n',
          '%',
          'cus_a_1',
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), pieces), (text) => {
        try {
          read(text)
        } catch (error) {
          expect(error).toBeInstanceOf(GatewayError)
          expect((error as GatewayError).status).toBe(400)
          expect((error as GatewayError).options.errors?.[0]?.pointer).toBe('?filter')
        }
      }),
      { numRuns: 2000 },
    )
  })
})

// A filter written as text and read again

const plain = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.constantFrom('"', "'", '\\', '\\"', ');', ' or name==x', '*', '%_', '--', ']]>'),
)
const texts = plain.filter((value) => !value.includes('*'))
const money = fc
  .tuple(fc.integer({ min: -99999, max: 99999 }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`)
const ordering = fc.constantFrom('greaterThan', 'greaterOrEqual', 'lessThan', 'lessOrEqual')
const condition: fc.Arbitrary<Filter> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('name', 'email', 'terms.name', 'vendorFields.X'),
      fc.constantFrom('equals', 'notEquals'),
      texts,
    )
    .map(([field, operator, value]) => is(field, operator, value)),
  plain.map((value) => is('name', 'like', `${value}*`)),
  fc
    .tuple(fc.constantFrom('in', 'notIn'), fc.array(plain, { minLength: 1, maxLength: 4 }))
    .map(([operator, values]) => is('name', operator, ...values)),
  fc
    .tuple(fc.oneof(ordering, fc.constantFrom('equals', 'notEquals')), money)
    .map(([operator, value]) => is('balance', operator, value)),
  fc
    .tuple(ordering, fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }))
    .map(([operator, date]) => is('createdAt', operator, date.toISOString())),
  fc.constantFrom('isNull', 'isNotNull').map((operator) => is('email', operator)),
)
/** As reading gives it: `all` and `any` take turns and have two parts at least. */
const tree = (depth: number, kind: 'all' | 'any'): fc.Arbitrary<Filter> =>
  depth === 0
    ? condition
    : fc.oneof(
        condition,
        fc
          .array(fc.oneof(condition, tree(depth - 1, kind === 'all' ? 'any' : 'all')), { minLength: 2, maxLength: 4 })
          .map((parts) => (kind === 'all' ? { all: parts } : { any: parts })),
      )
const filters = fc.oneof(tree(4, 'all'), tree(4, 'any'))

describe('a filter', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(filters, fc.constantFrom('"' as const, "'" as const), (filter, quote) => {
        expect(read(written(filter, quote))).toEqual(filter)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the part of one connection', () => {
  const part = (text: string, connection: string, fields = CUSTOMER_FIELDS) =>
    filterFor(parseRsql(text, fields), connection, fields)

  it('has its own ids, native', () => {
    const text = 'id=in=(cus_netsuite_456,cus_intacct_ACME,cus_intacct_A~2FB)'
    expect(part(text, 'netsuite')).toEqual(is('id', 'in', '456'))
    expect(part(text, 'intacct')).toEqual(is('id', 'in', 'ACME', 'A/B'))
    expect(part(text, 'other')).toBe(false)
    expect([...connectionsNamed(read(text), CUSTOMER_FIELDS)]).toEqual(['netsuite', 'intacct'])
    expect(part('customer==cus_netsuite_456,customer==cus_intacct_ACME', 'intacct', PAYMENT_FIELDS)).toEqual(
      is('customer', 'in', 'ACME'),
    )
  })
  it('is everything where only ids of others are left out', () => {
    expect(part('id!=cus_netsuite_456', 'intacct')).toBe(true)
    expect(part('id=out=(cus_netsuite_456)', 'netsuite')).toEqual(is('id', 'notIn', '456'))
    expect(part('id!=cus_intacct_~2A', 'intacct')).toEqual(is('id', 'notIn', '*'))
    expect(part('parent=null=true', 'intacct')).toEqual(is('parent', 'isNull'))
  })
  it('is simplified round its ids', () => {
    expect(part('name==a;id==cus_netsuite_4', 'intacct')).toBe(false)
    expect(part('name==a,id==cus_netsuite_4', 'intacct')).toEqual(A)
    expect(part('name==a;id!=cus_netsuite_4', 'intacct')).toEqual(A)
    expect(part('name==a,id!=cus_netsuite_4', 'intacct')).toBe(true)
    expect(part('(name==a,id==cus_netsuite_4);(email==b,id==cus_intacct_B)', 'netsuite')).toEqual({
      all: [{ any: [A, is('id', 'in', '4')] }, B],
    })
  })
})
