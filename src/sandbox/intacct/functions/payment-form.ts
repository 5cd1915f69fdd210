/** Reads ARPYMT and ARADVANCE as they are written: header, details, items, each checked against its own list. */
import { isAbove } from '../../decimal.ts'
import { BASE_CURRENCY, type Company, type Fields } from '../company.ts'
import { refuse, unprocessable } from '../errors.ts'
import { cents } from '../formats.ts'
import { byName, type Field, fields, from } from '../objects/object-type.ts'
import { DETAIL_FIELDS, ITEM_FIELDS, PAYMENT_METHODS, RECEIPT_CUSTOM } from '../objects/payment.ts'
import { childOf, type XmlElement } from '../xml.ts'
import { checkDestination, requireReference } from './references.ts'
import { refuseText, require, writtenFields } from './writing.ts'

const PAYMENTS = 'Intacct developer docs, AR payments'
/** What the sandbox's own company has defined. */
const COMPANY = 'custom fields of the company (Intacct developer docs, custom fields)'
const READ_BACK = 'a recorded lookup has the names; that they can be written is uncertain'
/** Every simple element of an ARPYMT. AMOUNTTOPAY is spelt AMOUNTOPAY in the table, with two T in the examples: both are taken. */
export const PAYMENT_ELEMENTS: ReadonlyMap<string, Field> = byName([
  ...from(
    `${PAYMENTS}: table and examples of ARPYMT`,
    fields(`RECORDNO:integer FINANCIALENTITY UNDEPOSITEDACCOUNTNO PRBATCH PAYMENTMETHOD CUSTOMERID PAYERNAME
      RECEIPTDATE:date PAYMENTDATE:date WHENPAID:date DOCNUMBER DESCRIPTION CURRENCY BASECURR EXCH_RATE_TYPE_ID
      EXCHANGE_RATE:decimal AMOUNTTOPAY:decimal AMOUNTOPAY:decimal TRX_AMOUNTTOPAY:decimal TRX_AMOUNTOPAY:decimal
      OVERPAYMENTAMOUNT:decimal OVERPAYMENTLOCATIONID OVERPAYMENTDEPARTMENTID ACTION BILLTOPAYTONAME`),
  ),
  ...from(READ_BACK, fields('EXCH_RATE_DATE:date SUPDOCID')),
  ...from(COMPANY, RECEIPT_CUSTOM),
])
export const ADVANCE_ELEMENTS: ReadonlyMap<string, Field> = byName([
  ...from(
    'Intacct developer docs, AR advances',
    fields(`FINANCIALENTITY UNDEPOSITEDACCOUNTNO PRBATCH PRBATCHKEY:integer PAYMENTMETHOD CUSTOMERID RECEIPTDATE:date
      PAYMENTDATE:date DOCNUMBER DESCRIPTION CURRENCY BASECURR EXCH_RATE_TYPE_ID EXCHANGE_RATE:decimal ACTION`),
  ),
  ...from(READ_BACK, fields('EXCH_RATE_DATE:date SUPDOCID')),
  ...from(COMPANY, RECEIPT_CUSTOM),
])
export const DETAIL_ELEMENTS: ReadonlyMap<string, Field> = byName(from(`${PAYMENTS}: ARPYMTDETAIL`, DETAIL_FIELDS))
export const ITEM_ELEMENTS: ReadonlyMap<string, Field> = byName(
  from('Intacct developer docs, AR advances: ARADVANCEITEM', ITEM_FIELDS),
)

/** The kinds of credit that a detail can apply, each with the names of its key and amount. */
export const CREDIT_KINDS = [
  { key: 'ADJUSTMENTKEY', entry: 'ADJUSTMENTENTRYKEY', amount: 'TRX_ADJUSTMENTAMOUNT', base: 'ADJUSTMENTAMOUNT' },
  { key: 'INLINEKEY', entry: 'INLINEENTRYKEY', amount: 'TRX_INLINEAMOUNT', base: 'INLINEAMOUNT' },
  { key: 'ADVANCEKEY', entry: 'ADVANCEENTRYKEY', amount: 'TRX_POSTEDADVANCEAMOUNT', base: 'POSTEDADVANCEAMOUNT' },
  {
    key: 'OVERPAYMENTKEY',
    entry: 'OVERPAYMENTENTRYKEY',
    amount: 'TRX_POSTEDOVERPAYMENTAMOUNT',
    base: 'POSTEDOVERPAYMENTAMOUNT',
  },
  {
    key: 'NEGATIVEINVOICEKEY',
    entry: 'NEGATIVEINVOICEENTRYKEY',
    amount: 'TRX_NEGATIVEINVOICEAMOUNT',
    base: 'NEGATIVEINVOICEAMOUNT',
  },
] as const

/** A receipt before it is booked: also what a draft keeps. */
export interface ReceiptForm {
  readonly header: Fields
  readonly lines: readonly Fields[]
}

/** Header and, when they are given, details. Amounts beyond two decimals are rounded (developer docs, AR payments). */
export function writtenPayment(element: XmlElement): {
  header: Record<string, string>
  lines: readonly Fields[] | undefined
} {
  if (childOf(element, 'ONLINECARDPAYMENT') || childOf(element, 'ONLINEACHPAYMENT')) {
    throw refuse('invalid', { field: 'Payment method', value: 'Online' })
  }
  const header = writtenFields('ARPYMT', element, PAYMENT_ELEMENTS, ['ARPYMTDETAILS'])
  if (header['OVERPAYMENTAMOUNT']) header['OVERPAYMENTAMOUNT'] = cents(header['OVERPAYMENTAMOUNT'])
  return { header, lines: writtenLines(element, 'ARPYMTDETAILS', 'ARPYMTDETAIL', DETAIL_ELEMENTS) }
}

export function writtenAdvance(element: XmlElement): ReceiptForm {
  const header = writtenFields('ARADVANCE', element, ADVANCE_ELEMENTS, ['ARADVANCEITEMS'])
  const lines = writtenLines(element, 'ARADVANCEITEMS', 'ARADVANCEITEM', ITEM_ELEMENTS)
  if (!lines || lines.length === 0) throw refuse('required', { field: 'ARADVANCEITEMS' })
  return { header, lines }
}

function writtenLines(
  element: XmlElement,
  list: string,
  item: string,
  known: ReadonlyMap<string, Field>,
): readonly Fields[] | undefined {
  const lists = element.children.filter((child) => child.name === list)
  if (lists.length > 1) throw unprocessable(`${list} comes twice.`)
  const found = lists[0]
  if (!found) return undefined
  refuseText(found)
  return found.children.map((child) => {
    // Answers were recorded with either case; in requests both are taken.
    if (child.name.toUpperCase() !== item) throw unprocessable(`Invalid field ${child.name} of ${list}.`)
    const line = writtenFields(item, child, known)
    for (const [name, value] of Object.entries(line)) {
      if (value !== '' && known.get(name)?.type === 'decimal') line[name] = cents(value)
    }
    return line
  })
}

/** What both kinds of receipt must say. */
export function checkHeader(company: Company, header: Fields): Fields {
  require(header, ['PAYMENTMETHOD', 'CUSTOMERID', 'RECEIPTDATE'])
  if (header['PAYERNAME']) throw refuse('invalid', { field: 'PAYERNAME', value: header['PAYERNAME'] })
  if (!PAYMENT_METHODS.includes(header['PAYMENTMETHOD']!)) {
    // One example of the documentation says "Check"; its table does not list it.
    throw refuse('invalid', { field: 'Payment method', value: header['PAYMENTMETHOD'] })
  }
  if (!company.books.getCustomer(header['CUSTOMERID']!)) {
    throw refuse('invalid', { field: 'Customer', value: header['CUSTOMERID'] })
  }
  if (!['', 'Draft', 'Submit'].includes(header['ACTION'] ?? '')) {
    throw refuse('invalid', { field: 'ACTION', value: header['ACTION'] })
  }
  if (header['BASECURR'] && header['BASECURR'] !== BASE_CURRENCY) {
    throw refuse('invalid', { field: 'Base currency', value: header['BASECURR'] })
  }
  if (header['EXCH_RATE_TYPE_ID'] && header['EXCHANGE_RATE']) {
    throw refuse('invalid', { field: 'Exchange rate', value: header['EXCHANGE_RATE'] })
  }
  const currency = header['CURRENCY']
  if (currency) requireReference(company, 'TRXCURRENCIES', 'Currency', currency)
  return header
}

/** After the currency is known: bank account, rate. The daily rates of this company do not change. */
export function completedHeader(company: Company, header: Fields): Fields {
  const currency = header['CURRENCY'] || BASE_CURRENCY
  checkDestination(company, { ...header, CURRENCY: currency })
  const daily = company.reference.get('TRXCURRENCIES')?.get(currency)?.['RATE'] ?? '1'
  const rate = header['EXCHANGE_RATE'] || daily
  if (!isAbove(rate, '0')) throw refuse('invalid', { field: 'Exchange rate', value: rate })
  return { ...header, CURRENCY: currency, EXCHANGE_RATE: currency === BASE_CURRENCY ? '1' : rate }
}
