/** What a payment is and what it settled: its own details, and what its rest has settled since through other records. */
import type { Warning } from '../../../schemas/common.ts'
import type { PaymentRecord } from '../../../schemas/payment.ts'
import type { Context } from '../../mapping/codec.ts'
import { toUnified } from '../../mapping/mapping.ts'
import { compare, isDecimal, isPositive, negate, subtract, sum } from '../../mapping/money.ts'
import { readPart, withWarnings } from '../../mapping/reading.ts'
import type { Found, ReadOptions } from '../provider.ts'
import { contextOf, type Desk, isKey, notFound } from './account.ts'
import { type AnswerRecord, linesOf, rawOf } from './answer.ts'
import { userDate } from './codecs.ts'
import { invoiceNumbers } from './invoice-numbers.ts'
import { COMPUTED } from './payment.ts'
import { asCash, DETAIL_LIST, type Settled, settledBy, settledOf } from './payment-details.ts'
import { statusOf } from './payment-states.ts'
import { keyOf } from './record-keys.ts'
import { referenceIdOf } from './references.ts'
import { withFilled } from './selected-fields.ts'
import { isCreditOnly, type Settlement, settlementsOf } from './settlements.ts'

/** Advances have this before their RECORDNO in our ids. */
export const ADVANCE = 'adv-'

export const KEY = 'RECORDNO'

export interface Place {
  readonly object: 'ARPYMT' | 'ARADVANCE'
  readonly key: string
}
export function placeOf(id: string): Place | null {
  const [object, key] = id.startsWith(ADVANCE)
    ? (['ARADVANCE', id.slice(ADVANCE.length)] as const)
    : (['ARPYMT', id] as const)
  return isKey(key) ? { object, key } : null
}
export const idOf = (object: string, key: string): string => (object === 'ARADVANCE' ? `${ADVANCE}${key}` : key)

/** The payment's rest under the name that details have for it. */
export const restOf = ({ object, key }: Place): string => `${object === 'ARADVANCE' ? 'advance' : 'overpayment'}-${key}`

// Reading

export async function getPayment(desk: Desk, id: string, options: ReadOptions = {}): Promise<Found<PaymentRecord>> {
  return (await readHistory(desk, id, options)).found
}

export interface PaymentHistory {
  readonly found: Found<PaymentRecord>
  readonly place: Place
  readonly record: AnswerRecord
  /** By its own details. */
  readonly own: Settled
  /** Later records without cash that are part of it, oldest first. */
  readonly later: readonly Settlement[]
  /** Other receipts that used a part of its rest. */
  readonly elsewhere: readonly Settlement[]
}

export async function readHistory(desk: Desk, id: string, options: ReadOptions = {}): Promise<PaymentHistory> {
  const place = placeOf(id)
  // Only `read` gives the details.
  const record = place && (await desk.client.read(place.object, [place.key]))[0]
  if (!place || !record) throw notFound('payment', id)
  const context = contextOf(desk, record.fields)
  const own = settledBy(linesOf(record, DETAIL_LIST), context)
  if (place.object === 'ARPYMT' && isCreditOnly(record.fields, own)) throw notFound('payment', id)
  const { uses, unread } = await laterUses(desk, place, record, own)
  const later = uses.filter((use) => belongsTo(use, place))
  const elsewhere = uses.filter((use) => !belongsTo(use, place))
  const rest = restOf(place)
  const settled = settledOf(
    [
      ...own.parts,
      ...later.flatMap((use) => asCash(use.settled.parts, rest)),
      ...elsewhere.flatMap((use) => asCash(ownUses(use, rest), rest)),
    ],
    context.currency,
  )
  const asked = (field: string) => options.fields?.has(field) ?? true
  const fields = {
    ...record.fields,
    [COMPUTED.applications]: asked('applications') ? await numbered(desk, settled) : undefined,
    [COMPUTED.credits]: settled.credits,
    [COMPUTED.cash]: own.cash,
    [COMPUTED.void]: asked('void') && statusOf(record.fields) === 'voided' ? await reversalOf(desk, place) : null,
  }
  const found = foundPayment(desk, place.object, { ...record, fields }, options.fields ?? null)
  const warnings = asked('applications') ? [...own.unread, ...unread] : []
  return {
    found: withWarnings(found, [...warnings, ...withoutNumber(found.record.applications ?? [])]),
    place,
    record,
    own,
    later,
    elsewhere,
  }
}

/** An invoice has a number: where none was shown for its key, that is told. */
export const withoutNumber = (
  applications: readonly { readonly invoiceId: string | null; readonly invoiceNumber: string | null }[],
): Warning[] =>
  applications.flatMap(({ invoiceId, invoiceNumber }, place) =>
    invoiceId === null || invoiceNumber !== null
      ? []
      : [
          {
            pointer: `/applications/${place}/invoiceNumber`,
            code: 'not_available',
            detail: 'Sage Intacct shows no number of this invoice.',
          },
        ],
  )

/** How much less is left of a posted receipt than its own details leave; zero where that cannot be told. */
function usedOfRest({ fields }: AnswerRecord, own: Settled): string {
  const { TRX_TOTALENTERED: amount, TRX_TOTALDUE: due } = fields
  const posted = !['draft', 'voided'].includes(statusOf(fields))
  if (!posted || typeof amount !== 'string' || typeof due !== 'string') return '0'
  if (!isDecimal(amount) || !isDecimal(due)) return '0'
  const left = compare(due, '0') < 0 ? negate(due) : due
  return subtract(subtract(amount, left), own.cash)
}

/**
 * What the rest has settled: other records of the customer name it as a credit. Whatever else cannot be read of the customer
 * is told only where they do not make up what is used.
 */
async function laterUses(
  desk: Desk,
  place: Place,
  record: AnswerRecord,
  own: Settled,
): Promise<{ uses: readonly Settlement[]; unread: readonly Warning[] }> {
  const used = usedOfRest(record, own)
  if (!isPositive(used)) return { uses: [], unread: [] }
  const settlements = await settlementsOf(desk, record.fields['CUSTOMERID'], { after: place.key })
  const uses = settlements.found.filter((one) => ownUses(one, restOf(place)).length > 0)
  const shown = sum(uses.flatMap((use) => ownUses(use, restOf(place))).map(({ amount }) => amount))
  // A record without cash is part of the payment with all that it settles.
  const parts = uses.flatMap(({ settled }) => settled.unread)
  if (compare(shown, used) === 0) return { uses, unread: parts }
  return { uses, unread: settlements.unread.length > 0 ? settlements.unread : [NOT_ALL] }
}

const NOT_ALL: Warning = {
  pointer: '/applications',
  code: 'garbled',
  detail: 'More of the payment is used than its applications show.',
}

const ownUses = ({ settled }: Settlement, creditId: string) =>
  settled.parts.filter((part) => part.creditId === creditId)

/**
 * A record that applies credits and no cash is no payment of its own: it is part of the receipt whose rest it uses first.
 * The gateway writes that rest first.
 */
const belongsTo = ({ record, settled }: Settlement, place: Place): boolean =>
  isCreditOnly(record.fields, settled) && settled.parts[0]?.creditId === restOf(place)

export function foundPayment(
  desk: Desk,
  object: string,
  record: AnswerRecord,
  wanted: ReadonlySet<string> | null,
): Found<PaymentRecord> {
  const fields = withFilled(object, record.fields, desk.hidden.of(object))
  return {
    nativeId: idOf(object, keyOf(record)),
    ...toUnified(desk.mappings.payment, fields, contextOf(desk, fields), wanted),
    raw: rawOf(record.content),
  }
}

async function numbered(desk: Desk, settled: Settled): Promise<PaymentRecord['applications']> {
  const numbers = await invoiceNumbers(desk, settled.invoiceKeys, settled.debitMemoKeys)
  return settled.applications.map((application) => ({
    ...application,
    invoiceNumber: numbers.get(application.invoiceId ?? '') ?? null,
  }))
}

/** The second record of a reversal names the first as its parent (by the field's name; not documented). */
async function reversalOf(desk: Desk, place: Place): Promise<(context: Context) => PaymentRecord['void']> {
  const unknown = () => ({ how: 'reversed' as const, date: null, reversalId: null })
  // The recorded field list of ARADVANCE has no parent.
  if (place.object === 'ARADVANCE') return unknown
  const page = await desk.client.query({
    object: place.object,
    select: [KEY, 'RECEIPTDATE'],
    filter: [
      'equalto',
      [
        ['field', 'PARENTPAYMENTKEY'],
        ['value', place.key],
      ],
    ],
    orderBy: [{ field: KEY, descending: true }],
    pageSize: 1,
  })
  const [record] = page.records
  if (!record) return unknown
  return (context) => ({
    how: 'reversed',
    date: readPart(context, '/date', 'RECEIPTDATE', () => userDate.decode(record.fields['RECEIPTDATE'], context)),
    reversalId: readPart(context, '/reversalId', KEY, () => referenceIdOf(record.fields[KEY])),
  })
}
