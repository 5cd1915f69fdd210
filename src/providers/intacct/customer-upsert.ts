/** Create or change a customer by the custom field that holds the caller's external id. */
import { GatewayError } from '../../errors.ts'
import type { CustomerInput, Upserted, WriteOnce } from '../provider.ts'
import { upsert } from '../upsert.ts'
import { type Desk, defaultsOf } from './account.ts'
import { garbled } from './answer.ts'
import { createCustomer, updateCustomer } from './customer-writing.ts'

export function upsertCustomer(
  desk: Desk,
  externalId: string,
  input: CustomerInput,
  once: WriteOnce,
): Promise<Upserted> {
  return upsert(
    {
      find: () => findByExternalId(desk, externalId),
      create: () => createCustomer(desk, { ...input, externalId }, once),
      // A second step of the same write: it has control ids of its own.
      update: (id, changing) => updateCustomer(desk, id, input, changing),
    },
    once,
  )
}

/** The field need not be unique at the ERP: which of several is meant is not ours to guess. */
export async function findByExternalId(desk: Desk, externalId: string): Promise<string | null> {
  const field = defaultsOf(desk).externalIdField
  // Without the field the mapping refuses the external id, before anything is asked.
  if (field === undefined) return null
  const { records } = await desk.client.query({
    object: 'CUSTOMER',
    select: ['RECORDNO', 'CUSTOMERID'],
    filter: [
      'equalto',
      [
        ['field', field],
        ['value', externalId],
      ],
    ],
    pageSize: 2,
  })
  if (records.length > 1)
    throw new GatewayError('conflict', `Several customers have the external id ${externalId}.`, {
      applied: 'no',
      errors: [{ pointer: '/externalId', code: 'conflict', detail: 'Several customers have it.' }],
    })
  if (records[0] === undefined) return null
  const id = records[0].fields['CUSTOMERID']
  // There is one: without its id it would be made a second time.
  if (typeof id !== 'string' || id === '') throw garbled('the CUSTOMERID of the customer with this external id')
  return id
}
