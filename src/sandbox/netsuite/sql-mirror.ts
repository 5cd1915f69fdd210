/** The books as tables of an SQL engine: built at the first query, afterwards only what changed is written again. */
import type { Database, SqlJsStatic } from 'sql.js'
import type { BookChange } from '../books.ts'
import type { ColumnType, Row, SqlTable } from './sql-columns.ts'
import { dateNumber } from './sql-dates.ts'
import { registerFunctions } from './sql-functions.ts'
import { SQL_TABLES } from './sql-tables.ts'
import { type NetSuiteState, today } from './state.ts'

const AFFINITY: Readonly<Record<ColumnType, string>> = {
  integer: 'INTEGER',
  number: 'REAL',
  text: 'TEXT',
  date: 'REAL',
}

let engine: Promise<SqlJsStatic> | undefined

/** Ids whose rows must be written again; `all`: the whole table. */
type Stale = Set<string> | 'all'

export class SqlMirror {
  readonly #state: NetSuiteState
  #database: Promise<Database> | undefined
  readonly #stale = new Map<string, Stale>()
  /** Overdue amounts are of a day. */
  #day = ''

  constructor(state: NetSuiteState) {
    this.#state = state
    state.books.onChange((change) => this.#note(change))
  }

  /** The engine with the tables that were named up to date. The engine itself is loaded at the first call. */
  async database(names: Iterable<string>): Promise<Database> {
    this.#database ??= this.#open()
    const database = await this.#database
    const day = today(this.#state)
    if (day !== this.#day) for (const table of SQL_TABLES) this.#stale.set(table.name, 'all')
    this.#day = day
    const bases = [...names].map((name) => SQL_TABLES.find((table) => table.name === name)?.view?.of ?? name)
    for (const table of SQL_TABLES) if (bases.includes(table.name)) this.#refresh(database, table)
    return database
  }

  async close(): Promise<void> {
    const database = await this.#database
    database?.close()
    this.#database = undefined
  }

  async #open(): Promise<Database> {
    engine ??= import('sql.js').then((module) => module.default())
    const database = new (await engine).Database()
    // Oracle compares texts and patterns with regard to letter case.
    database.run('PRAGMA case_sensitive_like = ON')
    registerFunctions(database, this.#state)
    for (const table of SQL_TABLES) create(database, table)
    return database
  }

  #note({ table: source, id, customers }: BookChange): void {
    for (const table of SQL_TABLES) {
      if (source === 'all' && table.source !== 'list') this.#stale.set(table.name, 'all')
      else if (source === table.source) this.#mark(table.name, id)
      // Balances follow the documents, also those of the parents.
      if (table.name === 'customer') for (const customer of customers) this.#markAncestors(customer)
    }
  }

  #mark(table: string, id: string): void {
    const stale = this.#stale.get(table)
    if (stale === undefined) this.#stale.set(table, new Set([id]))
    else if (stale !== 'all') stale.add(id)
  }

  #markAncestors(customerId: string): void {
    const { books } = this.#state
    for (let at: string | null = customerId; at !== null; at = books.getCustomer(at)?.parentId ?? null)
      this.#mark('customer', at)
  }

  #refresh(database: Database, table: SqlTable): void {
    const stale = this.#stale.get(table.name)
    if (stale === undefined) return
    const ids = stale === 'all' ? allIds(this.#state, table) : stale
    database.run('BEGIN')
    try {
      write(this.#state, database, table, ids, stale === 'all')
    } catch (error) {
      database.run('ROLLBACK')
      throw error
    }
    database.run('COMMIT')
    this.#stale.delete(table.name)
  }
}

function allIds({ books }: NetSuiteState, table: SqlTable): string[] {
  switch (table.source) {
    case 'customer':
      return books.customers().map((customer) => customer.id)
    case 'document':
      return books.documents().map((document) => document.id)
    case 'settlement':
      return books.settlements().map((settlement) => settlement.id)
    case 'list':
      return ['']
  }
}

function create(database: Database, table: SqlTable): void {
  if (table.view) {
    database.run(`CREATE VIEW [${table.name}] AS ${table.view.select}`)
    return
  }
  const columns = Object.entries(table.columns).map(([name, type]) => {
    return `[${name}] ${AFFINITY[type]}${name === 'id' && table.key === 'id' ? ' PRIMARY KEY' : ''}`
  })
  database.run(`CREATE TABLE [${table.name}] (${columns.join(', ')})`)
  for (const column of indexed(table)) {
    database.run(`CREATE INDEX [${table.name}.${column}] ON [${table.name}] ([${column}])`)
  }
}

function indexed(table: SqlTable): string[] {
  if (table.source === 'list') return []
  const wanted = [...(table.key === 'id' ? [] : [table.key]), 'entity', 'previousdoc', 'nextdoc', 'externalid']
  return [...new Set(wanted)].filter((column) => column in table.columns)
}

function write(state: NetSuiteState, database: Database, table: SqlTable, ids: Iterable<string>, all: boolean): void {
  const names = Object.keys(table.columns)
  if (all) database.run(`DELETE FROM [${table.name}]`)
  const remove = database.prepare(`DELETE FROM [${table.name}] WHERE [${table.key}] = ?`)
  const insert = database.prepare(`INSERT INTO [${table.name}] VALUES (${names.map(() => '?').join(', ')})`)
  for (const id of ids) {
    if (!all) remove.run([id])
    if (!isThere(state, table, id)) continue
    for (const row of table.rows(state, id)) insert.run(names.map((name) => stored(row, name, table.columns[name]!)))
  }
  remove.free()
  insert.free()
}

function isThere(state: NetSuiteState, table: SqlTable, id: string): boolean {
  switch (table.source) {
    case 'customer':
      return state.books.getCustomer(id) !== undefined
    case 'document':
      return state.books.getDocument(id) !== undefined
    case 'settlement':
      return state.books.getSettlement(id) !== undefined
    case 'list':
      return true
  }
}

function stored(row: Row, name: string, type: ColumnType): string | number | null {
  const value = row[name]
  // To Oracle an empty text is NULL.
  if (value === undefined || value === null || value === '') return null
  if (type === 'date') return dateNumber(String(value))
  return type === 'number' ? Number(value) : String(value)
}
