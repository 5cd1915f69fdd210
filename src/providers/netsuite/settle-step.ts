/**
 * What follows a payment that was written: reading it, and comparing its lines with the plan, because teams report that
 * lines are not always honoured at the first go. What is missing is patched once, in the call that wrote it; what is
 * missing then, or is found missing later, is a warning: the payment itself is right and booked, and whoever knows of it
 * may have applied or unapplied since, which no repair may undo.
 */
import type { Warning } from '../../../schemas/common.ts'
import type { PaymentRecord } from '../../../schemas/payment.ts'
import { GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { Found, Probe, StepContext, StepResult } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { EXPANDED, readOrNull } from './change-steps.ts'
import { compareLines, linesBody, warningsOf } from './payment-lines.ts'
import { getPayment } from './payment-operations.ts'
import type { Session } from './session.ts'
import type { SettleStep } from './write-steps.ts'

const idOf = (step: SettleStep, { earlier }: StepContext): string => step.id ?? earlier.at(-1)?.nativeId ?? ''
const rawOf = (found: Found<PaymentRecord>) => found.raw as VendorRecord

export async function sendSettle(session: Session, step: SettleStep, context: StepContext): Promise<StepResult> {
  const id = idOf(step, context)
  const { found: first, short, extra } = await looked(session, id, step)
  if (short.length + extra.length === 0) {
    session.freshPayments.set(id, first)
    return { nativeId: id }
  }
  if (context.resumed) return { nativeId: id, warnings: warningsOf({ short, extra }, step.currency) }
  const refusal = await patched(session, id, linesBody(step.wanted, extra))
  const { found: second, ...left } = await looked(session, id, step)
  const warnings = warningsOf(left, step.currency)
  if (refusal && warnings.length > 0) warnings.push(refusal)
  session.freshPayments.set(id, { ...second, warnings: [...(second.warnings ?? []), ...warnings] })
  return { nativeId: id, warnings }
}

/** What stands there and how its lines differ from the plan; lines that cannot be read are no lines that are not there. */
const looked = (session: Session, id: string, { wanted }: SettleStep) =>
  readBack(id, async () => {
    const found = await getPayment(session, id)
    return { found, ...compareLines(wanted, rawOf(found)) }
  })

/** The words of a refusal, whatever it proves: what was done of it is read afterwards. What did not end is thrown. */
async function patched(session: Session, id: string, body: Record<string, unknown>): Promise<Warning | null> {
  try {
    await session.client.update('customerPayment', id, body)
    return null
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.applied !== 'no' && !error.options.ended) throw error.with({ resourceId: id })
    return { pointer: null, code: error.code, detail: error.message }
  }
}

/** The step before wrote it, so the write has happened, whatever became of it since. */
export async function probeSettle(session: Session, step: SettleStep, context: StepContext): Promise<Probe> {
  const id = idOf(step, context)
  const raw = await readOrNull(session, 'customerPayment', id, EXPANDED)
  const warnings = raw === null ? [] : warningsOf(compareLines(step.wanted, raw), step.currency)
  return { outcome: 'done', result: { nativeId: id, ...(warnings.length > 0 && { warnings }) } }
}
