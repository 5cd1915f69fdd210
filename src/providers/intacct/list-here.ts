/** Lists that are sorted here: every key with its sort values, then the records of the page. */
import type { ListQuery, Position } from '../provider.ts'
import type { AnswerRecord } from './answer.ts'
import { type Client, MAX_PAGE } from './client.ts'
import {
  callFor,
  type ListedPage,
  type ListedRecord,
  type Listing,
  listed,
  paged,
  placeOf,
  type Source,
} from './list.ts'
import { compareListed } from './list-order.ts'
import { all, compareNode, isIn, type SortColumn } from './query.ts'
import { hasKey, hasPlace, KEY, keyOf, laterOf, withoutId } from './record-keys.ts'

export async function sortedHere(
  client: Client,
  listing: Listing,
  { after, limit }: Pick<ListQuery, 'after' | 'limit'>,
  columns: readonly SortColumn[],
): Promise<ListedPage> {
  const all = await Promise.all(listing.sources.map((source) => keysOf(client, listing, source, columns)))
  const keys = all.flatMap(({ found }) => found)
  keys.sort((left, right) => compareListed(listing, columns, left, right))
  const start = after ? firstBehind(listing, columns, keys, after) : 0
  const page = keys.slice(start, start + limit)
  const { records, odd } = await recordsOfKeys(client, listing, page)
  const items = page.flatMap((key) => {
    const record = records.get(key.position.nativeId)
    return record ? [{ ...key, record }] : []
  })
  const warnings = listing.sources.flatMap(({ object }, place) =>
    withoutId(object, (all[place]?.keyless ?? 0) + (odd.get(object) ?? 0)),
  )
  return {
    ...paged(items, start + limit < keys.length, after ? null : keys.length, page.at(-1)),
    ...(warnings.length > 0 && { warnings }),
  }
}

/** Every record's key and sort values, in steps of the largest page. */
async function keysOf(
  client: Client,
  listing: Listing,
  source: Source,
  columns: readonly SortColumn[],
): Promise<{ found: ListedRecord[]; keyless: number }> {
  const found: ListedRecord[] = []
  let keyless = 0
  if (source.filter.predicate === false) return { found, keyless }
  for (let last: string | null = null; ; ) {
    const predicate = all([source.filter.predicate, last === null ? true : compareNode('greaterThan', KEY, last)])
    const call = callFor({ ...source, select: [] }, predicate, columns, {
      orderBy: [{ field: KEY, descending: false }],
      pageSize: MAX_PAGE,
    })
    const page = await client.query(call)
    const keyed = page.records.filter(hasKey)
    const placed = keyed.filter((record) => hasPlace(source.object, record, columns, listing.context))
    found.push(...placed.map((record) => listed(listing, source, record, columns)))
    keyless += page.records.length - placed.length
    if (!page.hasMore) return { found, keyless }
    last = laterOf(keyed, last)
  }
}

/** The page's records by position, each object's in one query; `odd`: how many came that were not asked for. */
async function recordsOfKeys(
  client: Client,
  listing: Listing,
  page: readonly ListedRecord[],
): Promise<{ records: ReadonlyMap<string, AnswerRecord>; odd: ReadonlyMap<string, number> }> {
  const records = new Map<string, AnswerRecord>()
  const odd = new Map<string, number>()
  const calls = listing.sources.flatMap((source) => {
    const keys = page.filter((key) => key.source === source).map(({ record }) => keyOf(record))
    if (keys.length === 0) return []
    return [{ source, call: callFor(source, isIn(KEY, keys), [], { pageSize: keys.length }) }]
  })
  if (calls.length === 0) return { records, odd }
  const pages = await client.queries(calls.map(({ call }) => ({ ...call, ignoreCase: false })))
  calls.forEach(({ source }, index) => {
    for (const record of pages[index]!.records) {
      const isAsked = page.some((key) => key.source === source && key.record.fields[KEY] === record.fields[KEY])
      if (isAsked) records.set(`${source.prefix}${record.fields[KEY]}`, record)
      else odd.set(source.object, (odd.get(source.object) ?? 0) + 1)
    }
  })
  return { records, odd }
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
