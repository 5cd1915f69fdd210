/** Rows turned into what people read: the capabilities of a connection and the table of fields. */
import type { FieldCapability } from '../../schemas/connection.ts'
import type { Row } from './mapping.ts'
import { pointerFor } from './pointers.ts'

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
    sort: row.column !== null && row.access !== 'write-only' && !row.unsorted,
    vendor: row.paths.join(', ') || null,
    ...(row.reason !== undefined && { reason: row.reason }),
  }
}

/** Every field of a mapping, by its unified name. */
export function describeMapping(mapping: object): Record<string, FieldCapability> {
  return Object.fromEntries(
    Object.entries(mapping as Record<string, AnyRow>).map(([field, row]) => [field, describeRow(row)]),
  )
}

/** The field that lives at a vendor's place: the one that has it for itself before those that are worked out from it. */
export function fieldAt(mapping: object, vendorPath: string): string | null {
  const wanted = vendorPath.toLowerCase()
  const own = Object.entries(mapping as Record<string, AnyRow>).find(
    ([, row]) => row.kind === 'at' && row.paths.some((path) => path.toLowerCase() === wanted),
  )
  return own?.[0] ?? pointerFor(mapping, vendorPath)?.slice(1) ?? null
}
