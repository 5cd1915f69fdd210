/** A payment seen as a credit: its cash, what it settles with that, and what is left. The same for every ERP. */
import type { CreditRecord } from '../../schemas/credit.ts'
import type { PaymentRecord } from '../../schemas/payment.ts'
import { isPositive, subtract } from '../mapping/money.ts'
import type { CreditKey, Found } from './provider.ts'

export function creditOfPayment(key: CreditKey, payment: Found<PaymentRecord>): Found<CreditRecord> {
  const { record, raw, nativeId } = payment
  const { kind } = key
  const applications = (record.applications ?? []).flatMap(({ invoiceId, invoiceNumber, ...amounts }) => {
    const amount = amounts.cashAmount ?? subtract(amounts.amount, amounts.creditAmount ?? '0')
    return isPositive(amount) ? [{ invoiceId, invoiceNumber, amount, paymentId: null }] : []
  })
  return {
    nativeId: key.nativeId,
    raw,
    record: {
      kind,
      number: record.number ?? null,
      date: record.date ?? null,
      customer: record.customer ?? null,
      currency: record.currency ?? null,
      amount: record.amount ?? null,
      openAmount: record.unappliedAmount ?? null,
      applications,
      paymentId: nativeId,
      memo: record.memo ?? null,
      createdAt: record.createdAt ?? null,
      updatedAt: record.updatedAt ?? null,
    },
  }
}
