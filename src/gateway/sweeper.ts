/** Old promises are forgotten in small steps, in the background. */
import type { Logger } from 'pino'
import { describeError } from '../logging.ts'
import type { IntentStore } from '../store/store.ts'

const EVERY_MS = 3_600_000
const BATCH = 500
const DAY_MS = 86_400_000

export class Sweeper {
  readonly #store: IntentStore
  readonly #retentionMs: number
  readonly #now: () => Date
  #sweptAt = Number.NEGATIVE_INFINITY

  constructor(store: IntentStore, retentionDays: number, now: () => Date) {
    this.#store = store
    this.#retentionMs = retentionDays * DAY_MS
    this.#now = now
  }

  /** Once an hour; the caller does not wait for it. */
  nowAndThen(log: Logger): void {
    const now = this.#now().getTime()
    if (now - this.#sweptAt < EVERY_MS) return
    this.#sweptAt = now
    this.#sweep(now - this.#retentionMs).catch((error: unknown) =>
      log.error({ error: describeError(error) }, 'sweep failed'),
    )
  }

  async #sweep(olderThan: number): Promise<void> {
    while ((await this.#store.sweep(olderThan, BATCH)) === BATCH) await new Promise(setImmediate)
  }
}
