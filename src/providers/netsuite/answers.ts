/** Reading NetSuite's answers: JSON with exact numbers, records, pages, and what is half or none of them. */
import { GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { WireResponse } from '../../wire/exchange.ts'
import { jsonOf } from '../../wire/parsed.ts'
import { hasTwins } from '../../wire/twins.ts'
import { isInternalId } from './internal-id.ts'
import { isObject } from './values.ts'

export const isJson = (response: WireResponse): boolean => response.body.trimStart().startsWith('{')
export const garbled = (detail: string) => new GatewayError('provider_garbled', detail, { applied: 'no' })

function parsed(response: WireResponse): unknown {
  let value: unknown
  try {
    value = jsonOf(response)
  } catch (error) {
    throw new GatewayError('provider_garbled', 'NetSuite answered something that is not JSON.', {
      applied: 'no',
      cause: error,
    })
  }
  if (hasTwins(response.body)) throw garbled('NetSuite answered JSON that has a name twice.')
  return value
}

export function objectOf(response: WireResponse): VendorRecord {
  const value = parsed(response)
  if (!isObject(value)) throw garbled('NetSuite answered JSON that is not a record.')
  return value
}

export interface Items {
  readonly items: readonly VendorRecord[]
  readonly hasMore: boolean
  /** How many there are in all, where the answer says so. */
  readonly total: number | null
}

/** A page of rows or of ids. */
export function pageOf(response: WireResponse, limit: number): Items {
  const { items, hasMore, totalResults: total = null, count } = objectOf(response)
  if (!Array.isArray(items)) throw garbled('NetSuite answered a list without its items.')
  const isWhole = typeof hasMore === 'boolean' && items.length <= limit && !(hasMore && items.length === 0)
  if (!isWhole) throw garbled('NetSuite answered a page that does not say what comes after it.')
  if (total !== null && !(Number.isSafeInteger(total) && (total as number) >= 0))
    throw garbled('NetSuite answered a page with a number of results that is none.')
  // What is no record, or is counted and not there, costs only itself: whoever reads the page misses its id.
  const records = items.map((item) => (isObject(item) ? item : {}))
  const counted = Number.isSafeInteger(count) ? Math.min(limit, count as number) : 0
  if (records.length === 0 && counted > 0) throw garbled('NetSuite answered a page that has nothing of what it counts.')
  while (records.length < counted) records.push({})
  return { items: records, hasMore, total: total as number | null }
}

/**
 * The id of the record that was made, in `Location`; null where another kind of record lies there, or where it is told in another
 * form. Only the path counts: the host may be a proxy's.
 */
export function idAtLocation({ headers }: WireResponse, type: string): string | null {
  const [, name, id = ''] = /\/record\/v1\/(\w+)\/(-?\d+)\/?(?:[?#].*)?$/.exec(headers['location'] ?? '') ?? []
  return name?.toLowerCase() === type.toLowerCase() && isInternalId(id) ? id : null
}

/** Half a record after a write says neither what was made nor whether. */
export function shownId(response: WireResponse): string | null {
  try {
    const { id } = objectOf(response)
    const text = Number.isSafeInteger(id) ? `${id}` : id
    return typeof text === 'string' && isInternalId(text) ? text : null
  } catch (cause) {
    throw new GatewayError('provider_garbled', 'NetSuite answered a write with half a record.', { cause })
  }
}
