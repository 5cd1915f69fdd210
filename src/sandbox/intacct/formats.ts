/** The vendor's notations: dates mm/dd/yyyy without zone, plain decimals. Inside, the sandbox keeps ISO dates. */
import Big from 'big.js'

/** mm/dd/yyyy to YYYY-MM-DD; null for anything else, ISO dates included. */
export function isoDate(text: string): string | null {
  const parts = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text)
  return parts ? calendarDate(parts[3]!, parts[1]!, parts[2]!) : null
}

/** mm/dd/yyyy with or without hh:mm:ss to an instant; the sandbox company lives in UTC. */
export function isoTimestamp(text: string): string | null {
  const parts = /^(\d{2}\/\d{2}\/\d{4})(?: ([01]\d|2[0-3]):([0-5]\d):([0-5]\d))?$/.exec(text)
  const date = parts && isoDate(parts[1]!)
  return date ? `${date}T${parts[2] ?? '00'}:${parts[3] ?? '00'}:${parts[4] ?? '00'}Z` : null
}

/** The three elements of a legacy date; null when that day does not exist. */
export function calendarDate(year: string, month: string, day: string): string | null {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return null
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null
}

export function americanDate(iso: string): string {
  return iso === '' ? '' : `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)}`
}

export function americanTimestamp(iso: string): string {
  return iso === '' ? '' : `${americanDate(iso)} ${iso.slice(11, 19)}`
}

/** Every mm/dd/yyyy of an answer as the user has dates written: that answers follow the user is what a connector found (estuary). */
export function inFormat(markup: string, format: string): string {
  if (format === '/mdY') return markup
  return markup.replace(/(?<=>)(\d{2})\/(\d{2})\/(\d{4})(?=[ <])/g, (_, month: string, day: string, year: string) =>
    [...format.slice(1)].map((part) => ({ m: month, d: day, Y: year, y: year.slice(2) })[part]).join(format[0]),
  )
}

/** A plain decimal (no exponent, no separator) in its shortest form; null for anything else. */
export function decimal(text: string): string | null {
  return /^-?\d{1,17}(\.\d{1,12})?$/.test(text) ? new Big(text).toFixed() : null
}

/** Amounts beyond two places are rounded by the vendor (AR payments, developer docs); half away from zero is our reading. */
export function cents(amount: string): string {
  return new Big(amount).round(2, 1).toFixed()
}

export function times(amount: string, rate: string): string {
  return new Big(amount).times(rate).round(2, 1).toFixed()
}
