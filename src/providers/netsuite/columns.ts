/** The columns of lists, pieces of SuiteQL with their parameters, and what compiling needs to know of the account. */
import { GatewayError } from '../../errors.ts'
import type { Row } from '../../mapping/mapping.ts'
import type { RecordShape } from './catalog.ts'
import type { SqlParameter } from './client.ts'
import type { Listing, SqlKind } from './codecs.ts'

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
  /** Columns that nearly every account has: they go only when a refusal names them, any other also when it names none. */
  readonly sure: ReadonlySet<string>
  /** Fields without a column that the list puts in all the same. */
  readonly added?: ReadonlySet<string>
  /** What empty is for fields that cannot be null. */
  readonly empty?: Readonly<Record<string, unknown>>
  /** Fields that every such record has: where one comes empty, a warning says so. */
  readonly never?: readonly string[]
  /** What the account's catalog says of its fields by NetSuite's own names, where it shows it. */
  readonly types?: RecordShape['types'] | undefined
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

export const fragment = (sql: string, ...params: SqlParameter[]): Fragment => ({ sql, params })
export const join = (parts: readonly Fragment[], word: 'AND' | 'OR'): Fragment => {
  if (parts.length === 1) return parts[0] as Fragment
  return { sql: `(${parts.map((part) => part.sql).join(` ${word} `)})`, params: parts.flatMap((part) => part.params) }
}
export const NOTHING = fragment('1 = 0')
export const EVERYTHING = fragment('1 = 1')

type SqlRow = Row<unknown> & Listing
/** Columns of fields that only the account knows. What it does not show is compared as text. */
const NATIVE_KINDS: Readonly<Record<string, SqlKind>> = {
  ...{ boolean: 'flag', integer: 'number', decimal: 'number', date: 'date', instant: 'instant' },
  ...{ reference: 'reference', choice: 'enum' },
}
const CUSTOM = /^cust(entity|body)\w*$/
/** Of the custom fields that the catalog names, those that are a column; a multiple select is a list of its own. */
export const customNames = (table: Table): string[] =>
  Object.entries(table.types ?? {}).flatMap(([name, type]) =>
    CUSTOM.test(name) && type !== 'list' && type !== 'object' ? [name] : [],
  )
export const isCustom = (name: string): boolean => CUSTOM.test(name)
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,59}$/

/** The column of a unified field (or `customFields.x`, `vendorFields.x`, `<reference>.name`); null when there is none. */
export function columnFor(table: Table, field: string): ListColumn | null {
  if (field === 'id') return { sql: `${table.alias}.id`, kind: 'number', codec: null }
  const [root, inner] = splitOnce(field)
  if (inner !== null && (root === 'customFields' || root === 'vendorFields')) {
    const kind = NATIVE_KINDS[table.types?.[inner] ?? ''] ?? 'text'
    return NAME.test(inner) ? { sql: `${table.alias}.${inner.toLowerCase()}`, kind, codec: null } : null
  }
  const row = Object.hasOwn(table.mapping, root) ? (table.mapping as Record<string, SqlRow>)[root] : undefined
  if (!row || row.kind === 'absent' || row.column === null) return null
  const codec = row.kind === 'at' ? row.codec : null
  const kind = row.sql ?? (codec as { sql?: SqlKind } | null)?.sql ?? 'text'
  if (inner === null || (inner === 'id' && kind === 'reference')) return { sql: row.column, kind, codec }
  return inner === 'name' && kind === 'reference'
    ? { sql: row.nameColumn ?? `BUILTIN.DF(${row.column})`, kind: 'text', codec: null }
    : null
}
const splitOnce = (field: string): [string, string | null] => {
  const point = field.indexOf('.')
  return point < 0 ? [field, null] : [field.slice(0, point), field.slice(point + 1)]
}

/** The columns that an expression names: `c.email` in `LOWER(c.email)`. */
export const columnsIn = (table: Table, sql: string): string[] =>
  [...sql.matchAll(new RegExp(`\\b${table.alias}\\.(\\w+)`, 'g'))].map((match) => match[1] as string)

export function knownColumn(table: Table, field: string, use: string, surroundings: Surroundings): ListColumn {
  const column = columnFor(table, field)
  if (!column) throw notSupported(field, use, 'NetSuite has no column for it in lists.')
  const missing = columnsIn(table, column.sql).find((name) => surroundings.missing.has(name))
  if (missing !== undefined)
    throw notSupported(field, use, `The NetSuite account has no column ${missing}, or the role may not see it.`)
  return column
}
export function notSupported(field: string, use: string, why: string): GatewayError {
  const detail = `${field} cannot be used ${use} on this connection. ${why}`
  return new GatewayError('filter_not_supported', detail, {
    errors: [{ pointer: `?${field}`, code: 'filter_not_supported', detail }],
  })
}

/** What a list was asked for by name and cannot give. */
export function notListed(field: string, why: string): GatewayError {
  const detail = `${field} cannot be read in lists on this connection. ${why}`
  return new GatewayError('field_not_supported', detail, {
    errors: [{ pointer: '?fields', code: 'field_not_supported', detail }],
  })
}

/** The text in which a column's value is selected and comes back in a position. */
export const asText = (column: { sql: string; kind: SqlKind }): string => {
  if (column.kind === 'date') return `TO_CHAR(${column.sql}, 'YYYY-MM-DD')`
  return column.kind === 'instant' ? `TO_CHAR(${column.sql}, 'YYYY-MM-DD"T"HH24:MI:SS')` : column.sql
}
/** Text is compared and sorted without regard to case. */
export const folded = (column: ListColumn): string => (column.kind === 'text' ? `LOWER(${column.sql})` : column.sql)
