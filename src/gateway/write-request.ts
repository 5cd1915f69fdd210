/** A write as the request layer hands it over, and what comes back. */
import type { Problem } from '../../schemas/problem.ts'
import type { Call, WriteAnswer } from './call.ts'
import type { WriteBinding } from './connections.ts'
import type { Journal } from './journal.ts'

export interface WriteRequest {
  readonly call: Call
  readonly connection: string
  /** Null: nothing is stored, the write belongs to the call. */
  readonly key: string | null
  readonly fingerprint: string
  /** The path of the call, and the gateway id of the record that it names. */
  readonly instance: string
  readonly resource: string | null
  /** The names of the fields that the caller sent. */
  readonly sent: readonly string[]
  /**
   * Does the work, at most once for a key, and publishes gateway ids: `resourceId` of the answer or of an error with
   * `applied: 'yes'`. It may go on after the caller got a 202.
   */
  readonly perform: (write: { once: Journal; binding: WriteBinding }) => Promise<WriteAnswer>
  /** Reads what was written, when it worked but could not be read back at the time. */
  readonly reread?: (resourceId: string) => Promise<WriteAnswer>
  /** The document as this call's caller gets it. It is stored, and repeated exactly, request id and all. */
  readonly problemOf: (error: unknown) => Problem
}
/** `replayed`: this is an answer that was given before. A 202 that is repeated is not, it says how things stand now. */
export type WriteResult = WriteAnswer & { readonly replayed: boolean }

/** What another process needs of the call, to answer in its place. */
export const originOf = ({ call, instance, resource, sent }: WriteRequest) => ({
  requestId: call.requestId,
  instance,
  resource,
  sent,
})
