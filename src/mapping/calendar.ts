/** Dates and moments by closed grammars. `Date` is never given a vendor's text: it takes half of everything, and 31 February. */

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const WALL_CLOCK = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})$/
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/

/** `YYYY-MM-DD` of a day that the calendar has, else null. */
export function dateOf(year: number, month: number, day: number): string | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}
const daysIn = (year: number, month: number): number => (month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] as number))
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const two = (number: number): string => String(number).padStart(2, '0')

/** Whether the text is `YYYY-MM-DD` and such a day exists. */
export function isCalendarDate(text: string): boolean {
  const parts = DATE.exec(text)
  return parts !== null && dateOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) !== null
}

/** `YYYY-MM-DD HH:MM:SS` (or with a `T` between) as milliseconds of UTC, null for any other text. */
export function wallClockTime(text: string): number | null {
  const parts = WALL_CLOCK.exec(text)
  return parts && momentOf(parts.slice(1).map(Number))
}

/** RFC 3339 with its zone, null for any other text. */
export function parseInstant(text: string): Date | null {
  const parts = INSTANT.exec(text)
  const moment = parts && momentOf(parts.slice(1, 7).map(Number))
  if (!parts || moment === null) return null
  const [, , , , , , , fraction = '', sign, hours = '0', minutes = '0'] = parts
  if (Number(hours) > 23 || Number(minutes) > 59) return null
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  return new Date(moment + Number(fraction.padEnd(3, '0').slice(0, 3)) - offset)
}

function momentOf([year = 0, month = 0, day = 0, hour = 24, minute = 60, second = 60]: readonly number[]):
  | number
  | null {
  const isTime = hour < 24 && minute < 60 && second < 60
  const date = isTime ? dateOf(year, month, day) : null
  return date === null ? null : Date.parse(`${date}T${two(hour)}:${two(minute)}:${two(second)}Z`)
}
