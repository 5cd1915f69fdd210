/** Open items: everything of a customer that a payment can be applied to or taken from. */
import { type Static, Type } from 'typebox'
import { AccountingDate, Money, Warning } from './common.ts'
import { Constant, Nullable, Ref, Strict, StringEnum } from './kit.ts'
import { CustomerReference } from './payment.ts'

export const RECEIVABLE_KINDS = ['invoice', 'debit-memo', 'journal'] as const
export const CREDIT_KINDS = [
  'memo',
  'deposit',
  'payment',
  'advance',
  'overpayment',
  'negative-invoice',
  'inline',
] as const
export type CreditKind = (typeof CREDIT_KINDS)[number]
export const OPEN_ITEM_KINDS = [...RECEIVABLE_KINDS, ...CREDIT_KINDS] as const
export const OpenItemKind = StringEnum(OPEN_ITEM_KINDS, {
  $id: 'OpenItemKind',
  description: 'Receivables: `invoice`, `debit-memo`, `journal`. All others are credits.',
})
export type OpenItemKind = (typeof OPEN_ITEM_KINDS)[number]

export const OpenItemDiscount = Strict(
  {
    amount: Ref(Money, { description: 'How much.' }),
    until: Nullable(AccountingDate, { description: 'The last day.' }),
  },
  { $id: 'OpenItemDiscount', description: 'Early payment discount that is on offer.' },
)

export const OpenItem = Strict(
  {
    id: Type.String({
      description: '`inv_…` for what can be paid, `crd_…` for what can be used.',
      examples: ['inv_netsuite_5001', 'crd_netsuite_memo-6001'],
    }),
    kind: Ref(OpenItemKind),
    number: Nullable(Type.String(), { description: "The ERP's number." }),
    date: Nullable(AccountingDate, { description: 'When it was issued.' }),
    dueDate: Nullable(AccountingDate, { description: 'When it is due.' }),
    currency: Type.String({ description: 'ISO 4217 code.', examples: ['USD'] }),
    amount: Ref(Money, { description: 'The whole amount.' }),
    openAmount: Ref(Money, { description: 'What of it is open.' }),
    daysOverdue: Nullable(Type.Integer(), { description: 'Days since the due date; null when nothing is due.' }),
    discount: Nullable(OpenItemDiscount),
    paymentId: Type.Optional(Nullable(Type.String({ description: 'The payment whose rest this is.' }))),
  },
  { $id: 'OpenItem', description: 'Something that a payment can settle or use. Amounts are positive.' },
)
export type OpenItem = Static<typeof OpenItem>

export const OpenItemTotals = Strict(
  {
    openInvoices: Nullable(Money, { description: 'What can be paid.' }),
    openCredits: Nullable(Money, { description: 'What can be used.' }),
    net: Nullable(Money, { description: 'The difference.' }),
  },
  { $id: 'OpenItemTotals', description: 'Null where the items have several currencies; then see `totalsByCurrency`.' },
)
export const OpenItemCurrencyTotals = Strict(
  {
    currency: Type.String({ description: 'ISO 4217 code.' }),
    openInvoices: Ref(Money, { description: 'What can be paid.' }),
    openCredits: Ref(Money, { description: 'What can be used.' }),
    net: Ref(Money, { description: 'The difference.' }),
  },
  { $id: 'OpenItemCurrencyTotals', description: 'The totals of one currency.' },
)
export const OpenItemList = Strict(
  {
    object: Constant('list', { description: 'What it is.' }),
    customer: Ref(CustomerReference),
    currency: Nullable(Type.String(), { description: 'The one currency of all items, else null.' }),
    data: Type.Array(Ref(OpenItem), { description: 'What can be paid and what can be used.' }),
    totals: Ref(OpenItemTotals),
    totalsByCurrency: Type.Array(Ref(OpenItemCurrencyTotals), { description: 'One entry for each currency.' }),
    warnings: Type.Optional(Type.Array(Ref(Warning), { description: 'What could not be read of the customer.' })),
  },
  { $id: 'OpenItemList', description: "A customer's open items with their totals." },
)
export type OpenItemList = Static<typeof OpenItemList>
export const openItemSchemas = [
  OpenItemKind,
  OpenItemDiscount,
  OpenItem,
  OpenItemTotals,
  OpenItemCurrencyTotals,
  OpenItemList,
]
