/** Finds a field by its dotted name, also across relations, and reads, compares and orders its values. */
import Big from 'big.js'
import type { Company } from '../company.ts'
import { objectType } from '../objects/index.ts'
import type { Field, ObjectType, Row } from '../objects/object-type.ts'

export interface Column {
  /** As asked for: also the tag of the answer. */
  readonly name: string
  readonly field: Field
  readonly read: (row: Row) => string
}

/** Relations can be chained, but a hierarchical one (PARENT) goes one step only (developer docs, queries). */
export function columnOf(
  company: Company,
  object: ObjectType,
  name: string,
  within: readonly string[] = [],
): Column | null {
  const own = object.fields.get(name)
  const hidden = company.options.hiddenColumns[object.name]?.includes(name)
  if (own) return own.queryable && !hidden ? { name, field: own, read: (row) => row.value(name) } : null
  const dot = name.indexOf('.')
  const prefix = name.slice(0, Math.max(dot, 0))
  const relation = Object.hasOwn(object.relations, prefix) ? object.relations[prefix] : undefined
  if (!relation || within.includes(relation.label) || within.length > 4) return null
  const target = objectType(relation.object)
  const inner = columnOf(company, target, name.slice(dot + 1), [...within, relation.label])
  if (!inner) return null
  const read = (row: Row) => {
    const related = relation.row(company, row)
    return related ? inner.read(related) : ''
  }
  return { name, field: inner.field, read }
}

/** Numbers as numbers, everything else by code units, as a case-sensitive database does. */
export function compareValues(field: Field, left: string, right: string): number {
  if (field.type === 'integer' || field.type === 'decimal') {
    const short = left.length < 15 && right.length < 15
    return short ? Number(left) - Number(right) : new Big(left).cmp(right)
  }
  return left < right ? -1 : left > right ? 1 : 0
}

export interface OrderKey {
  readonly column: Column
  readonly descending: boolean
}

/** Stable; nothing comes last going up and first going down, as in the vendor's database. */
export function sorted(rows: Row[], keys: readonly OrderKey[]): Row[] {
  if (keys.length === 0) return rows
  const decorated = rows.map((row) => ({ row, values: keys.map(({ column }) => column.read(row)) }))
  decorated.sort((left, right) => {
    for (const [index, { column, descending }] of keys.entries()) {
      const order = compareWithEmpty(column.field, left.values[index]!, right.values[index]!)
      if (order !== 0) return descending ? -order : order
    }
    return 0
  })
  return decorated.map(({ row }) => row)
}

function compareWithEmpty(field: Field, left: string, right: string): number {
  if (left === '' || right === '') return left === right ? 0 : left === '' ? 1 : -1
  return compareValues(field, left, right)
}

/** `%` any run, `_` one character; a way to escape them is not documented. */
export function likePattern(pattern: string, caseInsensitive: boolean): RegExp {
  const source = pattern
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('%', '[\\s\\S]*')
    .replaceAll('_', '[\\s\\S]')
  return new RegExp(`^${source}$`, caseInsensitive ? 'iu' : 'u')
}
