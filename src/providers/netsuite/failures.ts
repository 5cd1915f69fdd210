/**
 * What NetSuite's answers mean. `USER_ERROR` says everything that business rules refuse, so its text decides; texts are
 * in the integration user's language, which should be English. Everything not recognised is `rejected` with NetSuite's words.
 */
import type { Failure, FailureCode } from '../../errors.ts'
import type { WireResponse } from '../../wire/exchange.ts'
import { parseJson } from '../../wire/json.ts'
import { pathsOfField, pathsOfLabels, TEXT_FIELDS } from './field-labels.ts'

interface Detail {
  readonly code: string | null
  readonly detail: string
  readonly path: string | null
}
interface Pattern {
  readonly pattern: RegExp
  readonly code: FailureCode
  readonly paths?: (match: RegExpExecArray) => readonly string[]
}

/** Texts of `USER_ERROR` (and of scripts), most exact first. The first eight were seen live, the others are as SuiteScript words them. */
export const PATTERNS: readonly Pattern[] = [
  {
    pattern: /Please enter value\(s\) for:\s*(.+?)\.?\s*$/i,
    code: 'field_required',
    paths: (match) => pathsOfLabels(match[1] as string),
  },
  { pattern: /Transaction type specified is incorrect/i, code: 'not_found' },
  {
    pattern: /external ?id.*(already|duplicate|unique)|(already|duplicate|unique).*external ?id/i,
    code: 'conflict',
    paths: () => ['externalId'],
  },
  {
    pattern: /entity already exists|unique customer id|customer record with this id already exists/i,
    code: 'conflict',
    paths: () => ['entityId', 'externalId'],
  },
  { pattern: /already exists|duplicate/i, code: 'conflict' },
  {
    pattern: new RegExp(`Invalid Field Value .* for the following field:\\s*(?:${TEXT_FIELDS.join('|')})\\b`, 'is'),
    code: 'rejected',
    paths: (match) => pathsOfField(/field:\s*(\w+)/i.exec(match[0])?.[1] ?? ''),
  },
  {
    pattern: /Invalid Field Value .* for the following field:\s*([\w.]+)/is,
    code: 'invalid_reference',
    paths: (match) => pathsOfField(match[1] as string),
  },
  { pattern: /permission/i, code: 'provider_permission' },
  {
    pattern: /account cannot be used with|cannot be used with the .*subsidiary/i,
    code: 'invalid_reference',
    paths: () => ['account', 'arAcct'],
  },
  { pattern: /record has been locked|locked by a user defined workflow/i, code: 'not_changeable' },
  { pattern: /period.*(closed|locked)|(closed|locked).*period/i, code: 'period_closed', paths: () => ['tranDate'] },
  {
    pattern:
      /dependent records?|child records?|(transactions?|records?) (exist|refer)|is (in use|used)|has transactions/i,
    code: 'conflict',
  },
  { pattern: /(been|is|was) (deposited|reconciled|cleared|posted)|bank deposit|reconcil/i, code: 'not_changeable' },
  {
    pattern:
      /cannot be (changed|edited|deleted|voided|modified|removed)|may not be (changed|edited|deleted)|is read-?only/i,
    code: 'not_changeable',
  },
  {
    pattern: /field (\w+) contained more than the maximum number/i,
    code: 'rejected',
    paths: (match) => pathsOfField(match[1] as string),
  },
  {
    pattern: /(exceed|more than|greater than|over-?appl).*(open|due|remaining|balance|total|amount|invoice)/i,
    code: 'allocation_exceeds_open_amount',
    paths: () => ['apply', 'credit'],
  },
  {
    pattern: /Invalid (\w+) reference key/i,
    code: 'invalid_reference',
    paths: (match) => pathsOfField(match[1] as string),
  },
  {
    pattern: /Invalid (\w+ )?reference|reference key|does not exist|could not be found|invalid record/i,
    code: 'invalid_reference',
  },
  { pattern: /Invalid login attempt/i, code: 'provider_refused' },
]

/** Codes that mean the same whatever the status and the text. */
const CODES: Readonly<Record<string, FailureCode>> = {
  CONCURRENCY_LIMIT_EXCEEDED: 'rate_limited',
  SSS_REQUEST_LIMIT_EXCEEDED: 'rate_limited',
  INVALID_LOGIN: 'provider_refused',
  INVALID_LOGIN_ATTEMPT: 'provider_refused',
  INSUFFICIENT_PERMISSION: 'provider_permission',
  NONEXISTENT_ID: 'not_found',
  RCRD_DSNT_EXIST: 'not_found',
  // A void script that is not there, or not deployed for our role.
  SSS_INVALID_SCRIPTLET_ID: 'provider_permission',
  UNIQUE_CUST_ID_REQD: 'conflict',
  DUP_RCRD: 'conflict',
  INVALID_KEY_OR_REF: 'invalid_reference',
  // Only the gateway writes queries: what the account does not have, or the role may not see, is answered with this.
  INVALID_PARAMETER: 'provider_permission',
}
const STATUSES: Readonly<Record<number, FailureCode>> = {
  401: 'provider_refused',
  403: 'provider_permission',
  404: 'not_found',
  405: 'not_supported',
  409: 'conflict',
  429: 'rate_limited',
}

const LINE_DOCUMENT = /^(apply|credit|deposit)\.items\[\d+\]\.doc/

export function classify(response: WireResponse): Failure | null {
  const { status, body } = response
  if (status >= 200 && status < 300) return looksLikeMarkup(body) ? garbled(response) : null
  if (status < 400) return garbled(response)
  const answer = objectOf(body)
  if (answer && typeof answer['error'] === 'string') return loginFailure(response, answer)
  // Front ends (and a wrong address) answer HTML; what they refuse for reasons of load or login still means that.
  if (!answer && body.trim() !== '' && (status === 404 || !(status in STATUSES)) && status < 500)
    return garbled(response)
  return failureOf(response, answer ? detailsOf(answer) : [])
}

function failureOf(response: WireResponse, details: readonly Detail[]): Failure {
  const { status } = response
  const first = details[0]
  const message = details.map(({ detail }) => detail).join(' ') || null
  const found = (code: FailureCode, paths: readonly string[] = []): Failure => ({
    code,
    detail: sentence(code, status, message),
    ...(code === 'provider_refused' && { login: 'ended' as const }),
    ...(status < 500 && details.length > 0 && { ended: true as const }),
    ...(code === 'rate_limited' && retryAfter(response)),
    vendorPaths: [...details.flatMap(({ path }) => (path === null ? [] : [path])), ...paths],
    upstream: { status, code: first?.code ?? null, message, supportId: supportId(response, message) },
  })
  const known = details.map(({ code }) => (code === null ? undefined : CODES[code])).find((code) => code !== undefined)
  if (known) return found(missingType(message) ? 'not_supported' : known)
  if (status >= 500) return found('provider_failed')
  if (malformedToken(response)) return found('provider_refused')
  const byStatus = STATUSES[status]
  if (byStatus) return found(missingType(message) ? 'not_supported' : byStatus)
  for (const { pattern, code, paths } of PATTERNS) {
    const match = pattern.exec(message ?? '')
    if (match) return found(code, paths?.(match))
  }
  // A line whose document is not among those that the payment may settle (Oracle help article_0830101547).
  if (details.some(({ path }) => path !== null && LINE_DOCUMENT.test(path))) return found('invalid_reference')
  return found('rejected')
}

/** The token endpoint speaks OAuth JSON. Its refusals never renew: the same login would be refused again. */
function loginFailure(response: WireResponse, answer: Readonly<Record<string, unknown>>): Failure {
  const words = [answer['error'], answer['error_description']].filter((word) => typeof word === 'string').join(': ')
  const upstream = {
    status: response.status,
    code: String(answer['error']),
    message: words,
    supportId: supportId(response, null),
  }
  if (response.status === 429)
    return { code: 'rate_limited', detail: 'NetSuite limits logins.', ...retryAfter(response), upstream }
  if (response.status >= 500)
    return { code: 'provider_failed', detail: 'The token endpoint of NetSuite failed.', applied: 'no', upstream }
  return {
    code: 'provider_refused',
    login: 'refused',
    detail: `NetSuite refused the login of the connection (${words}); its Login Audit Trail says why.`,
    upstream,
  }
}

function garbled(response: WireResponse): Failure {
  const upstream = { status: response.status, code: null, message: null, supportId: supportId(response, null) }
  return {
    code: 'provider_garbled',
    detail: `NetSuite's address answered ${response.status} with something that is not NetSuite's JSON.`,
    upstream,
  }
}

function sentence(code: FailureCode, status: number, message: string | null): string {
  const words = message?.replace(/^Error while accessing a resource\.\s*/, '')
  if (words) return `NetSuite: ${words}`
  if (code === 'provider_failed') return `NetSuite answered ${status}.`
  return `NetSuite refused the request with status ${status}.`
}

/** `Record type 'x' does not exist.`: a feature of the account is off. */
const missingType = (message: string | null): boolean => /^Record type '.*' does not exist/i.test(message ?? '')
/** A malformed token is a 400 that says so only in this header (Oracle help subsect_158521885412). */
const malformedToken = (response: WireResponse): boolean =>
  /^Bearer .*error="invalid_(request|token)"/i.test(response.headers['www-authenticate'] ?? '')
const looksLikeMarkup = (body: string): boolean => /^\s*</.test(body)

function retryAfter(response: WireResponse): { retryAfterSeconds?: number } {
  // NetSuite documents none; some front ends send one.
  const seconds = Number(response.headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {}
}

/** The job names the request in NetSuite's own logs; an error id stands in the words as well. */
function supportId(response: WireResponse, message: string | null): string | null {
  return (
    response.headers['x-netsuite-jobid'] ??
    /Error ID:\s*(\S+)/i.exec(message ?? '')?.[1] ??
    response.headers['x-n-operationid'] ??
    null
  )
}

function objectOf(body: string): Record<string, unknown> | null {
  try {
    const value = parseJson(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

function detailsOf(answer: Readonly<Record<string, unknown>>): Detail[] {
  const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  const list = answer['o:errorDetails']
  const details = (Array.isArray(list) ? list : []).map((item: Record<string, unknown>) => ({
    code: word(item['o:errorCode']) ?? word(answer['o:errorCode']),
    detail: word(item['detail']) ?? '',
    path: word(item['o:errorPath'])?.replace(/^\$\.?/, '') ?? null,
  }))
  if (details.length > 0) return details
  // Scripts of the account (RESTlets) answer `{"error": {"code", "message"}}`.
  const script = answer['error']
  if (typeof script === 'object' && script !== null) {
    const { code, message } = script as Record<string, unknown>
    return [{ code: word(code), detail: word(message) ?? '', path: null }]
  }
  const title = word(answer['detail']) ?? word(answer['title'])
  return title === null ? [] : [{ code: word(answer['o:errorCode']), detail: title, path: null }]
}
