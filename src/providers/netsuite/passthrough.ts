/** Passthrough to NetSuite: any call under /services/rest, with the connection's login, limits and log. */
import type { PassthroughRequest } from '../../../schemas/passthrough.ts'
import { type Failure, type FailureCode, fieldError, type GatewayError } from '../../errors.ts'
import type { WireRequest, WireResponse } from '../../wire/exchange.ts'
import { parseExactJson } from '../../wire/json.ts'
import { nativeHeaders } from '../native-headers.ts'
import type { NativeAnswer, NativeCall } from '../provider.ts'
import { classify } from './failures.ts'
import type { Session } from './session.ts'

const ROOT = '/services/rest/'
/** Logging in is the connection's own affair. */
const LOGIN = '/services/rest/auth'
const SUITEQL = '/services/rest/query/v1/suiteql'

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/
/** About the login, the host or the transport; and answers must stay text. */
const NOT_THEIRS =
  /^(authorization|cookie|host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|proxy-.*|x-forwarded-.*|forwarded)$/i

export function passthrough(session: Session, request: PassthroughRequest): NativeCall {
  if (request.function !== undefined) throw refused('/function', 'NetSuite takes a method and a path.')
  const { method, body } = request
  if (method === undefined) throw fieldError('invalid_request', '/method', 'NetSuite needs a method.', 'required')
  if (request.path === undefined) throw fieldError('invalid_request', '/path', 'NetSuite needs a path.', 'required')
  if (method === 'GET' && body !== undefined) throw refused('/body', 'GET takes no body.')
  const [path = '', search = ''] = splitQuery(request.path)
  checkPath(path)
  const query = [...(search === '' ? [] : [search]), ...Object.entries(request.query ?? {}).map(pair)].join('&')
  const effect = effectOf(method, path)
  const wanted = {
    method,
    path: query === '' ? path : `${path}?${query}`,
    title: `passthrough ${method}`,
    effect,
    headers: headersOf(request.headers ?? {}),
    ...(body !== undefined && { body }),
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
function checkPath(path: string): void {
  if (!path.startsWith(ROOT)) throw refused('/path', `The path begins with ${ROOT}, without a host.`)
  for (const segment of path.slice(1).split('/')) {
    const plain = decoded(segment)
    if (plain === null || !/^[!-~]*$/.test(segment)) throw refused('/path', 'The path is not a plain URL path.')
    if (plain.includes('..') || plain === '.' || /[\\/#?]/.test(plain))
      throw refused('/path', 'The path must not leave /services/rest.')
  }
  if (path.includes('//')) throw refused('/path', 'The path must not have empty parts.')
  const lower = decodeURIComponent(path).toLowerCase()
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
      if (!/^[\t -~]*$/.test(value)) throw refused(pointer, 'A header has one line of plain ASCII.')
      return [name.toLowerCase(), value]
    }),
  )
}

const refused = (pointer: string, detail: string): GatewayError => fieldError('invalid_request', pointer, detail)

/** What stays a failure of the call: our login, limits, and what NetSuite itself did not say. */
const OURS: ReadonlySet<FailureCode> = new Set(['provider_refused', 'rate_limited', 'provider_garbled'])

function classifyNative(response: WireResponse): Failure | null {
  const failure = classify(response)
  if (failure === null || OURS.has(failure.code)) return failure
  return response.status < 500 || isJson(response) ? null : failure
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

function bodyOf({ body }: WireResponse): unknown {
  if (body.trim() === '') return null
  try {
    return parseExactJson(body)
  } catch {
    return body
  }
}
