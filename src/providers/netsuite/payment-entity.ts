/** The subsidiary of a payment: it follows from the customer, but some accounts' forms want it said. */
import { GatewayError } from '../../errors.ts'
import type { PaymentPlan } from '../provider.ts'
import type { Session } from './session.ts'
import { recordIdOf } from './values.ts'

/**
 * Makes the payment without a subsidiary, as release 2026.1 does; where the account refuses that for certain, and from then
 * on, with the customer's own. An entity of the caller's is sent as it is.
 */
export async function withEntity<R>(
  session: Session,
  plan: PaymentPlan,
  create: (plan: PaymentPlan) => Promise<R>,
): Promise<R> {
  if (plan.input.entity || session.mappings.payment.entity.kind === 'absent') return create(plan)
  if (session.wants.has('payment entity')) return create(await named(session, plan))
  try {
    return await create(plan)
  } catch (error) {
    if (!asksForSubsidiary(error) || session.client.hasWritten) throw error
    session.wants.add('payment entity')
    return create(await named(session, plan))
  }
}

const asksForSubsidiary = (error: unknown): boolean =>
  error instanceof GatewayError &&
  error.code === 'field_required' &&
  error.applied === 'no' &&
  (error.options.vendorPaths ?? []).includes('subsidiary')

async function named(session: Session, plan: PaymentPlan): Promise<PaymentPlan> {
  const customer = await session.client.get('customer', plan.customerId, '?fields=subsidiary')
  const id = recordIdOf(customer['subsidiary']) ?? session.defaults.subsidiaryId ?? null
  return id === null ? plan : { ...plan, input: { ...plan.input, entity: { id } } }
}
