/**
 * The mapping engine: one row per field, used for writing, reading, filtering, sorting, capabilities and docs.
 * Four kinds of row (`at`, `readOnly`, `custom`, `absent`); resist a fifth.
 */

import type { Warning } from '../../schemas/common.ts'
import { type FieldError, GatewayError } from '../errors.ts'
import { type Codec, type Context, isEmpty } from './codec.ts'
import { contextAt, type Reading, readPart } from './reading.ts'

/** A vendor record: JSON of NetSuite, or XML turned into the same tree; keys may be dotted paths. */
export type VendorRecord = { readonly [name: string]: unknown }

export interface AtRow<T> {
  readonly kind: 'at'
  /** The vendor's places in order of preference; the first that is present is read, the first is written. */
  readonly paths: readonly [string, ...string[]]
  readonly codec: Codec<T>
  readonly access: 'read-write' | 'create-only' | 'read-only' | 'write-only'
  /** Where lists find, filter and sort it; null when they cannot. */
  readonly column: string | null
  /** Why it cannot be written, where the ERP does not just compute it. */
  readonly reason?: string
  /** Why accounts without any of the places have none. */
  readonly missing?: string
  /** Only where the account shows one of the places; else it is taken to be there. */
  readonly shown?: true
  /** Lists find by it, but cannot sort. */
  readonly unsorted?: true
}
export interface CustomRow<T> {
  readonly kind: 'custom'
  readonly title: string
  /** The vendor's places, for docs and for pointing errors back at our field. */
  readonly paths: readonly string[]
  readonly access: 'read-write' | 'create-only' | 'read-only' | 'write-only'
  readonly column: string | null
  readonly order?: 'number' | 'text'
  readonly referenceKind?: string
  readonly reason?: string
  readonly missing?: string
  readonly unsorted?: true
  /** undefined: not in this record (not asked for); null: empty. */
  readonly decode: (record: VendorRecord, context: Context) => T | null | undefined
  /** The vendor's part of a write: dotted paths and values; null clears. */
  readonly encode: (value: T | null, context: Context) => Readonly<Record<string, unknown>>
}
export interface AbsentRow {
  readonly kind: 'absent'
  readonly reason: string
}
export type Row<T> = AtRow<T> | CustomRow<T> | AbsentRow

/** A row for every field; a missing or unknown one does not compile. */
export type Mapping<T> = { readonly [K in keyof Required<T>]: Row<NonNullable<Required<T>[K]>> }
// The engine walks rows without knowing their value types; each row keeps its own.
type AnyRow = Row<unknown>

export interface AtOptions {
  readonly access?: AtRow<unknown>['access']
  /** The list column; the first path when left away; null when lists cannot see it. */
  readonly column?: string | null
  readonly missing?: string
  readonly shown?: true
}

export const at = <T>(
  paths: string | readonly [string, ...string[]],
  codec: Codec<T>,
  options: AtOptions = {},
): AtRow<T> => {
  const all: readonly [string, ...string[]] = typeof paths === 'string' ? [paths] : paths
  const { column = all[0], access = 'read-write', ...more } = options
  return { kind: 'at', paths: all, codec, access, column, ...more }
}
export const readOnly = <T>(
  paths: string | readonly [string, ...string[]],
  codec: Codec<T>,
  options: Omit<AtOptions, 'access'> = {},
): AtRow<T> => at(paths, codec, { ...options, access: 'read-only' })
export const custom = <T>(
  row: Omit<CustomRow<T>, 'kind' | 'access' | 'column'> & Partial<CustomRow<T>>,
): CustomRow<T> => ({
  access: 'read-write',
  column: null,
  ...row,
  kind: 'custom',
})
export const absent = (reason: string): AbsentRow => ({ kind: 'absent', reason })

/** Reads a dotted path: as one literal key first (Intacct writes dotted tag names), then step by step. */
export function valueAt(record: VendorRecord, path: string): unknown {
  if (Object.hasOwn(record, path)) return record[path]
  let value: unknown = record
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as VendorRecord)[step]
  }
  return value
}

/** Builds a nested tree out of dotted paths. Its objects inherit nothing, so that no path can reach a prototype. */
export function nest(flat: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const tree: Record<string, unknown> = Object.create(null)
  for (const [path, value] of Object.entries(flat)) {
    const steps = path.split('.')
    const last = steps.pop() as string
    let node = tree
    for (const step of steps) {
      const next = node[step]
      if (typeof next === 'object' && next !== null) node = next as Record<string, unknown>
      else {
        const made: Record<string, unknown> = Object.create(null)
        node[step] = made
        node = made
      }
    }
    node[last] = value
  }
  return tree
}

/** Vendor record to ours. Fields that the record does not carry stay absent; empty ones, and those that cannot be read, are null. */
export function toUnified<T>(
  mapping: Mapping<T>,
  record: VendorRecord,
  context: Context,
  wanted?: ReadonlySet<string> | null,
): Reading<T> {
  const unified: Record<string, unknown> = {}
  const warnings: Warning[] = []
  for (const [field, row] of Object.entries(mapping as unknown as Record<string, AnyRow>)) {
    if (wanted && !wanted.has(field)) continue
    const value = readField(row, record, contextAt(context, `/${field}`, warnings), field)
    if (value !== undefined) unified[field] = value
  }
  return { record: unified as T, ...(warnings.length > 0 && { warnings }) }
}

function readField(row: AnyRow, record: VendorRecord, context: Context, field: string): unknown {
  if (row.kind === 'absent') return null
  if (row.access === 'write-only') return undefined
  return readPart(context, '', row.paths[0] ?? field, () => {
    if (row.kind === 'custom') return row.decode(record, context)
    const value = firstPresent(record, row.paths)
    if (value === undefined) return undefined
    return isEmpty(value) ? null : row.codec.decode(value, context)
  })
}

function firstPresent(record: VendorRecord, paths: readonly string[]): unknown {
  for (const path of paths) {
    const value = valueAt(record, path)
    if (value !== undefined) return value
  }
  return undefined
}

export interface WriteOptions {
  readonly mode: 'create' | 'update'
  /** How the vendor spells "clear this": `null` for JSON, `''` for XML. */
  readonly blank: null | ''
  readonly context: Context
  /** Fields that the provider writes itself, next to the mapping. */
  readonly except?: readonly string[]
}

/** Ours to the vendor's, as dotted paths. `undefined` leaves a field alone, null clears it; what has no home is refused. */
export function toVendor<T>(
  mapping: Mapping<T>,
  input: Partial<Record<keyof T & string, unknown>>,
  options: WriteOptions,
): Record<string, unknown> {
  const rows = mapping as unknown as Record<string, Row<unknown>>
  const flat: Record<string, unknown> = {}
  const refused: FieldError[] = []
  let fixed: string | null = null
  for (const [field, value] of Object.entries(input as Record<string, unknown>)) {
    if (value === undefined || options.except?.includes(field)) continue
    const row = rows[field]
    if (!row || row.kind === 'absent') {
      if (value !== null) refused.push(notSupported(field, row?.reason ?? 'The ERP has no such field.'))
      continue
    }
    if (row.access === 'read-only') {
      refused.push(notSupported(field, row.reason ?? 'The ERP computes it; it cannot be written.'))
      continue
    }
    if (row.access === 'create-only' && options.mode === 'update') {
      fixed = field
      continue
    }
    if (row.kind === 'custom') Object.assign(flat, row.encode(value, options.context))
    else if (value === null) {
      if (options.mode === 'update') flat[row.paths[0]] = options.blank
    } else flat[row.paths[0]] = row.codec.encode(value, options.context)
  }
  if (refused.length > 0) {
    throw new GatewayError(
      'field_not_supported',
      refused.map((error) => `${error.pointer}: ${error.detail}`).join(' '),
      { errors: refused },
    )
  }
  if (fixed !== null) {
    throw new GatewayError('not_changeable', `${fixed} cannot be changed once the record exists.`, {
      errors: [{ pointer: `/${fixed}`, code: 'not_changeable', detail: 'It is fixed when the record is created.' }],
    })
  }
  return flat
}

const notSupported = (field: string, detail: string): FieldError => ({
  pointer: `/${field}`,
  code: 'field_not_supported',
  detail,
})

/** What lists need of a row: the vendor's column and how values compare. */
export interface Column {
  readonly field: string
  readonly column: string
  readonly codec: Codec<unknown> | null
  readonly order: 'number' | 'text'
  readonly referenceKind: string | null
}

/** The list column of a field, or null when the ERP cannot search it. */
export function columnOf(mapping: object, field: string): Column | null {
  const row = Object.hasOwn(mapping, field) ? (mapping as Record<string, AnyRow>)[field] : undefined
  if (!row || row.kind === 'absent' || row.column === null || row.access === 'write-only') return null
  const codec = row.kind === 'at' ? row.codec : null
  return {
    field,
    column: row.column,
    codec,
    order: (row.kind === 'at' ? row.codec.order : row.order) ?? 'text',
    referenceKind: (row.kind === 'at' ? row.codec.referenceKind : row.referenceKind) ?? null,
  }
}
