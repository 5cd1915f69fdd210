/** Invoices and customer deposits: they can be read; other work makes them. What credit memos share with them. */
import type { BookDocument, DocumentKind } from '../books.ts'
import { minus } from '../decimal.ts'
import type { FieldTable, Line } from './fields.ts'
import { byNumber, type RecordType } from './record-type.ts'
import { CUSTOMER_DEPOSIT_FIELDS, INVOICE_FIELDS } from './transaction-fields.ts'
import { transactionValue } from './transaction-values.ts'

export const INVOICE = readOnlyType('invoice', 'invoice', INVOICE_FIELDS)
export const CUSTOMER_DEPOSIT = readOnlyType('customerDeposit', 'deposit', CUSTOMER_DEPOSIT_FIELDS)

export function readOnlyType(name: string, kind: DocumentKind, fields: FieldTable): RecordType {
  return {
    name,
    fields,
    exists: (state, id) => state.books.getDocument(id)?.kind === kind,
    ids: (state) =>
      state.books
        .documents({ kind })
        .map((document) => document.id)
        .sort(byNumber),
    value: (state, id, field) => documentValue(state.books.document(id), field),
    lines: (state, id, sublist) => (sublist === 'item' ? itemLines(state.books.document(id)) : []),
  }
}

/** One line with the whole amount: the sandbox's invoices are made without items of their own. */
function itemLines(document: BookDocument): Line[] {
  return [
    { line: '1', item: '201', description: 'Consulting', amount: document.total, quantity: '1', rate: document.total },
  ]
}

/** Letters of the status: A open, B paid or fully applied (deposits: B deposited, C fully applied). */
export function documentStatus(document: BookDocument): string {
  if (document.voided) return 'V'
  const done = document.open === '0'
  if (document.kind === 'deposit') return done ? 'C' : 'B'
  return done ? 'B' : 'A'
}

function documentValue(document: BookDocument, field: string): unknown {
  const used = () => minus(document.total, document.open)
  switch (field) {
    case 'entity':
    case 'customer':
      return document.customerId
    case 'amountPaid':
    case 'applied':
      return used()
    case 'amountRemaining':
    case 'amountRemainingTotalBox':
    case 'unapplied':
      return document.open
    case 'subtotal':
    case 'payment':
      return document.total
    case 'status':
      return documentStatus(document)
    default:
      return transactionValue(document, field)
  }
}
