/** The moment when a write starts to leave: made durable before the first byte, and known to whoever judges its end. */
import { setMaxListeners } from 'node:events'
import { GatewayError } from '../errors.ts'
import type { Intent } from '../store/store.ts'
import type { WriteBinding } from './connections.ts'
import { cutPoint } from './cut-points.ts'

/** How long a write may go on after its caller got a 202; both ERPs may work on one request that long. */
const LONGEST_WRITE_MS = 15 * 60_000
const STORE_RETRY_SECONDS = 5

/**
 * The binding of a stored write: once it left it outlives the call, and nothing leaves before the store has it as
 * `sending` with the step that leaves, and has confirmed that this process still has the right to send.
 */
export class Sending implements WriteBinding {
  readonly #markSending: () => Promise<Intent | null>
  readonly #call: AbortSignal
  readonly #longest = new AbortController()
  #timer: NodeJS.Timeout | null = null
  #begun = false
  #takenBack = false
  readonly #left = withResolvers()

  constructor(call: AbortSignal, markSending: () => Promise<Intent | null>) {
    this.#call = call
    // As many exchanges as a call has may listen to it; Node warns of more than ten.
    setMaxListeners(0, this.#longest.signal)
    this.#markSending = markSending
  }

  /** What was never sent ends with its call; from the first write on the work goes on, because the ERP's does. */
  get signal(): AbortSignal {
    return this.#begun ? this.#longest.signal : this.#call
  }

  /** Whether a byte of a write may have left. */
  get begun(): boolean {
    return this.#begun
  }

  /** The lease ended before anything left, and the key was freed: another call with it may have done the write since. */
  get takenBack(): boolean {
    return this.#takenBack
  }

  /** Resolves when the first write begins to leave; never rejects. */
  get left(): Promise<true> {
    return this.#left.promise
  }

  /** Awaited before every attempt of every write request: the right to send is read again each time. */
  readonly beforeWrite = async (): Promise<void> => {
    cutPoint('before-mark-sending')
    const intent = await this.#begunBefore(this.#markSending())
    if (!intent) {
      if (this.#begun) throw takenOver()
      this.#takenBack = true
      throw takenBack()
    }
    cutPoint('after-mark-sending')
    if (this.#begun) return
    this.#begun = true
    const reason = new DOMException('The write took too long.', 'TimeoutError')
    this.#timer = setTimeout(() => this.#longest.abort(reason), LONGEST_WRITE_MS).unref()
    this.#left.resolve(true)
    cutPoint('before-first-byte')
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }

  /** A store that fails before the first write is no reason for doubt; later nothing more is sent, and the rest is looked for. */
  #begunBefore(change: Promise<Intent | null>): Promise<Intent | null> {
    return this.#begun ? change : beforeSending(change)
  }
}

const takenBack = () => notNow('The promise of this write was taken back; this call sent nothing.', 'no')
/** The lease ended while this process stood still; what goes on is somebody else's. */
const takenOver = () =>
  new GatewayError('provider_timeout', 'Another instance of the gateway has taken this write over.', {
    applied: 'unknown',
  })

/** The binding of a write without a key: it ends with its call. */
export class UnstoredSending implements WriteBinding {
  readonly signal: AbortSignal
  readonly #leaving: () => void
  begun = false

  /** `leaving` notes that a step may have left, so that it is looked for within the call. */
  constructor(signal: AbortSignal, leaving: () => void) {
    this.signal = signal
    this.#leaving = leaving
  }

  readonly beforeWrite = async (): Promise<void> => {
    this.begun = true
    this.#leaving()
  }
}

/** A store that fails before anything was sent is no reason for doubt, but for what an earlier call with the key may have done. */
export async function beforeSending<T>(change: Promise<T>, applied: 'no' | 'unknown' = 'no'): Promise<T> {
  try {
    return await change
  } catch (cause) {
    const detail = 'The promise of this write could not be stored, so this call sent nothing.'
    throw notNow(detail, applied, cause)
  }
}

/** The write goes on; the store, which cannot be reached, would say how it stands. */
export async function stillOpen<T>(change: Promise<T>): Promise<T> {
  try {
    return await change
  } catch (cause) {
    throw notNow('The store cannot say how this write stands. It goes on.', 'unknown', cause)
  }
}

export const notNow = (detail: string, applied: 'no' | 'unknown', cause?: unknown): GatewayError =>
  new GatewayError('overloaded', detail, { applied, retryAfterSeconds: STORE_RETRY_SECONDS, cause })

/** What failed before any write left cannot have been applied, whatever the failure means elsewhere. */
export const notSent = (error: unknown): unknown =>
  error instanceof GatewayError && error.applied === 'unknown' ? error.with({ applied: 'no' }) : error

interface Deadline {
  /** Resolves with true when the time is over; never rejects. */
  readonly passed: Promise<true>
  clear(): void
}

export function deadlineAfter(milliseconds: number, signal?: AbortSignal): Deadline {
  const { promise, resolve } = withResolvers()
  const pass = () => resolve(true)
  const timer = setTimeout(pass, milliseconds)
  if (signal?.aborted) pass()
  signal?.addEventListener('abort', pass, { once: true })
  const clear = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', pass)
  }
  return { passed: promise, clear }
}

/** Node 20 has no Promise.withResolvers. */
function withResolvers(): { promise: Promise<true>; resolve: (value: true) => void } {
  let resolve: (value: true) => void = () => {}
  const promise = new Promise<true>((keep) => {
    resolve = keep
  })
  return { promise, resolve }
}
