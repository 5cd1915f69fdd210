/** What differs from one NetSuite account to another: the profile that a sandbox account has. */
import type { NetSuiteError } from './errors.ts'
import type { FieldTable } from './fields.ts'
import type { Condition } from './query-language.ts'
import type { RecordType } from './record-type.ts'

/**
 * `2026.1`: names of Oracle's REST API Browser for release 2026.1, OneWorld, SuiteQL.
 * `guide`: an account as guides written for older accounts describe it, with their field names, answers and filters.
 * `single`: names of 2026.1, but no OneWorld and no permission for SuiteQL.
 */
export type ProfileName = '2026.1' | 'guide' | 'single'

export interface Profile {
  readonly name: ProfileName
  /** The record types with the fields that this account has; the metadata catalog is written from them. */
  readonly types: readonly RecordType[]
  /** Whether the role may use SuiteQL. */
  readonly suiteQl: boolean
  /** Whether a create answers 201 and the record; else 204 and its address. */
  readonly answersWithRecord: boolean
  /** Whether a reference can be written by what people read; Oracle documents that for enumerations only. */
  readonly refNames: boolean
  /** Whether a reference to a customer reads "ACME-001 Acme Corporation" instead of the name alone. */
  readonly numbersInNames: boolean
  /** `type` of error bodies; without it the addresses that live accounts of 2026 send. */
  readonly errorType?: string
  /** Columns and tables that queries do not find. */
  readonly missing?: ReadonlySet<string>
  /** The filter `q` in the words that `compileQuery` knows. */
  parseQuery(text: string, fields: FieldTable): Condition
  /** Refusals in this account's words. */
  refusal(error: NetSuiteError): NetSuiteError
}
