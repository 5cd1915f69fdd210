/** Lists through SuiteQL: one query a page, its rows turned into the dialect of record JSON that the mappings read. */
import type { Warning } from '../../../schemas/common.ts'
import { GatewayError } from '../../errors.ts'
import type { Context } from '../../mapping/codec.ts'
import { type Mapping, toUnified, type VendorRecord } from '../../mapping/mapping.ts'
import { withWarnings } from '../../mapping/reading.ts'
import type { Found, ListQuery, RecordPage } from '../provider.ts'
import { garbled } from './answers.ts'
import type { Page } from './client.ts'
import { columnsIn, isCustom, type Table } from './columns.ts'
import { type Compiled, compile, droppedFields } from './list-query.ts'
import { hasId, hasPosition, positionAt, recordOf, type Selected } from './list-rows.ts'
import { missedAloud } from './never-empty.ts'
import { currencyOfAll } from './one-currency.ts'
import { currenciesIn } from './query.ts'
import { isBadQuery } from './query-access.ts'
import type { Session } from './session.ts'
import { ownIdOf } from './values.ts'

export async function listRecords<T>(
  session: Session,
  table: Table,
  mapping: Mapping<T>,
  query: ListQuery,
): Promise<RecordPage<T>> {
  const { page, compiled } = await fetchPage(session, table, query)
  const rows = page.rows.filter((row) => hasId(row) && compiled.sorts.every((_, place) => hasPosition(row, place)))
  // Without an id and its place there is no going on behind it.
  if (rows.length === 0 && page.hasMore) throw garbled('NetSuite answered a page of records without ids.')
  const dropped = droppedFields(table, query.fields, session.missing.of(table.name))
  // `id` and the like are no fields of the mapping: every record has them.
  const asked = [...(query.fields ?? [])].filter((field) => Object.hasOwn(table.mapping, field))
  const expected = new Set([...asked, ...dropped])
  const items = await Promise.all(
    rows.map(async (row) => ({
      ...withEmpty(await readRow(session, mapping, row, compiled.selected, query.fields), expected, dropped, table, {
        hasCurrencies: session.currencies.areKnownToBeSome,
        wanted: query.fields,
      }),
      position: { values: compiled.sorts.map((_, place) => positionAt(row, place)), nativeId: ownIdOf(row['id']) },
    })),
  )
  const warnings = [...unreadable(page.rows.length - rows.length), ...(await unseen(session, dropped))]
  const total = query.after === null ? page.total : null
  return { items, hasMore: page.hasMore, total, ...(warnings.length > 0 && { warnings }) }
}

const unreadable = (lost: number): Warning[] =>
  lost === 0
    ? []
    : [
        {
          pointer: null,
          code: 'garbled',
          detail: `${lost} of the page's records came without a readable id or place, and are left out.`,
        },
      ]

async function unseen(session: Session, dropped: readonly string[]): Promise<Warning[]> {
  // The one currency of the books is known without a column.
  const isKnown = dropped.includes('currency') && (await currencyOfAll(session)) !== null
  const fields = dropped.filter((field) => field !== 'currency' || !isKnown)
  if (fields.length === 0) return []
  const detail = `Lists of this account, or of the gateway's role in it, have no columns for ${fields.join(', ')}.`
  return [{ pointer: null, code: 'field_not_supported', detail }]
}

/** What was asked for and is not there is empty, or unknown, and not left out. */
function withEmpty<T>(
  found: Found<T>,
  expected: ReadonlySet<string>,
  dropped: readonly string[],
  { empty = {}, never = [], mapping }: Table,
  { hasCurrencies, wanted }: { hasCurrencies: boolean; wanted: ListQuery['fields'] },
): Found<T> {
  const record: Record<string, unknown> = { ...(found.record as object) }
  const lost = missedAloud(
    record,
    [...never, ...(hasCurrencies ? ['currency'] : [])].filter((field) => !dropped.includes(field)),
    { mapping, warnings: found.warnings, wanted },
  )
  for (const field of expected) record[field] ??= null
  for (const [field, none] of Object.entries(empty)) if (record[field] === null) record[field] = none
  return withWarnings({ ...found, record: record as T }, lost)
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
  return { nativeId: ownIdOf(row['id']), ...toUnified(mapping, record, context, fields), raw: row }
}

/**
 * Runs the query without the columns that this account does not have. Features and roles take columns away, and the
 * refusal ("Unknown identifier 'x'", "Field 'x' for record 'y' was not found", both Oracle's texts) is the only way to learn of
 * it; what was learnt is kept.
 */
async function fetchPage(
  session: Session,
  table: Table,
  query: ListQuery,
): Promise<{ page: Page; compiled: Compiled }> {
  const currencyIds = new Map<string, string | null>()
  for (const code of currenciesIn(table, query.filter))
    currencyIds.set(code, await session.currencies.currencyId(code, '?currency').catch(noSuchCurrency))
  const missing = new Set(session.missing.of(table.name))
  for (let refusals = 0; ; refusals++) {
    const compiled = compile(table, query, { timeZone: session.timeZone, currencyIds, missing })
    try {
      const page = await session.client.query(compiled.q, compiled.params, query.limit, table.name)
      // Only what a query succeeded without is known to be missing.
      await session.missing.learn(table.name, missing)
      return { page, compiled }
    } catch (error) {
      // An account that lacks many is not asked about one after the other.
      const unknown = isBadQuery(error) ? unknownColumns(table, compiled, error, refusals >= NAMED_REFUSALS) : []
      const more = unknown.filter((name) => !missing.has(name))
      if (more.length === 0) throw error
      for (const name of more) missing.add(name)
    }
  }
}

/** No record has a currency that the account does not know. */
function noSuchCurrency(error: unknown): null {
  if (error instanceof GatewayError && error.code === 'invalid_reference') return null
  throw error
}

/** So many refusals are answered one column at a time; then all that is not sure goes. */
const NAMED_REFUSALS = 8

export function unknownColumns(
  table: Table,
  compiled: Pick<Compiled, 'q'>,
  error: GatewayError,
  all = false,
): string[] {
  const asked = [...new Set(columnsIn(table, compiled.q))].filter((name) => name !== 'id')
  const unsure = asked.filter((name) => !table.sure.has(name))
  // Columns that every list reads are not given up for those that the account made itself.
  const own = unsure.filter(isCustom)
  const unnamed = own.length > 0 ? own : unsure
  if (all) return unnamed
  const message = error.options.upstream?.message ?? ''
  const named = [...message.matchAll(/(?:identifier|field|column)\W{1,4}(?:\w+\.)?(\w+)/gi)].map((match) =>
    (match[1] as string).toLowerCase(),
  )
  const found = asked.filter((name) => named.includes(name))
  // A refusal that names none of them: try once without any that is not sure.
  return found.length > 0 ? found : unnamed
}
