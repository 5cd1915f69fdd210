/** The numbers that people know for RECORDNOs, in one request. */
import type { Desk } from './account.ts'
import { MAX_IN_VALUES, type QueryCall } from './client.ts'
import { DEBIT } from './payment-details.ts'

/** By our id: `101`, `debit-412`. A payment has hardly more invoices than a filter has places; the rest stays without. */
export async function invoiceNumbers(
  desk: Desk,
  invoices: readonly string[],
  debitMemos: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [
    { object: 'ARINVOICE', prefix: '', keys: invoices },
    { object: 'ARADJUSTMENT', prefix: DEBIT, keys: debitMemos },
  ].filter(({ keys }) => keys.length > 0)
  const numbers = new Map<string, string>()
  if (wanted.length === 0) return numbers
  const pages = await desk.client.queries(
    wanted.map(({ object, keys }) => callFor(object, keys.slice(0, MAX_IN_VALUES))),
  )
  for (const [index, { prefix }] of wanted.entries()) {
    for (const { fields } of pages[index]!.records) {
      const number = fields['RECORDID'] || fields['DOCNUMBER']
      if (typeof number === 'string' && number !== '') numbers.set(`${prefix}${fields['RECORDNO']}`, number)
    }
  }
  return numbers
}

const callFor = (object: string, keys: readonly string[]): QueryCall => ({
  object,
  select: ['RECORDNO', 'RECORDID', 'DOCNUMBER'],
  filter: ['in', [['field', 'RECORDNO'], ...keys.map((key) => ['value', key] as const)]],
  pageSize: keys.length,
})
