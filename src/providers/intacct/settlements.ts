/** Posted payments of a customer with their details: who paid an invoice, and where the rest of a receipt went. */
import { isDecimal, isZero } from '../../mapping/money.ts'
import { contextOf, type Desk } from './account.ts'
import { allRecords } from './all-records.ts'
import { type AnswerRecord, linesOf } from './answer.ts'
import { MAX_READ_KEYS } from './client.ts'
import { DETAIL_LIST, type Settled, settledBy } from './payment-details.ts'
import { isReversal, statusOf } from './payment-states.ts'

export interface Settlement {
  /** RECORDNO. */
  readonly key: string
  readonly record: AnswerRecord
  readonly settled: Settled
}

/**
 * `query` gives no details, and that details can be queried by themselves is not documented: the payments are found by their
 * customer and read in batches. Those before `after` are left out.
 */
export async function settlementsOf(desk: Desk, customerId: string, after = '0'): Promise<Settlement[]> {
  const listed = await allRecords(desk.client, {
    object: 'ARPYMT',
    select: ['RECORDNO', 'STATE'],
    filter: [
      'and',
      [
        [
          'equalto',
          [
            ['field', 'CUSTOMERID'],
            ['value', customerId],
          ],
        ],
        [
          'greaterthan',
          [
            ['field', 'RECORDNO'],
            ['value', after],
          ],
        ],
      ],
    ],
  })
  const keys = listed.filter(({ fields }) => isBooked(fields)).map(({ fields }) => String(fields['RECORDNO']))
  const settlements: Settlement[] = []
  for (let start = 0; start < keys.length; start += MAX_READ_KEYS) {
    for (const record of await desk.client.read('ARPYMT', keys.slice(start, start + MAX_READ_KEYS))) {
      settlements.push({
        key: String(record.fields['RECORDNO']),
        record,
        settled: settledBy(linesOf(record, DETAIL_LIST), contextOf(desk, record.fields)),
      })
    }
  }
  return settlements
}

/** It moves no cash: nothing but credits on invoices. */
export const isCreditOnly = ({ TRX_TOTALENTERED: amount }: AnswerRecord['fields'], { parts }: Settled): boolean =>
  parts.length > 0 && parts.every((part) => part.creditId !== null) && (!amount || isNothing(amount))

const isNothing = (amount: unknown): boolean => typeof amount === 'string' && isDecimal(amount) && isZero(amount)

const isBooked = (fields: AnswerRecord['fields']): boolean =>
  !isReversal(fields) && !['draft', 'voided'].includes(statusOf(fields))
