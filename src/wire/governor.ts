/** How many exchanges of one connection run at once: the ERP's concurrency is the scarce thing. */
import { GatewayError } from '../errors.ts'

interface Waiter {
  readonly start: () => void
}

export class Governor {
  readonly limit: number
  readonly #queueLimit: number
  readonly #waiting: Waiter[] = []
  #inFlight = 0
  /** When each slot that is in use was given, in milliseconds of the process. */
  readonly #given = new Set<{ readonly at: number }>()

  constructor(limit: number, queueLimit = 1000) {
    this.limit = limit
    this.#queueLimit = queueLimit
  }

  get inFlight(): number {
    return this.#inFlight
  }

  get queued(): number {
    return this.#waiting.length
  }

  /** How long no slot has been given back; 0 while one is free. Every exchange gives its slot back by its deadline. */
  get stuckForMs(): number {
    if (this.#inFlight < this.limit) return 0
    return performance.now() - Math.max(...[...this.#given].map(({ at }) => at))
  }

  /** Resolves with the function that gives the slot back. Rejects when the signal ends first or the queue is full. */
  async acquire(signal: AbortSignal): Promise<() => void> {
    if (this.#inFlight < this.limit) {
      this.#inFlight++
      return this.#releaseOnce()
    }
    if (this.#waiting.length >= this.#queueLimit) {
      throw new GatewayError('overloaded', 'Too many calls wait for this connection.', { retryAfterSeconds: 2 })
    }
    await this.#wait(signal)
    return this.#releaseOnce()
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        start: () => {
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      const leave = () => {
        const place = this.#waiting.indexOf(waiter)
        if (place >= 0) this.#waiting.splice(place, 1)
        reject(
          new GatewayError(
            'overloaded',
            'The deadline passed while the call waited for a free slot of the ERP; nothing was sent.',
            {
              retryAfterSeconds: 2,
            },
          ),
        )
      }
      if (signal.aborted) return leave()
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(waiter)
    })
  }

  #releaseOnce(): () => void {
    const slot = { at: performance.now() }
    this.#given.add(slot)
    return () => {
      if (!this.#given.delete(slot)) return
      const next = this.#waiting.shift()
      if (next) next.start()
      else this.#inFlight--
    }
  }
}
