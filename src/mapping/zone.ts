/** Wall clock and UTC: both ERPs write timestamps without a zone, in the account's. */
import { wallClockTime } from './calendar.ts'

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  return format
}

/** A moment as `YYYY-MM-DD HH:MM:SS` on the zone's clocks. */
export function toWallClock(moment: Date, zone: string): string {
  if (zone === 'UTC') return moment.toISOString().slice(0, 19).replace('T', ' ')
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  )
  return `${parts['year']?.padStart(4, '0')}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}:${parts['second']}`
}

/**
 * The moment at which the zone's clocks show `YYYY-MM-DD HH:MM:SS`, null for any other text; of two in the autumn hour the
 * one the offset before it gives.
 */
export function fromWallClock(text: string, zone: string): Date | null {
  const wanted = wallClockTime(text)
  if (wanted === null) return null
  let moment = wanted
  for (let round = 0; round < 2; round++) {
    const shown = Date.parse(`${toWallClock(new Date(moment), zone).replace(' ', 'T')}Z`)
    moment += wanted - shown
  }
  return new Date(moment)
}

/** Today's date in the zone. */
export const today = (now: Date, zone: string): string => toWallClock(now, zone).slice(0, 10)

/** Whether the platform knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}
