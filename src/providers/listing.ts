/** What lists ask of a provider: filters, sort, key paging. Part of the contract in provider.ts. */
import type { Warning } from '../../schemas/common.ts'
import type { Found } from './provider.ts'

export type FilterOperator =
  | 'equals'
  | 'notEquals'
  | 'in'
  | 'notIn'
  | 'greaterThan'
  | 'greaterOrEqual'
  | 'lessThan'
  | 'lessOrEqual'
  | 'contains'
  | 'startsWith'
  | 'like'
  | 'notLike'
  | 'isNull'
  | 'isNotNull'
/**
 * One condition on a unified field. Text ignores case. A reference field compares ids (`terms`) or, with `.name`, names.
 * Values are as the caller wrote them, already of the field's type (money text, YYYY-MM-DD, RFC 3339, `true`/`false`, our words).
 */
export interface Condition {
  readonly field: string
  readonly operator: FilterOperator
  readonly values: readonly string[]
}
export type Filter = Condition | { readonly all: readonly Filter[] } | { readonly any: readonly Filter[] }

export interface Sort {
  readonly field: string
  readonly direction: 'ascending' | 'descending'
}
/** Where a page starts: after the record with these sort values (in the ERP's own text) and this native id. */
export interface Position {
  readonly values: readonly (string | null)[]
  readonly nativeId: string
}
export interface ListQuery {
  readonly filter: Filter | null
  /** Empty: by native id, numeric ids as numbers. The native id always breaks ties, ascending; nulls come last. */
  readonly sort: readonly Sort[]
  readonly after: Position | null
  readonly limit: number
  readonly fields: ReadonlySet<string> | null
  readonly include: ReadonlySet<string>
}
export interface RecordPage<T> {
  readonly items: readonly (Found<T> & { readonly position: Position })[]
  readonly hasMore: boolean
  /** How many fit the filter in all, when this was the first page and the ERP said so. */
  readonly total: number | null
  /** What is missing on the page, such as a record without an id. */
  readonly warnings?: readonly Warning[]
  /** Where the page ends, where its last record was left out: the next one starts behind it. */
  readonly end?: Position
}
