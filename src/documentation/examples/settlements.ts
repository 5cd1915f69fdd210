/** Examples of settling later: the verbs of payments, and credits. Small amounts, so that they work again and again. */
import type { Credit, CreditApply, PaymentApply, Unapply } from '../../../schemas/credit.ts'
import type { Payment } from '../../../schemas/payment.ts'
import { example, type OperationExamples } from './example.ts'
import { LATER_OPERATION, WIRE } from './records.ts'

const settles = (invoice: string, amount: string) => ({
  ...{ invoiceId: `inv_netsuite_${invoice}`, invoiceNumber: `INV-${invoice}`, amount },
  ...{ cashAmount: amount, creditAmount: '0.00' },
})
const applied: Payment = {
  ...WIRE,
  ...{ appliedAmount: '2691.03', unappliedAmount: '20.00' },
  applications: [settles('100003', '5.00'), settles('100001', '2686.03')],
  credits: [],
}
const unapplied: Payment = {
  ...applied,
  ...{ appliedAmount: '2686.03', unappliedAmount: '25.00' },
  applications: [settles('100003', '5.00'), settles('100001', '2681.03')],
}
const replacement: Payment = {
  ...{ object: 'payment', id: 'pay_intacct_10535', connection: 'intacct', provider: 'intacct', nativeId: '10535' },
  ...{ number: 'PYMT-10535', date: '2025-12-25', amount: '2711.03', currency: 'USD', method: 'eft', memo: 'Thank you' },
  customer: { id: 'cus_intacct_C00001', number: 'C00001', name: 'Copper Tools 1' },
  ...{ appliedAmount: '2681.03', unappliedAmount: '30.00', status: 'deposited', statusText: 'Complete' },
  applications: [
    {
      ...settles('100001', '2681.03'),
      ...{ invoiceId: 'inv_intacct_10001', invoiceNumber: 'INV-000001' },
    },
  ],
  credits: [],
  replaces: 'pay_intacct_10002',
}

const memo: Credit = {
  ...{ object: 'credit', id: 'crd_netsuite_memo-6001', connection: 'netsuite', provider: 'netsuite', nativeId: '6001' },
  ...{ kind: 'memo', number: 'CM-6001', date: '2026-02-02', currency: 'USD', amount: '500.00', openAmount: '500.00' },
  customer: { id: 'cus_netsuite_456', number: 'ACME-001', name: 'Acme Corporation' },
  ...{ applications: [], paymentId: null, memo: 'Returned goods' },
  ...{ createdAt: '2025-12-25T10:00:00Z', updatedAt: '2025-12-25T10:00:00Z' },
}
const use = (invoice: string, amount: string) => ({
  ...{ invoiceId: `inv_netsuite_${invoice}`, invoiceNumber: `INV-${invoice}`, amount, paymentId: null },
})
const rest: Credit = {
  ...{ object: 'credit', id: 'crd_netsuite_payment-100002', connection: 'netsuite', provider: 'netsuite' },
  ...{ nativeId: '100002', kind: 'payment', number: 'PMT-100002', date: '2025-12-25', currency: 'USD' },
  ...{ amount: '2711.03', openAmount: '30.00', paymentId: 'pay_netsuite_100002', memo: 'Thank you' },
  customer: { id: 'cus_netsuite_1001', number: 'CUST1001', name: 'Copper Tools 1' },
  applications: [use('100003', '5.00'), use('100001', '2676.03')],
  ...{ createdAt: '2025-12-25T12:00:00Z', updatedAt: '2026-03-31T09:30:00Z' },
}

const later = (operation: string) => ({
  unknown: example('The ERP has not answered yet', { ...LATER_OPERATION, operation }),
})
const notSettled = { detail: 'The payment does not settle it.', pointer: '/applications/0/invoiceId' }
const tooMuch = {
  detail: 'The payment settles 40.00 USD of it.',
  pointer: '/applications/0/amount',
  fieldCode: 'too_large',
}
const problems: OperationExamples['problems'] = {
  field_not_supported: {
    detail: 'NetSuite dates what it applies like the record that applies it (2025-12-25).',
    pointer: '/date',
  },
  field_required: {
    detail: 'Applying credits needs an account too: set defaults.bankAccountId.',
    connection: 'intacct',
  },
  invalid_reference: { detail: 'There is no such invoice.', pointer: '/applications/0/invoiceId' },
  not_changeable: { detail: 'The payment is voided (Reversed); it settles nothing.', connection: 'intacct' },
  allocation_exceeds_amount: {
    detail: 'The applications need 40.00 USD of cash; the amount is 25.00 USD.',
    pointer: '/applications/0/amount',
    fieldCode: 'too_large',
  },
  conflict: { detail: 'The record was changed by somebody else at the same time.' },
  not_supported: {
    detail: 'Inline credits are not switched on for this connection (inlineCredits).',
    connection: 'intacct',
  },
}
const releasing: OperationExamples['problems'] = {
  ...problems,
  invalid_reference: notSettled,
  allocation_exceeds_amount: tooMuch,
  not_changeable: {
    detail: '40.00 of it was settled by another payment with the rest of this one; unapply it there.',
    pointer: '/applications/0/invoiceId',
    connection: 'intacct',
  },
  confirmation_required: {
    detail:
      'Sage Intacct does not change what posted cash settles: the payment has to be reversed and recorded again, under a new id. POST /v1/payments/{id}/unapply?confirm=reverse does that.',
    pointer: '?confirm',
    connection: 'intacct',
  },
}

export const settlementExamples: Readonly<Record<string, OperationExamples>> = {
  applyPayment: {
    request: {
      one: example<PaymentApply>('A part of one invoice', {
        applications: [{ invoiceId: 'inv_netsuite_100003', amount: '5.00' }],
      }),
    },
    answers: { 200: { netsuite: example('The payment as it is now', applied) }, 202: later('applyPayment') },
    problems,
  },
  unapplyPayment: {
    request: {
      part: example<Unapply>('A part of one invoice', {
        applications: [{ invoiceId: 'inv_netsuite_100001', amount: '5.00' }],
      }),
    },
    answers: {
      200: {
        netsuite: example('The payment as it is now', unapplied),
        replaced: example('Reversed and recorded again (Intacct, `confirm=reverse`)', replacement),
      },
      202: later('unapplyPayment'),
    },
    problems: releasing,
  },
  getCredit: {
    answers: { 200: { memo: example('A credit memo', memo) } },
    problems: { not_supported: problems.not_supported! },
  },
  applyCredit: {
    request: {
      memo: example<CreditApply>('A part of one invoice', {
        applications: [{ invoiceId: 'inv_netsuite_5003', amount: '5.00' }],
      }),
    },
    answers: {
      200: {
        memo: example('The credit memo as it is now', {
          ...memo,
          openAmount: '495.00',
          applications: [use('5003', '5.00')],
        } satisfies Credit),
      },
      202: later('applyCredit'),
    },
    problems: {
      ...problems,
      allocation_exceeds_open_amount: {
        detail: 'The credit CM-6001 has 500.00 USD open; 600.00 was applied.',
        pointer: '/applications/0/amount',
        fieldCode: 'too_large',
      },
    },
  },
  unapplyCredit: {
    request: {
      rest: example<Unapply>('A part of one invoice', {
        applications: [{ invoiceId: 'inv_netsuite_100001', amount: '5.00' }],
      }),
    },
    answers: { 200: { rest: example('What a payment leaves', rest) }, 202: later('unapplyCredit') },
    problems: {
      ...releasing,
      not_changeable: {
        detail: '10.00 USD of it was used in a payment; unapply it there.',
        pointer: '/applications/0/invoiceId',
      },
    },
  },
}
