/** The only way out to an ERP: slot, authorization, one attempt, classification, and the rule what may be repeated. */
import type { Logger } from 'pino'
import type { Pool } from 'undici'
import { FAILURES, type Failure, type FailureCode, GatewayError, isCodeOfWrites } from '../errors.ts'
import type { Authorization, Classify, Send, WireRequest, WireResponse } from './exchange.ts'
import type { Governor } from './governor.ts'
import { codeOf, isTimeout, wasNeverSent } from './never-sent.ts'

/** Answers larger than this are not read to the end (an ERP page of 1,000 full records is about 10 MB). */
const RESPONSE_LIMIT_BYTES = 64 * 1024 * 1024
const TRIES = 3
/** What another user or process holds is mostly free again after a few seconds. */
const TRIES_WHILE_BUSY = 6
const PAUSE_MS = 200

/** One ERP account as the wire sees it. */
export interface Line {
  readonly connection: string
  readonly provider: string
  /** The pool of an origin; of the connection's own without one. */
  readonly pool: (origin?: string) => Pool
  readonly governor: Governor
  readonly classify: Classify
  /** Told of every answer that no form on the provider's closed list took. */
  readonly onUnrecognised: (level: string) => void
}

/** The call on whose behalf something is sent. */
export interface SendingCall {
  readonly operation: string
  /** Ends the exchange; a write that left may have longer than its caller. */
  readonly signal: AbortSignal
  /** The caller's own deadline: a write that goes on after it gives its slot back. */
  readonly deadline: AbortSignal
  readonly log: Logger
  /** Awaited before the first write leaves: the promise is made durable here. */
  readonly beforeWrite: () => Promise<void>
  /** Told of every finished attempt, for `Server-Timing`. */
  readonly onExchange: (milliseconds: number) => void
}

/** What one attempt came to. */
type Outcome = { response: WireResponse } | { failure: Failure; cause?: unknown }

export function createSend(line: Line, call: SendingCall): Send {
  return async (request) => {
    let renewed = false
    for (let attempt = 1; ; attempt++) {
      const outcome = await attemptOnce(line, call, request, attempt, renewed)
      if ('response' in outcome) return outcome.response
      const { failure } = outcome
      const error = asError(line, call, request, asJudged(failure, renewed), outcome.cause)
      if (failure.login === 'ended' && request.authorize && !renewed) {
        renewed = true
        if (request.effect === 'read') continue
        // Whoever repeats the write looks first, and then finds a new login.
        await request.authorize(true).catch(() => {})
        throw error
      }
      const tries = failure.code === 'provider_busy' ? TRIES_WHILE_BUSY : TRIES
      if (attempt >= tries || !mayRepeat(request, failure, outcome.cause) || call.signal.aborted) throw error
      await pause(PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()), call.signal, error)
    }
  }
}

/** A login that is new and called ended at once is refused. */
const asJudged = (failure: Failure, renewed: boolean): Failure =>
  renewed && failure.login === 'ended' ? { ...failure, login: 'refused' } : failure

/**
 * Active Merchant's rule: what was never sent may be sent again; of what may have arrived only reads. Whatever an answer
 * says, a write is sent again by those alone who look first (the journal).
 */
const mayRepeat = (request: WireRequest, failure: Failure, cause: unknown): boolean =>
  FAILURES[failure.code].retryable && (request.effect === 'read' || (cause !== undefined && wasNeverSent(cause)))

async function attemptOnce(
  line: Line,
  call: SendingCall,
  request: WireRequest,
  attempt: number,
  renew: boolean,
): Promise<Outcome> {
  // Authorized before the slot is taken: getting a token is an exchange of its own.
  const authorization = request.authorize ? await request.authorize(renew) : {}
  const release = await line.governor.acquire(call.signal)
  // A write that goes on without its caller must not keep everybody else out.
  call.deadline.addEventListener('abort', release, { once: true })
  const started = performance.now()
  let outcome: Outcome
  try {
    if (request.effect === 'write') await call.beforeWrite()
    const response = await exchange(line, call, request, authorization)
    const failure = (request.classify ?? line.classify)(response, {
      path: authorization.path ?? request.path,
      body: authorization.body ?? request.body,
      effect: request.effect,
      login: request.login === true,
    })
    outcome = failure ? { failure } : { response }
  } catch (error) {
    if (error instanceof GatewayError) throw error
    outcome = { failure: networkFailure(error), cause: error }
  } finally {
    call.deadline.removeEventListener('abort', release)
    release()
  }
  const durationMs = performance.now() - started
  call.onExchange(durationMs)
  if ('failure' in outcome && outcome.failure.recognised === false)
    line.onUnrecognised(outcome.failure.level ?? 'answer')
  logExchange(line, call, request, attempt, durationMs, outcome)
  return outcome
}

async function exchange(
  line: Line,
  call: SendingCall,
  request: WireRequest,
  authorization: Authorization,
): Promise<WireResponse> {
  const body = authorization.body ?? request.body
  const answer = await line.pool(authorization.origin ?? request.origin).request({
    method: request.method,
    path: authorization.path ?? request.path,
    headers: { ...request.headers, ...authorization.headers },
    ...(body === undefined ? {} : { body }),
    signal: call.signal,
  })
  const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]))
  if (Number(headers['content-length'] ?? 0) > RESPONSE_LIMIT_BYTES) {
    answer.body.destroy()
    throw new GatewayError('provider_garbled', 'The ERP answered more than the gateway reads.')
  }
  return { status: answer.statusCode, headers, body: await answer.body.text() }
}

function networkFailure(error: unknown): Failure {
  const upstream = { status: null, code: codeOf(error), message: null, supportId: null }
  if (wasNeverSent(error))
    return {
      code: 'provider_unavailable',
      detail: 'No connection to the ERP could be made; nothing was sent.',
      applied: 'no',
      upstream,
    }
  if (isTimeout(error))
    return { code: 'provider_timeout', detail: 'The ERP did not answer before the deadline.', upstream }
  return {
    code: 'provider_failed',
    detail: 'The connection to the ERP broke before its answer was complete.',
    upstream,
  }
}

function asError(line: Line, call: SendingCall, request: WireRequest, failure: Failure, cause: unknown): GatewayError {
  const isRead = request.effect === 'read'
  return new GatewayError(isRead ? codeOfRead(failure.code) : failure.code, failure.detail, {
    // A read applies nothing, however it ends. Of a write an answer proves only what it says.
    applied: isRead ? 'no' : (failure.applied ?? 'unknown'),
    ended: failure.ended === true,
    ...(failure.login && { login: failure.login }),
    upstream: { provider: line.provider, ...failure.upstream },
    ...(!(isRead && isCodeOfWrites(failure.code)) && { vendorPaths: failure.vendorPaths }),
    retryAfterSeconds: failure.retryAfterSeconds,
    connection: line.connection,
    operation: call.operation,
    cause,
  })
}

const codeOfRead = (code: FailureCode): FailureCode => (isCodeOfWrites(code) ? 'rejected' : code)

function logExchange(
  line: Line,
  call: SendingCall,
  request: WireRequest,
  attempt: number,
  durationMs: number,
  outcome: Outcome,
): void {
  const failed = 'failure' in outcome
  call.log.info(
    {
      connection: line.connection,
      operation: call.operation,
      exchange: request.title,
      attempt,
      durationMs: Math.round(durationMs * 10) / 10,
      status: failed ? outcome.failure.upstream.status : outcome.response.status,
      ...(failed && {
        failure: outcome.failure.code,
        upstreamCode: outcome.failure.upstream.code,
        supportId: outcome.failure.upstream.supportId,
        ...(outcome.failure.recognised === false && { recognised: false }),
      }),
    },
    'exchange',
  )
}

function pause(milliseconds: number, signal: AbortSignal, error: GatewayError): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}
