/** Examples of the payment operations. The requests are small, so that they work again and again in one sandbox. */
import type { Payment, PaymentCreate, PaymentPatch } from '../../../schemas/payment.ts'
import type { Example, OperationExamples } from './example.ts'
import { answeredBy, LATER_OPERATION, lastPage } from './shared.ts'

const example = <T>(summary: string, value: T): Example<T> => ({ summary, value })

const payment: Payment = {
  object: 'payment',
  id: 'pay_netsuite_10001',
  connection: 'netsuite',
  provider: 'netsuite',
  nativeId: '10001',
  number: 'PMT-10001',
  idempotencyKey: '5f1c2a34-7d1e-4c57-9f0a-2f6f0c1f9b11',
  customer: { id: 'cus_netsuite_456', number: null, name: 'Acme Corporation' },
  date: '2026-03-31',
  amount: '40.00',
  currency: 'USD',
  exchangeRate: '1',
  method: 'check',
  methodRef: { id: '2', name: 'Check' },
  reference: '1234',
  depositTo: { kind: 'bankAccount', id: '10' },
  arAccount: { id: '119', name: 'Accounts Receivable' },
  memo: 'Part of INV-5001 and INV-5002',
  baseCurrency: 'USD',
  baseAmount: '40.00',
  appliedAmount: '40.00',
  unappliedAmount: '0.00',
  status: 'deposited',
  statusText: 'Deposited',
  applications: [
    {
      invoiceId: 'inv_netsuite_5001',
      invoiceNumber: 'INV-5001',
      amount: '25.00',
      cashAmount: '25.00',
      creditAmount: '0.00',
    },
    {
      invoiceId: 'inv_netsuite_5002',
      invoiceNumber: 'INV-5002',
      amount: '15.00',
      cashAmount: '15.00',
      creditAmount: '0.00',
    },
  ],
  credits: [],
  createdAt: '2026-03-31T09:30:00Z',
  updatedAt: '2026-03-31T09:30:00Z',
}
const { applications: _applications, credits: _credits, idempotencyKey: _key, ...listed } = payment

const twoInvoices: PaymentCreate = {
  customer: { id: 'cus_netsuite_456' },
  date: '2026-03-31',
  amount: '40.00',
  method: 'check',
  reference: '1234',
  memo: 'Part of INV-5001 and INV-5002',
  applications: [
    { invoiceId: 'inv_netsuite_5001', amount: '25.00' },
    { invoiceId: 'inv_netsuite_5002', amount: '15.00' },
  ],
}
const ofIntacct: PaymentCreate = {
  customer: { id: 'cus_intacct_ACME' },
  date: '2026-03-31',
  amount: '5.00',
  method: 'check',
  reference: '1235',
  memo: 'Part of INV-0101',
  applications: [{ invoiceId: 'inv_intacct_101', amount: '5.00' }],
}
const withCredit: PaymentCreate = {
  customer: { id: 'cus_netsuite_456' },
  date: '2026-03-31',
  amount: '10.00',
  method: 'ach',
  applications: [{ invoiceNumber: 'INV-5003', amount: '20.00' }],
  credits: [{ creditId: 'crd_netsuite_memo-6001', amount: '10.00' }],
}
const unapplied: PaymentCreate = { customer: { id: 'cus_netsuite_456' }, date: '2026-03-31', amount: '10.00' }
const later = (operation: string) => ({
  unknown: example('The ERP has not answered yet', { ...LATER_OPERATION, operation }),
})
/** Fields that a payment's problems are about. */
const problems: OperationExamples['problems'] = {
  conflict: { detail: 'The external id is taken.', pointer: '/externalId' },
  field_not_supported: {
    detail: '/applications/0/discount: NetSuite takes no discount over its REST API.',
    pointer: '/applications/0/discount',
  },
  field_required: {
    detail: 'Name the account that keeps the money; the connection has no default.',
    pointer: '/depositTo',
  },
  invalid_reference: { detail: 'There is no payment method "Barter".', pointer: '/methodRef' },
}
const posted = { detail: 'Intacct keeps a posted payment as it is; void it and record another.', connection: 'intacct' }

export const paymentExamples: Readonly<Record<string, OperationExamples>> = {
  listPayments: {
    answers: {
      200: {
        one: example('One payment', {
          object: 'list',
          data: [listed],
          page: lastPage(1),
          connections: answeredBy('intacct', 'netsuite'),
        }),
      },
    },
    problems: {
      filter_not_supported: {
        detail: 'intacct cannot filter by methodId.',
        pointer: '?methodId',
        connection: 'intacct',
      },
    },
  },
  getPayment: {
    answers: {
      200: { netsuite: example('A payment of NetSuite', { ...payment, idempotencyKey: null } satisfies Payment) },
    },
  },
  createPayment: {
    request: {
      netsuite: example('Parts of two invoices, NetSuite', twoInvoices),
      intacct: example('A part of an invoice, Intacct', ofIntacct),
      credit: example('Cash and a credit memo on one invoice', withCredit),
      oldestFirst: example('The oldest invoices first', { ...unapplied, autoApply: true } satisfies PaymentCreate),
      unapplied: example('Money without an invoice', unapplied),
    },
    answers: {
      200: {
        dryRun: example('A dry run', {
          ...payment,
          id: null,
          nativeId: null,
          number: null,
          idempotencyKey: null,
          status: 'draft',
          statusText: null,
          createdAt: null,
          updatedAt: null,
        } satisfies Payment),
      },
      201: { netsuite: example('The payment as NetSuite has it', payment) },
      202: later('createPayment'),
    },
    problems,
  },
  updatePayment: {
    request: {
      memo: example('Another memo and reference', { memo: 'Cheque 1299', reference: '1299' } satisfies PaymentPatch),
      applications: example('Other applications', {
        applications: [{ invoiceId: 'inv_netsuite_5002', amount: '40.00' }],
      } satisfies PaymentPatch),
    },
    answers: {
      200: {
        netsuite: example('The payment as it is now', {
          ...payment,
          memo: 'Cheque 1299',
          reference: '1299',
        } satisfies Payment),
      },
      202: later('updatePayment'),
    },
    problems: { ...problems, not_changeable: posted },
  },
  deletePayment: {
    answers: { 202: later('deletePayment') },
    problems: { not_changeable: posted, conflict: { detail: 'The payment is used by another record.' } },
  },
  voidPayment: {
    request: { plain: example('Undo it', {}), why: example('With a reason', { memo: 'Cheque returned' }) },
    answers: {
      200: {
        deleted: example('Where the ERP deletes', {
          ...payment,
          status: 'voided',
          void: { how: 'deleted', date: '2026-03-31', reversalId: null },
        } satisfies Payment),
        reversed: example('Where the ERP posts a reversal', {
          ...payment,
          id: 'pay_intacct_10017',
          connection: 'intacct',
          provider: 'intacct',
          nativeId: '10017',
          number: 'PYMT-10017',
          customer: { id: 'cus_intacct_ACME', number: 'ACME', name: 'Acme Corporation' },
          applications: [],
          status: 'voided',
          void: { how: 'reversed', date: '2026-03-31', reversalId: 'pay_intacct_10500' },
        } satisfies Payment),
      },
      202: later('voidPayment'),
    },
    problems: {
      conflict: { detail: 'The payment is used by another record.' },
      not_changeable: { detail: 'A credit of this payment was used elsewhere; undo that first.' },
      not_supported: { detail: 'This connection is not set up to void payments.', connection: 'netsuite' },
    },
  },
}
