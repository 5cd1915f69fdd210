/** Whose it is what a look found: a record that another write has made is never taken for this one's. */
import type { Candidates, Probe } from '../providers/provider.ts'
import type { OtherWrites } from './other-writes.ts'

/** What a look comes to, once it is known whose the records are that it found. */
export type Seen =
  | Exclude<Probe, { outcome: 'candidates' | 'unclear' }>
  /** `askAgain`: sending again under the same fence tells, once the ERP has had its time. */
  | { readonly outcome: 'unclear'; readonly detail: string; readonly askAgain?: true }

interface Looking {
  readonly intentId: string
  readonly promisedAt: number
  /** The gateway id of the record that the call named. */
  readonly resource: string | null
  /** Whether the step makes the record that the write is about; null: it changes one that only the ERP has named. */
  readonly isNew: boolean | null
}

/** Without `others` nothing is known of them, as in a write that is not stored. */
export async function attributed(found: Probe, looking: Looking, others: OtherWrites | null): Promise<Seen> {
  if (found.outcome === 'unclear' || found.outcome === 'repeatable') return found
  if (found.outcome === 'candidates') return ofCandidates(found, looking.intentId, others)
  const { intentId, promisedAt, resource, isNew } = looking
  const foundId = found.outcome === 'done' ? found.result.nativeId : null
  const changed = resource ?? (isNew === null && foundId !== null ? (others?.idOf(foundId) ?? null) : null)
  if (found.byState && changed !== null && (await others?.othersSucceeded(changed, promisedAt, intentId)))
    return CHANGED_SINCE
  const made = isNew ? foundId : null
  if (made !== null && others && (await others.unclaimed([made])).length === 0) return CLAIMED
  return found
}

async function ofCandidates(
  { nativeIds, alike }: Candidates,
  intentId: string,
  others: OtherWrites | null,
): Promise<Seen> {
  // A write that is not stored cannot know what others have made.
  if (others?.isBlind) return nativeIds.length === 0 ? { outcome: 'absent' } : WHOSE
  // The open ones first: who has ended by then has claimed what it made.
  const open = (await others?.open(alike)) ?? []
  const left = others ? await others.unclaimed(nativeIds) : nativeIds
  const [nativeId] = left
  if (nativeId === undefined) return { outcome: 'absent' }
  if (open.length > 0) return isFirst(intentId, open) ? { ...NOT_YET, askAgain: true } : NOT_YET
  if (left.length === 1) return { outcome: 'done', result: { nativeId } }
  return { outcome: 'unclear', detail: `${left.length} records can be the one that this write made.` }
}

/**
 * The ERP has said that this write's is among them. With others open like it each has at most one: where there are no more
 * records than writes the oldest write takes its own first. What one of them did is what the other did.
 */
export async function mineOf(candidates: Candidates, intentId: string, others: OtherWrites | null) {
  const open = (await others?.open(candidates.alike)) ?? []
  const left = others ? await others.unclaimed(candidates.nativeIds) : candidates.nativeIds
  const [nativeId = null] = left
  return left.length === 1 || (isFirst(intentId, open) && left.length <= 1 + open.length) ? nativeId : null
}

/** One after the other, the oldest first, so that two never wait for each other; one on its way is always waited for. */
const isFirst = (intentId: string, open: Awaited<ReturnType<OtherWrites['open']>>): boolean =>
  open.every(({ id, state }) => state === 'unknown' && id > intentId)

const CHANGED_SINCE: Seen = {
  outcome: 'unclear',
  detail: 'Another write to the record has succeeded meanwhile: which of the two is seen cannot be told.',
}
const CLAIMED: Seen = { outcome: 'unclear', detail: 'The record that was found was made by another write.' }
const WHOSE: Seen = {
  outcome: 'unclear',
  detail: 'A record that may be of this write was found; without an Idempotency-Key nobody knows whose it is.',
}
const NOT_YET = {
  outcome: 'unclear',
  detail: 'A record that may be of this write was found, and another write that may have made it is still open.',
} as const
