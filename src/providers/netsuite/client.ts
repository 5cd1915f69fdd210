/** One call's way to NetSuite: record requests and SuiteQL, authorized, with exact numbers. */
import { GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { Send, WireRequest, WireResponse } from '../../wire/exchange.ts'
import { stringifyJson } from '../../wire/json.ts'
import { garbled, idAtLocation, isJson, objectOf, pageOf, shownId } from './answers.ts'
import type { Authorizer } from './authentication.ts'
import { isInternalId } from './internal-id.ts'
import { isQueryRefused, type QueryAccess } from './query-access.ts'
import type { RecordType } from './record-types.ts'
import { ownIdOf, textOf } from './values.ts'

const RECORDS = '/services/rest/record/v1'
const SUITEQL = '/services/rest/query/v1/suiteql'
/** Names are case-sensitive and unknown ones are dropped silently unless this is sent (Oracle help section_156570709583). */
const STRICT_NAMES = { 'x-netsuite-propertynamevalidation': 'Error' }

export type SqlParameter = string | number | object
export interface Page {
  readonly rows: readonly VendorRecord[]
  readonly hasMore: boolean
  readonly total: number | null
}

export interface Ids {
  readonly ids: readonly string[]
  readonly hasMore: boolean
  readonly total: number | null
}

/** A request as an operation words it. */
export interface Wanted {
  readonly method: WireRequest['method']
  readonly path: string
  readonly title: string
  readonly effect: 'read' | 'write'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly exactNumbers?: true
  readonly classify?: WireRequest['classify']
  readonly withoutJournal?: true
}

export class Client {
  readonly #send: Send
  readonly #base: string
  readonly #prefix: string
  readonly #authorizer: Authorizer
  readonly #access: QueryAccess
  #written = false

  constructor(send: Send, base: string, authorizer: Authorizer, access: QueryAccess) {
    this.#access = access
    this.#send = send
    this.#base = new URL(base).origin
    this.#prefix = new URL(base).pathname.replace(/\/+$/, '')
    this.#authorizer = authorizer
  }

  async get(type: RecordType, id: string, query = ''): Promise<VendorRecord> {
    const response = await this.#exchange({
      method: 'GET',
      path: `${recordPath(type, id)}${query}`,
      title: `GET ${type}`,
      effect: 'read',
    })
    const record = objectOf(response)
    if (ownIdOf(record['id']) !== id) throw garbled(`NetSuite answered another ${type} than the one it was asked for.`)
    return record
  }

  /** Answers 204 without a body; the new id is only in `Location`, and null where that is missing. */
  create(type: RecordType, body: Readonly<Record<string, unknown>>): Promise<string | null> {
    const path = `${RECORDS}/${type}`
    const title = `POST ${type}`
    return this.#created(type, { method: 'POST', path, title, effect: 'write', headers: STRICT_NAMES, body })
  }

  transform(type: RecordType, id: string, target: RecordType, body: unknown): Promise<string | null> {
    const path = `${recordPath(type, id)}/!transform/${target}`
    const title = `POST ${type} !transform/${target}`
    return this.#created(target, { method: 'POST', path, title, effect: 'write', headers: STRICT_NAMES, body })
  }

  async update(type: RecordType, id: string, body: unknown, query = ''): Promise<void> {
    const path = `${recordPath(type, id)}${query}`
    await this.#changed({ method: 'PATCH', path, title: `PATCH ${type}`, effect: 'write', headers: STRICT_NAMES, body })
  }

  async remove(type: RecordType, id: string): Promise<void> {
    await this.#changed({ method: 'DELETE', path: recordPath(type, id), title: `DELETE ${type}`, effect: 'write' })
  }

  /** A change answers 204, without a body (Oracle help section_1545141395); any other answer says nothing of it. */
  async #changed(wanted: Wanted): Promise<void> {
    const { status } = await this.#exchange(wanted)
    if (status === 204) return
    const detail = `NetSuite answered a change with ${status} instead of 204.`
    throw new GatewayError('provider_garbled', detail, { applied: 'unknown' })
  }

  /** Values only as bound parameters. A NULL column is left out of its row, everything else is text. */
  async query(q: string, params: readonly SqlParameter[], limit: number, title = 'query'): Promise<Page> {
    await this.#access.recall()
    if (this.#access.refused) throw this.#access.refusal()
    const response = await this.#exchange({
      method: 'POST',
      path: `${SUITEQL}?limit=${limit}&offset=0`,
      title: `POST suiteql ${title}`,
      effect: 'read',
      headers: { prefer: 'transient' },
      body: params.length > 0 ? { q, params } : { q },
    }).catch(async (error: unknown) => {
      if (isQueryRefused(error)) await this.#access.refuse()
      throw error
    })
    this.#access.worked()
    const { items, ...rest } = pageOf(response, limit)
    return { rows: items, ...rest }
  }

  /** An account's own script; it lives on a host of its own, which the configuration names. */
  async script(url: URL, body: unknown): Promise<VendorRecord | null> {
    const path = `${url.pathname}${url.search}`
    const wanted: Wanted = { method: 'POST', path, title: 'POST restlet', effect: 'write', body }
    const response = await this.#exchange(wanted, { prefix: '', origin: url.origin })
    try {
      return isJson(response) ? objectOf(response) : null
    } catch (error) {
      // Unlike a reading it may have changed something, whatever can be read of its answer.
      throw error instanceof GatewayError ? error.with({ applied: 'unknown' }) : error
    }
  }

  /** A call as a caller words it; `path` is from the root of the account on. */
  native(wanted: Wanted): Promise<WireResponse> {
    return this.#exchange(wanted)
  }

  /** The internal id of the record with this external id. */
  async find(type: RecordType, externalId: string): Promise<string | null> {
    const found = await this.read(type, externalId, '?fields=externalId')
    return found === null ? null : ownIdOf(found['id'])
  }

  /** The record with this external id, without its lists. */
  async read(type: RecordType, externalId: string, query = ''): Promise<VendorRecord | null> {
    const path = `${RECORDS}/${type}/eid:${encodeURIComponent(externalId)}${query}`
    const wanted: Wanted = { method: 'GET', path, title: `GET ${type} by external id`, effect: 'read' }
    try {
      const record = objectOf(await this.#exchange(wanted))
      const shown = textOf(record['externalId'])
      if (shown !== null && shown !== externalId)
        throw garbled(`NetSuite answered another ${type} than the one it was asked for.`)
      return record
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'not_found') return null
      throw error
    }
  }

  /** The ids of records that fit `q`; the list of a record type shows nothing else (Oracle help subsect_1544786455). */
  async ids(type: RecordType, q: string | null, limit: number, offset = 0): Promise<Ids> {
    const query = new URLSearchParams({ ...(q !== null && { q }), limit: String(limit), offset: String(offset) })
    const path = `${RECORDS}/${type}?${query.toString().replaceAll('+', '%20')}`
    const answer = await this.#exchange({ method: 'GET', path, title: `GET ${type} list`, effect: 'read' })
    const { items, ...rest } = pageOf(answer, limit)
    return { ids: items.map((item) => ownIdOf(item['id'])), ...rest }
  }

  /** What the account knows of a record type: as JSON Schema, or as OpenAPI, which has the lines of sublists too. */
  async metadata(name: string, form: 'schema' | 'swagger' = 'schema'): Promise<VendorRecord> {
    const path = `${RECORDS}/metadata-catalog/${name}`
    const headers = { accept: `application/${form}+json` }
    return objectOf(
      await this.#exchange({ method: 'GET', path, title: `GET metadata ${name}`, effect: 'read', headers }),
    )
  }

  /** Whether the script is there, without anything that it does by POST. */
  async askScript(url: URL): Promise<void> {
    const wanted: Wanted = { method: 'GET', path: `${url.pathname}${url.search}`, title: 'GET restlet', effect: 'read' }
    await this.#exchange(wanted, { prefix: '', origin: url.origin })
  }

  async #created(type: RecordType, wanted: Wanted): Promise<string | null> {
    const response = await this.#exchange(wanted)
    const id = idAtLocation(response, type)
    if (id !== null || !isJson(response)) return id
    // Release 2026.1 answers without a body; other descriptions of the API show the record.
    return shownId(response)
  }

  get queriesRefused(): boolean {
    return this.#access.refused
  }

  /** Whether this call has changed anything yet. */
  get hasWritten(): boolean {
    return this.#written
  }

  async #exchange(wanted: Wanted, place = { prefix: this.#prefix, origin: this.#base }): Promise<WireResponse> {
    const { body, headers, ...rest } = wanted
    const path = `${place.prefix}${wanted.path}`
    const content: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await this.#send({
      ...rest,
      path,
      origin: place.origin,
      headers: { accept: 'application/json', ...content, ...headers },
      ...(body !== undefined && { body: stringifyJson(body) }),
      authorize: this.#authorizer(this.#send, { method: wanted.method, url: `${place.origin}${path}` }),
    })
    if (wanted.effect === 'write') this.#written = true
    return response
  }
}

function recordPath(type: RecordType, id: string): string {
  if (!isInternalId(id)) throw new GatewayError('not_found', `NetSuite has no ${type} with the id ${id}.`)
  return `${RECORDS}/${type}/${id}`
}
