/** Applying and unapplying a credit; what a payment leaves is one record with the payment, and is treated as it. */
import type { ApplicationRelease, CreditApply, CreditRecord } from '../../schemas/credit.ts'
import { CREDIT_KINDS, type CreditKind } from '../../schemas/open-item.ts'
import type { PaymentRecord } from '../../schemas/payment.ts'
import { fieldError, GatewayError } from '../errors.ts'
import type { Connection, CreditKey, Found, WriteOnce } from '../providers/provider.ts'
import { readBack } from '../providers/read-back.ts'
import { openItemKey } from './open-items.ts'
import { planCreditRelease, planRelease } from './release.ts'
import { checkSettles, planApply, planCreditApply } from './settlement.ts'

const KEY = new RegExp(`^(${CREDIT_KINDS.join('|')})-(.+)$`, 's')

/** The two halves of `memo-6001`. */
export function creditKeyOf(nativeId: string): CreditKey {
  const [, kind, id] = KEY.exec(nativeId) ?? []
  if (kind === undefined || id === undefined)
    throw fieldError('malformed_id', '/id', 'Expected crd_<connection>_<kind>-<id>.')
  return { kind: kind as CreditKind, nativeId: id }
}

/** Which credit is meant, and the way to its ERP. The operations are there: the route has looked. */
export interface CreditTarget {
  readonly connection: string
  readonly bound: Connection
  readonly key: CreditKey
  readonly once: WriteOnce
}

export async function applyCredit(
  target: CreditTarget,
  before: Found<CreditRecord>,
  body: CreditApply,
): Promise<Found<CreditRecord>> {
  const { connection, bound, key, once } = target
  const date = body.date ?? null
  const payment = await paymentOf(target, before)
  if (payment === null) {
    const allocation = await planCreditApply(connection, bound, body, key, before.record)
    return present(bound.applyCredit)(key, { allocation, date, before }, once)
  }
  const allocation = await planApply(connection, bound, body, payment)
  return asCredit(target, () =>
    present(bound.applyPayment)(payment.nativeId, { allocation, date, before: payment }, once),
  )
}

export async function unapplyCredit(
  target: CreditTarget,
  before: Found<CreditRecord>,
  applications: readonly ApplicationRelease[],
): Promise<Found<CreditRecord>> {
  const { connection, bound, key, once } = target
  const payment = await paymentOf(target, before)
  if (payment === null) {
    const released = planCreditRelease(connection, applications, before.record, bound.amountDigits)
    return present(bound.unapplyCredit)(key, { released, before }, once)
  }
  const released = planRelease(connection, applications, payment.record, 'cash only', bound.amountDigits)
  return asCredit(target, () =>
    present(bound.unapplyPayment)(payment.nativeId, { released, before: payment, confirmed: false }, once),
  )
}

/** The payment whose rest the credit is; null for a credit of its own. */
async function paymentOf(
  { bound }: CreditTarget,
  { record }: Found<CreditRecord>,
): Promise<Found<PaymentRecord> | null> {
  if (record.paymentId === null) return null
  const payment = await bound.getPayment(record.paymentId)
  checkSettles(payment.record)
  return payment
}

/** Changes the payment and reads the credit that it is; errors name the credit. */
async function asCredit(
  { bound, key }: CreditTarget,
  change: () => Promise<Found<PaymentRecord>>,
): Promise<Found<CreditRecord>> {
  const id = openItemKey(key)
  const { warnings } = await change().catch((error: unknown) => {
    throw error instanceof GatewayError && error.options.resourceId !== undefined
      ? error.with({ resourceId: id })
      : error
  })
  const credit = await readBack(id, () => present(bound.getCredit)(key))
  return { ...credit, ...(warnings && { warnings }) }
}

function present<T>(operation: T | undefined): T {
  if (operation === undefined) throw new GatewayError('not_supported', 'The ERP has no such operation.')
  return operation
}
