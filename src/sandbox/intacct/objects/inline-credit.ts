/**
 * Inline credits: a negative line of an invoice, which can be applied like a credit memo (developer docs, AR payments). For the
 * books it is a credit of its own beside the gross invoice; only the invoice shows it.
 */
import type { BookDocument } from '../../books.ts'
import type { Company } from '../company.ts'
import { linesOf } from './transaction.ts'

export const INLINE = 'INLINE'
export const inlineId = (invoiceId: string, lineId: string): string => `inline-${invoiceId}.${lineId}`

export const inlineCreditsOf = (company: Company, invoice: BookDocument): BookDocument[] =>
  linesOf(invoice)
    .filter((line) => (line['TRX_AMOUNT'] ?? '').startsWith('-'))
    .flatMap((line) => company.books.getDocument(inlineId(invoice.id, line['RECORDNO']!)) ?? [])
