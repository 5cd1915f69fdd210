/** The contract of the store: what must survive a crash so that a promised write happens once. */
import type { Operation } from '../../schemas/operation.ts'
import type { FactStore } from './facts.ts'

/**
 * accepted: claimed, nothing was sent. sending: a byte may have left. succeeded: the ERP has it.
 * failed: the ERP has it not. unknown: nobody knows, and it is not sent again.
 */
export type IntentState = 'accepted' | 'sending' | 'succeeded' | 'failed' | 'unknown'

/** What makes two calls the same call. */
export interface IntentScope {
  readonly caller: string
  readonly connection: string
  /** The operationId. */
  readonly operation: string
  readonly key: string
}

export interface ResourceScope {
  readonly caller: string
  readonly operation: string
  /** A gateway id; it names the connection too. */
  readonly resourceId: string
}

export interface NewIntent extends IntentScope {
  readonly id: string
  readonly fingerprint: string
}

/** An HTTP answer as it was given. */
export interface StoredAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** JSON text; null for an answer without a body. */
  readonly body: string | null
}

/** A write that has been promised. */
export interface Intent extends Omit<NewIntent, 'key'> {
  readonly key: string | null
  readonly state: IntentState
  /** Whether a 202 with this operation's address was given: from then on the intent is never forgotten without a trace. */
  readonly promised: boolean
  readonly answer: StoredAnswer | null
  /** The problem document as JSON text. */
  readonly problem: string | null
  readonly resourceId: string | null
  /** How many times sending began. */
  readonly tries: number
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Claim {
  readonly intent: Intent
  /** True for the one call that may do the work. */
  readonly claimed: boolean
}

/** What a write came to. */
export interface Ending {
  readonly answer?: StoredAnswer | null
  readonly problem?: string | null
  readonly resourceId?: string | null
}

export interface ListIntents {
  readonly caller: string
  readonly status: Operation['status'] | null
  readonly limit: number
}

/**
 * Every method is durable when it resolves. Changes of state are guarded by the state before: one that does not fit
 * changes nothing and answers null, so that two processes cannot undo each other.
 */
export interface IntentStore {
  /** What is known of the ERP accounts, in the same database. */
  readonly facts: FactStore
  /** Takes the key, or gives the intent that holds it. Atomic: of any number of calls at once, one wins. */
  claim(intent: NewIntent): Promise<Claim>
  /** accepted → sending. Null means: do not send. */
  markSending(id: string): Promise<Intent | null>
  /** Forgets an intent that is still accepted, so that it can never be sent; false when it is not. */
  takeBack(id: string): Promise<boolean>
  /** Notes that a 202 is about to be given, and answers the intent as it is now; null when it is gone. */
  markPromised(id: string): Promise<Intent | null>
  /** Without an answer: it worked, but nothing could be read back. A later call may add the answer. */
  succeed(id: string, ending: Ending): Promise<Intent | null>
  fail(id: string, ending: Ending): Promise<Intent | null>
  markUnknown(id: string, ending: Ending): Promise<Intent | null>
  /** Frees the key, because nothing was written. An intent whose 202 was given stays readable under its id, as failed. */
  release(id: string, ending: Ending): Promise<void>
  get(id: string): Promise<Intent | null>
  /** The intent that holds the key. */
  find(scope: IntentScope): Promise<Intent | null>
  /** The newest answered success of an operation on a record. */
  findByResource(scope: ResourceScope): Promise<Intent | null>
  /** The caller's intents, newest first. */
  list(query: ListIntents): Promise<Intent[]>
  /** Deletes ended intents last changed before the moment (milliseconds), at most `batch`; tells how many. Never `unknown` ones. */
  sweep(olderThan: number, batch: number): Promise<number>
  /** At the start: what a dead process left. accepted → released, sending → unknown. */
  interruptRunning(): Promise<{ released: number; unknown: number }>
  /** Rejects while the store cannot be used. */
  ready(): Promise<void>
  close(): Promise<void>
}
