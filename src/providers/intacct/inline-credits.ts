/** Negative lines of invoices as credits; only for companies that have switched that on. */
import { compare, isZero, moneyText, negate, sum } from '../../mapping/money.ts'
import type { NativeOpenItem } from '../provider.ts'
import type { Desk } from './account.ts'
import { linesOf } from './answer.ts'
import { MAX_READ_KEYS } from './client.ts'

const LINES = 'ARINVOICEITEMS'

/** An invoice shows what is due less its negative lines: the lines become items, and the invoice shows the whole again. */
export async function withInlineCredits(desk: Desk, items: readonly NativeOpenItem[]): Promise<NativeOpenItem[]> {
  const keys = items.filter(({ kind }) => kind === 'invoice').map(({ nativeId }) => nativeId)
  const credits: NativeOpenItem[] = []
  for (let start = 0; start < keys.length; start += MAX_READ_KEYS) {
    for (const record of await desk.client.read('ARINVOICE', keys.slice(start, start + MAX_READ_KEYS))) {
      const invoice = items.find(({ kind, nativeId }) => kind === 'invoice' && nativeId === record.fields['RECORDNO'])
      if (invoice) credits.push(...linesOf(record, LINES).flatMap((line) => inlineCredit(invoice, line)))
    }
  }
  return [...items.map((item) => whole(item, credits)), ...credits]
}

function inlineCredit(invoice: NativeOpenItem, line: Readonly<Record<string, unknown>>): NativeOpenItem[] {
  const { RECORDNO: key, TRX_AMOUNT: amount, TRX_TOTALDUE: due } = line
  if (typeof key !== 'string' || typeof amount !== 'string' || amount === '' || compare(amount, '0') >= 0) return []
  const open = typeof due === 'string' && due !== '' ? due : amount
  if (isZero(open)) return []
  const text = (value: string) => moneyText(negate(value), invoice.currency)
  return [
    {
      ...invoice,
      kind: 'inline',
      nativeId: `${invoice.nativeId}.${key}`,
      dueDate: null,
      amount: text(amount),
      openAmount: text(open),
      paymentId: null,
    },
  ]
}

function whole(item: NativeOpenItem, credits: readonly NativeOpenItem[]): NativeOpenItem {
  const own = item.kind === 'invoice' ? credits.filter(({ nativeId }) => nativeId.startsWith(`${item.nativeId}.`)) : []
  if (own.length === 0) return item
  const plus = (amount: string, more: readonly string[]) => moneyText(sum([amount, ...more]), item.currency)
  return {
    ...item,
    amount: plus(
      item.amount,
      own.map(({ amount }) => amount),
    ),
    openAmount: plus(
      item.openAmount,
      own.map(({ openAmount }) => openAmount),
    ),
  }
}
