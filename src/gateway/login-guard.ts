/**
 * What a refused login means, and how long it keeps everybody out. Five bad logins lock a NetSuite user for half an hour
 * (Oracle help subsect_156935170194), and under load NetSuite answers 401 to good logins (field report in its client's
 * issue tracker), so a refusal beside successes is load, and one without is believed for a minute.
 */
import { GatewayError } from '../errors.ts'

const MINUTE_MS = 60_000

export class LoginGuard {
  readonly #now: () => Date
  #succeededAt = Number.NEGATIVE_INFINITY
  #restsUntil = Number.NEGATIVE_INFINITY

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Throws while the connection rests after a refused login. */
  check(): void {
    const left = this.#restsUntil - this.#now().getTime()
    if (left <= 0) return
    const seconds = Math.ceil(left / 1000)
    const detail = `The ERP refused the login of this connection; it is asked again in ${seconds} s, because more failures would lock the user.`
    throw new GatewayError('provider_refused', detail, { retryAfterSeconds: seconds })
  }

  succeeded(): void {
    this.#succeededAt = this.#now().getTime()
  }

  /** The error as it should be told: load where logins worked a moment ago. */
  judge(error: unknown): unknown {
    if (!(error instanceof GatewayError) || error.options.login !== 'refused') return error
    const now = this.#now().getTime()
    if (now - this.#succeededAt < MINUTE_MS) {
      const detail = 'The ERP refused a login that worked a moment ago, as it does when too many requests come at once.'
      return new GatewayError('rate_limited', detail, { ...error.options, applied: 'no', retryAfterSeconds: 5 })
    }
    this.#restsUntil = now + MINUTE_MS
    return error
  }
}
