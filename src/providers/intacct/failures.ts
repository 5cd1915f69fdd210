/** What went wrong in an answer. Intacct says 200 to nearly all failures: the body decides, on three levels. */
import { FAILURES, type Failure, type FailureCode } from '../../errors.ts'
import type { WireResponse } from '../../wire/exchange.ts'
import { elementsOf, MalformedXml } from '../../wire/xml.ts'
import { type Answer, type AnswerError, type FunctionResult, readAnswer } from './answer.ts'
import { AUTHENTICATION_ERRORS, CONTROL_ERRORS, type ErrorRow, FIELD_WORDS, FUNCTION_ERRORS } from './failure-texts.ts'

const ROLLED_BACK = 'XL03000009'

export function classify(response: WireResponse): Failure | null {
  try {
    return classifyAnswer(response, readAnswer(response))
  } catch (error) {
    if (error instanceof MalformedXml) return withoutAnswer(response, error.message)
    throw error
  }
}

/** HTML of a proxy, half a document, or nothing. */
function withoutAnswer(response: WireResponse, why: string): Failure {
  const { status } = response
  const upstream = { status, code: null, message: why, supportId: response.headers['cf-ray'] ?? null }
  if (status === 429)
    return { code: 'rate_limited', detail: 'Sage Intacct limits requests.', upstream, ...retryAfter(response) }
  if (status >= 500)
    return { code: 'provider_failed', detail: `Sage Intacct answered ${status} without an XML document.`, upstream }
  if (status === 401 || status === 403)
    return { code: 'provider_refused', detail: `Sage Intacct answered ${status}.`, upstream }
  return { code: 'provider_garbled', detail: `Sage Intacct's answer (${status}) cannot be read: ${why}.`, upstream }
}

function classifyAnswer(response: WireResponse, answer: Answer): Failure | null {
  if (isFailure(answer.controlStatus)) return failureOf(response, answer.errors, CONTROL_ERRORS)
  if (isFailure(answer.authenticationStatus)) return failureOf(response, answer.errors, AUTHENTICATION_ERRORS)
  const failed = answer.results.filter((result) => result.status !== 'success')
  if (failed.length > 0) return functionFailure(response, failed)
  if (answer.errors.length > 0) return failureOf(response, answer.errors, FUNCTION_ERRORS)
  if (response.status >= 400) return withoutAnswer(response, 'no error inside')
  // An asynchronous acknowledgement would end here: the gateway never asks for one.
  if (answer.results.length === 0) return withoutAnswer(response, 'no result inside')
  return null
}

/** A control without a status counts as good: the results say what happened. */
const isFailure = (status: string | null): boolean => status === 'failure' || status === 'aborted'

/**
 * In a transaction every result is `aborted`; only the offender carries an error of its own beside the rollback. The
 * first error is the cause, the last often just the effect ("Could not create … record!").
 */
function functionFailure(response: WireResponse, failed: readonly FunctionResult[]): Failure {
  const errors = failed.flatMap((result) => result.errors)
  const causes = errors.filter((error) => error.number !== ROLLED_BACK || !/rolled back/i.test(error.text))
  const failure = failureOf(response, causes.length > 0 ? causes : errors, FUNCTION_ERRORS)
  // One function that makes several objects can fail after the first of them.
  return failed.some((result) => result.status === 'failure' && madeSomething(result))
    ? { ...failure, applied: 'yes' }
    : failure
}

const madeSomething = (result: FunctionResult): boolean =>
  result.function === 'create' && elementsOf(result.data).length > 0

function failureOf(response: WireResponse, errors: readonly AnswerError[], rows: readonly ErrorRow[]): Failure {
  const cause = errors[0] ?? NO_ERROR
  const said = [cause.text, cause.correction].filter((text) => text !== '').join(' ')
  const row = rows.find((one) => fits(one, cause)) as ErrorRow
  const paths = row.paths ?? (row.named ? pathsIn(cause.text) : [])
  return {
    code: row.code,
    detail: detailOf(row.code, said),
    ...(row.applied && { applied: row.applied }),
    ...(response.status < 500 && row.applied !== 'unknown' && { ended: true as const }),
    ...(paths.length > 0 && { vendorPaths: paths }),
    ...(row.code === 'provider_refused' && { login: row.renew ? ('ended' as const) : ('refused' as const) }),
    ...(row.code === 'rate_limited' && retryAfter(response)),
    upstream: {
      status: response.status,
      code: cause.number || null,
      message: errors.map((error) => error.text).join(' | ') || said,
      supportId: errors.find((error) => error.supportId !== null)?.supportId ?? null,
      ...(cause.errorId !== null && { errorId: cause.errorId }),
    },
  }
}

const NO_ERROR: AnswerError = {
  number: '',
  text: 'no error text',
  correction: '',
  supportId: null,
  errorId: null,
  words: '',
}

/** The words of a message id stay the same in every language of the company. */
const fits = (row: ErrorRow, error: AnswerError): boolean =>
  (row.number?.test(error.number) ?? true) &&
  (row.text === undefined || row.text.test(error.text) || (error.words !== '' && row.text.test(error.words)))

/** The table's title for what is the gateway's affair; the ERP's own words for what the caller can mend. */
const detailOf = (code: FailureCode, said: string): string =>
  FAILURES[code].status >= 500 && code !== 'provider_permission' ? `${FAILURES[code].title}: ${said}` : said

/** A field by its own name (`DISPLAYCONTACT.PRINTAS`), else by the word Intacct has for it. */
function pathsIn(text: string): readonly string[] {
  const named = text.match(/\b[A-Z][A-Z0-9_]+(?:\.[A-Z0-9_]+)*\b/g)?.filter((name) => name.length > 3) ?? []
  const worded = FIELD_WORDS.filter(([word]) => word.test(text)).map(([, path]) => path)
  return [...new Set([...named, ...worded])]
}

/** No Retry-After is documented; it is used where one comes. */
function retryAfter(response: WireResponse): { retryAfterSeconds: number } {
  const seconds = Number(response.headers['retry-after'])
  return { retryAfterSeconds: Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 2 }
}
