/** Whether the gateway's role may use SuiteQL in the account; a refusal is remembered until it is asked again on purpose. */
import { GatewayError } from '../../errors.ts'
import type { Account } from '../provider.ts'
import { baseUrlOf, type Settings } from './settings.ts'

const FACT = 'suiteql'
/** A refusal is believed for a day: roles change. */
const KEPT_MS = 24 * 3_600_000

/** The role may not use queries at all; a table or column that it may not see is answered with INVALID_PARAMETER instead. */
export const isQueryRefused = (error: unknown): error is GatewayError =>
  error instanceof GatewayError &&
  error.code === 'provider_permission' &&
  error.options.upstream?.code !== 'INVALID_PARAMETER'

/** A query that this account or this role cannot be asked. */
export const isUnanswerable = (error: unknown): boolean => isBadQuery(error) || isQueryRefused(error)

/** A query that names a table or column which the account has not, or which the role may not see. */
export const isBadQuery = (error: unknown): error is GatewayError =>
  error instanceof GatewayError && error.options.upstream?.code === 'INVALID_PARAMETER'

export class QueryAccess {
  readonly #account: Account
  readonly #identity: string
  /** Milliseconds until which the refusal is believed; 0 when there is none. */
  #refusedUntil = 0
  /** A query was refused since one worked. */
  #refusedOnce = false
  #recalled = false

  constructor(settings: Settings, account: Account) {
    this.#account = account
    this.#identity = `${settings.accountId} ${baseUrlOf(settings)}`
  }

  get refused(): boolean {
    return this.#account.now().getTime() < this.#refusedUntil
  }

  async recall(): Promise<void> {
    if (this.#recalled) return
    this.#recalled = true
    const fact = await this.#account.facts?.read(FACT)
    if (fact?.text === this.#identity) this.#refusedUntil = fact.readAt.getTime() + KEPT_MS
  }

  /** One refusal may be about the records of one query: the second without a success in between is about the role. */
  async refuse(): Promise<void> {
    if (this.refused) return
    if (!this.#refusedOnce) {
      this.#refusedOnce = true
      return
    }
    this.#refusedUntil = this.#account.now().getTime() + KEPT_MS
    await this.#account.facts?.write(FACT, this.#identity)
  }

  worked(): void {
    this.#refusedOnce = false
  }

  /** The next query finds out anew. */
  async forget(): Promise<void> {
    this.#refusedUntil = 0
    this.#recalled = true
    await this.#account.facts?.write(FACT, '')
  }

  /** What is thrown instead of sending a query that is known to be refused. */
  refusal(): GatewayError {
    const detail = "The gateway's role may not use SuiteQL in this account (permission SuiteAnalytics Workbook)."
    const upstream = { provider: 'netsuite', status: null, code: null, message: null, supportId: null }
    return new GatewayError('provider_permission', detail, { applied: 'no', upstream })
  }
}
