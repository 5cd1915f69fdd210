/** The filters of the guide's account: one comparison with a sign, LIKE or BETWEEN; Oracle's own words work too. */

import { invalidQuery } from './errors.ts'
import type { Field, FieldTable } from './fields.ts'
import { type Condition, parseQuery } from './query-language.ts'

const COMPARISON = /^\s*([A-Za-z_][\w.]*)\s*(=|>|LIKE(?=\s)|BETWEEN(?=\s+'))\s*(.*?)\s*$/s
const QUOTED = /^'([^']*)'$/
const RANGE = /^'([^']*)'\s+AND\s+'([^']*)'$/
const BARE = /^(true|false|-?\d+(?:\.\d+)?)$/

/** Only what the guide's examples show: one comparison; AND and OR belong to Oracle's grammar. */
export function parseGuideQuery(text: string, fields: FieldTable): Condition {
  const match = COMPARISON.exec(text)
  if (!match) return parseQuery(text)
  const [, name = '', sign = '', operand = ''] = match
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (!field?.filterable) throw invalidQuery(`Field '${name}' cannot be used in a filter.`)
  const compare = (operator: string, value: string): Condition => ({ field: name, operator, values: [value] })
  if (sign === 'LIKE') return like(name, field, quoted(operand), compare)
  if (sign === 'BETWEEN') {
    const range = RANGE.exec(operand)
    if (!range) throw invalidQuery(`"${operand}" is no range.`)
    const [from, to] = [literal(field, range[1]!), literal(field, range[2]!)]
    const [low, high] = isDay(field) ? ['ON_OR_AFTER', 'ON_OR_BEFORE'] : ['GREATER_OR_EQUAL', 'LESS_OR_EQUAL']
    return { all: [compare(low!, from), compare(high!, to)] }
  }
  const value = literal(field, BARE.test(operand) ? operand : quoted(operand))
  if (sign === '=') return compare(equalityOf(name, field), value)
  return compare(isDay(field) ? 'AFTER' : 'GREATER', value)
}

function quoted(operand: string): string {
  const value = QUOTED.exec(operand)?.[1]
  if (value === undefined) throw invalidQuery(`"${operand}" is no value.`)
  return value
}

/** `%` at the ends is understood, as in the guide's example; patterns with a sign inside are not. */
function like(
  name: string,
  field: Field,
  pattern: string,
  compare: (operator: string, value: string) => Condition,
): Condition {
  const [, before, text = '', after] = /^(%?)(.*?)(%?)$/s.exec(pattern) ?? []
  if (field.kind !== 'text' || /[%_]/.test(text) || text === '')
    throw invalidQuery(`LIKE '${pattern}' cannot be used with field '${name}'.`)
  if (before && after) return compare('CONTAIN', text)
  if (after) return compare('START_WITH', text)
  return compare(before ? 'ENDWITH' : 'IS', text)
}

const isDay = (field: Field): boolean => field.kind === 'date' || field.kind === 'date-time'

function equalityOf(name: string, field: Field): string {
  if (isDay(field)) return 'ON'
  if (field.kind === 'reference') return 'ANY_OF'
  return field.kind === 'double' || field.kind === 'integer' || name === 'id' ? 'EQUAL' : 'IS'
}

/** The guide writes days as YYYY-MM-DD; `q` itself knows the account's own format. */
function literal(field: Field, value: string): string {
  if (!isDay(field)) return value
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (!day) throw invalidQuery(`"${value}" is no date.`)
  return `${Number(day[2])}/${Number(day[3])}/${day[1]}`
}
