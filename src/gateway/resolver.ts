/**
 * Finds out what became of writes that nobody waits for any more: after a crash, a lost answer, a restart. Each one is
 * looked for in the ERP with growing pauses, and ends as succeeded, failed, or is sent again under the same fence once
 * the ERP has had its time with what was sent before.
 */
import type { Logger } from 'pino'
import type { Problem } from '../../schemas/problem.ts'
import { GatewayError } from '../errors.ts'
import { describeError } from '../logging.ts'
import type { Intent, IntentStore } from '../store/store.ts'
import type { Call, WriteAnswer } from './call.ts'
import type { Connections, OpenConnection } from './connections.ts'
import { cutPoint } from './cut-points.ts'
import { Journal } from './journal.ts'
import { type Origin, StillAbsent, Unclear } from './journal-entries.ts'
import type { Leases } from './leases.ts'
import { problemAnswer, toStored } from './operation.ts'
import { otherWrites } from './other-writes.ts'
import { Patience } from './patience.ts'
import { isRefusal } from './refusal.ts'
import { resourceOf, resumedAnswer } from './resumed.ts'
import { deadlineAfter, Sending } from './sending.ts'

/** How many are worked on at once; the ERP's slots are for callers first. */
const AT_ONCE = 8
/** One look, with everything that follows from it. */
const LOOK_MS = 60_000
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 900_000
/** After so many looks a write that is done ends without an answer that could be repeated. */
const MOST_READINGS = 12

export interface ResolverOptions {
  readonly store: IntentStore
  readonly connections: Connections
  readonly leases: Leases
  /** How long an ERP may go on working on a request whose client is gone. */
  readonly consistencyWindowSeconds: number
  /** How often it is looked what is due. */
  readonly everyMs: number
  readonly log: Logger
  readonly now: () => Date
  /** The document of an error as the caller of the first call would have got it. */
  readonly problemOf: (
    error: unknown,
    context: Origin & { operation: string; connection: OpenConnection | null },
  ) => Problem
}

export class Resolver {
  readonly #options: ResolverOptions
  #timer: NodeJS.Timeout | null = null
  #turning: Promise<unknown> = Promise.resolve()
  readonly #open = new Set<Promise<void>>()
  #stopped = false

  constructor(options: ResolverOptions) {
    this.#options = options
  }

  /** Looks at once, and from then on all the time. */
  start(): void {
    this.#turning = this.#turn()
  }

  /** Begins nothing new, and waits for what is being looked for, at most so long: the next start goes on with the rest. */
  async stop(timeoutMs: number): Promise<void> {
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
    const idle = this.#turning.then(() => Promise.all(this.#open))
    const deadline = deadlineAfter(timeoutMs)
    await Promise.race([idle, deadline.passed])
    deadline.clear()
  }

  /** Takes what is due and works on it to the end; tells how many that were. */
  async tick(): Promise<number> {
    const begun = await this.#begin()
    await Promise.all(begun)
    return begun.length
  }

  /** What hangs keeps its own place only: others that are due are taken meanwhile. */
  async #begin(): Promise<Promise<void>[]> {
    const { store, leases } = this.#options
    const room = AT_ONCE - this.#open.size
    const due = room > 0 ? await store.takeDue(leases.wanted(), room) : []
    if (due.length > 0) cutPoint('resolver-taken')
    return due.map((intent) => {
      const work = this.#resolve(intent).finally(() => this.#open.delete(work))
      this.#open.add(work)
      return work
    })
  }

  async #turn(): Promise<void> {
    try {
      await this.#begin()
    } catch (error) {
      this.#options.log.warn({ error: describeError(error) }, 'looking for open writes failed')
    }
    // There may be more: the next one's turn comes as soon as there is room.
    const isFull = this.#open.size >= AT_ONCE
    if (isFull) await Promise.race(this.#open)
    if (this.#stopped) return
    const again = () => {
      this.#turning = this.#turn()
    }
    this.#timer = setTimeout(again, isFull ? 0 : this.#options.everyMs).unref()
  }

  async #resolve(intent: Intent): Promise<void> {
    const { store, leases, log } = this.#options
    const release = leases.keep(intent.id)
    try {
      if (intent.state === 'accepted') await this.#neverSent(intent)
      else await this.#lookFor(intent)
    } catch (error) {
      // The store failed: the lease ends, and the intent is taken again.
      log.warn({ intent: intent.id, error: describeError(error) }, 'an open write could not be dealt with')
      await store.markUnknown(intent.id, intent.hold, { probeAt: this.#nextLook(intent) }).catch(() => null)
    } finally {
      release()
    }
  }

  /** Nothing left before the process died, so the key is free; who holds a 202 reads that it failed. */
  async #neverSent(intent: Intent): Promise<void> {
    const error = new GatewayError('overloaded', 'The gateway was stopped before anything was sent.', { applied: 'no' })
    const origin = { requestId: `req_${intent.id}`, instance: '', resource: null }
    await this.#options.store.release(intent.id, intent.hold, { problem: this.#problem(error, intent, origin) })
  }

  async #lookFor(intent: Intent): Promise<void> {
    const { store, log } = this.#options
    const journal = Journal.restore(intent, otherWrites(store, intent))
    const connection = this.#options.connections.find(intent.connection)
    if (journal === null || !connection) {
      const problem = intent.problem ?? this.#problem(interrupted(), intent, UNKNOWN_ORIGIN, connection)
      const probeAt = journal === null ? null : this.#nextLook(intent)
      await store.markUnknown(intent.id, intent.hold, { problem, resourceId: intent.resourceId, probeAt })
      return
    }
    const call = this.#callFor(intent, journal.origin)
    const sending = new Sending(call.signal, () => store.markSending(intent.id, intent.hold, journal.leaving()))
    const bound = connection.bind(call, sending)
    journal.bind(bound.steps, new Patience(LOOK_MS, call.signal))
    try {
      await journal.resume(this.#mayResend(intent))
    } catch (error) {
      await this.#notYet(intent, journal, connection, error)
      return
    } finally {
      sending.end()
    }
    let answer: WriteAnswer | null = null
    try {
      answer = await resumedAnswer(intent, connection, bound, journal)
    } catch (error) {
      // It is done, and what a caller is to be answered cannot be read just now: the next look does only that.
      if (!isRefusal(error) && intent.probes < MOST_READINGS) return this.#notYet(intent, journal, connection, error)
      log.warn({ intent: intent.id, error: describeError(error) }, 'it is done, and could not be read back')
    }
    cutPoint('resolver-before-end')
    const resourceId = answer?.resourceId ?? resourceOf(intent.operation, connection.name, journal)
    const ending = { resourceId, problem: intent.problem, replaced: journal.replaced }
    await store.succeed(intent.id, { ...(answer && { answer: toStored(answer) }), ...ending })
  }

  async #notYet(intent: Intent, journal: Journal, connection: OpenConnection, error: unknown): Promise<void> {
    const { store, log } = this.#options
    const { id, hold } = intent
    const resourceId = resourceOf(intent.operation, intent.connection, journal)
    if (isRefusal(error) && error.applied !== 'unknown') {
      // The ERP has a part of it: the problem says so, and names the record.
      const told = error.applied === 'yes' && resourceId !== null ? error.with({ resourceId }) : error
      const problem = this.#problem(told, intent, journal.origin, connection)
      await store.fail(id, hold, { answer: problemAnswer(problem, error), problem, resourceId })
      return
    }
    if (error instanceof GatewayError && error.applied === 'yes') {
      const problem = this.#problem(error, intent, journal.origin, connection)
      await store.succeed(id, { problem, resourceId, replaced: journal.replaced })
      return
    }
    if (!(error instanceof StillAbsent)) {
      log.warn({ intent: id, operation: intent.operation, error: describeError(error) }, 'outcome still unknown')
    }
    const unclear =
      error instanceof Unclear ? new GatewayError('provider_garbled', error.message, { applied: 'unknown' }) : null
    const known = intent.problem ?? this.#problem(interrupted(), intent, journal.origin, connection)
    const problem = unclear ? this.#problem(unclear, intent, journal.origin, connection) : known
    const journalText = journal.text
    await store.markUnknown(id, hold, {
      problem,
      resourceId,
      probeAt: this.#nextLook(intent),
      ...(journalText !== null && { journal: journalText }),
    })
  }

  #mayResend({ sentAt }: Intent): boolean {
    const { now, consistencyWindowSeconds } = this.#options
    return sentAt !== null && now().getTime() - sentAt >= consistencyWindowSeconds * 1000
  }

  /** Growing, never longer than the ERP's window needs, and right at its end: what the ERP never got may be sent again then. */
  #nextLook({ probes, sentAt }: Intent): number {
    const now = this.#options.now().getTime()
    const window = this.#options.consistencyWindowSeconds * 1000
    const longest = Math.min(LONGEST_PAUSE_MS, Math.max(2 * FIRST_PAUSE_MS, window))
    const next = now + Math.min(FIRST_PAUSE_MS * 2 ** Math.min(probes, 20), longest)
    const windowEnd = (sentAt ?? 0) + window
    return windowEnd > now ? Math.min(next, windowEnd) : next
  }

  #problem(error: unknown, intent: Intent, origin: Origin, connection: OpenConnection | null = null): string {
    return JSON.stringify(this.#options.problemOf(error, { ...origin, operation: intent.operation, connection }))
  }

  #callFor(intent: Intent, { requestId }: Origin): Call {
    return {
      requestId,
      caller: { name: intent.caller, scopes: new Set(), connections: new Set([intent.connection]) },
      operation: intent.operation,
      log: this.#options.log.child({ requestId, intent: intent.id }),
      signal: AbortSignal.timeout(LOOK_MS),
      deadlineMs: LOOK_MS,
      lenient: false,
      respondAsync: false,
      timing: { exchanges: 0, upstreamMs: 0 },
    }
  }
}

const UNKNOWN_ORIGIN: Origin = { requestId: '', instance: '', resource: null }

const interrupted = () =>
  new GatewayError(
    'provider_failed',
    'The gateway was interrupted while it wrote; what became of it is being looked for.',
    {
      applied: 'unknown',
    },
  )
