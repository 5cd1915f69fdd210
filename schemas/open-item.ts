/** Open items: everything of a customer that a payment can be applied to or taken from. */
import { type Static, Type } from 'typebox'
import { AccountingDate, Money } from './common.ts'
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
export const OPEN_ITEM_KINDS = [...RECEIVABLE_KINDS, ...CREDIT_KINDS] as const
export const OpenItemKind = StringEnum(OPEN_ITEM_KINDS, {
  $id: 'OpenItemKind',
  description: 'Receivables: `invoice`, `debit-memo`, `journal`. All others are credits.',
})
export type OpenItemKind = (typeof OPEN_ITEM_KINDS)[number]

export const OpenItemDiscount = Strict(
  { amount: Ref(Money), until: Nullable(AccountingDate) },
  { $id: 'OpenItemDiscount' },
)

export const OpenItem = Strict(
  {
    id: Type.String({ examples: ['inv_netsuite_5001', 'crd_netsuite_memo-6001'] }),
    kind: Ref(OpenItemKind),
    number: Nullable(Type.String()),
    date: Nullable(AccountingDate),
    dueDate: Nullable(AccountingDate),
    currency: Type.String(),
    amount: Ref(Money),
    openAmount: Ref(Money),
    daysOverdue: Nullable(Type.Integer()),
    discount: Nullable(OpenItemDiscount),
    paymentId: Type.Optional(Nullable(Type.String({ description: 'The payment whose rest this is.' }))),
  },
  { $id: 'OpenItem' },
)
export type OpenItem = Static<typeof OpenItem>

export const OpenItemTotals = Strict(
  { openInvoices: Nullable(Money), openCredits: Nullable(Money), net: Nullable(Money) },
  { $id: 'OpenItemTotals', description: 'Null where the items have several currencies; then see `totalsByCurrency`.' },
)
export const OpenItemCurrencyTotals = Strict(
  { currency: Type.String(), openInvoices: Ref(Money), openCredits: Ref(Money), net: Ref(Money) },
  { $id: 'OpenItemCurrencyTotals' },
)
export const OpenItemList = Strict(
  {
    object: Constant('list'),
    customer: Ref(CustomerReference),
    currency: Nullable(Type.String(), { description: 'The one currency of all items, else null.' }),
    data: Type.Array(Ref(OpenItem)),
    totals: Ref(OpenItemTotals),
    totalsByCurrency: Type.Array(Ref(OpenItemCurrencyTotals)),
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
