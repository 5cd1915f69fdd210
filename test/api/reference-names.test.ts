/** A reference that was read can be written back as it is: by id, by name, and by both. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 2 })
})
afterAll(() => gateway.close())

const FIELDS: readonly (readonly [connection: string, field: string, kind: string])[] = [
  ['netsuite', 'stage', 'customer-stages'],
  ['netsuite', 'terms', 'terms'],
  ['netsuite', 'category', 'customer-categories'],
  ['netsuite', 'salesRep', 'sales-reps'],
  ['netsuite', 'territory', 'territories'],
  ['netsuite', 'priceLevel', 'price-levels'],
  ['netsuite', 'shippingMethod', 'shipping-methods'],
  ['intacct', 'terms', 'terms'],
  ['intacct', 'category', 'customer-categories'],
  ['intacct', 'territory', 'territories'],
  ['intacct', 'priceLevel', 'price-levels'],
  ['intacct', 'shippingMethod', 'shipping-methods'],
]
it.each(FIELDS)('%s %s', async (connection, field, kind) => {
  const { body } = await gateway.request('GET', `/v1/connections/${connection}/reference/${kind}`)
  const { id, name } = body.data.filter((entry: { active: boolean }) => entry.active).at(-1)
  const customer = `/v1/customers/cus_${connection}_${connection === 'netsuite' ? '456' : 'ACME'}`
  const read = (await gateway.request('PATCH', customer, { body: { [field]: { id } } })).body[field]
  expect(read.id).toBe(id)
  for (const wanted of [{ name }, { id, name }, read]) {
    const { status, body: changed } = await gateway.request('PATCH', customer, { body: { [field]: wanted } })
    expect({ wanted, status, detail: changed.detail }).toEqual({ wanted, status: 200, detail: undefined })
    expect(changed[field]).toEqual(read)
  }
})
