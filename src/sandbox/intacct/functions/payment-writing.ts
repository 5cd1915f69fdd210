/** create, update and delete of ARPYMT and ARADVANCE: drafts can change, what is posted cannot. */
import { BookError } from '../../books.ts'
import { sum } from '../../decimal.ts'
import { BASE_CURRENCY, type Company, type Fields } from '../company.ts'
import { refuse, unprocessable } from '../errors.ts'
import { times } from '../formats.ts'
import type { XmlElement } from '../xml.ts'
import { bookPayment, headerDetails, refused } from './payment-booking.ts'
import {
  CREDIT_KINDS,
  checkHeader,
  completedHeader,
  type ReceiptForm,
  writtenAdvance,
  writtenPayment,
} from './payment-form.ts'
import { requireLocation, requireReference } from './references.ts'

export function createPayment(company: Company, element: XmlElement, entity: string): Fields {
  const { header, lines = [] } = writtenPayment(element)
  if (header['RECORDNO'] !== undefined) throw unprocessable('The field RECORDNO of ARPYMT is read only.')
  if (header['ACTION'] === 'Draft') return { RECORDNO: saveDraft(company, { header, lines }, entity) }
  return { RECORDNO: bookPayment(company, { header, lines }, entity) }
}

/** Details that are given replace all details (developer docs, AR payments). */
export function updatePayment(company: Company, element: XmlElement, entity: string): Fields {
  const { header, lines } = writtenPayment(element)
  const recordNumber = header['RECORDNO'] ?? ''
  const draft = company.offBooks.get(recordNumber)
  if (draft?.object !== 'ARPYMT' || draft.fields['STATE'] !== 'Draft') {
    const exists = draft !== undefined || company.books.getDocument(recordNumber)?.kind === 'payment'
    throw exists
      ? refuse('draftsOnly', { verb: 'updated' })
      : refuse('absentToUpdate', { kind: 'arpymt', value: recordNumber })
  }
  const { RECORDNO: _, ...changes } = header
  const kept = JSON.parse(draft.fields['form']!) as ReceiptForm
  const form = { header: { ...kept.header, ...changes }, lines: lines ?? kept.lines }
  company.offBooks.put(recordNumber, undefined)
  if (form.header['ACTION'] === 'Submit') bookPayment(company, form, entity, recordNumber)
  else saveDraft(company, form, entity, recordNumber)
  return { RECORDNO: recordNumber }
}

export function deletePayment(company: Company, recordNumber: string): void {
  const draft = company.offBooks.get(recordNumber)
  if (draft?.object === 'ARPYMT' && draft.fields['STATE'] === 'Draft') {
    company.offBooks.put(recordNumber, undefined)
    return
  }
  const exists = draft !== undefined || company.books.getDocument(recordNumber)?.kind === 'payment'
  throw exists
    ? refuse('draftsOnly', { verb: 'deleted' })
    : refuse('absentToDelete', { kind: 'arpymt', value: recordNumber })
}

class TriedOut extends Error {}

/** A draft must be bookable too: it is booked and taken back. Its details stay as they were written. */
function saveDraft(company: Company, form: ReceiptForm, entity: string, recordNumber?: string): string {
  const id = recordNumber ?? company.nextRecordNumber('record')
  try {
    company.transaction(() => {
      bookPayment(company, form, entity, id)
      throw new TriedOut()
    })
  } catch (error) {
    if (!(error instanceof TriedOut)) throw error
  }
  const { header, lines } = form
  const cash = sum([...lines.map((line) => line['TRX_PAYMENTAMOUNT'] || '0'), header['OVERPAYMENTAMOUNT'] || '0'])
  const now = `${company.now().toISOString().slice(0, 19)}Z`
  const first = lines[0] && company.books.getDocument(lines[0]['RECORDKEY'] || lines[0]['POSADJKEY'] || '')
  const complete = completedHeader(company, {
    ...header,
    CURRENCY: header['CURRENCY'] || first?.currency || BASE_CURRENCY,
  })
  company.offBooks.put(id, {
    object: 'ARPYMT',
    fields: {
      ...headerDetails(complete, entity),
      ...{ RECORDNO: id, RECORDTYPE: 'rp', RECORDID: `PYMT-${id}`, STATE: 'Draft', CUSTOMERID: header['CUSTOMERID']! },
      ...{ CURRENCY: complete['CURRENCY']!, RECEIPTDATE: header['RECEIPTDATE']!, WHENCREATED: header['RECEIPTDATE']! },
      ...totals(cash, times(cash, complete['EXCHANGE_RATE']!)),
      ...{ AUWHENCREATED: now, WHENMODIFIED: now, CREATEDBY: '1', MODIFIEDBY: '1' },
      form: JSON.stringify({ header, lines }),
    },
    lines: lines.map((line) => ({ ...line, RECORDNO: company.nextRecordNumber('line') })),
  })
  return id
}

export function totals(amount: string, inBase: string): Fields {
  return {
    ...{ TRX_TOTALENTERED: amount, TRX_TOTALSELECTED: '0', TRX_TOTALPAID: '0', TRX_TOTALDUE: '0' },
    ...{ TOTALENTERED: inBase, TOTALSELECTED: '0', TOTALPAID: '0', TOTALDUE: '0' },
  }
}

/** Money with no invoice: needs an account and, in a company of several entities, a location for each item. */
export function createAdvance(company: Company, element: XmlElement, entity: string): Fields {
  const { header, lines } = writtenAdvance(element)
  checkHeader(company, header)
  if (!header['PAYMENTDATE']) throw refuse('required', { field: 'PAYMENTDATE' })
  if (header['ACTION'] === 'Draft') throw refuse('invalid', { field: 'ACTION', value: 'Draft' })
  const customer = company.books.customer(header['CUSTOMERID']!)
  const complete = completedHeader(company, {
    ...header,
    CURRENCY: header['CURRENCY'] || customer.currency || BASE_CURRENCY,
  })
  return { RECORDNO: bookAdvance(company, { header: complete, lines }, entity) }
}

function bookAdvance(company: Company, { header, lines }: ReceiptForm, entity: string): string {
  const items = lines.map((line, index) => ({
    ...line,
    ...checkItem(company, line, entity),
    LINE_NO: String(index + 1),
    AMOUNT: times(line['TRX_AMOUNT'] || '0', header['EXCHANGE_RATE']!),
    RECORDNO: company.nextRecordNumber('line'),
  }))
  const id = company.nextRecordNumber('record')
  try {
    company.books.post({
      id,
      kind: 'advance',
      number: `ADV-${id}`,
      customerId: header['CUSTOMERID']!,
      date: header['RECEIPTDATE']!,
      currency: header['CURRENCY']!,
      total: sum(lines.map((line) => line['TRX_AMOUNT'] || '0')),
      details: { ...headerDetails(header, entity), lines: items },
    })
  } catch (error) {
    if (error instanceof BookError) throw refused(error, header['RECEIPTDATE']!)
    throw error
  }
  return id
}

function checkItem(company: Company, line: Fields, entity: string): Fields {
  if (!line['ACCOUNTNO'] && !line['ACCOUNTLABEL']) throw refuse('required', { field: 'ACCOUNTNO' })
  if (line['ACCOUNTNO']) requireReference(company, 'GLACCOUNT', 'account', line['ACCOUNTNO'])
  if (!line['TRX_AMOUNT'] || Number(line['TRX_AMOUNT']) <= 0) {
    throw refuse('invalid', { field: 'TRX_AMOUNT', value: line['TRX_AMOUNT'] })
  }
  if (line['DEPARTMENTID']) requireReference(company, 'DEPARTMENT', 'department', line['DEPARTMENTID'])
  return { LOCATIONID: requireLocation(company, line['LOCATIONID'] || entity) }
}

/** Legacy `apply_arpayment`: which kind of detail a credit's record number stands for. */
export function creditDetail(company: Company, creditKey: string, invoiceKey: string, amount: string): Fields {
  const credit = company.books.getDocument(creditKey)
  const invoice = company.books.getDocument(invoiceKey)
  const target: Fields = invoice?.kind === 'debit-memo' ? { POSADJKEY: invoiceKey } : { RECORDKEY: invoiceKey }
  const key =
    credit?.kind === 'advance'
      ? 'ADVANCEKEY'
      : credit?.kind === 'payment'
        ? 'OVERPAYMENTKEY'
        : credit?.details['object'] === 'ARINVOICE'
          ? 'NEGATIVEINVOICEKEY'
          : 'ADJUSTMENTKEY'
  const kind = CREDIT_KINDS.find((one) => one.key === key)!
  return { ...target, [kind.key]: creditKey, [kind.amount]: amount }
}
