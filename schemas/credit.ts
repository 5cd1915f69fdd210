/** Credits: memos, deposits and the rests of payments; what they settle, and what takes that away again. */
import { type Static, Type } from 'typebox'
import { ApplicationWrite, CreditUseWrite, nativeOrGatewayId } from './allocation.ts'
import { AccountingDate, Instant, Money, PositiveMoney, Warning } from './common.ts'
import { Constant, Nullable, Ref, Strict, StringEnum } from './kit.ts'
import { CREDIT_KINDS } from './open-item.ts'
import { CustomerReference } from './payment.ts'

const applications = Type.Array(Ref(ApplicationWrite), {
  minItems: 1,
  maxItems: 1000,
  description: 'What is settled, invoice by invoice, beside what is settled already.',
})
const date = Type.Optional(
  Ref(AccountingDate, {
    description: 'Posting date of the application, today by default, where the ERP dates applications by themselves.',
  }),
)

export const PaymentApply = Strict(
  {
    applications,
    credits: Type.Optional(
      Type.Array(Ref(CreditUseWrite), {
        maxItems: 1000,
        description: 'Credits that are used beside the rest of the payment, in this order.',
      }),
    ),
    date,
  },
  { $id: 'PaymentApply', description: 'What the rest of a payment is to settle.' },
)
export type PaymentApply = Static<typeof PaymentApply>

export const CreditApply = Strict(
  { applications, date },
  { $id: 'CreditApply', description: 'What the credit is to settle.' },
)
export type CreditApply = Static<typeof CreditApply>

export const ApplicationRelease = Strict(
  {
    invoiceId: nativeOrGatewayId('The invoice (`inv_…`).'),
    amount: Type.Optional(Ref(PositiveMoney, { description: 'How much is taken away; everything by default.' })),
  },
  { $id: 'ApplicationRelease', description: 'What is no longer settled of one invoice.' },
)
export type ApplicationRelease = Static<typeof ApplicationRelease>

export const Unapply = Strict(
  {
    applications: Type.Array(Ref(ApplicationRelease), {
      minItems: 1,
      maxItems: 1000,
      description: 'What is taken away. Credits are released first, the last used first, then cash.',
    }),
  },
  { $id: 'Unapply', description: 'Which invoices are open again, and by how much.' },
)
export type Unapply = Static<typeof Unapply>

export const CONFIRMATIONS = ['reverse'] as const
export const Confirmation = StringEnum(CONFIRMATIONS, {
  $id: 'Confirmation',
  description: '`reverse`: the posted record may be reversed and recorded again under a new id.',
})

export const CreditKind = StringEnum(CREDIT_KINDS, {
  $id: 'CreditKind',
  description: '`payment`, `advance` and `overpayment` are what a payment leaves; `memo` is a credit memo.',
})

export const CreditApplication = Strict(
  {
    invoiceId: Nullable(Type.String(), { description: 'The invoice (`inv_…`).' }),
    invoiceNumber: Nullable(Type.String(), { description: "The invoice's number." }),
    amount: Ref(Money, { description: 'How much of the invoice the credit settles.' }),
    paymentId: Nullable(Type.String(), {
      description: 'The payment in which the credit was used beside cash, where the ERP tells; it is released there.',
    }),
  },
  { $id: 'CreditApplication', description: 'What the credit settles of one invoice.' },
)
export type CreditApplication = Static<typeof CreditApplication>

export const Credit = Strict(
  {
    object: Constant('credit', { description: 'What it is.' }),
    id: Type.String({ description: '`crd_<connection>_<kind>-<native id>`', examples: ['crd_netsuite_memo-6001'] }),
    connection: Type.String({ description: 'The connection that has it.', examples: ['netsuite'] }),
    provider: Type.String({ description: 'The kind of ERP.', examples: ['netsuite'] }),
    nativeId: Type.String({ description: "The ERP's own id.", examples: ['6001'] }),
    kind: Type.Optional(Ref(CreditKind, { description: 'What kind of credit it is.' })),
    number: Type.Optional(Nullable(Type.String({ description: "The ERP's number." }))),
    date: Type.Optional(Nullable(AccountingDate, { description: 'When it was issued or received.' })),
    customer: Type.Optional(Nullable(CustomerReference)),
    currency: Type.Optional(Nullable(Type.String({ description: 'ISO 4217 code.', examples: ['USD'] }))),
    amount: Type.Optional(Nullable(Money, { description: 'The whole amount; of a payment the cash received.' })),
    openAmount: Type.Optional(Nullable(Money, { description: 'What of it is left.' })),
    applications: Type.Optional(Type.Array(Ref(CreditApplication), { description: 'What it settles.' })),
    paymentId: Type.Optional(
      Nullable(Type.String({ description: 'The payment whose rest this is; both are one record.' })),
    ),
    memo: Type.Optional(Nullable(Type.String({ description: 'Memo.' }))),
    createdAt: Type.Optional(Nullable(Instant, { description: 'When the ERP created it.' })),
    updatedAt: Type.Optional(Nullable(Instant, { description: 'When it was last changed in the ERP.' })),
    raw: Type.Optional(Type.Unknown({ description: 'The untouched ERP record, with `include=raw`.' })),
    warnings: Type.Optional(
      Type.Array(Ref(Warning), { description: 'What the ERP did differently from what was asked.' }),
    ),
  },
  { $id: 'Credit', description: 'A credit as the ERP has it now. Amounts are positive.' },
)
export type Credit = Static<typeof Credit>

/** A credit before the gateway gave it an id: native ids everywhere. */
export type CreditRecord = Required<
  Omit<Credit, 'object' | 'id' | 'connection' | 'provider' | 'nativeId' | 'raw' | 'warnings'>
>

export const creditSchemas = [
  PaymentApply,
  CreditApply,
  ApplicationRelease,
  Unapply,
  Confirmation,
  CreditKind,
  CreditApplication,
  Credit,
]
