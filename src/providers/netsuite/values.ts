/** NetSuite's values, each read by a closed grammar: what does not fit it is garbled, and nothing but text is made into text. */
import { GarbledValue, isEmpty } from '../../mapping/codec.ts'
import { moneyText } from '../../mapping/money.ts'
import { isInternalId } from './internal-id.ts'

/** An object of record JSON; a list is none. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function unreadable(expected: string, value: unknown): never {
  throw new GarbledValue(`expected ${expected}, got ${Array.isArray(value) ? 'a list' : typeof value}`)
}

export function textOf(value: unknown): string | null {
  if (isEmpty(value)) return null
  return typeof value === 'string' ? value : unreadable('text', value)
}

/**
 * What names another record or a word of a list: an object with its id (Oracle help section_1545142146), or the bare id of the simple
 * format and of SuiteQL. An object with links alone names nothing.
 */
export function idOf(value: unknown): string | null {
  const id = isObject(value) ? value['id'] : value
  if (isEmpty(id)) return isObject(value) && !isEmpty(value['refName']) ? unreadable('an id', undefined) : null
  if (typeof id === 'string') return id
  return Number.isSafeInteger(id) ? `${id}` : unreadable('an id', id)
}

/** The id of another record: a whole number, whatever else stands in words of lists. */
export function recordIdOf(value: unknown): string | null {
  const id = idOf(value)
  return id === null || isInternalId(id) ? id : unreadable('the id of a record', id)
}

/** The id that a row or a record cannot do without. */
export const ownIdOf = (value: unknown): string => {
  const id = isObject(value) ? unreadable('the id of a record', value) : recordIdOf(value)
  return id ?? unreadable('the id of a record', value)
}

export const nameOf = (value: unknown): string | null => (isObject(value) ? textOf(value['refName']) : null)

/** Plain text in some accounts, a reference with its id in others: `CA`, or `{id: "CA", refName: "California"}`. */
export const codeOrTextOf = (value: unknown): string | null => (isObject(value) ? idOf(value) : textOf(value))

/** As far as amounts of books reach; `.5` is Oracle's own. */
const AMOUNT = /^[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})(e[+-]?\d{1,2})?$/i

/** Decimal text; the digits of a JSON number, or of the text that SuiteQL has for it. */
export function amountOf(value: unknown): string | null {
  if (isEmpty(value)) return null
  const digits = typeof value === 'number' ? `${value}` : value
  return typeof digits === 'string' && AMOUNT.test(digits) ? digits : unreadable('an amount', value)
}
export function moneyOf(value: unknown, currency: string | null): string | null {
  const amount = amountOf(value)
  return amount === null ? null : moneyText(amount, currency)
}

/** `true`, `"T"`, `{id: "T"}`: record JSON, SuiteQL and radio fields each write booleans their own way. Nothing is false. */
export function isTrue(value: unknown): boolean {
  const word = isObject(value) ? value['id'] : value
  if (typeof word === 'boolean') return word
  if (isEmpty(word)) return false
  const known = typeof word === 'string' ? WORDS.get(word.toLowerCase()) : undefined
  return known ?? unreadable('a boolean', word)
}
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['t', true],
  ['true', true],
  ['f', false],
  ['false', false],
])

/** `YYYY-MM-DD` of a day that there is. */
export function dateOf(value: unknown): string | null {
  const date = textOf(value)
  if (date === null) return null
  return isDay(date) ? date : unreadable('a date', value)
}
const isDay = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  if (year === undefined) return false
  const moment = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return moment.getUTCMonth() === Number(month) - 1 && moment.getUTCDate() === Number(day)
}

/** A day of record JSON, which some accounts write with a time. */
export const dayOf = (value: unknown): string | null => dateOf(textOf(value)?.replace(/T.*$/, ''))

/** `YYYY-MM-DDTHH:MM:SS`, as queries are asked to write moments: on the account's clocks, without a zone. */
export function wallClockOf(value: unknown): string | null {
  const text = textOf(value)
  if (text === null) return null
  const [, day = '', hour, minute, second] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2}):(\d{2})$/.exec(text) ?? []
  const fits = isDay(day) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  return fits ? text : unreadable('a moment', value)
}
