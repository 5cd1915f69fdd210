/** What the record service needs to know of a record type; customer, customerPayment and the read-only ones give it. */
import type { Values } from './body.ts'
import type { FieldTable, Line } from './fields.ts'
import type { NetSuiteState } from './state.ts'

export interface RecordType {
  readonly name: string
  readonly fields: FieldTable
  exists(state: NetSuiteState, id: string): boolean
  /** In the order of lists. */
  ids(state: NetSuiteState): string[]
  /** Decimal text, id, ISO text or boolean; `undefined` for none. */
  value(state: NetSuiteState, id: string, field: string): unknown
  lines(state: NetSuiteState, id: string, sublist: string): readonly Line[]
  /** Returns the new id. */
  readonly create?: (state: NetSuiteState, values: Values) => string
  /** `replace`: sublists to replace instead of merging. */
  readonly update?: (state: NetSuiteState, id: string, values: Values, replace: ReadonlySet<string>) => void
  readonly remove?: (state: NetSuiteState, id: string) => void
}

export function byNumber(left: string, right: string): number {
  return Number(left) - Number(right)
}
