/** The `filter` of a query: checked against the fields, then a predicate on rows. */
import type { Company } from '../company.ts'
import { unprocessable } from '../errors.ts'
import { type ObjectType, type Row, understood } from '../objects/object-type.ts'
import type { XmlElement } from '../xml.ts'
import { type Column, columnOf, compareValues, likePattern } from './column.ts'

export interface Filter {
  readonly matches: (row: Row) => boolean
  /** One of these is true of every match: lets an object use an index. Null when nothing is known. */
  readonly only: { readonly field: string; readonly values: readonly string[] } | null
}

export interface FilterScope {
  readonly company: Company
  readonly object: ObjectType
  readonly caseInsensitive: boolean
  /** Collects the names that cannot be queried, so that the answer names all of them. */
  readonly unknown: string[]
}

export const EVERYTHING: Filter = { matches: () => true, only: null }
const NOTHING: Filter = { matches: () => false, only: null }

/** `element` is an operator; its form was checked by the schema. */
export function filterOf(element: XmlElement, scope: FilterScope): Filter {
  if (element.name === 'and' || element.name === 'or') {
    const parts = element.children.map((child) => filterOf(child, scope))
    return element.name === 'and' ? every(parts) : some(parts)
  }
  const [name = '', ...values] = element.children.map((child) => child.text)
  const column = columnOf(scope.company, scope.object, name)
  if (!column) {
    scope.unknown.push(name)
    return NOTHING
  }
  return comparison(element.name, column, values, scope)
}

export function every(parts: readonly Filter[]): Filter {
  return {
    matches: (row) => parts.every((part) => part.matches(row)),
    only: parts.find((part) => part.only)?.only ?? null,
  }
}

export function some(parts: readonly Filter[]): Filter {
  return { matches: (row) => parts.some((part) => part.matches(row)), only: null }
}

export function negated(part: Filter): Filter {
  return { matches: (row) => !part.matches(row), only: null }
}

const ORDERINGS: Readonly<Record<string, (order: number) => boolean>> = {
  equalto: (order) => order === 0,
  notequalto: (order) => order !== 0,
  lessthan: (order) => order < 0,
  lessthanorequalto: (order) => order <= 0,
  greaterthan: (order) => order > 0,
  greaterthanorequalto: (order) => order >= 0,
}

/** Nothing compares with an empty value, not even `notequalto` (as in SQL; what the vendor does is not documented). */
export function comparison(
  operator: string,
  column: Column,
  texts: readonly string[],
  scope: Pick<FilterScope, 'caseInsensitive'>,
  letters = false,
): Filter {
  if (operator === 'isnull') return { matches: (row) => column.read(row) === '', only: null }
  if (operator === 'isnotnull') return { matches: (row) => column.read(row) !== '', only: null }
  const fold = scope.caseInsensitive && isText(column) ? (text: string) => text.toLowerCase() : (text: string) => text
  const known = (test: (value: string) => boolean): Filter['matches'] => {
    return (row) => {
      const value = column.read(row)
      return value !== '' && test(fold(value))
    }
  }
  if (operator === 'like' || operator === 'notlike') {
    const pattern = likePattern(texts[0]!, scope.caseInsensitive)
    return { matches: known((value) => pattern.test(value) === (operator === 'like')), only: null }
  }
  const values = texts.map((text) => fold(canonical(column, text, letters)))
  if (operator === 'in' || operator === 'notin') {
    const set = new Set(values)
    const matches = known((value) => set.has(value) === (operator === 'in'))
    return { matches, only: operator === 'in' && !scope.caseInsensitive ? { field: column.name, values } : null }
  }
  const [first = '', second = ''] = values
  const order = (value: string, other: string) => compareValues(column.field, value, other)
  if (operator === 'between') {
    return { matches: known((value) => order(value, first) >= 0 && order(value, second) <= 0), only: null }
  }
  const test = ORDERINGS[operator]!
  if (first === '') return NOTHING
  return {
    matches: known((value) => test(order(value, first))),
    only: operator === 'equalto' && !scope.caseInsensitive ? { field: column.name, values: [first] } : null,
  }
}

function isText(column: Column): boolean {
  return column.field.type === 'text' || column.field.type === 'enum'
}

/** ISO dates and the like are refused, as the vendor does (recorded: DL02000001). */
function canonical(column: Column, text: string, letters: boolean): string {
  if (text === '') return ''
  const value = understood(column.field, text, letters)
  if (value !== null) return value
  // An unknown word of an enum finds nothing; that the vendor does not refuse it is our reading.
  if (column.field.type === 'enum') return text
  throw unprocessable(`Invalid value ${text} for the field ${column.name}.`)
}
