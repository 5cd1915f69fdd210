/** What a table of the SQL mirror is made of. */
import type { NetSuiteState } from './state.ts'

export type ColumnType = 'integer' | 'number' | 'text' | 'date'
export type Row = Readonly<Record<string, unknown>>

export interface SqlTable {
  readonly name: string
  readonly columns: Readonly<Record<string, ColumnType>>
  /** A change of which record makes rows anew; `list`: they never change. */
  readonly source: 'customer' | 'document' | 'settlement' | 'list'
  /** The column that holds the source record's id. */
  readonly key: string
  rows(state: NetSuiteState, id: string): readonly Row[]
  /** Only another look at this table: a SELECT in the engine's own dialect; it has no rows of its own. */
  readonly view?: { readonly of: string; readonly select: string }
}

export function viewOf(of: string, name: string, columns: SqlTable['columns'], select: string): SqlTable {
  return { name, columns, source: 'list', key: '', rows: () => [], view: { of, select: `SELECT ${select} FROM ${of}` } }
}

export function columns(type: ColumnType, names: string): Record<string, ColumnType> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, type]))
}
