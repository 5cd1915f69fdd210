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
  openChoice,
  text,
  textOrNumber,
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
import { fromWallClock } from '../../src/mapping/zone.ts'

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
    expect(
      toUnified(mapping, { CONTACT: { NAME: 'Acme' }, isInactive: false, OWED: 225.5, ID: '' }, context).record,
    ).toEqual({
      name: 'Acme',
      status: 'active',
      owed: '225.50',
      number: null,
      fax: null,
      both: null,
    })
    expect(
      toUnified(mapping, { 'CONTACT.NAME': 'Acme', inactive: true }, context, new Set(['name', 'status'])).record,
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
  it('loses only the value that cannot be read, names its place, and not the value', () => {
    const { record, warnings } = toUnified(mapping, { isInactive: 'secret-word', ID: '7', OWED: '1,5' }, context)
    expect(record).toMatchObject({ status: null, number: '7', owed: null })
    expect(warnings).toEqual([
      { pointer: '/status', code: 'garbled', detail: expect.stringContaining('isInactive') },
      { pointer: '/owed', code: 'garbled', detail: expect.stringContaining('OWED') },
    ])
    expect(JSON.stringify(warnings)).not.toMatch(/secret-word|1,5/)
  })
  it('is an error that can be told where no row catches it', () => {
    expect(refused(() => moneyText('12,50', 'EUR')).code).toBe('provider_garbled')
    expect(refused(() => money.decode('12,50', context)).code).toBe('provider_garbled')
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
        .tuple(fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n }), fc.integer({ min: 10, max: 99 }))
        .map(([whole, cents]) => moneyText(`${whole}.${cents}`, 'USD')),
    )
  })
  it('spell money with the currency\u2019s digits and round nothing', () => {
    expect(['USD', 'JPY', 'KWD', 'IQD', 'CLF'].map(minorDigits)).toEqual([2, 0, 3, 3, 4])
    expect([
      moneyText('225.5', 'USD'),
      moneyText('225', 'JPY'),
      moneyText('1.2345', 'USD'),
      moneyText('0.5', 'JPY'),
      moneyText('.5', 'USD'),
    ]).toEqual(['225.50', '225', '1.2345', '0.5', '0.50'])
    expect([fractionDigits('1.50'), fractionDigits('1.00'), fractionDigits('0.001')]).toEqual([1, 0, 3])
    expect(decimal.decode('1.0825000', context)).toBe('1.0825')
  })
  it('refuse what is something else', () => {
    const bad: [Pick<Codec<unknown>, 'decode'>, unknown][] = [
      ...['1,000.00', 'NaN', 'Infinity', '1e3', '+1', '1.', '0x10', ' 1', '-', true, {}, ['1'], NaN].map(
        (value): [typeof money, unknown] => [money, value],
      ),
      [money, '1234567890123456'],
      [decimal, '1.08 USD'],
      [integer, '1.5'],
      [integer, '1e3'],
      [integer, true],
      [yesNo('T', 'F'), 'true'],
      [yesNo('true', 'false'), true],
      [choice({ a: 'A' }), 'B'],
      [choice({ a: false }), 'false'],
      ...['31/12/2026', '2026-02-31', '2026-13-01', '2026-1-1', '2026-01-31T00:00:00Z', '2026-01-31x', 20260131].map(
        (value): [typeof isoDate, unknown] => [isoDate, value],
      ),
      ...['yesterday', '2026', '2026-01-31', '01/31/2026', '2026-02-30T10:00:00Z', '2026-01-31T25:00:00Z'].map(
        (value): [typeof instant, unknown] => [instant, value],
      ),
      [instant, '2026-01-31T10:00:00'],
      [instant, 0],
      ...[{ a: 1 }, ['x'], 1, true].map((value): [typeof text, unknown] => [text, value]),
      [textOrNumber, true],
      [openChoice({ a: 'A' }, 'other'), { id: 'A' }],
    ]
    for (const [codec, value] of bad) expect(() => codec.decode(value, context)).toThrow()
    expect(() => choice({ a: 'X', b: 'X' })).toThrow(TypeError)
  })
  it('read an open list: a new word is `other`, and a warning has it', () => {
    const codec = openChoice({ paid: 'Paid' }, 'other')
    const told: unknown[] = []
    const warning: Context = { ...context, warn: (...what) => told.push(what) }
    expect([codec.decode('Paid', warning), told]).toEqual(['paid', []])
    expect(codec.decode('Escheated', warning)).toBe('other')
    expect(told).toEqual([['unknown_word', expect.stringContaining('"Escheated"')]])
  })
  it('take numbers where the vendor has numbers', () => {
    expect([textOrNumber.decode(17, context), textOrNumber.decode('0017', context)]).toEqual(['17', '0017'])
    expect([money.decode(1e-7, { ...context, currency: null }), money.decode(225.5, context)]).toEqual([
      '0.0000001',
      '225.50',
    ])
  })
  it('know the calendar', () => {
    expect(isoDate.decode('2028-02-29', context)).toBe('2028-02-29')
    for (const day of ['2026-02-29', '2100-02-29', '2026-04-31', '0000-01-01'])
      expect(() => isoDate.decode(day, context), day).toThrow()
    expect(fromWallClock('2026-02-31 10:00:00', 'UTC')).toBeNull()
    expect(fromWallClock('2026-01-31T10:00:00Z', 'UTC')).toBeNull()
    expect(fromWallClock('2026-01-31 24:00:00', 'UTC')).toBeNull()
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
