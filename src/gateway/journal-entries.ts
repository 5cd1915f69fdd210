/** What a journal is made of: its steps with their states, as they are stored, and what a look may leave open. */
import type { FailureCode } from '../errors.ts'
import type { StepResult, Told, WriteStep } from '../providers/provider.ts'

/** pending: no byte has left. sending: one may have. refused: the ERP said no for certain. */
type StepState = 'pending' | 'sending' | 'done' | 'refused'

export interface Entry {
  readonly step: WriteStep
  state: StepState
  result: StepResult | null
  /** Why it was refused. */
  refusal?: { readonly code: FailureCode; readonly detail: string }
  /** The ERP has answered and works on it no more: what a look does not find now was refused, for this reason. */
  answered?: { readonly code: FailureCode; readonly detail: string }
  /** It puts back what steps before a refused one did. */
  readonly restores?: true
}

/** The call that began the write, for the answer that another process may have to give. */
export interface Origin {
  readonly requestId: string
  readonly instance: string
  /** The gateway id of the record that the call named; null for a new one. */
  readonly resource: string | null
  /** The names of the fields that the caller sent: no problem points at another. Absent in what 0.1.0 stored. */
  readonly sent?: readonly string[]
}

/** As it is stored. A released shape is never changed, only added to. */
export interface Stored {
  readonly version: 1
  readonly origin: Origin
  readonly told: Told
  readonly steps: readonly Entry[]
}

/** The ERP shows no trace of the step, and it is too early to send it again. */
export class StillAbsent extends Error {}
/** The ERP shows something that is neither before nor after. */
export class Unclear extends Error {}
