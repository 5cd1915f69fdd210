/** The order of a list: by sort values, then by object, then by key. */
import type { Context } from '../../mapping/codec.ts'
import { compare, isDecimal } from '../../mapping/money.ts'
import { readPart } from '../../mapping/reading.ts'
import type { ListedRecord, Listing } from './list.ts'
import type { SortColumn } from './query.ts'

type Placed = Pick<ListedRecord, 'source' | 'position'>

export function compareListed(listing: Listing, columns: readonly SortColumn[], left: Placed, right: Placed): number {
  for (const [index, column] of columns.entries()) {
    const order = compareValues(
      column,
      left.position.values[index] ?? null,
      right.position.values[index] ?? null,
      listing.context,
    )
    if (order !== 0) return order
  }
  const ranks = listing.sources.indexOf(left.source) - listing.sources.indexOf(right.source)
  return ranks !== 0 ? ranks : Number(keyOf(left)) - Number(keyOf(right))
}
const keyOf = ({ source, position }: Placed): string => position.nativeId.slice(source.prefix.length)

/** Nulls last in both directions. */
function compareValues(column: SortColumn, left: string | null, right: string | null, context: Context): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1
  const order = column.order === 'number' ? compareNumbers(left, right) : compareText(textOf(left), textOf(right))
  return column.descending ? -order : order

  function textOf(value: string): string {
    if (column.isText || column.codec === null) return value.toLowerCase()
    // What cannot be read has a place all the same; it is told of where the record is shown.
    return readPart(context, '', column.column, () => String(column.codec?.decode(value, written(context)))) ?? value
  }
}

/** Positions have the notation of filters. */
const written = ({ dateFormat: _, ...context }: Context): Context => context

const compareNumbers = (left: string, right: string): number =>
  isDecimal(left) && isDecimal(right) ? compare(left, right) : compareText(left, right)

/** By code points: UTF-8 keeps their order, UTF-16 does not. */
const compareText = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))
