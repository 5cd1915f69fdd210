/**
 * How a user has dates written. `readUserFormatting` says it in four characters, a separator and an order: `/mdY`, `.ymd`
 * (developer docs, users). Whether every date of an answer follows it is not documented; a public connector (estuary,
 * source-sage-intacct) takes it so.
 */
import { dateOf } from '../../mapping/calendar.ts'

export type DateFormat = string
/** "With generic functions, dates are typically strings in the format mm/dd/yyyy" (developer docs, parameter formats). */
export const DOCUMENTED: DateFormat = '/mdY'

/** Every letter once, the year with two digits (`y`) or four (`Y`). */
const FORMAT = /^[/.-](?=.*m)(?=.*d)(?=.*[yY])[mdyY]{3}$/
export const isDateFormat = (text: string): boolean => FORMAT.test(text)

const PARTS = /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})$/
const NAMED_MONTH = /^(\d{1,2})-([a-z]{3})-(\d{4})$/i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** POSIX's reading of two digits: what Intacct means by them is not documented (uncertain). */
const PIVOT = 69

/** `YYYY-MM-DD`, or null for what is no date of this format. A year in front and a month by its name speak for themselves. */
export function readDay(text: string, format: DateFormat): string | null {
  const named = NAMED_MONTH.exec(text)
  if (named) return dateOf(Number(named[3]), MONTHS.indexOf((named[2] as string).toLowerCase()) + 1, Number(named[1]))
  const parts = PARTS.exec(text)
  if (!parts) return null
  const [, first = '', separator = '', second = '', third = ''] = parts
  const asFormatted = separator === format[0] ? ordered(format.slice(1), [first, second, third]) : null
  if (asFormatted !== null || first.length !== 4 || third.length > 2) return asFormatted
  // `Ydm` is a format too: whoever has it is not read as if months came first.
  return format.startsWith('Yd', 1) ? null : dateOf(Number(first), Number(second), Number(third))
}

function ordered(order: string, parts: readonly string[]): string | null {
  const at = (letter: string) => parts[order.toLowerCase().indexOf(letter)] as string
  const year = yearOf(at('y'), order.includes('y'))
  if (year === null || at('m').length > 2 || at('d').length > 2) return null
  return dateOf(year, Number(at('m')), Number(at('d')))
}

function yearOf(digits: string, short: boolean): number | null {
  if (digits.length === 4) return Number(digits)
  if (!short || digits.length !== 2) return null
  const year = Number(digits)
  return year < PIVOT ? 2000 + year : 1900 + year
}

/** The formats that a date in numbers fits: several where a part could be either. */
export function formatsOf(text: string): readonly DateFormat[] {
  const parts = PARTS.exec(text)
  if (!parts) return []
  const orders = parts[1]?.length === 4 ? YEAR_FIRST : parts[4]?.length === 4 ? YEAR_LAST : SHORT
  return orders.map((order) => `${parts[2]}${order}`).filter((format) => readDay(text, format) !== null)
}
const YEAR_FIRST = ['Ymd', 'Ydm']
const YEAR_LAST = ['mdY', 'dmY']
const SHORT = ['mdy', 'dmy', 'ymd', 'ydm']
