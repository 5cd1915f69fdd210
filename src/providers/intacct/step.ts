/** The kinds of steps of a write, as they are stored: the functions of one transaction, and what to look for afterwards. */
import { createHash } from 'node:crypto'
import type { StepContext, WriteStep } from '../provider.ts'
import { type AnswerRecord, rawOf } from './answer.ts'
import type { FunctionCall } from './envelope.ts'
import type { Mark } from './memo.ts'
import type { Place } from './payment-history.ts'

/** What every step has: one request, and all of its functions or none. */
interface Sent extends WriteStep {
  readonly title: string
  readonly functions: readonly FunctionCall[]
}

/** A record as it was before the write. */
export interface Prior extends Place {
  readonly stamp: string
}

/** Receipts are made and carry the mark; in the same transaction others may be reversed. */
export interface MakeStep extends Sent {
  readonly kind: 'make'
  readonly object: Place['object']
  readonly customerId: string
  readonly mark: Mark
  /** Of the payment or credit that the write is about; null: of the record that is made. */
  readonly nativeId: string | null
  readonly reversed: readonly Prior[]
}
export interface ReverseStep extends Sent {
  readonly kind: 'reverse'
  readonly nativeId: string
  readonly reversed: readonly Prior[]
}
export interface ChangeDraftStep extends Sent {
  readonly kind: 'change-draft'
  readonly nativeId: string
  readonly draft: Prior
  readonly mark: Mark
}
export interface DeleteDraftStep extends Sent {
  readonly kind: 'delete-draft'
  readonly nativeId: string
  readonly draft: Prior
}
export interface CreateCustomerStep extends Sent {
  readonly kind: 'create-customer'
  /** CUSTOMERID, where the caller gives it. */
  readonly number: string | null
  readonly name: string
  /** Null: the connection has no custom field for it. */
  readonly mark: Mark | null
  /** The caller's; Intacct lets several customers have the same. */
  readonly externalId?: string
}
/** A change of a customer and its contacts, which is looked for by what it wrote. */
export interface ChangeCustomerStep extends Sent {
  readonly kind: 'change-customer'
  readonly nativeId: string
}
export interface DeleteCustomerStep extends Sent {
  readonly kind: 'delete-customer'
  readonly nativeId: string
  /** RECORDNO: the number may be given again. */
  readonly key: string
  readonly stamp: string
}

export type IntacctStep =
  | MakeStep
  | ReverseStep
  | ChangeDraftStep
  | DeleteDraftStep
  | CreateCustomerStep
  | ChangeCustomerStep
  | DeleteCustomerStep

/** The fence of a step: control ids are built from it, so a second step of the same write has its own. */
export const fenceOf = ({ intentId, index }: StepContext): string =>
  index === 0 ? intentId : `${intentId}${index + 1}`

/** Holds a session's own address. */
const VOLATILE = /^RECORD_URL$/i

/** The same for two readings of a record that nobody changed in between; `raw` is what `read` gave. */
export function stampOf(raw: unknown): string {
  const kept = Object.entries(raw as Readonly<Record<string, unknown>>).filter(([name]) => !VOLATILE.test(name))
  return createHash('sha256').update(JSON.stringify(kept)).digest('base64url')
}

/** Of a record that settles with credits alone or with cash; all of those are ARPYMT. */
export const priorOfSettlement = ({ key, record }: { key: string; record: AnswerRecord }): Prior =>
  priorOf({ object: 'ARPYMT', key }, record)

export const priorOf = ({ object, key }: Place, record: AnswerRecord): Prior => ({
  object,
  key,
  stamp: stampOf(rawOf(record.content)),
})
