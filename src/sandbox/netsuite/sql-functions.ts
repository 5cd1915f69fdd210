/** Oracle's functions for the SQL mirror: what SQLite lacks, and what Oracle does otherwise ('' is NULL, letters beyond ASCII). */
import Big from 'big.js'
import type { Database } from 'sql.js'
import { nameOf } from './record-view.ts'
import {
  accountDate,
  formatDate,
  fromMilliseconds,
  isDateNumber,
  parseAccountDate,
  parseDate,
  toDate,
} from './sql-dates.ts'
import type { NetSuiteState } from './state.ts'

type Value = string | number | null
type SqlFunction = (...values: Value[]) => Value

/** Functions that a query may call; the engine's own ones among them are aggregates and COALESCE, NULLIF, ABS. */
const BUILT_IN = 'count sum avg min max coalesce nullif abs row_number rank dense_rank lag lead'.split(' ')

export function registerFunctions(database: Database, state: NetSuiteState): void {
  for (const [name, work] of Object.entries({ ...PLAIN, ...stateful(state) })) {
    // A length of -1 registers the function for any number of arguments.
    const variadic = Object.defineProperty((...values: Value[]) => notEmpty(work(...values)), 'length', { value: -1 })
    database.create_function(name, variadic)
  }
}

export function isKnownFunction(name: string): boolean {
  return BUILT_IN.includes(name) || (Object.hasOwn(PLAIN, name) && /^[a-z]/.test(name))
}

function stateful(state: NetSuiteState): Record<string, SqlFunction> {
  return {
    sysdate$: () => fromMilliseconds(state.clock().getTime()),
    builtin$df: (column, value) => (value === null ? null : displayName(state, String(column), value)),
  }
}

function notEmpty(value: Value): Value {
  return value === '' ? null : value
}

/** NULL in, NULL out. */
function strict(work: (...values: (string | number)[]) => Value): SqlFunction {
  return (...values) => (values.some((value) => value === null) ? null : work(...(values as (string | number)[])))
}

/** What Oracle turns a value into where a text is needed. */
function textOf(value: Value | undefined): string {
  if (value === null || value === undefined) return ''
  if (isDateNumber(value)) return accountDate(value)
  return typeof value === 'number' ? numberText(value) : value
}

/** A number as Oracle prints it: no float dust, no exponent. */
export function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? String(value) : new Big(value.toPrecision(15)).toFixed()
}

function numberOf(value: string | number): number {
  const number =
    typeof value === 'number' ? value : /^\s*[-+]?(\d+\.?\d*|\.\d+)\s*$/.test(value) ? Number(value) : Number.NaN
  if (Number.isNaN(number)) throw new Error(`${value} is not a number.`)
  return number
}

/** Half away from zero, as Oracle rounds. */
function rounded(value: number, digits: number): number {
  const sign = value < 0 ? -1 : 1
  return (
    sign *
    Number(new Big(numberText(Math.abs(value))).times(new Big(10).pow(digits)).round(0, 1).div(new Big(10).pow(digits)))
  )
}

function cut(value: number, digits: number): number {
  const factor = 10 ** digits
  return Math.trunc(Number((value * factor).toPrecision(15))) / factor
}

function pad(
  value: string | number,
  length: string | number,
  filler: string | number | undefined,
  left: boolean,
): string {
  const text = textOf(value)
  const size = numberOf(length)
  if (text.length >= size) return text.slice(0, size)
  const fill = textOf(filler ?? ' ')
  return left ? text.padStart(size, fill) : text.padEnd(size, fill)
}

function trimmed(value: string | number, set: string | number | undefined, left: boolean, right: boolean): string {
  const characters = [...textOf(set ?? ' ')]
  const text = [...textOf(value)]
  while (left && text.length > 0 && characters.includes(text[0]!)) text.shift()
  while (right && text.length > 0 && characters.includes(text.at(-1)!)) text.pop()
  return text.join('')
}

function substring(value: string | number, start: string | number, length?: string | number): string {
  const text = [...textOf(value)]
  const from = numberOf(start)
  const first = from > 0 ? from - 1 : from < 0 ? Math.max(0, text.length + from) : 0
  return text.slice(first, length === undefined ? undefined : first + Math.max(0, numberOf(length))).join('')
}

function inOrder(values: readonly (string | number)[]): (string | number)[] {
  return [...values].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0))
}

const PLAIN: Readonly<Record<string, SqlFunction>> = {
  nvl: (value, other) => value ?? other ?? null,
  nvl2: (value, present, absent) => (value === null ? (absent ?? null) : (present ?? null)),
  decode: (value, ...rest) => {
    for (let at = 0; at + 1 < rest.length; at += 2) {
      const candidate = rest[at] ?? null
      if (candidate === value || (candidate !== null && value !== null && String(candidate) === String(value)))
        return rest[at + 1]!
    }
    return rest.length % 2 === 1 ? rest.at(-1)! : null
  },
  lower: strict((value) => textOf(value).toLowerCase()),
  upper: strict((value) => textOf(value).toUpperCase()),
  initcap: strict((value) =>
    textOf(value)
      .toLowerCase()
      .replace(/(^|[^\p{L}\p{N}])(\p{L})/gu, (_, gap, letter) => gap + letter.toUpperCase()),
  ),
  length: strict((value) => [...textOf(value)].length),
  substr: strict((value, start, length) => substring(value, start!, length)),
  instr: strict((value, part, start) => textOf(value).indexOf(textOf(part), numberOf(start ?? 1) - 1) + 1),
  replace: (value, part, by) =>
    value === null || part === null ? value : textOf(value).replaceAll(textOf(part), textOf(by)),
  trim: strict((value) => trimmed(value, undefined, true, true)),
  ltrim: strict((value, set) => trimmed(value, set, true, false)),
  rtrim: strict((value, set) => trimmed(value, set, false, true)),
  lpad: strict((value, length, filler) => pad(value, length!, filler, true)),
  rpad: strict((value, length, filler) => pad(value, length!, filler, false)),
  concat: (left, right) => textOf(left ?? null) + textOf(right ?? null),
  // The operator || of Oracle joins NULL as nothing; SQLite's own would give NULL. SQLite has `->` at the same
  // precedence and calls it as a function of that name, so || is written as -> and defined here.
  '->': (left, right) => textOf(left ?? null) + textOf(right ?? null),
  round: strict((value, digits) => rounded(numberOf(value), numberOf(digits ?? 0))),
  trunc: strict((value, digits) => {
    if (isDateNumber(value)) return Math.floor(value)
    return cut(numberOf(value), numberOf(digits ?? 0))
  }),
  mod: strict((value, by) => (numberOf(by!) === 0 ? numberOf(value) : numberOf(value) % numberOf(by!))),
  ceil: strict((value) => Math.ceil(numberOf(value))),
  floor: strict((value) => Math.floor(numberOf(value))),
  sign: strict((value) => Math.sign(numberOf(value))),
  power: strict((value, by) => numberOf(value) ** numberOf(by!)),
  greatest: strict((...values) => inOrder(values).at(-1)!),
  least: strict((...values) => inOrder(values)[0]!),
  to_number: strict((value) => numberOf(value)),
  to_char: strict((value, format) => {
    if (format === undefined) return textOf(value)
    if (isDateNumber(value)) return formatDate(value, String(format))
    return formatNumber(numberOf(value), String(format))
  }),
  to_date: strict((value, format) => {
    if (isDateNumber(value)) return value
    if (format === undefined) return inAccountFormat(textOf(value))
    return parseDate(textOf(value), String(format))
  }),
  to_timestamp: strict((value, format) => parseDate(textOf(value), String(format))),
  add_months: strict((value, months) => addMonths(value, numberOf(months!))),
  last_day: strict((value) => {
    const next = toDate(addMonths(value, 1))
    return fromMilliseconds(Date.UTC(next.getUTCFullYear(), next.getUTCMonth(), 0))
  }),
  // What the dialect wraps around a text that is compared with a date column.
  account$date: strict((value) => (isDateNumber(value) ? value : inAccountFormat(textOf(value)))),
}

function inAccountFormat(text: string): number {
  const parsed = parseAccountDate(text)
  if (!parsed) throw new Error(`Parse of date/time "${text}" failed with date format "M/d/yy" in time zone Etc/UTC`)
  return fromMilliseconds(parsed.milliseconds)
}

function addMonths(value: string | number, months: number): number {
  if (!isDateNumber(value)) throw new Error('A date is expected.')
  const date = toDate(value)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(date.getUTCDate(), last))
  return fromMilliseconds(
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, Math.min(toDate(value).getUTCDate(), last)) +
      (toDate(value).getTime() % 86_400_000),
  )
}

/** Of Oracle's number formats: 9, 0, the decimal point, the comma and FM. */
function formatNumber(value: number, format: string): string {
  const match = /^(FM)?([09,]+)(?:\.([09]+))?$/i.exec(format)
  if (!match) throw new Error(`The sandbox has no number format ${format}.`)
  const [, compact, whole = '', fraction = ''] = match
  const [digits = '0', decimals = ''] = new Big(numberText(Math.abs(value))).toFixed(fraction.length).split('.')
  const least = [...whole.replaceAll(',', '')].length - whole.replaceAll(',', '').indexOf('0')
  const padded = whole.includes('0') ? digits.padStart(least, '0') : digits
  const grouped = whole.includes(',') ? padded.replace(/\B(?=(\d{3})+$)/g, ',') : padded
  const text = `${value < 0 ? '-' : ''}${grouped}${fraction ? `.${decimals}` : ''}`
  return compact ? text : text.padStart(format.length + 1)
}

/** Which list a column refers to, for BUILTIN.DF. */
const LIST_OF: Readonly<Record<string, string>> = {
  entity: 'customer',
  parent: 'customer',
  toplevelparent: 'customer',
  currency: 'currency',
  terms: 'term',
  subsidiary: 'subsidiary',
  salesrep: 'employee',
  partner: 'partner',
  category: 'customerCategory',
  entitystatus: 'customerStatus',
  territory: 'territory',
  pricelevel: 'priceLevel',
  receivablesaccount: 'account',
  account: 'account',
  expenseaccount: 'account',
  paymentmethod: 'paymentMethod',
  paymentoption: 'paymentMethod',
  department: 'department',
  class: 'classification',
  location: 'location',
  postingperiod: 'accountingPeriod',
  transaction: 'transaction',
  previousdoc: 'transaction',
  nextdoc: 'transaction',
}

function displayName(state: NetSuiteState, column: string, value: string | number): Value {
  const list = LIST_OF[column]
  return list === undefined ? textOf(value) : nameOf(state, list, textOf(value))
}
