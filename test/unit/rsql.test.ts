/** `filter=` as text: what it means, what is refused, and that no text breaks it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { CUSTOMER_FIELDS, INVOICE_FIELDS, PAYMENT_FIELDS } from '../../src/gateway/filter-fields.ts'
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
    expect(read('name!=*inc')).toEqual(is('name', 'notLike', '*inc'))
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
      // What a parameter can say, `filter` can.
      for (const { field } of Object.values(table)) expect([...fields.keys()]).toContain(field)
    }
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
