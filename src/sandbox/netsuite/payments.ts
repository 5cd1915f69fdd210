/** The customerPayment record: defaults, what must fit together, status, and the change of its applications. */
import type { BookDocument } from '../books.ts'
import { isBelowZero, minus, plain, sum } from '../decimal.ts'
import {
  type Applications,
  changedApplications,
  currentApplications,
  PAYMENT_LISTS,
  paymentLines,
  scopeOf,
  settleApplications,
  withAutoApply,
} from './applications.ts'
import type { Values } from './body.ts'
import { customerCurrency, customerMoney, familyOf } from './customer-money.ts'
import { customerCurrencies } from './customers.ts'
import { invalidFieldValue, missingValues, userError } from './errors.ts'
import { type Line, labelOf } from './fields.ts'
import { byNumber, type RecordType } from './record-type.ts'
import { refundedAmount } from './refunds.ts'
import { currencyCode, currencyId, exchangeRate, listEntry, type NetSuiteState, today } from './state.ts'
import { PAYMENT_FIELDS } from './transaction-fields.ts'
import { transactionValue } from './transaction-values.ts'

export const UNDEPOSITED_FUNDS = '122'
const NOTHING: Applications = { apply: new Map(), credit: new Map(), deposit: new Map() }

export const CUSTOMER_PAYMENT: RecordType = {
  name: 'customerPayment',
  fields: PAYMENT_FIELDS,
  exists: (state, id) => state.books.getDocument(id)?.kind === 'payment',
  ids: (state) =>
    state.books
      .documents({ kind: 'payment' })
      .map((payment) => payment.id)
      .sort(byNumber),
  value: paymentValue,
  lines: (state, id, sublist) => linesOf(state, state.books.document(id), sublist),
  create: createPayment,
  update: updatePayment,
  remove: removePayment,
}

function linesOf(state: NetSuiteState, payment: BookDocument, sublist: string): readonly Line[] {
  const list = PAYMENT_LISTS.find((one) => one === sublist)
  return list ? paymentLines(state, payment, list) : []
}

function createPayment(state: NetSuiteState, values: Values): string {
  const customerId = text(values['customer'])
  if (customerId === undefined) throw missingValues(['Customer'])
  const customer = state.books.customer(customerId)
  const currency = currencyCode(text(values['currency']) ?? currencyId(customerCurrency(customer)))
  if (!customerCurrencies(customer).includes(currency)) throw invalidFieldValue(values['currency'], 'currency')
  const id = state.books.nextId('transaction')
  // A new payment is in the account that it names, unless it says otherwise (the form's own preference; uncertain).
  const undepFunds = typeof values['account'] === 'string' ? 'F' : 'T'
  const details = changedDetails(
    state,
    { autoApply: false, arAcct: '119', subsidiary: customer.details['subsidiary'], undepFunds },
    values,
  )
  requireFit(state, id, details)
  const scope = { customerId, currency, arAccount: String(details['arAcct']) }
  let wanted = changedApplications(state, scope, NOTHING, values, new Set())
  const cash = amountOf(values, wanted)
  if (autoApplies(state, values)) wanted = withAutoApply(state, scope, wanted, cash)
  const payment = state.books.post({
    id,
    kind: 'payment',
    number: text(values['tranId']) ?? `PMT-${id}`,
    customerId,
    date: text(values['tranDate']) ?? today(state),
    currency,
    total: cash,
    details: { exchangeRate: exchangeRate(currency), ...details },
  })
  settleApplications(state, payment, wanted)
  return id
}

/** Without `payment` the amount is what the lines need, as in the form. */
function amountOf(values: Values, wanted: Applications): string {
  const sent = text(values['payment'])
  const needed = minus(sum(wanted.apply.values()), sum([...wanted.credit.values(), ...wanted.deposit.values()]))
  const amount = sent ?? (isBelowZero(needed) ? '0' : needed)
  if (isBelowZero(amount)) throw invalidFieldValue(amount, 'payment')
  if (plain(amount) === '0' && wanted.credit.size + wanted.deposit.size === 0) {
    throw missingValues([labelOf('payment', PAYMENT_FIELDS['payment'])])
  }
  return plain(amount)
}

function autoApplies(state: NetSuiteState, values: Values): boolean {
  if (typeof values['autoApply'] === 'boolean') state.autoApply = values['autoApply']
  return state.autoApply
}

function updatePayment(state: NetSuiteState, id: string, values: Values, replace: ReadonlySet<string>): void {
  const before = state.books.document(id)
  requireUnlocked(before, 'notEditable')
  // Oracle's samples repeat the customer in a PATCH; another one is not possible.
  for (const [field, same] of [
    ['customer', before.customerId],
    ['currency', currencyId(before.currency)],
  ] as const) {
    if (values[field] !== undefined && values[field] !== same) throw invalidFieldValue(values[field], field)
  }
  const details = changedDetails(state, before.details, values)
  requireFit(state, id, details)
  if (details['arAcct'] !== before.details['arAcct'] && state.books.settlements({ source: id }).length > 0) {
    throw invalidFieldValue(values['arAcct'], 'arAcct')
  }
  const gone = Object.fromEntries(Object.keys(before.details).map((name) => [name, undefined]))
  const payment = state.books.updateDocument(id, {
    ...(values['tranDate'] !== undefined && { date: required(values, 'tranDate') }),
    ...(values['tranId'] !== undefined && { number: required(values, 'tranId') }),
    details: { ...gone, ...details },
  })
  if (!['payment', 'autoApply', ...PAYMENT_LISTS].some((name) => values[name] !== undefined)) return
  const cash = values['payment'] === undefined ? payment.total : plain(required(values, 'payment'))
  let wanted = changedApplications(state, scopeOf(payment), currentApplications(state, id), values, replace)
  for (const settlement of state.books.settlements({ source: id })) state.books.release(settlement.id)
  const changed = state.books.changeTotal(id, cash)
  if (values['autoApply'] === true) wanted = withAutoApply(state, scopeOf(changed), wanted, cash)
  settleApplications(state, changed, wanted)
}

function removePayment(state: NetSuiteState, id: string): void {
  requireUnlocked(state.books.document(id), 'linked')
  state.books.remove(id)
}

/** In a bank deposit or reconciled: which of its texts NetSuite says then is uncertain. */
function requireUnlocked(payment: BookDocument, refusal: 'notEditable' | 'linked'): void {
  if (payment.details['locked'] === true) throw userError(refusal)
}

/** What the books keep themselves, or what only steers. */
const NOT_DETAILS = new Set(['id', 'customer', 'currency', 'payment', 'tranDate', 'tranId', ...PAYMENT_LISTS])

function changedDetails(
  state: NetSuiteState,
  before: Readonly<Record<string, unknown>>,
  values: Values,
): Record<string, unknown> {
  const details: Record<string, unknown> = { ...before }
  for (const [name, value] of Object.entries(values)) {
    if (NOT_DETAILS.has(name)) continue
    if (value === null) delete details[name]
    else details[name] = value
  }
  // A payment method with an account of its own brings it along, and that one wins (public guides to payment accounts).
  const brought = state.methodAccounts[text(values['paymentOption']) ?? '']
  if (brought !== undefined) Object.assign(details, { account: brought, undepFunds: 'F' })
  // The radio decides: public scripts set it to F before they set an account, because an account alone changes nothing.
  if (details['undepFunds'] === 'T') delete details['account']
  if (details['account'] === undefined) details['undepFunds'] = 'T'
  return details
}

function requireFit(state: NetSuiteState, id: string, details: Readonly<Record<string, unknown>>): void {
  const { account, arAcct, externalId, subsidiary } = details
  if (typeof arAcct !== 'string') throw missingValues(['A/R Account'])
  if (accountType(arAcct) !== 'AcctRec') throw invalidFieldValue(arAcct, 'aracct')
  if (account !== undefined && !['Bank', 'OthCurrAsset'].includes(accountType(String(account)))) {
    throw invalidFieldValue(account, 'account')
  }
  if (subsidiary === undefined) throw missingValues(['Subsidiary'])
  const twin = typeof externalId === 'string' ? state.names.byExternalId('customerPayment', externalId) : undefined
  if ((twin ?? id) !== id) throw userError('recordExists')
}

function accountType(id: string): string {
  return String(listEntry('account', id)?.more?.['accttype'])
}

/** C: in a bank account, B: waits in undeposited funds, V: voided by a script. The sandbox's account approves nothing, so A never appears. */
export function paymentStatus(payment: BookDocument): 'B' | 'C' | 'V' {
  if (payment.voided) return 'V'
  const { account } = payment.details
  return account === undefined || account === UNDEPOSITED_FUNDS ? 'B' : 'C'
}

export function paymentValue(state: NetSuiteState, id: string, field: string): unknown {
  const payment = state.books.document(id)
  switch (field) {
    case 'payment':
      return payment.total
    case 'total':
    case 'applied':
      return toApply(state, payment)[field]
    case 'unapplied':
      return payment.open
    case 'refundedAmountTotalBox':
      return refundedAmount(state, id)
    case 'pending':
      return '0'
    case 'balance':
      return customerMoney(state, [payment.customerId], payment.currency).balance
    case 'consolidateBalance':
      return customerMoney(state, familyOf(state, payment.customerId), payment.currency).balance
    case 'status':
      return paymentStatus(payment)
    case 'customer':
      return payment.customerId
    case 'autoApply':
    case 'cleared':
    case 'toBeEmailed':
      return payment.details[field] ?? false
    default:
      return transactionValue(payment, field)
  }
}

/** `total` ("To Apply") is the payment and the credits chosen; `applied` counts both. */
function toApply(state: NetSuiteState, payment: BookDocument): { total: string; applied: string } {
  const settlements = state.books.settlements({ source: payment.id })
  const credits = settlements.filter((settlement) => settlement.creditId !== payment.id)
  return {
    total: sum([payment.total, ...credits.map((settlement) => settlement.amount)]),
    applied: sum(settlements.map((settlement) => settlement.amount)),
  }
}

function required(values: Values, field: string): string {
  const value = text(values[field])
  if (value === undefined) throw missingValues([labelOf(field, PAYMENT_FIELDS[field])])
  return value
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
