/**
 * A codec turns one value between the vendor's words and ours. `decode` is towards us, `encode` towards the vendor.
 * `decode` is the only check of what a vendor sends: a value it cannot read is a `GarbledValue` that names no guess.
 * Members are function properties, not methods: methods are checked bivariantly and a missing word would compile.
 */
import { GatewayError } from '../errors.ts'
import { isDecimal, moneyText } from './money.ts'

/** What a codec may need to know about the record and the account. */
export interface Context {
  /** The record's currency, for money; null when unknown. */
  readonly currency: string | null
  /** IANA zone of vendor timestamps that carry none. */
  readonly timeZone: string
  /** What the account says that a place holds (`boolean`, `text`, `choice` …); undefined where it says nothing. */
  readonly typeOf?: (place: string) => string | undefined
}

export interface Codec<T> {
  readonly title: string
  readonly decode: (value: unknown, context: Context) => T
  readonly encode: (value: T, context: Context) => unknown
  /** For references: which reference data knows their names. */
  readonly referenceKind?: string
  /** Money is compared and sorted as a number; text case-folded. */
  readonly order?: 'number' | 'text'
}

/** A vendor value that cannot be read. The mapping adds the path; outside of it the answer as a whole is garbled. */
export class GarbledValue extends GatewayError {
  constructor(detail: string) {
    super('provider_garbled', detail)
  }
}

const garbled = (expected: string, value: unknown): never => {
  throw new GarbledValue(`expected ${expected}, got ${typeof value}`)
}

/** Missing, null and '' from a vendor all mean empty. */
export const isEmpty = (value: unknown): value is undefined | null | '' =>
  value === undefined || value === null || value === ''

const scalar = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return garbled('text', value)
}

export const text: Codec<string> = {
  title: 'text',
  decode: (value) => scalar(value),
  encode: (value) => value,
  order: 'text',
}

/** Money of the record's currency, as decimal text on both sides. */
export const money: Codec<string> = {
  title: 'money',
  decode: (value, context) => {
    const amount = scalar(value)
    return isDecimal(amount) ? moneyText(amount, context.currency) : garbled('an amount', value)
  },
  encode: (value) => value,
  order: 'number',
}

/** A plain decimal that is not money, such as an exchange rate: digits as the vendor has them. */
export const decimal: Codec<string> = {
  title: 'decimal',
  decode: (value) => {
    const number = scalar(value)
    return isDecimal(number) ? moneyText(number, 'JPY') : garbled('a number', value)
  },
  encode: (value) => value,
  order: 'number',
}

export const integer: Codec<number> = {
  title: 'integer',
  decode: (value) => {
    const number = Number(scalar(value))
    return Number.isSafeInteger(number) ? number : garbled('an integer', value)
  },
  encode: (value) => value,
  order: 'number',
}

/**
 * A closed list of words, both ways. A vendor word outside it is garbled, never a guess.
 * Throws when the table cannot be reversed.
 */
export function choice<const K extends string, V extends string | boolean>(words: Readonly<Record<K, V>>): Codec<K> {
  const entries = Object.entries(words) as [K, V][]
  const back = new Map(entries.map(([ours, theirs]) => [String(theirs), ours]))
  if (back.size !== entries.length) throw new TypeError('a choice needs a different vendor word for each of ours')
  return {
    title: entries.map(([ours]) => ours).join(' | '),
    decode: (value) => back.get(scalar(value)) ?? garbled(`one of ${[...back.keys()].join(', ')}`, value),
    encode: (value) => words[value],
  }
}

/** Booleans in the vendor's two words. */
export function yesNo(yes: string | boolean, no: string | boolean): Codec<boolean> {
  return {
    title: 'boolean',
    decode: (value) => {
      const word = scalar(value)
      if (word === String(yes)) return true
      return word === String(no) ? false : garbled(`${yes} or ${no}`, value)
    },
    encode: (value) => (value ? yes : no),
  }
}

/** A calendar date in the vendor's spelling. */
export function calendarDate(read: (value: string) => string | null, write: (date: string) => string): Codec<string> {
  return {
    title: 'date',
    decode: (value) => read(scalar(value)) ?? garbled('a date', value),
    encode: (value) => write(value),
    order: 'text',
  }
}
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/
/** `YYYY-MM-DD` on both sides. */
export const isoDate = calendarDate(
  (value) => (ISO_DATE.test(value.slice(0, 10)) ? value.slice(0, 10) : null),
  (date) => date,
)

/** RFC 3339 in UTC on both sides. */
export const instant: Codec<string> = {
  title: 'instant',
  decode: (value) => {
    const moment = new Date(scalar(value))
    return Number.isNaN(moment.getTime()) ? garbled('an instant', value) : moment.toISOString().replace('.000Z', 'Z')
  },
  encode: (value) => value,
  order: 'text',
}
