/** Reverses a payment or an advance: invoices are open again, a second record tells of it, and there is no way back. */
import { BookError } from '../../books.ts'
import { minus } from '../../decimal.ts'
import type { Company, Fields } from '../company.ts'
import { refuse } from '../errors.ts'
import { americanDate, times } from '../formats.ts'
import { objectOf } from '../objects/invoice.ts'
import { totals } from './payment-writing.ts'

/**
 * `reverse_arpayment` of the public schema names payments only; that it takes the key of an advance too is uncertain.
 * Must happen in the entity that made the payment, in an open period, before the bank reconciliation (developer docs).
 */
export function reverseReceipt(company: Company, key: string, date: string, description: string, entity: string): void {
  const document = company.books.getDocument(key)
  if (!document || !['payment', 'advance'].includes(document.kind)) {
    const draft = company.offBooks.get(key)
    throw draft ? refuse('invalid', { field: 'arpayment', value: key }) : refuse('noRecord', { value: key })
  }
  const details = document.details as Fields
  if (document.voided) throw refuse('reversed')
  if (details['CLEARED'] === 'T') throw refuse('reconciled')
  if ((details['MEGAENTITYID'] ?? '') !== entity) {
    throw refuse('otherEntity')
  }
  if (company.books.closedThrough !== null && date <= company.books.closedThrough) {
    throw refuse('closedPeriod', { value: americanDate(date) })
  }
  try {
    company.books.voidDocument(key)
  } catch (error) {
    if (!(error instanceof BookError)) throw error
    throw error.refusal === 'in-use' ? refuse('appliedBefore') : refuse('noRecord', { value: key })
  }
  const id = company.nextRecordNumber('record')
  const now = `${company.now().toISOString().slice(0, 19)}Z`
  const amount = minus('0', document.total)
  company.offBooks.put(id, {
    object: objectOf(document) as 'ARPYMT' | 'ARADVANCE',
    fields: {
      ...Object.fromEntries(Object.entries(details).filter(([, value]) => typeof value === 'string')),
      ...{ RECORDNO: id, RECORDID: `${document.number}-R`, RECORDTYPE: document.kind === 'advance' ? 'rr' : 'rp' },
      ...{ STATE: 'Reversal', CUSTOMERID: document.customerId, CURRENCY: document.currency, PARENTPAYMENTKEY: key },
      ...{
        RECEIPTDATE: date,
        WHENCREATED: date,
        WHENPAID: date,
        DESCRIPTION: description || (details['DESCRIPTION'] ?? ''),
      },
      ...totals(amount, times(amount, details['EXCHANGE_RATE'] ?? '1')),
      ...{ AUWHENCREATED: now, WHENMODIFIED: now, CREATEDBY: '1', MODIFIEDBY: '1' },
    },
    lines: [],
  })
}
