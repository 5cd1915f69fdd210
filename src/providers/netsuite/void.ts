/** Voiding: REST cannot void, so an account deletes, refunds, or has a script of its own that voids. */
import type { PaymentRecord, PaymentVoid } from '../../../schemas/payment.ts'
import { fieldError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { today } from '../../mapping/zone.ts'
import type { Found, VoidedPayment, WriteOnce } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { actualLines } from './payment-lines.ts'
import { getPayment } from './payment-operations.ts'
import type { Session } from './session.ts'
import { type ChangeStep, createStep, linesStep, removeStep, type ScriptStep } from './write-steps.ts'

export async function voidPayment(
  session: Session,
  id: string,
  how: PaymentVoid,
  once: WriteOnce,
): Promise<VoidedPayment> {
  const way = session.settings.void ?? 'delete'
  const before = await getPayment(session, id)
  // Voiding again is no second refund.
  if (before.record.status === 'voided') {
    const how = way === 'refund' ? 'refunded' : 'voided'
    return { payment: before, void: { how, date: null, reversalId: null } }
  }
  if (way === 'delete') return deleted(id, how, before, once)
  return way === 'refund' ? refunded(session, id, how, before, once) : scripted(session, id, how, once)
}

const asVoided = (
  payment: Found<PaymentRecord>,
  warnings?: Found<PaymentRecord>['warnings'],
): Found<PaymentRecord> => ({
  ...payment,
  record: { ...payment.record, status: 'voided' },
  ...(warnings && { warnings }),
})

/** NetSuite says that other records depend on it: its rest is among their credits. */
const USED_ELSEWHERE = 'The rest of the payment has been used by other payments; void those first.'

/** Everything it applied is open again, and nothing is left to carry a date or a memo. */
async function deleted(
  id: string,
  how: PaymentVoid,
  before: Found<PaymentRecord>,
  once: WriteOnce,
): Promise<VoidedPayment> {
  const date = before.record.date ?? null
  if (how.date !== undefined && how.date !== date) {
    throw fieldError(
      'field_not_supported',
      '/date',
      `This connection voids by deleting the payment; no other date than its own (${date}) is possible.`,
    )
  }
  const warnings =
    how.memo === undefined
      ? undefined
      : [{ pointer: '/memo', code: 'not_kept', detail: 'The payment was deleted; there is nothing to keep the memo.' }]
  const told = { how: 'deleted', date, reversalId: null } as const
  await once.run([removeStep('customerPayment', id, { seen: true, inUse: USED_ELSEWHERE })], {
    void: told,
    lastState: before.record,
    ...(warnings && { warnings }),
  })
  return { payment: asVoided(before, warnings), void: told }
}

/** Only what is unapplied can be refunded, so the lines are released first; they are given back where it is refused. */
async function refunded(
  session: Session,
  id: string,
  how: PaymentVoid,
  before: Found<PaymentRecord>,
  once: WriteOnce,
): Promise<VoidedPayment> {
  const date = how.date ?? today(session.now(), session.timeZone)
  const used = actualLines(before.raw as VendorRecord)
  const change = (lines: NonNullable<ChangeStep['lines']>, sent: Parameters<typeof linesStep>[3]) =>
    linesStep('customerPayment', id, lines, sent)
  const release = change({ before: used, wanted: [] }, { changed: [], dropped: used })
  const restore = change({ before: [], wanted: used }, { changed: used, dropped: [] })
  const refund = createStep(
    'customerRefund',
    { tranDate: date, ...(how.memo !== undefined && { memo: how.memo }) },
    { source: { type: 'customerPayment', id }, ...(used.length > 0 && { otherwise: restore }) },
  )
  const told = { how: 'refunded', date, reversalId: null } as const
  const results = await once.run(used.length > 0 ? [release, refund] : [refund], { void: told, lastIsReversal: true })
  const payment = await readBack(id, () => getPayment(session, id))
  return { payment: asVoided(payment), void: { ...told, reversalId: results.at(-1)?.nativeId ?? null } }
}

async function scripted(session: Session, id: string, how: PaymentVoid, once: WriteOnce): Promise<VoidedPayment> {
  const told = { how: 'voided', date: how.date ?? today(session.now(), session.timeZone), reversalId: null } as const
  const step: ScriptStep = { kind: 'script', id, how }
  const [result] = await once.run([step], { void: told, lastIsReversal: true })
  const payment = await readBack(id, () => getPayment(session, id))
  return { payment: asVoided(payment), void: { ...told, reversalId: result?.nativeId ?? null } }
}
