/** What every record of its kind has: where it is missing, it is said, because null would be taken for a fact. */
import type { Warning } from '../../../schemas/common.ts'
import type { Row, VendorRecord } from '../../mapping/mapping.ts'
import { isZero } from '../../mapping/money.ts'
import { isObject } from './values.ts'

/** Of a record: how it is read, and which of its fields were asked for. */
interface Missed {
  readonly mapping: object
  /** What has been told of the record already. */
  readonly warnings?: readonly Warning[] | undefined
  readonly wanted?: ReadonlySet<string> | null | undefined
}

/** A warning for each of these fields that is empty, and has not been told of. */
export function missedAloud(
  record: Readonly<Record<string, unknown>>,
  never: readonly string[],
  { mapping, warnings = [], wanted }: Missed,
): Warning[] {
  const told = new Set(warnings.map(({ pointer }) => pointer))
  const detail = 'NetSuite gave no value, and every such record has one.'
  return never
    .filter((field) => field in mapping && (wanted?.has(field) ?? true))
    .filter((field) => (record[field] ?? null) === null && !told.has(`/${field}`))
    .map((field) => ({ pointer: `/${field}`, code: 'garbled', detail }))
}

const OF_TRANSACTIONS = ['customer', 'date', 'currency', 'amount', 'total', 'openAmount']
/** Of a whole record; a customer has a currency where the account has several. */
const neverEmpty = (mapping: object, hasCurrencies: boolean): readonly string[] =>
  'date' in mapping ? OF_TRANSACTIONS : hasCurrencies ? ['currency'] : []

interface Whole extends Missed {
  readonly raw: VendorRecord
  /** Fields that are lists, with what an empty one is. */
  readonly lists: Readonly<Record<string, unknown>>
}
/** Lists that were asked for whole and came as a link alone: whether they have entries is not said. */
function onlyLinked(record: Readonly<Record<string, unknown>>, { mapping, raw, lists }: Whole): Warning[] {
  const rows = mapping as Readonly<Record<string, Row<unknown> | undefined>>
  const isLink = (value: unknown) => isObject(value) && !('items' in value) && value['totalResults'] !== 0
  return Object.keys(lists).flatMap((field) => {
    const row = rows[field]
    if (!(field in record) || !Array.isArray(lists[field]) || row === undefined || row.kind === 'absent') return []
    if (!row.paths.some((path) => isLink(raw[path]))) return []
    return [{ pointer: `/${field}`, code: 'garbled', detail: 'NetSuite gave a link instead of the list.' }]
  })
}

/** What a whole record does not show although it has it. */
export const unshown = (
  record: Readonly<Record<string, unknown>>,
  whole: Whole,
  hasCurrencies: boolean,
): readonly Warning[] => [
  ...missedAloud(record, neverEmpty(whole.mapping, hasCurrencies), whole),
  ...onlyLinked(record, whole),
]

/** Lines are left out where there are none; that something is applied says that there are. */
export const linesMissed = (raw: VendorRecord, applied: string | null | undefined): Warning[] =>
  raw['apply'] === undefined && applied != null && !isZero(applied)
    ? [{ pointer: '/applications', code: 'garbled', detail: 'NetSuite gave no lines of what is applied, and some is.' }]
    : []
