/** One payment from beginning to end as its client lives it, and what the books must show of it afterwards. */
import { randomUUID } from 'node:crypto'
import { type Outcome, untilKnown, type World } from './client.ts'
import { liveOf } from './ledger.ts'
import { type Expected, type Life, money } from './plan.ts'
import type { SandboxProcess } from './sandbox-process.ts'

/** How a life ended, as its client knows it. */
export interface Lived {
  readonly life: Life
  readonly invoice: string
  /** The payment's gateway id; null where there is none. */
  readonly paymentId: string | null
  /** Null: nothing of it may be in the books. */
  readonly expected: Expected | null
  /** What went before in the books: reversed records that stay visible. */
  readonly reversed: number
  /** The client's own defects: refusals and operations that never ended. */
  readonly failed: string | null
}

const DATE = '2026-04-10'

export async function live(world: World, sandbox: SandboxProcess, life: Life): Promise<Lived> {
  const { erp, customer, name, amount, applied } = life
  const invoice = await sandbox.invoice(erp, customer, money(life.invoice))
  const on = (part: number) => [{ invoiceId: `inv_${erp}_${invoice}`, amount: money(part) }]
  const state = async () => liveOf(await sandbox.books(erp, customer), name, invoice)
  const nothing = { life, invoice, paymentId: null, expected: null, reversed: 0, failed: null }
  const common = { key: `key-${randomUUID()}`, prefer: life.prefer, givesUp: life.givesUp }

  const first = await untilKnown(world, {
    ...common,
    label: `${name} create`,
    path: '/v1/payments',
    body: {
      customer: { id: `cus_${erp}_${customer}` },
      ...{ date: DATE, amount: money(amount), memo: name, method: 'check' },
      ...(applied > 0 && { applications: on(applied) }),
    },
    inBooks: async () => (await state()).payments.length > 0,
  })
  if (first.kind !== 'done') return { ...nothing, failed: failure(first) }
  const paid: Lived = { ...nothing, paymentId: first.body.id, expected: { amount, applied } }
  if (life.follow === 'none') return paid
  const second = await follow(world, paid, first.body.id, on, state)
  return second
}

type State = () => Promise<{ payments: readonly unknown[]; applied: number }>

async function follow(
  world: World,
  paid: Lived,
  id: string,
  on: (part: number) => object[],
  state: State,
): Promise<Lived> {
  const { life } = paid
  const { erp, name, amount, applied, followAmount } = life
  const after = applied + (life.follow === 'apply' ? followAmount : -followAmount)
  const reverses = erp === 'intacct' && life.follow === 'unapply'
  const outcome = await untilKnown(world, {
    label: `${name} ${life.follow}`,
    path: `/v1/payments/${id}/${life.follow}${reverses ? '?confirm=reverse' : ''}`,
    body: life.follow === 'void' ? {} : { applications: on(followAmount) },
    ...{ key: `key-${randomUUID()}`, prefer: null, givesUp: life.givesUp },
    inBooks: async () => {
      const now = await state()
      return life.follow === 'void' ? now.payments.length === 0 : now.applied === after
    },
  })
  if (outcome.kind !== 'done') return { ...paid, failed: failure(outcome) }
  const reversed = erp === 'intacct' && life.follow !== 'apply' ? 1 : 0
  if (life.follow === 'void') return { ...paid, expected: null, paymentId: null, reversed }
  return { ...paid, paymentId: outcome.body.id, expected: { amount, applied: after }, reversed }
}

const failure = (outcome: Outcome): string | null =>
  outcome.kind === 'refused' ? `${outcome.problem.status} ${outcome.problem.code}: ${outcome.problem.detail}` : null
