/** Rows turned into what people read: the capabilities of a connection and the table of fields. */
import type { FieldCapability } from '../../schemas/connection.ts'
import type { Row } from './mapping.ts'

type AnyRow = Row<unknown>

/** One row as a capability. */
export function describeRow(row: AnyRow): FieldCapability {
  if (row.kind === 'absent') {
    return { read: false, create: false, update: false, filter: false, sort: false, vendor: null, reason: row.reason }
  }
  const written = row.access !== 'read-only'
  return {
    read: row.access !== 'write-only',
    create: written,
    update: row.access === 'read-write' || row.access === 'write-only',
    filter: row.column !== null && row.access !== 'write-only',
    sort: row.column !== null && row.access !== 'write-only',
    vendor: row.paths.join(', ') || null,
  }
}

/** Every field of a mapping, by its unified name. */
export function describeMapping(mapping: object): Record<string, FieldCapability> {
  return Object.fromEntries(
    Object.entries(mapping as Record<string, AnyRow>).map(([field, row]) => [field, describeRow(row)]),
  )
}
