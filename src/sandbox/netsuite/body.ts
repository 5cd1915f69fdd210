/** Reads the JSON body of a write against the sandbox's own field list: names, types, lengths, references. */
import { NETSUITE_LISTS } from '../seed/netsuite-lists.ts'
import { invalidContent, invalidFieldValue, userError } from './errors.ts'
import type { Field, FieldTable, Line } from './fields.ts'
import { listEntry, type NetSuiteState } from './state.ts'

/** `null` clears; what is absent stays. Sublists are their items, fields of lines likewise. */
export type Values = Readonly<Record<string, unknown>>
export type NameValidation = 'Error' | 'Warning' | 'Ignore'

interface Reading {
  readonly state: NetSuiteState
  readonly names: NameValidation
}

/** Meta properties that a record read by GET carries; sending them back changes nothing. */
const META = new Set(['links'])
const DATE = /^\d{4}-\d{2}-\d{2}$/
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/
/** Of external ids: Oracle help section_156334828635. */
export const EXTERNAL_ID = /^[A-Za-z0-9_-]+$/

export function readBody(state: NetSuiteState, table: FieldTable, text: string, names: NameValidation): Values {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw invalidContent()
  }
  if (!isObject(body)) throw invalidContent()
  return readObject({ state, names }, table, body, '')
}

function readObject(reading: Reading, table: FieldTable, body: Record<string, unknown>, path: string): Values {
  const values: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(body)) {
    if (META.has(name)) continue
    const field = Object.hasOwn(table, name) ? table[name] : undefined
    if (field === undefined || field.readOnly) {
      // Uncertain for read-only names: the sandbox takes the strict way.
      if (reading.names === 'Error' && name !== 'id') throw invalidContent(path + name)
      if (name !== 'id') continue
    }
    values[name] = value === null ? null : readValue(reading, name, field ?? { kind: 'text' }, value, path + name)
  }
  return values
}

function readValue(reading: Reading, name: string, field: Field, value: unknown, path: string): unknown {
  switch (field.kind) {
    case 'text':
      return readText(name, field, value, path)
    case 'boolean':
      if (typeof value !== 'boolean') throw invalidContent(path)
      return value
    case 'double':
    case 'integer':
      return readNumber(name, field, value, path)
    case 'date':
      if (typeof value === 'string' && DATE_TIME.test(value))
        return readValue(reading, name, field, value.slice(0, 10), path)
      if (typeof value !== 'string' || !DATE.test(value) || !isRealDay(value)) {
        throw invalidContent(path)
      }
      return value
    case 'date-time':
      if (typeof value !== 'string' || !DATE_TIME.test(value)) throw invalidContent(path)
      return value
    case 'enum':
      return readEnum(name, field, value, path)
    case 'reference':
      return readReference(reading, name, field, value, path)
    case 'subrecord':
      if (!isObject(value)) throw invalidContent(path)
      return readObject(reading, field.items ?? {}, value, `${path}.`)
    case 'sublist':
      return readLines(reading, field, value, path)
  }
}

function readText(name: string, field: Field, value: unknown, path: string): string | null {
  if (typeof value !== 'string') throw invalidContent(path)
  if (value === '') return null
  if (name === 'externalId' && !EXTERNAL_ID.test(value)) throw invalidFieldValue(value, name)
  if (field.maxLength !== undefined && value.length > field.maxLength) {
    throw userError('tooLong', { field: name.toLowerCase(), number: field.maxLength }, path)
  }
  if (field.email && !/^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/.test(value)) throw invalidFieldValue(value, name)
  return value
}

/** As decimal text. More decimals than two are refused for amounts; NetSuite may round instead (uncertain). */
function readNumber(name: string, field: Field, value: unknown, path: string): string {
  if (typeof value !== 'number') throw invalidContent(path)
  const text = String(value)
  if (field.kind === 'integer' && !Number.isSafeInteger(value)) throw invalidContent(path)
  if (/e/.test(text) || Math.abs(value) >= 1e15) throw invalidFieldValue(text, name)
  if (name !== 'exchangeRate' && field.kind === 'double' && !/^-?\d+(\.\d{1,2})?$/.test(text)) {
    throw invalidFieldValue(text, name)
  }
  return text
}

/** `{id}`, `{refName}` (documented for enumerations) or the bare id. */
function readEnum(name: string, field: Field, value: unknown, path: string): string {
  const wanted = isObject(value) ? (value['id'] ?? value['refName']) : value
  if (typeof wanted !== 'string') throw invalidContent(path)
  const byName = isObject(value) && value['id'] === undefined
  const found = Object.entries(field.values ?? {}).find(([id, label]) => (byName ? label : id) === wanted)
  if (!found) throw invalidFieldValue(wanted, name)
  return found[0]
}

/** `{id}`, `{externalId}` or the bare id. A refName alone is not documented for references: refused but by the guide's account. */
function readReference(reading: Reading, name: string, field: Field, value: unknown, path: string): string {
  const list = field.to ?? 'nothing'
  if (isObject(value)) {
    if (value['id'] !== undefined) return readReference(reading, name, field, value['id'], path)
    const externalId = value['externalId']
    const title = value['refName']
    if (reading.state.profile.refNames && externalId === undefined && typeof title === 'string')
      return idByName(name, list, title)
    if (typeof externalId !== 'string') throw invalidContent(path)
    const id = idByExternalId(reading.state, list, externalId)
    if (id === undefined) throw invalidFieldValue(externalId, name)
    return id
  }
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof id !== 'string' || !/^-?\d+$/.test(id)) throw invalidContent(path)
  if (!referenceExists(reading.state, list, id)) throw invalidFieldValue(id, name)
  return id
}

function referenceExists(state: NetSuiteState, list: string, id: string): boolean {
  if (list === 'customer') return state.books.getCustomer(id) !== undefined
  // Which lines a transaction may have is the payment's business; an accounting period is named by its month.
  if (list === 'transaction') return true
  if (list === 'accountingPeriod') return /^\d{6}$/.test(id)
  const entry = listEntry(list, id)
  return entry !== undefined && !entry.inactive
}

/** Only of the account's short lists: nothing shows that customers and transactions are found by name. */
function idByName(field: string, list: string, title: string): string {
  const found = (NETSUITE_LISTS[list] ?? []).filter((entry) => entry.name === title && !entry.inactive)
  if (found.length !== 1) throw invalidFieldValue(title, field)
  return found[0]!.id
}

function idByExternalId(state: NetSuiteState, list: string, externalId: string): string | undefined {
  if (list !== 'transaction') return state.names.byExternalId(list, externalId)
  const types = ['invoice', 'creditMemo', 'customerDeposit', 'journalEntry', 'customerPayment']
  return types.map((type) => state.names.byExternalId(type, externalId)).find((id) => id !== undefined)
}

function readLines(reading: Reading, field: Field, value: unknown, path: string): Line[] {
  if (field.closed) throw invalidContent(path)
  const items = isObject(value) ? value['items'] : undefined
  if (!Array.isArray(items)) throw invalidContent(path)
  return items.map((item, position) => {
    const at = `${path}.items[${position}]`
    if (!isObject(item)) throw invalidContent(at)
    return readObject(reading, field.items ?? {}, item, `${at}.`)
  })
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isRealDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
