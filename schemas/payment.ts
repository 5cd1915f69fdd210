/** Customer payments: money received, and which invoices it settles. */
import { type Static, Type } from 'typebox'
import {
  AccountingDate,
  CurrencyCode,
  CustomFields,
  Instant,
  listOf,
  Money,
  PositiveMoney,
  RATE_PATTERN,
  Reference,
  text,
  VendorFields,
  Warning,
} from './common.ts'
import { Constant, Nullable, Ref, Strict, StringEnum, writable } from './kit.ts'

export const PAYMENT_METHODS = ['check', 'cash', 'card', 'ach', 'wire', 'eft', 'other'] as const
export const PAYMENT_STATUSES = ['draft', 'pending', 'posted', 'deposited', 'reconciled', 'voided', 'unknown'] as const
export const PaymentMethod = StringEnum(PAYMENT_METHODS, { $id: 'PaymentMethod', description: 'How the money came.' })
export const PaymentStatus = StringEnum(PAYMENT_STATUSES, {
  $id: 'PaymentStatus',
  description:
    '`posted`: in undeposited funds; `deposited`: in a bank account; `reconciled`: cleared with the bank; `unknown`: another word of the ERP, see `statusText`.',
})
export const DepositKind = StringEnum(['bankAccount', 'undepositedFunds'], {
  $id: 'DepositKind',
  description: 'Where the money is kept.',
})
export const VoidMethod = StringEnum(['deleted', 'reversed', 'refunded', 'voided'], {
  $id: 'VoidMethod',
  description: 'Which way of undoing the ERP took.',
})

const nativeOrGatewayId = (description: string) => Type.String({ minLength: 1, maxLength: 400, description })

export const ApplicationWrite = Strict(
  {
    invoiceId: Type.Optional(nativeOrGatewayId('The invoice (`inv_…`). Either this or `invoiceNumber`.')),
    invoiceNumber: Type.Optional(text(100, "The invoice's number, looked up just before paying.")),
    amount: Ref(PositiveMoney, {
      description: 'How much of the invoice is settled, by cash and credits, without the discount.',
    }),
    lineId: Type.Optional(Nullable(text(100, 'One line of the invoice.'))),
    discount: Type.Optional(
      Nullable(PositiveMoney, { description: 'Early payment discount taken beside the amount.' }),
    ),
    discountDate: Type.Optional(Nullable(AccountingDate)),
  },
  { $id: 'ApplicationWrite', description: 'What the payment settles of one invoice.' },
)
export type ApplicationWrite = Static<typeof ApplicationWrite>

export const Application = Strict(
  {
    invoiceId: Nullable(Type.String()),
    invoiceNumber: Nullable(Type.String()),
    amount: Ref(Money),
    cashAmount: Type.Optional(Nullable(Money)),
    creditAmount: Type.Optional(Nullable(Money)),
    lineId: Type.Optional(Nullable(Type.String())),
    discount: Type.Optional(Nullable(Money)),
    discountDate: Type.Optional(Nullable(AccountingDate)),
  },
  { $id: 'Application', description: 'What the payment settled of one invoice, and with what.' },
)
export type Application = Static<typeof Application>

export const CreditUseWrite = Strict(
  {
    creditId: nativeOrGatewayId('The credit (`crd_…`).'),
    amount: Ref(PositiveMoney),
    invoiceId: Type.Optional(Nullable(nativeOrGatewayId('Use the credit on this invoice only.'))),
  },
  { $id: 'CreditUseWrite', description: 'A credit used beside the cash.' },
)
export type CreditUseWrite = Static<typeof CreditUseWrite>

export const CreditUse = Strict(
  {
    creditId: Type.String(),
    amount: Ref(Money),
    invoiceId: Nullable(Type.String()),
  },
  { $id: 'CreditUse', description: 'A credit that was used beside the cash.' },
)
export type CreditUse = Static<typeof CreditUse>

export const DepositTo = Strict(
  {
    kind: Ref(DepositKind),
    id: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 100 }))),
  },
  {
    $id: 'DepositTo',
    description:
      "Where the money is kept: a bank account or the undeposited funds. The connection's bank account by default.",
  },
)
export type DepositTo = Static<typeof DepositTo>

export const CustomerReference = Strict(
  {
    id: Type.String({ examples: ['cus_netsuite_456'] }),
    number: Type.Optional(Nullable(Type.String())),
    name: Type.Optional(Nullable(Type.String())),
  },
  { $id: 'CustomerReference' },
)

const paymentFields = {
  externalId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,100}$', description: "The caller's own id." }),
  exchangeRate: Type.String({ pattern: RATE_PATTERN, description: 'Base currency for one unit of `currency`.' }),
  method: PaymentMethod,
  methodRef: Reference,
  reference: text(100, 'Cheque number or bank reference.', '1234'),
  depositTo: DepositTo,
  arAccount: Reference,
  entity: Reference,
  department: Reference,
  class: Reference,
  location: Reference,
  memo: text(999, 'Memo.', 'Payment for INV-5001'),
  customFields: CustomFields,
  vendorFields: VendorFields,
}

export const PaymentCustomer = Strict(
  { id: nativeOrGatewayId('The customer (`cus_…`); it routes the payment.') },
  { $id: 'PaymentCustomer', examples: [{ id: 'cus_netsuite_456' }] },
)

export const PaymentCreate = Strict(
  {
    connection: Type.Optional(Type.String({ description: "Must agree with the customer's connection where given." })),
    customer: Ref(PaymentCustomer),
    date: Ref(AccountingDate),
    amount: Ref(PositiveMoney, { description: 'Cash received, above zero.' }),
    currency: Type.Optional(Nullable(CurrencyCode)),
    ...writable(paymentFields),
    applications: Type.Optional(Nullable(Type.Array(Ref(ApplicationWrite), { maxItems: 1000 }))),
    credits: Type.Optional(Nullable(Type.Array(Ref(CreditUseWrite), { maxItems: 1000 }))),
    autoApply: Type.Optional(
      Type.Boolean({
        description:
          'Settle the oldest invoices first (by due date, date, number). Not with `applications` or `credits`.',
      }),
    ),
    draft: Type.Optional(Type.Boolean({ description: 'Keep it as a draft where the ERP has drafts.' })),
  },
  { $id: 'PaymentCreate', description: 'A receipt. The smallest one has a customer, a date and an amount.' },
)
export type PaymentCreate = Static<typeof PaymentCreate>

export const PaymentPatch = Strict(
  {
    ...writable({ ...paymentFields }),
    date: Type.Optional(Ref(AccountingDate)),
    amount: Type.Optional(Ref(PositiveMoney)),
    applications: Type.Optional(Nullable(Type.Array(Ref(ApplicationWrite), { maxItems: 1000 }))),
    credits: Type.Optional(Nullable(Type.Array(Ref(CreditUseWrite), { maxItems: 1000 }))),
    draft: Type.Optional(Type.Boolean({ description: 'false submits a draft.' })),
  },
  {
    $id: 'PaymentPatch',
    minProperties: 1,
    description: 'JSON Merge Patch of a payment; what the ERP has closed answers 409.',
  },
)
export type PaymentPatch = Static<typeof PaymentPatch>

export const PaymentVoid = Strict(
  {
    date: Type.Optional(AccountingDate),
    memo: Type.Optional(text(999, 'Why.')),
  },
  { $id: 'PaymentVoid', description: 'How to void: posting date of the reversal (today by default) and a memo.' },
)
export type PaymentVoid = Static<typeof PaymentVoid>

export const VoidResult = Strict(
  {
    how: Ref(VoidMethod),
    date: Nullable(AccountingDate),
    reversalId: Nullable(Type.String()),
  },
  { $id: 'VoidResult', description: 'How the payment was undone.' },
)
export type VoidResult = Static<typeof VoidResult>

export const Payment = Strict(
  {
    object: Constant('payment'),
    id: Nullable(Type.String(), {
      description: '`pay_<connection>_<native id>`; null in a dry run.',
      examples: ['pay_netsuite_10001'],
    }),
    connection: Type.String(),
    provider: Type.String(),
    nativeId: Nullable(Type.String()),
    number: Type.Optional(Nullable(Type.String())),
    idempotencyKey: Type.Optional(Nullable(Type.String())),
    customer: Type.Optional(Nullable(CustomerReference)),
    date: Type.Optional(Nullable(AccountingDate)),
    amount: Type.Optional(Nullable(Money)),
    currency: Type.Optional(Nullable(Type.String())),
    ...writable(paymentFields),
    methodRef: Type.Optional(Nullable(Reference)),
    baseCurrency: Type.Optional(Nullable(Type.String())),
    baseAmount: Type.Optional(Nullable(Money)),
    appliedAmount: Type.Optional(Nullable(Money)),
    unappliedAmount: Type.Optional(Nullable(Money)),
    status: Type.Optional(Ref(PaymentStatus)),
    statusText: Type.Optional(Nullable(Type.String({ description: "The ERP's own word." }))),
    applications: Type.Optional(Type.Array(Ref(Application))),
    credits: Type.Optional(Type.Array(Ref(CreditUse))),
    replaces: Type.Optional(Nullable(Type.String())),
    replacedBy: Type.Optional(Nullable(Type.String())),
    void: Type.Optional(Nullable(VoidResult)),
    createdAt: Type.Optional(Nullable(Instant)),
    updatedAt: Type.Optional(Nullable(Instant)),
    raw: Type.Optional(Type.Unknown()),
    warnings: Type.Optional(Type.Array(Ref(Warning))),
  },
  { $id: 'Payment', description: 'A receipt as the ERP has it now. `appliedAmount + unappliedAmount = amount`.' },
)
export type Payment = Static<typeof Payment>

/** A payment before the gateway gave it an id: native ids everywhere; a credit id is `<kind>-<native id>`. */
export type PaymentRecord = Omit<
  Payment,
  | 'object'
  | 'id'
  | 'connection'
  | 'provider'
  | 'nativeId'
  | 'idempotencyKey'
  | 'replaces'
  | 'replacedBy'
  | 'raw'
  | 'warnings'
>

export const PaymentList = listOf('PaymentList', Payment, 'A page of payments.')
export const paymentSchemas = [
  PaymentMethod,
  PaymentStatus,
  DepositKind,
  VoidMethod,
  ApplicationWrite,
  Application,
  CreditUseWrite,
  CreditUse,
  DepositTo,
  CustomerReference,
  PaymentCustomer,
  PaymentCreate,
  PaymentPatch,
  PaymentVoid,
  VoidResult,
  Payment,
  PaymentList,
]
