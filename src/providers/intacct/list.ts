/**
 * Pages of records, from one object or from several that are one list to callers.
 *
 * Paging is by key: each offset would be a new query over moving data. Text is sorted here and not there: whether
 * Intacct orders text by case as it compares it is not documented, and a difference would lose records between pages.
 */
import type { Warning } from '../../../schemas/common.ts'
import type { Context } from '../../mapping/codec.ts'
import type { ListQuery, Position } from '../provider.ts'
import { type AnswerRecord, garbled } from './answer.ts'
import { type Client, MAX_PAGE, type QueryCall, type QueryPage } from './client.ts'
import { compareListed } from './list-order.ts'
import {
  all,
  any,
  type CompiledFilter,
  compareNode,
  isNotNull,
  isNull,
  type Predicate,
  type SortColumn,
} from './query.ts'
import { hasPlace, KEY, withoutId, writtenValue } from './record-keys.ts'

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
  readonly warnings?: readonly Warning[]
  /** Where the page ends, whatever is left out of it. */
  readonly end?: Position
}

// Sorted by Intacct: by key, or by one column and the key

export async function sortedThere(
  client: Client,
  listing: Listing,
  { after, limit }: Pick<ListQuery, 'after' | 'limit'>,
  column: SortColumn | null,
  pageSize = limit,
): Promise<ListedPage> {
  const columns = column === null ? [] : [column]
  const wanted = listing.sources.flatMap((source) =>
    stretches(listing, source, after, column).flatMap(({ predicate, orderBy }) => {
      const whole = all([source.filter.predicate, predicate])
      return whole === false ? [] : [{ source, call: callFor(source, whole, columns, { orderBy, pageSize }) }]
    }),
  )
  if (wanted.length === 0) return { items: [], hasMore: false, total: after ? null : 0 }
  const pages = await client.queries(wanted.map(({ call }) => call))
  const items = wanted.flatMap(({ source }, index) =>
    pages[index]!.records.filter((record) => hasPlace(source.object, record, columns, listing.context)).map((record) =>
      listed(listing, source, record, columns),
    ),
  )
  if (column !== null) items.sort((left, right) => compareListed(listing, columns, left, right))
  const hasMore = items.length > limit || pages.some((page) => page.hasMore)
  // Where a page ends is said by a key: without any a larger one is asked for.
  if (items.length === 0 && hasMore) {
    if (pageSize === MAX_PAGE) throw garbled('any RECORDNO')
    return sortedThere(client, listing, { after, limit }, column, MAX_PAGE)
  }
  const shown = items.slice(0, limit)
  const keyless = wanted.flatMap(({ source }, index) =>
    withoutId(
      source.object,
      pages[index]!.records.filter((record) => !hasPlace(source.object, record, columns, listing.context)).length,
    ),
  )
  return {
    ...paged(shown, hasMore, after ? null : totalOf(pages)),
    ...(keyless.length > 0 && { warnings: keyless }),
  }
}

export function paged(
  items: readonly ListedRecord[],
  hasMore: boolean,
  total: number | null,
  end = items.at(-1),
): ListedPage {
  return { items, hasMore, total, ...(end && { end: end.position }) }
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

export function callFor(
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

export function listed(
  { context, shownText = (_, value) => value }: Pick<Listing, 'shownText' | 'context'>,
  source: Source,
  record: AnswerRecord,
  columns: readonly SortColumn[],
): ListedRecord {
  const values = columns.map((column) => {
    const value = record.fields[column.column]
    const text = typeof value === 'string' && value !== '' ? writtenValue(column, value, context) : null
    return text === null ? null : shownText(column.column, text) || null
  })
  return { source, record, position: { values, nativeId: `${source.prefix}${record.fields[KEY]}` } }
}

/** Which object a position is in, and the key there. */
export function placeOf(listing: Listing, position: Position): { rank: number; key: string } {
  const ranks = listing.sources
    .map(({ prefix }, index) => ({ prefix, index }))
    .sort((a, b) => b.prefix.length - a.prefix.length)
  const { prefix, index } = ranks.find((one) => position.nativeId.startsWith(one.prefix))!
  return { rank: index, key: position.nativeId.slice(prefix.length) }
}
