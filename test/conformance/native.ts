/** What is promised about reaching into the ERP itself: passthrough, reference data, field definitions, and upsert. */
import { expect } from 'vitest'
import { REFERENCE_KINDS } from '../../schemas/reference-data.ts'
import { newKey, OPERATOR_KEY } from '../support/gateway.ts'
import type { Area, World } from './promises.ts'
import { newCustomer, newName, problem, read } from './world.ts'

/** A harmless read of each ERP, and a write of one customer's comments. */
const CALLS = {
  netsuite: {
    read: (id: string) => ({ method: 'GET', path: `/services/rest/record/v1/customer/${id}` }),
    write: (id: string, comments: string) => ({
      method: 'PATCH',
      path: `/services/rest/record/v1/customer/${id}`,
      body: { comments },
    }),
    missing: { method: 'GET', path: '/services/rest/record/v1/customer/99999999' },
  },
  intacct: {
    read: (id: string) => ({ function: 'readByName', body: { object: 'CUSTOMER', keys: id, fields: '*' } }),
    write: (id: string, comments: string) => ({
      function: 'update',
      body: { CUSTOMER: { CUSTOMERID: id, COMMENTS: comments } },
    }),
    missing: { function: 'delete', body: { object: 'CUSTOMER', keys: '99999999' } },
  },
} as const
const callsOf = ({ connection }: World) => CALLS[connection as keyof typeof CALLS]
const pass = ({ request, connection }: World, body: object, key?: string) =>
  request('POST', `/v1/connections/${connection}/passthrough`, { body, ...(key && { key }) })

export const native: Area = (promise) => {
  promise("passes a read on and gives back the ERP's own answer", ['passthrough'], async (world) => {
    const customer = await newCustomer(world)
    const answer = await pass(world, callsOf(world).read(customer.nativeId))
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.body).sort()).toEqual(['body', 'headers', 'status'])
    expect(answer.body.status).toBe(200)
    expect(JSON.stringify(answer.body.body)).toContain(JSON.stringify(customer.name))
  })
  promise('passes a write on, once under one key', ['passthrough'], async (world) => {
    const { id, nativeId } = await newCustomer(world)
    const key = newKey()
    world.erp.proxy.forget()
    const first = await pass(world, callsOf(world).write(nativeId, 'by hand'), key)
    const again = await pass(world, callsOf(world).write(nativeId, 'by hand'), key)
    expect([first.status, again.text]).toEqual([200, first.text])
    expect(world.erp.proxy.exchanges.filter(world.erp.isWrite)).toHaveLength(1)
    expect((await read(world, `/v1/customers/${id}`)).comments).toBe('by hand')
  })
  promise("answers 200 with the ERP's refusal inside", ['passthrough'], async (world) => {
    const answer = await pass(world, callsOf(world).missing)
    expect(answer.status).toBe(200)
    expect(JSON.stringify(answer.body)).toMatch(/does not exist|Cannot find/)
  })
  promise('never repeats a passed write whose answer was lost', ['passthrough'], async (world) => {
    const { nativeId } = await newCustomer(world)
    world.erp.proxy.forget()
    world.erp.proxy.fail(world.erp.isWrite, { kind: 'drop-after' })
    const lost = problem(await pass(world, callsOf(world).write(nativeId, 'lost')), 502, 'provider_failed')
    expect(lost).toMatchObject({ applied: 'unknown', operation: 'passthrough' })
    expect(world.erp.proxy.exchanges.filter(world.erp.isWrite)).toHaveLength(1)
  })
  promise('gives every list of reference data, or says why not', ['listReferenceData'], async (world) => {
    let lists = 0
    for (const kind of REFERENCE_KINDS) {
      const answer = await world.request('GET', `/v1/connections/${world.connection}/reference/${kind}`)
      if (answer.status === 200) {
        lists++
        expect(answer.body.data.length, kind).toBeGreaterThan(0)
      } else expect(problem(answer, 501, 'not_supported').detail, kind).toMatch(/\S/)
    }
    expect(lists).toBeGreaterThan(world.fewLists ? 12 : 15)
  })
  promise('lists the terms that customers have', ['listReferenceData'], async (world) => {
    const { data } = await read(world, `/v1/connections/${world.connection}/reference/terms`)
    expect(data).toContainEqual({ ...world.erp.seed.terms, active: true })
    expect(data).toContainEqual({ ...world.erp.seed.otherTerms, active: true })
  })
  promise('names the fields of the account as it names them itself', ['getObjectDefinition'], async (world) => {
    const { fields } = await read(world, `/v1/connections/${world.connection}/objects/customer`)
    const names = fields.map((field: { name: string }) => field.name)
    expect(names).toEqual(expect.arrayContaining(['email', 'creditLimit', 'terms', 'comments']))
    const customer = await newCustomer(world)
    for (const name of names.filter((one: string | null) => one !== null && !one.includes('.')))
      expect(customer, name).toHaveProperty(name)
  })
  promise('creates by external id what is new, and changes what is there', ['upsertCustomer'], async (world) => {
    const path = `/v1/customers/by-external-id/${world.connection}-named/promise-1`
    const put = (body: object) => world.request('PUT', path, { body, as: OPERATOR_KEY })
    const made = await put({ name: newName(), phone: '555-0100' })
    const changed = await put({ comments: 'again' })
    expect([made.status, changed.status]).toEqual([201, 200])
    expect(changed.body).toMatchObject({
      id: made.body.id,
      externalId: 'promise-1',
      name: made.body.name,
      phone: '555-0100',
      comments: 'again',
    })
    expect(world.erp.books.customer(made.body.nativeId)).toBeDefined()
  })
}
