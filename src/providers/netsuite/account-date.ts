/** Days as the account's users write them: literals of `q` are in that format, never in ISO (Oracle help section_1545222128). */

import { toWallClock } from '../../mapping/zone.ts'

/** `M/D/YYYY` and its like, out of YYYY, MM, M, DD, D, Mon and what stands between. */
export const DATE_FORMAT = '^(?=.*D)(?=.*M)(?=.*YYYY)(YYYY|MM|M|Mon|DD|D|[-/. ])+$'
/** What an account of the United States begins with. */
export const USUAL_DATE_FORMAT = 'M/D/YYYY'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export function accountDate(isoDate: string, format: string): string {
  const [year = '', month = '', day = ''] = isoDate.split('-')
  const words: Readonly<Record<string, string>> = {
    YYYY: year,
    MM: month,
    M: String(Number(month)),
    Mon: MONTHS[Number(month) - 1] ?? '',
    DD: day,
    D: String(Number(day)),
  }
  return format.replace(/YYYY|Mon|MM|DD|M|D/g, (word) => words[word] as string)
}

/** A moment with its minutes, as public code sends it: `8/4/2026 3:00 am`. */
export function accountMoment(moment: Date, format: string, timeZone: string): string {
  const [day = '', time = ''] = toWallClock(moment, timeZone).split(' ')
  const [hour = '0', minute = '00'] = time.split(':')
  const half = Number(hour) < 12 ? 'am' : 'pm'
  return `${accountDate(day, format)} ${Number(hour) % 12 || 12}:${minute} ${half}`
}
