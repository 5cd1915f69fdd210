/** How the Intacct sandbox's seeds put customers, contacts and receivables into the books. */
import type { Company, Fields } from '../intacct/company.ts'
import { RATES } from './intacct-references.ts'

/** RECORDNO of a made-up document: this plus its index. */
export const DOCUMENTS_FROM = 10_000
export const LINES_FROM = 1_000_000

export function customerDetails(recordNumber: string, name: string, contact: string, more: Fields): Fields {
  return {
    RECORDNO: recordNumber,
    NAME: name,
    'DISPLAYCONTACT.CONTACTNAME': contact,
    ONETIME: 'false',
    ONHOLD: 'false',
    HIDEDISPLAYCONTACT: 'false',
    OBJECTRESTRICTION: 'Unrestricted',
    ...more,
  }
}

export function addContact(company: Company, recordNumber: string, createdAt: string, fields: Fields): void {
  const at = `${createdAt.slice(0, 19)}Z`
  company.contacts.put(fields['CONTACTNAME']!, {
    ...{ TAXABLE: 'true', VISIBLE: 'true', STATUS: 'active' },
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
    ...{ RECORDNO: recordNumber, WHENCREATED: at, WHENMODIFIED: at },
  })
}

interface Receivable {
  readonly id: string
  readonly number: string
  readonly CUSTOMERID: string
  readonly total: string
  readonly date: string
  readonly due?: string | null
  readonly kind?: 'invoice' | 'debit-memo' | 'credit-memo'
  readonly currency?: string
  readonly createdAt: string
  readonly memo?: string
  /** A credit that is an invoice with a negative total. */
  readonly object?: 'ARINVOICE'
  /** One line with the whole amount when absent. */
  readonly lines?: readonly Fields[]
}

export function addReceivable(company: Company, receivable: Receivable): void {
  const { id, total, currency = 'USD', kind = 'invoice' } = receivable
  const lines = receivable.lines ?? [{ RECORDNO: String(LINES_FROM + Number(id) - DOCUMENTS_FROM), TRX_AMOUNT: total }]
  company.books.post({
    id,
    kind,
    number: receivable.number,
    customerId: receivable.CUSTOMERID,
    date: receivable.date,
    dueDate: receivable.due ?? null,
    currency,
    total,
    createdAt: receivable.createdAt,
    details: {
      DESCRIPTION: receivable.memo ?? '',
      MODULEKEY: '4.AR',
      ...(receivable.object && { object: receivable.object }),
      EXCHANGE_RATE: RATES[currency] ?? '1',
      lines: lines.map((line, index) => ({
        LINE_NO: String(index + 1),
        ACCOUNTNO: '4000',
        LOCATIONID: '100',
        ...line,
      })),
    },
  })
}
