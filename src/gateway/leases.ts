/** This process's leases: as long as it works on an intent nobody else does, and when it stops somebody else may. */
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { describeError } from '../logging.ts'
import type { IntentStore, LeaseRequest } from '../store/store.ts'

/** A lease is lengthened three times before it could end. */
const RENEWALS_A_LEASE = 3

export class Leases {
  readonly #store: IntentStore
  readonly #owner = randomUUID()
  readonly #leaseMs: number
  readonly #now: () => Date
  readonly #log: Logger
  /** Intents that are worked on; one may be there twice, once it was taken over from ourselves. */
  readonly #kept = new Set<{ readonly id: string }>()
  #timer: NodeJS.Timeout | null = null

  constructor(store: IntentStore, { leaseSeconds, now, log }: { leaseSeconds: number; now: () => Date; log: Logger }) {
    this.#store = store
    this.#leaseMs = leaseSeconds * 1000
    this.#now = now
    this.#log = log
  }

  /** A lease from now on. */
  wanted(): LeaseRequest {
    return { owner: this.#owner, until: this.#now().getTime() + this.#leaseMs }
  }

  /**
   * The lease is lengthened until what is returned is called; a process that stands still lengthens nothing. Of those
   * kept only: where the end could not be stored nobody works any more, however busy the process is with others.
   */
  keep(id: string): () => void {
    const kept = { id }
    this.#kept.add(kept)
    this.#timer ??= setInterval(() => void this.#renew(), this.#leaseMs / RENEWALS_A_LEASE).unref()
    return () => {
      this.#kept.delete(kept)
      if (this.#kept.size > 0 || !this.#timer) return
      clearInterval(this.#timer)
      this.#timer = null
    }
  }

  async #renew(): Promise<void> {
    try {
      await this.#store.renewLeases(
        this.wanted(),
        [...this.#kept].map(({ id }) => id),
      )
    } catch (error) {
      this.#log.warn({ error: describeError(error) }, 'leases could not be lengthened')
    }
  }
}
