/** Filters as Intacct's `query` operators. Everything is pushed down or refused. */
import { GatewayError } from '../../errors.ts'
import type { Codec, Context } from '../../mapping/codec.ts'
import { type Column, columnOf, type Row } from '../../mapping/mapping.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { Condition, Filter, FilterOperator } from '../provider.ts'
import { MAX_IN_VALUES } from './client.ts'

/** An operator to send; `true` fits every record, `false` none. */
export type Predicate = XmlNode | boolean

export interface Searchable {
  readonly mapping: object
  readonly context: Context
  /** Conditions that need more than one column, or none; undefined leaves them to the mapping. */
  readonly special: (condition: Condition) => Predicate | undefined
}

export interface CompiledFilter {
  readonly predicate: Predicate
  /** Whether text is compared: Intacct ignores case for the whole query or for nothing. */
  readonly ignoreCase: boolean
}

export function compileFilter(filter: Filter | null, searchable: Searchable): CompiledFilter {
  if (filter === null) return { predicate: true, ignoreCase: false }
  return { predicate: compile(filter, searchable), ignoreCase: true }
}

function compile(filter: Filter, searchable: Searchable): Predicate {
  if ('all' in filter) return all(filter.all.map((part) => compile(part, searchable)))
  if ('any' in filter) return any(filter.any.map((part) => compile(part, searchable)))
  return searchable.special(filter) ?? compileCondition(filter, searchable)
}

/** `and` needs two parts at least. */
export function all(parts: readonly Predicate[]): Predicate {
  const nodes = parts.filter((part): part is XmlNode => typeof part !== 'boolean')
  if (parts.includes(false)) return false
  return nodes.length > 1 ? ['and', nodes] : (nodes[0] ?? true)
}
export function any(parts: readonly Predicate[]): Predicate {
  const nodes = parts.filter((part): part is XmlNode => typeof part !== 'boolean')
  if (parts.includes(true)) return true
  return nodes.length > 1 ? ['or', nodes] : (nodes[0] ?? false)
}

const NODES = {
  equals: 'equalto',
  notEquals: 'notequalto',
  greaterThan: 'greaterthan',
  greaterOrEqual: 'greaterthanorequalto',
  lessThan: 'lessthan',
  lessOrEqual: 'lessthanorequalto',
} as const
type Comparison = keyof typeof NODES

export const compareNode = (operator: Comparison, column: string, value: string): XmlNode => [
  NODES[operator],
  [
    ['field', column],
    ['value', value],
  ],
]
export const isNull = (column: string): XmlNode => ['isnull', [['field', column]]]
export const isNotNull = (column: string): XmlNode => ['isnotnull', [['field', column]]]

/** `in` and `notin` take 1000 values at most. */
export function isIn(column: string, values: readonly string[], operator: 'in' | 'notin' = 'in'): Predicate {
  const parts: XmlNode[] = []
  for (let start = 0; start < values.length; start += MAX_IN_VALUES) {
    const chunk = values.slice(start, start + MAX_IN_VALUES).map((value): XmlNode => ['value', value])
    parts.push([operator, [['field', column], ...chunk]])
  }
  return operator === 'in' ? any(parts) : all(parts)
}

export function unsupported(condition: Pick<Condition, 'field' | 'operator'>, why: string): GatewayError {
  const detail = `${condition.field} (${condition.operator}): ${why}`
  return new GatewayError('filter_not_supported', detail, {
    errors: [{ pointer: `?${condition.field}`, code: 'filter_not_supported', detail: why }],
  })
}

function compileCondition(condition: Condition, searchable: Searchable): Predicate {
  const column = findColumn(searchable.mapping, condition)
  return comparison(condition, column.column, (value) =>
    encodeValue(condition, column.codec, value, searchable.context),
  )
}

/** The operators on one column. */
export function comparison(condition: Condition, column: string, encode: (value: string) => string): Predicate {
  const { operator } = condition
  if (operator === 'notLike') return any([likeNode('notlike', condition, column), isNull(column)])
  if (isPattern(operator)) return likeNode('like', condition, column)
  const values = condition.values.map(encode)
  const [value = ''] = values
  switch (operator) {
    case 'isNull':
      return isNull(column)
    case 'isNotNull':
      return isNotNull(column)
    case 'in':
      return isIn(column, values)
    // A record without a value is not the value.
    case 'notIn':
      return any([isIn(column, values, 'notin'), isNull(column)])
    case 'notEquals':
      return any([compareNode('notEquals', column, value), isNull(column)])
    default:
      return compareNode(operator, column, value)
  }
}

const isPattern = (operator: FilterOperator): operator is 'contains' | 'startsWith' | 'like' =>
  operator === 'contains' || operator === 'startsWith' || operator === 'like'

const likeNode = (name: 'like' | 'notlike', condition: Condition, column: string): XmlNode => [
  name,
  [
    ['field', column],
    ['value', patternOf(condition, condition.values[0] ?? '')],
  ],
]

/** No way is documented to write a literal `%` or `_`, and a search that finds more than was asked for is worse than none. */
export function patternOf(condition: Condition, value: string): string {
  if (/[%_]/.test(value)) throw unsupported(condition, 'Sage Intacct cannot search for parts of text that hold % or _.')
  if (condition.operator === 'contains') return `%${value}%`
  return condition.operator === 'startsWith' ? `${value}%` : value.replace(/\*+/g, '%')
}

const VENDOR_NAME = /^(?:customFields|vendorFields)\.([A-Za-z_][A-Za-z0-9_.]*)$/

interface Found {
  readonly column: string
  readonly codec: Codec<unknown> | null
}

/** A field, a reference's `.name`, or a vendor's own name behind `customFields.` or `vendorFields.`. */
function findColumn(mapping: object, condition: Condition): Found {
  const vendor = VENDOR_NAME.exec(condition.field)
  if (vendor) return { column: vendor[1] as string, codec: null }
  const [field = '', part] = condition.field.split('.')
  const column = columnOf(mapping, field)
  const row = (mapping as Readonly<Record<string, Row<unknown>>>)[field]
  if (column === null || (part !== undefined && column.referenceKind === null)) {
    throw unsupported(condition, row?.kind === 'absent' ? row.reason : 'Sage Intacct cannot search by this field.')
  }
  // A reference without a second path has its name for an id.
  const name = row?.kind === 'custom' && part === 'name' ? (row.paths[1] ?? column.column) : column.column
  return { column: name, codec: column.codec }
}

function encodeValue(condition: Condition, codec: Codec<unknown> | null, value: string, context: Context): string {
  if (codec === null) return value
  if (codec.title === 'timestamp') return encodeTimestamp(condition.operator, codec, value, context)
  const ours: unknown = codec.title === 'boolean' ? value === 'true' : value
  const encoded = codec.encode(ours, context)
  if (typeof encoded !== 'string') throw unsupported(condition, `${value} is not a value of this field.`)
  return encoded
}

/** Intacct keeps whole seconds: a bound inside a second is the next one for "from" and "before". */
function encodeTimestamp(operator: FilterOperator, codec: Codec<unknown>, value: string, context: Context): string {
  const moment = new Date(value).getTime()
  const up = (operator === 'greaterOrEqual' || operator === 'lessThan') && moment % 1000 !== 0
  return String(codec.encode(new Date(up ? moment + 1000 : moment).toISOString(), context))
}

/** The columns to select so that these fields can be read. */
export function selectColumns(mapping: object, fields: Iterable<string>): string[] {
  const rows = mapping as Readonly<Record<string, Row<unknown>>>
  const columns = new Set<string>()
  for (const field of fields) {
    const row = rows[field]
    if (!row || row.kind === 'absent' || row.access === 'write-only') continue
    for (const path of row.kind === 'at' ? [row.paths[0]] : row.paths) columns.add(path)
  }
  return [...columns]
}

export type SortColumn = Column & { readonly descending: boolean; readonly isText: boolean }

export function sortColumns(mapping: object, sort: readonly { field: string; direction: string }[]): SortColumn[] {
  return sort.map(({ field, direction }) => {
    const column = columnOf(mapping, field)
    if (column === null)
      throw new GatewayError('filter_not_supported', `Sage Intacct cannot sort by ${field}.`, {
        errors: [{ pointer: '?sort', code: 'filter_not_supported', detail: field }],
      })
    return {
      ...column,
      descending: direction === 'descending',
      isText: column.codec === null || column.codec.title === 'text',
    }
  })
}
