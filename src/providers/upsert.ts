/** Create or change by external id. Who loses a race against another writer changes what that one made. */
import type { CustomerRecord } from '../../schemas/customer.ts'
import { GatewayError } from '../errors.ts'
import type { Found, Upserted } from './provider.ts'

export interface UpsertSteps {
  /** The native id of what has the external id. */
  readonly find: () => Promise<string | null>
  readonly create: () => Promise<Found<CustomerRecord>>
  /** `lostRace`: after a creation that the ERP refused. */
  readonly update: (id: string, lostRace: boolean) => Promise<Found<CustomerRecord>>
}

export async function upsert({ find, create, update }: UpsertSteps): Promise<Upserted> {
  const before = await find()
  if (before !== null) return { created: false, customer: await update(before, false) }
  try {
    return { created: true, customer: await create() }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'conflict' || error.applied !== 'no') throw error
    // Somebody made it between the two calls; or the conflict is about another field, and stays.
    const made = await find()
    if (made === null) throw error
    return { created: false, customer: await update(made, true) }
  }
}
