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

export class SqlMirror {
  readonly #state: NetSuiteState
  #database: Promise<Database> | undefined
  #stale = { customer: new Set<string>(), document: new Set<string>(), settlement: new Set<string>(), all: true }
  /** Overdue amounts are of a day. */
  #day = ''

  constructor(state: NetSuiteState) {
    this.#state = state
    state.books.onChange((change) => this.#note(change))
  }

  /** The engine with everything up to date. The engine itself is loaded at the first call. */
  async database(): Promise<Database> {
    this.#database ??= this.#open()
    const database = await this.#database
    this.#refresh(database)
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
    for (const table of SQL_TABLES) {
      const columns = Object.entries(table.columns).map(([name, type]) => `[${name}] ${AFFINITY[type]}`)
      const keyed =
        table.key === 'id' ? columns.map((one) => (one === '[id] INTEGER' ? `${one} PRIMARY KEY` : one)) : columns
      database.run(`CREATE TABLE [${table.name}] (${keyed.join(', ')})`)
      for (const column of indexed(table))
        database.run(`CREATE INDEX [${table.name}.${column}] ON [${table.name}] ([${column}])`)
    }
    this.#stale.all = true
    return database
  }

  #note({ table, id }: BookChange): void {
    if (table === 'all') this.#stale.all = true
    else if (!this.#stale.all) this.#stale[table].add(id)
  }

  #refresh(database: Database): void {
    const day = today(this.#state)
    if (day !== this.#day) this.#stale.all = true
    const stale = this.#stale
    if (!stale.all && stale.customer.size + stale.document.size + stale.settlement.size === 0) return
    this.#stale = { customer: new Set(), document: new Set(), settlement: new Set(), all: false }
    this.#day = day
    const { books } = this.#state
    const owed = new Set<string>()
    for (const id of stale.document) {
      // Balances follow the documents, also those of the parents. A removed one's customer is found by its old row.
      const customerId = books.getDocument(id)?.customerId ?? oldCustomer(database, id)
      for (let at = customerId; at; at = books.getCustomer(at)?.parentId ?? undefined) owed.add(at)
    }
    const everything = {
      customer: () => books.customers().map((customer) => customer.id),
      document: () => books.documents().map((document) => document.id),
      settlement: () => books.settlements().map((settlement) => settlement.id),
      list: () => [''],
    }
    database.run('BEGIN')
    for (const table of SQL_TABLES) {
      if (stale.all) write(this.#state, database, table, everything[table.source](), true)
      else if (table.source === 'customer') {
        const more = table.name === 'customer' ? owed : []
        write(this.#state, database, table, new Set([...stale.customer, ...more]), false)
      } else if (table.source !== 'list') write(this.#state, database, table, stale[table.source], false)
    }
    database.run('COMMIT')
  }
}

function oldCustomer(database: Database, documentId: string): string | undefined {
  const result = database.exec('SELECT entity FROM [transaction] WHERE id = ?', [documentId])
  const value = result[0]?.values[0]?.[0]
  return value === undefined || value === null ? undefined : String(value)
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
