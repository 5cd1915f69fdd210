/** Voiding by the account's own script. It carries no fence: the payment itself tells whether it was voided. */
import { GatewayError } from '../../errors.ts'
import type { Probe, StepResult } from '../provider.ts'
import { isInternalId } from './internal-id.ts'
import { getPayment } from './payment-operations.ts'
import type { Session } from './session.ts'
import type { ScriptStep } from './write-steps.ts'

/** The native id of the reversal, where the script tells one. */
export async function sendScript(session: Session, { id, how }: ScriptStep): Promise<StepResult> {
  const way = session.settings.void
  if (typeof way !== 'object') {
    const detail = 'The connection has no script that voids any more (settings `void`).'
    throw new GatewayError('not_supported', detail)
  }
  const answer = await session.client.script(new URL(way.restlet), { action: 'void', id, ...how })
  return { nativeId: reversalIn(answer?.['reversalId']) }
}

/** The script is the account's own: what is no id of a record tells none. */
function reversalIn(told: unknown): string | null {
  const id = typeof told === 'number' ? `${told}` : told
  return typeof id === 'string' && isInternalId(id) ? id : null
}

export async function probeScript(session: Session, { id }: ScriptStep): Promise<Probe> {
  try {
    const { record } = await getPayment(session, id)
    return record.status === 'voided' ? { outcome: 'done', result: { nativeId: null } } : { outcome: 'absent' }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'not_found') throw error
    return { outcome: 'unclear', detail: `NetSuite has no customerPayment ${id} any more.` }
  }
}
