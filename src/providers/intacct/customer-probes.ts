/** Looking for what a write of a customer did: by its mark or number, by what it wrote, or by its absence. */
import { GatewayError } from '../../errors.ts'
import type { Probe, StepContext, WriteStep } from '../provider.ts'
import { contextOf, type Desk } from './account.ts'
import { type AnswerRecord, rawOf } from './answer.ts'
import { timestamp } from './codecs.ts'
import { readCustomer, readWhole } from './customers.ts'
import { compareNode } from './query.ts'
import { keyOf } from './record-keys.ts'
import { referenceIdOf } from './references.ts'
import { type ChangeCustomerStep, type CreateCustomerStep, type DeleteCustomerStep, stampOf } from './step.ts'
import { shows, type Written, writtenBy } from './written-fields.ts'

/**
 * Their clock is known from a stamp in whole seconds that was under way for a moment: what seems to come so shortly after
 * the promise may have been before it, such as the creation of a customer that is changed at once.
 */
const UNSURE_MS = 2000

const ABSENT: Probe = { outcome: 'absent' }
const done = (nativeId: string): Probe => ({ outcome: 'done', result: { nativeId } })
const unclear = (detail: string): Probe => ({ outcome: 'unclear', detail })

/**
 * By the mark where the connection has a field for it. Else by number or name, which others can have too: only a customer
 * that is younger than the write can be its own, and the gateway knows which of them other writes have made. What is in
 * doubt is sent again, for Intacct itself refuses the second time.
 */
export async function probeNewCustomer(
  desk: Desk,
  { mark, number, name }: CreateCustomerStep,
  { promisedAt }: StepContext,
): Promise<Probe> {
  const [column, value] = mark ? [mark.field, mark.value] : number !== null ? ['CUSTOMERID', number] : ['NAME', name]
  const { records } = await desk.client.query({
    object: 'CUSTOMER',
    select: ['RECORDNO', 'CUSTOMERID', 'NAME', 'WHENCREATED'],
    filter: compareNode('equals', column, value),
    // The newest: names may come often.
    orderBy: [{ field: 'RECORDNO', descending: true }],
    pageSize: 100,
  })
  const since = await theirTime(desk, promisedAt)
  const made = mark ? records : records.filter((record) => (momentOf(desk, record, 'WHENCREATED') ?? since) >= since)
  const [first] = made
  if (!first) return ABSENT
  const ids = made.map(({ fields }) => referenceIdOf(fields['CUSTOMERID']))
  if (mark)
    return made.length === 1 ? done(ids[0] as string) : unclear(`${made.length} customers have the mark of this write.`)
  if (first.fields['NAME'] !== name) return unclear('Somebody else has made a customer with this number.')
  const alike = (other: WriteStep) =>
    other.kind === 'create-customer' && other[number !== null ? 'number' : 'name'] === (number ?? name)
  return { outcome: 'candidates', nativeIds: ids, alike }
}

/** What was written is there; nothing has changed since; or neither. */
export async function probeChangedCustomer(
  desk: Desk,
  { nativeId, functions }: ChangeCustomerStep,
  { promisedAt }: StepContext,
): Promise<Probe> {
  const written = writtenBy(functions)
  const records = await Promise.all(written.map((one) => recordOf(desk, one)))
  const results = await Promise.all(written.map((one, place) => shows(desk, one, records[place] ?? null)))
  const since = await theirTime(desk, promisedAt)
  const changedSince = (moment: number) =>
    records.some((record) => record && (momentOf(desk, record, 'WHENMODIFIED') ?? 0) >= moment)
  if (results.every((result) => result))
    return { outcome: 'done', result: { nativeId }, byState: true, ...(!changedSince(since) && { asBefore: true }) }
  // Within the seconds that are unsure another write may have followed this one.
  return changedSince(since + UNSURE_MS + 1)
    ? unclear('Somebody else has changed the customer.')
    : { outcome: 'absent', byState: true }
}

export async function probeDeletedCustomer(desk: Desk, { nativeId, key, stamp }: DeleteCustomerStep): Promise<Probe> {
  const record = await orNull(readCustomer(desk, nativeId))
  if (record === null || keyOf(record) !== key) return done(nativeId)
  return stampOf(rawOf(record.content)) === stamp ? ABSENT : unclear('Somebody else has changed the customer.')
}

async function recordOf(desk: Desk, { object, key }: Written): Promise<AnswerRecord | null> {
  if (object === 'CUSTOMER') return orNull(readWhole(desk, key))
  const page = await desk.client.query({
    object,
    select: ['RECORDNO'],
    filter: compareNode('equals', 'CONTACTNAME', key),
    pageSize: 1,
  })
  const [found] = page.records
  return found === undefined ? null : ((await desk.client.read(object, [keyOf(found)]))[0] ?? null)
}

async function orNull(reading: Promise<AnswerRecord>): Promise<AnswerRecord | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'not_found') return null
    throw error
  }
}

/** The moment of the promise by Intacct's clock, in whole seconds as its records have them. */
async function theirTime(desk: Desk, milliseconds: number): Promise<number> {
  const { clockSkew } = await desk.client.session()
  return Math.floor((milliseconds + clockSkew) / 1000) * 1000
}

function momentOf(desk: Desk, { fields }: AnswerRecord, column: string): number | null {
  const value = fields[column]
  if (typeof value !== 'string' || value === '') return null
  return Date.parse(timestamp.decode(value, contextOf(desk)))
}
