/** The apply, credit and deposit lists of a payment: pre-filled from what is open, addressed by `doc`, settled in the books. */
import type { BookDocument, DocumentKind } from '../books.ts'
import { isAbove, isBelowZero, minus, plain, smaller, sum } from '../decimal.ts'
import type { Values } from './body.ts'
import { invalidContent, missingValues, userError } from './errors.ts'
import type { Line } from './fields.ts'
import { type NetSuiteState, nameOfCurrency } from './state.ts'

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
  }
  const add = (map: Map<string, string>, id: string, amount: string) => map.set(id, sum([map.get(id) ?? '0', amount]))
  for (const { creditId, invoiceId, amount } of state.books.settlements({ source: paymentId })) {
    add(result.apply, invoiceId, amount)
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
  const result = { ...before }
  for (const list of PAYMENT_LISTS) {
    const sent = values[list] as readonly Line[] | null | undefined
    if (sent === undefined) continue
    const amounts = new Map(replace.has(list) ? [] : before[list])
    const open = new Map(candidates(state, scope, list, before).map((document) => [document.id, document]))
    for (const [position, line] of (sent ?? []).entries()) {
      applyLine(line, `${list}.items[${position}]`, open, amounts, before[list])
    }
    result[list] = amounts
  }
  return result
}

function applyLine(
  line: Line,
  path: string,
  open: ReadonlyMap<string, BookDocument>,
  amounts: Map<string, string>,
  before: ReadonlyMap<string, string>,
): void {
  const id = line['doc']
  if (typeof id !== 'string') throw missingValues(['Doc'])
  const document = open.get(id)
  // Texts for a line that is not in the pre-filled list are not published; the code and the path are our best reading.
  if (!document) throw invalidContent(`There is no line with doc ${id} in the list.`, `${path}.doc`)
  if (line['line'] !== undefined && line['line'] !== '0')
    throw invalidContent(`There is no line ${line['line']} of ${id}.`, path)
  const due = sum([document.open, before.get(id) ?? '0'])
  const amount = line['amount'] === undefined || line['amount'] === null ? null : plain(String(line['amount']))
  if (line['apply'] === false || amount === '0') {
    amounts.delete(id)
    return
  }
  const wanted = amount ?? amounts.get(id) ?? due
  if (isBelowZero(wanted)) throw userError(`The amount of ${document.number} must be above zero.`)
  if (isAbove(wanted, due)) {
    throw userError(`The amount ${wanted} for ${document.number} exceeds the amount due ${due}.`)
  }
  amounts.set(id, wanted)
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
  const credits = [...wanted.deposit, ...wanted.credit].map(([id, amount]) => ({ id, amount }))
  const creditTotal = sum(credits.map((credit) => credit.amount))
  const applied = sum(wanted.apply.values())
  if (isAbove(applied, sum([payment.total, creditTotal]))) {
    throw userError('You cannot apply more than your total payments and credits.')
  }
  if (isAbove(creditTotal, applied))
    throw userError('The credits that are applied exceed the invoices that are applied.')
  const sources = [...credits, { id: payment.id, amount: payment.total }]
  for (const [invoiceId, amount] of wanted.apply) {
    let left = amount
    while (left !== '0') {
      const source = sources[0]!
      const part = smaller(left, source.amount)
      if (part !== '0') {
        state.books.settle({ source: payment.id, creditId: source.id, invoiceId, amount: part, date: payment.date })
      }
      left = minus(left, part)
      source.amount = minus(source.amount, part)
      if (source.amount === '0' && left !== '0') sources.shift()
    }
  }
}

export const paymentLines = (state: NetSuiteState, payment: BookDocument, list: PaymentList): Line[] =>
  shownLines(state, scopeOf(payment), list, currentApplications(state, payment.id))

/** As GET shows a list: applied lines, and also the open ones with `apply: false`. */
export function shownLines(state: NetSuiteState, scope: ListScope, list: PaymentList, applied: Applications): Line[] {
  return candidates(state, scope, list, applied).map((document) => {
    const amount = applied[list].get(document.id)
    const due = sum([document.open, amount ?? '0'])
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
    const type =
      document.kind === 'payment'
        ? 'Payment'
        : list === 'credit'
          ? 'Credit Memo'
          : document.kind === 'journal'
            ? 'Journal'
            : 'Invoice'
    return { ...common, line: '0', due, type, currency: nameOfCurrency(document.currency), ...date }
  })
}
