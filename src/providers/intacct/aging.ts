/** Aging from the open invoices: `get_araging` answers by summary, and its format is not documented well enough. */
import type { CustomerRecord } from '../../../schemas/customer.ts'
import { isEmpty, money, text } from '../../mapping/codec.ts'
import { moneyText, sum } from '../../mapping/money.ts'
import { today } from '../../mapping/zone.ts'
import { contextOf, type Desk, zoneOf } from './account.ts'
import { allRecords } from './all-records.ts'
import type { AnswerRecord } from './answer.ts'
import { userDate } from './codecs.ts'

type Aging = NonNullable<CustomerRecord['aging']>

const DAY_MS = 86_400_000

/** In the invoices' currency; null where there are several. Worked out where the customer is read, as its other fields are. */
export async function agingOf(desk: Desk, customerId: string): Promise<() => Aging> {
  const invoices = await allRecords(desk.client, {
    object: 'ARINVOICE',
    select: ['RECORDNO', 'WHENDUE', 'CURRENCY', 'STATE', 'TRX_TOTALDUE'],
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
            ['field', 'TRX_TOTALDUE'],
            ['value', '0'],
          ],
        ],
      ],
    ],
  })
  return () => agesOf(desk, invoices)
}

function agesOf(desk: Desk, invoices: readonly AnswerRecord[]): Aging {
  const now = Date.parse(today(desk.now(), zoneOf(desk.settings)))
  const context = contextOf(desk)
  const posted = invoices.filter(({ fields }) => text.decode(fields['STATE'], context) !== 'Draft')
  const currencies = new Set(
    posted.map(({ fields: { CURRENCY: currency } }) => (isEmpty(currency) ? null : text.decode(currency, context))),
  )
  const empty = { current: null, days1To30: null, days31To60: null, days61To90: null, over90: null }
  if (currencies.size > 1) return empty
  const [currency = null] = currencies
  const amounts: Record<keyof Aging, string[]> = {
    current: [],
    days1To30: [],
    days31To60: [],
    days61To90: [],
    over90: [],
  }
  for (const { fields } of posted) {
    const due = fields['WHENDUE'] ? Date.parse(userDate.decode(fields['WHENDUE'], context)) : now
    amounts[bucketOf(Math.round((now - due) / DAY_MS))].push(money.decode(fields['TRX_TOTALDUE'], context))
  }
  return Object.fromEntries(
    Object.entries(amounts).map(([bucket, values]) => [bucket, moneyText(sum(values), currency)]),
  ) as Aging
}

function bucketOf(daysOverdue: number): keyof Aging {
  if (daysOverdue <= 0) return 'current'
  if (daysOverdue <= 30) return 'days1To30'
  if (daysOverdue <= 60) return 'days31To60'
  return daysOverdue <= 90 ? 'days61To90' : 'over90'
}
