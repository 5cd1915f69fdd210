/** The Sage Intacct provider against the sandbox: payments, checked in the sandbox's own books. */
import { describe, expect, it } from 'vitest'
import { condition, intacctWorld, once, refusal } from './intacct-world.ts'

const world = intacctWorld()

describe('payments', () => {
  it('pays two invoices', async () => {
    const plan = await world.planFor(
      'ACME',
      '225.50',
      [
        { invoice: '101', cash: '100.00' },
        { invoice: '102', cash: '125.50' },
      ],
      { method: 'check', reference: '1234', memo: 'Both' },
    )
    const { nativeId, record, warnings } = await world.connection.createPayment(plan, once())
    expect(warnings ?? []).toEqual([])
    expect(record).toMatchObject({
      customer: { id: 'ACME', name: 'Acme Corporation' },
      date: '2026-04-01',
      amount: '225.50',
      currency: 'USD',
      appliedAmount: '225.50',
      unappliedAmount: '0.00',
      status: 'deposited',
      method: 'check',
      methodRef: { id: 'Printed Check' },
      reference: '1234',
      memo: 'Both',
      depositTo: { kind: 'bankAccount', id: 'BOA' },
      applications: [
        { invoiceId: '101', invoiceNumber: 'INV-0101', amount: '100.00', cashAmount: '100.00', creditAmount: '0.00' },
        { invoiceId: '102', invoiceNumber: 'INV-0102', amount: '125.50' },
      ],
      credits: [],
      void: null,
      createdAt: '2026-04-15T10:00:00Z',
    })
    expect([world.books.openAmount('101'), world.books.openAmount('102')]).toEqual(['0', '0'])
    const invoice = await world.connection.getInvoice('101', { include: new Set(['lines', 'payments']) })
    expect(invoice.record).toMatchObject({
      status: 'paid',
      openAmount: '0.00',
      payments: [{ id: nativeId, amount: '100.00', date: '2026-04-01' }],
    })
  })

  it('pays with cash and a credit memo, and voids it', async () => {
    const plan = await world.planFor('ACME', '80.00', [
      { invoice: '101', cash: '80.00', credit: ['memo-305', '20.00'] },
    ])
    const { nativeId, record } = await world.connection.createPayment(plan, once())
    expect(record).toMatchObject({
      amount: '80.00',
      appliedAmount: '80.00',
      unappliedAmount: '0.00',
      method: 'eft',
      applications: [{ invoiceId: '101', amount: '100.00', cashAmount: '80.00', creditAmount: '20.00' }],
      credits: [{ creditId: 'memo-305', amount: '20.00', invoiceId: '101' }],
    })
    expect([world.books.openAmount('101'), world.books.openAmount('305')]).toEqual(['0', '0'])
    const result = await world.connection.voidPayment!(nativeId, { memo: 'NSF' }, once())
    expect(result.void).toMatchObject({ how: 'reversed', date: '2026-04-15', reversalId: expect.any(String) })
    expect(result.payment.record.status).toBe('voided')
    expect([world.books.openAmount('101'), world.books.openAmount('305')]).toEqual(['100', '20'])
    expect((await world.connection.voidPayment!(nativeId, {}, once())).void).toEqual(result.void)
    const listed = await world.list('listPayments', { filter: condition('customer', 'equals', 'ACME') })
    expect(listed.map((one) => [one.nativeId, one.record['status']])).toEqual([[nativeId, 'voided']])
  })

  it('keeps a rest as an overpayment that later pays', async () => {
    const { nativeId, record } = await world.connection.createPayment(
      await world.planFor('ACME', '150.00', [{ invoice: '101', cash: '100.00' }]),
      once(),
    )
    expect(record).toMatchObject({ amount: '150.00', appliedAmount: '100.00', unappliedAmount: '50.00' })
    const items = await world.connection.listOpenItems('ACME')
    expect(items.map(({ kind, nativeId: id, openAmount, paymentId }) => [kind, id, openAmount, paymentId])).toEqual([
      ['invoice', '102', '125.50', null],
      ['memo', '305', '20.00', null],
      ['overpayment', nativeId, '50.00', nativeId],
    ])
    await world.connection.createPayment(
      await world.planFor('ACME', '75.50', [
        { invoice: '102', cash: '75.50', credit: [`overpayment-${nativeId}`, '50.00'] },
      ]),
      once(),
    )
    expect([world.books.openAmount('102'), world.books.openAmount(nativeId)]).toEqual(['0', '0'])
    expect((await world.connection.getPayment(nativeId)).record).toMatchObject({
      appliedAmount: '150.00',
      unappliedAmount: '0.00',
    })
    expect((await refusal(world.connection.voidPayment!(nativeId, {}, once()))).code).toBe('not_changeable')
  })

  it('keeps a payment without applications as an advance', async () => {
    const { nativeId, record } = await world.connection.createPayment(
      await world.planFor('ACME', '500.00', [], { method: 'wire', reference: 'W-1' }),
      once(),
    )
    expect(nativeId).toMatch(/^adv-\d+$/)
    expect(record).toMatchObject({
      amount: '500.00',
      appliedAmount: '0.00',
      unappliedAmount: '500.00',
      method: 'eft',
      reference: 'W-1',
      applications: [],
    })
    const key = nativeId.slice(4)
    expect(await world.connection.listOpenItems('ACME')).toContainEqual(
      expect.objectContaining({ kind: 'advance', nativeId: key, openAmount: '500.00', paymentId: nativeId }),
    )
    await world.connection.createPayment(
      await world.planFor('ACME', '50.00', [{ invoice: '101', cash: '50.00', credit: [`advance-${key}`, '50.00'] }]),
      once(),
    )
    expect([world.books.openAmount('101'), world.books.openAmount(key)]).toEqual(['0', '450'])
    expect(
      (await world.list('listPayments', { filter: condition('customer', 'equals', 'ACME'), limit: 1 })).map(
        (one) => one.nativeId,
      ),
    ).toContain(nativeId)
    expect(
      (await world.list('listPayments', { filter: condition('unappliedAmount', 'greaterThan', '0') })).map(
        (one) => one.nativeId,
      ),
    ).toContain(nativeId)
  })

  it('keeps, changes, submits and deletes a draft', async () => {
    const draft = await world.connection.createPayment(
      await world.planFor('ACME', '30.00', [{ invoice: '101', cash: '30.00' }], { draft: true, memo: 'a' }),
      once(),
    )
    expect(draft.record).toMatchObject({ status: 'draft', appliedAmount: '30.00', unappliedAmount: '0.00' })
    expect(world.books.openAmount('101')).toBe('100')
    expect((await refusal(world.connection.voidPayment!(draft.nativeId, {}, once()))).code).toBe('not_changeable')
    const { applications, appliedCash, unapplied } = await world.planFor('ACME', '45.00', [
      { invoice: '101', cash: '45.00' },
    ])
    const changed = await world.connection.updatePayment(
      draft.nativeId,
      { input: { memo: 'b', reference: 'R' }, allocation: { applications, appliedCash, unapplied }, before: draft },
      once(),
    )
    expect(changed.record).toMatchObject({ memo: 'b', reference: 'R', amount: '45.00' })
    const submitted = await world.connection.updatePayment(
      draft.nativeId,
      { input: { draft: false }, allocation: null, before: changed },
      once(),
    )
    expect(submitted.record.status).toBe('deposited')
    expect(world.books.openAmount('101')).toBe('55')
    expect(
      (
        await refusal(
          world.connection.updatePayment(
            draft.nativeId,
            { input: { memo: 'c' }, allocation: null, before: submitted },
            once(),
          ),
        )
      ).code,
    ).toBe('not_changeable')
    expect((await refusal(world.connection.deletePayment(draft.nativeId, once()))).code).toBe('not_changeable')
    const other = await world.connection.createPayment(
      await world.planFor('ACME', '5.00', [{ invoice: '101', cash: '5.00' }], { draft: true }),
      once(),
    )
    await world.connection.deletePayment(other.nativeId, once())
    expect((await refusal(world.connection.getPayment(other.nativeId))).code).toBe('not_found')
  })
})
