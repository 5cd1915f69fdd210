/** One incoming call as the gateway sees it: who, what, until when, and what is told back beside the record. */
import type { Logger } from 'pino'

export const SCOPES = [
  'customers:read',
  'customers:write',
  'payments:read',
  'payments:write',
  'connections:read',
  'passthrough',
] as const
export type Scope = (typeof SCOPES)[number]

/** Who calls, and what the key allows. */
export interface Caller {
  readonly name: string
  readonly scopes: ReadonlySet<string>
  /** Names of connections, or `*` for all. */
  readonly connections: ReadonlySet<string>
}

export interface Call {
  readonly requestId: string
  readonly caller: Caller
  /** The operationId. */
  readonly operation: string
  readonly log: Logger
  /** Ends at the deadline; reads stop then. */
  readonly signal: AbortSignal
  /** Milliseconds from the call's start to its deadline. */
  readonly deadlineMs: number
  /** `Prefer: handling=lenient`: unsupported harmless fields become warnings. */
  readonly lenient: boolean
  /** `Prefer: respond-async`: a keyed write answers 202 as soon as it begins to leave. */
  readonly respondAsync: boolean
  readonly timing: { exchanges: number; upstreamMs: number }
}

/** What a route answers with; the request layer turns it into HTTP. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer whose record has an id, so that a stored operation can name it. */
export interface WriteAnswer extends Answer {
  /** The gateway id of the record that was written. */
  readonly resourceId: string | null
}
