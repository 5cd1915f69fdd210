/** What a customer owes, by NetSuite's definitions: balance, overdue, aging, deposits; per currency and consolidated. */
import { type BookCustomer, type BookDocument, type DocumentKind, isReceivable } from '../books.ts'
import { sum } from '../decimal.ts'
import { type NetSuiteState, today } from './state.ts'

/** A receipt or a credit memo lowers the balance once it is recorded, applied or not; a deposit does not. */
export const BALANCE_KINDS: readonly DocumentKind[] = ['invoice', 'debit-memo', 'journal', 'credit-memo', 'payment']

const NOTHING: CustomerMoney = {
  ...{ balance: '0', overdueBalance: '0', depositBalance: '0', daysOverdue: 0 },
  aging: ['0', '0', '0', '0', '0'],
}

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
  const documents = ids.flatMap((id) => state.books.documents({ customerId: id }))
  if (documents.length === 0) return NOTHING
  const day = Date.parse(today(state))
  const aging: [string[], string[], string[], string[], string[]] = [[], [], [], [], []]
  const overdue: string[] = []
  const deposits: string[] = []
  let daysOverdue = 0
  for (const document of documents) {
    if (document.currency !== currency || document.open === '0') continue
    if (document.kind === 'deposit') deposits.push(document.open)
    if (!BALANCE_KINDS.includes(document.kind)) continue
    const late = daysLate(document, day)
    aging[late <= 0 ? 0 : Math.min(4, Math.ceil(late / 30))]!.push(signedOpen(document))
    if (late <= 0) continue
    overdue.push(document.open)
    daysOverdue = Math.max(daysOverdue, late)
  }
  return {
    balance: sum(aging.flat()),
    overdueBalance: sum(overdue),
    depositBalance: sum(deposits),
    daysOverdue,
    aging: [sum(aging[0]), sum(aging[1]), sum(aging[2]), sum(aging[3]), sum(aging[4])],
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
  return isReceivable(document.kind) ? document.open : `-${document.open}`
}
