/** Where a connection's settings speak for the caller. */
import type { OperationName } from './provider.ts'

/** A vendor's place that a setting fills. */
export interface DefaultPlace {
  readonly path: string
  /** By its dotted path within the connection. */
  readonly setting: string
  /** The setting's value, where it is one: of several settings that one is meant whose value stands in the ERP's words. */
  readonly value?: string
  /** The path is a guess from a word that other values have too: only where the ERP's words have the value. */
  readonly quoted?: true
  readonly operations: readonly OperationName[]
  /** Pointers into the caller's body: with any of them the value is the caller's; the first is the field's own. */
  readonly unless: readonly string[]
}
