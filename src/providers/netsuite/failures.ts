/**
 * What NetSuite's answers mean. The closed lists (`failure-texts.ts`, `failure-codes.ts`) say what is known, and only they say that
 * nothing was done, that a login was refused, or that the account is busy. Everything else keeps NetSuite's words, gets a code by
 * them, and leaves open whether it was done. Texts are in the integration user's language, which should be English.
 */
import type { Applied, FailureCode } from '../../errors.ts'
import type { SentRequest, WireResponse } from '../../wire/exchange.ts'
import type { Failure } from '../../wire/failure.ts'
import { CODES, isPlatformCheck, type Level } from './failure-codes.ts'
import { type Detail, documentOf, type ErrorDocument, objectOf, retryAfter, supportId } from './failure-document.ts'
import type { Row } from './failure-row.ts'
import { TEXTS } from './failure-texts.ts'
import { wordsOf } from './failure-words.ts'
import { classifyLogin } from './login-failures.ts'
import { withoutSent } from './sent-values.ts'

/** What a row of a closed list says about one detail of an answer. */
interface Verdict {
  readonly code: FailureCode
  readonly applied: Applied
  readonly paths: readonly string[]
  readonly login?: 'refused' | 'ended'
}

interface Text {
  readonly row: Row
  readonly paths: readonly string[]
}

/** What a status says by itself, once NetSuite itself has answered with it. */
const STATUSES: Readonly<Record<number, FailureCode>> = {
  401: 'provider_refused',
  404: 'not_found',
  405: 'not_supported',
  409: 'conflict',
  429: 'rate_limited',
}
/** Pages of servers in front of NetSuite, and of its maintenance (Oracle help section_4634920277: 503, the database is offline). */
const IN_FRONT: Readonly<Record<number, FailureCode>> = {
  401: 'provider_unavailable',
  403: 'provider_unavailable',
  429: 'rate_limited',
  502: 'provider_failed',
  503: 'provider_unavailable',
  504: 'provider_failed',
}

const LINE_DOCUMENT = /^(apply|credit|deposit)\.items\[\d+\]\.doc/
/** Not `for a resource` alone: Oracle's samples leave out the article. */
const PREFIX = /^Error while accessing (?:a )?resource[.:]\s*/i

/** `request` is what was sent: its own texts decide nothing when they come back. */
export function classify(response: WireResponse, request?: SentRequest): Failure | null {
  const { status, body } = response
  if (request?.login) return classifyLogin(response)
  const answer = objectOf(body)
  if (status >= 200 && status < 300)
    return /^\s*</.test(body) || Array.isArray(answer?.['o:errorDetails']) ? garbled(response) : null
  if (status < 400) return garbled(response)
  // A malformed token is a 400 that says so only in this header (Oracle help subsect_158521885412).
  const challenge = response.headers['www-authenticate'] ?? ''
  if (/^Bearer .{0,400}error="invalid_(request|token)"/i.test(challenge) && status <= 401)
    return told(response, null, { code: 'provider_refused', applied: 'no', paths: [], login: 'ended' })
  const document = answer && documentOf(answer, status)
  if (!document) return withoutDocument(response)
  return status >= 500 ? serverFailure(response, document) : refusal(response, document, request)
}

function refusal(response: WireResponse, document: ErrorDocument, request: SentRequest | undefined): Failure {
  const { status } = response
  const { details, level, belongs } = document
  const verdicts = belongs ? details.map((detail) => verdictOf(detail, level, status, request)) : []
  const [first] = verdicts.filter((verdict) => verdict !== null)
  const whole = belongs && verdicts.every((verdict) => verdict !== null)
  const paths = details.flatMap(({ path }) => (path === null ? [] : [path]))
  const message = details.map(({ detail }) => detail).join(' ') || null
  const known = first ?? unlisted(status, withoutSent(message ?? '', request))
  // A line whose document is not among those that the payment may settle (Oracle help article_0830101547).
  const code =
    known.code === 'rejected' && paths.some((path) => LINE_DOCUMENT.test(path)) ? 'invalid_reference' : known.code
  return {
    ...told(response, document, {
      ...known,
      code,
      applied: whole && verdicts.every((verdict) => verdict?.applied === 'no') ? 'no' : 'unknown',
      paths: [...paths, ...known.paths],
    }),
    recognised: whole,
    ...(belongs && { ended: true }),
  }
}

function verdictOf(detail: Detail, level: Level, status: number, request: SentRequest | undefined): Verdict | null {
  const listed = detail.code === null ? undefined : CODES[detail.code]
  const coded = listed?.statuses.includes(status) && listed.levels.includes(level) ? listed : undefined
  // Logins and limits are said by code alone: in a message they are only words.
  if (coded?.code === 'provider_refused' || coded?.code === 'rate_limited') return { ...coded, paths: [] }
  const text = textOf(detail.detail, status, request)
  if (text) {
    const sure = text.row.applied === 'no' && level === 'record' && isPlatformCheck(detail.code)
    return { code: text.row.code, applied: sure ? 'no' : 'unknown', paths: text.paths }
  }
  return coded ? { ...coded, paths: coded.paths ?? [] } : null
}

/** The row whose message this is. One that is open at an end must also fit when what was sent is taken out. */
function textOf(said: string, status: number, request: SentRequest | undefined): Text | null {
  const message = said.replace(PREFIX, '').trim()
  let bare: string | undefined
  for (const row of TEXTS) {
    const places = row.statuses.includes(status) ? row.template.read(message) : null
    if (!places) continue
    bare ??= withoutSent(said, request).replace(PREFIX, '').trim()
    if (!row.template.open || row.template.read(bare)) return { row, paths: row.paths(places) }
  }
  return null
}

/** A status says more than words; words choose only the code and the fields. */
function unlisted(status: number, message: string): Pick<Verdict, 'code' | 'paths'> {
  const code = STATUSES[status]
  return code ? { code, paths: [] } : (wordsOf(message) ?? { code: 'rejected', paths: [] })
}

function serverFailure(response: WireResponse, document: ErrorDocument): Failure {
  const { status } = response
  const listed = document.details.some(({ code }) => code !== null && CODES[code]?.statuses.includes(status))
  const code = status === 503 ? 'provider_unavailable' : 'provider_failed'
  return { ...told(response, document, { code, applied: 'unknown', paths: [] }), recognised: listed }
}

function withoutDocument(response: WireResponse): Failure {
  const { status, body } = response
  const code = IN_FRONT[status] ?? (status >= 500 ? 'provider_failed' : undefined)
  if (code === undefined) return garbled(response)
  return {
    ...told(response, null, { code, applied: 'unknown', paths: [] }),
    recognised: status in IN_FRONT && /^\s*</.test(body),
  }
}

function garbled(response: WireResponse): Failure {
  const { status } = response
  const upstream = { status, code: null, message: null, supportId: supportId(response, null) }
  const detail = `NetSuite's address answered ${status} with something that is not NetSuite's JSON.`
  return { code: 'provider_garbled', detail, applied: 'unknown', recognised: false, level: 'front', upstream }
}

function told(response: WireResponse, document: ErrorDocument | null, verdict: Verdict): Failure {
  const { status } = response
  const details = document?.details ?? []
  const message = details.map(({ detail }) => detail).join(' ') || null
  return {
    code: verdict.code,
    detail: sentence(status, message),
    applied: verdict.applied,
    recognised: true,
    level: document?.level ?? 'front',
    ...(verdict.login && { login: verdict.login }),
    ...(verdict.code === 'rate_limited' && retryAfter(response)),
    vendorPaths: verdict.paths,
    upstream: { status, code: details[0]?.code ?? null, message, supportId: supportId(response, message) },
  }
}

function sentence(status: number, message: string | null): string {
  const words = message?.replace(PREFIX, '')
  if (words) return `NetSuite: ${words}`
  return status >= 500 ? `NetSuite answered ${status}.` : `NetSuite refused the request with status ${status}.`
}
