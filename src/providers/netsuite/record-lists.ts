/**
 * Lists where the role may not use SuiteQL: ids that fit `q`, then each record by itself. By id only: the record service does
 * not sort. Its batch read is an asynchronous job with a result to fetch for each record (Oracle help article_0127092747):
 * that would be more requests, not fewer.
 */
import type { Warning } from '../../../schemas/common.ts'
import { GatewayError } from '../../errors.ts'
import type { Mapping, VendorRecord } from '../../mapping/mapping.ts'
import type { Filter, Found, ListQuery, RecordPage } from '../provider.ts'
import { refuseUnlisted } from '../unlisted.ts'
import { USUAL_DATE_FORMAT } from './account-date.ts'
import { notSupported } from './columns.ts'
import { isInternalId } from './internal-id.ts'
import type { RecordType } from './record-types.ts'
import type { RecordKind, Session } from './session.ts'
import { fitsAgain, type Said, saidInWords } from './word-filter.ts'

/** What a list of records by themselves needs to know of its kind. */
interface AnyRecordList {
  readonly kind: RecordKind
  readonly type: RecordType
  /** Sublists: links only, unless one record is read. */
  readonly unlisted: readonly string[]
  /** Of them those that are read with each record all the same where they are asked for by name. */
  readonly onDemand?: readonly string[]
  /** Whether a record that `q` finds belongs into the list. */
  readonly belongs?: (raw: VendorRecord) => boolean
}
/** The type is in the record's name only. */
export interface RecordList<T> extends AnyRecordList {
  readonly record?: T
}

/** The most that the record service gives in one page. */
const PAGE = 1000

export async function listByRecords<T>(
  session: Session,
  list: RecordList<T>,
  query: ListQuery,
): Promise<RecordPage<T>> {
  const [sort] = query.sort.filter(({ field }) => field !== 'id')
  if (sort) throw cannotSort(sort.field)
  if (query.sort[0]?.direction === 'descending') throw cannotSort('id')
  const mapping = session.mappings[list.kind] as unknown as Mapping<T>
  const said = await inWords(session, list.kind, query.filter)
  const fields = fieldsOf(mapping, query.fields, list)
  const needed = new Set([...fields, ...said.again.map(({ field }) => field)])
  const items: RecordPage<T>['items'][number][] = []
  const warnings: Warning[] = []
  let end: string | null = null
  let left = await idsAfter(session, list.type, said.q, query.after?.nativeId ?? null)
  const { total } = left
  while (items.length < query.limit && left.ids.length > 0) {
    const next = left.ids.slice(0, query.limit - items.length)
    const read = await Promise.all(next.map((id) => readOne(session, list, mapping, id, needed)))
    const failed = read.flatMap((one) => (one instanceof GatewayError ? [one] : []))
    // Where none can be read it is no affair of the records.
    if (failed.length > 1 && failed.length === read.length) throw failed[0]
    for (const [place, found] of read.entries()) {
      if (found instanceof GatewayError) warnings.push(leftOut(list.type, next[place] as string, found))
      if (!found || found instanceof GatewayError || !fitsAll(found.record, said)) continue
      items.push({ ...found, record: only(found.record, fields), position: { values: [], nativeId: found.nativeId } })
    }
    left = { ...left, ids: left.ids.slice(next.length) }
    end = next.at(-1) ?? end
    if (left.ids.length === 0 && left.more) left = await idsAfter(session, list.type, said.q, next.at(-1) ?? null)
  }
  const exact = said.again.length === 0 && list.belongs === undefined
  return {
    items,
    hasMore: left.ids.length > 0,
    total: query.after === null && exact ? total : null,
    ...(warnings.length > 0 && { warnings }),
    ...(end !== null && { end: { values: [], nativeId: end } }),
  }
}

const leftOut = (type: RecordType, id: string, { code, message }: GatewayError): Warning => ({
  pointer: null,
  code: 'record_unreadable',
  detail: `The ${type} ${id} is left out, because it cannot be read (${code}): ${message}`,
})

const cannotSort = (field: string) =>
  notSupported(
    field,
    'to sort',
    "The gateway's role may not use SuiteQL in this account, and nothing else there sorts.",
  )

async function inWords(session: Session, kind: RecordKind, filter: Filter | null): Promise<Said> {
  const shape = session.shapeOf(kind) ?? { types: {}, filterable: [] }
  const currencyIds = new Map<string, string | null>()
  for (const code of codesIn(filter))
    currencyIds.set(code, await session.currencies.currencyId(code, '?currency').catch(unknownCurrency))
  return saidInWords(filter, {
    mapping: session.mappings[kind] as never,
    shape,
    currencyIds,
    dateFormat: session.settings.dateFormat ?? USUAL_DATE_FORMAT,
    timeZone: session.timeZone,
  })
}

function codesIn(filter: Filter | null): string[] {
  if (filter === null) return []
  if ('all' in filter) return filter.all.flatMap(codesIn)
  if ('any' in filter) return filter.any.flatMap(codesIn)
  return filter.field === 'currency' ? [...filter.values] : []
}
function unknownCurrency(error: unknown): null {
  if (error instanceof GatewayError && error.code === 'invalid_reference') return null
  throw error
}

/** In the order of numbers. One page is enough where the service itself keeps that order, which is not documented. */
async function idsAfter(
  session: Session,
  type: RecordType,
  q: string | null,
  after: string | null,
): Promise<{ ids: readonly string[]; more: boolean; total: number | null }> {
  if (after !== null && !isInternalId(after))
    throw new GatewayError('invalid_cursor', 'The cursor does not name a record of NetSuite.')
  const rest = after === null ? null : `id GREATER ${after}`
  const wanted = q === null || rest === null ? (q ?? rest) : `${q} AND ${rest}`
  const ids: string[] = []
  let total: number | null = null
  for (let offset = 0; ; offset += PAGE) {
    const page = await session.client.ids(type, wanted, PAGE, offset)
    if (offset === 0) total = page.total
    ids.push(...page.ids)
    if (!page.hasMore) break
    if (offset === 0 && isAscending(page.ids)) return { ids, more: true, total }
  }
  return { ids: ids.sort((one, other) => Number(one) - Number(other)), more: false, total }
}
const isAscending = (ids: readonly string[]): boolean =>
  ids.every((id, place) => place === 0 || Number(ids[place - 1]) < Number(id))

/** Null for a record that went away in between, or that is of another list; the error of one that cannot be read by itself. */
async function readOne<T>(
  session: Session,
  list: RecordList<T>,
  mapping: Mapping<T>,
  id: string,
  fields: ReadonlySet<string>,
): Promise<Found<T> | GatewayError | null> {
  try {
    const lines = list.onDemand?.filter((field) => fields.has(field)) ?? []
    const raw = await session.client.get(list.type, id, lines.length > 0 ? '?expandSubResources=true' : '')
    const empty = Object.fromEntries(lines.map((field) => [field, []]))
    return list.belongs?.(raw) === false ? null : await session.found(mapping, raw, id, empty, { fields })
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'not_found') return null
    if (OF_THE_CONNECTION.has(error.code)) throw error
    return error
  }
}

/** What fails so says nothing of the one record. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  ...['provider_refused', 'provider_unavailable', 'provider_timeout', 'rate_limited', 'overloaded', 'internal_error'],
])

function fieldsOf(
  mapping: object,
  wanted: ListQuery['fields'],
  { unlisted, onDemand = [] }: AnyRecordList,
): ReadonlySet<string> {
  refuseUnlisted(
    wanted,
    unlisted.filter((field) => !onDemand.includes(field)),
  )
  const isListed = (field: string) => !unlisted.includes(field) || (wanted !== null && onDemand.includes(field))
  return new Set((wanted ? [...wanted] : Object.keys(mapping)).filter(isListed))
}

const fitsAll = (record: unknown, { again }: Said): boolean =>
  again.every((condition) => fitsAgain((record as Readonly<Record<string, unknown>>)[condition.field], condition))

const only = <T>(record: T, fields: ReadonlySet<string>): T =>
  Object.fromEntries(Object.entries(record as object).filter(([field]) => fields.has(field))) as T
