/** Books an ARPYMT: cash and credits on invoices, a rest as overpayment; all or nothing. */
import { type BookDocument, BookError } from '../../books.ts'
import { isAbove, plus, sum } from '../../decimal.ts'
import type { Company, Fields } from '../company.ts'
import { type ErrorEntry, entryOf, FunctionFailure, refuse } from '../errors.ts'
import { americanDate, times } from '../formats.ts'
import { INLINE, inlineId } from '../objects/inline-credit.ts'
import { objectOf, openLines } from '../objects/invoice.ts'
import { RECEIPT_CUSTOM } from '../objects/payment.ts'
import { CREDIT_KINDS, checkHeader, completedHeader, type ReceiptForm } from './payment-form.ts'
import { requireLocation } from './references.ts'

/** One detail, understood: what pays what. */
interface Application {
  readonly line: Fields
  readonly invoice: BookDocument
  /** Null: the cash of this payment. */
  readonly credit: { readonly kind: (typeof CREDIT_KINDS)[number]; readonly key: string } | null
  readonly amount: string
  readonly discount: string
}

/** `recordNumber`: taken over from a draft. `entity`: of the session. Answers the payment's RECORDNO. */
export function bookPayment(company: Company, form: ReceiptForm, entity: string, recordNumber?: string): string {
  const header = checkHeader(company, form.header)
  if (form.lines.length === 0) throw refuse('required', { field: 'ARPYMTDETAILS' })
  const applications = form.lines.map((line) => applicationOf(company, header, line))
  const currency = header['CURRENCY'] || applications[0]!.invoice.currency
  const complete = completedHeader(company, { ...header, CURRENCY: currency })
  const overpayment = checkOverpayment(company, complete, entity)
  const cash = sum(applications.filter(({ credit }) => credit === null).map(({ amount }) => amount))
  try {
    return company.transaction(() => {
      const id = recordNumber ?? company.nextRecordNumber('record')
      company.books.post({
        id,
        kind: 'payment',
        number: `PYMT-${id}`,
        customerId: header['CUSTOMERID']!,
        date: header['RECEIPTDATE']!,
        currency,
        total: plus(cash, overpayment),
        details: headerDetails(complete, entity),
      })
      const lines = applications.map((application) => apply(company, id, complete, application))
      company.books.updateDocument(id, { details: { lines } })
      return id
    })
  } catch (error) {
    if (error instanceof BookError) throw refused(error, header['RECEIPTDATE']!)
    throw error
  }
}

/** Stored as given, under the names that reading uses. PAYMENTDATE is not among the recorded field names: kept as WHENPAID. */
export function headerDetails(header: Fields, entity: string): Fields {
  const names = [
    'FINANCIALENTITY',
    'UNDEPOSITEDACCOUNTNO',
    'PAYMENTMETHOD',
    'DOCNUMBER',
    'DESCRIPTION',
    'BILLTOPAYTONAME',
  ]
  const more = ['EXCH_RATE_DATE', 'EXCH_RATE_TYPE_ID', 'EXCHANGE_RATE', 'SUPDOCID', 'OVERPAYMENTLOCATIONID']
  const custom = RECEIPT_CUSTOM.map(({ name }) => name)
  const kept = [...names, ...more, ...custom].map((name) => [name, header[name] ?? ''] as const)
  return {
    ...Object.fromEntries(kept),
    WHENPAID: header['WHENPAID'] || header['PAYMENTDATE'] || header['RECEIPTDATE'] || '',
    MEGAENTITYID: entity,
    CLEARED: 'F',
  }
}

function checkOverpayment(company: Company, header: Fields, entity: string): string {
  const amount = header['OVERPAYMENTAMOUNT'] || '0'
  if (isAbove('0', amount)) throw refuse('invalid', { field: 'OVERPAYMENTAMOUNT', value: amount })
  if (amount !== '0') requireLocation(company, header['OVERPAYMENTLOCATIONID'] || entity)
  return amount
}

function applicationOf(company: Company, header: Fields, line: Fields): Application {
  const { RECORDKEY, POSADJKEY } = line
  if (!RECORDKEY === !POSADJKEY) throw refuse('required', { field: 'RECORDKEY' })
  const owed = RECORDKEY || POSADJKEY!
  const invoice = company.books.getDocument(owed)
  const wanted = RECORDKEY ? 'ARINVOICE' : 'ARADJUSTMENT'
  const fits = invoice && objectOf(invoice) === wanted && ['invoice', 'debit-memo'].includes(invoice.kind)
  if (!fits || invoice.customerId !== header['CUSTOMERID']) throw noSuchRecord(owed)
  if (header['CURRENCY'] && header['CURRENCY'] !== invoice.currency) {
    throw refuse('otherCurrency')
  }
  checkEntry(company, invoice, line)
  const used = CREDIT_KINDS.filter((kind) => line[kind.key] || line[kind.amount])
  const cash = line['TRX_PAYMENTAMOUNT']
  // "One detail per kind of credit": cash and a credit are two details of the same RECORDKEY.
  if (used.length + (cash ? 1 : 0) !== 1) throw refuse('invalid', { field: 'TRX_PAYMENTAMOUNT', value: cash })
  const kind = used[0]
  const amount = kind ? line[kind.amount] : cash
  if (!amount || !isAbove(amount, '0'))
    throw refuse('invalid', { field: kind?.amount ?? 'TRX_PAYMENTAMOUNT', value: amount })
  const discount = discountOf(company, line, kind !== undefined)
  if (!kind) return { line, invoice, credit: null, amount, discount }
  const key = line[kind.key]
  if (!key) throw refuse('required', { field: kind.key })
  const credit = kind.key === 'INLINEKEY' ? inlineId(key, line[kind.entry] ?? '') : key
  checkCredit(company, kind.key, credit, header['CUSTOMERID']!)
  return { line, invoice, credit: { kind, key: credit }, amount, discount }
}

function checkEntry(company: Company, invoice: BookDocument, line: Fields): void {
  const entry = line['ENTRYKEY'] || line['POSADJENTRYKEY']
  if (!entry) return
  const open = openLines(company, invoice).get(entry)
  if (open === undefined) throw noSuchRecord(entry)
  const amount = line['TRX_PAYMENTAMOUNT'] || CREDIT_KINDS.map((kind) => line[kind.amount]).find(Boolean) || '0'
  if (isAbove(amount, open)) throw refuse('tooMuch', { value: invoice.id })
}

/** Custom discounts must be switched on (2024 R3); DISCOUNTDATE takes the terms' own discount, which no term here has. */
function discountOf(company: Company, line: Fields, isCredit: boolean): string {
  const amount = line['TRX_TOTALDISCOUNTTOAPPLY'] || '0'
  if (amount === '0') return '0'
  if (line['DISCOUNTDATE']) throw refuse('invalid', { field: 'DISCOUNTDATE', value: line['DISCOUNTDATE'] })
  if (isCredit || !company.options.customDiscounts || isAbove('0', amount))
    throw refuse('invalid', { field: 'TRX_TOTALDISCOUNTTOAPPLY', value: amount })
  return amount
}

const CREDIT_OBJECTS: Readonly<Record<string, string>> = {
  ADJUSTMENTKEY: 'ARADJUSTMENT',
  ADVANCEKEY: 'ARADVANCE',
  // The key of an overpayment is taken to be the RECORDNO of the payment that left it: no other record was found.
  OVERPAYMENTKEY: 'ARPYMT',
  NEGATIVEINVOICEKEY: 'ARINVOICE',
  INLINEKEY: INLINE,
}

function checkCredit(company: Company, key: string, id: string, customerId: string): void {
  if (key === 'INLINEKEY' && !company.options.inlineCredits) throw refuse('invalid', { field: key, value: id })
  const credit = company.books.getDocument(id)
  const isCredit = credit && !['invoice', 'debit-memo'].includes(credit.kind)
  if (!isCredit || credit.voided || objectOf(credit) !== CREDIT_OBJECTS[key] || credit.customerId !== customerId) {
    throw noSuchRecord(id)
  }
}

/** Books one detail and answers it as it is read later. */
function apply(company: Company, id: string, header: Fields, application: Application): Fields {
  const { line, invoice, credit, amount, discount } = application
  const settlement = company.books.settle({
    source: id,
    creditId: credit?.key ?? id,
    invoiceId: invoice.id,
    amount,
    discount,
    date: header['RECEIPTDATE']!,
  })
  const inBase = times(amount, header['EXCHANGE_RATE']!)
  const base: Fields = { [credit ? credit.kind.base : 'PAYMENTAMOUNT']: inBase }
  const taken: Fields =
    discount === '0' ? {} : { TRX_DISCOUNTAMOUNT: discount, DISCOUNTAMOUNT: times(discount, header['EXCHANGE_RATE']!) }
  const now = `${company.now().toISOString().slice(0, 19)}Z`
  return {
    ...line,
    ...base,
    ...taken,
    RECORDNO: company.nextRecordNumber('line'),
    PAYMENTDATE: header['RECEIPTDATE']!,
    WHENCREATED: now,
    WHENMODIFIED: now,
    settlement: settlement.id,
  }
}

/** The typing error is the vendor's (recorded). */
function noSuchRecord(key: string): FunctionFailure {
  return refuse('noRecord', { value: key })
}

export function refused(error: BookError, date: string): FunctionFailure {
  return new FunctionFailure([causeOf(error, date), entryOf('notCreated', { kind: 'arpymt' })])
}

function causeOf({ refusal, subject }: BookError, date: string): ErrorEntry {
  switch (refusal) {
    case 'period-closed':
      return entryOf('closedPeriod', { value: americanDate(date) })
    case 'exceeds-open-amount':
      return entryOf('tooMuch', { value: subject })
    case 'exceeds-credit':
      return entryOf('tooMuchCredit')
    case 'wrong-currency':
      return entryOf('otherCurrency')
    case 'not-positive':
      return entryOf('invalid', { field: 'Amount', value: '0' })
    default:
      return entryOf('noRecord', { value: subject })
  }
}
