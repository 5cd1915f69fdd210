/** Customer refunds: what is left of a payment, paid back. Made by a transform of the payment; it is unapplied by that much less. */
import { sum } from '../decimal.ts'
import type { Values } from './body.ts'
import { readOnlyType } from './documents.ts'
import { userError } from './errors.ts'
import type { RecordType } from './record-type.ts'
import { type NetSuiteState, today } from './state.ts'
import { CUSTOMER_REFUND_FIELDS } from './transaction-fields.ts'

export const CUSTOMER_REFUND: RecordType = {
  ...readOnlyType('customerRefund', 'customer-refund', CUSTOMER_REFUND_FIELDS),
  remove: (state, id) => state.books.remove(id),
}

/** `customerPayment/{id}/!transform/customerRefund` (an operation of release 2026.1); its effect in detail is uncertain. */
export function customerRefund(state: NetSuiteState, paymentId: string, values: Values): string {
  const { externalId, tranDate, memo, account } = values
  if (typeof externalId === 'string' && state.names.byExternalId('customerRefund', externalId) !== undefined)
    throw userError('recordExists')
  const payment = state.books.document(paymentId)
  // The text is of other transactions without lines; that a refund says it is uncertain.
  if (payment.open === '0') throw userError('noLines')
  const id = state.books.nextId('transaction')
  const refund = state.books.post({
    id,
    kind: 'customer-refund',
    number: `REF-${id}`,
    customerId: payment.customerId,
    date: typeof tranDate === 'string' ? tranDate : today(state),
    currency: payment.currency,
    total: payment.open,
    details: {
      account: typeof account === 'string' ? account : (payment.details['account'] ?? '10'),
      subsidiary: payment.details['subsidiary'],
      ...(typeof externalId === 'string' && { externalId }),
      ...(typeof memo === 'string' && { memo }),
    },
  })
  state.books.settle({
    source: id,
    creditId: paymentId,
    invoiceId: id,
    amount: refund.total,
    date: refund.date,
  })
  return id
}

/** How much of a payment was paid back; none where nothing was. */
export function refundedAmount(state: NetSuiteState, paymentId: string): string | undefined {
  const refunds = state.books
    .settlements({ creditId: paymentId })
    .filter(({ invoiceId }) => state.books.document(invoiceId).kind === 'customer-refund')
  return refunds.length === 0 ? undefined : sum(refunds.map(({ amount }) => amount))
}
