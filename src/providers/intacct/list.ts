/**
 * Pages of records, from one object or from several that are one list to callers.
 *
 * Paging is by key: each offset would be a new query over moving data. Text is sorted here and not there: whether
 * Intacct orders text by case as it compares it is not documented, and a difference would lose records between pages.
 */
import type { Context } from '../../mapping/codec.ts'
import type { ListQuery, Position, Sort } from '../provider.ts'
import type { AnswerRecord } from './answer.ts'
import { type Client, MAX_PAGE, type QueryCall, type QueryPage } from './client.ts'
import { compareListed } from './list-order.ts'
import {
  all,
  any,
  type CompiledFilter,
  compareNode,
  isIn,
  isNotNull,
  isNull,
  type Predicate,
  type SortColumn,
  sortColumns,
} from './query.ts'

/** One object of a list. */
export interface Source {
  readonly object: string
  /** What goes before RECORDNO in a position, so that it names the object. */
  readonly prefix: string
  readonly select: readonly string[]
  readonly filter: CompiledFilter
}
export interface Listing {
  readonly mapping: object
  readonly context: Context
  /** What callers know of a text that is sorted here. */
  readonly shownText?: (column: string, value: string) => string
  /** In the order in which they are listed; ties go by it too. */
  readonly sources: readonly Source[]
}
export interface ListedRecord {
  readonly source: Source
  readonly record: AnswerRecord
  readonly position: Position
}
export interface ListedPage {
  readonly items: readonly ListedRecord[]
  readonly hasMore: boolean
  readonly total: number | null
}

const KEY = 'RECORDNO'

export function listRecords(
  client: Client,
  listing: Listing,
  query: Pick<ListQuery, 'sort' | 'after' | 'limit'>,
): Promise<ListedPage> {
  const columns = sortColumns(listing.mapping, query.sort as readonly Sort[])
  const [first, ...others] = columns
  return others.length > 0 || first?.isText
    ? sortedHere(client, listing, query, columns)
    : sortedThere(client, listing, query, first ?? null)
}

// Sorted by Intacct: by key, or by one column and the key

async function sortedThere(
  client: Client,
  listing: Listing,
  { after, limit }: Pick<ListQuery, 'after' | 'limit'>,
  column: SortColumn | null,
): Promise<ListedPage> {
  const columns = column === null ? [] : [column]
  const wanted = listing.sources.flatMap((source) =>
    stretches(listing, source, after, column).flatMap(({ predicate, orderBy }) => {
      const whole = all([source.filter.predicate, predicate])
      return whole === false ? [] : [{ source, call: callFor(source, whole, columns, { orderBy, pageSize: limit }) }]
    }),
  )
  if (wanted.length === 0) return { items: [], hasMore: false, total: after ? null : 0 }
  const pages = await client.queries(wanted.map(({ call }) => call))
  const items = wanted.flatMap(({ source }, index) =>
    pages[index]!.records.map((record) => listed(listing, source, record, columns)),
  )
  if (column !== null) items.sort((left, right) => compareListed(listing, columns, left, right))
  return {
    items: items.slice(0, limit),
    hasMore: items.length > limit || pages.some((page) => page.hasMore),
    total: after ? null : totalOf(pages),
  }
}

interface Stretch {
  readonly predicate: Predicate
  readonly orderBy: NonNullable<QueryCall['orderBy']>
}
const BY_KEY = { field: KEY, descending: false }

/**
 * What comes after a position. Records without a value in the sort column are a stretch of their own behind the others:
 * where Intacct would put them is not documented.
 */
function stretches(listing: Listing, source: Source, after: Position | null, column: SortColumn | null): Stretch[] {
  const tie = after === null ? true : laterKey(listing, source, after)
  if (column === null) return [{ predicate: tie, orderBy: [BY_KEY] }]
  const value = after?.values[0] ?? null
  const without: Stretch = { predicate: all([isNull(column.column), value === null ? tie : true]), orderBy: [BY_KEY] }
  if (after !== null && value === null) return [without]
  const rest: Predicate =
    value === null ? true : any([beyond(column, value), all([compareNode('equals', column.column, value), tie])])
  const orderBy = [{ field: column.column, descending: column.descending }, BY_KEY]
  return [{ predicate: all([isNotNull(column.column), rest]), orderBy }, without]
}

/** A later key in the same object, every key in a later one, none in an earlier one. */
function laterKey(listing: Listing, source: Source, after: Position): Predicate {
  const { rank, key } = placeOf(listing, after)
  const ownRank = listing.sources.indexOf(source)
  return ownRank === rank ? compareNode('greaterThan', KEY, key) : ownRank > rank
}

const beyond = ({ column, descending }: SortColumn, value: string): Predicate =>
  compareNode(descending ? 'lessThan' : 'greaterThan', column, value)

function callFor(
  source: Source,
  predicate: Predicate,
  columns: readonly SortColumn[],
  rest: Pick<QueryCall, 'orderBy' | 'pageSize'>,
): QueryCall {
  return {
    object: source.object,
    select: [KEY, ...source.select, ...columns.map(({ column }) => column)],
    filter: typeof predicate === 'boolean' ? null : predicate,
    ignoreCase: source.filter.ignoreCase,
    ...rest,
  }
}

function totalOf(pages: readonly QueryPage[]): number | null {
  let total = 0
  for (const page of pages) {
    if (page.total === null) return null
    total += page.total
  }
  return total
}

function listed(
  { shownText = (_, value) => value }: Pick<Listing, 'shownText'>,
  source: Source,
  record: AnswerRecord,
  columns: readonly SortColumn[],
): ListedRecord {
  const values = columns.map(({ column }) => {
    const value = record.fields[column]
    return typeof value === 'string' ? shownText(column, value) || null : null
  })
  return { source, record, position: { values, nativeId: `${source.prefix}${record.fields[KEY]}` } }
}

/** Which object a position is in, and the key there. */
function placeOf(listing: Listing, position: Position): { rank: number; key: string } {
  const ranks = listing.sources
    .map(({ prefix }, index) => ({ prefix, index }))
    .sort((a, b) => b.prefix.length - a.prefix.length)
  const { prefix, index } = ranks.find((one) => position.nativeId.startsWith(one.prefix))!
  return { rank: index, key: position.nativeId.slice(prefix.length) }
}

// Sorted here

async function sortedHere(
  client: Client,
  listing: Listing,
  { after, limit }: Pick<ListQuery, 'after' | 'limit'>,
  columns: readonly SortColumn[],
): Promise<ListedPage> {
  const keys = (await Promise.all(listing.sources.map((source) => keysOf(client, listing, source, columns)))).flat()
  keys.sort((left, right) => compareListed(listing, columns, left, right))
  const start = after ? firstBehind(listing, columns, keys, after) : 0
  const page = keys.slice(start, start + limit)
  const records = await recordsOfKeys(client, listing, page)
  return {
    items: page.flatMap((key) => {
      const record = records.get(key.position.nativeId)
      return record ? [{ ...key, record }] : []
    }),
    hasMore: start + limit < keys.length,
    total: after ? null : keys.length,
  }
}

/** Every record's key and sort values, in steps of the largest page. */
async function keysOf(
  client: Client,
  listing: Listing,
  source: Source,
  columns: readonly SortColumn[],
): Promise<ListedRecord[]> {
  if (source.filter.predicate === false) return []
  const found: ListedRecord[] = []
  for (let last: string | null = null; ; ) {
    const predicate = all([source.filter.predicate, last === null ? true : compareNode('greaterThan', KEY, last)])
    const call = callFor({ ...source, select: [] }, predicate, columns, {
      orderBy: [{ field: KEY, descending: false }],
      pageSize: MAX_PAGE,
    })
    const page = await client.query(call)
    found.push(...page.records.map((record) => listed(listing, source, record, columns)))
    last = String(page.records.at(-1)?.fields[KEY] ?? '')
    if (!page.hasMore || last === '') return found
  }
}

/** The page's records by position, each object's in one query. */
async function recordsOfKeys(
  client: Client,
  listing: Listing,
  page: readonly ListedRecord[],
): Promise<Map<string, AnswerRecord>> {
  const records = new Map<string, AnswerRecord>()
  const calls = listing.sources.flatMap((source) => {
    const keys = page.filter((key) => key.source === source).map((key) => String(key.record.fields[KEY]))
    if (keys.length === 0) return []
    return [{ source, call: callFor(source, isIn(KEY, keys), [], { pageSize: keys.length }) }]
  })
  if (calls.length === 0) return records
  const pages = await client.queries(calls.map(({ call }) => ({ ...call, ignoreCase: false })))
  calls.forEach(({ source }, index) => {
    for (const record of pages[index]!.records) records.set(`${source.prefix}${record.fields[KEY]}`, record)
  })
  return records
}

function firstBehind(
  listing: Listing,
  columns: readonly SortColumn[],
  keys: readonly ListedRecord[],
  after: Position,
): number {
  const { rank } = placeOf(listing, after)
  const place = { source: listing.sources[rank] as Source, position: after }
  const index = keys.findIndex((key) => compareListed(listing, columns, key, place) > 0)
  return index < 0 ? keys.length : index
}
