/** What the token endpoint's answers mean: it speaks OAuth JSON, and only here a refused login is told by such a word. */
import type { FailureCode } from '../../errors.ts'
import type { WireResponse } from '../../wire/exchange.ts'
import type { Failure } from '../../wire/failure.ts'
import { objectOf, retryAfter, supportId } from './failure-document.ts'

/** Of RFC 6749, section 5.2; which of them comes with which of the two statuses is uncertain. */
const REFUSALS: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
])

/** Its refusals never renew: the same login would be refused again. Nothing of the caller's was sent, so nothing can have been done. */
export function classifyLogin(response: WireResponse): Failure | null {
  const { status } = response
  if (status >= 200 && status < 300 && !/^\s*</.test(response.body)) return null
  const answer = status >= 400 ? objectOf(response.body) : null
  const error = typeof answer?.['error'] === 'string' ? answer['error'] : null
  const words = [error, answer?.['error_description']].filter((word) => typeof word === 'string').join(': ')
  const refused = error !== null && REFUSALS.has(error) && (status === 400 || status === 401)
  const upstream = { status, code: error, message: words || null, supportId: supportId(response, null) }
  if (refused)
    return {
      code: 'provider_refused',
      detail: `NetSuite refused the login of the connection (${words}); its Login Audit Trail says why.`,
      ...{ applied: 'no', recognised: true, level: 'token', login: 'refused' },
      upstream,
    }
  const code = codeOf(status, error)
  const detail =
    code === 'rate_limited' ? 'NetSuite limits logins.' : `The token endpoint of NetSuite answered ${status}.`
  return {
    ...{ code, detail, applied: 'no' as const, recognised: code !== 'provider_garbled', level: 'token' },
    ...(code === 'rate_limited' && retryAfter(response)),
    upstream,
  }
}

function codeOf(status: number, error: string | null): FailureCode {
  if (status === 429) return 'rate_limited'
  if (status === 401 || status === 403 || status === 503) return 'provider_unavailable'
  if (status >= 500) return 'provider_failed'
  return error === null ? 'provider_garbled' : 'provider_refused'
}
