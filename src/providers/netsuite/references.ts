/** Reference data of the account: the names of terms, accounts, people … by internal id. */
import type { Reference } from '../../../schemas/common.ts'
import type { ReferenceEntry, ReferenceKind } from '../../../schemas/reference-data.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { incompleteEntries } from '../incomplete-entries.ts'
import type { Client } from './client.ts'
import type { RememberedCurrencies } from './currencies.ts'
import type { RememberedNames } from './customer-names.ts'
import { isInternalId } from './internal-id.ts'
import { isUnanswerable } from './query-access.ts'
import { readList } from './reference-lists.ts'
import { type NameTable, TABLES } from './reference-tables.ts'
import { ownIdOf } from './values.ts'

/** How long a looked-up name or the list of currencies is believed. */
const KEPT_MS = 5 * 60_000

/** What one account remembers between calls. */
export interface Remembered {
  readonly currencies: RememberedCurrencies
  readonly ids: Map<string, { id: string; until: number }>
  /** Whole lists by kind. */
  readonly lists: Map<string, { entries: readonly ReferenceEntry[]; until: number }>
  readonly customers: RememberedNames
}
export const nothingRemembered = (): Remembered => ({
  currencies: { codes: null, base: null },
  ids: new Map(),
  lists: new Map(),
  customers: new Map(),
})

export class References {
  readonly #client: Client
  readonly #remembered: Remembered
  readonly #now: () => number

  constructor(client: Client, remembered: Remembered, now: () => number) {
    this.#client = client
    this.#remembered = remembered
    this.#now = now
  }

  /** The id of a reference given by id, name or both; nothing is sent for an id alone (NetSuite checks it). */
  async idOf(kind: string, wanted: Reference, pointer: string): Promise<string> {
    if (wanted.name === undefined || wanted.name === null) {
      if (!wanted.id) throw fieldError('invalid_reference', pointer, 'The reference has neither an id nor a name.')
      return wanted.id
    }
    const key = JSON.stringify([kind, wanted.id ?? null, wanted.name.toLowerCase()])
    const kept = this.#remembered.ids.get(key)
    if (kept && this.#now() < kept.until) return kept.id
    const id = await this.#lookUp(kind, wanted.id ?? null, wanted.name, pointer)
    if (this.#remembered.ids.size > 1000) this.#remembered.ids.clear()
    this.#remembered.ids.set(key, { id, until: this.#now() + KEPT_MS })
    return id
  }

  /** The whole list of a kind. */
  async list(kind: ReferenceKind): Promise<readonly ReferenceEntry[]> {
    const kept = this.#remembered.lists.get(kind)
    if (kept && this.#now() < kept.until) return kept.entries
    const entries = await readList(this.#client, kind)
    if (incompleteEntries(kind, entries).length === 0)
      this.#remembered.lists.set(kind, { entries, until: this.#now() + KEPT_MS })
    return entries
  }

  async #lookUp(kind: string, id: string | null, name: string, pointer: string): Promise<string> {
    const table = TABLES[kind as keyof typeof TABLES]
    const refuse = (detail: string) => fieldError('invalid_reference', pointer, detail)
    if (!table) throw refuse('Names of this kind cannot be looked up in NetSuite; give the id.')
    if (id !== null && !isInternalId(id)) throw refuse(`NetSuite has no such id: ${id}.`)
    const rows = (await this.#rows(table, id, name)) ?? (await this.#listed(kind, table, id, name))
    // The role may not see the table. An id is then left to NetSuite to check.
    if (rows === null && id !== null) return id
    if (rows === null) throw refuse("The gateway's role cannot look up this name in NetSuite; give the id.")
    const names = (row: VendorRecord) =>
      [...table.names, 'shown'].map((column) => row[column]).filter((value) => typeof value === 'string')
    const fitting = id === null ? rows : rows.filter((row) => agrees(name, names(row)))
    const ids = new Set(fitting.map((row) => ownIdOf(row[table.id])))
    const [only] = ids
    if (ids.size === 1 && only !== undefined) return only
    if (id !== null && rows.length > 0) throw refuse(`The record ${id} is not called "${name}".`)
    throw refuse(
      ids.size === 0
        ? `NetSuite knows no "${name}" here.`
        : `NetSuite knows several records called "${name}"; give the id.`,
    )
  }

  async #rows(table: NameTable, id: string | null, name: string): Promise<readonly VendorRecord[] | null> {
    for (const names of [table.names, table.names.slice(0, 1) as readonly string[]]) {
      const matches = id === null ? namesMatch(table, names) : `${table.id} = ?`
      const params = id === null ? namesMatchParams(table, names, name) : [Number(id)]
      try {
        return (
          await this.#client.query(
            `SELECT ${[table.id, ...names, ...shownOf(table, names).map((shown) => `${shown} AS shown`)].join(', ')} FROM ${table.table} WHERE ${matches}`,
            params,
            50,
            table.table,
          )
        ).rows
      } catch (error) {
        if (!isUnanswerable(error)) throw error
      }
    }
    return null
  }

  /** Where queries are refused: the short lists that are records, and customers by what `q` can say of them. */
  async #listed(
    kind: string,
    table: NameTable,
    id: string | null,
    name: string,
  ): Promise<readonly VendorRecord[] | null> {
    if (!this.#client.queriesRefused) return null
    if (kind === 'customers') return this.#customersCalled(table, id, name)
    const entries = TABLES[kind as ReferenceKind] ? await this.#entriesOf(kind as ReferenceKind) : null
    if (entries === null) return null
    const called = (entry: ReferenceEntry) =>
      [entry.name, entry.code].some((one) => one?.toLowerCase() === name.toLowerCase())
    return entries
      .filter((entry) => (id === null ? called(entry) : entry.id === id))
      .map((entry) => ({ [table.id]: entry.id, shown: entry.name, [table.names[0]]: entry.code ?? entry.name }))
  }
  async #entriesOf(kind: ReferenceKind): Promise<readonly ReferenceEntry[] | null> {
    try {
      return await this.list(kind)
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'not_supported') return null
      throw error
    }
  }
  async #customersCalled(table: NameTable, id: string | null, name: string): Promise<readonly VendorRecord[] | null> {
    // How a quote is written inside a value of `q` is not documented.
    if (/["\\]/.test(name)) return null
    const q =
      id === null ? `(entityId IS "${name}" OR companyName IS "${name}" OR altName IS "${name}")` : `id EQUAL ${id}`
    const { ids } = await this.#client.ids('customer', q, 10)
    const records = await Promise.all(ids.map((one) => this.#client.get('customer', one)))
    return records.map((record, place) => ({
      [table.id]: ids[place],
      ...Object.fromEntries(['entityId', 'companyName', 'altName'].map((one) => [one.toLowerCase(), record[one]])),
    }))
  }
}

/** What records show, where it is no column by itself. */
const shownOf = (table: NameTable, names: readonly string[]): readonly string[] =>
  table.shown === undefined || table.names.includes(table.shown) || names !== table.names ? [] : [table.shown]

/** People are found by "First Last" as well as by their number. */
const isPerson = (table: NameTable) => table.names.includes('firstname')
const fullName = "firstname || ' ' || lastname"
const comparable = (table: NameTable, names: readonly string[]) =>
  isPerson(table)
    ? [...names.filter((name) => name !== 'firstname' && name !== 'lastname'), ...(names.length > 1 ? [fullName] : [])]
    : [...names, ...shownOf(table, names)]
const namesMatch = (table: NameTable, names: readonly string[]) =>
  comparable(table, names)
    .map((column) => `LOWER(${column}) = LOWER(?)`)
    .join(' OR ')
const namesMatchParams = (table: NameTable, names: readonly string[], name: string) =>
  comparable(table, names).map(() => name)

/**
 * Whether a name that was read as `refName` is this record's: one name, two side by side, or the end of a hierarchy
 * (`Parent : Child`) or of a stage (`CUSTOMER-Closed Won`).
 */
function agrees(wanted: string, names: readonly string[]): boolean {
  const fold = (value: string) => value.trim().toLowerCase()
  const pairs = names.flatMap((first) =>
    names.filter((second) => second !== first).map((second) => `${first} ${second}`),
  )
  return [...names, ...pairs].some(
    (name) =>
      fold(name) === fold(wanted) || [' : ', '-'].some((joint) => fold(wanted).endsWith(`${joint}${fold(name)}`)),
  )
}
