/**
 * `filter=`: RSQL turned into conditions whose values are of their fields' types.
 * Ids stay the gateway's until `filterFor` gives each connection its own part.
 */
import {
  type ComparisonNode,
  type ExpressionNode,
  getSelector,
  getValue,
  isComparisonNode,
  type LogicNode,
} from '@rsql/ast'
import { parse } from '@rsql/parser'
import { GatewayError } from '../errors.ts'
import type { Condition, Filter, FilterOperator } from '../providers/provider.ts'
import type { SearchField, SearchFields } from './filter-fields.ts'
import { fitsType } from './filter-values.ts'
import { parseId } from './ids.ts'

export const MAX_CONDITIONS = 200
export const MAX_LEVELS = 20
const POINTER = '?filter'

const OPERATORS: Readonly<Record<string, FilterOperator>> = {
  '==': 'equals',
  '!=': 'notEquals',
  '=in=': 'in',
  '=out=': 'notIn',
  '=gt=': 'greaterThan',
  '=ge=': 'greaterOrEqual',
  '=lt=': 'lessThan',
  '=le=': 'lessOrEqual',
  // RSQL's other spelling of the four.
  '>': 'greaterThan',
  '>=': 'greaterOrEqual',
  '<': 'lessThan',
  '<=': 'lessOrEqual',
}
const ORDERED: ReadonlySet<FilterOperator> = new Set(['greaterThan', 'greaterOrEqual', 'lessThan', 'lessOrEqual'])
const WITHOUT_ORDER: ReadonlySet<string> = new Set(['boolean', 'word', 'currency', 'reference', 'id'])
const WITH_WILDCARDS: ReadonlySet<string> = new Set(['text', 'reference', 'vendor'])

/** Throws `invalid_request` (or `malformed_id`, `wrong_id_kind`) that points at `?filter`. */
export function parseRsql(text: string, fields: SearchFields): Filter {
  checkLevels(text)
  const { syntax, restore } = syntaxOf(text)
  let count = 0
  const read = (node: ExpressionNode, level: number): Filter => {
    if (isComparisonNode(node)) {
      if (++count > MAX_CONDITIONS) throw refuse(`It has more than ${MAX_CONDITIONS} conditions.`)
      return conditionOf(node, fields, restore)
    }
    if (level > MAX_LEVELS) throw tooDeep()
    const parts = operands(node).map((part) => read(part, level + 1))
    return isAnd(node) ? { all: parts } : { any: parts }
  }
  return read(syntax, 1)
}

/**
 * The parser keeps `~` for operators that nobody has, but our ids hold it: it reads a letter of the private use area in its
 * place, one that the text has not.
 */
function syntaxOf(text: string): { syntax: ExpressionNode; restore: (part: string) => string } {
  let letter = 0xe000
  while (text.includes(String.fromCharCode(letter))) letter++
  const standIn = String.fromCharCode(letter)
  const restore = (part: string) => part.replaceAll(standIn, '~')
  const source = text.replaceAll('~', standIn)
  try {
    return { syntax: parse(source), restore }
  } catch (error) {
    throw refuse(restore(syntaxDetail(error instanceof Error ? error.message : '', source)))
  }
}

/** The parser's message without the whole text in it. A count of tokens, which it takes for a position, is left out too. */
function syntaxDetail(message: string, text: string): string {
  const end = message.lastIndexOf(` in "${text}"`)
  const found = /^([\s\S]*) at position (\d+)$/.exec(end < 0 ? '' : message.slice(0, end))
  if (!found) return `It ends too early, at position ${text.length + 1}.`
  return `${clip(found[1] as string)} at position ${found[2]}.`
}

const isAnd = (node: LogicNode): boolean => node.operator === ';' || node.operator === 'and'

/** `a;b;c` is one conjunction of three. The tree leans to the left, as deep as there are conditions, so no recursion. */
function operands(node: LogicNode): ExpressionNode[] {
  const found: ExpressionNode[] = []
  const open: ExpressionNode[] = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isComparisonNode(next) && isAnd(next) === isAnd(node)) open.push(next.right, next.left)
    else found.push(next)
  }
  return found
}

/** Parentheses outside of quotes; those of value lists follow a `=`. */
function checkLevels(text: string): void {
  let level = 0
  for (const [found] of text.matchAll(/"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|=\s*\(|[()]/g)) {
    if (found === '(') level++
    if (level > MAX_LEVELS) throw tooDeep()
    if (found === ')' && level > 0) level--
  }
}

function conditionOf(node: ComparisonNode, fields: SearchFields, restore: (part: string) => string): Condition {
  const field = fieldOf(restore(getSelector(node)), fields)
  const read = getValue(node)
  const value = Array.isArray(read) ? read.map(restore) : restore(read)
  if (node.operator === '=null=') return nullCondition(field, value)
  const operator = Object.hasOwn(OPERATORS, node.operator) ? OPERATORS[node.operator] : undefined
  if (operator === undefined) throw refuse(`${field.name}: there is no operator ${clip(node.operator)}.`)
  const isList = operator === 'in' || operator === 'notIn'
  if (Array.isArray(value) && !isList) throw refuse(`${field.name}: ${node.operator} takes one value, not a list.`)
  if (ORDERED.has(operator) && WITHOUT_ORDER.has(field.type))
    throw refuse(`${field.name}: its values have no order, so ${node.operator} is not possible.`)
  const values = [value].flat()
  const pattern = !isList && !ORDERED.has(operator) && WITH_WILDCARDS.has(field.type) && values[0]?.includes('*')
  for (const one of values) if (!pattern) checkValue(field, one)
  if (!pattern) return { field: field.name, operator, values }
  return { field: field.name, operator: operator === 'equals' ? 'like' : 'notLike', values }
}

function nullCondition(field: SearchField, value: string | string[]): Condition {
  if (field.name === 'id') throw refuse('id: it is never empty.')
  if (value !== 'true' && value !== 'false') throw refuse(`${field.name}: =null= takes true or false.`)
  return { field: field.name, operator: value === 'true' ? 'isNull' : 'isNotNull', values: [] }
}

const VENDOR_FIELD = /^(?:vendorFields|customFields)\.[A-Za-z_][A-Za-z0-9_.]{0,99}$/

function fieldOf(name: string, fields: SearchFields): SearchField {
  if (VENDOR_FIELD.test(name)) return { name, type: 'vendor' }
  const field = fields.get(name)
  if (!field) throw refuse(`"${clip(name)}" is no field that can be searched.`)
  return field
}

function checkValue(field: SearchField, value: string): void {
  if (value === '') throw refuse(`${field.name}: an empty value; ${field.name}=null=true finds what is empty.`)
  if (field.kind) parseId(value, field.kind, POINTER)
  const wanted = fitsType(field, value)
  if (wanted !== null) throw refuse(`${field.name}: "${clip(value)}" is not ${wanted}.`)
}

// Connections

const idsOf = (
  filter: Filter,
  fields: SearchFields,
): { condition: Condition; kind: NonNullable<SearchField['kind']> }[] => {
  if ('all' in filter) return filter.all.flatMap((part) => idsOf(part, fields))
  if ('any' in filter) return filter.any.flatMap((part) => idsOf(part, fields))
  const kind = fields.get(filter.field)?.kind
  return kind === undefined ? [] : [{ condition: filter, kind }]
}

/** The connections that its ids name. */
export const connectionsNamed = (filter: Filter, fields: SearchFields): ReadonlySet<string> =>
  new Set(
    idsOf(filter, fields).flatMap(({ condition, kind }) =>
      condition.values.map((id) => parseId(id, kind, POINTER).connection),
    ),
  )

/**
 * The part of one connection, in native ids. A record never has an id of another connection: `true` fits every record of
 * this one, `false` none, and then there is nothing to ask.
 */
export function filterFor(filter: Filter, connection: string, fields: SearchFields): Filter | boolean {
  if ('all' in filter || 'any' in filter) {
    const isAll = 'all' in filter
    const parts = (isAll ? filter.all : filter.any).map((part) => filterFor(part, connection, fields))
    // One `false` decides `all`, one `true` decides `any`; the other word adds nothing.
    if (parts.includes(!isAll)) return !isAll
    const open = parts.filter((part): part is Filter => typeof part !== 'boolean')
    if (open.length === 0) return isAll
    return open.length === 1 ? (open[0] as Filter) : isAll ? { all: open } : { any: open }
  }
  const kind = fields.get(filter.field)?.kind
  if (kind === undefined || filter.values.length === 0) return filter
  const ids = filter.values.map((id) => parseId(id, kind, POINTER)).filter((id) => id.connection === connection)
  const isNot = filter.operator === 'notEquals' || filter.operator === 'notIn'
  if (ids.length === 0) return isNot
  // In lists `*` is a letter like any other, also in a native id.
  return { field: filter.field, operator: isNot ? 'notIn' : 'in', values: ids.map((id) => id.nativeId) }
}

/** Whether a condition is on this field. */
export function names(filter: Filter, field: string): boolean {
  if ('all' in filter) return filter.all.some((part) => names(part, field))
  if ('any' in filter) return filter.any.some((part) => names(part, field))
  return filter.field === field
}

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
const tooDeep = () => refuse(`It is nested more than ${MAX_LEVELS} levels deep.`)
const refuse = (detail: string): GatewayError =>
  new GatewayError('invalid_request', `${POINTER}: ${detail}`, {
    errors: [{ pointer: POINTER, code: 'invalid', detail }],
  })
