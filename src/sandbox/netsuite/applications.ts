/** The apply, credit and deposit lists of a payment: pre-filled from what is open, addressed by `doc`, settled in the books. */
import type { BookDocument, DocumentKind } from '../books.ts'
import { isAbove, minus, smaller, sum } from '../decimal.ts'
import { applyLine, usedBefore } from './application-lines.ts'
import type { Values } from './body.ts'
import { userError } from './errors.ts'
import type { Line } from './fields.ts'
import { type NetSuiteState, nameOfCurrency } from './state.ts'

const NO_DISCOUNTS = new Map<string, Discount>()

export type PaymentList = 'apply' | 'credit' | 'deposit'
export const PAYMENT_LISTS: readonly PaymentList[] = ['apply', 'credit', 'deposit']
const KINDS: Readonly<Record<PaymentList, readonly DocumentKind[]>> = {
  apply: ['invoice', 'debit-memo', 'journal'],
  // The list has a column `type`; that it holds the unapplied rest of other payments too is what users see on the
  // Credits tab of a payment (uncertain for REST).
  credit: ['credit-memo', 'payment'],
  deposit: ['deposit'],
}

/** What a payment applies: document id to amount, in the order of use. */
export interface Applications {
  readonly apply: ReadonlyMap<string, string>
  readonly credit: ReadonlyMap<string, string>
  readonly deposit: ReadonlyMap<string, string>
  /** Discounts taken beside the amounts of `apply`, where the account's lines have them. */
  readonly discounts?: ReadonlyMap<string, Discount>
}

export interface Discount {
  readonly amount: string
  readonly date?: string
}

/** What decides which documents are in a payment's lists. */
export interface ListScope {
  readonly customerId: string
  readonly currency: string
  readonly arAccount: string
  /** The payment itself: its own rest is not among its credits. */
  readonly paymentId?: string
}

export function scopeOf(payment: BookDocument): ListScope {
  return {
    customerId: payment.customerId,
    currency: payment.currency,
    arAccount: String(payment.details['arAcct']),
    paymentId: payment.id,
  }
}

/** Lists hold the open documents of the customer and its sub-customers, in the currency and of the A/R account. */
function candidates(state: NetSuiteState, scope: ListScope, list: PaymentList, applied: Applications | null) {
  const family = [scope.customerId, ...descendants(state, scope.customerId)]
  return family
    .flatMap((customerId) => state.books.documents({ customerId, kind: KINDS[list] }))
    .filter((document) => document.currency === scope.currency && !document.voided)
    .filter((document) => document.id !== scope.paymentId)
    .filter((document) => list === 'deposit' || receivablesAccount(document) === scope.arAccount)
    .filter((document) => document.open !== '0' || applied?.[list].has(document.id))
    .sort(oldestFirst)
}

/** `account` of a payment is the bank's; of everything else it is the receivables account. */
const receivablesAccount = (document: BookDocument): unknown =>
  document.kind === 'payment' ? document.details['arAcct'] : (document.details['account'] ?? '119')

function descendants(state: NetSuiteState, id: string): string[] {
  return state.books.childrenOf(id).flatMap((child) => [child, ...descendants(state, child)])
}

function oldestFirst(left: BookDocument, right: BookDocument): number {
  const [a, b] = [left, right].map((document) => `${document.dueDate ?? document.date} ${document.date}`) as [
    string,
    string,
  ]
  return a < b ? -1 : a > b ? 1 : Number(left.id) - Number(right.id)
}

/** What the payment itself has applied so far. */
export function currentApplications(state: NetSuiteState, paymentId: string): Applications {
  const result = {
    apply: new Map<string, string>(),
    credit: new Map<string, string>(),
    deposit: new Map<string, string>(),
    discounts: new Map<string, Discount>(),
  }
  const days = state.books.document(paymentId).details['discountDates'] as Readonly<Record<string, string>> | undefined
  const add = (map: Map<string, string>, id: string, amount: string) => map.set(id, sum([map.get(id) ?? '0', amount]))
  for (const { creditId, invoiceId, amount, discount } of state.books.settlements({ source: paymentId })) {
    add(result.apply, invoiceId, amount)
    const date = days?.[invoiceId]
    if (discount !== '0') result.discounts.set(invoiceId, { amount: discount, ...(date !== undefined && { date }) })
    if (creditId === paymentId) continue
    add(state.books.document(creditId).kind === 'deposit' ? result.deposit : result.credit, creditId, amount)
  }
  return result
}

/** `before` with the lines that were sent; `replace` starts that list from nothing. */
export function changedApplications(
  state: NetSuiteState,
  scope: ListScope,
  before: Applications,
  values: Values,
  replace: ReadonlySet<string>,
): Applications {
  const discounts = new Map(replace.has('apply') ? [] : before.discounts)
  const result = { ...before, discounts }
  for (const list of PAYMENT_LISTS) {
    const sent = values[list] as readonly Line[] | null | undefined
    if (sent === undefined) continue
    const amounts = new Map(replace.has(list) ? [] : before[list])
    const open = new Map(candidates(state, scope, list, before).map((document) => [document.id, document]))
    for (const [position, line] of (sent ?? []).entries()) {
      const taken = list === 'apply' ? discounts : NO_DISCOUNTS
      applyLine(line, `${list}.items[${position}]`, open, amounts, taken, before, list)
    }
    result[list] = amounts
  }
  return result
}

/** Adds the oldest open invoices until the payment is used up, as the check box Auto Apply does. */
export function withAutoApply(
  state: NetSuiteState,
  scope: ListScope,
  before: Applications,
  cash: string,
): Applications {
  let left = minus(sum([cash, ...before.credit.values(), ...before.deposit.values()]), sum(before.apply.values()))
  const apply = new Map(before.apply)
  for (const document of candidates(state, scope, 'apply', null)) {
    if (!isAbove(left, '0')) break
    if (apply.has(document.id)) continue
    const amount = smaller(document.open, left)
    apply.set(document.id, amount)
    left = minus(left, amount)
  }
  return { ...before, apply }
}

/** Settles everything anew, credits first and in order, then cash. The caller has released what was settled before. */
export function settleApplications(state: NetSuiteState, payment: BookDocument, wanted: Applications): void {
  keepDiscountDates(state, payment, wanted)
  const credits = [...wanted.deposit, ...wanted.credit].map(([id, amount]) => ({ id, amount }))
  const creditTotal = sum(credits.map((credit) => credit.amount))
  const applied = sum(wanted.apply.values())
  if (isAbove(applied, sum([payment.total, creditTotal]))) {
    throw userError('moreThanTotal')
  }
  if (isAbove(creditTotal, applied)) {
    const dollars = (amounts: Iterable<string>) => `$${sum([...amounts])}`
    const [credits, deposits] = [dollars(wanted.credit.values()), dollars(wanted.deposit.values())]
    throw userError('unbalanced', { applied: `$${applied}`, payment: `$${payment.total}`, credits, deposits })
  }
  const sources = [...credits, { id: payment.id, amount: payment.total }]
  for (const [invoiceId, amount] of wanted.apply) {
    let left = amount
    let discount = wanted.discounts?.get(invoiceId)?.amount ?? '0'
    while (left !== '0') {
      const credit = sources[0]!
      const part = smaller(left, credit.amount)
      if (part !== '0') {
        const { id: source, date } = payment
        state.books.settle({ source, creditId: credit.id, invoiceId, amount: part, discount, date })
        discount = '0'
      }
      left = minus(left, part)
      credit.amount = minus(credit.amount, part)
      if (credit.amount === '0' && left !== '0') sources.shift()
    }
  }
}

/** The books know what was discounted, not the day that a line names for it. */
function keepDiscountDates(state: NetSuiteState, payment: BookDocument, wanted: Applications): void {
  const dates = [...(wanted.discounts ?? [])].flatMap(([id, { date }]) => (date === undefined ? [] : [[id, date]]))
  if (dates.length === 0 && payment.details['discountDates'] === undefined) return
  state.books.updateDocument(payment.id, { details: { discountDates: Object.fromEntries(dates) } })
}

export const paymentLines = (state: NetSuiteState, payment: BookDocument, list: PaymentList): Line[] =>
  shownLines(state, scopeOf(payment), list, currentApplications(state, payment.id))

/** As GET shows a list: applied lines, and also the open ones with `apply: false`. */
export function shownLines(state: NetSuiteState, scope: ListScope, list: PaymentList, applied: Applications): Line[] {
  return candidates(state, scope, list, applied).map((document) => {
    const amount = applied[list].get(document.id)
    const discount = list === 'apply' ? applied.discounts?.get(document.id) : undefined
    const due = sum([document.open, ...usedBefore(applied, list, document.id)])
    const common = {
      doc: document.id,
      apply: amount !== undefined,
      amount,
      total: document.total,
      refNum: document.number,
    }
    if (list === 'deposit') {
      return { ...common, remaining: due, depositDate: document.date, currencyName: nameOfCurrency(document.currency) }
    }
    const date = list === 'apply' ? { applyDate: document.date } : { creditDate: document.date }
    const taken = discount && { disc: discount.amount, ...(discount.date !== undefined && { discDate: discount.date }) }
    const type =
      document.kind === 'payment'
        ? 'Payment'
        : list === 'credit'
          ? 'Credit Memo'
          : document.kind === 'journal'
            ? 'Journal'
            : 'Invoice'
    return { ...common, line: '0', due, type, currency: nameOfCurrency(document.currency), ...date, ...taken }
  })
}
