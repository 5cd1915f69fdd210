/** Everything of a customer that is open, from four objects in one request. */
import type { OpenItemKind } from '../../../schemas/open-item.ts'
import { compare, moneyText, negate } from '../../mapping/money.ts'
import { readPart } from '../../mapping/reading.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { NativeOpenItem } from '../provider.ts'
import { contextOf, type Desk } from './account.ts'
import { allOfEach } from './all-records.ts'
import type { AnswerRecord } from './answer.ts'
import { userDate } from './codecs.ts'
import { withInlineCredits } from './inline-credits.ts'
import { ADVANCE } from './payment-history.ts'
import { isNoReceipt, statusOf } from './payment-states.ts'

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
  !['draft', 'reversed'].includes(String(fields['STATE'] ?? '').toLowerCase())
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

function openItem(desk: Desk, { kindOf }: OpenSource, record: AnswerRecord): NativeOpenItem[] {
  const { fields } = record
  const due = text(fields['TRX_TOTALDUE']) ?? '0'
  const kind = compare(due, '0') === 0 ? null : kindOf(record, compare(due, '0') < 0)
  if (kind === null) return []
  const context = contextOf(desk, fields)
  const amount = (value: string) => moneyText(compare(value, '0') < 0 ? negate(value) : value, context.currency)
  const date = (value: unknown) =>
    text(value) === null ? null : readPart(context, '', 'date', () => userDate.decode(value, context))
  const key = String(fields['RECORDNO'])
  return [
    {
      nativeId: key,
      kind,
      number: text(fields['RECORDID']) ?? text(fields['DOCNUMBER']),
      date: date(fields['WHENCREATED'] ?? fields['RECEIPTDATE']),
      dueDate: date(fields['WHENDUE']),
      currency: context.currency ?? '',
      amount: amount(text(fields['TRX_TOTALENTERED']) ?? due),
      openAmount: amount(due),
      discount: null,
      paymentId: kind === 'overpayment' ? key : kind === 'advance' ? `${ADVANCE}${key}` : null,
    },
  ]
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
