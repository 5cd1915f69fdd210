/** Every kind of step of customers at Intacct as a case, and their addresses, contacts and e-mail templates. */
import { type Case, WITH_FIELD } from './intacct-step-kinds.ts'
import { once, type World } from './intacct-world.ts'

const customers = (world: World) => () => world.books.customers().map(({ id, details }) => [id, details])

export const CUSTOMER_CASES: readonly Case[] = [
  ...[
    { title: 'a customer with a number', input: { name: 'Numbered', number: 'NUM-1' } },
    { title: 'a customer without a number', input: { name: 'Nameless' } },
    { title: 'a customer, found by a custom field', input: { name: 'Marked' }, settings: WITH_FIELD },
  ].map(
    ({ title, input, settings }): Case => ({
      title,
      kind: 'create-customer',
      ...(settings && { settings, alone: true as const }),
      ...(!settings && !('number' in input) && { alike: true as const }),
      prepare: async (world) => ({
        write: (connection, promise) => connection.createCustomer(input, promise),
        ...(!settings && { meddle: () => makeOthers(world, input) }),
        trace: customers(world),
      }),
    }),
  ),
  {
    title: 'change a customer with an address, a contact and an e-mail template',
    kind: 'change-customer',
    prepare: async (world) => ({
      write: (connection, promise) =>
        connection.updateCustomer(
          'ACME',
          {
            phone: '555-1',
            creditLimit: '1234.50',
            addresses: [{ line1: 'New Street 1', city: 'Austin', country: 'US' }],
            contacts: [{ name: 'Kim, Lee', role: 'other', email: 'kim@example.test' }],
          },
          promise,
        ),
      meddle: () => meddleLater(world),
      trace: customers(world),
    }),
  },
  {
    title: 'add an address',
    kind: 'change-customer',
    prepare: async (world) => ({
      write: (connection, promise) =>
        connection.createAddress!('ACME', { line1: 'Harbour 5', city: 'Hull', isDefaultShipping: true }, promise),
      meddle: () => meddleLater(world),
      trace: customers(world),
    }),
  },
  {
    title: 'take an address away',
    kind: 'change-customer',
    prepare: async (world) => {
      await world.connection.createAddress!('ACME', { line1: 'Harbour 5', isDefaultShipping: true }, once())
      return {
        write: (connection, promise) => connection.deleteAddress!('ACME', 'shipTo', promise),
        meddle: () => meddleLater(world),
        trace: customers(world),
      }
    },
  },
  {
    title: 'choose an e-mail template',
    kind: 'change-customer',
    prepare: async (world) => {
      const { items: current } = await world.connection.listCustomerEmailTemplates!('ACME')
      const kept = current.map(({ nativeId, record }) => ({ id: nativeId, template: record.template as string }))
      const wanted = [...kept, { template: 'ARInvEmailTemplate', documentType: 'Sales Invoice' }]
      return {
        write: (connection, promise) => connection.replaceCustomerEmailTemplates!('ACME', wanted, promise),
        meddle: () => meddleLater(world),
        trace: async () =>
          (await world.connection.listCustomerEmailTemplates!('ACME')).items.map(({ record }) => record),
      }
    },
  },
  {
    title: 'delete a customer',
    kind: 'delete-customer',
    prepare: async (world) => {
      const { nativeId } = await world.connection.createCustomer({ name: 'Short-lived' }, once())
      return {
        write: (connection, promise) => connection.deleteCustomer(nativeId, promise),
        meddle: () => world.connection.updateCustomer(nativeId, { phone: '1' }, once()),
        trace: customers(world),
      }
    },
  },
]

/** One that has the number, or two of whom each could be the one. */
const makeOthers = async (world: World, input: { name: string; number?: string }) => {
  const other = input.number ? { ...input, name: 'Other' } : input
  for (let left = input.number ? 1 : 2; left > 0; left--) await world.connection.createCustomer(other, once())
}
const meddleLater = async (world: World) => {
  await world.connection.updateCustomer('ACME', { phone: '999' }, once())
}
