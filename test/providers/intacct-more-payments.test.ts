/** The Sage Intacct provider against the sandbox: rarer payments, and payments that are refused. */
import { describe, expect, it } from 'vitest'
import type { PaymentPlan } from '../../src/providers/provider.ts'
import { intacctWorld, once, pointersOf, refusal } from './intacct-world.ts'

const world = intacctWorld()

describe('payments', () => {
  it('keeps money in undeposited funds, and takes a discount', async () => {
    const plan = await world.planFor('ACME', '98.00', [{ invoice: '101', cash: '98.00' }], {
      depositTo: { kind: 'undepositedFunds' },
      method: 'cash',
    })
    const discounted = {
      ...plan,
      applications: plan.applications.map((application) => ({ ...application, discount: '2.00' })),
    }
    const { record } = await world.connection.createPayment(discounted, once())
    expect(record).toMatchObject({
      status: 'posted',
      depositTo: { kind: 'undepositedFunds', id: '1090' },
      applications: [{ amount: '98.00', discount: '2.00' }],
    })
    expect(world.books.openAmount('101')).toBe('0')
  })

  it('refuses a discount, a method or an account that is not there', async () => {
    const plain = world.connect({ customDiscounts: false, defaults: {} })()
    const plan = await world.planFor('ACME', '98.00', [{ invoice: '101', cash: '98.00' }], {
      depositTo: { kind: 'bankAccount', id: 'BOA' },
    })
    const refused: [PaymentPlan, string, string][] = [
      [
        { ...plan, applications: plan.applications.map((one) => ({ ...one, discount: '2.00' })) },
        'field_not_supported',
        '/applications/0/discount',
      ],
      [{ ...plan, input: { date: '2026-04-01' } }, 'field_required', '/depositTo'],
      [{ ...plan, input: { ...plan.input, method: 'other' } }, 'field_not_supported', '/method'],
      [{ ...plan, input: { ...plan.input, class: { id: '1' } } }, 'field_not_supported', '/class'],
      [{ ...plan, input: { ...plan.input, externalId: 'x' } }, 'field_not_supported', '/externalId'],
      [{ ...plan, applications: [], unapplied: '98.00', appliedCash: '0' }, 'field_required', '/applications'],
    ]
    for (const [one, code, pointer] of refused) {
      const error = await refusal(plain.createPayment(one, once()))
      expect([error.code, pointersOf(error)]).toEqual([code, [pointer]])
    }
    expect(world.books.openAmount('101')).toBe('100')
  })

  it('pays a debit memo in another currency with a negative invoice', async () => {
    const plan = await world.planFor(
      'EUROPA',
      '10.00',
      [{ invoice: '412', cash: '10.00', credit: ['negative-invoice-106', '30.00'] }],
      { exchangeRate: '1.1' },
    )
    const { record } = await world.connection.createPayment({ ...plan, currency: 'EUR' }, once())
    expect(record).toMatchObject({
      currency: 'EUR',
      exchangeRate: '1.1',
      baseCurrency: 'USD',
      baseAmount: '11.00',
      applications: [{ invoiceId: 'debit-412', invoiceNumber: 'DM-0412', amount: '40.00' }],
      credits: [{ creditId: 'negative-invoice-106', amount: '30.00', invoiceId: 'debit-412' }],
    })
    expect([world.books.openAmount('412'), world.books.openAmount('106')]).toEqual(['0', '0'])
    expect((await world.connection.getInvoice('debit-412')).record).toMatchObject({
      number: 'DM-0412',
      openAmount: '0.00',
    })
  })

  it('says not found', async () => {
    for (const id of ['999999', 'adv-999999', '1,2', 'x']) {
      expect((await refusal(world.connection.getPayment(id))).code, id).toBe('not_found')
      expect((await refusal(world.connection.getInvoice(id))).code, id).toBe('not_found')
    }
  })
})
