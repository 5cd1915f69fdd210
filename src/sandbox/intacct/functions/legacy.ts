/** The legacy functions, turned into what the generic ones do; they answer a key instead of data. */
import { isAbove, minus, sum } from '../../decimal.ts'
import type { Fields } from '../company.ts'
import { refuse, unprocessable } from '../errors.ts'
import { calendarDate, cents, decimal } from '../formats.ts'
import { childOf, textOf, type XmlElement } from '../xml.ts'
import type { CallContext, FunctionResult } from './context.ts'
import { bookPayment } from './payment-booking.ts'
import { createAdvance, creditDetail } from './payment-writing.ts'
import { reverseReceipt } from './reversal.ts'

/** Year, month and day as three elements. */
function dateOf(element: XmlElement | undefined, fallback: string): string {
  if (!element) return fallback
  const date = calendarDate(textOf(element, 'year')!, textOf(element, 'month')!, textOf(element, 'day')!)
  if (!date) throw unprocessable(`Invalid date in ${element.name}.`)
  return date
}

function amountOf(text: string): string {
  const amount = decimal(text)
  if (amount === null) throw unprocessable(`Invalid amount ${text}.`)
  return cents(amount)
}

/** Without items: an advance (the company is set to Open Item). What is above the items is an overpayment. */
export function createArPayment(call: XmlElement, context: CallContext): FunctionResult {
  const { company, session } = context
  if (call.children.some(({ name }) => name === 'onlinecardpayment' || name === 'onlineachpayment')) {
    throw refuse('invalid', { field: 'Payment method', value: 'Online' })
  }
  const header = legacyHeader(call, context)
  const total = amountOf(textOf(call, 'paymentamount')!)
  const items = call.children.filter(({ name }) => name === 'arpaymentitem')
  if (items.length === 0) return { key: advance(context, header, total) }
  const lines = items.map((item) => detailOf(context, item))
  const rest = minus(total, sum(lines.map((line) => line['TRX_PAYMENTAMOUNT']!)))
  if (isAbove('0', rest)) throw refuse('invalid', { field: 'paymentamount', value: total })
  const form = { header: { ...header, OVERPAYMENTAMOUNT: rest }, lines }
  return { key: bookPayment(company, form, session.locationId) }
}

function detailOf(context: CallContext, item: XmlElement): Fields {
  const key = textOf(item, 'invoicekey')!
  const isMemo = context.company.books.getDocument(key)?.kind === 'debit-memo'
  return { [isMemo ? 'POSADJKEY' : 'RECORDKEY']: key, TRX_PAYMENTAMOUNT: amountOf(textOf(item, 'amount')!) }
}

function legacyHeader(call: XmlElement, context: CallContext): Record<string, string> {
  const date = dateOf(childOf(call, 'datereceived'), context.company.today())
  const renamed: readonly (readonly [string, string])[] = [
    ['customerid', 'CUSTOMERID'],
    ['bankaccountid', 'FINANCIALENTITY'],
    ['undepfundsacct', 'UNDEPOSITEDACCOUNTNO'],
    ['batchkey', 'PRBATCH'],
    ['refid', 'DOCNUMBER'],
    ['overpaylocid', 'OVERPAYMENTLOCATIONID'],
    ['overpaydeptid', 'OVERPAYMENTDEPARTMENTID'],
    ['basecurr', 'BASECURR'],
    ['currency', 'CURRENCY'],
    ['exchratetype', 'EXCH_RATE_TYPE_ID'],
    ['exchrate', 'EXCHANGE_RATE'],
  ]
  const header: Record<string, string> = {
    RECEIPTDATE: date,
    PAYMENTDATE: date,
    PAYMENTMETHOD: textOf(call, 'paymentmethod') || 'Printed Check',
  }
  for (const [from, to] of renamed) {
    const text = textOf(call, from)
    if (text) header[to] = text
  }
  if (!['FINANCIALENTITY', 'UNDEPOSITEDACCOUNTNO', 'PRBATCH'].some((name) => header[name])) {
    throw refuse('noBatch')
  }
  return header
}

/** Through the same door as the generic create, with the account that the AR configuration would name. */
function advance(context: CallContext, header: Record<string, string>, total: string): string {
  const { OVERPAYMENTLOCATIONID: location = '', OVERPAYMENTDEPARTMENTID: department = '', ...rest } = header
  const item = [
    text('ACCOUNTNO', '2100'),
    text('TRX_AMOUNT', total),
    text('LOCATIONID', location),
    ...(department ? [text('DEPARTMENTID', department)] : []),
  ]
  const dates = ['RECEIPTDATE', 'PAYMENTDATE']
  const fields = Object.entries(rest).map(([name, value]) => text(name, dates.includes(name) ? american(value) : value))
  const items = parent('ARADVANCEITEMS', [parent('ARADVANCEITEM', item)])
  return createAdvance(context.company, parent('ARADVANCE', [...fields, items]), context.session.locationId)[
    'RECORDNO'
  ]!
}

function american(iso: string): string {
  return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)}`
}

export function text(name: string, value: string): XmlElement {
  return { name, attributes: {}, children: [], text: value }
}

export function parent(name: string, children: readonly XmlElement[]): XmlElement {
  return { name, attributes: {}, children, text: '' }
}

/** Applies a credit (advance, overpayment, credit memo, negative invoice) to invoices: a payment without cash. */
export function applyArPayment(call: XmlElement, context: CallContext): FunctionResult {
  const { company, session } = context
  const key = textOf(call, 'arpaymentkey')!
  const credit = company.books.getDocument(key)
  if (!credit || ['invoice', 'debit-memo'].includes(credit.kind)) {
    throw refuse('noRecord', { value: key })
  }
  const items = call.children.filter(({ name }) => name === 'arpaymentitems').flatMap((list) => list.children)
  if (items.length === 0) throw refuse('required', { field: 'arpaymentitem' })
  const lines = items.map((item) =>
    creditDetail(company, key, textOf(item, 'invoicekey')!, amountOf(textOf(item, 'amount')!)),
  )
  const bank = String(
    credit.details['FINANCIALENTITY'] || company.reference.get('CHECKINGACCOUNT')?.keys().next().value,
  )
  const header = {
    CUSTOMERID: credit.customerId,
    RECEIPTDATE: dateOf(childOf(call, 'paymentdate'), company.today()),
    PAYMENTMETHOD: String(credit.details['PAYMENTMETHOD'] || 'Cash'),
    FINANCIALENTITY: bank,
    DESCRIPTION: textOf(call, 'memo') ?? '',
    CURRENCY: credit.currency,
  }
  return { key: bookPayment(company, { header, lines }, session.locationId) }
}

/** Whether the answer has a key is uncertain; the other legacy functions have one. */
export function reverseArPayment(call: XmlElement, context: CallContext): FunctionResult {
  const { company, session } = context
  const key = call.attributes['key']!
  const date = dateOf(childOf(call, 'datereversed'), company.today())
  reverseReceipt(company, key, date, textOf(call, 'description') ?? '', session.locationId)
  return { key }
}
