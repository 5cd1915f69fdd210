/** What a customer owes, by NetSuite's definitions: balance, overdue, aging, deposits; per currency and consolidated. */
import { type BookCustomer, type BookDocument, type DocumentKind, isReceivable } from '../books.ts'
import { isAbove, minus, sum } from '../decimal.ts'
import { type NetSuiteState, today } from './state.ts'

/** A receipt or a credit memo lowers the balance once it is recorded, applied or not; a deposit does not. */
export const BALANCE_KINDS: readonly DocumentKind[] = ['invoice', 'debit-memo', 'journal', 'credit-memo', 'payment']

export interface CustomerMoney {
  readonly balance: string
  readonly overdueBalance: string
  readonly depositBalance: string
  readonly daysOverdue: number
  /** Current, 1-30, 31-60, 61-90, over 90. */
  readonly aging: readonly [string, string, string, string, string]
}

/** In one currency, of one customer or (consolidated) of it and everybody below. */
export function customerMoney(state: NetSuiteState, ids: readonly string[], currency: string): CustomerMoney {
  const documents = ids
    .flatMap((id) => state.books.documents({ customerId: id }))
    .filter((document) => document.currency === currency && document.open !== '0')
  const day = Date.parse(today(state))
  const ages = documents.map((document) => daysLate(document, day))
  const ofAge = (from: number, to: number) =>
    sum(documents.filter((_, at) => ages[at]! >= from && ages[at]! <= to).map(signedOpen))
  const overdue = documents.filter((document, at) => isReceivable(document.kind) && ages[at]! > 0)
  const deposits = documents.filter((document) => document.kind === 'deposit')
  return {
    balance: sum(documents.map(signedOpen)),
    overdueBalance: sum(overdue.map((document) => document.open)),
    depositBalance: sum(deposits.map((document) => document.open)),
    daysOverdue: Math.max(0, ...documents.map((document, at) => (isAbove(signedOpen(document), '0') ? ages[at]! : 0))),
    aging: [
      ofAge(Number.NEGATIVE_INFINITY, 0),
      ofAge(1, 30),
      ofAge(31, 60),
      ofAge(61, 90),
      ofAge(91, Number.POSITIVE_INFINITY),
    ],
  }
}

export function customerCurrency(customer: BookCustomer): string {
  return customer.currency ?? 'USD'
}

/** The customer and all below it. */
export function familyOf(state: NetSuiteState, id: string): string[] {
  return [id, ...state.books.childrenOf(id).flatMap((child) => familyOf(state, child))]
}

/** Credits count as current: they have no due date. */
function daysLate(document: BookDocument, day: number): number {
  if (!isReceivable(document.kind)) return 0
  return Math.floor((day - Date.parse(document.dueDate ?? document.date)) / 86_400_000)
}

function signedOpen(document: BookDocument): string {
  if (!BALANCE_KINDS.includes(document.kind)) return '0'
  return isReceivable(document.kind) ? document.open : minus('0', document.open)
}
