/** Which rows an object shows to a session, and how rows look in an answer. */
import { element, leaf } from '../markup.ts'
import { type ObjectType, type OwnedLines, type Row, shown } from '../objects/object-type.ts'
import type { Column } from './column.ts'
import type { CallContext } from './context.ts'
import type { Filter } from './filter.ts'

/** Matching rows that the session may see. Records of an entity are private to it unless `showPrivate` is asked for. */
export function selectRows(object: ObjectType, filter: Filter, context: CallContext, showPrivate: boolean): Row[] {
  const entity = context.session.locationId
  const hasEntity = object.fields.has('MEGAENTITYID')
  const visible = (row: Row): boolean => {
    if (!hasEntity) return true
    const owner = row.value('MEGAENTITYID')
    return owner === '' || owner === entity || (entity === '' && showPrivate)
  }
  const rows: Row[] = []
  for (const row of candidates(object, filter, context)) if (filter.matches(row) && visible(row)) rows.push(row)
  return rows
}

function candidates(object: ObjectType, filter: Filter, context: CallContext): Iterable<Row> {
  const { only } = filter
  if (only && object.rowsWhere) {
    const found = [...new Set(only.values)].map((value) => object.rowsWhere!(context.company, only.field, value))
    if (found.every((rows) => rows !== null)) return found.flatMap((rows) => [...rows])
  }
  return object.rows(context.company)
}

export function rowMarkup(
  tag: string,
  columns: readonly Column[],
  row: Row,
  lines: readonly OwnedLines[] = [],
): string {
  const cells = columns.map((column) => leaf(column.name, shown(column.field, column.read(row))))
  return element(tag, [...cells, ...lines.map(linesMarkup)])
}

function linesMarkup(lines: OwnedLines): string {
  const items = lines.rows.map((row) =>
    element(
      lines.item,
      lines.fields.map((field) => leaf(field.name, shown(field, row.value(field.name)))),
    ),
  )
  return items.length === 0 ? `<${lines.list}></${lines.list}>` : element(lines.list, items)
}

/** The same record with contacts as nested elements: which of both forms `read` answers is uncertain. */
export function nestedMarkup(tag: string, columns: readonly Column[], row: Row, lines: readonly OwnedLines[]): string {
  const cells = columns.map((column) => ({ path: column.name.split('.'), text: shown(column.field, column.read(row)) }))
  return element(tag, [...nested(cells), ...lines.map(linesMarkup)])
}

interface Cell {
  readonly path: readonly string[]
  readonly text: string
}

function nested(cells: readonly Cell[]): string[] {
  const parts: string[] = []
  for (let at = 0; at < cells.length; ) {
    const { path, text } = cells[at]!
    if (path.length === 1) {
      parts.push(leaf(path[0]!, text))
      at += 1
      continue
    }
    const end = cells.findIndex((cell, index) => index > at && (cell.path.length === 1 || cell.path[0] !== path[0]))
    const group = cells.slice(at, end < 0 ? cells.length : end)
    const inner = nested(group.map((cell) => ({ path: cell.path.slice(1), text: cell.text })))
    parts.push(element(path[0]!, inner))
    at += group.length
  }
  return parts
}

/** `returnFormat` csv and json: no envelope at all (developer docs, queries). Their exact layout is our reading. */
export function bareRows(format: string, columns: readonly Column[], rows: readonly Row[]) {
  const cells = rows.map((row) => columns.map((column) => shown(column.field, column.read(row))))
  const names = columns.map((column) => column.name)
  if (format === 'json') {
    const records = cells.map((values) => Object.fromEntries(names.map((name, index) => [name, values[index]!])))
    return { bare: { contentType: 'application/json', body: JSON.stringify(records) } }
  }
  const quoted = (values: readonly string[]) => values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')
  return { bare: { contentType: 'text/csv', body: `${[names, ...cells].map(quoted).join('\n')}\n` } }
}
