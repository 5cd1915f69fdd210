/** The contract of the store: what must survive a crash so that a promised write happens once. */
import type { Operation } from '../../schemas/operation.ts'
import type { FactStore } from './facts.ts'

/**
 * accepted: claimed, nothing was sent. sending: a byte may have left. succeeded: the ERP has it.
 * failed: the ERP has refused it; where it has a part of it, the problem says so. unknown: nobody knows yet; it is looked for, and never sent again without a look.
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

/** The right to work on an intent: who has it, and the number that grows each time it changes hands. */
export interface Hold {
  readonly owner: string
  readonly fencing: number
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
  /** What is sent in which order and how far that came, as JSON text of the gateway's; null before the first write leaves, or where nothing can be looked for. */
  readonly journal: string | null
  readonly hold: Hold
  /** Until when nobody else may work on it. */
  readonly leaseUntil: number
  /** How many times it was looked for since its outcome became unknown. */
  readonly probes: number
  /** When sending began the last time; null before. */
  readonly sentAt: number | null
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
  /** The record in whose place `resourceId` was written, where that is another one. */
  readonly replaced?: string | null
}

/** What a record replaces and is replaced by; gateway ids. */
export interface Replacements {
  readonly replaces: string | null
  readonly replacedBy: string | null
}

/** What is kept of a write whose outcome nobody knows. */
export interface Doubt extends Omit<Ending, 'answer'> {
  /** When it is looked for next (milliseconds); null: nothing can be looked for, people have to. */
  readonly probeAt: number | null
  /** Replaces the journal where given. */
  readonly journal?: string
}

/** Who takes a lease, and until when (milliseconds). */
export interface LeaseRequest {
  readonly owner: string
  readonly until: number
}

export interface IntentCounts {
  /** accepted or sending. */
  readonly running: number
  readonly unknown: number
  /** Unknown ones that were promised before the moment asked for. */
  readonly overdue: number
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
  /** Whether several processes may use it at once; else whatever lease is found at the start belongs to a dead process. */
  readonly shared: boolean
  /**
   * Takes the key with a lease (fencing 1), or gives the intent that holds it. A key that was freed after something may
   * have left is taken with its first intent, where the content is the same. Atomic: of any number of calls at once, one wins.
   */
  claim(intent: NewIntent, lease: LeaseRequest): Promise<Claim>
  /**
   * accepted, sending or unknown → sending; the journal is stored with it, and tries and sentAt move. Null means: do not
   * send. That is so unless the hold is the current one and its lease has not ended: read in the same statement.
   */
  markSending(id: string, hold: Hold, journal: string | null): Promise<Intent | null>
  /** Forgets an intent that is still accepted (or frees its key where an earlier try left), so that it cannot be sent; false when it is not. */
  takeBack(id: string): Promise<boolean>
  /** Notes that a 202 is about to be given, and answers the intent as it is now; null when it is gone. */
  markPromised(id: string): Promise<Intent | null>
  /**
   * Without an answer: it worked, but nothing could be read back; a later call may add the answer. Facts need no hold.
   * What was `replaced` is kept with it.
   */
  succeed(id: string, ending: Ending): Promise<Intent | null>
  /** These three change nothing when another has the hold by now; a lease that ended and was not taken is still a hold. */
  fail(id: string, hold: Hold, ending: Ending): Promise<Intent | null>
  /** sending or unknown → unknown: counts a probe (when it was unknown before), gives the lease back. */
  markUnknown(id: string, hold: Hold, doubt: Doubt): Promise<Intent | null>
  /**
   * Frees the key, because nothing was written. An intent whose 202 was given, or of which anything may have left, stays
   * readable under its id, as failed; in the second case the key, sent again with the same content, goes on with it.
   */
  release(id: string, hold: Hold, ending: Ending): Promise<void>
  /** Lengthens the owner's leases on those of the intents that have not ended, where the lease has not ended; tells how many. */
  renewLeases(lease: LeaseRequest, ids: readonly string[]): Promise<number>
  /**
   * Takes over what nobody works on, oldest first: accepted and sending ones whose lease ended, and unknown ones whose
   * time to be looked for has come. Atomic: no intent is taken by two. The fencing number grows.
   */
  takeDue(lease: LeaseRequest, limit: number): Promise<Intent[]>
  /** Ends the leases of everybody; for the start of a store that is not shared. */
  abandonLeases(): Promise<void>
  get(id: string): Promise<Intent | null>
  /** The intent that holds the key. */
  find(scope: IntentScope): Promise<Intent | null>
  /** Whether another intent on the record has succeeded since the moment (milliseconds); any caller's, any operation. */
  othersSucceeded(resourceId: string, since: number, except: string): Promise<boolean>
  /** Whether another intent has made the record: one of the operations succeeded with it, and did not just change it. */
  isMade(resourceId: string, other: { by: readonly string[]; except: string }): Promise<boolean>
  /** Other intents of the operations that may have written and have not ended, oldest first. */
  openOthers(other: { connection: string; operations: readonly string[]; except: string }): Promise<Intent[]>
  /** The newest answered success of an operation on a record. */
  findByResource(scope: ResourceScope): Promise<Intent | null>
  /** What took the place of the record, and whose place it took. */
  replacements(id: string): Promise<Replacements>
  /** The caller's intents, newest first. */
  list(query: ListIntents): Promise<Intent[]>
  /** How many are open; `overdue` counts unknown ones promised before the moment (milliseconds). */
  count(promisedBefore: number): Promise<IntentCounts>
  /** Deletes ended intents last changed before the moment (milliseconds), at most `batch`; tells how many. Never `unknown` ones. */
  sweep(olderThan: number, batch: number): Promise<number>
  /** Rejects while the store cannot be used. */
  ready(): Promise<void>
  close(): Promise<void>
}
