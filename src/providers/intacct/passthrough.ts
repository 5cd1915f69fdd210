/** Passthrough to Sage Intacct: any function of the XML API, with the connection's session, limits and log. */
import type { PassthroughRequest } from '../../../schemas/passthrough.ts'
import { type FailureCode, fieldError, type GatewayError } from '../../errors.ts'
import type { Send, SentRequest, WireResponse } from '../../wire/exchange.ts'
import type { Failure } from '../../wire/failure.ts'
import { xmlOf } from '../../wire/parsed.ts'
import { childOf, childrenOf, textOf } from '../../wire/xml.ts'
import { nativeHeaders } from '../native-headers.ts'
import type { NativeAnswer, NativeCall, WriteOnce } from '../provider.ts'
import { readAnswer } from './answer.ts'
import { type FunctionCall, renderEnvelope } from './envelope.ts'
import { classify } from './failures.ts'
import { elementOf, jsonOf, recordsJsonOf } from './native-xml.ts'
import { endpointPath, type Session, type Sessions } from './session.ts'
import type { Settings } from './settings.ts'

/** The connection's way out, without the operations' words. */
export interface WayOut {
  readonly settings: Settings
  readonly sessions: Sessions
  readonly send: Send
}

/** Functions of the published schema that change nothing; every other one is a write and is never repeated. */
const READS = /^(lookup|inspect|query|describe|describeall|get|get[A-Z_]\w*|read[A-Z]?\w*)$/
/** They answer sessions, which are the connection's own affair. */
const SESSIONS = /^(getapisession|init_session|renew)$/i
/** A page is gone once it was answered: to ask again is to ask for the next one. */
const ONCE_ONLY = 'readMore'

export function passthrough(way: WayOut, request: PassthroughRequest): NativeCall {
  const { function: name, body = null } = request
  for (const field of ['method', 'path', 'query', 'headers'] as const)
    if (request[field] !== undefined) throw refused(`/${field}`, 'Sage Intacct takes a function and its body.')
  if (name === undefined) throw fieldError('invalid_request', '/function', 'Sage Intacct needs a function.', 'required')
  if (SESSIONS.test(name)) throw refused('/function', "Sessions are the connection's own affair; the call has one.")
  if (body !== null && (typeof body !== 'object' || Array.isArray(body)))
    throw refused('/body', "The function's content is an object.")
  const call = elementOf(name, body, '/body')
  const effect = READS.test(name) ? 'read' : 'write'
  return { effect, run: (once) => run(way, { name, call, effect, bare: asksForBareRows(call) }, once) }
}

const refused = (pointer: string, detail: string): GatewayError => fieldError('invalid_request', pointer, detail)

/** `returnFormat` csv or json (in `query`: `options/returnformat`): rows without any envelope. */
function asksForBareRows([, content]: FunctionCall): boolean {
  if (typeof content === 'string') return false
  return content.some(
    (node) =>
      (/^returnformat$/i.test(node[0]) && typeof node[1] === 'string' && /^(csv|json)$/i.test(node[1].trim())) ||
      (node[0] === 'options' && asksForBareRows(node)),
  )
}

interface Native {
  readonly name: string
  readonly call: FunctionCall
  readonly effect: 'read' | 'write'
  readonly bare: boolean
}

async function run(
  { settings, sessions, send }: WayOut,
  native: Native,
  once: Pick<WriteOnce, 'intentId'>,
): Promise<NativeAnswer> {
  const { name, call, effect, bare } = native
  let used: Session | null = null
  let sent: SentRequest | undefined
  const response = await send({
    method: 'POST',
    path: endpointPath(settings.endpoint),
    headers: { 'content-type': 'application/xml' },
    effect: name === ONCE_ONLY ? 'write' : effect,
    title: `passthrough ${name}`,
    withoutJournal: true,
    classify: (answer, request) => {
      sent = request
      return bare && isBare(answer) ? null : classifyNative(answer, request)
    },
    authorize: async (renew) => {
      used = await sessions.use(send, renew ? (used?.id ?? null) : null)
      const { id, endpoint } = used
      const envelope = renderEnvelope(settings, {
        functions: [call],
        controlId: effect === 'write' ? once.intentId : 'read',
        once: effect === 'write',
        transaction: false,
        authentication: { sessionId: id },
      })
      return {
        body: envelope,
        secrets: [id],
        ...(endpoint !== null && { origin: new URL(endpoint).origin, path: endpointPath(endpoint) }),
      }
    },
  })
  const status = { status: response.status, headers: nativeHeaders(response.headers) }
  if (bare && isBare(response)) return { answer: { ...status, body: response.body }, inDoubt: false }
  if (used) sessions.learn(used, response)
  const failure = classify(response, sent)
  // The ERP's own refusal is told as it is; what is in doubt is an answer that does not come from the ERP's work.
  const inDoubt = failure !== null && failure.ended !== true && failure.applied !== 'no'
  return { answer: { ...status, body: bodyOf(response) }, inDoubt: effect === 'write' && inDoubt }
}

const isBare = ({ status, headers, body }: WireResponse): boolean =>
  status === 200 && !/\b(xml|html)\b/i.test(headers['content-type'] ?? '') && !/^\s*</.test(body)

/** What stays a failure of the call: our login, limits, and what Sage Intacct itself did not say. */
const OURS: ReadonlySet<FailureCode> = new Set([
  'provider_refused',
  'provider_unavailable',
  'rate_limited',
  'provider_garbled',
])

function classifyNative(response: WireResponse, sent: SentRequest): Failure | null {
  const failure = classify(response, sent)
  return failure === null || OURS.has(failure.code) || !isAnswer(response) ? failure : null
}

function isAnswer(response: WireResponse): boolean {
  try {
    readAnswer(response)
    return true
  } catch {
    return false
  }
}

/** The function's own result; where the request failed before it, the errors of that level. */
function bodyOf(response: WireResponse) {
  const { content } = xmlOf(response)
  const operation = childOf(content, 'operation')
  const result = childOf(operation, 'result')
  const data = childOf(result, 'data')
  const key = textOf(childOf(result, 'key'))
  const errors = [content, operation, result].flatMap((level) => childrenOf(childOf(level, 'errormessage'), 'error'))
  return {
    status: textOf(childOf(result, 'status')) ?? 'failure',
    // Legacy functions answer a key instead of data.
    data: data !== undefined ? recordsJsonOf(data) : key !== null ? { key } : null,
    errors: errors.map(jsonOf),
  }
}
