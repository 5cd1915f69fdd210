/** How long, and with which pauses, a write is tried again that the ERP cannot do now; nothing of it was done before. */
import type { FailureCode, GatewayError } from '../errors.ts'

const PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5000
/** Of a limited rate more than a few tries only make more of it; who holds a record has mostly let go of it within seconds. */
const TRIES: Readonly<Partial<Record<FailureCode, number>>> = {
  rate_limited: 3,
  provider_busy: Number.POSITIVE_INFINITY,
}

export class Patience {
  readonly #until: number
  readonly #signal: AbortSignal | null

  /** For a call that has so long from now on. */
  constructor(milliseconds: number, signal: AbortSignal | null = null) {
    this.#until = performance.now() + milliseconds
    this.#signal = signal
  }

  /** Whoever only rehearses, or looks, tries nothing again. */
  static readonly none = new Patience(0)

  /** Waits until it may be tried again; false when it may not. `attempt` counts from 1. */
  async again(error: GatewayError, attempt: number): Promise<boolean> {
    // The login is new by now, so there is nothing to wait for.
    if (error.options.login === 'ended') return attempt === 1
    if (attempt >= (TRIES[error.code] ?? 1)) return false
    const pause = Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2)
    // What is left has to suffice for the answer.
    if (this.#signal?.aborted || performance.now() + 2 * pause > this.#until) return false
    await new Promise((resolve) => setTimeout(resolve, pause))
    return this.#signal?.aborted !== true
  }
}
