/** Customer payments: written through the record API, read back, compared with the plan. */
import type { PaymentRecord } from '../../../schemas/payment.ts'
import { fieldError } from '../../errors.ts'
import { nest, toVendor, type VendorRecord, type WriteOptions } from '../../mapping/mapping.ts'
import { withWarnings } from '../../mapping/reading.ts'
import type { Found, PaymentChanges, PaymentPlan, ReadOptions, WriteOnce } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { jsonNumber, refuseFence } from './codecs.ts'
import { mustBeFree } from './create-step.ts'
import { linesMissed } from './never-empty.ts'
import { currencyIdToWrite } from './one-currency.ts'
import { actualLines, linesBody, plannedLines, unplanned } from './payment-lines.ts'
import type { Session } from './session.ts'
import { changeStep, createStep, removeStep, settleStep } from './write-steps.ts'
import { withIds } from './written.ts'

type Input = Partial<PaymentPlan['input']>

// Reading

const EMPTY = { applications: [], credits: [], status: 'unknown' }

export async function getPayment(
  session: Session,
  id: string,
  options: ReadOptions = {},
): Promise<Found<PaymentRecord>> {
  const raw = await session.client.get('customerPayment', id, '?expandSubResources=true')
  const found = await session.found(session.mappings.payment, raw, id, EMPTY, options)
  const { appliedAmount } = found.record
  return withWarnings(found, linesMissed(raw, appliedAmount))
}

// Writing

export async function createPayment(
  session: Session,
  plan: PaymentPlan,
  once: WriteOnce,
): Promise<Found<PaymentRecord>> {
  const lines = plannedLines(plan, session.hasDiscounts)
  const arAccountId = plan.arAccountId ?? session.defaults.arAccountId
  const header = await headerOf(session, plan.input, 'create')
  const currencyId = await currencyIdToWrite(session, plan.currency, '/currency')
  const identity = {
    customer: { id: plan.customerId },
    ...(currencyId !== null && { currency: { id: currencyId } }),
    payment: jsonNumber(plan.amount),
  }
  const body = {
    externalId: null,
    ...(arAccountId && session.mappings.payment.arAccount.kind !== 'absent' && { arAcct: { id: arAccountId } }),
    ...header,
    ...identity,
    // The check box keeps the user's last setting, so it is always said.
    autoApply: false,
    ...linesBody(lines),
  }
  const externalId = plan.input.externalId ?? null
  if (externalId !== null) await mustBeFree(session, 'customerPayment', externalId)
  const step = createStep('customerPayment', body, {
    externalId,
    identity: { ...identity, tranDate: plan.input.date },
  })
  const [made] = await once.run([step, settleStep(null, [], lines, plan.currency)])
  return settled(session, made?.nativeId as string)
}

export async function updatePayment(
  session: Session,
  id: string,
  changes: PaymentChanges,
  once: WriteOnce,
): Promise<Found<PaymentRecord>> {
  const { allocation } = changes
  const body = await headerOf(session, changes.input, 'update')
  const wanted = allocation ? plannedLines(allocation, session.hasDiscounts) : null
  const raw = await rawBefore(session, id, changes.before, wanted !== null)
  const before = wanted ? actualLines(raw) : []
  if (wanted) Object.assign(body, { autoApply: false }, linesBody(wanted, unplanned(wanted, before)))
  if (Object.keys(body).length === 0) return getPayment(session, id)
  const lines = wanted && { before, wanted }
  const currency = changes.before.record.currency ?? ''
  await once.run([
    changeStep('customerPayment', id, body, raw, { lines }),
    ...(wanted ? [settleStep(id, before, wanted, currency)] : []),
  ])
  return settled(session, id)
}

/** Read first: a record that was there and is gone afterwards was deleted, whatever the answer said. */
export async function deletePayment(session: Session, id: string, once: WriteOnce): Promise<void> {
  await session.client.get('customerPayment', id, '?fields=externalId')
  await once.run([removeStep('customerPayment', id, { seen: true })])
}

/** The payment as the last step has read it, or as it reads now. */
export async function settled(session: Session, id: string): Promise<Found<PaymentRecord>> {
  const read = session.freshPayments.get(id)
  session.freshPayments.delete(id)
  return read ?? readBack(id, () => getPayment(session, id))
}

/** Lists of payments, and reading some fields, leave out what a change has to compare. */
async function rawBefore(
  session: Session,
  id: string,
  { raw }: Found<PaymentRecord>,
  withLines: boolean,
): Promise<VendorRecord> {
  const record = raw as VendorRecord | null
  const isExpanded = Array.isArray((record?.['apply'] as { items?: unknown } | undefined)?.items)
  return record && (isExpanded || !withLines) ? record : ((await getPayment(session, id)).raw as VendorRecord)
}

// The header

async function headerOf(
  session: Session,
  input: Readonly<Record<string, unknown>>,
  mode: WriteOptions['mode'],
): Promise<Record<string, unknown>> {
  refuseFence((input as Input).externalId)
  const wanted: Record<string, unknown> = {
    ...input,
    ...methodOf(session, input as Input),
    ...depositOf(session, input as Input, mode),
  }
  // Nothing is ever a draft here, so "not a draft" is what it is; a draft is refused by its row.
  if (wanted['draft'] === false) delete wanted['draft']
  // A new payment without an id of the caller's keeps the fence.
  if (wanted['externalId'] === null && mode === 'create') delete wanted['externalId']
  const ready = await withIds(session, 'payment', wanted)
  return nest(toVendor(session.mappings.payment, ready, { mode, blank: null, context: session.contextOf('payment') }))
}

/** Our word through the configured ids; a reference that disagrees with the word is refused. */
function methodOf(session: Session, { method, methodRef }: Input): Record<string, unknown> {
  if (method === undefined || method === null)
    return method === null && !methodRef ? { method: undefined, methodRef: null } : {}
  const configured = session.defaults.paymentMethods ?? {}
  const id = configured[method]
  const given = methodRef?.id
  const otherwise =
    given !== undefined && given !== null && method === 'other' && !Object.values(configured).includes(given)
  if (id === undefined && !otherwise) {
    throw fieldError(
      'field_not_supported',
      '/method',
      `defaults.paymentMethods of the connection names no payment method for "${method}".`,
    )
  }
  if (id !== undefined && given && given !== id)
    throw fieldError('invalid_request', '/method', `method is ${id} in NetSuite, methodRef is ${given}.`)
  return { method: undefined, methodRef: methodRef?.name ? { ...methodRef, id: given ?? id } : { id: given ?? id } }
}

/** A bank account by its id, the connection's by default; or undeposited funds. */
function depositOf(session: Session, { depositTo }: Input, mode: WriteOptions['mode']): Record<string, unknown> {
  if (depositTo?.kind === 'undepositedFunds') return {}
  if (depositTo === undefined && mode === 'update') return { depositTo: undefined }
  if (depositTo === null && mode === 'update')
    throw fieldError('field_required', '/depositTo', 'The money is kept somewhere.')
  const id = depositTo?.id ?? session.defaults.depositAccountId
  if (!id) {
    const detail = 'Name a bank account, or set defaults.depositAccountId of the connection.'
    throw fieldError('field_required', depositTo ? '/depositTo/id' : '/depositTo', detail)
  }
  return { depositTo: { kind: 'bankAccount', id } }
}
