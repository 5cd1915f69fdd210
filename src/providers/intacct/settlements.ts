/** Posted payments of a customer with their details: who paid an invoice, and where the rest of a receipt went. */
import type { Warning } from '../../../schemas/common.ts'
import { isEmpty } from '../../mapping/codec.ts'
import { isDecimal, isZero } from '../../mapping/money.ts'
import { contextOf, type Desk } from './account.ts'
import { allRecords } from './all-records.ts'
import { type AnswerRecord, linesOf } from './answer.ts'
import { MAX_READ_KEYS } from './client.ts'
import { DETAIL_LIST, type Settled, settledBy } from './payment-details.ts'
import { isReversal, stateOf, statusOf } from './payment-states.ts'
import { hasKey, keyOf } from './record-keys.ts'

export interface Settlement {
  /** RECORDNO. */
  readonly key: string
  readonly record: AnswerRecord
  readonly settled: Settled
}
export interface Settlements {
  readonly found: readonly Settlement[]
  /** What could not be read: records and details, at the caller's field. */
  readonly unread: readonly Warning[]
}

/**
 * `query` gives no details, and that details can be queried by themselves is not documented: the payments are found by their
 * customer and read in batches. Those before `after` are left out.
 */
export async function settlementsOf(
  desk: Desk,
  customerId: unknown,
  { after = '0', pointer = '/applications' } = {},
): Promise<Settlements> {
  if (typeof customerId !== 'string' || customerId === '')
    return { found: [], unread: [unreadAt(pointer, 'The payments of the customer: the record names none')] }
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
  // By a word that is not known it may be booked or not.
  const isClear = ({ fields }: AnswerRecord) =>
    stateOf(fields) !== null && (isReversal(fields) || statusOf(fields) !== 'unknown')
  const readable = listed.filter((record) => hasKey(record) && isClear(record))
  const keys = readable.filter(({ fields }) => isBooked(fields)).map(keyOf)
  const found: Settlement[] = []
  for (let start = 0; start < keys.length; start += MAX_READ_KEYS) {
    for (const record of await desk.client.read('ARPYMT', keys.slice(start, start + MAX_READ_KEYS))) {
      const settled = settledBy(linesOf(record, DETAIL_LIST), contextOf(desk, record.fields))
      // Whether it moves cash says whose it is.
      const isReadable = isAmount(record.fields['TRX_TOTALENTERED'])
      const unread = isReadable ? settled.unread : [...settled.unread, { pointer, code: 'garbled', detail: NO_AMOUNT }]
      found.push({ key: keyOf(record), record, settled: { ...settled, unread } })
    }
  }
  const odd = listed.length - readable.length
  const details = found.flatMap(({ settled }) => settled.unread.map((warning) => ({ ...warning, pointer })))
  const records = odd === 0 ? [] : [unreadAt(pointer, `${odd} payments without a readable id or state`)]
  return { found, unread: [...records, ...details] }
}

const NO_AMOUNT = 'The amount of a payment cannot be read: whether it moved cash of its own is not known.'
const isAmount = (value: unknown): boolean => isEmpty(value) || (typeof value === 'string' && isDecimal(value))
const unreadAt = (pointer: string, what: string): Warning => ({
  pointer,
  code: 'garbled',
  detail: `${what}: left out.`,
})

/** It moves no cash: nothing but credits on invoices. */
export const isCreditOnly = ({ TRX_TOTALENTERED: amount }: AnswerRecord['fields'], { parts }: Settled): boolean =>
  parts.length > 0 && parts.every((part) => part.creditId !== null) && (!amount || isNothing(amount))

const isNothing = (amount: unknown): boolean => typeof amount === 'string' && isDecimal(amount) && isZero(amount)

const isBooked = (fields: AnswerRecord['fields']): boolean =>
  !isReversal(fields) && !['draft', 'voided'].includes(statusOf(fields))
