/** `Prefer: handling=lenient`: fields without a home become warnings, but never those that change amounts or accounts. */
import type { Warning } from '../../schemas/common.ts'
import type { Row } from '../mapping/mapping.ts'

const NEVER_DROPPED = new Set([
  'amount',
  'currency',
  'exchangeRate',
  'date',
  'customer',
  'applications',
  'credits',
  'discount',
  'depositTo',
  'arAccount',
  'entity',
  'receivablesAccount',
  'autoApply',
  'draft',
  'creditLimit',
])

/** The input without what the connection has no place for, and a warning for each. */
export function dropUnsupported<T extends object>(mapping: object, input: T): { input: T; warnings: Warning[] } {
  const rows = mapping as Readonly<Record<string, Row<unknown>>>
  const warnings: Warning[] = []
  const kept = Object.entries(input).filter(([field, value]) => {
    const row = Object.hasOwn(rows, field) ? rows[field] : undefined
    if (row?.reason === undefined || value === null || value === undefined || NEVER_DROPPED.has(field)) return true
    warnings.push({ pointer: `/${field}`, code: 'field_not_supported', detail: row.reason })
    return false
  })
  return { input: Object.fromEntries(kept) as T, warnings }
}
