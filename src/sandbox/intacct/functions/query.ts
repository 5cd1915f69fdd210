/** The `query` function: select with aggregates, filter, order, page. */
import Big from 'big.js'
import { refuse, unprocessable } from '../errors.ts'
import { element, leaf } from '../markup.ts'
import { objectType } from '../objects/index.ts'
import { type Row, shown } from '../objects/object-type.ts'
import { childOf, textOf, type XmlElement } from '../xml.ts'
import { type Column, columnOf, compareValues, type OrderKey, sorted } from './column.ts'
import type { CallContext, FunctionResult } from './context.ts'
import { EVERYTHING, type FilterScope, filterOf } from './filter.ts'
import { bareRows, rowMarkup, selectRows } from './selection.ts'

interface Selected {
  readonly column: Column
  /** `field`, or an aggregate. */
  readonly kind: string
}

export function query(call: XmlElement, context: CallContext): FunctionResult {
  const object = objectType(textOf(call, 'object')!)
  const options = childOf(call, 'options')
  const scope: FilterScope = {
    company: context.company,
    object,
    caseInsensitive: isTrue(options && textOf(options, 'caseinsensitive')),
    unknown: [],
  }
  const column = (name: string): Column | null => {
    const found = columnOf(context.company, object, name)
    if (!found) scope.unknown.push(name)
    return found
  }
  const selected = childOf(call, 'select')!.children.map(({ name, text }) => ({ kind: name, column: column(text) }))
  const filterElement = childOf(call, 'filter')?.children[0]
  const filter = filterElement ? filterOf(filterElement, scope) : EVERYTHING
  const order = (childOf(call, 'orderby')?.children ?? []).map((entry) => ({
    column: column(entry.children[0]!.text),
    descending: entry.children[1]?.name === 'descending',
  }))
  if (scope.unknown.length > 0) throw refuse('unqueried', { fields: [...new Set(scope.unknown)].join(', ') })

  const matching = selectRows(object, filter, context, isTrue(options && textOf(options, 'showprivate')))
  // Without `orderby` no order is promised: newest first here, so that nobody comes to rely on another one.
  const rows = order.length > 0 ? sorted(matching, order as OrderKey[]) : matching.reverse()
  const size = Number(textOf(call, 'pagesize')?.trim() || 100)
  const offset = Number(textOf(call, 'offset')?.trim() || 0)
  const columns = selected as Selected[]
  if (columns.some(({ kind }) => kind !== 'field')) {
    const groups = aggregated(columns, rows)
    return page(object.name, groups, groups.length, offset, size)
  }
  const found = rows.slice(offset, offset + size)
  const format = (options && textOf(options, 'returnformat')) || 'xml'
  const plain = columns.map((one) => one.column)
  if (format === 'csv' || format === 'json') return bareRows(format, plain, found)
  if (format !== 'xml') throw unprocessable(`Invalid return format ${format}.`)
  const data = found.map((row) => rowMarkup(object.name, plain, row))
  return { data: dataMarkup(object.name, data, rows.length, offset) }
}

function page(name: string, rows: readonly Grouped[], total: number, offset: number, size: number): FunctionResult {
  const data = rows.slice(offset, offset + size).map((cells) =>
    element(
      name,
      cells.map(([tag, text]) => leaf(tag, text)),
    ),
  )
  return { data: dataMarkup(name, data, total, offset) }
}

function dataMarkup(name: string, rows: readonly string[], total: number, offset: number): string {
  return element('data', rows, {
    listtype: name,
    totalcount: String(total),
    offset: String(offset),
    count: String(rows.length),
    numremaining: String(Math.max(0, total - offset - rows.length)),
  })
}

type Grouped = readonly (readonly [tag: string, text: string])[]

/** The other selected fields are what is grouped by (developer docs, queries). */
function aggregated(selected: readonly Selected[], rows: readonly Row[]): Grouped[] {
  const keys = selected.filter(({ kind }) => kind === 'field')
  const groups = new Map<string, Row[]>()
  if (keys.length === 0) groups.set('', [])
  for (const row of rows) {
    const key = JSON.stringify(keys.map(({ column }) => column.read(row)))
    const group = groups.get(keys.length === 0 ? '' : key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].map((group) =>
    selected.map(({ kind, column }) => {
      if (kind === 'field') return [column.name, shown(column.field, column.read(group[0]!))] as const
      return [aggregateTag(kind, column.name), shown(column.field, aggregate(kind, column, group))] as const
    }),
  )
}

/** COUNT.X is documented; the documentation's sum is a plain X; the other three follow COUNT (uncertain). */
function aggregateTag(kind: string, name: string): string {
  return kind === 'sum' ? name : `${kind.toUpperCase()}.${name}`
}

function aggregate(kind: string, column: Column, rows: readonly Row[]): string {
  const values = rows.map(column.read).filter((value) => value !== '')
  if (kind === 'count') return String(values.length)
  if (values.length === 0) return ''
  if (kind === 'min' || kind === 'max') {
    const sign = kind === 'min' ? 1 : -1
    return values.reduce((best, value) => (compareValues(column.field, value, best) * sign < 0 ? value : best))
  }
  if (column.field.type !== 'decimal' && column.field.type !== 'integer') {
    throw unprocessable(`${kind} needs a number, ${column.name} is none.`)
  }
  const total = values.reduce((sum, value) => sum.plus(value), new Big(0))
  return (kind === 'sum' ? total : total.div(values.length).round(10, 1)).toFixed()
}

/** xs:boolean. */
function isTrue(text: string | undefined): boolean {
  return text !== undefined && ['true', '1'].includes(text.trim())
}
