/** Rows of SuiteQL, turned into the dialect of record JSON that the mappings read. */
import { isEmpty } from '../../mapping/codec.ts'
import { nest, type VendorRecord } from '../../mapping/mapping.ts'
import { isDecimal } from '../../mapping/money.ts'
import { fromWallClock } from '../../mapping/zone.ts'
import { parseJson } from '../../wire/json.ts'
import type { SqlKind } from './codecs.ts'
import type { ListColumn } from './columns.ts'
import { isInternalId } from './internal-id.ts'
import { amountOf, textOf } from './values.ts'

/** A field's column in one SELECT: its key in the rows, and the property of record JSON that it becomes. */
export interface Selected {
  readonly key: string
  readonly path: string
  readonly kind: SqlKind
  readonly column: ListColumn
  /** Read by the account's own name, as the record has it: a number is one, and what is empty is left out. */
  readonly own?: true
}
export const hasId = (row: VendorRecord): boolean => {
  const { id } = row
  return typeof id === 'string' ? isInternalId(id) : Number.isSafeInteger(id)
}
/** Numbers and texts have a place in an order, and so has what is empty. */
export const hasPosition = (row: VendorRecord, place: number): boolean =>
  isEmpty(row[`sort_${place}`]) || ['string', 'number'].includes(typeof row[`sort_${place}`])
/** A sort value in the ERP's own text. */
export function positionAt(row: VendorRecord, place: number): string | null {
  const value = row[`sort_${place}`]
  return typeof value === 'number' ? amountOf(value) : textOf(value)
}

/** A SuiteQL row as record JSON: everything is text there, empty columns are left out, booleans are T and F. */
export function recordOf(row: VendorRecord, selected: readonly Selected[], timeZone: string): VendorRecord {
  const flat: Record<string, unknown> = {}
  for (const { key, path, kind, own } of selected) {
    const value = isEmpty(row[key]) ? null : row[key]
    if (own && value === null) continue
    flat[path] = value === null ? null : recordValue(value, row[`${key}_name`] ?? null, kind, timeZone)
    if (own) flat[path] = asInRecord(flat[path], kind)
  }
  return nest(flat)
}

/** SuiteQL writes everything as text, Oracle's `.5` too; record JSON has numbers, and moments without empty fractions. */
function asInRecord(value: unknown, kind: SqlKind): unknown {
  if (typeof value !== 'string') return value
  if (kind === 'instant') return value.replace('.000Z', 'Z')
  return kind === 'number' && isDecimal(value)
    ? parseJson(value.replace(/^(-?)0*(?=\d)/, '$1').replace(/^(-?)\./, '$10.'))
    : value
}

/** What is no text stays as it came: the field's own codec decides what it can read. */
function recordValue(value: unknown, name: unknown, kind: SqlKind, timeZone: string): unknown {
  if (kind === 'reference' || kind === 'currency') return { id: value, refName: name }
  if (typeof value !== 'string') return value
  if (kind === 'flag' && (value === 'T' || value === 'F')) return value === 'T'
  if (kind === 'instant') return fromWallClock(value.replace('T', ' '), timeZone)?.toISOString() ?? value
  // `CustPymt:B` in some contexts, `B` in others; names as "Customer Payment : Not Deposited".
  if (kind === 'enum')
    return { id: value.replace(/^.*:/, ''), refName: typeof name === 'string' ? name.replace(/^.* : /, '') : name }
  return value
}
