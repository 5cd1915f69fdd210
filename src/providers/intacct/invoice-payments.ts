/** Who paid an invoice. */
import type { InvoiceRecord } from '../../../schemas/invoice.ts'
import { moneyText, sum } from '../../mapping/money.ts'
import { readPart } from '../../mapping/reading.ts'
import { contextOf, type Desk } from './account.ts'
import type { AnswerRecord } from './answer.ts'
import { userDate } from './codecs.ts'
import { ADVANCE } from './payment-history.ts'
import { creditItem } from './settled-parts.ts'
import { isCreditOnly, type Settlement, settlementsOf } from './settlements.ts'

export async function paymentsOf(
  desk: Desk,
  invoiceId: string,
  invoice: AnswerRecord,
): Promise<NonNullable<InvoiceRecord['payments']>> {
  const settlements = await settlementsOf(desk, String(invoice.fields['CUSTOMERID'] ?? ''))
  const context = contextOf(desk, invoice.fields)
  const { currency } = context
  return settlements.flatMap((settlement) => {
    const date = settlement.record.fields['RECEIPTDATE']
    return amountsBy(settlement, invoiceId).map(([id, amount]) => ({
      id,
      amount: moneyText(amount, currency),
      date: date ? readPart(context, '', 'RECEIPTDATE', () => userDate.decode(date, context)) : null,
    }))
  })
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
