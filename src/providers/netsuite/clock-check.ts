/** Whether the connection's zone and date format are the account's: proved by one record that is read both ways. */
import { GatewayError } from '../../errors.ts'
import { parseInstant } from '../../mapping/calendar.ts'
import { fromWallClock, today, toWallClock } from '../../mapping/zone.ts'
import type { CheckPlan } from '../provider.ts'
import { accountDate, USUAL_DATE_FORMAT } from './account-date.ts'
import type { Session } from './session.ts'
import { ownIdOf, textOf } from './values.ts'

export const clockSteps = (session: Session): CheckPlan => [
  { name: 'timeZone', run: () => timeZone(session) },
  { name: 'dateFormat', run: () => dateFormat(session) },
]

const wrong = (detail: string) => new GatewayError('rejected', detail, { applied: 'no' })
const MINUTE_MS = 60_000

/** The record API tells moments in UTC (Oracle help section_157305090645), queries on the account's clocks. */
async function timeZone(session: Session): Promise<string> {
  if (session.queriesRefused)
    return 'the record API, which is all that the role may use, tells the zone of every moment'
  const q =
    `SELECT c.id, TO_CHAR(c.lastmodifieddate, 'YYYY-MM-DD"T"HH24:MI:SS') AS lastmodifieddate FROM customer c ` +
    "WHERE c.lastmodifieddate IS NOT NULL AND (c.searchstage IS NULL OR c.searchstage NOT IN ('Lead', 'Prospect')) ORDER BY c.id"
  const [row] = (await session.client.query(q, [], 1, 'clock')).rows
  if (row === undefined) return 'not proved: there is no customer to read both ways'
  const record = await session.client.get('customer', ownIdOf(row['id']))
  const moment = parseInstant(textOf(record['lastModifiedDate']) ?? '')
  const shown = fromWallClock((textOf(row['lastmodifieddate']) ?? '').replace('T', ' '), 'UTC')
  if (moment === null || shown === null)
    throw wrong('The moment of a customer cannot be read; its zone cannot be proved.')
  const ownClock = Date.parse(`${toWallClock(moment, session.timeZone).replace(' ', 'T')}Z`)
  const setting =
    session.settings.timeZone === undefined ? 'timeZone is not set (UTC)' : `timeZone is ${session.timeZone}`
  // Records may leave out the seconds.
  if (Math.abs(shown.getTime() - ownClock) < MINUTE_MS) return `the account's clocks fit: ${setting}`
  const offset = offsetText(shown.getTime() - moment.getTime())
  throw wrong(
    `Queries tell the time ${offset} UTC, and ${setting}: times in lists are wrong. Set timeZone of the connection to the account's zone.`,
  )
}

function offsetText(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / MINUTE_MS)
  const clock = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  return `${clock} ${milliseconds < 0 ? 'behind' : 'ahead of'}`
}

/** Queries name the format of every date; `q` takes the user's own only, and the day 25 fits no month. */
async function dateFormat(session: Session): Promise<string> {
  if (!session.queriesRefused) return 'not needed: queries name the format of every date'
  const format = session.settings.dateFormat ?? USUAL_DATE_FORMAT
  const day = `${today(session.now(), session.timeZone).slice(0, 4)}-01-25`
  try {
    await session.client.ids('customer', `dateCreated ON_OR_AFTER "${accountDate(day, format)}"`, 1)
    return `the account takes ${format}`
  } catch (error) {
    const words = error instanceof GatewayError ? error.options.upstream?.message : undefined
    if (!(error instanceof GatewayError) || !/date/i.test(words ?? '')) throw error
    throw wrong(`NetSuite does not take dates as ${format}: set dateFormat of the connection to its user's. (${words})`)
  }
}
