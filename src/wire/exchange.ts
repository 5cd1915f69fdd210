/** One HTTP request to a vendor and its answer, and the only way a provider may send. */
import type { Failure } from './failure.ts'

/** What one attempt carries; made anew for every attempt, because nonces and sessions are used once. */
export interface Authorization {
  readonly headers?: Readonly<Record<string, string>>
  /** The whole body, where the credentials are inside it (Intacct). */
  readonly body?: string
  /** Where to send instead, when the login names a place that the provider may trust. */
  readonly origin?: string
  readonly path?: string
  /** What of it is secret: the ERP may repeat it, and nobody is told. */
  readonly secrets?: readonly string[]
}

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'OPTIONS'
  /** Path and query, from the root of the ERP's origin. */
  readonly path: string
  /** Another origin than the connection's, where the ERP itself names one that the provider may trust. */
  readonly origin?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Whether repeating it could do it twice. Intacct reads are POSTs, so the method cannot tell. */
  readonly effect: 'read' | 'write'
  /** What logs call it; no ids of people, no values. */
  readonly title: string
  /**
   * Called before every attempt, and with `renew` after an answer said that the login ran out: drop the token or
   * session and get another.
   */
  readonly authorize?: (renew: boolean) => Promise<Authorization>
  /** No journal stands behind this write and looks for it: after a login that had ended, by its closed form, it is sent once more here. */
  readonly withoutJournal?: true
  /** It gets the token or the session: that it worked does not say that what it got is taken. */
  readonly login?: boolean
  /** The body as it may be shown: the same without credentials, where those are inside it. */
  readonly bodyShown?: () => string
  /** Its JSON is passed on with all digits of its numbers (`exactJsonOf`). */
  readonly exactNumbers?: true
  /** Instead of the provider's own, where an answer that says no is an answer all the same (passthrough). */
  readonly classify?: Classify
}

/** What was sent, as far as an answer can only be understood beside it: the ERP's words may repeat the caller's. */
export interface SentRequest {
  readonly path: string
  readonly body?: string
  readonly effect: 'read' | 'write'
  /** It asked for a token or a session. */
  readonly login: boolean
}

/** What went wrong in an answer, or null. */
export type Classify = (response: WireResponse, request: SentRequest) => Failure | null

export interface WireResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Answers only with successes. It waits for a free slot, authorizes, sends, times, logs, classifies, and repeats reads
 * and what never left; everything else is thrown as a `GatewayError`. Providers never catch or retry.
 */
export type Send = (request: WireRequest) => Promise<WireResponse>
