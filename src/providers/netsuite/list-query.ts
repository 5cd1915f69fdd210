/** The query of one page: what is selected, filtered, sorted, and where it goes on. */
import type { Row } from '../../mapping/mapping.ts'
import type { ListQuery } from '../provider.ts'
import type { Listing } from './codecs.ts'
import {
  asText,
  columnFor,
  columnsIn,
  customNames,
  type Fragment,
  notListed,
  type Surroundings,
  type Table,
} from './columns.ts'
import type { Selected } from './list-rows.ts'
import { afterPosition, orderBy, type SortColumn, sortColumns } from './paging.ts'
import { compileFilter } from './query.ts'

export interface Compiled {
  readonly q: string
  readonly params: Fragment['params']
  readonly selected: readonly Selected[]
  readonly sorts: readonly SortColumn[]
}

export function compile(table: Table, query: ListQuery, surroundings: Surroundings): Compiled {
  const selected = selectedColumns(table, query.fields, surroundings)
  const sorts = sortColumns(table, query.sort, surroundings)
  const idDescending = query.sort.some(({ field, direction }) => field === 'id' && direction === 'descending')
  const conditions = [table.scope, compileFilter(table, query.filter, surroundings)]
  if (query.after) conditions.push(afterPosition(table, sorts, query.after, idDescending))
  const used = conditions.filter(({ sql }) => sql !== '1 = 1')
  const columns = [
    `${table.alias}.id`,
    ...selected.flatMap(selectOf),
    ...sorts.map((sort, place) => `${asText(sort)} AS sort_${place}`),
  ]
  const where = used.length === 0 ? '' : ` WHERE ${used.map(({ sql }) => sql).join(' AND ')}`
  return {
    q: `SELECT ${columns.join(', ')} FROM ${table.from}${where} ORDER BY ${orderBy(table, sorts, idDescending)}`,
    params: used.flatMap(({ params }) => params),
    selected,
    sorts,
  }
}

type AnyRow = Row<unknown> & Listing

/** One entry for every property of the record that the wanted fields read. */
function selectedColumns(table: Table, fields: ListQuery['fields'], surroundings: Surroundings): Selected[] {
  refuseUnlisted(table, fields)
  const rows = Object.entries(table.mapping as Record<string, AnyRow>)
  const needed = new Set(
    rows.filter(([field]) => !fields || fields.has(field)).flatMap(([field, row]) => [field, ...(row.needs ?? [])]),
  )
  // Money is written with its currency's digits.
  needed.add('currency')
  const byPath = new Map<string, Selected>()
  for (const [field, row] of rows) {
    const path = row.kind === 'absent' ? undefined : row.paths[0]
    const column = needed.has(field) && path !== undefined && row.selected !== false ? columnFor(table, field) : null
    if (!column || path === undefined || byPath.has(path)) continue
    if (columnsIn(table, column.sql).some((name) => surroundings.missing.has(name))) continue
    const simple = /^\w+\.(\w+)$/.exec(column.sql)
    byPath.set(path, { key: simple?.[1] ?? `${field.toLowerCase()}_value`, path, kind: column.kind, column })
  }
  const own = fields?.has('customFields') && Object.hasOwn(table.mapping, 'customFields')
  return own ? [...byPath.values(), ...ownColumns(table, surroundings)] : [...byPath.values()]
}

/** The account's custom fields; a list that cannot have them says so, because `{}` would mean that there are none. */
function ownColumns(table: Table, { missing }: Surroundings): Selected[] {
  if (!table.types)
    throw notListed('customFields', "The gateway's role may not see which ones there are (metadata catalog).")
  const names = customNames(table)
  const columns = names.flatMap((path): Selected[] => {
    const column = columnFor(table, `customFields.${path}`)
    const key = path.toLowerCase()
    return column && !missing.has(key) ? [{ key, path, kind: column.kind, column, own: true }] : []
  })
  if (names.length > 0 && columns.length === 0)
    throw notListed('customFields', 'The NetSuite account has no columns for them, or the role may not see any.')
  return columns
}

function selectOf({ key, kind, column }: Selected): string[] {
  const plain = asText(column)
  const value = plain === column.sql && plain.endsWith(`.${key}`) ? plain : `${plain} AS ${key}`
  return kind === 'reference' || kind === 'enum' || kind === 'currency'
    ? [value, `BUILTIN.DF(${column.sql}) AS ${key}_name`]
    : [value]
}

/** What a list has no column for is refused where it is asked for by name: leaving it out, or null, would say that there is none. */
function refuseUnlisted(table: Table, fields: ListQuery['fields']): void {
  for (const field of fields ?? []) {
    const row = (table.mapping as Readonly<Record<string, AnyRow>>)[field]
    if (!row || row.kind === 'absent' || field === 'customFields' || table.added?.has(field)) continue
    if (row.column === null && (row.needs ?? []).length === 0)
      throw notListed(field, 'NetSuite has no column for it; the single record has it.')
  }
}

/** The fields that are asked for and that this account has no column for any more. */
export function droppedFields(table: Table, fields: ListQuery['fields'], missing: ReadonlySet<string>): string[] {
  if (missing.size === 0) return []
  const rows = table.mapping as Readonly<Record<string, AnyRow>>
  const isGone = (field: string): boolean => {
    const column = columnFor(table, field)
    return column !== null && columnsIn(table, column.sql).some((name) => missing.has(name))
  }
  return Object.entries(rows).flatMap(([field, row]) =>
    (fields?.has(field) ?? true) && row.kind !== 'absent' && [field, ...(row.needs ?? [])].some(isGone) ? [field] : [],
  )
}
