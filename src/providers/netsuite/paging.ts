/** Sorting and key paging in SuiteQL: no offsets, so that records that come and go neither hide nor repeat others. */
import { GatewayError } from '../../errors.ts'
import type { Position, Sort } from '../provider.ts'
import { jsonNumber } from './codecs.ts'
import {
  type Fragment,
  folded,
  fragment,
  join,
  knownColumn,
  type ListColumn,
  type Surroundings,
  type Table,
} from './columns.ts'
import { isInternalId } from './internal-id.ts'

/** A position's text bound again. */
function bindText(column: ListColumn, value: string): Fragment {
  if (column.kind === 'text') return fragment('LOWER(?)', value)
  if (column.kind === 'date') return fragment("TO_DATE(?, 'YYYY-MM-DD')", value)
  if (column.kind === 'instant') return fragment("TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS')", value.replace('T', ' '))
  return fragment('?', /^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(value) ? jsonNumber(value) : value)
}

export interface SortColumn extends ListColumn {
  readonly descending: boolean
}
export const sortColumns = (table: Table, sort: readonly Sort[], surroundings: Surroundings): SortColumn[] =>
  sort
    .filter(({ field }) => field !== 'id')
    .map(({ field, direction }) => ({
      ...knownColumn(table, field, 'to sort', surroundings),
      descending: direction === 'descending',
    }))

/** Nulls last in both directions, ties by id: spelt out, because databases differ. */
export function orderBy(table: Table, columns: readonly SortColumn[], idDescending: boolean): string {
  const parts = columns.flatMap((column) => [
    `CASE WHEN ${column.sql} IS NULL THEN 1 ELSE 0 END`,
    `${folded(column)}${column.descending ? ' DESC' : ''}`,
  ])
  return [...parts, `${table.alias}.id${idDescending ? ' DESC' : ''}`].join(', ')
}

/** Everything that comes after a position in that order. */
export function afterPosition(
  table: Table,
  columns: readonly SortColumn[],
  position: Position,
  idDescending: boolean,
): Fragment {
  if (!isInternalId(position.nativeId))
    throw new GatewayError('invalid_cursor', 'The cursor does not name a record of NetSuite.')
  const id = fragment(`${table.alias}.id ${idDescending ? '<' : '>'} ?`, jsonNumber(position.nativeId))
  const branches: Fragment[] = []
  const equal: Fragment[] = []
  for (const [place, column] of columns.entries()) {
    const value = position.values[place] ?? null
    // Nothing comes after null but other nulls, by the next column.
    if (value === null) {
      equal.push(fragment(`${column.sql} IS NULL`))
      continue
    }
    const bound = bindText(column, value)
    const left = folded(column)
    const after = fragment(
      `(${left} ${column.descending ? '<' : '>'} ${bound.sql} OR ${column.sql} IS NULL)`,
      ...bound.params,
    )
    branches.push(join([...equal, after], 'AND'))
    equal.push(fragment(`${left} = ${bound.sql}`, ...bound.params))
  }
  return join([...branches, join([...equal, id], 'AND')], 'OR')
}
