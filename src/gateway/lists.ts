/**
 * One list over several connections. Without a sort the connections follow each other by name; with one their pages
 * are merged. Each connection's own order is kept, so that no record is lost or comes twice.
 */
import type { Warning } from '../../schemas/common.ts'
import { GatewayError } from '../errors.ts'
import { compare } from '../mapping/money.ts'
import type { Filter, Found, ListQuery, Position, RecordPage, Sort } from '../providers/provider.ts'
import { type CursorState, decodeCursor, encodeCursor, filterFingerprint } from './cursor.ts'

export interface ListRequest {
  /** What is listed; a cursor belongs to one resource. */
  readonly resource: string
  readonly filter: Filter | null
  readonly sort: readonly Sort[]
  /** How the sort fields' values compare. */
  readonly orders: Readonly<Record<string, 'text' | 'number'>>
  readonly limit: number
  readonly cursor: string | null
  readonly partial: boolean
  readonly fields: ReadonlySet<string> | null
  readonly include: ReadonlySet<string>
}

/** One connection as the list sees it. */
export interface Source<T> {
  readonly name: string
  readonly list: (query: ListQuery) => Promise<RecordPage<T>>
}
type Item<T> = Found<T> & { readonly position: Position }

export interface MergedPage<T> {
  readonly items: readonly { readonly source: string; readonly item: Item<T> }[]
  readonly nextCursor: string | null
  readonly total: number | null
  /** What went wrong, by connection; only with `partial`. */
  readonly failures: ReadonlyMap<string, GatewayError>
  /** What the pages lack, by connection. */
  readonly warnings: ReadonlyMap<string, readonly Warning[]>
}

/** What is being built: pages as they arrive and where each connection stands. */
class Merge<T> {
  readonly request: ListRequest
  readonly sources: readonly Source<T>[]
  readonly positions: Record<string, Position | 'end'>
  readonly failures = new Map<string, GatewayError>()
  readonly warnings = new Map<string, readonly Warning[]>()
  readonly totals = new Map<string, number | null>()
  readonly items: { source: string; item: Item<T> }[] = []

  constructor(sources: readonly Source<T>[], request: ListRequest, state: CursorState) {
    this.sources = sources
    this.request = request
    this.positions = { ...state.positions }
  }

  open(): Source<T>[] {
    return this.sources.filter((source) => this.positions[source.name] !== 'end')
  }

  get room(): number {
    return this.request.limit - this.items.length
  }

  /** One page of one connection; null when it failed and that is allowed. */
  async fetch(source: Source<T>, limit: number): Promise<RecordPage<T> | null> {
    const position = this.positions[source.name]
    const { filter, sort, fields, include } = this.request
    try {
      const page = await source.list({
        filter,
        sort,
        fields,
        include,
        limit,
        after: position === undefined || position === 'end' ? null : position,
      })
      if (position === undefined && !this.totals.has(source.name)) this.totals.set(source.name, page.total)
      if (page.warnings && page.warnings.length > 0) this.warnings.set(source.name, page.warnings)
      return page
    } catch (error) {
      if (!this.request.partial || !(error instanceof GatewayError)) throw error
      this.failures.set(source.name, error)
      this.positions[source.name] = 'end'
      return null
    }
  }

  take(source: Source<T>, item: Item<T>): void {
    this.items.push({ source: source.name, item })
    this.positions[source.name] = item.position
  }

  /** All of a page is taken: the next one starts behind it, also where its last records were left out. */
  endOf(source: Source<T>, page: Pick<RecordPage<T>, 'hasMore' | 'end'>): void {
    if (!page.hasMore) this.positions[source.name] = 'end'
    else if (page.end) this.positions[source.name] = page.end
  }
}

export async function mergeLists<T>(sources: readonly Source<T>[], request: ListRequest): Promise<MergedPage<T>> {
  const fingerprint = filterFingerprint([
    request.resource,
    request.filter,
    request.sort,
    sources.map((source) => source.name),
  ])
  const state = request.cursor === null ? { positions: {}, total: null } : decodeCursor(fingerprint, request.cursor)
  const merge = new Merge(sources, request, state)
  if (request.sort.length === 0) await oneAfterAnother(merge, request.cursor === null)
  else await sideBySide(merge)
  const total = request.cursor === null ? sumTotals(merge) : state.total
  const hasMore = merge.open().length > 0
  return {
    items: merge.items,
    nextCursor: hasMore ? encodeCursor(fingerprint, { positions: merge.positions, total }) : null,
    total,
    failures: merge.failures,
    warnings: merge.warnings,
  }
}

/** The first page asks every connection once, so that totals and failures are known from the start. */
async function oneAfterAnother<T>(merge: Merge<T>, first: boolean): Promise<void> {
  const open = merge.open()
  const asked = first
    ? await Promise.all(open.map((source, place) => merge.fetch(source, place === 0 ? merge.request.limit : 1)))
    : []
  for (const [place, source] of open.entries()) {
    const seen = asked[place]
    if (first && seen === null) continue
    if (merge.room === 0) {
      // Whether anything is left decides `hasMore`; the page itself is full.
      const peek = seen ?? (await merge.fetch(source, 1))
      if (peek === null) continue
      if (peek.items.length > 0 || peek.hasMore) return
      merge.positions[source.name] = 'end'
      continue
    }
    const complete = seen && (place === 0 || !seen.hasMore)
    const page = complete ? seen : await merge.fetch(source, merge.room)
    if (page === null) continue
    for (const item of page.items.slice(0, merge.room)) merge.take(source, item)
    merge.endOf(source, page)
    if (page.hasMore) return
  }
}

async function sideBySide<T>(merge: Merge<T>): Promise<void> {
  const open = merge.open()
  const pages = await Promise.all(open.map((source) => merge.fetch(source, merge.request.limit)))
  const streams = open.flatMap((source, place) => {
    const page = pages[place]
    return page ? [{ ...page, source, items: [...page.items] }] : []
  })
  // A page from which records were left out may end before the others: what follows it could come first.
  while (merge.room > 0 && !streams.some((stream) => stream.items.length === 0 && stream.hasMore)) {
    const heads = streams.filter((stream) => stream.items.length > 0)
    const next = heads.reduce<(typeof streams)[number] | null>(
      (best, stream) =>
        best && compareItems(merge.request, best.items[0] as Item<T>, stream.items[0] as Item<T>) <= 0 ? best : stream,
      null,
    )
    if (!next) break
    merge.take(next.source, next.items.shift() as Item<T>)
  }
  for (const stream of streams) {
    if (stream.items.length === 0) merge.endOf(stream.source, stream)
  }
}

function sumTotals<T>(merge: Merge<T>): number | null {
  let total = 0
  for (const source of merge.sources) {
    const count = merge.totals.get(source.name)
    if (count === undefined || count === null) return null
    total += count
  }
  return total
}

/** By the sort fields; nulls last in both directions; ties keep the connections' order. */
function compareItems<T>(request: ListRequest, one: Item<T>, other: Item<T>): number {
  for (const sort of request.sort) {
    const left = (one.record as Record<string, unknown>)[sort.field] ?? null
    const right = (other.record as Record<string, unknown>)[sort.field] ?? null
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1
      continue
    }
    const order =
      request.orders[sort.field] === 'number'
        ? compare(String(left), String(right))
        : compareText(String(left), String(right))
    if (order !== 0) return sort.direction === 'ascending' ? order : -order
  }
  return 0
}

/** Case-folded, by code points (UTF-16 order would put emoji before some of the basic plane). */
export function compareText(one: string, other: string): number {
  const left = Array.from(one.toLowerCase())
  const right = Array.from(other.toLowerCase())
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at] as string).codePointAt(0)! - (right[at] as string).codePointAt(0)!
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
