/** Says so, again and again, when a write's outcome stays unknown for long: then people have to look. */
import type { Logger } from 'pino'
import { describeError } from '../logging.ts'
import type { IntentCounts, IntentStore } from '../store/store.ts'

const EVERY_MS = 60_000

export interface OverdueOptions {
  readonly store: IntentStore
  readonly warnAfterSeconds: number
  readonly log: Logger
  readonly now: () => Date
}

export class OverdueWatch {
  readonly #options: OverdueOptions
  #timer: NodeJS.Timeout | null = null

  constructor(options: OverdueOptions) {
    this.#options = options
  }

  /** How many writes are open; `overdue` are those that have been unknown for longer than the setting allows. */
  count(): Promise<IntentCounts> {
    const { store, warnAfterSeconds, now } = this.#options
    return store.count(now().getTime() - warnAfterSeconds * 1000)
  }

  /** One look; a warning when there is one to give. */
  async look(): Promise<void> {
    const { log, warnAfterSeconds } = this.#options
    try {
      const { unknown, overdue } = await this.count()
      if (overdue > 0)
        log.warn({ unknown, overdue, warnAfterSeconds }, 'writes stay unknown: GET /v1/operations?status=unknown')
    } catch (error) {
      log.warn({ error: describeError(error) }, 'open writes could not be counted')
    }
  }

  start(): void {
    const every = Math.min(EVERY_MS, this.#options.warnAfterSeconds * 1000)
    this.#timer = setInterval(() => void this.look(), every).unref()
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
  }
}
