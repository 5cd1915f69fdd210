/** Whether a text is a value of a field's type, as `filter=` writes values. */
import { MONEY_PATTERN, RATE_PATTERN } from '../../schemas/common.ts'
import { isCurrency } from '../mapping/money.ts'
import type { SearchField, SearchType } from './filter-fields.ts'

const MONEY = new RegExp(MONEY_PATTERN)
const RATE = new RegExp(RATE_PATTERN)
const DATE = /^\d{4}-\d{2}-\d{2}$/
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

function isDate(value: string): boolean {
  if (!DATE.test(value) || value < '0001') return false
  const moment = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value)
}
function isInstant(value: string): boolean {
  const day = INSTANT.exec(value)?.[1]
  // The offset may push it out of the years that a database has.
  return day !== undefined && isDate(day) && isDate(new Date(value).toISOString().slice(0, 10))
}

const CHECKS: Readonly<Partial<Record<SearchType, readonly [fits: (value: string) => boolean, wanted: string]>>> = {
  money: [(value) => MONEY.test(value), 'an amount such as 1500.00'],
  rate: [(value) => RATE.test(value), 'a rate such as 1.0823'],
  date: [isDate, 'a date such as 2026-03-31'],
  instant: [isInstant, 'a moment such as 2026-03-31T09:30:00Z (write + as %2B)'],
  boolean: [(value) => value === 'true' || value === 'false', 'true or false'],
  currency: [(value) => isCurrency(value) && value === value.toUpperCase(), 'an ISO 4217 currency'],
}

/** What it should have been; null when it fits. */
export function fitsType({ type, words }: SearchField, value: string): string | null {
  if (words) return words.includes(value) ? null : `one of ${words.join(', ')}`
  const check = CHECKS[type]
  return check === undefined || check[0](value) ? null : check[1]
}
