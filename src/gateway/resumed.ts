/** The answer of a write that another process began: built from what the ERP has now and what was noted when it was promised. */
import { GatewayError } from '../errors.ts'
import type { Connection, Found } from '../providers/provider.ts'
import type { WriteAnswer } from './call.ts'
import type { OpenConnection } from './connections.ts'
import { creditKeyOf } from './credits.ts'
import { gatewayId, parseId, type RecordKind } from './ids.ts'
import type { Journal } from './journal.ts'
import { creditWritten, customerWritten, paymentWritten } from './written.ts'

/** What each operation answers with; `gone`: the record is deleted, there is nothing to read. */
const ANSWERS = {
  createCustomer: { kind: 'customer', status: 201 },
  updateCustomer: { kind: 'customer', status: 200 },
  upsertCustomer: { kind: 'customer', status: 200 },
  deleteCustomer: { kind: 'customer', status: 'gone' },
  createAddress: { kind: 'customer', status: 201 },
  deleteAddress: { kind: 'customer', status: 'gone' },
  createPayment: { kind: 'payment', status: 201 },
  updatePayment: { kind: 'payment', status: 200 },
  deletePayment: { kind: 'payment', status: 'gone' },
  applyPayment: { kind: 'payment', status: 200 },
  unapplyPayment: { kind: 'payment', status: 200 },
  voidPayment: { kind: 'payment', status: 200 },
  applyCredit: { kind: 'credit', status: 200 },
  unapplyCredit: { kind: 'credit', status: 200 },
} as const satisfies Readonly<Record<string, { kind: RecordKind; status: 200 | 201 | 'gone' }>>
type Resumable = keyof typeof ANSWERS

const isResumable = (operation: string): operation is Resumable => Object.hasOwn(ANSWERS, operation)

/** The operations that make new records; the last one only sometimes. */
export const MAKING: readonly Resumable[] = ['createCustomer', 'createPayment', 'upsertCustomer']
/** What kind of new record the operation makes; null where it makes none. */
export const madeKind = (operation: string): RecordKind | null => {
  const making = MAKING.find((name) => name === operation)
  return making === undefined ? null : ANSWERS[making].kind
}

/** In whose fields the caller wrote: those that a refusal points at. A credit settles by the same fields as a payment. */
export const fieldsOf = (operation: string): 'customer' | 'payment' =>
  isResumable(operation) && ANSWERS[operation].kind !== 'customer' ? 'payment' : 'customer'

/** The gateway id of the record that the write is about, as far as the journal knows it. */
export function resourceOf(operation: string, connection: string, journal: Journal): string | null {
  const { origin, told, results } = journal
  if (origin.resource !== null && told.replaces === undefined) return origin.resource
  const made = results[0]?.nativeId ?? null
  return made === null || !isResumable(operation) ? null : gatewayId(ANSWERS[operation].kind, connection, made)
}

/** Null where the operation has no single record to answer with; then the same key reads it when it is used again. */
export async function resumedAnswer(
  intent: { operation: string; key: string | null },
  connection: OpenConnection,
  bound: Connection,
  journal: Journal,
): Promise<WriteAnswer | null> {
  const { operation } = intent
  const { told } = journal
  const resourceId = resourceOf(operation, connection.name, journal)
  if (!isResumable(operation) || resourceId === null) return null
  const { kind, status } = ANSWERS[operation]
  if (status === 'gone') return { status: 204, body: null, resourceId }
  const { nativeId } = parseId(resourceId, kind, '/resource/id')
  if (kind === 'customer') {
    const made = operation === 'upsertCustomer' && told.created ? 201 : status
    return customerWritten(connection, await bound.getCustomer(nativeId), made, {
      warnings: warningsOf(journal),
      asked: told.asked,
    })
  }
  if (kind === 'credit') {
    if (!bound.getCredit) throw new GatewayError('not_supported', 'The ERP has no such operation.')
    return creditWritten(connection, await bound.getCredit(creditKeyOf(nativeId)))
  }
  const found: Found<Awaited<ReturnType<Connection['getPayment']>>['record']> = told.lastState
    ? { nativeId, record: told.lastState, raw: null }
    : await bound.getPayment(nativeId)
  const reversalId = told.lastIsReversal ? (journal.results.at(-1)?.nativeId ?? null) : told.void?.reversalId
  const record = told.void
    ? { ...found.record, status: 'voided' as const, void: { ...told.void, reversalId: reversalId ?? null } }
    : found.record
  const key = operation === 'createPayment' ? intent.key : null
  return paymentWritten(connection, { ...found, record }, status, {
    key,
    warnings: warningsOf(journal),
    asked: told.asked,
    links: told.replaces === undefined ? {} : { replaces: gatewayId('payment', connection.name, told.replaces) },
  })
}

const warningsOf = ({ told, results }: Journal) => [
  ...(told.warnings ?? []),
  ...results.flatMap(({ warnings }) => warnings ?? []),
]
