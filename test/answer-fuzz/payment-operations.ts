/** The payment and credit writes of the answer fuzz. */
import { called, DAY, type Debtor, type FuzzOperation, newDebtor, type Prepared, paid } from './operation.ts'
import type { FuzzWorld } from './world.ts'

type Make = (debtor: Debtor, world: FuzzWorld) => object
const creating = (word: string, make: Make, more: Partial<FuzzOperation> = {}): FuzzOperation => ({
  name: `createPayment ${word}`,
  effect: 'write',
  prepare: async (world, token) => {
    const debtor = await newDebtor(world, token)
    const body = { customer: { id: debtor.customer.id }, date: DAY, memo: `For ${token}`, ...make(debtor, world) }
    return { method: 'POST', path: '/v1/payments', body }
  },
  ...more,
})

type Follow = (debtor: Debtor, payment: { id: string }, world: FuzzWorld) => Prepared | Promise<Prepared>
/** Something that is done to a payment with these fields. */
const following = (
  name: string,
  fields: (debtor: Debtor) => object,
  follow: Follow,
  more: Partial<FuzzOperation> = {},
): FuzzOperation => ({
  name,
  effect: 'write',
  prepare: async (world, token) => {
    const debtor = await newDebtor(world, token)
    return follow(debtor, await paid(world, debtor, fields(debtor)), world)
  },
  ...more,
})

const on = ({ id }: { id: string }, amount?: string) => ({ invoiceId: id, ...(amount !== undefined && { amount }) })
const both = ({ first, second }: Debtor) => [on(first, '100.00'), on(second, '20.00')]
const post = (path: string, body: object = {}): Prepared => ({ method: 'POST', path, body })
const receipt = (debtor: Debtor) => ({ amount: '150.00', applications: both(debtor), method: 'check', reference: '77' })
const draft = ({ first }: Debtor) => ({ amount: '9.00', draft: true, applications: [on(first, '9.00')] })
const advance = () => ({ amount: '50.00' })

export const paymentOperations: readonly FuzzOperation[] = [
  creating('cash', () => ({ amount: '75.00', method: 'check', reference: '1234' })),
  creating('with applications', (debtor) => receipt(debtor)),
  creating('with credits', ({ first, memo }) => ({
    amount: '70.00',
    applications: [on(first, '100.00')],
    credits: [{ creditId: memo.id, amount: '30.00' }],
  })),
  creating('undeposited', ({ first }) => ({
    ...{ amount: '5.00', method: 'cash', depositTo: { kind: 'undepositedFunds' } },
    applications: [on(first, '5.00')],
  })),
  creating('by itself', () => ({ amount: '130.00', autoApply: true })),
  creating('by number', ({ first }) => ({
    amount: '15.00',
    applications: [{ invoiceNumber: first.number, amount: '15.00' }],
  })),
  creating('after a login', (debtor) => receipt(debtor), { login: true }),
  creating('draft', draft, { only: 'intacct' }),
  following(
    'updatePayment',
    receipt,
    (_debtor, { id }) => ({ method: 'PATCH', path: `/v1/payments/${id}`, body: { memo: 'new', reference: '88' } }),
    { only: 'netsuite' },
  ),
  following(
    'updatePayment applications',
    receipt,
    ({ second }, { id }) => ({
      method: 'PATCH',
      path: `/v1/payments/${id}`,
      body: { amount: '160.00', applications: [on(second, '60.00')] },
    }),
    { only: 'netsuite' },
  ),
  following(
    'updatePayment draft',
    draft,
    (_debtor, { id }) => ({ method: 'PATCH', path: `/v1/payments/${id}`, body: { memo: 'new', reference: '88' } }),
    { only: 'intacct' },
  ),
  following(
    'updatePayment submit',
    draft,
    (_debtor, { id }) => ({ method: 'PATCH', path: `/v1/payments/${id}`, body: { memo: 'new', draft: false } }),
    { only: 'intacct' },
  ),
  following('deletePayment', receipt, (_debtor, { id }) => ({ method: 'DELETE', path: `/v1/payments/${id}` }), {
    only: 'netsuite',
  }),
  following('deletePayment draft', draft, (_debtor, { id }) => ({ method: 'DELETE', path: `/v1/payments/${id}` }), {
    only: 'intacct',
  }),
  following('applyPayment', advance, ({ first }, { id }) =>
    post(`/v1/payments/${id}/apply`, { applications: [on(first, '40.00')] }),
  ),
  following('applyPayment with credits', advance, ({ first, memo }, { id }) =>
    post(`/v1/payments/${id}/apply`, {
      applications: [on(first, '60.00')],
      credits: [{ creditId: memo.id, amount: '20.00' }],
    }),
  ),
  following('unapplyPayment', advance, async ({ first, second }, { id }, world) => {
    await called(world, 'POST', `/v1/payments/${id}/apply`, { applications: [on(first, '30.00'), on(second, '10.00')] })
    return post(`/v1/payments/${id}/unapply`, { applications: [on(first)] })
  }),
  following('unapplyPayment reversed', receipt, ({ first }, { id }) =>
    post(`/v1/payments/${id}/unapply?confirm=reverse`, { applications: [on(first, '50.00')] }),
  ),
  following('voidPayment', receipt, (_debtor, { id }) => post(`/v1/payments/${id}/void`, { date: DAY })),
  following('voidPayment advance', advance, (_debtor, { id }) => post(`/v1/payments/${id}/void`, { date: DAY })),
  {
    name: 'applyCredit',
    effect: 'write',
    prepare: async (world, token) => {
      const { first, second, memo } = await newDebtor(world, token)
      return post(`/v1/credits/${memo.id}/apply`, { applications: [on(first, '12.00'), on(second, '8.00')] })
    },
  },
  {
    name: 'unapplyCredit',
    effect: 'write',
    prepare: async (world, token) => {
      const { first, second, memo } = await newDebtor(world, token)
      const applications = [on(first, '12.00'), on(second, '8.00')]
      await called(world, 'POST', `/v1/credits/${memo.id}/apply`, { applications })
      return post(`/v1/credits/${memo.id}/unapply`, { applications: [on(first)] })
    },
  },
]
