/** Create or change by external id. Who loses a race against another writer changes what that one made. */
import type { CustomerRecord } from '../../schemas/customer.ts'
import { GatewayError } from '../errors.ts'
import type { Found, Upserted, WriteOnce } from './provider.ts'

export interface UpsertSteps {
  /** The native id of what has the external id. */
  readonly find: () => Promise<string | null>
  readonly create: () => Promise<Found<CustomerRecord>>
  readonly update: (id: string, once: WriteOnce) => Promise<Found<CustomerRecord>>
}

export async function upsert({ find, create, update }: UpsertSteps, once: WriteOnce): Promise<Upserted> {
  const before = await find()
  if (before !== null) return { created: false, customer: await update(before, changing(once)) }
  try {
    return { created: true, customer: await create() }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'conflict' || error.applied !== 'no') throw error
    // Somebody made it between the two calls; or the conflict is about another field, and stays.
    const made = await find()
    if (made === null) throw error
    return { created: false, customer: await update(made, changing(once)) }
  }
}

/** The record that a look finds has another maker, and is this write's all the same: it is told so before anything leaves. */
const changing = (once: WriteOnce): WriteOnce => ({
  intentId: once.intentId,
  promisedAt: once.promisedAt,
  run: (steps, told) => once.run(steps, { ...told, created: false }),
})
