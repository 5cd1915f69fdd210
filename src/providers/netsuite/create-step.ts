/** Making a record once: its external id is the fence, and finds it again. */
import { fieldError, GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { parseExactJson } from '../../wire/json.ts'
import type { Probe, StepContext, StepResult } from '../provider.ts'
import { fenceOf } from './codecs.ts'
import { reads } from './record-state.ts'
import type { Session } from './session.ts'
import { ownIdOf, textOf } from './values.ts'
import { bodyOf, type CreateStep } from './write-steps.ts'

/**
 * A record may say that it is older than the write that made it: clocks differ by seconds, and NetSuite shows times of
 * creation without seconds in places (uncertain for REST). It is no risk: nothing had the external id after the promise.
 */
const CLOCK_ALLOWANCE_MS = 90_000

export async function sendCreate(session: Session, step: CreateStep, context: StepContext): Promise<StepResult> {
  const { client } = session
  const { type, source, externalId } = step
  const fence = fenceOf(context.intentId, context.index)
  const body = { ...bodyOf(step), externalId: externalId ?? fence }
  try {
    const made = source ? await client.transform(source.type, source.id, type, body) : await client.create(type, body)
    return { nativeId: made ?? (await afterSilence(session, step, body.externalId)) }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'conflict' || externalId !== null) throw error
    // It may have been sent before: NetSuite then has a record with a fence that only this step writes.
    const made = await client.find(type, fence).catch((cause: unknown) => {
      throw error.with({ applied: 'unknown', cause })
    })
    if (made === null) throw error
    return { nativeId: made }
  }
}

/** A proxy may swallow `Location`; the external id finds what was just made. */
async function afterSilence(session: Session, { type }: CreateStep, externalId: string): Promise<string> {
  const detail = 'NetSuite created a record without saying where.'
  const made = await session.client.find(type, externalId).catch((cause: unknown) => {
    throw new GatewayError('provider_garbled', detail, { applied: 'unknown', cause })
  })
  if (made === null) throw new GatewayError('provider_garbled', detail, { applied: 'unknown' })
  return made
}

export async function probeCreate(session: Session, step: CreateStep, context: StepContext): Promise<Probe> {
  const { type, externalId } = step
  if (externalId === null) {
    const made = await session.client.find(type, fenceOf(context.intentId, context.index))
    return made === null ? { outcome: 'absent' } : { outcome: 'done', result: { nativeId: made } }
  }
  const raw = await session.client.read(type, externalId)
  if (raw === null) return { outcome: 'absent' }
  const nativeId = ownIdOf(raw['id'])
  if (isYounger(raw, context.promisedAt) && reads(raw, parseExactJson(step.identity)))
    return { outcome: 'candidates', nativeIds: [nativeId], alike: (other) => other['externalId'] === externalId }
  const detail = `NetSuite has ${type} ${nativeId} with the external id ${externalId}, and it is not what was sent.`
  return { outcome: 'unclear', detail }
}

function isYounger(raw: VendorRecord, promisedAt: number): boolean {
  const created = textOf(raw['createdDate'] ?? raw['dateCreated'])
  return created !== null && Date.parse(created) >= promisedAt - CLOCK_ALLOWANCE_MS
}

/** The caller's external id is the fence, so it must be free before anything is sent. */
export async function mustBeFree(session: Session, type: CreateStep['type'], externalId: string): Promise<void> {
  const taken = await session.client.find(type, externalId)
  if (taken !== null)
    throw fieldError('conflict', '/externalId', `NetSuite has a record with this external id already (${taken}).`)
}
