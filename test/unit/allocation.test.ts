/** The allocation keeps the books' rules for any applications and credits. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { allocate, oldestFirst, type WantedApplication, type WantedCredit } from '../../src/gateway/allocation.ts'
import { compare, sum } from '../../src/mapping/money.ts'
import type { NativeOpenItem } from '../../src/providers/provider.ts'

const item = (nativeId: string, openAmount: string, more: Partial<NativeOpenItem> = {}): NativeOpenItem => ({
  nativeId,
  kind: 'invoice',
  number: `INV-${nativeId}`,
  date: '2026-01-01',
  dueDate: '2026-01-31',
  currency: 'USD',
  amount: openAmount,
  openAmount,
  discount: null,
  paymentId: null,
  ...more,
})
const application = (
  invoice: NativeOpenItem,
  amount: string,
  index: number,
  discount: string | null = null,
): WantedApplication => ({ invoice, amount, discount, discountDate: null, lineId: null, index })
const credit = (
  one: NativeOpenItem,
  amount: string,
  index: number,
  invoice: NativeOpenItem | null = null,
): WantedCredit => ({ credit: one, amount, invoice, index })
const problem = (run: () => unknown): GatewayError => {
  try {
    run()
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('allocate', () => {
  const first = item('5001', '1000.00')
  const second = item('5002', '500.00')
  const memo = item('6001', '500.00', { kind: 'memo' })

  it('settles 1000 with 500 cash and a credit of 500', () => {
    const plan = allocate('500.00', 'USD', [application(first, '1000.00', 0)], [credit(memo, '500.00', 0)])
    expect(plan.applications[0]).toMatchObject({ cash: '500.00', credits: [{ credit: memo, amount: '500.00' }] })
    expect(plan.unapplied).toBe('0.00')
  })
  it('uses credits in the order given on the applications in the order given', () => {
    const deposit = item('7', '300.00', { kind: 'deposit' })
    const plan = allocate(
      '900.00',
      'USD',
      [application(first, '700.00', 0), application(second, '500.00', 1)],
      [credit(memo, '500.00', 0), credit(deposit, '300.00', 1)],
    )
    expect(
      plan.applications.map((one) => [one.cash, one.credits.map((part) => `${part.credit.nativeId}:${part.amount}`)]),
    ).toEqual([
      ['0.00', ['6001:500.00', '7:200.00']],
      ['400.00', ['7:100.00']],
    ])
    expect(plan.unapplied).toBe('500.00')
  })
  it('keeps a pinned credit on its invoice', () => {
    const plan = allocate(
      '600.00',
      'USD',
      [application(first, '600.00', 0), application(second, '500.00', 1)],
      [credit(memo, '500.00', 0, second)],
    )
    expect(plan.applications[1]).toMatchObject({ cash: '0.00', credits: [{ amount: '500.00' }] })
  })
  it('names the amount that is more than is open', () => {
    const error = problem(() => allocate('2000.00', 'USD', [application(first, '1000.01', 0)], []))
    expect([error.code, error.options.errors]).toEqual([
      'allocation_exceeds_open_amount',
      [{ pointer: '/applications/0/amount', code: 'too_large', detail: 'at most 1000.00' }],
    ])
  })
  it('counts the discount against the open amount', () => {
    expect(problem(() => allocate('1000.00', 'USD', [application(first, '1000.00', 0, '0.01')], [])).code).toBe(
      'allocation_exceeds_open_amount',
    )
    expect(allocate('980.00', 'USD', [application(first, '980.00', 0, '20.00')], []).unapplied).toBe('0.00')
  })
  it('refuses credits that no application uses, and applications that the cash cannot pay', () => {
    expect(
      problem(() => allocate('10.00', 'USD', [application(first, '400.00', 0)], [credit(memo, '500.00', 0)])).code,
    ).toBe('allocation_exceeds_amount')
    expect(problem(() => allocate('10.00', 'USD', [application(first, '10.01', 0)], [])).code).toBe(
      'allocation_exceeds_amount',
    )
  })

  const cents = fc.integer({ min: 1, max: 100_000 }).map((value) => (value / 100).toFixed(2))
  it('holds the sums of the books for any input', () => {
    fc.assert(
      fc.property(
        cents,
        fc.array(cents, { maxLength: 6 }),
        fc.array(cents, { maxLength: 4 }),
        fc.boolean(),
        (amount, applied, used, pinned) => {
          const invoices = applied.map((one, place) => item(`${place}`, one))
          const wanted = applied.map((one, place) => application(invoices[place] as NativeOpenItem, one, place))
          const credits = used.map((one, place) =>
            credit(
              item(`c${place}`, one, { kind: 'memo' }),
              one,
              place,
              pinned && place === 0 ? (invoices[0] ?? null) : null,
            ),
          )
          const applications = sum(applied)
          const creditSum = sum(used)
          const fits = compare(creditSum, applications) <= 0 && compare(applications, sum([amount, creditSum])) <= 0
          let plan: ReturnType<typeof allocate>
          try {
            plan = allocate(amount, 'USD', wanted, credits)
          } catch (error) {
            expect(error).toBeInstanceOf(GatewayError)
            if (!pinned) expect(fits).toBe(false)
            return
          }
          expect(fits).toBe(true)
          expect(compare(sum([plan.appliedCash, plan.unapplied]), amount)).toBe(0)
          expect(compare(applications, sum([plan.appliedCash, creditSum]))).toBe(0)
          for (const one of plan.applications) {
            expect(compare(one.cash, '0')).toBeGreaterThanOrEqual(0)
            expect(compare(sum([one.cash, ...one.credits.map((part) => part.amount)]), one.amount)).toBe(0)
          }
        },
      ),
    )
  })
})

describe('oldestFirst', () => {
  it('takes what is due first, in one currency, and leaves the rest', () => {
    const items = [
      item('a', '10.00', { dueDate: '2026-03-01' }),
      item('b', '10.00', { dueDate: '2026-02-01' }),
      item('c', '99.00', { currency: 'EUR' }),
      item('m', '5.00', { kind: 'memo' }),
    ]
    expect(oldestFirst('15.00', 'USD', items).map((one) => [one.invoice.nativeId, one.amount])).toEqual([
      ['b', '10.00'],
      ['a', '5'],
    ])
  })
})
