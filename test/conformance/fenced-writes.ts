/** Every write with what it needs, how it is called, and how often the books show that it was done. */
import type { OperationName } from '../../src/providers/provider.ts'
import { type Answer, newKey, OPERATOR_KEY, type RequestOptions } from '../support/gateway.ts'
import { inTheBooks } from './failures.ts'
import type { World } from './promises.ts'
import { DAY, newCustomer, newDebtor, newName, pay } from './world.ts'

export interface Prepared {
  readonly call: (options?: RequestOptions) => Promise<Answer>
  /** 0 before, 1 after once. Money is asked of the books. */
  readonly done: () => number | Promise<number>
}
export interface FencedWrite {
  /**
   * What two equal ones under two keys do. both: each is in the books. adds: each that is told as done is, and the ERP may
   * refuse the second. sets: the second changes nothing, or is refused.
   */
  readonly equal: 'both' | 'adds' | 'sets'
  readonly prepare: (world: World) => Promise<Prepared>
}

const STREET = { line1: '1 Fence Street', city: 'Oakland', country: 'US' }
const calling =
  ({ request }: World, method: string, path: string, body?: unknown) =>
  (options: RequestOptions = {}) =>
    request(method, path, { ...options, ...(body !== undefined && { body }) })
/** How often the amount has gone from what was open, or come back to it. */
const moved = (open: () => string, amount: number) => {
  const before = Number(open())
  return () => Math.round(Math.abs(Number(open()) - before) / amount)
}
/** How often the customer, as it reads, has the word. */
const shown =
  (world: World, id: string, word: string, path = '') =>
  async () =>
    (await world.request('GET', `/v1/customers/${id}${path}`)).text.split(word).length - 1
const paid = async (world: World, fields: object = {}) => {
  const debtor = await newDebtor(world)
  const { body } = await pay(world, debtor.customer.id, { amount: '50.00', ...fields })
  return { ...debtor, nativeId: body.nativeId as string, path: `/v1/payments/${body.id}` }
}
const settling = ({ id }: { id: string }, amount: string) => ({ applications: [{ invoiceId: id, amount }] })

const CUSTOMERS = {
  createCustomer: {
    equal: 'adds',
    prepare: async (world) => {
      const name = newName('Fence')
      const body = { connection: world.connection, name }
      return { call: calling(world, 'POST', '/v1/customers', body), done: () => inTheBooks(world, name) }
    },
  },
  updateCustomer: {
    equal: 'sets',
    prepare: async (world) => {
      const { id } = await newCustomer(world)
      const comments = newName('changed')
      const call = calling(world, 'PATCH', `/v1/customers/${id}`, { comments })
      return { call, done: shown(world, id, comments, '?fields=comments') }
    },
  },
  upsertCustomer: {
    equal: 'sets',
    prepare: async (world) => {
      const name = newName('Upsert')
      const path = `/v1/customers/by-external-id/${world.connection}-named/${name.replaceAll(' ', '-')}`
      const put = calling(world, 'PUT', path, { name })
      return { call: (options) => put({ ...options, as: OPERATOR_KEY }), done: () => inTheBooks(world, name) }
    },
  },
  deleteCustomer: {
    equal: 'sets',
    prepare: async (world) => {
      const { id, name } = await newCustomer(world)
      return { call: calling(world, 'DELETE', `/v1/customers/${id}`), done: () => 1 - inTheBooks(world, name) }
    },
  },
  createAddress: {
    equal: 'sets',
    prepare: async (world) => {
      const { id } = await newCustomer(world)
      const line1 = newName('Dock')
      const call = calling(world, 'POST', `/v1/customers/${id}/addresses`, {
        ...STREET,
        line1,
        isDefaultShipping: true,
      })
      return { call, done: shown(world, id, line1, '?fields=addresses') }
    },
  },
  deleteAddress: {
    equal: 'sets',
    prepare: async (world) => {
      const line1 = newName('Dock')
      const { id, addresses } = await newCustomer(world, { addresses: [{ ...STREET, line1, isDefaultShipping: true }] })
      const left = shown(world, id, line1, '?fields=addresses')
      return {
        call: calling(world, 'DELETE', `/v1/customers/${id}/addresses/${addresses[0].id}`),
        done: async () => 1 - (await left()),
      }
    },
  },
  replaceCustomerEmailTemplates: {
    equal: 'sets',
    prepare: async (world) => {
      const { id } = await newCustomer(world)
      const data = [{ template: 'ARInvEmailTemplate' }]
      const call = calling(world, 'PUT', `/v1/customers/${id}/email-templates`, { data })
      return { call, done: shown(world, id, '"ARInvEmailTemplate"', '/email-templates') }
    },
  },
} satisfies Partial<Record<OperationName, FencedWrite>>

const PAYMENTS = {
  createPayment: {
    equal: 'both',
    prepare: async (world) => {
      const { customer, first } = await newDebtor(world)
      const body = { customer: { id: customer.id }, date: DAY, amount: '10.00', ...settling(first, '10.00') }
      return { call: calling(world, 'POST', '/v1/payments', body), done: moved(first.open, 10) }
    },
  },
  updatePayment: {
    equal: 'sets',
    prepare: async (world) => {
      const { nativeId, path } = await paid(world)
      const memo = newName('memo')
      const done = () => JSON.stringify(world.erp.books.document(nativeId)).split(memo).length - 1
      return { call: calling(world, 'PATCH', path, { memo }), done }
    },
  },
  deletePayment: {
    equal: 'sets',
    prepare: async (world) => {
      const { first, customer } = await newDebtor(world)
      const { body } = await pay(world, customer.id, { amount: '50.00', ...settling(first, '50.00') })
      return { call: calling(world, 'DELETE', `/v1/payments/${body.id}`), done: moved(first.open, 50) }
    },
  },
  voidPayment: {
    equal: 'sets',
    prepare: async (world) => {
      const { first, customer } = await newDebtor(world)
      const { body } = await pay(world, customer.id, { amount: '50.00', ...settling(first, '50.00') })
      return { call: calling(world, 'POST', `/v1/payments/${body.id}/void`), done: moved(first.open, 50) }
    },
  },
  applyPayment: {
    equal: 'adds',
    prepare: async (world) => {
      const { path, first } = await paid(world)
      return { call: calling(world, 'POST', `${path}/apply`, settling(first, '15.00')), done: moved(first.open, 15) }
    },
  },
  unapplyPayment: {
    equal: 'adds',
    prepare: async (world) => {
      const { path, first } = await paid(world)
      await calling(world, 'POST', `${path}/apply`, settling(first, '45.00'))({ key: newKey() })
      return { call: calling(world, 'POST', `${path}/unapply`, settling(first, '15.00')), done: moved(first.open, 15) }
    },
  },
  applyCredit: {
    equal: 'adds',
    prepare: async (world) => {
      const { first, memo } = await newDebtor(world)
      const call = calling(world, 'POST', `/v1/credits/${memo.id}/apply`, settling(first, '10.00'))
      return { call, done: moved(first.open, 10) }
    },
  },
  unapplyCredit: {
    equal: 'adds',
    prepare: async (world) => {
      const { first, memo } = await newDebtor(world)
      await calling(world, 'POST', `/v1/credits/${memo.id}/apply`, settling(first, '30.00'))({ key: newKey() })
      const call = calling(world, 'POST', `/v1/credits/${memo.id}/unapply`, settling(first, '10.00'))
      return { call, done: moved(first.open, 10) }
    },
  },
} satisfies Partial<Record<OperationName, FencedWrite>>

export const FENCED_WRITES: Readonly<Partial<Record<OperationName, FencedWrite>>> = { ...CUSTOMERS, ...PAYMENTS }
