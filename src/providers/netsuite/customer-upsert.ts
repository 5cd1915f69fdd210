/** Create or change a customer by its external id. PUT `eid:` would do both, and never tells which it was. */
import type { CustomerInput, Upserted, WriteOnce } from '../provider.ts'
import { upsert } from '../upsert.ts'
import { externalId as externalIdRow } from './codecs.ts'
import { createCustomer, updateCustomer } from './customer-operations.ts'
import type { Session } from './session.ts'

const row = externalIdRow('')

export function upsertCustomer(
  session: Session,
  externalId: string,
  input: CustomerInput,
  once: WriteOnce,
): Promise<Upserted> {
  // Refuses what could not be part of a URL.
  row.encode(externalId, { currency: null, timeZone: session.timeZone })
  return upsert(
    {
      find: () => session.client.find('customer', externalId),
      create: () => createCustomer(session, { ...input, externalId }, once, { isFree: true }),
      update: (id, changing) => updateCustomer(session, id, input, changing),
    },
    once,
  )
}
