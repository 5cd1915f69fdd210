/** Applications and credits: what a payment settles, and with what. */
import { type Static, Type } from 'typebox'
import { AccountingDate, Money, PositiveMoney, text } from './common.ts'
import { Nullable, Ref, Strict } from './kit.ts'

/** Ids of ours may be long: every awkward byte takes three characters. */
export const nativeOrGatewayId = (description: string) => Type.String({ minLength: 1, maxLength: 400, description })

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
    discountDate: Type.Optional(Nullable(AccountingDate, { description: 'Until when the discount is granted.' })),
  },
  { $id: 'ApplicationWrite', description: 'What the payment settles of one invoice.' },
)
export type ApplicationWrite = Static<typeof ApplicationWrite>

export const Application = Strict(
  {
    invoiceId: Nullable(Type.String({ description: 'The invoice (`inv_…`).' })),
    invoiceNumber: Nullable(Type.String({ description: "The invoice's number." })),
    amount: Ref(Money, {
      description: 'How much of the invoice is settled, by cash and credits, without the discount.',
    }),
    cashAmount: Type.Optional(Nullable(Money, { description: 'The part that is cash.' })),
    creditAmount: Type.Optional(Nullable(Money, { description: 'The part that is credits.' })),
    lineId: Type.Optional(Nullable(Type.String({ description: 'The line, where only one is settled.' }))),
    discount: Type.Optional(Nullable(Money, { description: 'Early payment discount beside the amount.' })),
    discountDate: Type.Optional(Nullable(AccountingDate, { description: 'Until when the discount was granted.' })),
  },
  { $id: 'Application', description: 'What the payment settled of one invoice, and with what.' },
)
export type Application = Static<typeof Application>

export const CreditUseWrite = Strict(
  {
    creditId: nativeOrGatewayId('The credit (`crd_…`).'),
    amount: Ref(PositiveMoney, { description: 'How much of the credit is used.' }),
    invoiceId: Type.Optional(Nullable(nativeOrGatewayId('Use the credit on this invoice only.'))),
  },
  { $id: 'CreditUseWrite', description: 'A credit used beside the cash.' },
)
export type CreditUseWrite = Static<typeof CreditUseWrite>

export const CreditUse = Strict(
  {
    creditId: Type.String({ description: 'The credit (`crd_…`).' }),
    amount: Ref(Money, { description: 'How much of it was used.' }),
    invoiceId: Nullable(Type.String({ description: 'The invoice that it settled, where the ERP tells.' })),
  },
  { $id: 'CreditUse', description: 'A credit that was used beside the cash.' },
)
export type CreditUse = Static<typeof CreditUse>

/** What a write may settle, the same on create and change. */
export const allocationFields = {
  applications: Type.Optional(
    Nullable(
      Type.Array(Ref(ApplicationWrite), {
        maxItems: 1000,
        description: 'What is settled, invoice by invoice. The rest stays unapplied.',
      }),
    ),
  ),
  credits: Type.Optional(
    Nullable(
      Type.Array(Ref(CreditUseWrite), {
        maxItems: 1000,
        description: 'Credits that are used beside the cash, in this order.',
      }),
    ),
  ),
}

export const allocationSchemas = [ApplicationWrite, Application, CreditUseWrite, CreditUse]
