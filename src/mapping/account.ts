/** The mapping of one account: of the places that a row names in order the one that the account has, or the reason why none. */
import { type AtRow, absent, type CustomRow, type Mapping, type Row } from './mapping.ts'

type AnyRow = Row<unknown>

/** `has` is null while nothing is known of the account: then the first place is believed, and no row that must be shown. */
export function mappingOfAccount<T>(mapping: Mapping<T>, has: ((place: string) => boolean) | null): Mapping<T> {
  const rows = Object.entries(mapping as unknown as Record<string, AnyRow>)
  return Object.fromEntries(rows.map(([field, row]) => [field, rowOfAccount(row, has)])) as unknown as Mapping<T>
}

function rowOfAccount(row: AnyRow, has: ((place: string) => boolean) | null): AnyRow {
  if (row.kind === 'absent') return row
  if (has === null) return row.kind === 'at' && row.shown ? absentFrom(row) : row
  // Without a place of its own it is worked out by the gateway; a `*` is a family of names.
  if (row.paths.length === 0 || row.paths.some((path) => path.includes('*'))) return row
  const [first, ...others] = row.paths.filter((path) => has(path.split('.', 1)[0] as string))
  if (first === undefined) return absentFrom(row)
  return row.kind === 'at' ? { ...row, paths: [first, ...others] } : { ...row, paths: [first, ...others] }
}

const absentFrom = (row: AtRow<unknown> | CustomRow<unknown>) =>
  absent(row.missing ?? `The account has no field ${row.paths.join(' or ')}, or the gateway's role may not see it.`)

/** For lists whose columns have names of their own: a row with a column is there whatever the records of the account call it. */
export function columnsOfAccount<T>(mapping: Mapping<T>, ofAccount: Mapping<T>): Mapping<T> {
  const own = ofAccount as unknown as Record<string, AnyRow>
  const rows = Object.entries(mapping as unknown as Record<string, AnyRow>)
  const listed = (field: string, row: AnyRow) =>
    row.kind !== 'absent' && row.column !== null ? row : (own[field] ?? row)
  return Object.fromEntries(rows.map(([field, row]) => [field, listed(field, row)])) as unknown as Mapping<T>
}

/** Where lists are filtered by other names than usual, and do not sort: the name of each row, null for what they cannot find. */
export function listedBy<T>(mapping: Mapping<T>, nameOf: (row: AnyRow) => string | null): Mapping<T> {
  const rows = Object.entries(mapping as unknown as Record<string, AnyRow>)
  const listed = (row: AnyRow): AnyRow => {
    if (row.kind === 'absent') return row
    return row.kind === 'at'
      ? { ...row, column: nameOf(row), unsorted: true }
      : { ...row, column: nameOf(row), unsorted: true }
  }
  return Object.fromEntries(rows.map(([field, row]) => [field, listed(row)])) as unknown as Mapping<T>
}
