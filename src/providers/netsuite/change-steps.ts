/** Changing and deleting once: absolute values, and a look whether the record reads as before or as wanted. */
import { GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { Probe, StepResult } from '../provider.ts'
import { reads, sameAddresses, sameLines } from './record-state.ts'
import type { RecordType } from './record-types.ts'
import type { Session } from './session.ts'
import { bodyOf, type ChangeStep, headerOf, type RemoveStep } from './write-steps.ts'

export const EXPANDED = '?expandSubResources=true'

export async function sendChange(session: Session, step: ChangeStep): Promise<StepResult> {
  const { type, id, query } = step
  await continuing(step, () => session.client.update(type, id, bodyOf(step), query))
  return { nativeId: id }
}

export async function probeChange(session: Session, step: ChangeStep): Promise<Probe> {
  const { type, id } = step
  const raw = await readOrNull(session, type, id, step.lines || step.addresses ? EXPANDED : '')
  if (raw === null) return { outcome: 'unclear', detail: `NetSuite has no ${type} ${id} any more.` }
  return compared(raw, step)
}

function compared(raw: VendorRecord, step: ChangeStep): Probe {
  const { lines, addresses, id, type } = step
  const isAs = (state: 'before' | 'wanted', fields: VendorRecord) =>
    reads(raw, { ...fields }) &&
    (lines === null || sameLines(raw, lines[state])) &&
    (addresses === null || sameAddresses(raw, addresses[state]))
  const asBefore = isAs('before', step.before)
  if (isAs('wanted', headerOf(bodyOf(step))))
    return { outcome: 'done', result: { nativeId: id }, byState: true, ...(asBefore && { asBefore }) }
  if (asBefore) return { outcome: 'absent', byState: true }
  const detail = `${type} ${id} reads neither as before nor as wanted: somebody else has changed it.`
  return { outcome: 'unclear', detail }
}

/** A new line has no fence: before it is sent, a look whether it is there, unless the list was read in this call. */
export async function sendAddresses(session: Session, step: ChangeStep): Promise<StepResult> {
  if (!session.freshAddresses.delete(step.id)) {
    const found = await probeChange(session, step)
    if (found.outcome === 'done') return found.result
  }
  return sendChange(session, step)
}

export async function sendRemove(session: Session, step: RemoveStep): Promise<StepResult> {
  const { type, id, inUse } = step
  try {
    await continuing(step, () => session.client.remove(type, id))
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'conflict' && inUse !== null) throw new GatewayError('not_changeable', inUse, error.options)
    throw error
  }
  return { nativeId: id }
}

/** A record that nobody has read before may have been gone before. */
export async function probeRemove(session: Session, { type, id, seen }: RemoveStep): Promise<Probe> {
  const raw = await readOrNull(session, type, id, '')
  if (raw !== null) return { outcome: 'absent' }
  return { outcome: 'done', result: { nativeId: id }, ...(!seen && { asBefore: true }) }
}

/** Where earlier steps changed something for good, a refusal is no "not applied". What may work later is left to the journal. */
async function continuing(step: ChangeStep | RemoveStep, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    const { continues } = step
    if (continues === undefined || !(error instanceof GatewayError) || error.applied !== 'no') throw error
    const isRefused = error.status < 500 && error.code !== 'rate_limited'
    if (!isRefused || (step.kind === 'remove' && error.code === 'not_found')) throw error
    const detail = `The ERP has done a part of it and refused the rest: ${error.message}`
    throw new GatewayError(error.code, detail, { ...error.options, applied: 'yes', resourceId: continues })
  }
}

export async function readOrNull(
  session: Session,
  type: RecordType,
  id: string,
  query: string,
): Promise<VendorRecord | null> {
  try {
    return await session.client.get(type, id, query)
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'not_found') return null
    throw error
  }
}
