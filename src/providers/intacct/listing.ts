/** A page of a list: sorted by Intacct where it orders as callers expect it, else here. */
import type { ListQuery, Sort } from '../provider.ts'
import type { Client } from './client.ts'
import { type ListedPage, type Listing, sortedThere } from './list.ts'
import { sortedHere } from './list-here.ts'
import { sortColumns } from './query.ts'

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
