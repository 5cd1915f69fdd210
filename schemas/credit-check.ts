/** The credit check: what a customer may still buy on credit, and whether an amount fits into it. */
import { type Static, Type } from 'typebox'
import { Money } from './common.ts'
import { Nullable, Strict } from './kit.ts'

export const CreditCheck = Strict(
  {
    currency: Nullable(Type.String(), {
      description: 'ISO 4217 code of all amounts here. Null where the customer has none and its items are of several.',
      examples: ['USD'],
    }),
    creditLimit: Nullable(Money, {
      description: "The customer's limit. Null: there is none, or it is in another currency; `reason` says which.",
    }),
    openInvoices: Nullable(Money, { description: 'What is open of invoices, debit memos and journals.' }),
    openCredits: Nullable(Money, { description: 'What is left of credits, deposits and payments.' }),
    available: Nullable(Money, {
      description:
        '`creditLimit - (openInvoices - openCredits)`; below zero when the limit is exceeded. Null without a limit.',
    }),
    onHold: Type.Boolean({ description: 'Whether the customer gets nothing on credit, whatever the limit.' }),
    approved: Nullable(Type.Boolean(), {
      description:
        'false when on hold; null when there is no limit to decide by; otherwise whether `amount` (or, without one, nothing more) fits into `available`. Exactly the limit fits.',
    }),
    reason: Type.String({
      description: 'The answer in words, for people; also which currencies were left out.',
      examples: ['1500.00 USD fits into the 48750.00 USD that are available.'],
    }),
  },
  { $id: 'CreditCheck', description: 'Whether a customer may buy more on credit.' },
)
export type CreditCheck = Static<typeof CreditCheck>
export const creditCheckSchemas = [CreditCheck]
