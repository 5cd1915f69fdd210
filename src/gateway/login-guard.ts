/**
 * What a refused login means, and how long it keeps everybody out. Five bad logins lock a NetSuite user for half an hour
 * (Oracle help subsect_156935170194), and under load NetSuite answers 401 to good logins (field report in its client's
 * issue tracker), so a refusal beside successes is load, and one without is believed for a minute. It may have been a
 * moment's weakness all the same: one read goes through early, and then nobody before the end of the rest. From then on one
 * request goes at a time until one was answered.
 */
import { GatewayError } from '../errors.ts'
import type { WireRequest } from '../wire/exchange.ts'

const MINUTE_MS = 60_000
const EARLY_TRY_MS = 10_000
const WHILE_TRYING_SECONDS = 2

export interface Rest {
  /** Milliseconds since 1970. */
  readonly since: number
  readonly until: number
  /** What the ERP's refusal came to. */
  readonly reason: string
}

export class LoginGuard {
  readonly #now: () => Date
  #succeededAt = Number.NEGATIVE_INFINITY
  /** Since the login was refused, until something is answered. */
  #refused: (Rest & { tryAt: number }) | null = null
  /** One request finds out whether the login works again. */
  #trying = false

  constructor(now: () => Date) {
    this.#now = now
  }

  /** The rest that the connection has now. */
  get rest(): Rest | null {
    return this.#refused && this.#now().getTime() < this.#refused.until ? this.#refused : null
  }

  /** Lets the request through, or throws while the connection rests. What is returned is called when the request has ended. */
  admit({ effect, login = false }: Pick<WireRequest, 'effect' | 'login'>): () => void {
    if (!this.#refused) return nothing
    // The login belongs to the request that tries.
    if (login && this.#trying) return nothing
    const now = this.#now().getTime()
    const { until, tryAt } = this.#refused
    const mayTry = now >= until || (now >= tryAt && effect === 'read')
    if (this.#trying || !mayTry) throw resting(Math.max(Math.ceil((until - now) / 1000), WHILE_TRYING_SECONDS))
    this.#trying = true
    this.#refused.tryAt = now + EARLY_TRY_MS
    return () => {
      this.#trying = false
    }
  }

  /** Something was answered that asks for a login. */
  succeeded(): void {
    this.#succeededAt = this.#now().getTime()
    this.#refused = null
  }

  /** The error as it should be told: load where logins worked a moment ago. */
  judge(error: unknown): unknown {
    if (!(error instanceof GatewayError) || error.options.login !== 'refused') {
      if (isAnswered(error)) this.succeeded()
      return error
    }
    const now = this.#now().getTime()
    if (now - this.#succeededAt < MINUTE_MS) {
      const detail = 'The ERP refused a login that worked a moment ago, as it does when too many requests come at once.'
      return new GatewayError('rate_limited', detail, { ...error.options, applied: 'no', retryAfterSeconds: 5 })
    }
    const until = now + MINUTE_MS
    // Only the first refusal may have been a moment's weakness.
    const tryAt = this.#refused ? until : now + EARLY_TRY_MS
    this.#refused = { since: this.#refused?.since ?? now, until, reason: error.message, tryAt }
    return error
  }
}

/** The ERP's own application has read what was asked, and said no to that: the login was good. */
const isAnswered = (error: unknown): boolean =>
  error instanceof GatewayError &&
  error.options.ended === true &&
  error.options.login === undefined &&
  ![401, 403].includes(error.options.upstream?.status ?? 401)

const nothing = () => {}

const resting = (seconds: number) => {
  const detail = `The ERP refused the login of this connection; it is asked again in ${seconds} s, because more failures would lock the user.`
  return new GatewayError('provider_refused', detail, { retryAfterSeconds: seconds })
}
