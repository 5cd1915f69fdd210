/**
 * A codec turns one value between the vendor's words and ours. `decode` is towards us, `encode` towards the vendor.
 * `decode` is the only check of what a vendor sends, and a closed grammar: what does not fit is a `GarbledValue` that names no
 * guess, and no value of another type is made into text.
 * Members are function properties, not methods: methods are checked bivariantly and a missing word would compile.
 */
import Big from 'big.js'
import { isCalendarDate, parseInstant } from './calendar.ts'
import { GarbledValue, garbledValue } from './garbled.ts'
import { isDecimal, moneyText } from './money.ts'

export { GarbledValue }

/** What a codec may need to know about the record and the account. */
export interface Context {
  /** The record's currency, for money; null when unknown. */
  readonly currency: string | null
  /** IANA zone of vendor timestamps that carry none. */
  readonly timeZone: string
  /** How the account's user has dates written, in the vendor's own notation. */
  readonly dateFormat?: string
  /** What the account says that a place holds (`boolean`, `text`, `choice` …); undefined where it says nothing. */
  readonly typeOf?: (place: string) => string | undefined
  /** Says what of the field that is being read could not be; `part` is a JSON Pointer within the field (`/0/amount`). */
  readonly warn?: (code: 'garbled' | 'unknown_word', detail: string, part?: string) => void
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

/** Missing, null and '' from a vendor all mean empty. */
export const isEmpty = (value: unknown): value is undefined | null | '' =>
  value === undefined || value === null || value === ''

const textOf = (value: unknown, expected = 'text'): string =>
  typeof value === 'string' ? value : garbledValue(expected, value)

export const text: Codec<string> = {
  title: 'text',
  decode: (value) => textOf(value),
  encode: (value) => value,
  order: 'text',
}

/** Text of a field that is a number at the vendor, such as an id. */
export const textOrNumber: Codec<string> = {
  ...text,
  decode: (value) =>
    typeof value === 'number' ? digitsOf(value, 'text or a number') : textOf(value, 'text or a number'),
}

/** No more digits before the point than answers have room for: no ledger has them. */
const MAX_WHOLE_DIGITS = 15

/** The digits of a number, or of text that is nothing but one. */
export function digitsOf(value: unknown, expected: string): string {
  // A number has been read from digits already; its own spelling may have an exponent.
  const digits = typeof value === 'number' && Number.isFinite(value) ? new Big(value).toFixed() : value
  if (typeof digits !== 'string' || !isDecimal(digits)) return garbledValue(expected, value)
  const [whole = ''] = digits.replace(/^-?0*/, '').split('.')
  return whole.length > MAX_WHOLE_DIGITS
    ? garbledValue(`${expected} of up to ${MAX_WHOLE_DIGITS} digits`, value)
    : digits
}

/** Money of the record's currency, as decimal text on both sides. */
export const money: Codec<string> = {
  title: 'money',
  decode: (value, context) => moneyText(digitsOf(value, 'an amount'), context.currency),
  encode: (value) => value,
  order: 'number',
}

/** An exchange rate: digits as the vendor has them, never below zero. */
export const decimal: Codec<string> = {
  title: 'decimal',
  decode: (value) => {
    const digits = digitsOf(value, 'a rate')
    return digits.startsWith('-') ? garbledValue('a rate', value) : moneyText(digits, 'JPY')
  },
  encode: (value) => value,
  order: 'number',
}

export const CURRENCY_CODE = /^[A-Z]{3}$/
/** An ISO 4217 code, as the vendor has it too. */
export const currency: Codec<string> = {
  ...text,
  decode: (value, context) => {
    const code = text.decode(value, context)
    return CURRENCY_CODE.test(code) ? code : garbledValue('an ISO code of a currency', value)
  },
}

export const integer: Codec<number> = {
  title: 'integer',
  decode: (value) => {
    const digits = digitsOf(value, 'an integer')
    return /^-?\d+$/.test(digits) ? Number(digits) : garbledValue('an integer', value)
  },
  encode: (value) => value,
  order: 'number',
}

function reversed<K extends string>(words: Readonly<Record<K, string | boolean>>): ReadonlyMap<unknown, K> {
  const entries = Object.entries(words) as [K, string | boolean][]
  const back = new Map<unknown, K>(entries.map(([ours, theirs]) => [theirs, ours]))
  if (back.size !== entries.length) throw new TypeError('a choice needs a different vendor word for each of ours')
  return back
}

/**
 * A closed list of words, both ways. A vendor word outside it is garbled, never a guess.
 * Throws when the table cannot be reversed.
 */
export function choice<const K extends string, V extends string | boolean>(words: Readonly<Record<K, V>>): Codec<K> {
  const back = reversed(words)
  return {
    title: Object.keys(words).join(' | '),
    decode: (value) => back.get(value) ?? garbledValue(`one of ${[...back.keys()].join(', ')}`, value),
    encode: (value) => words[value],
  }
}

/** A list that is open by nature: a word that is not known reads as `other`, and a warning keeps the vendor's. */
export function openChoice<const K extends string, const O extends string>(
  words: Readonly<Record<K, string>>,
  other: O,
): Codec<K | O> {
  const back = reversed<K>(words)
  return {
    title: [...Object.keys(words), other].join(' | '),
    decode: (value, context) => back.get(value) ?? unknownWord(value, other, context),
    encode: (value) => words[value as K],
  }
}

const SHOWN_WORD = 60

/** `other` for a word that no table has; what is no word is garbled. */
export function unknownWord<O>(value: unknown, other: O, context: Context): O {
  const word = textOf(value, 'a word')
  const shown = word.length > SHOWN_WORD ? `${word.slice(0, SHOWN_WORD)}…` : word
  context.warn?.('unknown_word', `The ERP says "${shown}" here, a word that the gateway does not know.`)
  return other
}

/** Booleans in the vendor's two words. */
export function yesNo(yes: string | boolean, no: string | boolean): Codec<boolean> {
  return {
    title: 'boolean',
    decode: (value) => (value === yes ? true : value === no ? false : garbledValue(`${yes} or ${no}`, value)),
    encode: (value) => (value ? yes : no),
  }
}

/** A calendar date in the vendor's spelling; `read` gives `YYYY-MM-DD`, which the calendar has to have. */
export function calendarDate(read: (value: string) => string | null, write: (date: string) => string): Codec<string> {
  return {
    title: 'date',
    decode: (value) => {
      const date = read(textOf(value, 'a date'))
      return date !== null && isCalendarDate(date) ? date : garbledValue('a date', value)
    },
    encode: (value) => write(value),
    order: 'text',
  }
}

/** `YYYY-MM-DD` on both sides. */
export const isoDate = calendarDate(
  (value) => value,
  (date) => date,
)

/** A moment as answers have it: whole seconds without a fraction. */
export const instantText = (moment: Date): string => moment.toISOString().replace('.000Z', 'Z')

/** RFC 3339, in UTC on our side. */
export const instant: Codec<string> = {
  title: 'instant',
  decode: (value) => {
    const moment = parseInstant(textOf(value, 'an instant'))
    return moment === null ? garbledValue('an instant', value) : instantText(moment)
  },
  encode: (value) => value,
  order: 'text',
}
