/** Ids of open items, and the answer with its totals. */
import type { OpenItem, OpenItemList } from '../../schemas/open-item.ts'
import { GatewayError } from '../errors.ts'
import { moneyText, subtract, sum } from '../mapping/money.ts'
import type { NativeOpenItem } from '../providers/provider.ts'
import { isReceivable } from './allocation.ts'
import { gatewayId, parseId, type RecordKind } from './ids.ts'

/** Kinds of receivable that share the `inv_` prefix with invoices carry a word before their id. */
const RECEIVABLE_WORDS: Readonly<Record<string, string>> = { 'debit-memo': 'debit', journal: 'journal' }

/** The native part of an open item's gateway id: `5001`, `debit-412`, `memo-6001`. */
export function openItemKey(item: Pick<NativeOpenItem, 'kind' | 'nativeId'>): string {
  if (item.kind === 'invoice') return item.nativeId
  return `${RECEIVABLE_WORDS[item.kind] ?? item.kind}-${item.nativeId}`
}

export const openItemId = (connection: string, item: Pick<NativeOpenItem, 'kind' | 'nativeId'>): string =>
  gatewayId(isReceivable(item) ? 'invoice' : 'credit', connection, openItemKey(item))

/** The native part of an id that must belong to this connection. */
export function keyOnConnection(id: string, kind: RecordKind, connection: string, pointer: string): string {
  const parsed = parseId(id, kind, pointer)
  if (parsed.connection !== connection) {
    const detail = `It belongs to the connection "${parsed.connection}", not to "${connection}".`
    throw new GatewayError('invalid_reference', detail, { errors: [{ pointer, code: 'invalid_reference', detail }] })
  }
  return parsed.nativeId
}

const DAY_MS = 86_400_000
/** Whole days between the due date and today; null where there is no due date or it is not over. */
export function daysOverdue(item: NativeOpenItem, today: string): number | null {
  if (!item.dueDate || !isReceivable(item)) return null
  const days = Math.round((Date.parse(today) - Date.parse(item.dueDate)) / DAY_MS)
  return Math.max(days, 0)
}

function publishItem(connection: string, item: NativeOpenItem, today: string): OpenItem {
  return {
    id: openItemId(connection, item),
    kind: item.kind,
    number: item.number,
    date: item.date,
    dueDate: item.dueDate,
    currency: item.currency,
    amount: moneyText(item.amount, item.currency),
    openAmount: moneyText(item.openAmount, item.currency),
    daysOverdue: daysOverdue(item, today),
    discount: item.discount,
    paymentId: item.paymentId === null ? null : gatewayId('payment', connection, item.paymentId),
  }
}

function totalsOf(items: readonly NativeOpenItem[], currency: string) {
  const openInvoices = sum(items.filter(isReceivable).map((item) => item.openAmount))
  const openCredits = sum(items.filter((item) => !isReceivable(item)).map((item) => item.openAmount))
  return {
    openInvoices: moneyText(openInvoices, currency),
    openCredits: moneyText(openCredits, currency),
    net: moneyText(subtract(openInvoices, openCredits), currency),
  }
}

/** The list with its totals; oldest due first, credits after what is owed. */
export function openItemList(
  connection: string,
  customer: OpenItemList['customer'],
  all: readonly NativeOpenItem[],
  wanted: string | null,
  fallbackCurrency: string | null,
  today: string,
): OpenItemList {
  const items = wanted ? all.filter((item) => item.currency === wanted) : [...all]
  const key = (item: NativeOpenItem) =>
    [
      isReceivable(item) ? '0' : '1',
      item.dueDate ?? item.date ?? '9999',
      item.date ?? '9999',
      item.number ?? '',
      item.nativeId,
    ].join('\u0000')
  items.sort((one, other) => (key(one) < key(other) ? -1 : 1))
  const currencies = [...new Set(items.map((item) => item.currency))].sort()
  const currency = wanted ?? (currencies.length > 1 ? null : (currencies[0] ?? fallbackCurrency))
  return {
    object: 'list',
    customer,
    currency,
    data: items.map((item) => publishItem(connection, item, today)),
    totals: currency === null ? { openInvoices: null, openCredits: null, net: null } : totalsOf(items, currency),
    totalsByCurrency: currencies.map((one) => ({
      currency: one,
      ...totalsOf(
        items.filter((item) => item.currency === one),
        one,
      ),
    })),
  }
}
