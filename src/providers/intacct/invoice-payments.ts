/** Who paid an invoice. */
import type { InvoiceRecord } from '../../../schemas/invoice.ts'
import { contextOf, type Desk } from './account.ts'
import type { AnswerRecord } from './answer.ts'
import { usDate } from './codecs.ts'
import { settlementsOf } from './settlements.ts'

export async function paymentsOf(
  desk: Desk,
  invoiceId: string,
  invoice: AnswerRecord,
): Promise<NonNullable<InvoiceRecord['payments']>> {
  const settlements = await settlementsOf(desk, String(invoice.fields['CUSTOMERID'] ?? ''))
  return settlements.flatMap(({ record, settled }) => {
    const date = record.fields['RECEIPTDATE']
    return settled.applications
      .filter((application) => application.invoiceId === invoiceId)
      .map(({ amount }) => ({
        id: String(record.fields['RECORDNO']),
        amount,
        date: date ? usDate.decode(date, contextOf(desk.settings)) : null,
      }))
  })
}
