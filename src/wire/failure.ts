/** What a provider makes of an answer that went wrong. */
import type { Applied, FailureCode, LoginFailure, Upstream } from '../errors.ts'

/** A classified vendor answer: what `classify` of a provider returns. */
export interface Failure {
  readonly code: FailureCode
  readonly detail: string
  /** What the answer proves of a write; absent: nothing. `no` comes only from a form on the provider's closed list. */
  readonly applied?: Applied
  /** False: no form on the provider's closed list took the answer, and `code` is chosen by its words. */
  readonly recognised?: boolean
  /** Where in the ERP the answer came from, for the metric of what was not recognised: `record`, `control` … */
  readonly level?: string
  /**
   * The ERP's own application has answered in full, so it does not work on the request any more: what a look does not
   * find now will never come.
   */
  readonly ended?: true
  /** Only from the closed forms that say so, on the exchange and level where they can be. */
  readonly login?: LoginFailure
  /** Vendor paths of the refused fields, most exact first; the mapping turns them into the caller's pointers. */
  readonly vendorPaths?: readonly string[]
  readonly upstream: Omit<Upstream, 'provider'>
  readonly retryAfterSeconds?: number
}

/**
 * Codes that say something of a write. A read has none of them: what the ERP refuses to it in such words is `rejected`,
 * and points at nothing.
 */
const CODES_OF_WRITES: ReadonlySet<FailureCode> = new Set([
  'conflict',
  'not_changeable',
  'period_closed',
  'allocation_exceeds_open_amount',
  'allocation_exceeds_amount',
  'currency_mismatch',
  'field_required',
  'field_not_supported',
  'invalid_reference',
])
export const isCodeOfWrites = (code: FailureCode): boolean => CODES_OF_WRITES.has(code)
