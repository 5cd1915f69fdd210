/** What `filter=` refuses, with the place in the text, and that no text breaks it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { CUSTOMER_FIELDS, INVOICE_FIELDS, PAYMENT_FIELDS } from '../../src/gateway/filter-fields.ts'
import { parseRsql } from '../../src/gateway/rsql.ts'
import type { Condition } from '../../src/providers/provider.ts'

const read = (text: string) => parseRsql(text, CUSTOMER_FIELDS)
const is = (field: string, operator: string, ...values: string[]) => ({ field, operator, values }) as Condition
const A = is('name', 'equals', 'a')

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
