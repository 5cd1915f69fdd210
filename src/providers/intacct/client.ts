/** The functions of the XML API that the operations use, each one request unless it says otherwise. */
import type { Send, WireRequest } from '../../wire/exchange.ts'
import { elementsOf, type XmlNode } from '../../wire/xml.ts'
import { type AnswerRecord, countsOf, type FunctionResult, garbled, readAnswer, recordsOf } from './answer.ts'
import { type FunctionCall, renderEnvelope } from './envelope.ts'
import { endpointPath, type Session, type Sessions } from './session.ts'
import type { Settings } from './settings.ts'

/** Values of `in`, and objects in a page, have limits; so have the keys of `read`. */
export const MAX_PAGE = 2000
export const MAX_IN_VALUES = 1000
export const MAX_READ_KEYS = 100
/** Instead of a password or a session where a body is shown. */
const HIDDEN = '***'

export interface QueryCall {
  readonly object: string
  readonly select: readonly string[]
  readonly filter?: XmlNode | null
  readonly orderBy?: readonly { readonly field: string; readonly descending: boolean }[]
  readonly ignoreCase?: boolean
  readonly pageSize: number
}
export interface QueryPage {
  readonly records: readonly AnswerRecord[]
  readonly total: number | null
  readonly hasMore: boolean
}
/** A write: what, and how it happens once. */
export interface WriteCall {
  readonly title: string
  readonly functions: readonly FunctionCall[]
  /** Of the request and, with a number behind it, of each function: the fence. */
  readonly controlId: string
}

export class Client {
  readonly #settings: Settings
  readonly #sessions: Sessions
  readonly #send: Send

  constructor(settings: Settings, sessions: Sessions, send: Send) {
    this.#settings = settings
    this.#sessions = sessions
    this.#send = send
  }

  /** Logs in where that is not done, and says which session is used. */
  session(): Promise<Session> {
    return this.#sessions.use(this.#send)
  }

  async query(call: QueryCall): Promise<QueryPage> {
    return (await this.queries([call]))[0] as QueryPage
  }

  /** Several queries in one request. */
  async queries(calls: readonly QueryCall[]): Promise<readonly QueryPage[]> {
    const title = `query ${calls.map((call) => call.object).join(', ')}`
    const results = await this.#call({
      title,
      functions: calls.map((call) => this.#queryFunction(call)),
      controlId: null,
    })
    return calls.map((call, index) => pageOf(results[index] as FunctionResult, call.pageSize))
  }

  /** Records by RECORDNO with everything they have; the only function that gives owned lines. Missing ones are left out. */
  async read(object: string, keys: readonly string[]): Promise<readonly AnswerRecord[]> {
    return this.#readFunction('read', object, keys.join(','))
  }

  /** The record with this name (CUSTOMERID of a customer) and everything it has. A comma would separate two names. */
  async readByName(object: string, name: string): Promise<AnswerRecord | null> {
    return (await this.#readFunction('readByName', object, name))[0] ?? null
  }

  /** The fields and relations that the company has. */
  async lookup(object: string): Promise<FunctionResult> {
    const functions: FunctionCall[] = [['lookup', [['object', object]]]]
    return (await this.#call({ title: `lookup ${object}`, functions, controlId: null }))[0] as FunctionResult
  }

  /** Several functions are one transaction. */
  write(call: WriteCall): Promise<readonly FunctionResult[]> {
    return this.#call(call)
  }

  async #readFunction(name: string, object: string, keys: string): Promise<readonly AnswerRecord[]> {
    const body: XmlNode[] = [
      ['object', object],
      ['keys', keys],
      ['fields', '*'],
    ]
    const results = await this.#call({ title: `${name} ${object}`, functions: [[name, body]], controlId: null })
    return recordsOf(results[0] as FunctionResult).filter((record) => elementsOf(record.content).length > 0)
  }

  /** The order is the one the vendor's SDK writes; the schema takes any. */
  #queryFunction(call: QueryCall): FunctionCall {
    const options: XmlNode[] = []
    if (call.ignoreCase) options.push(['caseinsensitive', 'true'])
    // Without it the top level does not see what belongs to a private entity.
    if (this.#settings.entityId === undefined) options.push(['showprivate', 'true'])
    const body: XmlNode[] = [
      ['object', call.object],
      ['select', [...new Set(call.select)].map((field) => ['field', field])],
    ]
    if (call.filter) body.push(['filter', [call.filter]])
    if (call.orderBy?.length) body.push(['orderby', call.orderBy.map(order)])
    if (options.length > 0) body.push(['options', options])
    body.push(['pagesize', String(call.pageSize)])
    return ['query', body]
  }

  async #call(call: Omit<WriteCall, 'controlId'> & { controlId: string | null }): Promise<readonly FunctionResult[]> {
    let used: Session | null = null
    const request: WireRequest = {
      method: 'POST',
      path: endpointPath(this.#settings.endpoint),
      headers: { 'content-type': 'application/xml' },
      effect: call.controlId === null ? 'read' : 'write',
      title: call.title,
      authorize: async (renew) => {
        used = await this.#sessions.use(this.#send, renew ? (used?.id ?? null) : null)
        return { body: this.#body(this.#settings, call, used.id), secrets: [used.id], ...placeOf(used) }
      },
      bodyShown: () => this.#body({ ...this.#settings, senderPassword: HIDDEN }, call, HIDDEN),
    }
    const response = await this.#send(request)
    if (used) this.#sessions.learn(used, response)
    const { results } = readAnswer(response)
    if (results.length !== call.functions.length) throw garbled(`${call.functions.length} results`)
    return results
  }

  #body(
    settings: Settings,
    call: Omit<WriteCall, 'controlId'> & { controlId: string | null },
    sessionId: string,
  ): string {
    return renderEnvelope(settings, {
      functions: call.functions,
      controlId: call.controlId ?? 'read',
      once: call.controlId !== null,
      transaction: call.controlId !== null && call.functions.length > 1,
      authentication: { sessionId },
    })
  }
}

/** The company's own endpoint, where it may be followed. */
const placeOf = ({ endpoint }: Session) =>
  endpoint === null ? {} : { origin: new URL(endpoint).origin, path: endpointPath(endpoint) }

const order = ({ field, descending }: { field: string; descending: boolean }): XmlNode => [
  'order',
  [
    ['field', field],
    [descending ? 'descending' : 'ascending', []],
  ],
]

function pageOf(result: FunctionResult, pageSize: number): QueryPage {
  const records = recordsOf(result)
  const { total, remaining } = countsOf(result)
  return { records, total, hasMore: remaining === null ? records.length >= pageSize : remaining > 0 }
}
