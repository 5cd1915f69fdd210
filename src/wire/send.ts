/** The only way out to an ERP: slot, authorization, one attempt, classification, and the rule what may be repeated. */
import type { Logger } from 'pino'
import { FAILURES, type FailureCode, GatewayError } from '../errors.ts'
import { describeError } from '../logging.ts'
import { textOfAnswer } from './decode.ts'
import type { Authorization, Classify, Send, WireRequest, WireResponse } from './exchange.ts'
import { type Failure, isCodeOfWrites } from './failure.ts'
import type { Governor } from './governor.ts'
import { parseAhead } from './parsed.ts'
import type { Secrets } from './secrets.ts'
import { type Sockets, UnreadableAnswer, WireFault } from './sockets.ts'
import { failureOf } from './unanswered.ts'

const TRIES = 3
/** What another user or process holds is mostly free again after a few seconds. */
const TRIES_WHILE_BUSY = 6
const PAUSE_MS = 200
/** Of what begins when its caller has already gone, such as the second step of a write. */
const LONGEST_SLOT_MS = 60_000

/** One ERP account as the wire sees it. */
export interface Line {
  readonly connection: string
  readonly provider: string
  /** Where requests go that name no other place. */
  readonly origin: string
  readonly sockets: Sockets
  /** What no text of the ERP may give away. */
  readonly secrets: Secrets
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
type Outcome =
  | { response: WireResponse }
  /** `over`: the caller's time ended before anything left, and then nothing leaves any more. */
  | { failure: Failure; cause?: unknown; over?: boolean }

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
        if (request.effect === 'read' || (request.withoutJournal && failure.applied === 'no')) continue
        // Whoever repeats the write looks first, and then finds a new login.
        await request.authorize(true).catch(() => {})
        throw error
      }
      const tries = failure.code === 'provider_busy' ? TRIES_WHILE_BUSY : TRIES
      if (attempt >= tries || outcome.over || !mayRepeat(request, failure, outcome.cause) || call.signal.aborted)
        throw error
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
  FAILURES[failure.code].retryable && (request.effect === 'read' || (cause instanceof WireFault && !cause.left))

async function attemptOnce(
  line: Line,
  call: SendingCall,
  request: WireRequest,
  attempt: number,
  renew: boolean,
): Promise<Outcome> {
  // Authorized before the slot is taken: getting a token is an exchange of its own.
  const authorization = request.authorize ? await request.authorize(renew) : {}
  line.secrets.learn(authorization.secrets)
  const release = await slot(line.governor, call)
  const started = performance.now()
  let outcome: Outcome
  try {
    outcome = await exchange(line, call, request, authorization)
  } finally {
    release()
  }
  const durationMs = performance.now() - started
  call.onExchange(durationMs)
  if ('failure' in outcome && outcome.failure.recognised === false)
    line.onUnrecognised(outcome.failure.level ?? 'answer')
  logExchange(line, call, request, attempt, durationMs, outcome)
  return outcome
}

/** A write that goes on without its caller must not keep everybody else out: its slot goes back before its end. */
async function slot(governor: Governor, call: SendingCall): Promise<() => void> {
  const release = await governor.acquire(call.signal)
  const over = call.deadline.aborted ? AbortSignal.timeout(LONGEST_SLOT_MS) : call.deadline
  over.addEventListener('abort', release, { once: true })
  return () => {
    over.removeEventListener('abort', release)
    release()
  }
}

async function exchange(
  line: Line,
  call: SendingCall,
  request: WireRequest,
  authorization: Authorization,
): Promise<Outcome> {
  try {
    if (request.effect === 'write') await call.beforeWrite()
    const response = await answerTo(line, call, request, authorization)
    await parseAhead(response, request.exactNumbers)
    const failure = classified(line, call, request, authorization, response)
    return failure ? { failure: line.secrets.failure(failure) } : { response }
  } catch (error) {
    if (error instanceof GatewayError) throw error
    const fault = error instanceof WireFault ? error : new WireFault(true, error)
    return { failure: failureOf(fault), cause: fault, over: !fault.left && fault.cause === call.deadline.reason }
  }
}

/** A classification that throws is a defect, and the answer has come all the same. */
function classified(
  line: Line,
  call: SendingCall,
  request: WireRequest,
  authorization: Authorization,
  response: WireResponse,
): Failure | null {
  try {
    return (request.classify ?? line.classify)(response, {
      path: authorization.path ?? request.path,
      body: authorization.body ?? request.body,
      effect: request.effect,
      login: request.login === true,
    })
  } catch (cause) {
    call.log.error({ connection: line.connection, error: describeError(cause) }, 'an answer could not be classified')
    throw new UnreadableAnswer('It has a form that is not expected.', { cause })
  }
}

async function answerTo(
  line: Line,
  call: SendingCall,
  request: WireRequest,
  authorization: Authorization,
): Promise<WireResponse> {
  const body = authorization.body ?? request.body
  const outgoing = {
    method: request.method,
    path: authorization.path ?? request.path,
    headers: { ...request.headers, ...authorization.headers },
    ...(body !== undefined && { body }),
  }
  const origin = authorization.origin ?? request.origin ?? line.origin
  const raw = await line.sockets.exchange(origin, outgoing, call)
  return { status: raw.status, headers: raw.headers, body: textOfAnswer(raw) }
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
