/** Lists through SuiteQL: one query a page, its rows turned into the dialect of record JSON that the mappings read. */
import { GatewayError } from '../../errors.ts'
import type { Context } from '../../mapping/codec.ts'
import { type Mapping, nest, type Row, toUnified, type VendorRecord } from '../../mapping/mapping.ts'
import { fromWallClock } from '../../mapping/zone.ts'
import { parseJson } from '../../wire/json.ts'
import type { Found, ListQuery, RecordPage } from '../provider.ts'
import type { Page } from './client.ts'
import type { Listing, SqlKind } from './codecs.ts'
import {
  asText,
  columnFor,
  columnsIn,
  customNames,
  type Fragment,
  isCustom,
  type ListColumn,
  notListed,
  type Surroundings,
  type Table,
} from './columns.ts'
import { afterPosition, orderBy, type SortColumn, sortColumns } from './paging.ts'
import { compileFilter, currenciesIn } from './query.ts'
import { isBadQuery } from './query-access.ts'
import type { Session } from './session.ts'

/** A field's column in one SELECT: its key in the rows, and the property of record JSON that it becomes. */
interface Selected {
  readonly key: string
  readonly path: string
  readonly kind: SqlKind
  readonly column: ListColumn
  /** Read by the account's own name, as the record has it: a number is one, and what is empty is left out. */
  readonly own?: true
}
interface Compiled {
  readonly q: string
  readonly params: Fragment['params']
  readonly selected: readonly Selected[]
  readonly sorts: readonly SortColumn[]
}

export async function listRecords<T>(
  session: Session,
  table: Table,
  mapping: Mapping<T>,
  query: ListQuery,
): Promise<RecordPage<T>> {
  const { page, compiled } = await fetchPage(session, table, query)
  const items = await Promise.all(
    page.rows.map(async (row) => ({
      ...(await readRow(session, mapping, row, compiled.selected, query.fields)),
      position: { values: compiled.sorts.map((_, place) => textAt(row, `sort_${place}`)), nativeId: String(row['id']) },
    })),
  )
  return { items, hasMore: page.hasMore, total: query.after === null ? page.total : null }
}

async function readRow<T>(
  session: Session,
  mapping: Mapping<T>,
  row: VendorRecord,
  selected: readonly Selected[],
  fields: ListQuery['fields'],
): Promise<Found<T>> {
  const record = await session.prepared(recordOf(row, selected, session.timeZone))
  const context: Context = { currency: session.currencyOf(record), timeZone: session.timeZone }
  return { nativeId: String(row['id']), ...toUnified(mapping, record, context, fields), raw: row }
}

/**
 * Runs the query without the columns that this account does not have. Features and roles take columns away, and the
 * refusal ("Unknown identifier 'x'", Oracle's text) is the only way to learn of it; what was learnt is kept.
 */
async function fetchPage(
  session: Session,
  table: Table,
  query: ListQuery,
): Promise<{ page: Page; compiled: Compiled }> {
  const currencyIds = new Map<string, string | null>()
  for (const code of currenciesIn(table, query.filter))
    currencyIds.set(code, await session.references.currencyId(code, '?currency').catch(noSuchCurrency))
  const remembered = session.missingColumns(table.name)
  const missing = new Set(remembered)
  for (let refusals = 0; ; refusals++) {
    const compiled = compile(table, query, { timeZone: session.timeZone, currencyIds, missing })
    try {
      const page = await session.client.query(compiled.q, compiled.params, query.limit, table.name)
      // Only what a query succeeded without is known to be missing.
      for (const name of missing) remembered.add(name)
      return { page, compiled }
    } catch (error) {
      // An account that lacks many is not asked about one after the other.
      const unknown = isBadQuery(error) ? unknownColumns(table, compiled, error, refusals >= NAMED_REFUSALS) : []
      if (unknown.length === 0) throw error
      for (const name of unknown) missing.add(name)
    }
  }
}

/** No record has a currency that the account does not know. */
function noSuchCurrency(error: unknown): null {
  if (error instanceof GatewayError && error.code === 'invalid_reference') return null
  throw error
}

/** So many refusals are answered one column at a time; then all that is not sure goes. */
const NAMED_REFUSALS = 4

export function unknownColumns(
  table: Table,
  compiled: Pick<Compiled, 'q'>,
  error: GatewayError,
  all = false,
): string[] {
  const unsure = [...new Set(columnsIn(table, compiled.q))].filter((name) => !table.sure.has(name))
  // Columns that every list reads are not given up for those that the account made itself.
  const own = unsure.filter(isCustom)
  const unnamed = own.length > 0 ? own : unsure
  if (all) return unnamed
  const message = error.options.upstream?.message ?? ''
  const named = [...message.matchAll(/(?:identifier|field|column)\W{1,4}(?:\w+\.)?(\w+)/gi)].map((match) =>
    (match[1] as string).toLowerCase(),
  )
  const found = unsure.filter((name) => named.includes(name))
  // A refusal that names none of them: try once without any.
  return found.length > 0 || named.some((name) => table.sure.has(name)) ? found : unnamed
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

const textAt = (row: VendorRecord, key: string): string | null => {
  const value = row[key]
  return value === undefined || value === null || value === '' ? null : String(value)
}

/** A SuiteQL row as record JSON: everything is text there, empty columns are left out, booleans are T and F. */
export function recordOf(row: VendorRecord, selected: readonly Selected[], timeZone: string): VendorRecord {
  const flat: Record<string, unknown> = {}
  for (const { key, path, kind, own } of selected) {
    const value = textAt(row, key)
    if (own && value === null) continue
    flat[path] = value === null ? null : recordValue(value, textAt(row, `${key}_name`), kind, timeZone)
    if (own) flat[path] = asInRecord(flat[path], kind)
  }
  return nest(flat)
}

/** SuiteQL writes everything as text, Oracle's `.5` too; record JSON has numbers, and moments without empty fractions. */
function asInRecord(value: unknown, kind: SqlKind): unknown {
  if (kind === 'instant') return String(value).replace('.000Z', 'Z')
  return kind === 'number' ? parseJson(String(value).replace(/^(-?)\./, '$10.')) : value
}

function recordValue(value: string, name: string | null, kind: SqlKind, timeZone: string): unknown {
  if (kind === 'flag') return value === 'T' || value === 'true'
  if (kind === 'instant') return fromWallClock(value, timeZone)?.toISOString() ?? value
  if (kind === 'reference' || kind === 'currency') return { id: value, refName: name }
  // `CustPymt:B` in some contexts, `B` in others; names as "Customer Payment : Not Deposited".
  if (kind === 'enum') return { id: value.replace(/^.*:/, ''), refName: name?.replace(/^.* : /, '') ?? null }
  return value
}
