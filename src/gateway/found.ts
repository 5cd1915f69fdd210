/** Whose it is what a look found: a record that another write has made is never taken for this one's. */
import type { Probe } from '../providers/provider.ts'
import type { OtherWrites } from './other-writes.ts'

/** What a look comes to, once it is known whose the records are that it found. */
export type Seen = Exclude<Probe, { outcome: 'candidates' }>

interface Looking {
  readonly intentId: string
  readonly promisedAt: number
  /** The gateway id of the record that the call named. */
  readonly resource: string | null
  /** Whether the step makes the record that the write is about. */
  readonly isNew: boolean
}

/** Without `others` nothing is known of them, as in a write that is not stored. */
export async function attributed(found: Probe, looking: Looking, others: OtherWrites | null): Promise<Seen> {
  if (found.outcome === 'unclear' || found.outcome === 'repeatable') return found
  if (found.outcome === 'candidates') return ofCandidates(found.nativeIds, others)
  const { intentId, promisedAt, resource, isNew } = looking
  if (found.byState && resource !== null && (await others?.othersSucceeded(resource, promisedAt, intentId)))
    return CHANGED_SINCE
  const made = found.outcome === 'done' && isNew ? found.result.nativeId : null
  if (made !== null && others && (await others.unclaimed([made])).length === 0) return CLAIMED
  return found
}

async function ofCandidates(nativeIds: readonly string[], others: OtherWrites | null): Promise<Seen> {
  // Asked first: who has ended by then has claimed what it made.
  if (nativeIds.length > 0 && (await others?.mayBeAnothers())) return NOT_YET
  const left = others ? await others.unclaimed(nativeIds) : nativeIds
  const [nativeId] = left
  if (nativeId === undefined) return { outcome: 'absent' }
  if (left.length === 1) return { outcome: 'done', result: { nativeId } }
  return { outcome: 'unclear', detail: `${left.length} records can be the one that this write made.` }
}

const CHANGED_SINCE: Seen = {
  outcome: 'unclear',
  detail: 'Another write to the record has succeeded meanwhile: which of the two is seen cannot be told.',
}
const CLAIMED: Seen = { outcome: 'unclear', detail: 'The record that was found was made by another write.' }
const NOT_YET: Seen = {
  outcome: 'unclear',
  detail: 'A record that may be of this write was found, and another write that may have made it is still open.',
}
