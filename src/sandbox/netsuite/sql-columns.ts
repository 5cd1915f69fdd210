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
}

export function columns(type: ColumnType, names: string): Record<string, ColumnType> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, type]))
}
