/** Writes happen once: the promise is stored before the first byte leaves, and a repeated key repeats the answer. */
import { GatewayError } from '../errors.ts'
import { describeError } from '../logging.ts'
import { newIntentId } from '../store/intent-id.ts'
import type { Intent, IntentStore } from '../store/store.ts'
import type { WriteAnswer } from './call.ts'
import { cutPoint } from './cut-points.ts'
import { Journal } from './journal.ts'
import { performWithoutKey } from './keyless.ts'
import type { Leases } from './leases.ts'
import { fromStored, isRunning, keyReused, problemAnswer, promise202, toStored } from './operation.ts'
import { otherWrites } from './other-writes.ts'
import { isRefusal } from './refusal.ts'
import { beforeSending, deadlineAfter, notNow, notSent, Sending, stillOpen } from './sending.ts'
import { Sweeper } from './sweeper.ts'
import { originOf, type WriteRequest, type WriteResult } from './write-request.ts'

/** While the first call is open: it mostly ends soon. */
const IN_PROGRESS_RETRY_SECONDS = 2
/** Soon: most lost answers are of writes that worked. */
const FIRST_PROBE_MS = 1000
/** A database that restarts is back within a second or two. */
const STORE_TRIES = 4
const STORE_PAUSE_MS = 200

/** A claimed intent on its way. */
interface Work {
  readonly request: WriteRequest
  readonly intent: Intent
  readonly journal: Journal
}

export class Intents {
  readonly #store: IntentStore
  readonly #sweeper: Sweeper
  readonly #leases: Leases
  readonly #now: () => Date
  readonly #running = new Set<Promise<void>>()
  #draining = false

  constructor(
    store: IntentStore,
    { retentionDays, leases, now = () => new Date() }: { retentionDays: number; leases: Leases; now?: () => Date },
  ) {
    this.#store = store
    this.#leases = leases
    this.#sweeper = new Sweeper(store, retentionDays, now)
    this.#now = now
  }

  async write(request: WriteRequest): Promise<WriteResult> {
    if (this.#draining) throw notNow('The gateway is shutting down.', appliedBefore(request.key))
    const { call, connection, key, fingerprint } = request
    const createdAt = this.#now().getTime()
    const id = newIntentId(createdAt)
    if (key === null) return { ...(await performWithoutKey({ id, createdAt }, request)), replayed: false }
    const scope = { caller: call.caller.name, connection, operation: call.operation, key }
    const wanted = { id, ...scope, fingerprint }
    const { intent, claimed } = await beforeSending(
      this.#store.claim(wanted, this.#leases.wanted()),
      appliedBefore(key),
    )
    this.#sweeper.nowAndThen(call.log)
    if (!claimed) return this.#again(request, intent)
    cutPoint('claimed')
    return this.#first({
      request,
      intent,
      journal: new Journal(intent, originOf(request), { others: otherWrites(this.#store, intent) }),
    })
  }

  /** Waits until the work in progress has ended and is stored, at most so long; nothing new is begun. */
  async drain(timeoutMs: number): Promise<void> {
    this.#draining = true
    const deadline = deadlineAfter(timeoutMs)
    await Promise.race([Promise.allSettled([...this.#running]), deadline.passed])
    deadline.clear()
  }

  /** Runs the work until it ends or the call's deadline passes; then the work goes on and the caller gets a 202. */
  async #first(work: Work): Promise<WriteResult> {
    const { call } = work.request
    const { intent: claimed, journal } = work
    const sending = new Sending(call.signal, () => this.#store.markSending(claimed.id, claimed.hold, journal.leaving()))
    const release = this.#leases.keep(claimed.id)
    const ending = this.#run(work, sending).finally(release)
    const running = ending.then(nothing, nothing)
    this.#running.add(running)
    running.finally(() => this.#running.delete(running))
    const deadline = deadlineAfter(call.deadlineMs, call.signal)
    const late = await Promise.race([running, deadline.passed, ...(call.respondAsync ? [sending.left] : [])])
    deadline.clear()
    // What has not left by now never will, and nothing was done: no promise is needed.
    if (late && (await stillOpen(this.#store.takeBack(claimed.id)))) {
      ending.catch(() => {})
      throw new GatewayError('provider_timeout', 'The deadline passed before anything was sent.', { applied: 'no' })
    }
    if (late) {
      const intent = await stillOpen(this.#store.markPromised(claimed.id))
      cutPoint('promised')
      if (intent && isRunning(intent)) {
        // Nobody else will hear of it.
        ending.catch((error: unknown) =>
          call.log.warn({ intent: intent.id, error: describeError(error) }, 'failed after its 202'),
        )
        return { ...promise202(intent), replayed: false }
      }
    }
    return { ...(await ending), replayed: false }
  }

  /** Does the work and stores what became of it, before anybody hears of it. */
  async #run(work: Work, sending: Sending): Promise<WriteAnswer> {
    const { request, intent, journal } = work
    let answer: WriteAnswer
    try {
      answer = await request.perform({ once: journal, binding: sending })
    } catch (error) {
      return await this.#failed(work, sending, error)
    } finally {
      sending.end()
    }
    cutPoint('before-succeed-stored')
    const { resourceId } = answer
    const ending = { answer: toStored(answer), resourceId, replaced: journal.replaced }
    const stored = await this.#keepSurely(work, () => this.#store.succeed(intent.id, ending))
    cutPoint('after-succeed-stored')
    return stored ? answer : promise202({ ...intent, state: 'sending' })
  }

  /** Stores how the work failed. Throws what the caller is to see, or answers 202 when nobody knows what happened. */
  async #failed(work: Work, { begun, takenBack }: Sending, cause: unknown): Promise<WriteAnswer> {
    const { request, intent } = work
    const error = begun ? cause : notSent(cause)
    const applied = error instanceof GatewayError ? error.applied : 'unknown'
    const problem = JSON.stringify(request.problemOf(error))
    const resourceId = error instanceof GatewayError ? (error.options.resourceId ?? null) : null
    const { id, hold } = intent
    const journal = work.journal.text
    const probeAt = journal === null ? null : this.#now().getTime() + FIRST_PROBE_MS
    const doubt = { problem, resourceId, probeAt, ...(journal !== null && { journal }) }
    if (applied === 'yes' && !isRefusal(error)) {
      // What cannot be read again by the next call is answered by whoever looks for open writes.
      const left = journal !== null && !request.reread
      const { replaced } = work.journal
      const stored = await this.#keepSurely(work, () =>
        left ? this.#store.markUnknown(id, hold, doubt) : this.#store.succeed(id, { problem, resourceId, replaced }),
      )
      if (!stored) return promise202({ ...intent, state: 'sending' })
      throw error
    }
    if (!begun || (applied === 'no' && !isRefusal(error))) {
      await this.#keep(work, () => this.#store.release(id, hold, { problem }))
      const perhaps = takenBack && error instanceof GatewayError
      return this.#unlessTakenOver(work, perhaps ? error.with({ applied: 'unknown' }) : error)
    }
    // Refused; or done in part, and the rest refused.
    if (applied !== 'unknown') {
      const ending = { answer: problemAnswer(problem, error), problem, resourceId }
      if (!(await this.#keepSurely(work, () => this.#store.fail(id, hold, ending))))
        return promise202({ ...intent, state: 'sending' })
      return this.#unlessTakenOver(work, error)
    }
    const { connection, operation } = intent
    request.call.log.error({ intent: id, connection, operation, error: describeError(error) }, 'outcome unknown')
    const stored = await this.#keep(work, () => this.#store.markUnknown(id, hold, doubt))
    return stored ? promise202(stored) : this.#asItStands(work, { ...intent, state: 'unknown', problem, resourceId })
  }

  /** A refusal is only the whole truth while the write is ours: another instance may have sent it meanwhile. */
  async #unlessTakenOver(work: Work, error: unknown): Promise<WriteAnswer> {
    const { intent } = work
    const now = await this.#keep(work, () => this.#store.get(intent.id))
    if (!now || now.hold.fencing === intent.hold.fencing) throw error
    return this.#asItStands(work, now)
  }

  async #asItStands(work: Work, fallback: Intent): Promise<WriteAnswer> {
    const intent = (await this.#keep(work, () => this.#store.get(work.intent.id))) ?? fallback
    return intent.answer ? fromStored(intent.answer, intent.resourceId) : promise202(intent)
  }

  /** A key that was used before. */
  async #again(request: WriteRequest, intent: Intent): Promise<WriteResult> {
    if (intent.fingerprint !== request.fingerprint) throw keyReused(intent)
    if (isRunning(intent) && !intent.promised) {
      const detail = 'The first call with this Idempotency-Key is still open.'
      throw new GatewayError('operation_in_progress', detail, { retryAfterSeconds: IN_PROGRESS_RETRY_SECONDS })
    }
    if (intent.answer) return { ...fromStored(intent.answer, intent.resourceId), replayed: true }
    if (intent.state === 'succeeded') return this.#withoutAnswer(request, intent)
    return { ...promise202(intent), replayed: false }
  }

  /** It worked and could not be read back; now it is, and the answer is kept. */
  async #withoutAnswer(request: WriteRequest, intent: Intent): Promise<WriteResult> {
    const { resourceId, problem } = intent
    if (resourceId === null || !request.reread) {
      return problem === null
        ? { ...promise202(intent), replayed: false }
        : { ...fromStored(problemAnswer(problem), resourceId), replayed: true }
    }
    let answer: WriteAnswer
    try {
      answer = await request.reread(resourceId)
    } catch (error) {
      throw error instanceof GatewayError ? error.with({ applied: 'yes', resourceId }) : error
    }
    const ending = { answer: toStored(answer), resourceId, problem }
    await this.#keep({ request, intent }, () => this.#store.succeed(intent.id, ending))
    return { ...answer, replayed: true }
  }

  /**
   * The ERP has acted or refused: until the store has that, nobody may hear it. Who knows of a payment acts on it, and
   * whoever finds the row unfinished would take those acts for somebody else's. False: it is looked for later (202).
   */
  async #keepSurely(work: Work, change: () => Promise<unknown>): Promise<boolean> {
    for (let attempt = 1; attempt <= STORE_TRIES; attempt++) {
      const kept = await this.#keep(work, async () => {
        await change()
        return true
      })
      if (kept) return true
      await new Promise((resolve) => setTimeout(resolve, STORE_PAUSE_MS * attempt))
    }
    return false
  }

  /** What is worth storing and cannot be stored now is logged; the row stays as it is. */
  async #keep<T>({ request, intent }: Pick<Work, 'request' | 'intent'>, change: () => Promise<T>): Promise<T | null> {
    try {
      return await change()
    } catch (error) {
      request.call.log.error({ intent: intent.id, error: describeError(error) }, 'outcome could not be stored')
      return null
    }
  }
}

/** Before the key was looked up nobody knows what an earlier call with it did. */
const appliedBefore = (key: string | null) => (key === null ? 'no' : 'unknown')

const nothing = () => {}
