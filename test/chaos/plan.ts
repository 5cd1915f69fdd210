/** What clients do in a chaos run, drawn from a seed: one payment after the other, and what follows it. */
import type { ErpName } from '../support/erps.ts'

/** What is done with a payment after it was recorded. */
export type Follow = 'none' | 'apply' | 'unapply' | 'void'

export interface Life {
  /** The payment's memo: how it is found again in the ERP's books. */
  readonly name: string
  readonly erp: ErpName
  /** Native id. */
  readonly customer: string
  /** Cents. The invoice has room for the same payment three times, so that no ERP refuses a duplicate. */
  readonly invoice: number
  readonly amount: number
  readonly applied: number
  readonly follow: Follow
  readonly followAmount: number
  /** What the client prefers of the answer to its first write. */
  readonly prefer: string | null
  /** After a failure of which the gateway says that nothing was done, the client lets it be. */
  readonly givesUp: boolean
}

/** What the books must show in the end, in cents; null for no payment at all. */
export interface Expected {
  readonly amount: number
  readonly applied: number
}

export function planLife(index: number, erp: ErpName, customers: readonly string[], random: () => number): Life {
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const amount = whole(1000, 99_999)
  const drawn = random()
  const follow = drawn < 0.12 ? 'void' : drawn < 0.26 ? 'unapply' : drawn < 0.38 ? 'apply' : 'none'
  const half = Math.floor(amount / 2)
  // Half of the payments that are applied later begin without any application: another kind of record at one ERP.
  const applied = follow !== 'apply' ? whole(half, amount) : random() < 0.5 ? 0 : whole(1, half)
  const followAmount = follow === 'apply' ? whole(1, Math.floor(half / 2)) : whole(1, Math.floor(applied / 2))
  const preferred = random()
  return {
    name: `p${index}`,
    erp,
    customer: customers[Math.floor(random() * customers.length)] as string,
    invoice: amount * 3,
    amount,
    applied,
    follow,
    followAmount: follow === 'none' || follow === 'void' ? 0 : followAmount,
    prefer: preferred < 0.06 ? 'respond-async' : preferred < 0.16 ? 'wait=1' : null,
    givesUp: random() < 0.1,
  }
}

export const money = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
export const cents = (amount: string): number => {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.')
  return (amount.startsWith('-') ? -1 : 1) * (Number(whole) * 100 + Number(fraction.padEnd(2, '0').slice(0, 2)))
}
