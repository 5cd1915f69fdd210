/** NetSuite's error answers: the nsError body, the texts seen live, and how a refusal of the books is worded. */
import type { BookError } from '../books.ts'
import type { SandboxAnswer } from '../server.ts'

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
export function userError(text: string): NetSuiteError {
  return new NetSuiteError(400, { code: 'USER_ERROR', detail: `Error while accessing a resource. ${text}` })
}

export function missingValues(labels: readonly string[]): NetSuiteError {
  return userError(`Please enter value(s) for: ${labels.join(', ')}.`)
}

/** NetSuite names the field by its script id, in lower case. The wording is seen live, the case of F is uncertain. */
export function invalidFieldValue(value: unknown, field: string): NetSuiteError {
  const shown = typeof value === 'string' ? value : JSON.stringify(value)
  return userError(`You have entered an Invalid Field Value ${shown} for the following field: ${field.toLowerCase()}`)
}

export function invalidContent(text: string, path?: string): NetSuiteError {
  const detail = `Invalid content in the request body. ${text}`
  return new NetSuiteError(400, { code: 'INVALID_CONTENT', detail, ...(path !== undefined && { path }) })
}

export function invalidParameter(text: string, queryParam: string): NetSuiteError {
  return new NetSuiteError(400, { code: 'INVALID_PARAMETER', detail: text, queryParam })
}

/**
 * What a whole service refuses to a role. Status, title and code as in an answer that a public client keeps in its source
 * (record service, beta record); that SuiteQL refuses with the same, and these words, is uncertain.
 */
export function withoutPermission(): NetSuiteError {
  const detail = 'Your current role does not have permission to perform this action.'
  return new NetSuiteError(403, { code: 'INSUFFICIENT_PERMISSION', detail })
}

/** What the record service refuses to a role: seen as a plain USER_ERROR. */
export function permission(): NetSuiteError {
  return userError('Your current role does not have permission to perform this action.')
}

export function methodNotAllowed(method: string): NetSuiteError {
  return new NetSuiteError(405, { code: 'INVALID_REQUEST', detail: `Method ${method} is not allowed here.` })
}

export function invalidRequest(text: string): NetSuiteError {
  return new NetSuiteError(400, { code: 'INVALID_REQUEST', detail: text })
}

export function notFound(): NetSuiteError {
  const detail = 'The record instance does not exist. Provide a valid record instance ID.'
  return new NetSuiteError(404, { code: 'NONEXISTENT_ID', detail })
}

/** A refusal of the books in NetSuite's voice. Texts marked by the fact sheet as unknown are our own clear words. */
export function fromBookError(error: BookError): NetSuiteError {
  switch (error.refusal) {
    case 'unknown-customer':
      return invalidFieldValue(error.subject, 'customer')
    case 'unknown-document':
    case 'wrong-customer':
    case 'wrong-currency':
      return invalidFieldValue(error.subject, 'doc')
    case 'in-use':
      return userError('This record cannot be deleted because it has dependent records.')
    case 'period-closed':
      return userError('You cannot create or change transactions in a closed or locked period.')
    case 'duplicate':
      return userError('This record already exists.')
    default:
      return userError(error.message)
  }
}
