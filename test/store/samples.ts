/** Intents, holds and endings as tests of the store need them. */
import { newIntentId } from '../../src/store/intent-id.ts'
import type { NewIntent } from '../../src/store/store.ts'

export const scope = { caller: 'billing', connection: 'netsuite', operation: 'createPayment', key: 'key-00001' }
export const intent = (more: Partial<NewIntent> = {}): NewIntent => ({
  id: newIntentId(Date.now()),
  ...scope,
  fingerprint: 'f',
  ...more,
})
export const ended = {
  answer: { status: 201, headers: { location: '/x' }, body: '{"a":"ü"}' },
  resourceId: 'pay_netsuite_1',
}
/** Nobody else takes it while the test runs. */
export const lease = { owner: 'one', until: Number.MAX_SAFE_INTEGER }
export const hold = { owner: 'one', fencing: 1 }
export const doubt = { probeAt: null }
