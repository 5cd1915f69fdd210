/** Reference data as whole lists, page by page in the order of the id. */
import type { ReferenceEntry, ReferenceKind } from '../../../schemas/reference-data.ts'
import { GatewayError } from '../../errors.ts'
import { isEmpty } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { Client } from './client.ts'
import { jsonNumber } from './codecs.ts'
import { hasId } from './list-rows.ts'
import { isQueryRefused, isUnanswerable } from './query-access.ts'
import { readByRecords } from './reference-records.ts'
import { type NameTable, TABLES } from './reference-tables.ts'
import { ownIdOf } from './values.ts'

const PAGE = 1000

const MISSING: Readonly<Partial<Record<ReferenceKind, string>>> = {
  'message-templates': 'No field of a customer or payment of NetSuite takes a message.',
  'email-templates': 'NetSuite assigns no e-mail templates to customers.',
}

const notSupported = (reason: string) => new GatewayError('not_supported', reason, { applied: 'no' })

/** Throws `not_supported` for a list that NetSuite, or this account, has not. */
export async function readList(client: Client, kind: ReferenceKind): Promise<readonly ReferenceEntry[]> {
  const table = TABLES[kind]
  if (!table) throw notSupported(MISSING[kind] ?? 'NetSuite has no such list.')
  for (const columns of [allColumns(table), fewColumns(table)]) {
    try {
      const isTold = columns.some((column) => column.endsWith(' AS inactive'))
      return (await everyRow(client, table, columns)).map((row) => entryOf(row, isTold))
    } catch (error) {
      if (!isUnanswerable(error)) throw error
      if (isQueryRefused(error)) return withoutQueries(client, kind)
    }
  }
  throw notSupported(`The account has no list ${table.table}, or the gateway's role may not see it.`)
}

async function withoutQueries(client: Client, kind: ReferenceKind): Promise<readonly ReferenceEntry[]> {
  const entries = await readByRecords(client, kind)
  if (entries) return entries
  throw notSupported(
    "The gateway's role may not use SuiteQL in this account, and the list is not among its short records.",
  )
}

const named = (table: NameTable, name: string, inactive: string | null): readonly string[] => [
  `${table.id} AS id`,
  `${name} AS shown`,
  ...(table.code === undefined ? [] : [`${table.code} AS code`]),
  ...(inactive === null ? [] : [`${inactive} AS inactive`]),
]
const allColumns = (table: NameTable) => named(table, table.shown ?? table.names[0], table.inactive ?? 'isinactive')
/** Features and roles take columns away: what nearly every table has. */
const fewColumns = (table: NameTable) => named(table, table.names[0], null)

async function everyRow(client: Client, table: NameTable, columns: readonly string[]): Promise<VendorRecord[]> {
  const rows: VendorRecord[] = []
  for (let after: string | null = null; ; ) {
    const conditions = [table.where, after === null ? undefined : `${table.id} > ?`].filter(
      (part) => part !== undefined,
    )
    const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
    const q = `SELECT ${columns.join(', ')} FROM ${table.table}${where} ORDER BY ${table.id}`
    const page = await client.query(q, after === null ? [] : [jsonNumber(after)], PAGE, table.table)
    rows.push(...page.rows)
    const last = page.rows.at(-1)?.['id']
    if (!page.hasMore || last === undefined) return rows
    after = ownIdOf(last)
  }
}

/** What of it cannot be read is empty: an entry costs only itself, and is told to lack it. */
function entryOf(row: VendorRecord, tellsActive: boolean): ReferenceEntry {
  const { code, inactive } = row
  return {
    id: hasId(row) ? ownIdOf(row['id']) : '',
    name: textIn(row['shown']),
    ...(!isEmpty(code) && { code: textIn(code) ?? '' }),
    active: tellsActive ? activeOf(inactive) : true,
  }
}
const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const activeOf = (inactive: unknown): boolean | null => (inactive === 'F' ? true : inactive === 'T' ? false : null)
