/** Every kind of step of payments and credits at Intacct as a case: what is there before, the write, and what somebody else could do. */
import type { Connection, WriteOnce } from '../../src/providers/provider.ts'
import { once, type World } from './intacct-world.ts'

/** A write that has been prepared. */
export interface Prepared {
  readonly write: (connection: Connection, once: WriteOnce) => Promise<unknown>
  /** What somebody else does before the write arrives, after which nobody can say whether it may still be sent. */
  readonly meddle?: () => Promise<unknown>
  /** What the books show of it: not the same before and after, and the same after a second time. */
  readonly trace: () => unknown
}
export interface Case {
  readonly title: string
  readonly kind: string
  readonly settings?: object
  /** What is new and marked cannot be taken for anything else. */
  readonly alone?: true
  /** Records that others make look the same. */
  readonly alike?: true
  readonly prepare: (world: World) => Promise<Prepared>
}

const DEFAULTS = { bankAccountId: 'BOA', undepositedAccountNo: '1090', advanceAccountNo: '2100', locationId: '100' }
export const WITH_FIELD = { defaults: { ...DEFAULTS, intentField: 'GATEWAY_INTENT' } }

const documents = (world: World) => () =>
  world.books.documents({ customerId: 'ACME' }).map(({ id, kind, open, voided }) => [id, kind, open, voided])
const invoice101 = [{ invoice: '101', cash: '60.00' }]
/** 100 received, 60 of it applied. */
const receipt = async (world: World, input: object = {}) => {
  const plan = await world.planFor('ACME', '100.00', invoice101, { memo: 'first', ...input })
  return world.connection.createPayment(plan, once())
}
const applied = async (world: World, id: string, amount: string) => {
  const { applications } = await world.planFor('ACME', amount, [{ invoice: '102', cash: amount }])
  const allocation = { applications, appliedCash: amount, unapplied: '0' }
  return { allocation, date: null, before: await world.connection.getPayment(id) }
}
const release = async (world: World, id: string, invoiceId: string, cash: string) => ({
  released: [{ invoiceId, cash, credits: [], index: 0 }],
  before: await world.connection.getPayment(id),
  confirmed: true,
})

const creditUse = async (world: World, amount: string) => {
  const parts = [{ invoice: '101', cash: '0', credit: ['memo-305', amount] as const }]
  const { applications } = await world.planFor('ACME', '0', parts)
  const before = await world.connection.getCredit!({ kind: 'memo', nativeId: '305' })
  return { allocation: { applications, appliedCash: '0', unapplied: '0' }, date: null, before }
}

function creating(
  title: string,
  settings: object | undefined,
  parts: readonly { invoice: string; cash: string }[],
): Case {
  return {
    title,
    kind: 'make',
    alone: true,
    ...(settings && { settings }),
    prepare: async (world) => {
      const plan = await world.planFor('ACME', '60.00', parts, { memo: 'mine', reference: 'R-1' })
      return {
        write: (connection, promise) => connection.createPayment(plan, promise),
        trace: documents(world),
      }
    },
  }
}

export const PAYMENT_CASES: readonly Case[] = [
  creating('a receipt', undefined, invoice101),
  creating('an advance', undefined, []),
  creating('a receipt, found by a custom field', WITH_FIELD, invoice101),
  creating('an advance, found by a custom field', WITH_FIELD, []),
  {
    title: 'void',
    kind: 'reverse',
    prepare: async (world) => {
      const { nativeId } = await receipt(world)
      await world.connection.applyPayment!(nativeId, await applied(world, nativeId, '10.00'), once())
      return {
        write: (connection, promise) => connection.voidPayment!(nativeId, { memo: 'NSF' }, promise),
        meddle: async () => world.connection.applyPayment!(nativeId, await applied(world, nativeId, '5.00'), once()),
        trace: documents(world),
      }
    },
  },
  {
    title: 'apply the rest of a receipt',
    kind: 'make',
    alone: true,
    prepare: async (world) => {
      const { nativeId } = await receipt(world)
      const added = await applied(world, nativeId, '10.00')
      return {
        write: (connection, promise) => connection.applyPayment!(nativeId, added, promise),
        trace: documents(world),
      }
    },
  },
  {
    title: 'unapply all that a rest settled',
    kind: 'reverse',
    prepare: async (world) => {
      const { nativeId } = await receipt(world)
      await world.connection.applyPayment!(nativeId, await applied(world, nativeId, '10.00'), once())
      const wanted = await release(world, nativeId, '102', '10.00')
      return {
        write: (connection, promise) => connection.unapplyPayment!(nativeId, wanted, promise),
        meddle: async () => world.books.updateDocument(lastPayment(world), { details: { SUPDOCID: 'X' } }),
        trace: documents(world),
      }
    },
  },
  {
    title: 'unapply a part of what a rest settled',
    kind: 'make',
    prepare: async (world) => {
      const { nativeId } = await receipt(world)
      await world.connection.applyPayment!(nativeId, await applied(world, nativeId, '10.00'), once())
      const wanted = await release(world, nativeId, '102', '4.00')
      return {
        write: (connection, promise) => connection.unapplyPayment!(nativeId, wanted, promise),
        meddle: async () => world.connection.voidPayment!(nativeId, {}, once()),
        trace: documents(world),
      }
    },
  },
  {
    title: 'unapply cash: reverse and make again',
    kind: 'make',
    prepare: async (world) => {
      const { nativeId } = await receipt(world)
      const wanted = await release(world, nativeId, '101', '20.00')
      return {
        write: (connection, promise) => connection.unapplyPayment!(nativeId, wanted, promise),
        meddle: async () => world.connection.voidPayment!(nativeId, {}, once()),
        trace: documents(world),
      }
    },
  },
  ...[undefined, WITH_FIELD].map(
    (settings): Case => ({
      title: `change a draft${settings ? ', found by a custom field' : ''}`,
      kind: 'change-draft',
      ...(settings && { settings }),
      prepare: async (world) => {
        const { nativeId } = await receipt(world, { draft: true })
        const before = await world.connection.getPayment(nativeId)
        const changes = { input: { memo: 'second', draft: false }, allocation: null, before }
        return {
          write: (connection, promise) => connection.updatePayment(nativeId, changes, promise),
          meddle: () =>
            world.connection.updatePayment(nativeId, { input: { reference: 'X' }, allocation: null, before }, once()),
          trace: documents(world),
        }
      },
    }),
  ),
  {
    title: 'delete a draft',
    kind: 'delete-draft',
    prepare: async (world) => {
      const { nativeId } = await receipt(world, { draft: true })
      const before = await world.connection.getPayment(nativeId)
      return {
        write: (connection, promise) => connection.deletePayment(nativeId, promise),
        meddle: () =>
          world.connection.updatePayment(nativeId, { input: { draft: false }, allocation: null, before }, once()),
        trace: async () => (await world.list('listPayments')).map((one) => [one.nativeId, one.record['status']]),
      }
    },
  },
  {
    title: 'apply a credit memo',
    kind: 'make',
    alone: true,
    prepare: async (world) => {
      const key = { kind: 'memo', nativeId: '305' } as const
      const use = await creditUse(world, '15.00')
      return {
        write: (connection, promise) => connection.applyCredit!(key, use, promise),
        trace: documents(world),
      }
    },
  },
  {
    title: 'unapply a part of a credit memo',
    kind: 'make',
    prepare: async (world) => {
      const key = { kind: 'memo', nativeId: '305' } as const
      await world.connection.applyCredit!(key, await creditUse(world, '15.00'), once())
      const before = await world.connection.getCredit!(key)
      const wanted = { released: [{ invoiceId: '101', amount: '5.00', index: 0 }], before }
      return {
        write: (connection, promise) => connection.unapplyCredit!(key, wanted, promise),
        meddle: async () => world.books.updateDocument(lastPayment(world), { details: { SUPDOCID: 'X' } }),
        trace: documents(world),
      }
    },
  },
]

const lastPayment = (world: World): string => world.books.documents({ customerId: 'ACME', kind: 'payment' }).at(-1)!.id
