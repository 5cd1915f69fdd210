/** Invoices, read only: what a payment can settle. */
import { type Static, Type } from 'typebox'
import { AccountingDate, Instant, listOf, Money } from './common.ts'
import { Constant, Nullable, Ref, Strict, StringEnum } from './kit.ts'
import { CustomerReference } from './payment.ts'

export const INVOICE_STATUSES = ['draft', 'open', 'partiallyPaid', 'paid', 'voided', 'unknown'] as const
export const InvoiceStatus = StringEnum(INVOICE_STATUSES, {
  $id: 'InvoiceStatus',
  description: 'How much of the invoice is paid.',
})

export const InvoiceLine = Strict(
  { id: Type.String(), description: Nullable(Type.String()), amount: Nullable(Money), openAmount: Nullable(Money) },
  { $id: 'InvoiceLine' },
)
export const InvoicePayment = Strict(
  { id: Type.String(), amount: Ref(Money), date: Nullable(AccountingDate) },
  { $id: 'InvoicePayment', description: 'A payment or credit that settled a part of the invoice.' },
)

export const Invoice = Strict(
  {
    object: Constant('invoice'),
    id: Type.String({ examples: ['inv_netsuite_5001'] }),
    connection: Type.String(),
    provider: Type.String(),
    nativeId: Type.String(),
    number: Type.Optional(Nullable(Type.String())),
    reference: Type.Optional(Nullable(Type.String())),
    customer: Type.Optional(Nullable(CustomerReference)),
    date: Type.Optional(Nullable(AccountingDate)),
    dueDate: Type.Optional(Nullable(AccountingDate)),
    status: Type.Optional(Ref(InvoiceStatus)),
    currency: Type.Optional(Nullable(Type.String())),
    total: Type.Optional(Nullable(Money)),
    openAmount: Type.Optional(Nullable(Money)),
    lines: Type.Optional(Type.Array(Ref(InvoiceLine))),
    payments: Type.Optional(Type.Array(Ref(InvoicePayment))),
    createdAt: Type.Optional(Nullable(Instant)),
    updatedAt: Type.Optional(Nullable(Instant)),
    raw: Type.Optional(Type.Unknown()),
  },
  { $id: 'Invoice', description: 'An invoice as the ERP has it now.' },
)
export type Invoice = Static<typeof Invoice>
export type InvoiceRecord = Omit<Invoice, 'object' | 'id' | 'connection' | 'provider' | 'nativeId' | 'raw'>

export const InvoiceList = listOf('InvoiceList', Invoice, 'A page of invoices.')
export const invoiceSchemas = [InvoiceStatus, InvoiceLine, InvoicePayment, Invoice, InvoiceList]
