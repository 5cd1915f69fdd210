/** Who paid an invoice. */
import type { Warning } from '../../../schemas/common.ts'
import type { InvoiceRecord } from '../../../schemas/invoice.ts'
import type { Context } from '../../mapping/codec.ts'
import { moneyText, sum } from '../../mapping/money.ts'
import { readPart } from '../../mapping/reading.ts'
import type { Desk } from './account.ts'
import type { AnswerRecord } from './answer.ts'
import { userDate } from './codecs.ts'
import { ADVANCE } from './payment-history.ts'
import { creditItem } from './settled-parts.ts'
import { isCreditOnly, type Settlement, settlementsOf } from './settlements.ts'

type Payments = NonNullable<InvoiceRecord['payments']>

/** Read where the invoice is, so that what cannot be read of a payment is told there. */
export async function paymentsOf(
  desk: Desk,
  invoiceId: string,
  invoice: AnswerRecord,
): Promise<{ payments: (context: Context) => Payments; unread: readonly Warning[] }> {
  const { found, unread } = await settlementsOf(desk, invoice.fields['CUSTOMERID'], { pointer: '/payments' })
  const uses = found.flatMap((settlement) =>
    amountsBy(settlement, invoiceId).map(([id, amount]) => ({
      id,
      amount,
      date: settlement.record.fields['RECEIPTDATE'],
    })),
  )
  const payments = (context: Context) =>
    uses.map(({ id, amount, date }, place) => ({
      id,
      amount: moneyText(amount, context.currency),
      date: readPart(context, `/${place}/date`, 'RECEIPTDATE', () => userDate.decode(date, context)),
    }))
  return { payments, unread }
}

/** By the receipt; a record that moves no cash is none, so there it is by the credits that it applies. */
function amountsBy({ key, record, settled }: Settlement, invoiceId: string): [id: string, amount: string][] {
  const amounts = new Map<string, string>()
  const creditOnly = isCreditOnly(record.fields, settled)
  for (const part of settled.parts.filter((one) => one.invoiceId === invoiceId)) {
    const id = creditOnly ? settlerOf(part.creditId ?? '') : key
    amounts.set(id, sum([amounts.get(id) ?? '0', part.amount]))
  }
  return [...amounts]
}

/** What a payment left is that payment. */
function settlerOf(creditId: string): string {
  const { kind, nativeId } = creditItem(creditId)
  if (kind === 'overpayment') return nativeId
  return kind === 'advance' ? `${ADVANCE}${nativeId}` : creditId
}
