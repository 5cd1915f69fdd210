/** Customer payments: money received, and which invoices it settles. */
import { type Static, Type } from 'typebox'
import { Application, allocationFields, allocationSchemas, CreditUse, nativeOrGatewayId } from './allocation.ts'
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

export const DepositTo = Strict(
  {
    kind: Ref(DepositKind),
    id: Type.Optional(
      Nullable(Type.String({ minLength: 1, maxLength: 100, description: "The account's id in the ERP." })),
    ),
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
    id: Type.String({ description: 'The customer (`cus_…`).', examples: ['cus_netsuite_456'] }),
    number: Type.Optional(Nullable(Type.String({ description: "The customer's number." }))),
    name: Type.Optional(Nullable(Type.String({ description: "The customer's name." }))),
  },
  { $id: 'CustomerReference', description: 'Whose it is.' },
)

const paymentFields = {
  externalId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,100}$', description: "The caller's own id." }),
  exchangeRate: Type.String({ pattern: RATE_PATTERN, description: 'Base currency for one unit of `currency`.' }),
  method: PaymentMethod,
  methodRef: Ref(Reference, { description: 'The payment method as the ERP has it. Either this or `method`.' }),
  reference: text(100, 'Cheque number or bank reference.', '1234'),
  depositTo: DepositTo,
  arAccount: Ref(Reference, { description: 'The receivables account.' }),
  entity: Ref(Reference, { description: 'The company of the group that receives the money.' }),
  department: Ref(Reference, { description: 'The department.' }),
  class: Ref(Reference, { description: 'The class.' }),
  location: Ref(Reference, { description: 'The location.' }),
  memo: text(999, 'Memo.', 'Payment for INV-5001'),
  customFields: CustomFields,
  vendorFields: VendorFields,
}

export const PaymentCustomer = Strict(
  { id: nativeOrGatewayId('The customer (`cus_…`); it routes the payment.') },
  { $id: 'PaymentCustomer', description: 'Who paid.', examples: [{ id: 'cus_netsuite_456' }] },
)

export const PaymentCreate = Strict(
  {
    connection: Type.Optional(Type.String({ description: "Must agree with the customer's connection where given." })),
    customer: Ref(PaymentCustomer),
    date: Ref(AccountingDate, { description: 'When the money was received.' }),
    amount: Ref(PositiveMoney, { description: 'Cash received, above zero.' }),
    currency: Type.Optional(
      Nullable(CurrencyCode, { description: "The invoices' currency by default, else the customer's." }),
    ),
    ...writable(paymentFields),
    ...allocationFields,
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
    date: Type.Optional(Ref(AccountingDate, { description: 'When the money was received.' })),
    amount: Type.Optional(Ref(PositiveMoney, { description: 'Cash received, above zero.' })),
    ...allocationFields,
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
    date: Type.Optional(Ref(AccountingDate, { description: 'Posting date of the reversal; today by default.' })),
    memo: Type.Optional(text(999, 'Why.')),
  },
  { $id: 'PaymentVoid', description: 'How to void: posting date of the reversal (today by default) and a memo.' },
)
export type PaymentVoid = Static<typeof PaymentVoid>

export const VoidResult = Strict(
  {
    how: Ref(VoidMethod),
    date: Nullable(AccountingDate, { description: 'Posting date of the reversal.' }),
    reversalId: Nullable(Type.String({ description: 'The record that reverses it, where there is one.' })),
  },
  { $id: 'VoidResult', description: 'How the payment was undone.' },
)
export type VoidResult = Static<typeof VoidResult>

export const UpstreamRequest = Strict(
  {
    method: Type.String({ description: 'The HTTP method.', examples: ['POST'] }),
    path: Type.String({
      description: "Path and query at the ERP's host.",
      examples: ['/services/rest/record/v1/customerPayment'],
    }),
    headers: Type.Record(Type.String(), Type.String(), { description: 'All but the authorization.' }),
    body: Nullable(
      Type.String({ description: 'The bytes of the body as text; `***` stands for passwords and sessions.' }),
    ),
  },
  { $id: 'UpstreamRequest', description: 'A request to the ERP, without what logs in.' },
)
export type UpstreamRequest = Static<typeof UpstreamRequest>

export const Payment = Strict(
  {
    object: Constant('payment', { description: 'What it is.' }),
    id: Nullable(Type.String(), {
      description: '`pay_<connection>_<native id>`; null in a dry run.',
      examples: ['pay_netsuite_10001'],
    }),
    connection: Type.String({ description: 'The connection that has it.', examples: ['netsuite'] }),
    provider: Type.String({ description: 'The kind of ERP.', examples: ['netsuite'] }),
    nativeId: Nullable(Type.String({ description: "The ERP's own id; null in a dry run.", examples: ['10001'] })),
    number: Type.Optional(Nullable(Type.String({ description: "The ERP's number.", examples: ['PMT-10001'] }))),
    idempotencyKey: Type.Optional(
      Nullable(Type.String({ description: 'The key that it was recorded with, in the answer of that call.' })),
    ),
    customer: Type.Optional(Nullable(CustomerReference)),
    date: Type.Optional(Nullable(AccountingDate, { description: 'When the money was received.' })),
    amount: Type.Optional(Nullable(Money, { description: 'Cash received.' })),
    currency: Type.Optional(Nullable(Type.String({ description: 'ISO 4217 code.', examples: ['USD'] }))),
    ...writable(paymentFields),
    baseCurrency: Type.Optional(Nullable(Type.String({ description: "The ledger's own currency." }))),
    baseAmount: Type.Optional(Nullable(Money, { description: 'The amount in it.' })),
    appliedAmount: Type.Optional(Nullable(Money, { description: 'Cash that settles invoices.' })),
    unappliedAmount: Type.Optional(Nullable(Money, { description: 'Cash that is left.' })),
    status: Type.Optional(Ref(PaymentStatus)),
    statusText: Type.Optional(Nullable(Type.String({ description: "The ERP's own word." }))),
    applications: Type.Optional(Type.Array(Ref(Application), { description: 'What it settles; not in lists.' })),
    credits: Type.Optional(Type.Array(Ref(CreditUse), { description: 'Credits used beside the cash; not in lists.' })),
    replaces: Type.Optional(
      Nullable(
        Type.String({ description: 'The payment that this one replaces. In single records, where there is one.' }),
      ),
    ),
    replacedBy: Type.Optional(
      Nullable(
        Type.String({
          description:
            'The payment that replaces this one. In single records, where there is one; the gateway keeps it, so of what people reverse in the ERP nothing is known.',
        }),
      ),
    ),
    void: Type.Optional(Nullable(VoidResult)),
    createdAt: Type.Optional(Nullable(Instant, { description: 'When the ERP created it.' })),
    updatedAt: Type.Optional(Nullable(Instant, { description: 'When it was last changed in the ERP.' })),
    raw: Type.Optional(Type.Unknown({ description: 'The untouched ERP record, with `include=raw`.' })),
    warnings: Type.Optional(
      Type.Array(Ref(Warning), { description: 'What the ERP did differently from what was asked.' }),
    ),
    upstream: Type.Optional(
      Type.Array(Ref(UpstreamRequest), {
        description:
          'In a dry run only: the request that would write the payment, the same to the byte but for `dryrun` in place of the id that makes it happen once.',
      }),
    ),
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
  | 'upstream'
>

export const PaymentList = listOf('PaymentList', Payment, 'A page of payments.')
export const paymentSchemas = [
  PaymentMethod,
  PaymentStatus,
  DepositKind,
  VoidMethod,
  ...allocationSchemas,
  DepositTo,
  CustomerReference,
  PaymentCustomer,
  PaymentCreate,
  PaymentPatch,
  PaymentVoid,
  VoidResult,
  UpstreamRequest,
  Payment,
  PaymentList,
]
