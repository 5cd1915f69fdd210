/**
 * Dates inside the SQL mirror, and Oracle's formats of them.
 * A date is a number: days since 1970 less a thousand million. So comparing, `date - 30` and `date - date` work as in
 * Oracle, and any result can be told to be a date: no amount or id is that far below zero.
 */

const SHIFT = 1_000_000_000
const DAY = 86_400_000

/** From RFC 3339 or YYYY-MM-DD; whole seconds, as Oracle's DATE. */
export function dateNumber(iso: string): number {
  return fromMilliseconds(Date.parse(iso))
}

export function fromMilliseconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) / 86_400 - SHIFT
}

export function isDateNumber(value: unknown): value is number {
  return typeof value === 'number' && value > -SHIFT - 1_000_000 && value < -SHIFT + 10_000_000
}

export function toDate(value: number): Date {
  return new Date(Math.round((value + SHIFT) * 86_400) * 1000)
}

/** How the account (format M/D/YYYY) shows a date; a raw date-time column shows its day only. */
export function accountDate(value: number): string {
  const date = toDate(value)
  return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`
}

/** "12/25/2025" or "8/4/2026 3:00 am", in the account's zone (UTC); null for anything else. */
export function parseAccountDate(text: string): { milliseconds: number; hasTime: boolean } | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2}) ?([ap]m))?$/i.exec(text.trim())
  if (!match) return null
  const [, month, day, year, hour, minute, half] = match
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const real = new Date(date)
  if (real.getUTCMonth() + 1 !== Number(month) || real.getUTCDate() !== Number(day)) return null
  if (hour === undefined) return { milliseconds: date, hasTime: false }
  const hours = (Number(hour) % 12) + (half!.toLowerCase() === 'pm' ? 12 : 0)
  return { milliseconds: date + hours * 3_600_000 + Number(minute) * 60_000, hasTime: true }
}

const MONTHS = 'JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER'.split(' ')
const DAYS = 'SUNDAY MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY'.split(' ')
/** Longest first, so that HH24 is not read as HH. */
const ELEMENT = /"[^"]*"|YYYY|MONTH|HH24|HH12|MON|DAY|DDD|FM|YY|MM|DD|HH|MI|SS|AM|PM|DY|IYYY|IW|Q|D|[-/:., T]/iy

function elementsOf(format: string): string[] {
  const elements: string[] = []
  ELEMENT.lastIndex = 0
  while (ELEMENT.lastIndex < format.length) {
    const match = ELEMENT.exec(format)
    // Oracle wants letters that are no element in double quotes: "T".
    if (!match || match[0] === 'T' || match[0] === 't') throw new Error(`Invalid date format ${format}.`)
    elements.push(match[0])
  }
  return elements
}

export function formatDate(value: number, format: string): string {
  const date = toDate(value)
  let padded = true
  let text = ''
  for (const element of elementsOf(format)) {
    if (element.toUpperCase() === 'FM') padded = !padded
    else text += element.startsWith('"') ? element.slice(1, -1) : formatElement(date, element, padded)
  }
  return text
}

function formatElement(date: Date, element: string, padded: boolean): string {
  const two = (number: number) => (padded ? String(number).padStart(2, '0') : String(number))
  const hour = date.getUTCHours()
  const month = MONTHS[date.getUTCMonth()]!
  const day = DAYS[date.getUTCDay()]!
  switch (element.toUpperCase()) {
    case 'YYYY':
      return String(date.getUTCFullYear()).padStart(4, '0')
    case 'YY':
      return String(date.getUTCFullYear() % 100).padStart(2, '0')
    case 'MM':
      return two(date.getUTCMonth() + 1)
    case 'DD':
      return two(date.getUTCDate())
    case 'DDD':
      return String(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY) + 1).padStart(3, '0')
    case 'D':
      return String(date.getUTCDay() + 1)
    case 'Q':
      return String(Math.floor(date.getUTCMonth() / 3) + 1)
    case 'HH24':
      return two(hour)
    case 'HH':
    case 'HH12':
      return two(hour % 12 === 0 ? 12 : hour % 12)
    case 'MI':
      return two(date.getUTCMinutes())
    case 'SS':
      return two(date.getUTCSeconds())
    case 'AM':
    case 'PM':
      return cased(hour < 12 ? 'AM' : 'PM', element)
    case 'MONTH':
      return cased(padded ? month.padEnd(9) : month, element)
    case 'MON':
      return cased(month.slice(0, 3), element)
    case 'DAY':
      return cased(padded ? day.padEnd(9) : day, element)
    case 'DY':
      return cased(day.slice(0, 3), element)
    case 'IYYY':
    case 'IW':
      throw new Error(`The sandbox has no date format element ${element}.`)
    default:
      return element
  }
}

/** MON, Mon and mon ask for upper case, first letter, lower case. */
function cased(word: string, like: string): string {
  if (like === like.toUpperCase()) return word
  if (like === like.toLowerCase()) return word.toLowerCase()
  return word.charAt(0) + word.slice(1).toLowerCase()
}

/** TO_DATE: throws what Oracle would refuse. Parts of the format that the text lacks are an error, as is a rest. */
export function parseDate(text: string, format: string): number {
  const parts: Record<string, number> = { YYYY: 1970, MM: 1, DD: 1, HH: 0, MI: 0, SS: 0 }
  let half: string | null = null
  let rest = text
  for (const element of elementsOf(format)) {
    const name = element.toUpperCase()
    if (name === 'FM') continue
    const pattern = patternOf(name, element)
    const match = pattern.exec(rest)
    if (!match) throw new Error(`The date ${text} does not match the format ${format}.`)
    rest = rest.slice(match[0].length)
    if (name === 'AM' || name === 'PM') half = match[0].toUpperCase()
    else if (name === 'MON') parts['MM'] = MONTHS.findIndex((month) => month.startsWith(match[0].toUpperCase())) + 1
    else if (/^[A-Z]/.test(name)) parts[name.replace(/^HH(12|24)$/, 'HH')] = Number(match[0])
  }
  if (rest !== '') throw new Error(`The date ${text} does not match the format ${format}.`)
  return dateOfParts(text, parts, half)
}

function patternOf(name: string, element: string): RegExp {
  if (name === 'YYYY') return /^\d{4}/
  if (name === 'MON') return /^(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)/i
  if (name === 'AM' || name === 'PM') return /^[AP]M/i
  if (/^(MM|DD|HH|HH12|HH24|MI|SS)$/.test(name)) return /^\d{1,2}/
  if (/^[A-Z]/.test(name)) throw new Error(`The sandbox cannot read a date by ${element}.`)
  const literal = element.startsWith('"') ? element.slice(1, -1) : element
  return new RegExp(`^${literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`)
}

function dateOfParts(text: string, parts: Record<string, number>, half: string | null): number {
  const { YYYY = 0, MM = 0, DD = 0, HH = 0, MI = 0, SS = 0 } = parts
  const hour = half === null ? HH : (HH % 12) + (half === 'PM' ? 12 : 0)
  const milliseconds = Date.UTC(YYYY, MM - 1, DD, hour, MI, SS)
  const date = new Date(milliseconds)
  const fits = date.getUTCMonth() + 1 === MM && date.getUTCDate() === DD && hour < 24 && MI < 60 && SS < 60
  if (!fits) throw new Error(`${text} is not a valid date.`)
  return fromMilliseconds(milliseconds)
}
