/** What is promised about customers. */
import { expect } from 'vitest'
import { newKey } from '../support/gateway.ts'
import type { Area } from './promises.ts'
import { newCustomer, newDebtor, newName, nobody, problem, read } from './world.ts'

export const customers: Area = (promise) => {
  promise('gives back what was created', ['createCustomer', 'getCustomer'], async (world) => {
    const wanted = {
      name: newName('Acme'),
      email: 'ap@acme.example',
      phone: '555-0100',
      currency: 'USD',
      creditLimit: '5000',
      comments: 'first',
      terms: { id: world.erp.seed.terms.id },
    }
    const made = await world.request('POST', '/v1/customers', { body: { connection: world.connection, ...wanted } })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      ...wanted,
      type: 'company',

      creditLimit: '5000.00',
      terms: world.erp.seed.terms,
      status: 'active',
    })
    expect(made.headers.get('location')).toBe(`/v1/customers/${made.body.id}`)
    const got = await world.request('GET', `/v1/customers/${made.body.id}`)
    expect(got.body).toEqual(made.body)
    expect(got.headers.get('etag')).toBe(made.headers.get('etag'))
    expect(got.headers.get('etag')).toMatch(/^"/)
  })
  promise('creates a customer from a name alone, and numbers it', ['createCustomer'], async (world) => {
    const { number, name, id, nativeId, object, connection } = await newCustomer(world, { name: newName('Alone') })
    expect({ object, connection, id }).toEqual({
      object: 'customer',
      connection: world.connection,
      id: `cus_${world.connection}_${nativeId}`,
    })
    expect(number).toMatch(/\S/)
    expect(name).toMatch(/^Alone /)
  })
  promise('creates a person where a last name is given', ['createCustomer'], async (world) => {
    const lastName = newName('Holm')
    const person = await newCustomer(world, {
      name: undefined,
      firstName: 'Ines',
      lastName,
      email: 'ines@holm.example',
    })
    expect(person).toMatchObject({
      type: 'person',
      firstName: 'Ines',
      lastName,
      name: `Ines ${lastName}`,
      companyName: null,
    })
  })
  promise('takes the number it is given, and says conflict when it is taken', ['createCustomer'], async (world) => {
    const number = `N-${newName('X').slice(-8)}`
    await newCustomer(world, { number })
    const again = await world.request('POST', '/v1/customers', {
      body: { connection: world.connection, name: newName(), number },
    })
    expect(problem(again, 409, 'conflict')).toMatchObject({
      applied: 'no',
      connection: world.connection,
      operation: 'createCustomer',
    })
  })
  promise('changes what is sent and leaves the others', ['updateCustomer'], async (world) => {
    const before = await newCustomer(world, { email: 'old@acme.example', phone: '555-0100', comments: 'stays' })
    const changed = await world.request('PATCH', `/v1/customers/${before.id}`, {
      body: { email: 'new@acme.example', creditLimit: '75.5' },
    })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({
      email: 'new@acme.example',
      creditLimit: '75.50',
      phone: '555-0100',
      comments: 'stays',
      name: before.name,
      id: before.id,
    })
    expect(await read(world, `/v1/customers/${before.id}`)).toEqual(changed.body)
  })
  promise('clears a field with null and leaves the others', ['updateCustomer'], async (world) => {
    const before = await newCustomer(world, {
      email: 'old@acme.example',
      phone: '555-0100',
      comments: 'goes',
      creditLimit: '10',
      terms: { id: world.erp.seed.terms.id },
    })
    const changed = await world.request('PATCH', `/v1/customers/${before.id}`, {
      body: { comments: null, creditLimit: null, terms: null },
    })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({
      comments: null,
      creditLimit: null,
      terms: null,
      email: 'old@acme.example',
      phone: '555-0100',
    })
  })
  promise('deactivates and activates', ['updateCustomer'], async (world) => {
    const { id, nativeId } = await newCustomer(world)
    for (const status of ['inactive', 'active']) {
      expect((await world.request('PATCH', `/v1/customers/${id}`, { body: { status } })).body).toMatchObject({ status })
      expect(world.erp.books.customer(nativeId).active).toBe(status === 'active')
    }
  })
  promise(
    'takes a reference by id or by name, and gives back both',
    ['createCustomer', 'updateCustomer'],
    async (world) => {
      const { terms, otherTerms } = world.erp.seed
      const made = await newCustomer(world, { terms: { name: terms.name } })
      expect(made.terms).toEqual(terms)
      const changed = await world.request('PATCH', `/v1/customers/${made.id}`, {
        body: { terms: { id: otherTerms.id } },
      })
      expect(changed.body.terms).toEqual(otherTerms)
    },
  )
  promise(
    'refuses a reference that leads nowhere, or to two records',
    ['createCustomer', 'updateCustomer'],
    async (world) => {
      const { terms, otherTerms } = world.erp.seed
      for (const wrong of [{ name: 'No such terms' }, { id: terms.id, name: otherTerms.name }]) {
        const answer = await world.request('POST', '/v1/customers', {
          body: { connection: world.connection, name: newName(), terms: wrong },
        })
        expect(problem(answer, 422, 'invalid_reference')).toMatchObject({
          applied: 'no',
          errors: [{ pointer: '/terms' }],
        })
      }
    },
  )
  promise(
    'says not_found for a customer that is not there',
    ['getCustomer', 'updateCustomer', 'deleteCustomer', 'listOpenItems'],
    async ({ request, connection }) => {
      const path = `/v1/customers/${nobody.customer(connection)}`
      problem(await request('GET', path), 404, 'not_found')
      problem(await request('PATCH', path, { body: { comments: 'x' } }), 404, 'not_found')
      problem(await request('DELETE', path), 404, 'not_found')
      problem(await request('GET', `${path}/open-items`), 404, 'not_found')
    },
  )
  promise('deletes a customer that nothing uses', ['deleteCustomer'], async (world) => {
    const { id, nativeId } = await newCustomer(world)
    const gone = await world.request('DELETE', `/v1/customers/${id}`)
    expect({ status: gone.status, text: gone.text }).toEqual({ status: 204, text: '' })
    expect(world.erp.books.getCustomer(nativeId)).toBeUndefined()
    problem(await world.request('GET', `/v1/customers/${id}`), 404, 'not_found')
  })
  promise('does not delete a customer that transactions use', ['deleteCustomer'], async (world) => {
    const { customer } = await newDebtor(world)
    expect(problem(await world.request('DELETE', `/v1/customers/${customer.id}`), 409, 'conflict')).toMatchObject({
      applied: 'no',
    })
    expect(world.erp.books.getCustomer(customer.nativeId)).toBeDefined()
  })
  promise('changes only the version that the caller has seen', ['updateCustomer', 'deleteCustomer'], async (world) => {
    const { id } = await newCustomer(world, { comments: 'one' })
    const etag = (await world.request('GET', `/v1/customers/${id}`)).headers.get('etag') as string
    const first = await world.request('PATCH', `/v1/customers/${id}`, {
      body: { comments: 'two' },
      headers: { 'if-match': etag },
    })
    expect(first.status).toBe(200)
    problem(
      await world.request('PATCH', `/v1/customers/${id}`, {
        body: { comments: 'three' },
        headers: { 'if-match': etag },
      }),
      412,
      'precondition_failed',
    )
    problem(
      await world.request('DELETE', `/v1/customers/${id}`, { headers: { 'if-match': etag } }),
      412,
      'precondition_failed',
    )
    expect(await read(world, `/v1/customers/${id}`)).toMatchObject({ comments: 'two' })
  })
  promise('creates once under one key', ['createCustomer'], async (world) => {
    const key = newKey()
    const body = { connection: world.connection, name: newName() }
    const first = await world.request('POST', '/v1/customers', { key, body })
    const again = await world.request('POST', '/v1/customers', { key, body })
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.text).toBe(first.text)
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([null, 'true'])
    expect(world.erp.proxy.exchanges.filter(world.erp.isWrite)).toHaveLength(1)
  })
  promise('reads only the fields that are asked for', ['getCustomer'], async (world) => {
    const { id } = await newCustomer(world, { email: 'a@b.example', phone: '555-0100' })
    const { body, headers } = await world.request('GET', `/v1/customers/${id}?fields=email,name`)
    expect(Object.keys(body).sort()).toEqual(['connection', 'email', 'id', 'name', 'nativeId', 'object', 'provider'])
    expect(headers.get('etag')).toBeNull()
  })
  promise("shows the ERP's own record on request", ['getCustomer'], async (world) => {
    const { id, name } = await newCustomer(world)
    expect((await read(world, `/v1/customers/${id}`)).raw).toBeUndefined()
    expect(JSON.stringify((await read(world, `/v1/customers/${id}?include=raw`)).raw)).toContain(name)
  })
  promise('takes a parent, and finds its sub-customers', ['createCustomer', 'listCustomers'], async (world) => {
    const parent = await newCustomer(world)
    const child = await newCustomer(world, { parent: { id: parent.id } })
    expect(child.parent).toMatchObject({ id: parent.id })
    expect(
      (await read(world, `/v1/customers?parentId=${parent.id}`)).data.map((one: { id: string }) => one.id),
    ).toEqual([child.id])
  })
}
