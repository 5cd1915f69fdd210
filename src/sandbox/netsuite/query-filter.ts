/** Decides whether a record fits a parsed `q`: only filterable fields, only the operators of the field's type. */
import Big from 'big.js'
import { invalidQuery } from './errors.ts'
import type { Field, FieldTable } from './fields.ts'
import type { Condition } from './query-language.ts'
import { parseAccountDate } from './sql-dates.ts'

type Test = (read: (field: string) => unknown) => boolean

/** Refuses what cannot be asked before any record is looked at. */
export function compileQuery(condition: Condition, fields: FieldTable): Test {
  if ('all' in condition) {
    const tests = condition.all.map((part) => compileQuery(part, fields))
    return (read) => tests.every((test) => test(read))
  }
  if ('any' in condition) {
    const tests = condition.any.map((part) => compileQuery(part, fields))
    return (read) => tests.some((test) => test(read))
  }
  const { field: name, values } = condition
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (!field?.filterable) throw invalidQuery(`Field '${name}' cannot be used in a filter.`)
  const negative = condition.operator.endsWith('_NOT')
  const operator = negative ? condition.operator.slice(0, -4).replace(/^END_WITH$/, 'ENDWITH') : condition.operator
  const test = operator === 'EMPTY' ? isEmpty : testFor(name, field, operator, values)
  return (read) => test(read(name)) !== negative
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function testFor(name: string, field: Field, operator: string, values: readonly string[]): (value: unknown) => boolean {
  const refuse = () => invalidQuery(`Operator ${operator} cannot be used with field '${name}'.`)
  if (name === 'id') return numberTest(operator, values, refuse)
  switch (field.kind) {
    case 'boolean':
      if (operator !== 'IS' || !/^(true|false)$/.test(values[0]!)) throw refuse()
      return (value) => (value ?? false) === (values[0] === 'true')
    case 'text':
      return textTest(operator, values[0]!, refuse)
    case 'double':
    case 'integer':
      return numberTest(operator, values, refuse)
    case 'date':
    case 'date-time':
      return dateTest(operator, values[0]!, refuse)
    case 'reference':
      if (operator !== 'ANY_OF') throw refuse()
      return (value) => values.includes(String(value))
    default:
      throw refuse()
  }
}

/** Texts compare without regard to letter case, as saved searches do (uncertain for `q`). */
function textTest(operator: string, wanted: string, refuse: () => Error): (value: unknown) => boolean {
  const needle = wanted.toLowerCase()
  const on = (test: (text: string) => boolean) => (value: unknown) =>
    typeof value === 'string' && test(value.toLowerCase())
  switch (operator) {
    case 'IS':
      return on((text) => text === needle)
    case 'CONTAIN':
      return on((text) => text.includes(needle))
    case 'START_WITH':
      return on((text) => text.startsWith(needle))
    case 'ENDWITH':
      return on((text) => text.endsWith(needle))
    default:
      throw refuse()
  }
}

function numberTest(operator: string, values: readonly string[], refuse: () => Error): (value: unknown) => boolean {
  if (values.some((value) => !/^-?\d+(\.\d+)?$/.test(value))) throw refuse()
  const [first, second] = values.map((value) => new Big(value))
  const on = (test: (number: Big) => boolean) => (value: unknown) => !isEmpty(value) && test(new Big(String(value)))
  switch (operator) {
    case 'EQUAL':
      return on((number) => number.eq(first!))
    case 'GREATER':
      return on((number) => number.gt(first!))
    case 'GREATER_OR_EQUAL':
      return on((number) => number.gte(first!))
    case 'LESS':
      return on((number) => number.lt(first!))
    case 'LESS_OR_EQUAL':
      return on((number) => number.lte(first!))
    case 'BETWEEN':
    case 'WITHIN':
      if (values.length !== 2) throw refuse()
      return on((number) => number.gte(first!) && number.lte(second!))
    case 'ANY_OF':
      return on((number) => values.some((value) => number.eq(value)))
    default:
      throw refuse()
  }
}

/** The literal is in the account's format; without a time it is a whole day of the account's zone (here UTC). */
function dateTest(operator: string, wanted: string, refuse: () => Error): (value: unknown) => boolean {
  const parsed = parseAccountDate(wanted)
  if (parsed === null) {
    throw invalidQuery(`Parse of date/time "${wanted}" failed with date format "M/d/yy" in time zone Etc/UTC`)
  }
  const start = parsed.milliseconds
  const end = start + (parsed.hasTime ? 60_000 : 86_400_000)
  const on = (test: (instant: number) => boolean) => (value: unknown) =>
    typeof value === 'string' && test(Date.parse(value))
  switch (operator) {
    case 'ON':
      return on((instant) => instant >= start && instant < end)
    case 'AFTER':
      return on((instant) => instant >= end)
    case 'ON_OR_AFTER':
      return on((instant) => instant >= start)
    case 'BEFORE':
      return on((instant) => instant < start)
    case 'ON_OR_BEFORE':
      return on((instant) => instant < end)
    default:
      throw refuse()
  }
}
