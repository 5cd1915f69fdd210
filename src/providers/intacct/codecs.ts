/** How Intacct spells dates, timestamps, booleans and words. */
import { parseInstant } from '../../mapping/calendar.ts'
import { type Codec, type Context, GarbledValue, instantText, unknownWord } from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import { fromWallClock, toWallClock } from '../../mapping/zone.ts'
import { DOCUMENTED, readDay } from './date-format.ts'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : garbledValue('text', value))

/** A day, and a time behind it where there is one; the clock of the user may have twelve hours. */
const DAY_AND_TIME = /^(\S+)(?: (\d{1,2}):(\d{2}):(\d{2})(?: ?([AP])M)?)?$/i

/** `YYYY-MM-DD HH:MM:SS`, or null for what is no moment in the user's format. */
function wallClockOf(text: string, { dateFormat = DOCUMENTED }: Context): string | null {
  const parts = DAY_AND_TIME.exec(text)
  const day = parts && readDay(parts[1] as string, dateFormat)
  if (!parts || !day) return null
  const [, , hour = '0', minute = '00', second = '00', half] = parts
  const hours = half === undefined ? Number(hour) : hourOfHalf(Number(hour), half)
  return hours === null ? null : `${day} ${String(hours).padStart(2, '0')}:${minute}:${second}`
}

/** 12 AM is midnight. */
const hourOfHalf = (hour: number, half: string): number | null =>
  hour < 1 || hour > 12 ? null : (hour % 12) + (half.toUpperCase() === 'P' ? 12 : 0)

/** Written and filtered is always by the documented format (developer docs, parameter formats). */
export const writeDate = (date: string): string => `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`

/** A day in the user's format; a time behind it is dropped. */
export const userDate: Codec<string> = {
  title: 'date',
  decode: (value, context) => {
    const wallClock = wallClockOf(textOf(value), context)
    const isMoment = wallClock !== null && fromWallClock(wallClock, 'UTC') !== null
    return isMoment ? wallClock.slice(0, 10) : garbledValue(`a date as ${context.dateFormat ?? DOCUMENTED}`, value)
  },
  encode: (value) => writeDate(value),
  order: 'text',
}

function writeTimestamp(value: string, timeZone: string): string {
  const wall = toWallClock(new Date(value), timeZone)
  return `${writeDate(wall)} ${wall.slice(11, 19)}`
}

/** A day and a time without a zone; `zone` where the field has one of its own. */
const timestampIn = (zone: string | null): Codec<string> => ({
  title: 'timestamp',
  decode: (value, context) => {
    const text = textOf(value)
    const wallClock = wallClockOf(text, context)
    // Some objects have ISO 8601 (JOBQUEUERECORD and such).
    const moment = wallClock === null ? parseInstant(text) : fromWallClock(wallClock, zone ?? context.timeZone)
    return moment === null
      ? garbledValue(`a moment as ${context.dateFormat ?? DOCUMENTED}`, value)
      : instantText(moment)
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
    const word = textOf(value).toLowerCase()
    if (YES.has(word)) return true
    if (NO.has(word)) return false
    throw new GarbledValue(`expected true or false, got another word`)
  },
  encode: (value) => String(value),
}

/**
 * A list of words, whatever their case; the first of several vendor words is the one that is written. With `other` it is open:
 * a word that is not known reads as that (or as nothing), and a warning has Intacct's.
 */
export function words<const K extends string>(
  table: Readonly<Record<K, readonly [string, ...string[]]>>,
  other?: NoInfer<K> | null,
): Codec<K> {
  const entries = Object.entries(table) as [K, readonly [string, ...string[]]][]
  const back = new Map(entries.flatMap(([ours, theirs]) => theirs.map((word) => [word.toLowerCase(), ours] as const)))
  return {
    title: entries.map(([ours]) => ours).join(' | '),
    decode: (value, context) => {
      const ours = back.get(textOf(value).trim().toLowerCase())
      if (ours !== undefined) return ours
      return other === undefined
        ? garbledValue(`one of ${[...back.keys()].join(', ')}`, value)
        : (unknownWord(value, other, context) as K)
    },
    encode: (value) => table[value][0],
  }
}
