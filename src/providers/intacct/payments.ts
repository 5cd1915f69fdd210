/** Operations on payments: one resource out of ARPYMT (receipts with applications) and ARADVANCE (without). */
import type { PaymentRecord, PaymentVoid } from '../../../schemas/payment.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import { compare, subtract, sum } from '../../mapping/money.ts'
import { withWarnings } from '../../mapping/reading.ts'
import { today } from '../../mapping/zone.ts'
import type { Found, PaymentChanges, PaymentPlan, VoidedPayment, WriteOnce } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { type Desk, notFound, zoneOf } from './account.ts'
import { markFor } from './memo.ts'
import { createFunction, methodWarnings, updateFunction } from './payment-body.ts'
import { getPayment, type Place, placeOf, readHistory } from './payment-history.ts'
import { checkWhole } from './payment-verbs.ts'
import { reverseFunction } from './reversal.ts'
import {
  type ChangeDraftStep,
  type DeleteDraftStep,
  type MakeStep,
  priorOf,
  priorOfSettlement,
  type ReverseStep,
  stampOf,
} from './step.ts'
import { deleteFunction } from './writing.ts'

export async function createPayment(desk: Desk, plan: PaymentPlan, once: WriteOnce): Promise<Found<PaymentRecord>> {
  const step = await makeStep(desk, plan, once.intentId)
  const warnings = methodWarnings(plan.input)
  const [made] = await once.run([step], { warnings })
  const id = String(made?.nativeId)
  return withWarnings(await readBack(id, () => getPayment(desk, id)), warnings)
}

async function makeStep(desk: Desk, plan: PaymentPlan, intentId: string): Promise<MakeStep> {
  const mark = markFor(desk, intentId)
  const call = await createFunction(desk, plan, mark)
  const object = plan.applications.length > 0 ? 'ARPYMT' : 'ARADVANCE'
  return {
    ...{ kind: 'make', title: `create ${object}`, functions: [call], object, customerId: plan.customerId, mark },
    ...{ nativeId: null, reversed: [] },
  }
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
  if (changes.allocation !== null) checkWhole(before)
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
  const mark = markFor(desk, once.intentId)
  const memo = before.record.memo ?? ''
  const call = await updateFunction(desk, place.key, { input, allocation: changes.allocation, memo, mark })
  const draft = { ...place, stamp: stampOf(before.raw) }
  const step: ChangeDraftStep = {
    ...{ kind: 'change-draft', title: 'update ARPYMT', functions: [call], nativeId: id, draft, mark },
  }
  const warnings = methodWarnings(input)
  await once.run([step], { warnings })
  return withWarnings(await readBack(id, () => getPayment(desk, id)), warnings)
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
  const before = await getPayment(desk, id)
  const place = draftPlace(id, before)
  const step: DeleteDraftStep = {
    kind: 'delete-draft',
    title: 'delete ARPYMT',
    functions: [deleteFunction(place.object, place.key)],
    nativeId: id,
    draft: { ...place, stamp: stampOf(before.raw) },
  }
  await once.run([step])
}

/** What its rest settled in records without cash goes with it, all or nothing. */
export async function voidPayment(desk: Desk, id: string, how: PaymentVoid, once: WriteOnce): Promise<VoidedPayment> {
  const { found: before, place, record, later, elsewhere } = await readHistory(desk, id)
  if (before.record.status === 'voided') return voided(before)
  checkReversible(before, elsewhere.length > 0)
  checkWhole(before, /^\/applications\b/)
  const date = how.date ?? today(desk.now(), zoneOf(desk.settings))
  const reversed = [...later.map(priorOfSettlement).reverse(), priorOf(place, record)]
  const step: ReverseStep = {
    kind: 'reverse',
    title: 'reverse_arpayment',
    functions: reversed.map(({ key }) => reverseFunction(key, date, how.memo)),
    nativeId: id,
    reversed,
  }
  // Of an advance nothing tells later when it was reversed.
  const told = place.object === 'ARADVANCE' ? { void: { how: 'reversed', reversalId: null, date } as const } : {}
  await once.run([step], told)
  return voided(await readBack(id, () => getPayment(desk, id)), date)
}

/** `date` is what was just asked for, where the ERP shows no record of the reversal. */
const voided = (payment: Found<PaymentRecord>, date: string | null = null): VoidedPayment => ({
  payment,
  void: {
    how: 'reversed',
    date: null,
    reversalId: null,
    ...payment.record.void,
    ...(!payment.record.void?.date && { date }),
  },
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
