/** Passthrough to NetSuite: any call under /services/rest, with the connection's login, limits and log. */
import type { PassthroughRequest } from '../../../schemas/passthrough.ts'
import { type FailureCode, fieldError, type GatewayError } from '../../errors.ts'
import type { SentRequest, WireRequest, WireResponse } from '../../wire/exchange.ts'
import type { Failure } from '../../wire/failure.ts'
import { exactJsonOf } from '../../wire/parsed.ts'
import { nativeHeaders } from '../native-headers.ts'
import type { NativeAnswer, NativeCall } from '../provider.ts'
import { classify } from './failures.ts'
import type { Session } from './session.ts'

const ROOT = '/services/rest/'
/** Logging in is the connection's own affair. */
const LOGIN = '/services/rest/auth'
const SUITEQL = '/services/rest/query/v1/suiteql'

/** What a path with its query is made of (RFC 3986, 3.3 and 3.4); everything else is written as %XX. */
const URL_TEXT = /^(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*$/
/** A token (RFC 9110, 5.6.2). */
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/
/** Visible ASCII with spaces and tabs inside (RFC 9110, 5.5, without the bytes above ASCII that it calls obsolete). */
const HEADER_VALUE = /^(?:[!-~](?:[\t -~]*[!-~])?)?$/
/** About the login, the host or the transport; answers must stay text; and a method said elsewhere is not the one that is judged. */
const NOT_THEIRS =
  /^(authorization|cookie|host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|proxy-.*|x-forwarded-.*|forwarded|x-http-method|x-http-method-override|x-method-override)$/i

export function passthrough(session: Session, request: PassthroughRequest): NativeCall {
  if (request.function !== undefined) throw refused('/function', 'NetSuite takes a method and a path.')
  const { method, body } = request
  if (method === undefined) throw fieldError('invalid_request', '/method', 'NetSuite needs a method.', 'required')
  if (request.path === undefined) throw fieldError('invalid_request', '/path', 'NetSuite needs a path.', 'required')
  if (method === 'GET' && body !== undefined) throw refused('/body', 'GET takes no body.')
  const [path = '', search = ''] = splitQuery(request.path)
  checkPath(path, search)
  const query = [...(search === '' ? [] : [search]), ...Object.entries(request.query ?? {}).map(pair)].join('&')
  const effect = effectOf(method, path)
  const wanted = {
    method,
    path: query === '' ? path : `${path}?${query}`,
    title: `passthrough ${method}`,
    withoutJournal: true as const,
    effect,
    headers: headersOf(request.headers ?? {}),
    ...(body !== undefined && { body }),
    exactNumbers: true as const,
    classify: classifyNative,
  }
  return { effect, run: async () => answerOf(await session.client.native(wanted), effect) }
}

/** SuiteQL is a POST that only reads. What is written otherwise than expected counts as a write, and is never repeated. */
function effectOf(method: WireRequest['method'], path: string): 'read' | 'write' {
  if (method === 'GET' || method === 'OPTIONS') return 'read'
  return method === 'POST' && path === SUITEQL ? 'read' : 'write'
}

const splitQuery = (path: string): string[] => {
  const mark = path.indexOf('?')
  return mark < 0 ? [path] : [path.slice(0, mark), path.slice(mark + 1)]
}
const pair = ([name, value]: [string, unknown]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`

/** The path must not lead anywhere else, however it is written. */
function checkPath(path: string, search: string): void {
  if (!path.startsWith(ROOT)) throw refused('/path', `The path begins with ${ROOT}, without a host.`)
  if (!URL_TEXT.test(path) || !URL_TEXT.test(search))
    throw refused('/path', 'It has a character that no URL has: write it as %XX, or give the parameters in `query`.')
  for (const segment of path.slice(1).split('/')) {
    const plain = decoded(segment)
    if (plain === null) throw refused('/path', 'The path is not a plain URL path.')
    if (plain.includes('..') || plain === '.' || /[\\/#?]/.test(plain))
      throw refused('/path', 'The path must not leave /services/rest.')
  }
  // What stands behind a semicolon belongs to no name (RFC 3986, 3.3).
  const lower = decodeURIComponent(path)
    .toLowerCase()
    .replace(/;[^/]*/g, '')
  if (lower.includes('//')) throw refused('/path', 'The path must not have empty parts.')
  if (lower === LOGIN || lower.startsWith(`${LOGIN}/`))
    throw refused('/path', "Logins are the connection's own affair; the call is logged in already.")
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}

function headersOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const pointer = `/headers/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (!HEADER_NAME.test(name)) throw refused(pointer, 'That is no name of a header.')
      if (NOT_THEIRS.test(name)) throw refused(pointer, `The gateway itself sends ${name.toLowerCase()}.`)
      if (!HEADER_VALUE.test(value))
        throw refused(pointer, 'A header has one line of plain ASCII, without spaces around it.')
      return [name.toLowerCase(), value]
    }),
  )
}

const refused = (pointer: string, detail: string): GatewayError => fieldError('invalid_request', pointer, detail)

/** What stays a failure of the call: our login, limits, and what NetSuite itself did not say. */
const OURS: ReadonlySet<FailureCode> = new Set(['provider_refused', 'rate_limited', 'provider_garbled'])

function classifyNative(response: WireResponse, request: SentRequest): Failure | null {
  const failure = classify(response, request)
  return failure === null || OURS.has(failure.code) || !isJson(response) ? failure : null
}

function answerOf(response: WireResponse, effect: 'read' | 'write'): NativeAnswer {
  const failure = classify(response)
  // The ERP's own refusal is told as it is; what is in doubt is an answer that does not come from the ERP's work.
  const inDoubt = failure !== null && failure.ended !== true && failure.applied !== 'no'
  return {
    answer: { status: response.status, headers: nativeHeaders(response.headers), body: bodyOf(response) },
    inDoubt: effect === 'write' && inDoubt,
  }
}

const isJson = ({ body }: WireResponse): boolean => /^\s*[{[]/.test(body)

function bodyOf(response: WireResponse): unknown {
  if (response.body.trim() === '') return null
  try {
    return exactJsonOf(response)
  } catch {
    return response.body
  }
}
