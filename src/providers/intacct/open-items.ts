/** Everything of a customer that is open, from four objects in one request. */
import type { OpenItemKind } from '../../../schemas/open-item.ts'
import { isEmpty, money, text as textCodec } from '../../mapping/codec.ts'
import { compare, negate } from '../../mapping/money.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { NativeOpenItem } from '../provider.ts'
import { contextOf, type Desk } from './account.ts'
import { allOfEach } from './all-records.ts'
import { type AnswerRecord, garbled } from './answer.ts'
import { userDate } from './codecs.ts'
import { withInlineCredits } from './inline-credits.ts'
import { ADVANCE } from './payment-history.ts'
import { isNoReceipt, stateOf, statusOf } from './payment-states.ts'
import { keyOf } from './record-keys.ts'

const AMOUNTS = ['RECORDNO', 'CUSTOMERID', 'STATE', 'CURRENCY', 'TRX_TOTALENTERED', 'TRX_TOTALDUE']

interface OpenSource {
  readonly object: string
  readonly select: readonly string[]
  /** Owed to us, or by us; null where it is neither. */
  readonly kindOf: (record: AnswerRecord, isCredit: boolean) => OpenItemKind | null
}

/**
 * Below zero means a credit (developer docs, invoices). The open rest of a receipt is what its ARPYMT has due: the docs
 * look for overpayments there, and no other record was found. Inline credits (negative lines) need every invoice read by itself
 * (setting `inlineCredits`); without them their invoice shows the net amount as open.
 */
const SOURCES: readonly OpenSource[] = [
  {
    object: 'ARINVOICE',
    select: [...AMOUNTS, 'RECORDID', 'DOCNUMBER', 'WHENCREATED', 'WHENDUE'],
    kindOf: (record, isCredit) => (isBooked(record) ? (isCredit ? 'negative-invoice' : 'invoice') : null),
  },
  {
    object: 'ARADJUSTMENT',
    select: [...AMOUNTS, 'RECORDID', 'DOCNUMBER', 'WHENCREATED'],
    kindOf: (record, isCredit) => (isBooked(record) ? (isCredit ? 'memo' : 'debit-memo') : null),
  },
  {
    object: 'ARADVANCE',
    select: [...AMOUNTS, 'RECORDID', 'DOCNUMBER', 'RECEIPTDATE'],
    kindOf: (record) => (isUsable(record) ? 'advance' : null),
  },
  {
    object: 'ARPYMT',
    select: [...AMOUNTS, 'RECORDID', 'DOCNUMBER', 'RECEIPTDATE', 'RECORDTYPE'],
    kindOf: (record) => (isUsable(record) && !isNoReceipt(record.fields) ? 'overpayment' : null),
  },
]

const isBooked = ({ fields }: AnswerRecord): boolean =>
  !['draft', 'reversed'].includes((stateOf(fields) ?? '').toLowerCase())
const isUsable = ({ fields }: AnswerRecord): boolean => !['draft', 'voided'].includes(statusOf(fields))

export async function listOpenItems(desk: Desk, customerId: string): Promise<NativeOpenItem[]> {
  const filter: XmlNode = [
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
        'notequalto',
        [
          ['field', 'TRX_TOTALDUE'],
          ['value', '0'],
        ],
      ],
    ],
  ]
  const records = await allOfEach(
    desk.client,
    SOURCES.map(({ object, select }) => ({ object, select, filter })),
  )
  const items = SOURCES.flatMap((source, index) => records[index]!.flatMap((record) => openItem(desk, source, record)))
  return desk.settings.inlineCredits ? withInlineCredits(desk, items) : items
}

function openItem(desk: Desk, { object, kindOf }: OpenSource, record: AnswerRecord): NativeOpenItem[] {
  const { fields } = record
  const context = contextOf(desk, fields)
  // The sums rest on every record: where one cannot be read there are none.
  const isOfOne = context.currency !== null || desk.hidden.of(object).has('CURRENCY')
  if (isEmpty(stateOf(fields)) || !isOfOne) throw garbled('the state or currency of an open item')
  const due = money.decode(fields['TRX_TOTALDUE'], context)
  const kind = compare(due, '0') === 0 ? null : kindOf(record, compare(due, '0') < 0)
  if (kind === null) return []
  const amount = (value: unknown) => {
    const signed = money.decode(value, context)
    return compare(signed, '0') < 0 ? money.decode(negate(signed), context) : signed
  }
  const date = (value: unknown) => (isEmpty(value) ? null : userDate.decode(value, context))
  const text = (value: unknown) => (isEmpty(value) ? null : textCodec.decode(value, context))
  const key = keyOf(record)
  return [
    {
      nativeId: key,
      kind,
      number: text(fields['RECORDID']) ?? text(fields['DOCNUMBER']),
      date: userDate.decode(fields['WHENCREATED'] ?? fields['RECEIPTDATE'], context),
      dueDate: date(fields['WHENDUE']),
      currency: context.currency ?? '',
      amount: amount(fields['TRX_TOTALENTERED']),
      openAmount: amount(due),
      discount: null,
      paymentId: kind === 'overpayment' ? key : kind === 'advance' ? `${ADVANCE}${key}` : null,
    },
  ]
}
