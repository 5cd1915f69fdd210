/** The transactions' fields, release 2026.1: customerPayment in full as far as money goes, the others to read. */
import { type FieldTable, many } from './fields.ts'

const PAYMENT_LINE_TEXTS = 'createdFrom currency refName refNum type'

const APPLY_LINE: FieldTable = {
  doc: { kind: 'reference', to: 'transaction' },
  apply: { kind: 'boolean' },
  amount: { kind: 'double' },
  line: { kind: 'integer' },
  ...many('due total', { kind: 'double', readOnly: true }),
  applyDate: { kind: 'date', readOnly: true },
  job: { kind: 'integer', readOnly: true },
  ...many(`${PAYMENT_LINE_TEXTS} jobName`, { kind: 'text', readOnly: true }),
}

const CREDIT_LINE: FieldTable = {
  doc: { kind: 'reference', to: 'transaction' },
  apply: { kind: 'boolean' },
  amount: { kind: 'double' },
  line: { kind: 'integer' },
  ...many('due total', { kind: 'double', readOnly: true }),
  creditDate: { kind: 'date', readOnly: true },
  ...many(`${PAYMENT_LINE_TEXTS} appliedTo`, { kind: 'text', readOnly: true }),
}

const DEPOSIT_LINE: FieldTable = {
  doc: { kind: 'reference', to: 'transaction' },
  apply: { kind: 'boolean' },
  amount: { kind: 'double' },
  ...many('remaining total', { kind: 'double', readOnly: true }),
  depositDate: { kind: 'date', readOnly: true },
  ...many('currencyName refName refNum', { kind: 'text', readOnly: true }),
}

/** A payment's status ids and texts; A to C are sure, R is uncertain. */
/** V is not in the published list; voided transactions of other types have it (uncertain). */
export const PAYMENT_STATUSES = {
  ...{ A: 'Unapproved Payment', R: 'Rejected', B: 'Not Deposited', C: 'Deposited', V: 'Voided' },
} as const

const IDENTITY: FieldTable = {
  id: { kind: 'text', readOnly: true, filterable: true },
  refName: { kind: 'text', readOnly: true },
  externalId: { kind: 'text', filterable: true, maxLength: 255 },
  tranId: { kind: 'text', filterable: true, maxLength: 45 },
  transactionNumber: { kind: 'text', readOnly: true },
  tranDate: { kind: 'date', filterable: true, label: 'Date' },
  ...many('createdDate lastModifiedDate', { kind: 'date-time', readOnly: true, filterable: true }),
  memo: { kind: 'text', filterable: true, maxLength: 999 },
  currency: { kind: 'reference', to: 'currency', filterable: true },
  exchangeRate: { kind: 'double' },
  subsidiary: { kind: 'reference', to: 'subsidiary', filterable: true },
  department: { kind: 'reference', to: 'department' },
  class: { kind: 'reference', to: 'classification' },
  location: { kind: 'reference', to: 'location' },
  postingPeriod: { kind: 'reference', to: 'accountingPeriod' },
  total: { kind: 'double', readOnly: true },
}

export const PAYMENT_FIELDS: FieldTable = {
  ...IDENTITY,
  customer: { kind: 'reference', to: 'customer', filterable: true },
  payment: { kind: 'double', label: 'Payment Amount' },
  ...many('applied unapplied pending balance consolidateBalance refundedAmountTotalBox paymentInstrumentLimit', {
    kind: 'double',
    readOnly: true,
  }),
  autoApply: { kind: 'boolean' },
  ...many('account arAcct', { kind: 'reference', to: 'account' }),
  // A radio button, not a boolean; "T" and "F" as its ids are uncertain.
  undepFunds: { kind: 'enum', values: { T: 'Undep. Funds', F: 'Account' } },
  paymentOption: { kind: 'reference', to: 'paymentMethod' },
  ...many('paymentProcessingProfile cardholderAuthentication customerPaymentAuthorization', {
    kind: 'reference',
    to: 'nothing',
  }),
  ...many('customForm deletionReason transactionToRefund nexus primaryBookBaseCurrency', {
    kind: 'reference',
    to: 'nothing',
  }),
  handlingMode: { kind: 'enum', values: { MIMIC: 'Mimic', PROCESS: 'Process', SAVE_ONLY: 'Record External Event' } },
  paymentOperation: { kind: 'enum', values: { SALE: 'Sale', CAPTURE: 'Capture' } },
  checkNumber: { kind: 'text', filterable: true, maxLength: 45, label: 'Check #' },
  ...many('cardSwipe debitKsn debitPinBlock deletionReasonMemo dynamicDescriptor inputReferenceCode integrationId', {
    kind: 'text',
  }),
  ...many('originator outputAuthCode outputReferenceCode paymentCardCsc paymentDeviceId', { kind: 'text' }),
  status: { kind: 'enum', values: PAYMENT_STATUSES, readOnly: true },
  cleared: { kind: 'boolean', readOnly: true },
  ...many('clearedDate prevDate', { kind: 'date', readOnly: true }),
  ...many('toBeEmailed excludeFromGLNumbering', { kind: 'boolean' }),
  custbody_channel: { kind: 'text', filterable: true, maxLength: 300 },
  apply: { kind: 'sublist', items: APPLY_LINE },
  credit: { kind: 'sublist', items: CREDIT_LINE },
  deposit: { kind: 'sublist', items: DEPOSIT_LINE },
  ...many('accountingBookDetail appliedRules', { kind: 'sublist', items: {}, closed: true }),
}

const INVOICE_STATUSES = { A: 'Open', B: 'Paid In Full', D: 'Pending Approval', E: 'Rejected', V: 'Voided' } as const

const ITEM_LINE: FieldTable = {
  line: { kind: 'integer' },
  item: { kind: 'reference', to: 'item' },
  description: { kind: 'text' },
  ...many('amount quantity rate', { kind: 'double' }),
}

/** Read only in the sandbox, as an invoice is in the gateway. */
export const INVOICE_FIELDS: FieldTable = {
  ...IDENTITY,
  entity: { kind: 'reference', to: 'customer', filterable: true },
  otherRefNum: { kind: 'text', filterable: true },
  terms: { kind: 'reference', to: 'term' },
  dueDate: { kind: 'date', filterable: true },
  account: { kind: 'reference', to: 'account' },
  ...many('amountPaid amountRemaining amountRemainingTotalBox subtotal', { kind: 'double', readOnly: true }),
  status: { kind: 'enum', values: INVOICE_STATUSES, readOnly: true },
  custbody_channel: { kind: 'text', filterable: true },
  item: { kind: 'sublist', items: ITEM_LINE, closed: true },
}

const CREDIT_STATUSES = { A: 'Open', B: 'Fully Applied', V: 'Voided' } as const

export const CREDIT_MEMO_FIELDS: FieldTable = {
  ...IDENTITY,
  entity: { kind: 'reference', to: 'customer', filterable: true },
  account: { kind: 'reference', to: 'account' },
  ...many('applied unapplied amountPaid amountRemaining', { kind: 'double', readOnly: true }),
  autoApply: { kind: 'boolean' },
  status: { kind: 'enum', values: CREDIT_STATUSES, readOnly: true },
  apply: { kind: 'sublist', items: APPLY_LINE },
}

/** Made out of a customer deposit only (Oracle help article_0830101547); names of release 2026.1. */
export const DEPOSIT_APPLICATION_FIELDS: FieldTable = {
  ...IDENTITY,
  customer: { kind: 'reference', to: 'customer', readOnly: true },
  deposit: { kind: 'reference', to: 'transaction', readOnly: true },
  depositDate: { kind: 'date', readOnly: true },
  arAcct: { kind: 'reference', to: 'account' },
  ...many('applied unapplied', { kind: 'double', readOnly: true }),
  apply: { kind: 'sublist', items: APPLY_LINE },
}

const DEPOSIT_STATUSES = { A: 'Not Deposited', B: 'Deposited', C: 'Fully Applied' } as const

export const CUSTOMER_DEPOSIT_FIELDS: FieldTable = {
  ...IDENTITY,
  customer: { kind: 'reference', to: 'customer', filterable: true },
  payment: { kind: 'double' },
  account: { kind: 'reference', to: 'account' },
  status: { kind: 'enum', values: DEPOSIT_STATUSES, readOnly: true },
}

/** Made out of a customer payment only; the list of release 2026.1 was not at hand, so these few are what all transactions have. */
export const CUSTOMER_REFUND_FIELDS: FieldTable = {
  ...IDENTITY,
  customer: { kind: 'reference', to: 'customer', readOnly: true },
  account: { kind: 'reference', to: 'account' },
}
