/** Reverses a payment or an advance: invoices are open again, a second record tells of it, and there is no way back. */
import { BookError } from '../../books.ts'
import { minus } from '../../decimal.ts'
import type { Company, Fields } from '../company.ts'
import { business } from '../errors.ts'
import { times } from '../formats.ts'
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
    throw business(
      draft ? `The payment '${key}' is no posted payment.` : `Cannot find arpayment with key '${key}' to reverse.`,
    )
  }
  const details = document.details as Fields
  if (document.voided) throw business(`The payment '${key}' has already been reversed.`)
  if (details['CLEARED'] === 'T') throw business(`The payment '${key}' is reconciled and cannot be reversed.`)
  if ((details['MEGAENTITYID'] ?? '') !== entity) {
    throw business(`The payment '${key}' must be reversed from the entity where it was created.`)
  }
  if (company.books.closedThrough !== null && date <= company.books.closedThrough) {
    throw business(`The date of the reversal is in a closed period.`, 'Use a date in an open period.')
  }
  try {
    company.books.voidDocument(key)
  } catch (error) {
    if (!(error instanceof BookError)) throw error
    if (error.refusal === 'in-use') {
      throw business(`The payment '${key}' has been applied by other payments; reverse those first.`)
    }
    throw business(error.message)
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
