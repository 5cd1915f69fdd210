/** Whether a record reads as a step wants it, or as it did before: NetSuite writes one value in several ways. */
import { isEmpty } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { compare, isDecimal, isPositive } from '../../mapping/money.ts'
import { exactDigits } from '../../wire/json.ts'
import { itemsOf, type Line } from './addresses.ts'
import { actualLines, isSame, type PlannedLine } from './payment-lines.ts'

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && exactDigits(value) === null
const isNumber = (value: unknown): boolean => typeof value === 'number' || exactDigits(value) !== null
const wordOf = (value: unknown): string => exactDigits(value) ?? String(value)
const isNothing = (value: unknown): boolean =>
  isEmpty(value) ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).every((name) => name === 'links'))

/** What was written is there: references by their id, numbers by their value, and nothing else than what was written. */
export function reads(actual: unknown, written: unknown): boolean {
  if (isEmpty(written)) return isNothing(actual)
  if (isObject(written)) {
    if ('id' in written) return scalarReads(idIn(actual), idIn(written))
    const parts = isObject(actual) ? actual : {}
    return Object.entries(written).every(([name, value]) => name === 'links' || reads(parts[name], value))
  }
  if (Array.isArray(written)) {
    const items = Array.isArray(actual) ? actual : (itemsOf(actual) ?? [])
    return items.length === written.length && written.every((value, place) => reads(items[place], value))
  }
  return scalarReads(idIn(actual), written)
}

const idIn = (value: unknown): unknown => (isObject(value) && 'id' in value ? value['id'] : value)

function scalarReads(actual: unknown, written: unknown): boolean {
  if (typeof written === 'boolean' || typeof actual === 'boolean') return flagOf(actual) === flagOf(written)
  if (isNothing(actual) || typeof actual === 'object') return false
  if (isNumber(actual) || isNumber(written)) return numbersRead(actual, written)
  return textOf(actual) === textOf(written) || isDateTimeOf(String(actual), String(written))
}

function numbersRead(actual: unknown, written: unknown): boolean {
  const [left, right] = [wordOf(actual), wordOf(written)]
  return isDecimal(left) && isDecimal(right) ? compare(left, right) === 0 : left === right
}

const flagOf = (value: unknown): string => (/^(true|t)$/i.test(String(value)) ? 'T' : 'F')
const textOf = (value: unknown): string => String(value).replaceAll('\r\n', '\n').trim()
/** Calendar dates are read with a time by some accounts. */
const isDateTimeOf = (actual: string, written: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(written) && actual.startsWith(`${written}T`)

/** The same lines with the same amounts, in any order; a line with zero is none. */
export function sameLines(record: VendorRecord, wanted: readonly PlannedLine[]): boolean {
  const [left, right] = [actualLines(record), wanted.filter(({ amount }) => isPositive(amount))]
  return (
    left.length === right.length && right.every((line) => left.some((one) => isSame(line, one) && isAmount(line, one)))
  )
}
const isAmount = (left: PlannedLine, right: PlannedLine) => compare(left.amount, right.amount) === 0

/** Every line that was written has one that reads so, and there are no others. */
export function sameAddresses(record: VendorRecord, written: readonly Line[]): boolean {
  const left = [...(itemsOf(record['addressBook']) ?? [])]
  if (left.length !== written.length) return false
  // Lines with a key first: a new one may look like any of them.
  const inOrder = [...written].sort((one, other) => Number(isKeyed(other)) - Number(isKeyed(one)))
  return inOrder.every((line) => {
    const place = left.findIndex((one) => keysFit(one, line) && reads(one, compared(line)))
    if (place >= 0) left.splice(place, 1)
    return place >= 0
  })
}

const KEYS = ['id', 'internalId'] as const
const isKeyed = (line: Line): boolean => KEYS.some((name) => !isEmpty(line[name]))
const keysFit = (actual: Line, written: Line): boolean =>
  KEYS.every((name) => isEmpty(written[name]) || String(actual[name]) === String(written[name]))
/** NetSuite takes the default from one line when another gets it, and gives it to the only one: "not the default" says nothing. */
const compared = (line: Line): Line =>
  Object.fromEntries(
    Object.entries(line).filter(
      ([name, value]) => !(KEYS as readonly string[]).includes(name) && !(/^default/.test(name) && value !== true),
    ),
  )
