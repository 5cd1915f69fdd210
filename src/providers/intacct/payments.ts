/** Operations on payments: one resource out of ARPYMT (receipts with applications) and ARADVANCE (without). */
import type { PaymentRecord, PaymentVoid } from '../../../schemas/payment.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import { toUnified } from '../../mapping/mapping.ts'
import { compare, negate, subtract, sum } from '../../mapping/money.ts'
import { today } from '../../mapping/zone.ts'
import type { Found, PaymentChanges, PaymentPlan, ReadOptions, VoidedPayment, WriteOnce } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { contextOf, type Desk, isKey, madeBy, notFound, zoneOf } from './account.ts'
import { type AnswerRecord, linesOf, rawOf } from './answer.ts'
import { usDate } from './codecs.ts'
import { invoiceNumbers } from './invoice-numbers.ts'
import { COMPUTED } from './payment.ts'
import { createFunction, methodWarnings, updateFunction } from './payment-body.ts'
import { DETAIL_LIST, joined, type Settled, settledBy, usesAsCash } from './payment-details.ts'
import { statusOf } from './payment-states.ts'
import { settlementsOf } from './settlements.ts'

/** Advances have this before their RECORDNO in our ids. */
export const ADVANCE = 'adv-'

const KEY = 'RECORDNO'

interface Place {
  readonly object: 'ARPYMT' | 'ARADVANCE'
  readonly key: string
}
export function placeOf(id: string): Place | null {
  const [object, key] = id.startsWith(ADVANCE)
    ? (['ARADVANCE', id.slice(ADVANCE.length)] as const)
    : (['ARPYMT', id] as const)
  return isKey(key) ? { object, key } : null
}
const idOf = (object: string, key: string): string => (object === 'ARADVANCE' ? `${ADVANCE}${key}` : key)

// Reading

export async function getPayment(desk: Desk, id: string, options: ReadOptions = {}): Promise<Found<PaymentRecord>> {
  return (await readPayment(desk, id, options)).found
}

/** `usedElsewhere`: a part of its rest has settled other invoices since. */
async function readPayment(
  desk: Desk,
  id: string,
  options: ReadOptions = {},
): Promise<{ found: Found<PaymentRecord>; usedElsewhere: boolean }> {
  const place = placeOf(id)
  // Only `read` gives the details.
  const record = place && (await desk.client.read(place.object, [place.key]))[0]
  if (!place || !record) throw notFound('payment', id)
  const own = settledBy(linesOf(record, DETAIL_LIST), contextOf(desk.settings, record.fields))
  const later = restIsUsed(record, own) ? await laterUses(desk, place, record) : []
  const settled = joined(own, later)
  const asked = (field: string) => options.fields?.has(field) ?? true
  const fields = {
    ...record.fields,
    [COMPUTED.applications]: asked('applications') ? await numbered(desk, settled) : undefined,
    [COMPUTED.credits]: settled.credits,
    [COMPUTED.cash]: own.cash,
    [COMPUTED.void]: asked('void') && statusOf(record.fields) === 'voided' ? await reversalOf(desk, place) : null,
  }
  const found = foundPayment(desk, place.object, { ...record, fields }, options.fields ?? null)
  return { found, usedElsewhere: later.length > 0 }
}

/** Less is left of a posted receipt than its own details leave. */
function restIsUsed({ fields }: AnswerRecord, own: Settled): boolean {
  const { TRX_TOTALENTERED: amount, TRX_TOTALDUE: due } = fields
  const posted = !['draft', 'voided'].includes(statusOf(fields))
  if (!posted || typeof amount !== 'string' || typeof due !== 'string' || amount === '' || due === '') return false
  const left = compare(due, '0') < 0 ? negate(due) : due
  return compare(subtract(amount, left), own.cash) > 0
}

/** What the rest has settled: other payments of the customer name it as a credit. */
async function laterUses(desk: Desk, place: Place, record: AnswerRecord): Promise<Settled[]> {
  const creditId = `${place.object === 'ARADVANCE' ? 'advance' : 'overpayment'}-${place.key}`
  const { currency } = contextOf(desk.settings, record.fields)
  const settlements = await settlementsOf(desk, String(record.fields['CUSTOMERID'] ?? ''), place.key)
  return settlements.flatMap(({ settled }) => {
    const uses = settled.credits.filter((credit) => credit.creditId === creditId)
    return uses.length > 0 ? [usesAsCash(settled, uses, currency)] : []
  })
}

export function foundPayment(
  desk: Desk,
  object: string,
  record: AnswerRecord,
  wanted: ReadonlySet<string> | null,
): Found<PaymentRecord> {
  return {
    nativeId: idOf(object, String(record.fields[KEY] ?? '')),
    record: toUnified(desk.mappings.payment, record.fields, contextOf(desk.settings, record.fields), wanted),
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
async function reversalOf(desk: Desk, place: Place): Promise<PaymentRecord['void']> {
  const unknown = { how: 'reversed' as const, date: null, reversalId: null }
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
  const fields = page.records[0]?.fields
  if (!fields) return unknown
  const date = fields['RECEIPTDATE']
  return {
    how: 'reversed',
    date: date ? usDate.decode(date, contextOf(desk.settings)) : null,
    reversalId: String(fields[KEY]),
  }
}

// Writing

export async function createPayment(desk: Desk, plan: PaymentPlan, once: WriteOnce): Promise<Found<PaymentRecord>> {
  const call = await createFunction(desk, plan, once.intentId)
  const object = plan.applications.length > 0 ? 'ARPYMT' : 'ARADVANCE'
  const results = await desk.client.write({ title: `create ${object}`, functions: [call], intentId: once.intentId })
  const id = idOf(object, madeBy(results[0], KEY))
  const found = await readBack(id, () => getPayment(desk, id))
  return { ...found, warnings: methodWarnings(plan.input) }
}

/** Only drafts change; what is posted is reversed and made again. */
export async function updatePayment(
  desk: Desk,
  id: string,
  changes: PaymentChanges,
  once: WriteOnce,
): Promise<Found<PaymentRecord>> {
  const place = draftPlace(id, changes.before)
  const { input, before } = changes
  const appliedCash = sum((before.record.applications ?? []).map((application) => application.cashAmount ?? '0'))
  if (input.amount !== undefined && changes.allocation === null) {
    const rest = subtract(input.amount, appliedCash)
    if (compare(rest, '0') < 0)
      throw fieldError('allocation_exceeds_amount', '/amount', `The draft applies ${appliedCash} already.`)
    throw fieldError(
      'field_required',
      '/applications',
      'A draft of Sage Intacct has the sum of its applications and its rest for an amount: send applications too.',
    )
  }
  const call = await updateFunction(desk, place.key, { input, allocation: changes.allocation, appliedCash })
  await desk.client.write({ title: 'update ARPYMT', functions: [call], intentId: once.intentId })
  const found = await readBack(id, () => getPayment(desk, id))
  return { ...found, warnings: methodWarnings(input) }
}

function draftPlace(id: string, found: Found<PaymentRecord>): Place {
  const place = placeOf(id)
  if (!place) throw notFound('payment', id)
  if (found.record.status !== 'draft' || place.object !== 'ARPYMT') {
    const state = found.record.statusText ?? found.record.status ?? 'posted'
    throw new GatewayError(
      'not_changeable',
      `The payment is no draft (${state}): Sage Intacct does not change posted payments. Void it and create it again.`,
    )
  }
  return place
}

export async function deletePayment(desk: Desk, id: string, once: WriteOnce): Promise<void> {
  const place = draftPlace(id, await getPayment(desk, id))
  await desk.client.write({
    title: 'delete ARPYMT',
    functions: [
      [
        'delete',
        [
          ['object', place.object],
          ['keys', place.key],
        ],
      ],
    ],
    intentId: once.intentId,
  })
}

/** The generic functions cannot reverse an ARPYMT: the legacy one can. That it takes an advance too is uncertain. */
export async function voidPayment(desk: Desk, id: string, how: PaymentVoid, once: WriteOnce): Promise<VoidedPayment> {
  const { found: before, usedElsewhere } = await readPayment(desk, id)
  if (before.record.status === 'voided') return voided(before)
  checkReversible(before, usedElsewhere)
  const { key } = placeOf(id) as Place
  const date = how.date ?? today(desk.now(), zoneOf(desk.settings))
  const [year, month, day] = date.split('-') as [string, string, string]
  await desk.client.write({
    title: 'reverse_arpayment',
    functions: [
      [
        'reverse_arpayment',
        [
          [
            'datereversed',
            [
              ['year', year],
              ['month', month],
              ['day', day],
            ],
          ],
          ...(how.memo === undefined ? [] : [['description', how.memo] as const]),
        ],
        { key },
      ],
    ],
    intentId: once.intentId,
  })
  return voided(await readBack(id, () => getPayment(desk, id)), date)
}

/** `date` is what was just asked for, where the ERP shows no record of the reversal. */
const voided = (payment: Found<PaymentRecord>, date: string | null = null): VoidedPayment => ({
  payment,
  void: { how: 'reversed', reversalId: null, ...payment.record.void, date: payment.record.void?.date ?? date },
})

function checkReversible({ record }: Found<PaymentRecord>, usedElsewhere: boolean): void {
  if (record.status === 'draft') throw new GatewayError('not_changeable', 'A draft is deleted, not voided.')
  if (usedElsewhere) {
    throw new GatewayError(
      'not_changeable',
      'The rest of the payment has been used by other payments; void those first.',
    )
  }
}
