/** Examples of the payment operations. The amounts are small, so that they work again and again in one sandbox. */
import type { Payment, PaymentCreate, PaymentPatch, PaymentVoid } from '../../../schemas/payment.ts'
import { example, type OperationExamples, page } from './example.ts'
import { CHEQUE, LATER_OPERATION, WIRE } from './records.ts'

const fromAcme = { customer: { id: 'cus_netsuite_456' }, date: '2026-03-31' }
const requests: Readonly<Record<string, PaymentCreate>> = {
  netsuite: {
    ...fromAcme,
    amount: '40.00',
    method: 'check',
    reference: '1234',
    memo: 'Part of INV-5001 and INV-5002',
    applications: [
      { invoiceId: 'inv_netsuite_5001', amount: '25.00' },
      { invoiceId: 'inv_netsuite_5002', amount: '15.00' },
    ],
  },
  intacct: {
    customer: { id: 'cus_intacct_ACME' },
    date: '2026-03-31',
    amount: '5.00',
    method: 'check',
    reference: '1235',
    memo: 'Part of INV-0101',
    applications: [{ invoiceId: 'inv_intacct_101', amount: '5.00' }],
  },
  credit: {
    ...fromAcme,
    amount: '10.00',
    method: 'ach',
    applications: [{ invoiceNumber: 'INV-5003', amount: '20.00' }],
    credits: [{ creditId: 'crd_netsuite_memo-6001', amount: '10.00' }],
  },
  oldestFirst: { ...fromAcme, amount: '10.00', autoApply: true },
  unapplied: { ...fromAcme, amount: '10.00' },
}
const TITLES: Readonly<Record<string, string>> = {
  netsuite: 'Parts of two invoices, NetSuite',
  intacct: 'A part of an invoice, Intacct',
  credit: 'Cash and a credit memo on one invoice',
  oldestFirst: 'The oldest invoices first',
  unapplied: 'Money without an invoice',
}

const {
  applications,
  credits,
  connection,
  provider,
  customer,
  date,
  amount,
  currency,
  method,
  reference,
  memo,
  appliedAmount,
  unappliedAmount,
} = CHEQUE
const dryRun: Payment = {
  ...{ object: 'payment', id: null, connection, provider, nativeId: null, customer: { id: customer.id }, date, amount },
  ...{ currency, method, reference, memo, appliedAmount, unappliedAmount, applications, credits },
  upstream: [
    {
      method: 'POST',
      path: '/services/rest/record/v1/customerPayment',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-netsuite-propertynamevalidation': 'Error',
      },
      body: `{"externalId":"gw_dryrun","arAcct":{"id":"119"},"tranDate":"2026-03-31","checkNumber":"1234","memo":"Part of INV-5001 and INV-5002","paymentOption":{"id":"2"},"undepFunds":{"id":"F"},"account":{"id":"10"},"customer":{"id":"456"},"currency":{"id":"1"},"payment":40.00,"autoApply":false,"apply":{"items":[{"doc":{"id":"5001"},"apply":true,"amount":25.00},{"doc":{"id":"5002"},"apply":true,"amount":15.00}]}}`,
    },
  ],
}

const settles = (id: string, number: string, amount: string) => ({
  invoiceId: id,
  invoiceNumber: number,
  amount,
  cashAmount: amount,
  creditAmount: '0.00',
})
const found: Payment = {
  ...WIRE,
  depositTo: { kind: 'bankAccount', id: '10' },
  arAccount: { id: '119', name: 'Accounts Receivable' },
  applications: [settles('inv_netsuite_100001', 'INV-100001', '2686.03')],
  credits: [],
}
const changed: Payment = {
  ...found,
  ...{
    id: 'pay_netsuite_100007',
    nativeId: '100007',
    number: 'PMT-100007',
    date: '2025-11-10',
    amount: '2157.99',
    baseAmount: '2157.99',
  },
  ...{
    method: 'check',
    methodRef: { id: '2', name: 'Check' },
    memo: 'Cheque 1299',
    reference: '1299',
    createdAt: '2025-11-10T12:00:00Z',
  },
  ...{
    customer: { id: 'cus_netsuite_1003', number: 'CUST1003', name: 'Ember Paper 3' },
    appliedAmount: '2157.99',
    unappliedAmount: '0.00',
  },
  applications: [settles('inv_netsuite_100006', 'INV-100006', '2157.99')],
}
const undone = {
  date: '2026-02-26',
  amount: '583.94',
  baseAmount: '583.94',
  appliedAmount: '583.94',
  unappliedAmount: '0.00',
  method: 'cash',
  status: 'voided',
  createdAt: '2026-02-26T12:00:00Z',
} as const
const deleted: Payment = {
  ...found,
  ...{ id: 'pay_netsuite_100017', nativeId: '100017', number: 'PMT-100017', methodRef: { id: '1', name: 'Cash' } },
  customer: { id: 'cus_netsuite_1006', number: 'CUST1006', name: 'Granite Optics 6' },
  ...undone,
  applications: [settles('inv_netsuite_100016', 'INV-100016', '583.94')],
  void: { how: 'deleted', date: '2026-02-26', reversalId: null },
}
const { arAccount: _none, ...withoutAccount } = deleted
const reversed: Payment = {
  ...withoutAccount,
  ...{
    id: 'pay_intacct_10017',
    connection: 'intacct',
    provider: 'intacct',
    nativeId: '10017',
    number: 'PYMT-10017',
    statusText: 'Reversed',
  },
  ...{
    customer: { id: 'cus_intacct_C00006', number: 'C00006', name: 'Granite Optics 6' },
    methodRef: { id: 'Cash', name: 'Cash' },
  },
  depositTo: { kind: 'bankAccount', id: 'BOA' },
  applications: [settles('inv_intacct_10016', 'INV-000016', '583.94')],
  void: { how: 'reversed', date: '2026-03-31', reversalId: 'pay_intacct_10537' },
}

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
const used = { detail: 'The payment is used by another record.' }

export const paymentExamples: Readonly<Record<string, OperationExamples>> = {
  listPayments: {
    answers: { 200: { one: example('With `number=PMT-100002`', page(WIRE)) } },
    problems: {
      filter_not_supported: {
        detail: 'intacct cannot filter by methodId.',
        pointer: '?methodId',
        connection: 'intacct',
      },
    },
  },
  getPayment: { answers: { 200: { netsuite: example('A payment of NetSuite', found) } } },
  createPayment: {
    request: Object.fromEntries(
      Object.entries(requests).map(([name, value]) => [name, example(TITLES[name] as string, value)]),
    ),
    answers: {
      200: { dryRun: example('A dry run', dryRun) },
      201: { netsuite: example('The payment as NetSuite has it', CHEQUE) },
      202: later('createPayment'),
    },
    problems,
  },
  updatePayment: {
    request: {
      memo: example<PaymentPatch>('Another memo and reference', { memo: 'Cheque 1299', reference: '1299' }),
      applications: example<PaymentPatch>('Settle less of the invoice', {
        applications: [{ invoiceId: 'inv_netsuite_100006', amount: '2000.00' }],
      }),
    },
    answers: { 200: { netsuite: example('The payment as it is now', changed) }, 202: later('updatePayment') },
    problems: { ...problems, not_changeable: posted },
  },
  deletePayment: { answers: { 202: later('deletePayment') }, problems: { not_changeable: posted, conflict: used } },
  voidPayment: {
    request: {
      plain: example<PaymentVoid>('Undo it', {}),
      why: example<PaymentVoid>('With a reason', { memo: 'Cheque returned' }),
    },
    answers: {
      200: {
        deleted: example('Where the ERP deletes', deleted),
        reversed: example('Where the ERP posts a reversal', reversed),
      },
      202: later('voidPayment'),
    },
    problems: {
      conflict: used,
      not_changeable: { detail: 'A credit of this payment was used elsewhere; undo that first.' },
      not_supported: { detail: 'This connection is not set up to void payments.' },
    },
  },
}
