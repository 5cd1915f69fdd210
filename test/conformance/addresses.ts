/** What is promised about the addresses of a customer. */
import { expect } from 'vitest'
import type { Area } from './promises.ts'
import { newCustomer, problem, read } from './world.ts'

const STREET = { line1: '123 Main Street', city: 'San Francisco', region: 'CA', postalCode: '94102', country: 'US' }

export const addresses: Area = (promise) => {
  promise('gives back the address it was created with', ['createCustomer'], async (world) => {
    const customer = await newCustomer(world, {
      addresses: [{ ...STREET, isDefaultBilling: true, isDefaultShipping: true }],
    })
    expect(customer.addresses).toHaveLength(1)
    expect(customer.addresses[0]).toMatchObject({
      ...STREET,
      isDefaultBilling: true,
      isDefaultShipping: true,
      id: expect.stringMatching(/./),
    })
  })
  promise(
    'reads addresses and custom fields in lists as it reads them alone, where they are asked for',
    ['listCustomers'],
    async (world) => {
      const one = await newCustomer(world, {
        addresses: [
          { ...STREET, isDefaultBilling: true },
          { ...STREET, line2: 'B', isDefaultShipping: true },
        ],
      })
      const none = await newCustomer(world)
      const { customer } = world.erp.seed
      const ids = [one.id, none.id, customer].join(',')
      const list = `/v1/customers?connection=${world.connection}&filter=${encodeURIComponent(`id=in=(${ids})`)}`
      await read(world, list)
      world.erp.proxy.forget()
      await read(world, `${list}&fields=name`)
      const plain = world.erp.proxy.exchanges.length
      world.erp.proxy.forget()
      const { data } = await read(world, `${list}&fields=name,addresses,customFields`)
      // However many customers are on the page; record by record it is one read each, with or without.
      expect(world.erp.proxy.exchanges.length - plain).toBeLessThanOrEqual(1)
      expect(data).toHaveLength(3)
      for (const listed of data) {
        const alone = await read(world, `/v1/customers/${listed.id}?fields=name,addresses,customFields`)
        expect(listed).toEqual(alone)
      }
    },
  )
  promise('adds an address without sending the others', ['createAddress'], async (world) => {
    const customer = await newCustomer(world, { addresses: [{ ...STREET, isDefaultBilling: true }] })
    const added = { ...STREET, line1: '1 Dock Street', city: 'Oakland', isDefaultShipping: true }
    const answer = await world.request('POST', `/v1/customers/${customer.id}/addresses`, { body: added })
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({ status: 201, detail: undefined })
    expect(answer.body.addresses).toHaveLength(2)
    expect(answer.body.addresses).toEqual(
      expect.arrayContaining([expect.objectContaining(STREET), expect.objectContaining(added)]),
    )
    expect((await read(world, `/v1/customers/${customer.id}`)).addresses).toEqual(answer.body.addresses)
  })
  promise('removes one address and keeps the others', ['deleteAddress', 'createAddress'], async (world) => {
    const customer = await newCustomer(world, { addresses: [{ ...STREET, isDefaultBilling: true }] })
    const added = await world.request('POST', `/v1/customers/${customer.id}/addresses`, {
      body: { ...STREET, line1: '2 Hill Road', isDefaultShipping: true },
    })
    const { id } = added.body.addresses.find((one: { line1: string }) => one.line1 === '2 Hill Road')
    expect((await world.request('DELETE', `/v1/customers/${customer.id}/addresses/${id}`)).status).toBe(204)
    const left = (await read(world, `/v1/customers/${customer.id}`)).addresses
    expect(left.map((one: { line1: string }) => one.line1)).toEqual(['123 Main Street'])
    problem(await world.request('DELETE', `/v1/customers/${customer.id}/addresses/${id}`), 404, 'not_found')
  })
  promise(
    'replaces all addresses, and keeps the identity of one that carries its id',
    ['updateCustomer'],
    async (world) => {
      const customer = await newCustomer(world, { addresses: [{ ...STREET, isDefaultBilling: true }] })
      const { id } = customer.addresses[0]
      const changed = await world.request('PATCH', `/v1/customers/${customer.id}`, {
        body: { addresses: [{ id, line1: '9 Mill Lane', city: 'Austin', country: 'US' }] },
      })
      expect({ status: changed.status, detail: changed.body.detail }).toEqual({ status: 200, detail: undefined })
      expect(changed.body.addresses).toHaveLength(1)
      expect(changed.body.addresses[0]).toMatchObject({
        id,
        line1: '9 Mill Lane',
        city: 'Austin',
        country: 'US',
        region: null,
        postalCode: null,
      })
    },
  )
  promise('leaves one address, and the same, when the same change comes twice', ['updateCustomer'], async (world) => {
    const customer = await newCustomer(world)
    const path = `/v1/customers/${customer.id}`
    const body = { addresses: [{ ...STREET, isDefaultBilling: true, isDefaultShipping: true }] }
    const first = await world.request('PATCH', path, { body })
    expect(first.body.addresses).toHaveLength(1)
    const second = await world.request('PATCH', path, { body })
    expect(second.body.addresses).toEqual(first.body.addresses)
    const moved = { ...STREET, line1: '4 River Street', isDefaultShipping: true }
    const both = await world.request('PATCH', path, {
      body: { addresses: [moved, { ...STREET, isDefaultBilling: true }] },
    })
    expect(both.body.addresses.map((one: { line1: string }) => one.line1).toSorted()).toEqual([
      STREET.line1,
      moved.line1,
    ])
  })
  promise('leaves the addresses alone when something else changes', ['updateCustomer'], async (world) => {
    const customer = await newCustomer(world, { addresses: [{ ...STREET, isDefaultBilling: true }] })
    const changed = await world.request('PATCH', `/v1/customers/${customer.id}`, {
      body: { email: 'new@acme.example' },
    })
    expect(changed.body.addresses).toEqual(customer.addresses)
  })
}
