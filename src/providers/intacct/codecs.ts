/** How Intacct spells dates, timestamps, booleans and words. */
import { type Codec, calendarDate, GarbledValue, instant, instantText } from '../../mapping/codec.ts'
import { fromWallClock, toWallClock } from '../../mapping/zone.ts'

const scalar = (value: unknown): string => {
  if (typeof value === 'string') return value
  throw new GarbledValue(`expected text, got ${typeof value}`)
}

const US_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/
const US_TIMESTAMP = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2})$/
const ISO_DATE = /^\d{4}-\d{2}-\d{2}/

const two = (digits: string | number) => String(digits).padStart(2, '0')

/** `mm/dd/yyyy`; a time behind it is dropped, an ISO date (JOBQUEUERECORD and such) is read too. */
function readDate(value: string): string | null {
  const parts = US_DATE.exec(value)
  if (parts) return `${parts[3]}-${two(parts[1]!)}-${two(parts[2]!)}`
  return ISO_DATE.test(value) ? value.slice(0, 10) : null
}
export const writeDate = (date: string): string => `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`

export const usDate = calendarDate(readDate, writeDate)

function readTimestamp(value: string, timeZone: string): string | null {
  const parts = US_TIMESTAMP.exec(value)
  if (!parts) {
    const day = US_DATE.test(value) ? readDate(value) : null
    return day === null ? null : readTimestamp(`${writeDate(day)} 00:00:00`, timeZone)
  }
  const [month, day, year, hour, minute, second] = parts.slice(1)
  const moment = fromWallClock(`${year}-${two(month!)}-${two(day!)} ${two(hour!)}:${minute}:${second}`, timeZone)
  return moment === null ? null : instantText(moment)
}

function writeTimestamp(value: string, timeZone: string): string {
  const wall = toWallClock(new Date(value), timeZone)
  return `${writeDate(wall)} ${wall.slice(11, 19)}`
}

/** `mm/dd/yyyy hh:mm:ss` without a zone; `zone` where the field has one of its own. */
const timestampIn = (zone: string | null): Codec<string> => ({
  title: 'timestamp',
  decode: (value, context) => {
    const text = scalar(value)
    return readTimestamp(text, zone ?? context.timeZone) ?? instant.decode(text, context)
  },
  encode: (value, context) => writeTimestamp(value, zone ?? context.timeZone),
  order: 'text',
})
export const timestamp = timestampIn(null)
/** A recorded record has AUWHENCREATED in UTC beside a WHENMODIFIED in the company's zone, for the same moment. */
export const auditTimestamp = timestampIn('UTC')

const YES = new Set(['true', 't', 'yes', 'y', '1'])
const NO = new Set(['false', 'f', 'no', 'n', '0'])

/** Most fields say `true`/`false`, some raw ones `T`/`F`; written is always `true`/`false`. */
export const flag: Codec<boolean> = {
  title: 'boolean',
  decode: (value) => {
    const word = scalar(value).toLowerCase()
    if (YES.has(word)) return true
    if (NO.has(word)) return false
    throw new GarbledValue(`expected true or false, got another word`)
  },
  encode: (value) => String(value),
}

/** A closed list of words, whatever their case; the first of several vendor words is the one that is written. */
export function words<const K extends string>(table: Readonly<Record<K, readonly [string, ...string[]]>>): Codec<K> {
  const entries = Object.entries(table) as [K, readonly [string, ...string[]]][]
  const back = new Map(entries.flatMap(([ours, theirs]) => theirs.map((word) => [word.toLowerCase(), ours] as const)))
  return {
    title: entries.map(([ours]) => ours).join(' | '),
    decode: (value) => {
      const ours = back.get(scalar(value).toLowerCase())
      if (ours === undefined) throw new GarbledValue(`expected one of ${[...back.keys()].join(', ')}`)
      return ours
    },
    encode: (value) => table[value][0],
  }
}
