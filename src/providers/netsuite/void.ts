/** Voiding: REST cannot void, so an account deletes, refunds, or has a script of its own that voids. */
import type { PaymentRecord, PaymentVoid } from '../../../schemas/payment.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { today } from '../../mapping/zone.ts'
import type { Found, VoidedPayment } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { actualLines, linesBody } from './payment-lines.ts'
import { deletePayment, getPayment } from './payment-operations.ts'
import type { Session } from './session.ts'

export async function voidPayment(session: Session, id: string, how: PaymentVoid): Promise<VoidedPayment> {
  const way = session.settings.void ?? 'delete'
  const before = await getPayment(session, id)
  // Voiding again is no second refund.
  if (before.record.status === 'voided') {
    const how = way === 'refund' ? 'refunded' : 'voided'
    return { payment: before, void: { how, date: null, reversalId: null } }
  }
  if (way === 'delete') return deleted(session, id, how, before)
  return way === 'refund' ? refunded(session, id, how, before) : scripted(session, id, how, new URL(way.restlet))
}

const asVoided = (
  payment: Found<PaymentRecord>,
  warnings?: Found<PaymentRecord>['warnings'],
): Found<PaymentRecord> => ({
  ...payment,
  record: { ...payment.record, status: 'voided' },
  ...(warnings && { warnings }),
})

/** Everything it applied is open again, and nothing is left to carry a date or a memo. */
async function deleted(
  session: Session,
  id: string,
  how: PaymentVoid,
  before: Found<PaymentRecord>,
): Promise<VoidedPayment> {
  const date = before.record.date ?? null
  if (how.date !== undefined && how.date !== date) {
    throw fieldError(
      'field_not_supported',
      '/date',
      `This connection voids by deleting the payment; no other date than its own (${date}) is possible.`,
    )
  }
  await deletePayment(session, id).catch((error: unknown) => {
    throw error instanceof GatewayError && error.code === 'conflict' ? usedElsewhere(error) : error
  })
  const warnings =
    how.memo === undefined
      ? undefined
      : [{ pointer: '/memo', code: 'not_kept', detail: 'The payment was deleted; there is nothing to keep the memo.' }]
  return { payment: asVoided(before, warnings), void: { how: 'deleted', date, reversalId: null } }
}

/** NetSuite says that other records depend on it: its rest is among their credits. */
const usedElsewhere = (error: GatewayError): GatewayError =>
  new GatewayError(
    'not_changeable',
    'The rest of the payment has been used by other payments; void those first.',
    error.options,
  )

/** Only what is unapplied can be refunded, so the lines are released first. */
async function refunded(
  session: Session,
  id: string,
  how: PaymentVoid,
  before: Found<PaymentRecord>,
): Promise<VoidedPayment> {
  const date = how.date ?? today(session.now(), session.timeZone)
  const used = actualLines(before.raw as VendorRecord)
  if (used.length > 0) await session.client.update('customerPayment', id, { autoApply: false, ...linesBody([], used) })
  const body = { tranDate: date, ...(how.memo !== undefined && { memo: how.memo }) }
  const reversalId = await session.client
    .transform('customerPayment', id, 'customerRefund', body)
    .catch(async (error: unknown) => {
      // Refused for certain: the payment gets its lines back, as if nothing had been tried.
      if (used.length > 0 && error instanceof GatewayError && error.applied === 'no') {
        await readBack(id, () => session.client.update('customerPayment', id, { autoApply: false, ...linesBody(used) }))
      }
      throw error
    })
  const payment = await readBack(id, () => getPayment(session, id))
  return { payment: asVoided(payment), void: { how: 'refunded', date, reversalId } }
}

async function scripted(session: Session, id: string, how: PaymentVoid, url: URL): Promise<VoidedPayment> {
  const answer = await session.client.script(url, { action: 'void', id, ...how })
  const payment = await readBack(id, () => getPayment(session, id))
  const reversal = answer?.['reversalId']
  const reversalId = typeof reversal === 'string' || typeof reversal === 'number' ? String(reversal) : null
  return {
    payment: asVoided(payment),
    void: { how: 'voided', date: how.date ?? today(session.now(), session.timeZone), reversalId },
  }
}
