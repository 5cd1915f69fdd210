/** Filters turned into SuiteQL. Values only ever travel as bound parameters. */

import { toWallClock } from '../../mapping/zone.ts'
import type { Condition, Filter, FilterOperator } from '../provider.ts'
import { jsonNumber } from './codecs.ts'
import {
  columnFor,
  EVERYTHING,
  type Fragment,
  folded,
  fragment,
  join,
  knownColumn,
  type ListColumn,
  NOTHING,
  notSupported,
  type Surroundings,
  type Table,
} from './columns.ts'
import { isInternalId } from './internal-id.ts'

export function compileFilter(table: Table, filter: Filter | null, surroundings: Surroundings): Fragment {
  if (filter === null) return EVERYTHING
  const compiled = (parts: readonly Filter[]) => parts.map((part) => compileFilter(table, part, surroundings))
  if ('all' in filter) return filter.all.length === 0 ? EVERYTHING : join(compiled(filter.all), 'AND')
  if ('any' in filter) return filter.any.length === 0 ? NOTHING : join(compiled(filter.any), 'OR')
  const words = Object.hasOwn(table.words, filter.field) ? table.words[filter.field] : undefined
  return words ? wordCondition(words, filter) : columnCondition(table, filter, surroundings)
}

function wordCondition(words: Readonly<Record<string, Fragment>>, condition: Condition): Fragment {
  const { field, operator, values } = condition
  const parts = values.map((value) => {
    const part = Object.hasOwn(words, value) ? words[value] : undefined
    if (!part) throw notSupported(field, `with the value "${value}"`, 'Lists of NetSuite cannot tell it apart.')
    return part
  })
  const any = parts.length === 0 ? NOTHING : join(parts, 'OR')
  if (operator === 'equals' || operator === 'in') return any
  if (operator === 'notEquals' || operator === 'notIn') return { sql: `NOT (${any.sql})`, params: any.params }
  throw notSupported(field, `with ${operator}`, 'It is a word, not a number or a text.')
}

const COMPARISONS = { greaterThan: '>', greaterOrEqual: '>=', lessThan: '<', lessOrEqual: '<=' } as const

function columnCondition(table: Table, condition: Condition, surroundings: Surroundings): Fragment {
  const { field, operator, values } = condition
  const column = knownColumn(table, field, `with ${operator}`, surroundings)
  const { sql } = column
  if (operator === 'isNull') return fragment(`${sql} IS NULL`)
  if (operator === 'isNotNull') return fragment(`${sql} IS NOT NULL`)
  const left = folded(column)
  const bound = (value: string) => bind(column, condition, value, surroundings)
  if (operator === 'contains' || operator === 'startsWith' || operator === 'like') {
    if (column.kind !== 'text') throw notSupported(field, `with ${operator}`, 'It is no text.')
    return likeCondition(left, operator, values[0] ?? '')
  }
  if (operator in COMPARISONS) {
    if (!['number', 'text', 'date', 'instant'].includes(column.kind))
      throw notSupported(field, `with ${operator}`, 'Its values have no order.')
    const number = isNativeNumber(condition)
    const value = number ? fragment('?', jsonNumber(values[0] as string)) : bound(values[0] ?? '')
    const word = COMPARISONS[operator as keyof typeof COMPARISONS]
    return value ? fragment(`${number ? sql : left} ${word} ${value.sql}`, ...value.params) : NOTHING
  }
  if (operator === 'notLike') {
    if (column.kind !== 'text') throw notSupported(field, 'with wildcards', 'It is no text.')
    const like = likeCondition(left, 'like', values[0] ?? '')
    return { sql: `(NOT (${like.sql}) OR ${sql} IS NULL)`, params: like.params }
  }
  const found = values.map(bound).filter((value) => value !== null)
  const any = found.length === 0 ? NOTHING : membership(left, found)
  if (operator === 'equals' || operator === 'in') return any
  return { sql: `(NOT (${any.sql}) OR ${sql} IS NULL)`, params: any.params }
}

/** The type of a field that only the account knows is not ours to know: a number is compared as one, not letter by letter. */
const isNativeNumber = ({ field, values }: Condition): boolean =>
  /^(custom|vendor)Fields\./.test(field) && NUMBER.test(values[0] ?? '')
const NUMBER = /^-?\d+(\.\d+)?$/

/** Oracle takes at most 1,000 members in one list. */
function membership(left: string, values: readonly Fragment[]): Fragment {
  if (values.length === 1) return fragment(`${left} = ${values[0]?.sql}`, ...(values[0]?.params ?? []))
  const chunks: Fragment[] = []
  for (let start = 0; start < values.length; start += 1000) {
    const chunk = values.slice(start, start + 1000)
    chunks.push(
      fragment(`${left} IN (${chunk.map(({ sql }) => sql).join(', ')})`, ...chunk.flatMap(({ params }) => params)),
    )
  }
  return join(chunks, 'OR')
}

function likeCondition(left: string, operator: 'contains' | 'startsWith' | 'like', value: string): Fragment {
  const escaped = value.replace(/[\\%_]/g, '\\$&')
  const pattern =
    operator === 'contains' ? `%${escaped}%` : operator === 'startsWith' ? `${escaped}%` : escaped.replaceAll('*', '%')
  return fragment(`${left} LIKE LOWER(?)${escaped === value ? '' : " ESCAPE '\\'"}`, pattern)
}

/** A value as the column wants it; null when no record can have it. */
function bind(
  column: ListColumn,
  { field, operator }: Condition,
  value: string,
  surroundings: Surroundings,
): Fragment | null {
  switch (column.kind) {
    case 'text':
      return fragment('LOWER(?)', value)
    case 'number':
      if (field === 'id' && !isInternalId(value)) return null
      return NUMBER.test(value) ? fragment('?', jsonNumber(value)) : null
    case 'reference':
      return isInternalId(value) ? fragment('?', jsonNumber(value)) : null
    case 'currency': {
      const id = surroundings.currencyIds.get(value) ?? null
      return id === null ? null : fragment('?', jsonNumber(id))
    }
    case 'flag':
      return fragment('?', flagOf(column, value) ? 'T' : 'F')
    case 'date':
      return fragment("TO_DATE(?, 'YYYY-MM-DD')", value)
    case 'instant':
      return fragment(
        "TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS')",
        toWallClock(wholeSecond(operator, value), surroundings.timeZone),
      )
    case 'enum':
      return fragment('?', value)
  }
}
/** Columns hold whole seconds: a bound inside a second is the next one for "from" and "before". */
function wholeSecond(operator: FilterOperator, value: string): Date {
  const moment = new Date(value).getTime()
  const up = (operator === 'greaterOrEqual' || operator === 'lessThan') && moment % 1000 !== 0
  return new Date(up ? moment + 1000 : moment)
}
const flagOf = (column: ListColumn, value: string): boolean =>
  column.codec === null || column.codec.title === 'boolean'
    ? value === 'true'
    : column.codec.encode(value as never, undefined as never) === true

/** The currency codes that a filter compares with; their ids have to be known before it is compiled. */
export function currenciesIn(table: Table, filter: Filter | null): string[] {
  if (filter === null) return []
  if ('all' in filter) return filter.all.flatMap((part) => currenciesIn(table, part))
  if ('any' in filter) return filter.any.flatMap((part) => currenciesIn(table, part))
  return columnFor(table, filter.field)?.kind === 'currency' ? [...filter.values] : []
}
