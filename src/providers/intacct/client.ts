/** The functions of the XML API that the operations use, each one request unless it says otherwise. */
import { GatewayError } from '../../errors.ts'
import type { Send, WireRequest } from '../../wire/exchange.ts'
import { childOf, elementsOf, textOf, type XmlNode } from '../../wire/xml.ts'
import type { State } from './account.ts'
import {
  type AnswerRecord,
  countsOf,
  type FunctionResult,
  garbled,
  readAnswer,
  recordsOf,
  resultsFor,
} from './answer.ts'
import { isDateFormat } from './date-format.ts'
import { controlIdOf, type FunctionCall, renderEnvelope } from './envelope.ts'
import { refusedColumns } from './hidden-columns.ts'
import { refusedOf, withoutColumns } from './query-columns.ts'
import { SHOWN, withEvery } from './selected-fields.ts'
import { endpointPath, type Session, type Sessions } from './session.ts'
import type { Settings } from './settings.ts'
import type { UserFormatting } from './user-format.ts'

/** Values of `in`, and objects in a page, have limits; so have the keys of `read`. */
export const MAX_PAGE = 2000
export const MAX_IN_VALUES = 1000
export const MAX_READ_KEYS = 100
/** A refusal names all columns at once; more of them are not about columns. */
const MAX_REFUSALS = 5
/** The control id of what only reads. */
const READ = 'read'
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
  readonly #memory: Pick<State, 'format' | 'hidden'>
  readonly #sessions: Sessions
  readonly #send: Send

  constructor(state: Pick<State, 'settings' | 'format' | 'hidden'>, sessions: Sessions, send: Send) {
    this.#settings = state.settings
    this.#memory = state
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

  /**
   * Several queries in one request. Columns that the account does not let be queried are left out and read as nothing; by
   * what a query filters or sorts it cannot do without.
   */
  async queries(calls: readonly QueryCall[]): Promise<readonly QueryPage[]> {
    const { hidden } = this.#memory
    await hidden.restore()
    for (let refusals = 0; ; refusals++) {
      const asked = calls.map((call) => withoutColumns(call, hidden.of(call.object)))
      try {
        const pages = await this.#queries(asked)
        return pages.map((page, index) => this.#filled(page, calls[index]!, asked[index]!))
      } catch (error) {
        const refused = error instanceof GatewayError && refusals < MAX_REFUSALS ? refusedColumns(error) : null
        const found = refused === null ? [] : asked.map((call) => refusedOf(call, refused))
        if (!found.some((names) => names.length > 0)) throw error
        for (const [index, names] of found.entries())
          if (names.length > 0) await hidden.learn(asked[index]!.object, names)
      }
    }
  }

  /** What was left out is empty; of a currency the account has then only one. */
  #filled(page: QueryPage, call: QueryCall, asked: QueryCall): QueryPage {
    const missing = call.select.filter((column) => !asked.select.includes(column))
    if (missing.length === 0) return page
    const base = this.#settings.defaults?.currency ?? null
    const empty = Object.fromEntries(missing.map((column) => [column, column === 'CURRENCY' ? base : null]))
    return { ...page, records: page.records.map((record) => ({ ...record, fields: { ...record.fields, ...empty } })) }
  }

  async #queries(calls: readonly QueryCall[]): Promise<readonly QueryPage[]> {
    const title = `query ${calls.map((call) => call.object).join(', ')}`
    const results = await this.#call({
      title,
      functions: calls.map((call) => this.#queryFunction(call)),
      controlId: null,
    })
    const pages = calls.map((call, index) => pageOf(results[index] as FunctionResult, call))
    await this.#learnFormat(pages.flatMap(({ records }) => records))
    return pages
  }

  /** Records by RECORDNO with everything they have; the only function that gives owned lines. Missing ones are left out. */
  async read(object: string, keys: readonly string[]): Promise<readonly AnswerRecord[]> {
    const records = await this.#readFunction('read', object, keys.join(','))
    // Another record than was asked for would be taken for it.
    const isAsked = ({ fields: { RECORDNO: key } }: AnswerRecord) => typeof key === 'string' && keys.includes(key)
    if (!records.every(isAsked) || records.length > keys.length) throw garbled(`the ${object} that was asked for`)
    return records
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
    const records = recordsOf(results[0] as FunctionResult).filter((record) => elementsOf(record.content).length > 0)
    await this.#learnFormat(records)
    return records.map((record) => withEvery(record, SHOWN[object] ?? []))
  }

  /** How the user of this connection has dates written (developer docs, users). */
  async userFormatting(): Promise<UserFormatting> {
    const functions: FunctionCall[] = [['readUserFormatting', [['userId', this.#settings.userId]]]]
    const [result] = await this.#call({ title: 'readUserFormatting', functions, controlId: null })
    const formatting = childOf(result?.data, 'userformatting')
    const format = textOf(childOf(formatting, 'dateformat'))?.trim() ?? ''
    return {
      dateFormat: isDateFormat(format) ? format : null,
      gmtOffset: textOf(childOf(formatting, 'gmtoffset'))?.trim() || null,
    }
  }

  #learnFormat(records: readonly AnswerRecord[]): Promise<void> {
    return this.#memory.format.learn(records, () => this.userFormatting())
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
    const { functions } = call
    const ids = { functions, controlId: call.controlId ?? READ }
    return resultsFor(
      readAnswer(response).results,
      functions.map(([name], index) => ({ name, controlId: controlIdOf(ids, index) })),
    )
  }

  #body(
    settings: Settings,
    call: Omit<WriteCall, 'controlId'> & { controlId: string | null },
    sessionId: string,
  ): string {
    return renderEnvelope(settings, {
      functions: call.functions,
      controlId: call.controlId ?? READ,
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

function pageOf(result: FunctionResult, { select, pageSize }: QueryCall): QueryPage {
  const records = recordsOf(result).map((record) => withEvery(record, select))
  const { total, remaining } = countsOf(result)
  return { records, total, hasMore: remaining === null ? records.length >= pageSize : remaining > 0 }
}
