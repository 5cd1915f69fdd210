/** The mapping engine and its codecs: both directions, clearing, and values that cannot be read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GatewayError } from '../../src/errors.ts'
import {
  type Codec,
  type Context,
  calendarDate,
  choice,
  decimal,
  instant,
  integer,
  isoDate,
  money,
  text,
  yesNo,
} from '../../src/mapping/codec.ts'
import {
  absent,
  at,
  columnOf,
  custom,
  type Mapping,
  nest,
  readOnly,
  toUnified,
  toVendor,
  valueAt,
} from '../../src/mapping/mapping.ts'
import { fractionDigits, minorDigits, moneyText } from '../../src/mapping/money.ts'
import { pointerFor } from '../../src/mapping/pointers.ts'

const context: Context = { currency: 'USD', timeZone: 'UTC' }
interface Thing {
  name?: string | null
  status?: 'active' | 'inactive' | null
  owed?: string | null
  number?: string | null
  fax?: string | null
  both?: string | null
}
const mapping: Mapping<Thing> = {
  name: at('CONTACT.NAME', text),
  status: at(['isInactive', 'inactive'], choice({ active: false, inactive: true })),
  owed: readOnly('OWED', money),
  number: at('ID', text, { access: 'create-only' }),
  fax: absent('There are no fax machines.'),
  both: custom<string>({
    title: 'two in one',
    paths: ['A', 'B'],
    decode: (record) => `${record['A'] ?? ''}${record['B'] ?? ''}` || null,
    encode: (value) => ({ A: value?.[0] ?? null, B: value?.[1] ?? null }),
  }),
}
const write = (
  input: Partial<Record<keyof Thing, unknown>>,
  mode: 'create' | 'update' = 'update',
  blank: null | '' = null,
) => toVendor<Thing>(mapping, input, { mode, blank, context })
const refused = (run: () => unknown): GatewayError => {
  try {
    run()
  } catch (error) {
    return error as GatewayError
  }
  throw new Error('nothing was refused')
}

describe('mapping', () => {
  it('reads nested and dotted places, keeps empty and missing apart', () => {
    expect(toUnified(mapping, { CONTACT: { NAME: 'Acme' }, isInactive: false, OWED: 225.5, ID: '' }, context)).toEqual({
      name: 'Acme',
      status: 'active',
      owed: '225.50',
      number: null,
      fax: null,
      both: null,
    })
    expect(
      toUnified(mapping, { 'CONTACT.NAME': 'Acme', inactive: true }, context, new Set(['name', 'status'])),
    ).toEqual({ name: 'Acme', status: 'inactive' })
  })
  it('writes only what is given; null clears in the vendor\u2019s way, and leaves a new record alone', () => {
    expect(write({ name: null, status: 'inactive', both: 'xy' })).toEqual({
      'CONTACT.NAME': null,
      isInactive: true,
      A: 'x',
      B: 'y',
    })
    expect(write({ name: null }, 'update', '')).toEqual({ 'CONTACT.NAME': '' })
    expect(write({ name: null, number: '7' }, 'create')).toEqual({ ID: '7' })
    expect(nest({ 'CONTACT.NAME': 'Acme', 'CONTACT.EMAIL': 'a', ID: '1' })).toEqual({
      CONTACT: { NAME: 'Acme', EMAIL: 'a' },
      ID: '1',
    })
  })
  it('refuses what has no home, all of it at once, with the reason', () => {
    const error = refused(() => write({ fax: '1', owed: '2.00' }))
    expect([error.code, error.options.errors?.map((one) => one.pointer)]).toEqual([
      'field_not_supported',
      ['/fax', '/owed'],
    ])
    expect(error.message).toContain('no fax machines')
    expect(refused(() => write({ number: '8' })).code).toBe('not_changeable')
  })
  it('names the place of a value that cannot be read, and not the value', () => {
    const error = refused(() => toUnified(mapping, { isInactive: 'secret-word' }, context))
    expect([error.code, error.options.errors?.[0]?.pointer]).toEqual(['provider_garbled', '/status'])
    expect(JSON.stringify([error.message, error.options])).not.toContain('secret-word')
  })
  it('leads vendor places back to our fields', () => {
    expect(pointerFor(mapping, 'contact.name')).toBe('/name')
    expect(pointerFor(mapping, 'B')).toBe('/both')
    expect(pointerFor(mapping, 'A.items[2].x')).toBe('/both/2')
    expect(pointerFor(mapping, 'A[0]')).toBe('/both/0')
    expect(pointerFor(mapping, 'A.deeper')).toBe('/both')
    expect(pointerFor(mapping, 'elsewhere')).toBeNull()
  })
  it('gives columns only for what lists can see', () => {
    expect(columnOf(mapping, 'owed')).toMatchObject({ column: 'OWED', order: 'number' })
    expect(columnOf(mapping, 'fax')).toBeNull()
    expect(columnOf(mapping, 'both')).toBeNull()
    expect(columnOf(mapping, 'constructor')).toBeNull()
  })
  it('does not compile without a row, with an unknown one, or with a codec of another type', () => {
    // @ts-expect-error every field needs a row
    const missing: Mapping<Thing> = { name: at('N', text) }
    // @ts-expect-error there is no such field
    const unknown: Mapping<{ name: string }> = { name: at('N', text), other: at('O', text) }
    // @ts-expect-error the codec gives another type
    const wrong: Mapping<{ count: number }> = { count: at('C', text) }
    // @ts-expect-error a word of the list is missing
    const short: Mapping<{ status: 'active' | 'inactive' }> = { status: at('S', choice({ active: 'a' })) }
    expect([missing, unknown, wrong, short].length).toBe(4)
  })
  it('never walks into what an object inherits', () => {
    expect(valueAt({}, '__proto__.polluted')).toBeUndefined()
    expect(valueAt({}, 'constructor')).toBeUndefined()
    nest({ '__proto__.polluted': 1, 'a.__proto__.polluted': 1, 'constructor.prototype.polluted': 1 })
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('codecs', () => {
  const law = <T>(codec: Codec<T>, values: fc.Arbitrary<T>) =>
    fc.assert(
      fc.property(values, (value) => {
        expect(codec.decode(codec.encode(value, context), context)).toEqual(value)
      }),
    )
  it('give back what they were given', () => {
    law(text, fc.string({ minLength: 1 }))
    law(integer, fc.integer())
    law(yesNo('T', 'F'), fc.boolean())
    law(choice({ one: 'EINS', two: 'ZWEI' }), fc.constantFrom('one' as const, 'two' as const))
    law(
      money,
      fc
        .bigInt({ min: -99_999_999_999_999_999n, max: 99_999_999_999_999_999n })
        .map((cents) => moneyText(`${cents}e-2`, 'USD')),
    )
  })
  it('spell money with the currency\u2019s digits and round nothing', () => {
    expect(['USD', 'JPY', 'KWD', 'IQD', 'CLF'].map(minorDigits)).toEqual([2, 0, 3, 3, 4])
    expect([
      moneyText('225.5', 'USD'),
      moneyText('225', 'JPY'),
      moneyText('1.2345', 'USD'),
      moneyText('0.5', 'JPY'),
      moneyText('1e3', 'USD'),
      moneyText('.5', 'USD'),
    ]).toEqual(['225.50', '225', '1.2345', '0.5', '1000.00', '0.50'])
    expect([fractionDigits('1.50'), fractionDigits('1.00'), fractionDigits('1e-3')]).toEqual([1, 0, 3])
    expect(decimal.decode('1.0825000', context)).toBe('1.0825')
  })
  it('refuse what is something else', () => {
    const bad: [Pick<Codec<unknown>, 'decode'>, unknown][] = [
      [money, '1,000.00'],
      [money, 'NaN'],
      [integer, '1.5'],
      [yesNo('T', 'F'), 'true'],
      [choice({ a: 'A' }), 'B'],
      [isoDate, '31/12/2026'],
      [instant, 'yesterday'],
      [text, { a: 1 }],
      [text, ['x']],
    ]
    for (const [codec, value] of bad) expect(() => codec.decode(value, context)).toThrow()
    expect(() => choice({ a: 'X', b: 'X' })).toThrow(TypeError)
  })
  it('read dates in the vendor\u2019s spelling', () => {
    const us = calendarDate(
      (value) => value.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$1-$2'),
      (date) => date.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2/$3/$1'),
    )
    expect([us.decode('01/31/2026', context), us.encode('2026-01-31', context)]).toEqual(['2026-01-31', '01/31/2026'])
    expect(instant.decode('2026-01-31T10:00:00+02:00', context)).toBe('2026-01-31T08:00:00Z')
  })
})
