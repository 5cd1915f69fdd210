/** What a function gets and what it answers. */
import type { Company } from '../company.ts'
import type { Session, Sessions } from '../session.ts'
import type { XmlElement } from '../xml.ts'
import type { ReadCursors } from './read-by-query.ts'

export interface CallContext {
  readonly company: Company
  readonly session: Session
  readonly sessions: Sessions
  readonly cursors: ReadCursors
  /** The sandbox's own URL, which getAPISession hands out. */
  readonly endpoint: string
  /** How many functions the request has; getAPISession must be alone. */
  readonly functionCount: number
}

export interface FunctionResult {
  /** Markup of `data`. */
  readonly data?: string
  /** Legacy functions answer the key alone. */
  readonly key?: string
  /** `returnFormat` csv or json: the whole body, without an envelope (developer docs, queries). */
  readonly bare?: { readonly contentType: string; readonly body: string }
}

export type SandboxFunction = (call: XmlElement, context: CallContext) => FunctionResult
