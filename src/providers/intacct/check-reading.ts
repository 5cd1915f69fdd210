/** Steps of `check` that prove how dates and moments are read, on real records. */
import { GatewayError } from '../../errors.ts'
import { parseInstant } from '../../mapping/calendar.ts'
import type { CheckPlan } from '../provider.ts'
import { contextOf, type Desk, zoneOf } from './account.ts'
import { auditTimestamp, timestamp } from './codecs.ts'

/** The newest records of an object that says both when it was made and when it was changed. */
const NEWEST = 20
const QUARTER_HOUR_MS = 15 * 60_000
/** No clock is further from UTC. */
const WIDEST_MS = 14 * 3_600_000

export const readingSteps = (desk: Desk): CheckPlan => [
  { name: 'dateFormat', run: () => checkDateFormat(desk) },
  { name: 'timeZone', run: () => checkTimeZone(desk) },
]

async function checkDateFormat(desk: Desk): Promise<string> {
  const { dateFormat } = await desk.format.ask(() => desk.client.userFormatting()).catch(() => ({ dateFormat: null }))
  return dateFormat === null
    ? `Sage Intacct does not say how its user has dates written; they are read as ${desk.format.current}.`
    : `Dates are written as ${dateFormat}.`
}

/** A record that was never changed has the same moment twice: AUWHENCREATED in UTC, WHENMODIFIED by the company's clock. */
async function checkTimeZone(desk: Desk): Promise<string> {
  const { records } = await desk.client.query({
    object: 'ARINVOICE',
    select: ['RECORDNO', 'AUWHENCREATED', 'WHENMODIFIED'],
    orderBy: [{ field: 'RECORDNO', descending: true }],
    pageSize: NEWEST,
  })
  const context = contextOf(desk)
  const moment = (codec: typeof timestamp, value: unknown) =>
    parseInstant(codec.decode(value, context))?.getTime() ?? Number.NaN
  const pairs = records.filter(({ fields }) => fields['AUWHENCREATED'] && fields['WHENMODIFIED'])
  const apart = pairs.map(
    ({ fields }) => moment(timestamp, fields['WHENMODIFIED']) - moment(auditTimestamp, fields['AUWHENCREATED']),
  )
  const zone = zoneOf(desk.settings)
  if (apart.includes(0)) return `WHENMODIFIED fits ${zone}.`
  const shifted = apart.filter((one) => one % QUARTER_HOUR_MS === 0 && Math.abs(one) <= WIDEST_MS)
  const [first] = shifted
  if (first !== undefined && shifted.length > 1 && shifted.every((one) => one === first)) {
    const hours = first / 3_600_000
    throw new GatewayError(
      'provider_garbled',
      `Moments are ${Math.abs(hours)} hours ${hours > 0 ? 'late' : 'early'} when WHENMODIFIED is read in ${zone}: set timeZone to the zone of the company.`,
    )
  }
  return `No record proves the zone; WHENMODIFIED is read in ${zone}.`
}
