/**
 * More of a payment applied, or taken away. A posted ARPYMT never changes: what its rest settles later is in records of
 * their own that move no cash, and taking cash away means reversing the receipt and making it again.
 */
import type { PaymentRecord } from '../../../schemas/payment.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import { isPositive, moneyText, subtract } from '../../mapping/money.ts'
import type {
  AddedApplications,
  Found,
  PaymentPlan,
  PlannedApplication,
  Release,
  ReplacedPayment,
  WriteOnce,
} from '../provider.ts'
import { readBack } from '../read-back.ts'
import { contextOf, type Desk, notFound } from './account.ts'
import { applyFunction, dateOf, releaseStep } from './credit-application.ts'
import { markFor } from './memo.ts'
import { createFunction } from './payment-body.ts'
import { asCash, type SettledPart } from './payment-details.ts'
import { getPayment, type PaymentHistory, placeOf, readHistory, restOf } from './payment-history.ts'
import { reverseFunction } from './reversal.ts'
import { changedOf, creditItem, type PartsOf, plannedOf, takenOff, totalOf } from './settled-parts.ts'
import { type MakeStep, priorOf, priorOfSettlement } from './step.ts'

export async function applyPayment(
  desk: Desk,
  id: string,
  { allocation, date, before }: AddedApplications,
  once: WriteOnce,
): Promise<Found<PaymentRecord>> {
  const place = placeOf(id)
  if (!place) throw notFound('payment', id)
  if (!isPositive(allocation.appliedCash)) {
    const detail =
      'Sage Intacct ties credits to a payment by its rest, and none is used: apply the credits by themselves.'
    throw fieldError('field_not_supported', '/credits', detail)
  }
  const { record } = before
  const header = {
    customerId: record.customer?.id ?? '',
    currency: record.currency ?? '',
    date,
    like: likeOf(record),
  }
  const mark = markFor(desk, once.intentId)
  const call = applyFunction(desk, header, fromRest(allocation.applications, restOf(place)), mark)
  const step: MakeStep = {
    ...{ kind: 'make', title: 'create ARPYMT', functions: [call], object: 'ARPYMT', customerId: header.customerId },
    ...{ mark, nativeId: id, reversed: [] },
  }
  await once.run([step])
  return readBack(id, () => getPayment(desk, id))
}

/** The account and method of the receipt, under Intacct's names. */
const likeOf = ({ depositTo, methodRef }: PaymentRecord) => ({
  [depositTo?.kind === 'undepositedFunds' ? 'UNDEPOSITEDACCOUNTNO' : 'FINANCIALENTITY']: depositTo?.id ?? '',
  PAYMENTMETHOD: methodRef?.id ?? '',
})

/** The cash is the receipt's rest, a credit there; it is written first, which makes the record part of the receipt. */
function fromRest(applications: readonly PlannedApplication[], rest: string): PlannedApplication[] {
  const credited = applications.map((application) => {
    const own = { credit: creditItem(rest), amount: application.cash, index: 0 }
    const credits = isPositive(application.cash) ? [own, ...application.credits] : application.credits
    return { ...application, cash: '0', credits }
  })
  const usesRest = (place: number) => isPositive(applications[place]?.cash ?? '0')
  return [...credited.filter((_, place) => usesRest(place)), ...credited.filter((_, place) => !usesRest(place))]
}

export async function unapplyPayment(
  desk: Desk,
  id: string,
  { released, confirmed }: Release,
  once: WriteOnce,
): Promise<ReplacedPayment> {
  const history = await readHistory(desk, id)
  checkWhole(history.found)
  const before = recordsOf(history)
  const after = released.reduce((records, one) => without(records, one, restOf(history.place)), before)
  const changed = changedOf(before, after)
  if (changed.some(({ key }) => key === history.place.key)) return remake(desk, id, history, after, confirmed, once)
  const about = { nativeId: id, customerId: history.found.record.customer?.id ?? '' }
  await once.run([releaseStep(desk, history.later, changed, about, once.intentId)])
  return { ...(await readBack(id, () => getPayment(desk, id))), replaces: null }
}

/** What is made again is made of what was read: nothing of it may be missing. */
export function checkWhole({ warnings = [] }: Found<PaymentRecord>, needed = NEEDED): void {
  const unread = warnings.find(({ pointer, code }) => code === 'garbled' && pointer !== null && needed.test(pointer))
  if (unread) throw new GatewayError('provider_garbled', unread.detail, { applied: 'no' })
}
const NEEDED =
  /^\/(applications|credits|amount|currency|customer|date|exchangeRate|memo|depositTo|reference|methodRef|externalId)\b/

/** The receipt and the later records that are part of it, oldest first. */
const recordsOf = ({ place, own, later }: PaymentHistory): PartsOf[] => [
  { key: place.key, parts: own.parts },
  ...later.map(({ key, settled }) => ({ key, parts: settled.parts })),
]

function without(
  records: readonly PartsOf[],
  { invoiceId, credits, cash, index }: Release['released'][number],
  rest: string,
): PartsOf[] {
  let current = [...records]
  const take = (isMoney: (part: SettledPart) => boolean, amount: string) => {
    const { records: reduced, left } = takenOff(
      current,
      (part) => part.invoiceId === invoiceId && isMoney(part),
      amount,
    )
    if (isPositive(left)) {
      const detail = `${left} of it was settled by another payment with the rest of this one; unapply it there.`
      throw fieldError('not_changeable', `/applications/${index}/invoiceId`, detail)
    }
    current = reduced
  }
  for (const { creditId, amount } of credits) take((part) => part.creditId === creditId, amount)
  if (isPositive(cash)) take(({ creditId }) => creditId === null || creditId === rest, cash)
  return current
}

/** All in one transaction: the later records and the receipt are reversed, and what stays is one new receipt. */
async function remake(
  desk: Desk,
  id: string,
  history: PaymentHistory,
  after: readonly PartsOf[],
  confirmed: boolean,
  once: WriteOnce,
): Promise<ReplacedPayment> {
  const { found, place, later, elsewhere, record } = history
  if (elsewhere.length > 0)
    throw new GatewayError(
      'not_changeable',
      'The rest of the payment has been used by other payments; void those first.',
    )
  if (!confirmed) {
    throw fieldError(
      'confirmation_required',
      '?confirm',
      `Sage Intacct does not change what posted cash settles: the payment has to be reversed and recorded again, under a new id. POST /v1/payments/{id}/unapply?confirm=reverse does that.`,
    )
  }
  const rest = restOf(place)
  const parts = after.flatMap((one) => asCash(one.parts, rest))
  const plan = planOf(desk, found.record, parts)
  const reversals = [
    ...later.map((one) => reverseFunction(one.key, dateOf(desk, one.record.fields))).toReversed(),
    reverseFunction(place.key, dateOf(desk, record.fields)),
  ]
  const mark = markFor(desk, once.intentId)
  const step: MakeStep = {
    kind: 'make',
    title: 'reverse and create',
    functions: [...reversals, await createFunction(desk, plan, mark)],
    object: plan.applications.length > 0 ? 'ARPYMT' : 'ARADVANCE',
    ...{ customerId: plan.customerId, mark, nativeId: null },
    reversed: [...later.map(priorOfSettlement), priorOf(place, record)],
  }
  const [result] = await once.run([step], { replaces: id })
  const made = String(result?.nativeId)
  return { ...(await readBack(made, () => getPayment(desk, made))), replaces: id }
}

/** The same receipt with less applied. */
function planOf(desk: Desk, record: PaymentRecord, parts: readonly SettledPart[]): PaymentPlan {
  const { currency } = contextOf(desk, { CURRENCY: record.currency })
  const amount = record.amount ?? '0'
  const appliedCash = totalOf(parts.filter((part) => part.creditId === null))
  return {
    customerId: record.customer?.id ?? '',
    amount,
    currency: record.currency ?? '',
    applications: plannedOf(parts, currency),
    appliedCash,
    unapplied: moneyText(subtract(amount, appliedCash), currency),
    input: inputOf(record),
  }
}

/** Standard fields without a name of ours that a new record takes over; the others Intacct sets itself. */
const KEPT = ['BILLTOPAYTONAME', 'SUPDOCID', 'PRBATCH']
/** Who paid for several customers: such a receipt has no customer of its own. */
const PAYER = 'PAYERNAME'

function inputOf(record: PaymentRecord): PaymentPlan['input'] {
  const { date, reference, memo, depositTo, methodRef, externalId, exchangeRate, currency, baseCurrency } = record
  const filled = (values: Readonly<Record<string, unknown>> | null | undefined) =>
    Object.entries(values ?? {}).filter(([, value]) => value !== null && value !== '')
  const customFields = filled(record.customFields)
  const vendorFields = filled(record.vendorFields).filter(
    ([name]) => KEPT.includes(name) || (name === PAYER && !record.customer),
  )
  return {
    date: date ?? '',
    ...(reference && { reference }),
    ...(memo && { memo }),
    ...(depositTo && { depositTo }),
    ...(methodRef && { methodRef }),
    ...(externalId && { externalId }),
    ...(exchangeRate && currency !== baseCurrency && { exchangeRate }),
    ...(customFields.length > 0 && { customFields: Object.fromEntries(customFields) }),
    ...(vendorFields.length > 0 && { vendorFields: Object.fromEntries(vendorFields) }),
  }
}
