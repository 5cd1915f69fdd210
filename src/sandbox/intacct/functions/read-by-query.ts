/** The legacy listing: `readByQuery`, and `readMore` which goes on where it ended. */
import type { Company } from '../company.ts'
import { refuse, unprocessable } from '../errors.ts'
import { element } from '../markup.ts'
import { objectType } from '../objects/index.ts'
import type { ObjectType, Row } from '../objects/object-type.ts'
import { textOf, type XmlElement } from '../xml.ts'
import { type Column, columnOf } from './column.ts'
import type { CallContext, FunctionResult } from './context.ts'
import { comparison, EVERYTHING, every, type Filter, negated, some } from './filter.ts'
import { type Condition, parseQuery } from './query-grammar.ts'
import { bareRows, rowMarkup, selectRows } from './selection.ts'

interface OpenList {
  readonly sessionId: string
  readonly object: ObjectType
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly size: number
  offset: number
}

/** Lists that are not read to their end, by result id; the oldest is forgotten when there are too many. */
export class ReadCursors {
  readonly #lists = new Map<string, OpenList>()
  #count = 0

  add(list: OpenList): string {
    this.#count += 1
    // The form of a recorded result id: a number, W, and a mark.
    const id = `${7_765_623_336 + this.#count}W-ne68CoA4gAAEEhD7EAAAAP${this.#count.toString(36)}`
    this.#lists.set(id, list)
    if (this.#lists.size > 200) this.#lists.delete(this.#lists.keys().next().value!)
    return id
  }

  get(id: string): OpenList | undefined {
    return this.#lists.get(id)
  }

  /** `readMore` may also name the object: the newest list of it in that session. */
  newestOf(object: string, sessionId: string): [string, OpenList] | undefined {
    return [...this.#lists].reverse().find(([, list]) => list.object.name === object && list.sessionId === sessionId)
  }

  clear(): void {
    this.#lists.clear()
  }
}

export function readByQuery(call: XmlElement, context: CallContext): FunctionResult {
  const object = objectType(textOf(call, 'object')!)
  const columns = columnsOf(context.company, object, textOf(call, 'fields'))
  const size = pageSize(textOf(call, 'pagesize'))
  const condition = parseQuery(textOf(call, 'query')!)
  const filter = condition ? filterOf(condition, object, context) : EVERYTHING
  // Newest first: no order is promised here either. `readByQuery` has no showprivate.
  const rows = selectRows(object, filter, context, false).reverse()
  const format = textOf(call, 'returnFormat') ?? 'xml'
  if (format === 'csv' || format === 'json') return bareRows(format, columns, rows.slice(0, size))
  if (format !== 'xml' && format !== '') throw unprocessable(`Invalid return format ${format}.`)
  const list = { sessionId: context.session.id, object, columns, rows, size, offset: 0 }
  return { data: nextPage(context.cursors.add(list), list) }
}

export function readMore(call: XmlElement, context: CallContext): FunctionResult {
  const by = call.children[0]!
  const found: [string, OpenList | undefined] | undefined =
    by.name === 'resultId'
      ? [by.text, context.cursors.get(by.text)]
      : by.name === 'object'
        ? context.cursors.newestOf(by.text, context.session.id)
        : undefined
  const list = found?.[1]
  // A list belongs to its session: implied by the documentation, not said.
  if (!found || !list || list.sessionId !== context.session.id) {
    throw unprocessable(`There is no result set for ${by.name} ${by.text}.`)
  }
  return { data: nextPage(found[0], list) }
}

/** Tags are lower case here (recorded answers), the object's name as `listtype` too. */
function nextPage(id: string, list: OpenList): string {
  const rows = list.rows.slice(list.offset, list.offset + list.size)
  list.offset += rows.length
  const name = list.object.name.toLowerCase()
  return element(
    'data',
    rows.map((row) => rowMarkup(name, list.columns, row)),
    {
      listtype: name,
      count: String(rows.length),
      totalcount: String(list.rows.length),
      numremaining: String(list.rows.length - list.offset),
      resultId: id,
    },
  )
}

/** `*`, empty or absent: all fields. */
export function columnsOf(company: Company, object: ObjectType, names: string | undefined): Column[] {
  if (names === undefined || names.trim() === '' || names.trim() === '*') {
    return [...object.fields.keys()].map((name) => columnOf(company, object, name)).filter((column) => column !== null)
  }
  return names.split(',').map((name) => {
    const column = columnOf(company, object, name.trim())
    if (!column) throw refuse('unknownField', { fields: name.trim() })
    return column
  })
}

/** 1 to 1000 by the documentation; that one client got 2000 is hearsay. */
function pageSize(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return 100
  const size = /^\d+$/.test(text.trim()) ? Number(text) : 0
  if (size < 1 || size > 1000) throw unprocessable(`Invalid pagesize ${text}: 1 to 1000.`)
  return size
}

/** AUDITHISTORY takes whole words here and letters in `query` (developer docs, audit trails). */
const AUDIT_WORDS: Readonly<Record<string, string>> = { Create: 'C', Modify: 'M', Delete: 'D' }

function filterOf(condition: Condition, object: ObjectType, context: CallContext): Filter {
  if (condition.kind === 'not') return negated(filterOf(condition.part, object, context))
  if (condition.kind !== 'comparison') {
    const parts = condition.parts.map((part) => filterOf(part, object, context))
    return condition.kind === 'and' ? every(parts) : some(parts)
  }
  // Joins are not supported (developer docs): only the object's own fields.
  const own = object.fields.has(condition.field) ? columnOf(context.company, object, condition.field) : null
  if (!own) throw unprocessable(`Query Failed: Invalid field ${condition.field}.`)
  const words = object.name === 'AUDITHISTORY' && condition.field === 'ACCESSMODE'
  const values = words ? condition.values.map((value) => AUDIT_WORDS[value] ?? value) : condition.values
  return comparison(condition.operator, own, values, { caseInsensitive: false }, true)
}
