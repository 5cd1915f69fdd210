/** Invoices, read only: what a payment can settle. */
import { type Static, Type } from 'typebox'
import { AccountingDate, Instant, listOf, Money, Warning } from './common.ts'
import { Constant, Nullable, Ref, Strict, StringEnum } from './kit.ts'
import { CustomerReference } from './payment.ts'

export const INVOICE_STATUSES = ['draft', 'open', 'partiallyPaid', 'paid', 'voided', 'unknown'] as const
export const InvoiceStatus = StringEnum(INVOICE_STATUSES, {
  $id: 'InvoiceStatus',
  description: 'How much of the invoice is paid.',
})

export const InvoiceLine = Strict(
  {
    id: Type.String({ description: "The line's id in the ERP." }),
    description: Nullable(Type.String(), { description: 'What was sold.' }),
    amount: Nullable(Money, { description: "The line's amount." }),
    openAmount: Nullable(Money, { description: 'What of it is open, where the ERP tells.' }),
  },
  { $id: 'InvoiceLine', description: 'A line of an invoice.' },
)
export const InvoicePayment = Strict(
  {
    id: Type.String({ description: 'The payment (`pay_…`) or credit (`crd_…`).' }),
    amount: Ref(Money, { description: 'How much it settled.' }),
    date: Nullable(AccountingDate, { description: 'When.' }),
  },
  { $id: 'InvoicePayment', description: 'A payment or credit that settled a part of the invoice.' },
)

export const Invoice = Strict(
  {
    object: Constant('invoice', { description: 'What it is.' }),
    id: Type.String({ description: '`inv_<connection>_<native id>`', examples: ['inv_netsuite_5001'] }),
    connection: Type.String({ description: 'The connection that has it.', examples: ['netsuite'] }),
    provider: Type.String({ description: 'The kind of ERP.', examples: ['netsuite'] }),
    nativeId: Type.String({ description: "The ERP's own id.", examples: ['5001'] }),
    number: Type.Optional(Nullable(Type.String({ description: "The invoice's number.", examples: ['INV-5001'] }))),
    reference: Type.Optional(
      Nullable(Type.String({ description: "The customer's reference, such as an order number." })),
    ),
    customer: Type.Optional(Nullable(CustomerReference)),
    date: Type.Optional(Nullable(AccountingDate, { description: 'When it was issued.' })),
    dueDate: Type.Optional(Nullable(AccountingDate, { description: 'When it is due.' })),
    status: Type.Optional(Ref(InvoiceStatus)),
    currency: Type.Optional(Nullable(Type.String({ description: 'ISO 4217 code.', examples: ['USD'] }))),
    total: Type.Optional(Nullable(Money, { description: 'The whole amount.' })),
    openAmount: Type.Optional(Nullable(Money, { description: 'What is still to be paid.' })),
    lines: Type.Optional(Type.Array(Ref(InvoiceLine), { description: 'With `include=lines`.' })),
    payments: Type.Optional(
      Type.Array(Ref(InvoicePayment), { description: 'What settled it, with `include=payments`.' }),
    ),
    createdAt: Type.Optional(Nullable(Instant, { description: 'When the ERP created it.' })),
    updatedAt: Type.Optional(Nullable(Instant, { description: 'When it was last changed in the ERP.' })),
    raw: Type.Optional(Type.Unknown({ description: 'The untouched ERP record, with `include=raw`.' })),
    warnings: Type.Optional(Type.Array(Ref(Warning), { description: 'What could not be read of it.' })),
  },
  { $id: 'Invoice', description: 'An invoice as the ERP has it now.' },
)
export type Invoice = Static<typeof Invoice>
export type InvoiceRecord = Omit<Invoice, 'object' | 'id' | 'connection' | 'provider' | 'nativeId' | 'raw' | 'warnings'>

export const InvoiceList = listOf('InvoiceList', Invoice, 'A page of invoices.')
export const invoiceSchemas = [InvoiceStatus, InvoiceLine, InvoicePayment, Invoice, InvoiceList]
