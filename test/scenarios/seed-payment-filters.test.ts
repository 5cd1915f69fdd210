/** The examples of query filters for payments, called as in the documents. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NO_RECORDING, recordSeeds } from '../golden/recording.ts'
import type { TestGateway } from '../support/gateway.ts'
import { ACCOUNTS, examples, startExamples } from './examples.ts'

describe.each(ACCOUNTS)('$title', ({ connection, profile }) => {
  const recording = connection === 'netsuite' ? recordSeeds('seed-payment-filters', profile) : NO_RECORDING
  const { shown } = recording
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startExamples({ connection, profile }, recording)
  })
  afterAll(() => gateway.close())
  const { acme, receive, found, refused } = examples(() => gateway, connection, recording)

  describe('Customer Payment API: Query Filters', () => {
    it('Find Payments by Date', async () => {
      const { customer } = await acme()
      const { body } = await receive(customer, { amount: '1.00', date: '2025-12-25' })
      expect(await found('/v1/payments?date=2025-12-25')).toContain(body.id)
      expect(await shown(() => found(`/v1/payments?date=2025-12-25&customerId=${customer.id}`))).toEqual([body.id])
      expect(await found(`/v1/payments?date=2025-12-24&customerId=${customer.id}`)).toEqual([])
    })
    it('Find by Customer', async () => {
      const { customer, invoices } = await acme()
      const kept = await receive(customer, { amount: '2.00' })
      const applied = await receive(customer, {
        amount: '3.00',
        applications: [{ invoiceId: invoices[0].id, amount: '3.00' }],
      })
      expect((await shown(() => found(`/v1/payments?customerId=${customer.id}`))).toSorted()).toEqual(
        [kept.body.id, applied.body.id].toSorted(),
      )
    })
    it('Find Unapplied Payments', async () => {
      if (profile === 'single') return shown(() => refused('/v1/payments?unapplied=true', 'unappliedAmount'))
      const { customer, invoices } = await acme()
      const kept = await receive(customer, { amount: '2.00' })
      const partly = await receive(customer, {
        amount: '4.00',
        applications: [{ invoiceId: invoices[0].id, amount: '3.00' }],
      })
      const applied = await receive(customer, {
        amount: '3.00',
        applications: [{ invoiceId: invoices[0].id, amount: '3.00' }],
      })
      const mine = `customerId=${customer.id}`
      expect((await shown(() => found(`/v1/payments?unapplied=true&${mine}`))).toSorted()).toEqual(
        [kept.body.id, partly.body.id].toSorted(),
      )
      expect(await found(`/v1/payments?unapplied=false&${mine}`)).toEqual([applied.body.id])
    })
    it('Find by Payment Method', async () => {
      if (profile === 'single') return shown(() => refused('/v1/payments?methodId=2', 'methodRef'))
      const { customer } = await acme()
      const cheque = await receive(customer, { amount: '2.00', method: 'check' })
      const cash = await receive(customer, { amount: '2.00', method: 'cash' })
      const mine = `customerId=${customer.id}`
      const id = encodeURIComponent(cheque.body.methodRef.id)
      expect(await shown(() => found(`/v1/payments?methodId=${id}&${mine}`))).toEqual([cheque.body.id])
      expect(await shown(() => found(`/v1/payments?method=cash&${mine}`))).toEqual([cash.body.id])
    })
    it('Find by Date Range', async () => {
      const { customer } = await acme()
      const ids: string[] = []
      for (const date of ['2025-11-30', '2025-12-01', '2025-12-31', '2026-01-01'])
        ids.push((await receive(customer, { amount: '2.00', date })).body.id)
      const query = `dateFrom=2025-12-01&dateTo=2025-12-31&customerId=${customer.id}`
      expect((await shown(() => found(`/v1/payments?${query}`))).toSorted()).toEqual([ids[1], ids[2]].toSorted())
    })
    it('Find High-Value Payments', async () => {
      if (profile === 'single') return shown(() => refused('/v1/payments?amountMin=5000', 'amount'))
      const { customer } = await acme()
      const ids: string[] = []
      for (const amount of ['4999.99', '5000.00', '5000.01']) ids.push((await receive(customer, { amount })).body.id)
      expect((await shown(() => found(`/v1/payments?amountMin=5000&customerId=${customer.id}`))).toSorted()).toEqual(
        [ids[1], ids[2]].toSorted(),
      )
    })
    it('Find Undeposited Funds', async () => {
      if (profile === 'single') return shown(() => refused('/v1/payments?undeposited=true', 'undeposited'))
      const { customer } = await acme()
      const kept = await receive(customer, { amount: '2.00', method: 'cash', depositTo: { kind: 'undepositedFunds' } })
      const banked = await receive(customer, { amount: '2.00', depositTo: { kind: 'bankAccount' } })
      const ids = await shown(() => found(`/v1/payments?undeposited=true&customerId=${customer.id}`))
      expect(ids).toEqual([kept.body.id])
      expect(await found(`/v1/payments?undeposited=false&customerId=${customer.id}`)).toEqual([banked.body.id])
      expect([kept.body.status, banked.body.status]).toEqual(['posted', 'deposited'])
    })
  })
})
