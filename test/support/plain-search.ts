/** What `filter=` asks of the ERPs, done here: whether a record of an answer fits a filter. */
import type { Filter } from '../../src/providers/provider.ts'
import type { Row } from './filter-world.ts'

export const valueAt = (row: Row, field: string): string | null => {
  const value = field.split('.').reduce((inner: Row, step) => inner?.[step] ?? null, row)
  if (value === null || typeof value !== 'object') return value === null ? null : String(value)
  return value.id ?? null
}
const NUMBERS = new Set(['balance', 'creditLimit', 'amount', 'total', 'openAmount'])
function order(field: string, left: string, right: string): number {
  if (NUMBERS.has(field)) return Number(left) - Number(right)
  if (field.endsWith('At')) return Date.parse(left) - Date.parse(right)
  const [one, other] = [left.toLowerCase(), right.toLowerCase()]
  return one < other ? -1 : one > other ? 1 : 0
}
const likes = (value: string, pattern: string): boolean => {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`, 'iu').test(value)
}
export function fits(row: Row, filter: Filter): boolean {
  if ('all' in filter) return filter.all.every((part) => fits(row, part))
  if ('any' in filter) return filter.any.some((part) => fits(row, part))
  const { field, operator, values } = filter
  const value = valueAt(row, field)
  const same = (other: string) => value !== null && order(field, value, other) === 0
  const first = values[0] as string
  switch (operator) {
    case 'isNull':
      return value === null
    case 'isNotNull':
      return value !== null
    case 'equals':
      return same(first)
    case 'in':
      return values.some(same)
    case 'notEquals':
      return first.includes('*') ? value === null || !likes(value, first) : !same(first)
    case 'notIn':
      return !values.some(same)
    case 'like':
      return value !== null && likes(value, first)
    default:
      if (value === null) return false
      return {
        greaterThan: order(field, value, first) > 0,
        greaterOrEqual: order(field, value, first) >= 0,
        lessThan: order(field, value, first) < 0,
        lessOrEqual: order(field, value, first) <= 0,
      }[operator as string] as boolean
  }
}
