/** Payments of the NetSuite provider against its sandbox; the books say whether the money is right. */
import { describe, expect, it } from 'vitest'
import { planPayment } from '../../src/gateway/payment-plan.ts'
import { onceFor } from '../support/once.ts'
import { change, connect, failure, inSandbox, once, open, pay, sandbox } from './netsuite-world.ts'

inSandbox()

describe('payments', () => {
  it('pays two invoices', async () => {
    const { record, nativeId, warnings } = await pay(connect(), {
      amount: '1500.00',
      method: 'check',
      reference: '1234',
      memo: 'Payment for INV-5001 and INV-5002',
      applications: [
        { invoiceId: 'inv_ns_5001', amount: '1000.00' },
        { invoiceNumber: 'INV-5002', amount: '500.00' },
      ],
    })
    expect(warnings).toBeUndefined()
    expect(record).toMatchObject({
      number: `PMT-${nativeId}`,
      customer: { id: '456' },
      date: '2026-03-10',
      amount: '1500.00',
      currency: 'USD',
      method: 'check',
      methodRef: { id: '2', name: 'Check' },
      reference: '1234',
      depositTo: { kind: 'bankAccount', id: '10' },
      arAccount: { id: '119' },
      appliedAmount: '1500.00',
      unappliedAmount: '0.00',
      status: 'deposited',
      statusText: 'Deposited',
      externalId: null,
      credits: [],
      applications: [
        {
          invoiceId: '5001',
          invoiceNumber: 'INV-5001',
          amount: '1000.00',
          cashAmount: '1000.00',
          creditAmount: '0.00',
        },
        { invoiceId: '5002', amount: '500.00' },
      ],
    })
    expect([open('5001'), open('5002'), open(nativeId)]).toEqual(['0.00', '0.00', '0.00'])
    const body = JSON.parse(
      sandbox.requests.findLast((request) => request.method === 'POST' && request.target.endsWith('/customerPayment'))
        ?.body ?? '{}',
    )
    expect(body).toMatchObject({
      autoApply: false,
      arAcct: { id: '119' },
      paymentOption: { id: '2' },
      checkNumber: '1234',
      account: { id: '10' },
    })
  })

  it('pays with cash and a credit memo', async () => {
    const { record, nativeId } = await pay(connect(), {
      amount: '500.00',
      applications: [{ invoiceId: 'inv_ns_5001', amount: '1000.00' }],
      credits: [{ creditId: 'crd_ns_memo-6001', amount: '500.00' }],
    })
    expect(record).toMatchObject({
      appliedAmount: '500.00',
      unappliedAmount: '0.00',
      applications: [{ amount: '1000.00', cashAmount: '500.00', creditAmount: '500.00' }],
      credits: [{ creditId: 'memo-6001', amount: '500.00', invoiceId: null }],
    })
    expect([open('5001'), open('6001'), open(nativeId)]).toEqual(['0.00', '0.00', '0.00'])
  })

  it('keeps an unapplied payment in undeposited funds and offers its rest as a credit', async () => {
    const connection = connect()
    const { record, nativeId } = await pay(connection, {
      amount: '2000.00',
      method: 'wire',
      depositTo: { kind: 'undepositedFunds' },
    })
    expect(record).toMatchObject({
      appliedAmount: '0.00',
      unappliedAmount: '2000.00',
      status: 'posted',
      depositTo: { kind: 'undepositedFunds' },
      applications: [],
    })
    const items = await connection.listOpenItems('456')
    expect(items).toContainEqual(
      expect.objectContaining({
        kind: 'payment',
        nativeId,
        paymentId: nativeId,
        openAmount: '2000.00',
        currency: 'USD',
      }),
    )
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'memo', nativeId: '6001', openAmount: '500.00', number: expect.any(String) }),
    )
    expect(items.filter((item) => item.kind === 'invoice').map((item) => item.nativeId)).toEqual([
      '5001',
      '5002',
      '5003',
    ])
  })

  it('pays a part, then changes memo, reference, amount and applications', async () => {
    const connection = connect()
    const { nativeId } = await pay(connection, {
      amount: '500.00',
      applications: [{ invoiceId: 'inv_ns_5001', amount: '500.00' }],
    })
    expect(open('5001')).toBe('500.00')
    const second = await change(connection, nativeId, { memo: 'confirmed by bank', reference: '1234-CLEARED' })
    expect(second.record).toMatchObject({
      memo: 'confirmed by bank',
      reference: '1234-CLEARED',
      appliedAmount: '500.00',
    })
    const third = await change(connection, nativeId, {
      amount: '600.00',
      applications: [
        { invoiceId: 'inv_ns_5002', amount: '400.00' },
        { invoiceId: 'inv_ns_5003', amount: '150.00' },
      ],
    })
    expect(third.record).toMatchObject({
      amount: '600.00',
      appliedAmount: '550.00',
      unappliedAmount: '50.00',
      applications: [{ invoiceId: '5002' }, { invoiceId: '5003' }],
    })
    expect([open('5001'), open('5002'), open('5003'), open(nativeId)]).toEqual(['1000.00', '100.00', '100.00', '50.00'])
    await change(connection, nativeId, { applications: [], memo: null })
    expect([open('5002'), open('5003'), open(nativeId)]).toEqual(['500.00', '250.00', '600.00'])
  })

  it('voids by deleting: everything is open again', async () => {
    const connection = connect()
    const { nativeId } = await pay(connection, {
      amount: '500.00',
      applications: [{ invoiceId: 'inv_ns_5001', amount: '1000.00' }],
      credits: [{ creditId: 'crd_ns_memo-6001', amount: '500.00' }],
    })
    expect(
      await failure(connection.voidPayment?.(nativeId, { date: '2026-03-11' }, once()) as Promise<unknown>),
    ).toMatchObject({ status: 422, options: { errors: [{ pointer: '/date' }] } })
    const result = await connection.voidPayment?.(nativeId, { date: '2026-03-10', memo: 'bounced' }, once())
    expect(result).toMatchObject({
      void: { how: 'deleted', date: '2026-03-10', reversalId: null },
      payment: { nativeId, record: { status: 'voided', amount: '500.00' }, warnings: [{ pointer: '/memo' }] },
    })
    expect([open('5001'), open('6001')]).toEqual(['1000.00', '500.00'])
    expect(await failure(connection.getPayment(nativeId))).toMatchObject({ code: 'not_found' })
  })

  it('refuses what NetSuite cannot book, before anything is written', async () => {
    const connection = connect()
    const application = { invoiceId: 'inv_ns_5001', amount: '980.00', discount: '20.00' }
    expect(await failure(pay(connection, { amount: '980.00', applications: [application] }))).toMatchObject({
      code: 'field_not_supported',
      options: { errors: [{ pointer: '/applications/0/discount' }] },
    })
    expect(await failure(pay(connection, { amount: '1.00', method: 'card' }))).toMatchObject({
      options: { errors: [{ pointer: '/method' }] },
    })
    expect(await failure(pay(connection, { amount: '1.00', method: 'check', methodRef: { id: '3' } }))).toMatchObject({
      status: 400,
    })
    expect(await failure(pay(connection, { amount: '1.00', draft: true }))).toMatchObject({
      code: 'field_not_supported',
    })
    expect(await failure(pay(connect({ defaults: {} }), { amount: '1.00' }))).toMatchObject({
      code: 'field_required',
      options: { errors: [{ pointer: '/depositTo' }] },
    })
    expect(sandbox.books.documents({ customerId: '456', kind: 'payment' }).length).toBe(0)
  })

  it('repeats nothing under the same intent', async () => {
    const connection = connect()
    const plan = await planPayment({ name: 'ns', baseCurrency: null }, connection, {
      customer: { id: 'cus_ns_456' },
      date: '2026-03-10',
      amount: '5.00',
    })
    const { intentId } = once()
    const first = await connection.createPayment(plan, onceFor(connection, intentId))
    const second = await connection.createPayment(plan, onceFor(connection, intentId))
    expect(second.nativeId).toBe(first.nativeId)
    expect(sandbox.books.documents({ customerId: '456', kind: 'payment' }).length).toBe(1)
  })
})
