/**
 * A write as steps: plain data that is stored before it is sent, so that any process can find out later what became of
 * it, and go on. A provider plans the steps of an operation, sends one, and looks for one; the order, the promise and the
 * pauses are the gateway's.
 */
import type { Warning } from '../../schemas/common.ts'
import type { PaymentRecord, VoidResult } from '../../schemas/payment.ts'

/**
 * At most one exchange that changes something (and reads around it), as JSON; `kind` is the provider's own word. It must
 * say all that sending and looking need: absolute values, never "add 5", because it may be sent by another process later.
 */
export interface WriteStep {
  readonly kind: string
  /** Sent instead when this step is refused for certain after earlier steps worked: it puts back what they changed. */
  readonly otherwise?: WriteStep
  readonly [member: string]: unknown
}

export interface StepResult {
  /** Of the record that the step made or changed. */
  readonly nativeId: string | null
  readonly warnings?: readonly Warning[]
}

/** What a step may know of the write that it belongs to. */
export interface StepContext {
  /** The fence is built from it; the same on every try, `[a-z0-9]{26}`. */
  readonly intentId: string
  /** When the write was promised (milliseconds since 1970): a record that is older cannot be this write's. */
  readonly promisedAt: number
  /** Which step of the operation it is, from 0: one fence a step. */
  readonly index: number
  /** Results of the steps before it. */
  readonly earlier: readonly StepResult[]
  /** Time has passed since the call: others may have changed the record with good reason, so nothing is repaired any more. */
  readonly resumed: boolean
  /** Which of them is this write's, where the ERP has said that it is one of them; null: that cannot be told yet. */
  readonly mine?: (candidates: Candidates) => Promise<string | null>
}

/**
 * What looking for a step that may have been sent finds. done: the ERP has it. absent: everything is as before, so the
 * step may be sent (again) once the ERP has had its time. repeatable: looking is not needed, for the ERP answers a
 * request that comes again under its id with the first result, so it is sent again at once. unclear: neither, somebody
 * else changed it or two records match; people have to look.
 */
export type Probe =
  | {
      readonly outcome: 'done'
      readonly result: StepResult
      /** It was told by what the record reads, not by a fence: another write with the same aim would read the same. */
      readonly byState?: true
      /** The record read the same before the step: that it reads as wanted proves nothing. */
      readonly asBefore?: true
    }
  | { readonly outcome: 'absent'; readonly byState?: true }
  | Candidates
  | { readonly outcome: 'repeatable' }
  | { readonly outcome: 'unclear'; readonly detail: string }

/**
 * New records that look like this step's and could be another write's as well (by a name, a number, an external id of the
 * caller's). The gateway takes off those that other writes have made; the one that is left is this write's, unless another
 * one like it is still open: then sending again under the same fence tells, and the ERP must refuse what it has.
 */
export interface Candidates {
  readonly outcome: 'candidates'
  readonly nativeIds: readonly string[]
  /** Whether a record that this step of another write made would be among them. */
  readonly alike: (step: WriteStep) => boolean
}

/** The two things that can be done with a step. Both may throw; a probe never changes anything. */
export interface StepRunner {
  send(step: WriteStep, context: StepContext): Promise<StepResult>
  probe(step: WriteStep, context: StepContext): Promise<Probe>
}

/** What the answer needs beside the record, for the case that another process has to give it. */
export interface Told {
  readonly void?: VoidResult
  /** Whether the record of the last step is the one that reverses; `void.reversalId` is then filled with it. */
  readonly lastIsReversal?: boolean
  /** Whether the record is new, where the operation may create or change. */
  readonly created?: boolean
  /** The record as it was, where the ERP has none any more (a void that deletes). */
  readonly lastState?: PaymentRecord
  /** The fields that were asked for, in the neutral words with native ids: compared with what the ERP has at the end. */
  readonly asked?: Readonly<Record<string, unknown>>
  /** Native id of the payment that the record of the first step replaces. */
  readonly replaces?: string
  readonly warnings?: readonly Warning[]
}

/** How a write is made to happen once. */
export interface WriteOnce {
  /** The intent's id, `[a-z0-9]{1,40}`; the same on every try. Providers build their fence from it. */
  readonly intentId: string
  /** When the write was promised, milliseconds since 1970. */
  readonly promisedAt: number
  /**
   * Sends the steps in order. Each is stored before its first byte leaves; one whose answer was lost is looked for before
   * anything else happens. Throws what the ERP refused, or that the outcome is unknown (`applied: 'unknown'`).
   */
  run(steps: readonly WriteStep[], told?: Told): Promise<readonly StepResult[]>
}
