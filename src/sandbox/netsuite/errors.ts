/** NetSuite's error answers: the nsError body, the texts seen live, and how a refusal of the books is worded. */
import type { BookError } from '../books.ts'
import type { SandboxAnswer } from '../server.ts'
import { CODED, REFUSALS, type Refusal, type Said, worded } from './words.ts'

/** Live answers of 2026 carry this address; Oracle's samples still show a w3.org one, so clients treat it as opaque. */
const TYPE = 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.'
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
}

export interface ErrorDetail {
  readonly code: string
  readonly detail: string
  /** Where in the body, as "apply.items[0].doc". */
  readonly path?: string
  readonly queryParam?: string
  readonly url?: string
  readonly header?: string
  /** Where it is not the status's own. */
  readonly title?: string
}

export class NetSuiteError extends Error {
  readonly status: number
  readonly detail: ErrorDetail
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, detail: ErrorDetail, headers: Readonly<Record<string, string>> = {}) {
    super(detail.detail)
    this.status = status
    this.detail = detail
    this.headers = headers
  }
}

/** `type`: the address that stands for every kind of error, where the account has one. */
export function errorAnswer(error: NetSuiteError, type?: string): SandboxAnswer {
  const { code, detail, path, queryParam, url, header } = error.detail
  const entry = {
    detail,
    ...(path !== undefined && { 'o:errorPath': path }),
    ...(queryParam !== undefined && { 'o:errorQueryParam': queryParam }),
    ...(url !== undefined && { 'o:errorUrl': url }),
    ...(header !== undefined && { 'o:errorHeader': header }),
    'o:errorCode': code,
  }
  return {
    status: error.status,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=error; charset=UTF-8', ...error.headers },
    body: JSON.stringify({
      type: type ?? `${TYPE}${error.status - 399}`,
      title: error.detail.title ?? TITLES[error.status] ?? 'Error',
      status: error.status,
      'o:errorDetails': [entry],
    }),
  }
}

/** The catch-all of the record service; what it means is only in the text. */
export function userError(refusal: Refusal, said: Said = {}, path?: string): NetSuiteError {
  const detail = `Error while accessing a resource. ${worded(REFUSALS[refusal], said)}`
  return new NetSuiteError(400, { code: 'USER_ERROR', detail, ...(path !== undefined && { path }) })
}

/** What the sandbox does not do, said in its own name. */
export function ownLimit(text: string): NetSuiteError {
  return new NetSuiteError(400, { code: 'USER_ERROR', detail: `The sandbox ${text}` })
}

export function missingValues(labels: readonly string[]): NetSuiteError {
  return userError('missingValues', { labels: labels.join(', ') })
}

/** NetSuite names the field by its script id, in lower case. The wording is seen live, the case of F is uncertain. */
export function invalidFieldValue(value: unknown, field: string): NetSuiteError {
  const shown = typeof value === 'string' ? value : JSON.stringify(value)
  return userError('invalidFieldValue', { value: shown, field: field.toLowerCase() })
}

/** Only the path says what is wrong. */
export function invalidContent(path?: string): NetSuiteError {
  const detail = CODED.INVALID_CONTENT
  return new NetSuiteError(400, { code: 'INVALID_CONTENT', detail, ...(path !== undefined && { path }) })
}

/** A line that is not in the pre-filled list. That REST says it with this code and the path is our best reading. */
export function noSuchLine(list: string, line: Said, path: string): NetSuiteError {
  const said = { list, keys: Object.keys(line).join(','), values: Object.values(line).join(',') }
  return new NetSuiteError(400, { code: 'INVALID_CONTENT', detail: worded(REFUSALS.noSuchLine, said), path })
}

/** Their words are not published: these are our own (uncertain). */
export function invalidParameter(text: string, queryParam: string): NetSuiteError {
  return new NetSuiteError(400, { code: 'INVALID_PARAMETER', detail: text, queryParam })
}

export function invalidQuery(reason: string): NetSuiteError {
  return invalidParameter(worded(CODED.INVALID_QUERY, { reason }), 'q')
}

/**
 * What a whole service refuses to a role. Status, title and code as in an answer that a public client keeps in its source
 * (record service, beta record); that SuiteQL refuses with the same, and these words, is uncertain.
 */
export function withoutPermission(): NetSuiteError {
  return new NetSuiteError(403, { code: 'INSUFFICIENT_PERMISSION', detail: REFUSALS.noPermission })
}

/** What the record service refuses to a role: seen as a plain USER_ERROR. */
export function permission(): NetSuiteError {
  return userError('noPermission')
}

/** The words of these two are not published (uncertain). */
export function methodNotAllowed(method: string): NetSuiteError {
  return new NetSuiteError(405, { code: 'INVALID_REQUEST', detail: `Method ${method} is not allowed here.` })
}

export function invalidRequest(text: string): NetSuiteError {
  return new NetSuiteError(400, { code: 'INVALID_REQUEST', detail: text })
}

export function notFound(): NetSuiteError {
  return new NetSuiteError(404, { code: 'NONEXISTENT_ID', detail: CODED.NONEXISTENT_ID })
}

/** A refusal of the books in NetSuite's voice. */
export function fromBookError(error: BookError): NetSuiteError {
  switch (error.refusal) {
    case 'unknown-customer':
      return invalidFieldValue(error.subject, 'customer')
    case 'unknown-document':
    case 'wrong-customer':
    case 'wrong-currency':
      return invalidFieldValue(error.subject, 'doc')
    case 'in-use':
      return userError('dependentRecords')
    case 'period-closed':
      return userError('periodClosed')
    case 'duplicate':
      return userError('recordExists')
    case 'exceeds-open-amount':
      return userError('moreThanOpen')
    case 'exceeds-credit':
      return userError('moreThanTotal')
    case 'not-positive':
      return userError('negative')
  }
}
