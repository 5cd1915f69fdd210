/** Who paid an invoice: the details of its customer's payments, read in batches. */
import type { InvoiceRecord } from '../../../schemas/invoice.ts'
import { contextOf, type Desk } from './account.ts'
import { allRecords } from './all-records.ts'
import { type AnswerRecord, linesOf } from './answer.ts'
import { MAX_READ_KEYS } from './client.ts'
import { usDate } from './codecs.ts'
import { DETAIL_LIST, settledBy } from './payment-details.ts'
import { isNoReceipt, statusOf } from './payment-states.ts'

/** Payments do not show their details in `query`, and that details can be queried by themselves is not documented. */
export async function paymentsOf(
  desk: Desk,
  invoiceId: string,
  invoice: AnswerRecord,
): Promise<NonNullable<InvoiceRecord['payments']>> {
  const listed = await allRecords(desk.client, {
    object: 'ARPYMT',
    select: ['RECORDNO', 'STATE', 'RECORDTYPE'],
    filter: [
      'equalto',
      [
        ['field', 'CUSTOMERID'],
        ['value', String(invoice.fields['CUSTOMERID'] ?? '')],
      ],
    ],
  })
  const keys = listed
    .filter(({ fields }) => !isNoReceipt(fields) && !['draft', 'voided'].includes(statusOf(fields)))
    .map(({ fields }) => String(fields['RECORDNO']))
  const payments: NonNullable<InvoiceRecord['payments']> = []
  for (let start = 0; start < keys.length; start += MAX_READ_KEYS) {
    for (const record of await desk.client.read('ARPYMT', keys.slice(start, start + MAX_READ_KEYS))) {
      const { applications } = settledBy(linesOf(record, DETAIL_LIST), contextOf(desk.settings, record.fields))
      const date = record.fields['RECEIPTDATE']
      for (const { amount } of applications.filter((one) => one.invoiceId === invoiceId)) {
        payments.push({
          id: String(record.fields['RECORDNO']),
          amount,
          date: date ? usDate.decode(date, contextOf(desk.settings)) : null,
        })
      }
    }
  }
  return payments
}
