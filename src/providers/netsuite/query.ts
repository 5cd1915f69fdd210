/** Filters, sorting and key paging turned into SuiteQL. Values only ever travel as bound parameters. */
import { GatewayError } from '../../errors.ts'
import type { Row } from '../../mapping/mapping.ts'
import type { Condition, Filter, ListQuery, Position, Sort } from '../provider.ts'
import { isInternalId, type SqlParameter } from './client.ts'
import { jsonNumber, type Listing, type SqlKind } from './codecs.ts'
import { toWallClock } from './zone.ts'

export interface Fragment {
  readonly sql: string
  readonly params: readonly SqlParameter[]
}
/** One list: where its rows come from, and what is special about it. Columns are in the rows of its mapping. */
export interface Table {
  readonly name: string
  readonly from: string
  readonly alias: string
  readonly mapping: object
  readonly scope: Fragment
  /** Columns that every account has; any other is left out once an account has said that it does not know it. */
  readonly sure: ReadonlySet<string>
  /** Filters by words that are no column of their own: the condition of each word. */
  readonly words: Readonly<Record<string, Readonly<Record<string, Fragment>>>>
}
/** What compiling may look at: the zone of timestamps, currency ids by code, columns this account lacks. */
export interface Surroundings {
  readonly timeZone: string
  readonly currencyIds: ReadonlyMap<string, string | null>
  readonly missing: ReadonlySet<string>
}
export interface ListColumn {
  readonly sql: string
  readonly kind: SqlKind
  readonly codec: { readonly encode: (value: never, context: never) => unknown; readonly title: string } | null
}

const fragment = (sql: string, ...params: SqlParameter[]): Fragment => ({ sql, params })
const join = (parts: readonly Fragment[], word: 'AND' | 'OR'): Fragment => {
  if (parts.length === 1) return parts[0] as Fragment
  return { sql: `(${parts.map((part) => part.sql).join(` ${word} `)})`, params: parts.flatMap((part) => part.params) }
}
export const NOTHING = fragment('1 = 0')
const EVERYTHING = fragment('1 = 1')

// Columns

type SqlRow = Row<unknown> & Listing
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,59}$/

/** The column of a unified field (or `customFields.x`, `vendorFields.x`, `<reference>.name`); null when there is none. */
export function columnFor(table: Table, field: string): ListColumn | null {
  if (field === 'id') return { sql: `${table.alias}.id`, kind: 'number', codec: null }
  const [root, inner] = splitOnce(field)
  if (inner !== null && (root === 'customFields' || root === 'vendorFields')) {
    return NAME.test(inner) ? { sql: `${table.alias}.${inner.toLowerCase()}`, kind: 'text', codec: null } : null
  }
  const row = Object.hasOwn(table.mapping, root) ? (table.mapping as Record<string, SqlRow>)[root] : undefined
  if (!row || row.kind === 'absent' || row.column === null) return null
  const codec = row.kind === 'at' ? row.codec : null
  const kind = row.sql ?? (codec as { sql?: SqlKind } | null)?.sql ?? 'text'
  if (inner === null || (inner === 'id' && kind === 'reference')) return { sql: row.column, kind, codec }
  return inner === 'name' && kind === 'reference' ? { sql: `BUILTIN.DF(${row.column})`, kind: 'text', codec: null } : null
}
const splitOnce = (field: string): [string, string | null] => {
  const point = field.indexOf('.')
  return point < 0 ? [field, null] : [field.slice(0, point), field.slice(point + 1)]
}

/** The columns that an expression names: `c.email` in `LOWER(c.email)`. */
export const columnsIn = (table: Table, sql: string): string[] => [...sql.matchAll(new RegExp(`\\b${table.alias}\\.(\\w+)`, 'g'))].map((match) => match[1] as string)

function knownColumn(table: Table, field: string, use: string, surroundings: Surroundings): ListColumn {
  const column = columnFor(table, field)
  if (!column) throw notSupported(field, use, 'NetSuite has no column for it in lists.')
  const missing = columnsIn(table, column.sql).find((name) => surroundings.missing.has(name))
  if (missing !== undefined) throw notSupported(field, use, `The NetSuite account has no column ${missing}, or the role may not see it.`)
  return column
}
function notSupported(field: string, use: string, why: string): GatewayError {
  const detail = `${field} cannot be used ${use} on this connection. ${why}`
  return new GatewayError('filter_not_supported', detail, { errors: [{ pointer: `?${field}`, code: 'filter_not_supported', detail }] })
}

// Conditions

export function compileFilter(table: Table, filter: Filter | null, surroundings: Surroundings): Fragment {
  if (filter === null) return EVERYTHING
  if ('all' in filter) return filter.all.length === 0 ? EVERYTHING : join(filter.all.map((part) => compileFilter(table, part, surroundings)), 'AND')
  if ('any' in filter) return filter.any.length === 0 ? NOTHING : join(filter.any.map((part) => compileFilter(table, part, surroundings)), 'OR')
  const words = table.words[filter.field]
  return words ? wordCondition(words, filter) : columnCondition(table, filter, surroundings)
}

function wordCondition(words: Readonly<Record<string, Fragment>>, condition: Condition): Fragment {
  const { field, operator, values } = condition
  const parts = values.map((value) => {
    const part = words[value]
    if (!part) throw notSupported(field, `with the value "${value}"`, 'Lists of NetSuite cannot tell it apart.')
    return part
  })
  const any = parts.length === 0 ? NOTHING : join(parts, 'OR')
  if (operator === 'equals' || operator === 'in') return any
  if (operator === 'notEquals' || operator === 'notIn') return { sql: `NOT (${any.sql})`, params: any.params }
  throw notSupported(field, `with ${operator}`, 'It is a word, not a number or a text.')
}

const COMPARISONS = { greaterThan: '>', greaterOrEqual: '>=', lessThan: '<', lessOrEqual: '<=' } as const

function columnCondition(table: Table, condition: Condition, surroundings: Surroundings): Fragment {
  const { field, operator, values } = condition
  const column = knownColumn(table, field, 'as a filter', surroundings)
  const { sql } = column
  if (operator === 'isNull') return fragment(`${sql} IS NULL`)
  if (operator === 'isNotNull') return fragment(`${sql} IS NOT NULL`)
  const left = folded(column)
  const bound = (value: string) => bind(column, field, value, surroundings)
  if (operator === 'contains' || operator === 'startsWith' || operator === 'like') {
    if (column.kind !== 'text') throw notSupported(field, `with ${operator}`, 'It is no text.')
    return likeCondition(left, operator, values[0] ?? '')
  }
  if (operator in COMPARISONS) {
    if (!['number', 'text', 'date', 'instant'].includes(column.kind)) throw notSupported(field, `with ${operator}`, 'Its values have no order.')
    const value = bound(values[0] ?? '')
    return value ? fragment(`${left} ${COMPARISONS[operator as keyof typeof COMPARISONS]} ${value.sql}`, ...value.params) : NOTHING
  }
  const found = values.map(bound).filter((value) => value !== null)
  const any = found.length === 0 ? NOTHING : membership(left, found)
  if (operator === 'equals' || operator === 'in') return any
  return { sql: `(NOT (${any.sql}) OR ${sql} IS NULL)`, params: any.params }
}

/** Oracle takes at most 1,000 members in one list. */
function membership(left: string, values: readonly Fragment[]): Fragment {
  if (values.length === 1) return fragment(`${left} = ${values[0]?.sql}`, ...(values[0]?.params ?? []))
  const chunks: Fragment[] = []
  for (let start = 0; start < values.length; start += 1000) {
    const chunk = values.slice(start, start + 1000)
    chunks.push(fragment(`${left} IN (${chunk.map(({ sql }) => sql).join(', ')})`, ...chunk.flatMap(({ params }) => params)))
  }
  return join(chunks, 'OR')
}

function likeCondition(left: string, operator: 'contains' | 'startsWith' | 'like', value: string): Fragment {
  const escaped = value.replace(/[\\%_]/g, '\\$&')
  const pattern = operator === 'contains' ? `%${escaped}%` : operator === 'startsWith' ? `${escaped}%` : escaped.replaceAll('*', '%')
  return fragment(`${left} LIKE LOWER(?)${escaped === value ? '' : " ESCAPE '\\'"}`, pattern)
}

const folded = (column: ListColumn): string => (column.kind === 'text' ? `LOWER(${column.sql})` : column.sql)

/** A value as the column wants it; null when no record can have it. */
function bind(column: ListColumn, field: string, value: string, surroundings: Surroundings): Fragment | null {
  switch (column.kind) {
    case 'text':
      return fragment('LOWER(?)', value)
    case 'number':
      if (field === 'id' && !isInternalId(value)) return null
      return /^-?\d+(\.\d+)?$/.test(value) ? fragment('?', jsonNumber(value)) : null
    case 'reference':
      return isInternalId(value) ? fragment('?', jsonNumber(value)) : null
    case 'currency': {
      const id = surroundings.currencyIds.get(value) ?? null
      return id === null ? null : fragment('?', jsonNumber(id))
    }
    case 'flag':
      return fragment('?', flagOf(column, value) ? 'T' : 'F')
    case 'date':
      return fragment("TO_DATE(?, 'YYYY-MM-DD')", value)
    case 'instant':
      return fragment("TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS')", toWallClock(new Date(value), surroundings.timeZone))
    case 'enum':
      return fragment('?', value)
  }
}
const flagOf = (column: ListColumn, value: string): boolean =>
  column.codec === null || column.codec.title === 'boolean' ? value === 'true' : column.codec.encode(value as never, undefined as never) === true

// Sorting and paging

/** The text in which a column's value is selected and comes back in a position. */
export const asText = (column: { sql: string; kind: SqlKind }): string => {
  if (column.kind === 'date') return `TO_CHAR(${column.sql}, 'YYYY-MM-DD')`
  return column.kind === 'instant' ? `TO_CHAR(${column.sql}, 'YYYY-MM-DD"T"HH24:MI:SS')` : column.sql
}
/** A position's text bound again. */
function bindText(column: ListColumn, value: string): Fragment {
  if (column.kind === 'text') return fragment('LOWER(?)', value)
  if (column.kind === 'date') return fragment("TO_DATE(?, 'YYYY-MM-DD')", value)
  if (column.kind === 'instant') return fragment("TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS')", value.replace('T', ' '))
  return fragment('?', /^-?\d*\.?\d+$/.test(value) ? jsonNumber(value) : value)
}

export interface SortColumn extends ListColumn {
  readonly descending: boolean
}
export const sortColumns = (table: Table, sort: readonly Sort[], surroundings: Surroundings): SortColumn[] =>
  sort
    .filter(({ field }) => field !== 'id')
    .map(({ field, direction }) => ({ ...knownColumn(table, field, 'to sort', surroundings), descending: direction === 'descending' }))

/** Nulls last in both directions, ties by id: spelt out, because databases differ. */
export function orderBy(table: Table, columns: readonly SortColumn[], idDescending: boolean): string {
  const parts = columns.flatMap((column) => [`CASE WHEN ${column.sql} IS NULL THEN 1 ELSE 0 END`, `${folded(column)}${column.descending ? ' DESC' : ''}`])
  return [...parts, `${table.alias}.id${idDescending ? ' DESC' : ''}`].join(', ')
}

/** Everything that comes after a position in that order. */
export function afterPosition(table: Table, columns: readonly SortColumn[], position: Position, idDescending: boolean): Fragment {
  if (!isInternalId(position.nativeId)) throw new GatewayError('invalid_cursor', 'The cursor does not name a record of NetSuite.')
  const id = fragment(`${table.alias}.id ${idDescending ? '<' : '>'} ?`, jsonNumber(position.nativeId))
  const branches: Fragment[] = []
  const equal: Fragment[] = []
  columns.forEach((column, place) => {
    const value = position.values[place] ?? null
    // Nothing comes after null but other nulls, by the next column.
    if (value === null) return equal.push(fragment(`${column.sql} IS NULL`))
    const bound = bindText(column, value)
    const left = folded(column)
    const after = fragment(`(${left} ${column.descending ? '<' : '>'} ${bound.sql} OR ${column.sql} IS NULL)`, ...bound.params)
    branches.push(join([...equal, after], 'AND'))
    return equal.push(fragment(`${left} = ${bound.sql}`, ...bound.params))
  })
  return join([...branches, join([...equal, id], 'AND')], 'OR')
}

/** The currency codes that a filter compares with; their ids have to be known before it is compiled. */
export function currenciesIn(table: Table, filter: ListQuery['filter']): string[] {
  if (filter === null) return []
  if ('all' in filter) return filter.all.flatMap((part) => currenciesIn(table, part))
  if ('any' in filter) return filter.any.flatMap((part) => currenciesIn(table, part))
  return columnFor(table, filter.field)?.kind === 'currency' ? [...filter.values] : []
}
