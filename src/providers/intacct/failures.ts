/** What went wrong in an answer. Intacct says 200 to nearly all failures: the body decides, on three levels. */
import { type Applied, FAILURES, type FailureCode } from '../../errors.ts'
import type { SentRequest, WireResponse } from '../../wire/exchange.ts'
import type { Failure } from '../../wire/failure.ts'
import { elementsOf, MalformedXml } from '../../wire/xml.ts'
import { type Answer, type AnswerError, type FunctionResult, readAnswer } from './answer.ts'
import { type Recognised, recognise } from './failure-recognition.ts'
import type { Level } from './failure-texts.ts'
import { guess } from './failure-words.ts'
import { sentBy, withoutSent } from './sent-values.ts'

const ROLLED_BACK = 'XL03000009'
/** intacct-sdk-js issue 66 and unit tests; a request that is a transaction is done as a whole or not at all (docs). */
const ROLLED_BACK_TEXT = 'The entire transaction in this operation has been rolled back due to an error.'
const ROLLBACK = /\brolled back\b/i
/** Whoever has such a text in the answer may still be working on an earlier try. */
const STILL_RUNNING = /concurrent request|in process|in progress|being processed/i
const LONGEST_TEXT = 4096
/** A page with status 200 (hotgluexyz/tap-intacct). */
const OFF_LINE = /temporarily off-?line|undergoing maintenance/i

export function classify(response: WireResponse, request?: SentRequest): Failure | null {
  try {
    return classifyAnswer({ response, request }, readAnswer(response))
  } catch (error) {
    if (error instanceof MalformedXml) return withoutAnswer({ response, request }, error.message)
    throw error
  }
}

interface Exchange {
  readonly response: WireResponse
  readonly request: SentRequest | undefined
}

/** HTML of a server in front, half a document, or nothing: nobody knows how far a write came. */
function withoutAnswer({ response, request }: Exchange, why: string): Failure {
  const { status } = response
  const upstream = { status, code: null, message: why, supportId: response.headers['cf-ray'] ?? null }
  const about = { applied: appliedOf(request, 'unknown'), upstream }
  if (status === 429)
    return {
      code: 'rate_limited',
      detail: 'Sage Intacct limits requests.',
      recognised: true,
      ...about,
      ...retryAfter(response),
    }
  // A login is refused by Intacct itself, in XML; such a page is of a server in front (hotgluexyz/tap-intacct, issues 17 and 37).
  if (status >= 500 || [401, 403, 404].includes(status) || OFF_LINE.test(response.body.slice(0, LONGEST_TEXT))) {
    const code = status >= 500 && status !== 503 ? 'provider_failed' : 'provider_unavailable'
    return { code, detail: `A server in front of Sage Intacct answered ${status}.`, recognised: true, ...about }
  }
  const detail = `Sage Intacct's answer (${status}) cannot be read: ${why}.`
  return { code: 'provider_garbled', detail, recognised: false, level: 'answer', ...about }
}

const appliedOf = (request: SentRequest | undefined, applied: Applied): Applied =>
  request?.effect === 'read' ? 'no' : applied

function classifyAnswer(exchange: Exchange, answer: Answer): Failure | null {
  const { controlStatus, authenticationStatus, errors, results } = answer
  if (controlStatus === 'failure') return refusal(exchange, answer, 'control', errors)
  if (authenticationStatus === 'failure') return refusal(exchange, answer, 'authentication', errors)
  const failed = results.filter(({ status }) => status === 'failure' || status === 'aborted')
  if (failed.length > 0) return functionFailure(exchange, answer, failed)
  const odd = contradiction(answer)
  if (odd !== null) return withoutAnswer(exchange, odd)
  if (exchange.response.status >= 400) return withoutAnswer(exchange, 'no error inside')
  // An asynchronous acknowledgement would end here: the gateway never asks for one.
  return results.length === 0 ? withoutAnswer(exchange, 'no result inside') : null
}

/** A control or an authentication without a status counts as good: the results say what happened. */
function contradiction({ controlStatus, authenticationStatus, errors, results }: Answer): string | null {
  if (![controlStatus, authenticationStatus ?? ''].every((status) => status === '' || status === 'success'))
    return 'a status that is not known'
  if (results.some(({ status }) => status !== 'success')) return 'a result whose status is not known'
  return errors.length > 0 || results.some((result) => result.errors.length > 0) ? 'errors beside a success' : null
}

/**
 * In a transaction every result is `aborted`; only the offender carries an error of its own beside the rollback. The
 * first error is the cause, the last often just the effect ("Could not create … record!").
 */
function functionFailure(exchange: Exchange, answer: Answer, failed: readonly FunctionResult[]): Failure {
  const errors = failed.flatMap((result) => result.errors)
  const causes = errors.filter((error) => error.number !== ROLLED_BACK || !ROLLBACK.test(error.text))
  const failure = refusal(exchange, answer, 'function', causes.length > 0 ? causes : errors)
  // One function that makes several objects can fail after the first of them.
  if (failed.some((result) => result.status === 'failure' && madeSomething(result)))
    return { ...failure, applied: 'yes' }
  // The fence rolls back the repetition: what was recorded before stands.
  return failure.applied !== 'yes' && isRolledBack(exchange, answer) ? { ...failure, applied: 'no' } : failure
}

/** Whatever the cause was: every result says in Intacct's own words that nothing of the transaction is left. */
const isRolledBack = (exchange: Exchange, answer: Answer): boolean =>
  isWhole(exchange, answer, 'function') &&
  answer.results.every(
    ({ status, errors }) =>
      status === 'aborted' &&
      errors.some(({ number, texts }) => number === ROLLED_BACK && texts.includes(ROLLED_BACK_TEXT)),
  )

const madeSomething = (result: FunctionResult): boolean =>
  result.function === 'create' && elementsOf(result.data).length > 0

function refusal(exchange: Exchange, answer: Answer, level: Level, errors: readonly AnswerError[]): Failure {
  const { response, request } = exchange
  const cause = errors[0] ?? NO_ERROR
  const sent = sentBy(request)
  const text = cause.text.slice(0, LONGEST_TEXT)
  const known = recognise(cause, level, { status: response.status, sent })
  const told = known ?? { ...unknown(response.status, level, withoutSent(text, sent), cause.words) }
  const said = [cause.text, cause.correction].filter((one) => one !== '').join(' ')
  return {
    code: told.code,
    detail: detailOf(told.code, said),
    recognised: known !== null,
    level,
    applied: appliedOf(request, isWhole(exchange, answer, level) ? (told.applied ?? 'unknown') : 'unknown'),
    ...(hasEnded(response, level, errors) && { ended: true }),
    ...(told.login !== undefined && response.status < 500 && { login: told.login }),
    ...(told.paths.length > 0 && { vendorPaths: told.paths }),
    ...(told.code === 'rate_limited' && retryAfter(response)),
    upstream: {
      status: response.status,
      code: cause.number || null,
      message: errors.map((error) => error.text).join(' | ') || said,
      supportId: errors.find((error) => error.supportId !== null)?.supportId ?? null,
      ...(cause.errorId !== null && { errorId: cause.errorId }),
    },
  }
}

/** An answer that no row takes: above the functions the ERP failed, in one of them its words say what about. */
function unknown(status: number, level: Level, text: string, words: string): Recognised {
  if (status === 429) return { code: 'rate_limited', paths: [] }
  if (level === 'function') {
    const read = guess(text)
    return read.code === 'rejected' && words !== '' ? guess(words) : read
  }
  if (status === 503) return { code: 'provider_unavailable', paths: [] }
  return { code: level === 'authentication' ? 'provider_refused' : 'provider_failed', paths: [] }
}

/** Whether the answer is one of Intacct's own forms from end to end: only such a one can say "no". */
function isWhole({ response }: Exchange, answer: Answer, level: Level): boolean {
  if (response.status >= 500) return false
  if (level === 'control') return answer.results.length === 0
  if (answer.controlStatus !== 'success') return false
  if (level === 'authentication') return answer.results.length === 0
  return answer.authenticationStatus === 'success' && answer.results.every(({ status }) => status !== 'success')
}

const hasEnded = (response: WireResponse, level: Level, errors: readonly AnswerError[]): boolean =>
  response.status < 500 && level !== 'control' && !errors.some(({ text }) => STILL_RUNNING.test(text))

const NO_ERROR: AnswerError = {
  number: '',
  text: 'no error text',
  texts: [],
  correction: '',
  supportId: null,
  errorId: null,
  words: '',
}

/** The table's title for what is the gateway's affair; the ERP's own words for what the caller can mend. */
const detailOf = (code: FailureCode, said: string): string =>
  FAILURES[code].status < 500 || IN_ITS_WORDS.has(code) ? said : `${FAILURES[code].title}: ${said}`
const IN_ITS_WORDS: ReadonlySet<FailureCode> = new Set(['provider_permission', 'not_supported'])

/** No Retry-After is documented; it is used where one comes. */
function retryAfter(response: WireResponse): { retryAfterSeconds: number } {
  const seconds = Number(response.headers['retry-after'])
  return { retryAfterSeconds: Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 2 }
}
