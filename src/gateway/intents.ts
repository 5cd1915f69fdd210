/** Writes happen once: the promise is stored before the first byte leaves, and a repeated key repeats the answer. */
import type { Problem } from '../../schemas/problem.ts'
import { fieldError, GatewayError } from '../errors.ts'
import { describeError } from '../logging.ts'
import type { WriteOnce } from '../providers/provider.ts'
import { newIntentId } from '../store/intent-id.ts'
import type { Intent, IntentStore } from '../store/store.ts'
import type { Call, WriteAnswer } from './call.ts'
import type { WriteBinding } from './connections.ts'
import { fromStored, isRunning, problemAnswer, promise202, RETRY_AFTER_SECONDS, toStored } from './operation.ts'
import { beforeSending, deadlineAfter, notSent, Sending, UnstoredSending } from './sending.ts'

/** While the first call is open: it mostly ends soon. */
const IN_PROGRESS_RETRY_SECONDS = 2
const SWEEP_EVERY_MS = 3_600_000
const SWEEP_BATCH = 500
const DAY_MS = 86_400_000
/** 4xx answers that say nothing about the content; the key stays free. */
const NOT_REPLAYED = new Set([401, 403, 408, 429])

export interface WriteRequest {
  readonly call: Call
  readonly connection: string
  /** Null: nothing is stored, the write belongs to the call. */
  readonly key: string | null
  readonly fingerprint: string
  /** The record that is written: one written with another id takes its place, which is kept with the outcome. */
  readonly record?: string
  /**
   * Does the work, at most once for a key, and publishes gateway ids: `resourceId` of the answer or of an error with
   * `applied: 'yes'`. It may go on after the caller got a 202.
   */
  readonly perform: (write: { once: WriteOnce; binding: WriteBinding }) => Promise<WriteAnswer>
  /** Reads what was written, when it worked but could not be read back at the time. */
  readonly reread?: (resourceId: string) => Promise<WriteAnswer>
  /** The document as this call's caller gets it. It is stored, and repeated exactly, request id and all. */
  readonly problemOf: (error: unknown) => Problem
}
/** `replayed`: this is an answer that was given before. A 202 that is repeated is not, it says how things stand now. */
export type WriteResult = WriteAnswer & { readonly replayed: boolean }

/** A claimed intent on its way. */
interface Work {
  readonly request: WriteRequest
  readonly intent: Intent
}

export class Intents {
  readonly #store: IntentStore
  readonly #retentionMs: number
  readonly #now: () => Date
  readonly #running = new Set<Promise<void>>()
  #sweptAt = Number.NEGATIVE_INFINITY
  #draining = false

  constructor(
    store: IntentStore,
    { retentionDays, now = () => new Date() }: { retentionDays: number; now?: () => Date },
  ) {
    this.#store = store
    this.#retentionMs = retentionDays * DAY_MS
    this.#now = now
  }

  async write(request: WriteRequest): Promise<WriteResult> {
    if (this.#draining) {
      throw new GatewayError('overloaded', 'The gateway is shutting down.', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
    const { call, connection, key, fingerprint } = request
    const id = newIntentId(this.#now().getTime())
    if (key === null) return { ...(await performWithoutKey(id, request)), replayed: false }
    const scope = { caller: call.caller.name, connection, operation: call.operation, key }
    const { intent, claimed } = await beforeSending(this.#store.claim({ id, ...scope, fingerprint }))
    this.#sweepNowAndThen(call)
    return claimed ? this.#first({ request, intent }) : this.#again(request, intent)
  }

  /** Waits until the work in progress has ended and is stored, at most so long; nothing new is begun. */
  async drain(timeoutMs: number): Promise<void> {
    this.#draining = true
    const deadline = deadlineAfter(timeoutMs)
    await Promise.race([Promise.allSettled([...this.#running]), deadline.passed])
    deadline.clear()
  }

  /** At the start, before the first call: what a crash interrupted. Nothing is sent. */
  async recover(): Promise<void> {
    await this.#store.interruptRunning()
  }

  /** Runs the work until it ends or the call's deadline passes; then the work goes on and the caller gets a 202. */
  async #first(work: Work): Promise<WriteResult> {
    const { call } = work.request
    const sending = new Sending(call.signal, () => this.#store.markSending(work.intent.id))
    const ending = this.#run(work, sending)
    const running = ending.then(nothing, nothing)
    this.#running.add(running)
    running.finally(() => this.#running.delete(running))
    const deadline = deadlineAfter(call.deadlineMs, call.signal)
    const late = await Promise.race([running, deadline.passed])
    deadline.clear()
    // What has not left by now never will, and nothing was done: no promise is needed.
    if (late && (await this.#store.takeBack(work.intent.id))) {
      ending.catch(() => {})
      throw new GatewayError('provider_timeout', 'The deadline passed before anything was sent.', { applied: 'no' })
    }
    if (late) {
      const intent = await this.#store.markPromised(work.intent.id)
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
    const { request, intent } = work
    let answer: WriteAnswer
    try {
      answer = await request.perform({ once: { intentId: intent.id }, binding: sending })
    } catch (error) {
      return await this.#failed(work, sending.begun, error)
    } finally {
      sending.end()
    }
    await this.#keep(work, () =>
      this.#store.succeed(intent.id, {
        answer: toStored(answer),
        resourceId: answer.resourceId,
        replaced: request.record ?? null,
      }),
    )
    return answer
  }

  /** Stores how the work failed. Throws what the caller is to see, or answers 202 when nobody knows what happened. */
  async #failed(work: Work, begun: boolean, cause: unknown): Promise<WriteAnswer> {
    const { request, intent } = work
    const error = begun ? cause : notSent(cause)
    const applied = error instanceof GatewayError ? error.applied : 'unknown'
    const problem = JSON.stringify(request.problemOf(error))
    const resourceId = error instanceof GatewayError ? (error.options.resourceId ?? null) : null
    if (applied === 'yes') {
      await this.#keep(work, () =>
        this.#store.succeed(intent.id, { problem, resourceId, replaced: request.record ?? null }),
      )
      throw error
    }
    if (!begun || (applied === 'no' && !isRefusal(error))) {
      await this.#keep(work, () => this.#store.release(intent.id, { problem }))
      throw error
    }
    if (applied === 'no') {
      await this.#keep(work, () => this.#store.fail(intent.id, { answer: problemAnswer(problem, error), problem }))
      throw error
    }
    const { id, connection, operation } = intent
    request.call.log.error({ intent: id, connection, operation, error: describeError(error) }, 'outcome unknown')
    const stored = await this.#keep(work, () => this.#store.markUnknown(id, { problem, resourceId }))
    return promise202(stored ?? { ...intent, state: 'unknown', problem, resourceId })
  }

  /** A key that was used before. */
  async #again(request: WriteRequest, intent: Intent): Promise<WriteResult> {
    if (intent.fingerprint !== request.fingerprint) {
      const detail = 'This Idempotency-Key was used with other content; use a new one.'
      throw fieldError('idempotency_key_reused', 'header:Idempotency-Key', detail)
    }
    if (isRunning(intent) && !intent.promised) {
      const detail = 'The first call with this Idempotency-Key is still open.'
      throw new GatewayError('operation_in_progress', detail, { retryAfterSeconds: IN_PROGRESS_RETRY_SECONDS })
    }
    if (intent.answer) return { ...fromStored(intent.answer, intent.resourceId), replayed: true }
    if (intent.state === 'succeeded') return this.#withoutAnswer({ request, intent })
    return { ...promise202(intent), replayed: false }
  }

  /** It worked and could not be read back; now it is, and the answer is kept. */
  async #withoutAnswer(work: Work): Promise<WriteResult> {
    const { request, intent } = work
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
    await this.#keep(work, () => this.#store.succeed(intent.id, { answer: toStored(answer), resourceId, problem }))
    return { ...answer, replayed: true }
  }

  /** The ERP has acted already: when the store fails now, the caller still hears the truth, and the row stays unfinished. */
  async #keep<T>({ request, intent }: Work, change: () => Promise<T>): Promise<T | null> {
    try {
      return await change()
    } catch (error) {
      request.call.log.error({ intent: intent.id, error: describeError(error) }, 'outcome could not be stored')
      return null
    }
  }

  /** Once an hour, in the background, after a claim. */
  #sweepNowAndThen({ log }: Call): void {
    const now = this.#now().getTime()
    if (now - this.#sweptAt < SWEEP_EVERY_MS) return
    this.#sweptAt = now
    this.#sweep(now - this.#retentionMs).catch((error: unknown) =>
      log.error({ error: describeError(error) }, 'sweep failed'),
    )
  }

  async #sweep(olderThan: number): Promise<void> {
    while ((await this.#store.sweep(olderThan, SWEEP_BATCH)) === SWEEP_BATCH) await new Promise(setImmediate)
  }
}

async function performWithoutKey(intentId: string, { call, perform }: WriteRequest): Promise<WriteAnswer> {
  const binding = new UnstoredSending(call.signal)
  try {
    return await perform({ once: { intentId }, binding })
  } catch (error) {
    throw binding.begun ? error : notSent(error)
  }
}

const nothing = () => {}

/** The ERP looked at the content and said no. */
const isRefusal = (error: unknown): boolean =>
  error instanceof GatewayError && error.status >= 400 && error.status < 500 && !NOT_REPLAYED.has(error.status)
