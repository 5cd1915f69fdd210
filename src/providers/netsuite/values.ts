/** NetSuite's values, each read by a closed grammar: what does not fit it is garbled, and nothing but text is made into text. */
import { isCalendarDate, parseInstant } from '../../mapping/calendar.ts'
import { digitsOf, isEmpty } from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import { moneyText } from '../../mapping/money.ts'
import { isInternalId } from './internal-id.ts'

/** An object of record JSON; a list is none. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function textOf(value: unknown): string | null {
  if (isEmpty(value)) return null
  return typeof value === 'string' ? value : garbledValue('text', value)
}

/**
 * What names another record or a word of a list: an object with its id (Oracle help section_1545142146), or the bare id of the simple
 * format and of SuiteQL. An object with links alone names nothing.
 */
export function idOf(value: unknown): string | null {
  const id = isObject(value) ? value['id'] : value
  const isNothing = !isObject(value) || Object.keys(value).every((name) => name === 'links' || isEmpty(value[name]))
  if (isEmpty(id)) return isNothing ? null : garbledValue('an id', undefined)
  if (typeof id === 'string') return id
  return Number.isSafeInteger(id) ? `${id}` : garbledValue('an id', id)
}

/** The id of another record: a whole number, whatever else stands in words of lists. */
export function recordIdOf(value: unknown): string | null {
  const id = idOf(value)
  return id === null || isInternalId(id) ? id : garbledValue('the id of a record', id)
}

/** The id that a row or a record cannot do without. */
export const ownIdOf = (value: unknown): string => {
  const id = isObject(value) ? garbledValue('the id of a record', value) : recordIdOf(value)
  return id ?? garbledValue('the id of a record', value)
}

export const nameOf = (value: unknown): string | null => (isObject(value) ? textOf(value['refName']) : null)

/** Plain text in some accounts, a reference with its id in others: `CA`, or `{id: "CA", refName: "California"}`. */
export const codeOrTextOf = (value: unknown): string | null =>
  isObject(value) ? (idOf(value) ?? garbledValue('text or a code', value)) : textOf(value)

/** Decimal text: a JSON number, or the text that SuiteQL has for it. */
export const amountOf = (value: unknown): string | null => (isEmpty(value) ? null : digitsOf(value, 'an amount'))
export function moneyOf(value: unknown, currency: string | null): string | null {
  const amount = amountOf(value)
  return amount === null ? null : moneyText(amount, currency)
}

/** `true`, `"T"`, `{id: "T"}`: record JSON, SuiteQL and radio fields each write booleans their own way. Nothing is false. */
export function isTrue(value: unknown): boolean {
  return isEmpty(value) ? false : isSaidTrue(value)
}
/** The same where every record says one or the other. */
export function isSaidTrue(value: unknown): boolean {
  const word = isObject(value) ? value['id'] : value
  if (typeof word === 'boolean') return word
  const known = typeof word === 'string' ? WORDS.get(word.toLowerCase()) : undefined
  return known ?? garbledValue('a boolean', word)
}
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['t', true],
  ['true', true],
  ['f', false],
  ['false', false],
])

/** `YYYY-MM-DD`; some accounts write a moment, whose day it is. */
export function dateOf(value: unknown): string | null {
  const text = textOf(value)
  if (text === null) return null
  const day = parseInstant(text) === null ? text : text.slice(0, 10)
  return isCalendarDate(day) ? day : garbledValue('a date', value)
}
