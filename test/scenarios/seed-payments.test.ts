/** The examples for payments, called as in the documents; after each the sandbox's books are asked, and voiding restores them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NO_RECORDING, recordSeeds } from '../golden/recording.ts'
import type { TestGateway } from '../support/gateway.ts'
import { ACCOUNTS, DATE, examples, startExamples } from './examples.ts'

describe.each(ACCOUNTS)('$title', ({ connection, profile }) => {
  const recording = connection === 'netsuite' ? recordSeeds('seed-payments', profile) : NO_RECORDING
  const { shown } = recording
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startExamples({ connection, profile }, recording)
  })
  afterAll(() => gateway.close())
  const { call, acme, openInBooks, opens, receive, voidRestores } = examples(() => gateway, connection, recording)

  describe('Customer Payment API', () => {
    it('Example: Create Customer Payment', async () => {
      const debtor = await acme()
      const { customer, invoices } = debtor
      const before = openInBooks(customer)
      const { body } = await shown(() =>
        receive(customer, {
          amount: '1500.00',
          currency: 'USD',
          method: 'check',
          reference: '1234',
          memo: 'Payment for Invoice #INV-5001 and #INV-5002',
          applications: [
            { invoiceId: invoices[0].id, amount: '1000.00' },
            { invoiceId: invoices[1].id, amount: '500.00' },
          ],
        }),
      )
      expect(body).toMatchObject({
        amount: '1500.00',
        appliedAmount: '1500.00',
        unappliedAmount: '0.00',
        status: 'deposited',
        reference: '1234',
        method: 'check',
        customer: { id: customer.id },
        date: DATE,
      })
      expect(opens(...invoices)).toEqual(['0.00', '0.00', '250.00'])
      await voidRestores(debtor, body, before)
    })
    it('Example: Apply Payment with Credit Memo', async () => {
      const debtor = await acme()
      const { customer, invoices, memo } = debtor
      const before = openInBooks(customer)
      const { body } = await shown(() =>
        receive(customer, {
          amount: '500.00',
          memo: 'Payment plus credit application',
          credits: [{ creditId: memo.id, amount: '500.00' }],
          applications: [{ invoiceId: invoices[0].id, amount: '1000.00' }],
        }),
      )
      expect(body).toMatchObject({ amount: '500.00', appliedAmount: '500.00', unappliedAmount: '0.00' })
      expect(body.applications).toMatchObject([
        { invoiceId: invoices[0].id, amount: '1000.00', cashAmount: '500.00', creditAmount: '500.00' },
      ])
      expect(body.credits).toMatchObject([{ creditId: memo.id, amount: '500.00' }])
      expect(opens(...invoices, memo)).toEqual(['0.00', '500.00', '250.00', '0.00'])
      await voidRestores(debtor, body, before)
    })
    it('Example: Unapplied Payment', async () => {
      const debtor = await acme()
      const { customer, invoices } = debtor
      const before = openInBooks(customer)
      const { body } = await shown(() =>
        receive(customer, {
          amount: '2000.00',
          method: 'cash',
          memo: 'Advance payment - to be applied later',
        }),
      )
      expect(body).toMatchObject({
        amount: '2000.00',
        appliedAmount: '0.00',
        unappliedAmount: '2000.00',
        applications: [],
        memo: 'Advance payment - to be applied later',
      })
      expect(opens(...invoices)).toEqual(['1000.00', '500.00', '250.00'])
      const open = await call('GET', `/v1/customers/${customer.id}/open-items`, 200)
      expect(open.body.totals).toEqual({ openInvoices: '1750.00', openCredits: '2500.00', net: '-750.00' })
      await voidRestores(debtor, body, before)
    })
    it('Example: Update Customer Payment', async () => {
      const { customer, invoices } = await acme()
      const { body } = await receive(customer, {
        amount: '100.00',
        reference: '1234',
        memo: 'old',
        applications: [{ invoiceId: invoices[0].id, amount: '100.00' }],
      })
      const change = { memo: 'Payment cleared - confirmed by bank', reference: '1234-CLEARED' }
      if (connection === 'intacct') {
        const refused = await shown(() => call('PATCH', `/v1/payments/${body.id}`, 409, { body: change }))
        expect(refused.body).toMatchObject({ code: 'not_changeable', applied: 'no' })
        expect((await call('GET', `/v1/payments/${body.id}`, 200)).body).toMatchObject({
          memo: 'old',
          reference: '1234',
        })
      } else {
        const { body: changed } = await shown(() => call('PATCH', `/v1/payments/${body.id}`, 200, { body: change }))
        expect(changed).toMatchObject({ ...change, amount: '100.00', appliedAmount: '100.00' })
      }
      expect(opens(invoices[0])).toEqual(['900.00'])
    })
    it('Apply Payment to Multiple Invoices', async () => {
      const debtor = await acme()
      const { customer, invoices } = debtor
      const before = openInBooks(customer)
      const amounts = ['1000.00', '500.00', '250.00']
      const { body } = await shown(() =>
        receive(customer, {
          amount: '1750.00',
          applications: invoices.map(({ id }, place) => ({ invoiceId: id, amount: amounts[place] })),
        }),
      )
      expect(body.applications.map((one: { amount: string }) => one.amount)).toEqual(amounts)
      expect(opens(...invoices)).toEqual(['0.00', '0.00', '0.00'])
      await voidRestores(debtor, body, before)
    })
    it('Apply Payment with Early Payment Discount', async () => {
      const debtor = await acme()
      const { customer, invoices } = debtor
      const applications = [{ invoiceId: invoices[0].id, amount: '980.00', discount: '20.00', discountDate: DATE }]
      if (profile === 'guide') {
        const before = openInBooks(customer)
        const booked = await shown(() => receive(customer, { amount: '980.00', applications }))
        expect(booked.body).toMatchObject({ appliedAmount: '980.00', unappliedAmount: '0.00', applications })
        expect(opens(invoices[0])).toEqual(['0.00'])
        return voidRestores(debtor, booked.body, before)
      }
      const { body } = await shown(() => receive(customer, { amount: '980.00', applications }, 422))
      expect(body).toMatchObject({
        code: 'field_not_supported',
        applied: 'no',
        errors: [{ pointer: expect.stringMatching('^/applications/0/discount') }],
      })
      expect(opens(invoices[0])).toEqual(['1000.00'])
    })
    it('Auto-Apply Feature', async () => {
      const debtor = await acme()
      const before = openInBooks(debtor.customer)
      const { body } = await shown(() => receive(debtor.customer, { amount: '1200.00', autoApply: true }))
      expect(body).toMatchObject({ appliedAmount: '1200.00', unappliedAmount: '0.00' })
      expect(opens(...debtor.invoices)).toEqual(['0.00', '300.00', '250.00'])
      await voidRestores(debtor, body, before)
    })
    it('Overpayment Handling', async () => {
      const debtor = await acme()
      const before = openInBooks(debtor.customer)
      const { body } = await shown(() => receive(debtor.customer, { amount: '2000.00', autoApply: true }))
      expect(body).toMatchObject({ appliedAmount: '1750.00', unappliedAmount: '250.00' })
      expect(opens(...debtor.invoices)).toEqual(['0.00', '0.00', '0.00'])
      const open = await call('GET', `/v1/customers/${debtor.customer.id}/open-items`, 200)
      expect(open.body.data.find((one: { paymentId: string }) => one.paymentId === body.id)).toMatchObject({
        openAmount: '250.00',
      })
      await voidRestores(debtor, body, before)
    })
    it('Undeposited Funds', async () => {
      const debtor = await acme()
      const before = openInBooks(debtor.customer)
      const depositTo = { kind: 'undepositedFunds' }
      const { body } = await shown(() => receive(debtor.customer, { amount: '500.00', method: 'cash', depositTo }))
      expect(body).toMatchObject({ amount: '500.00', method: 'cash', depositTo, status: 'posted' })
      await voidRestores(debtor, body, before)
    })
    it('Partial Payments', async () => {
      const debtor = await acme()
      const { customer, invoices } = debtor
      const before = openInBooks(customer)
      const { body } = await shown(() =>
        receive(customer, {
          amount: '500.00',
          applications: [{ invoiceId: invoices[0].id, amount: '500.00' }],
        }),
      )
      expect(opens(invoices[0])).toEqual(['500.00'])
      expect((await call('GET', `/v1/invoices/${invoices[0].id}`, 200)).body).toMatchObject({
        status: 'partiallyPaid',
        total: '1000.00',
        openAmount: '500.00',
      })
      await voidRestores(debtor, body, before)
    })
    it('Multi-Currency Payments', async () => {
      const { customer, invoices } = await acme()
      const { body } = await shown(() =>
        receive(
          customer,
          { amount: '5.00', currency: 'EUR', applications: [{ invoiceId: invoices[0].id, amount: '5.00' }] },
          422,
        ),
      )
      expect(body).toMatchObject({ code: 'currency_mismatch', applied: 'no' })
    })
    it('Payment Reversals', async () => {
      const debtor = await acme()
      const { customer, invoices } = debtor
      const before = openInBooks(customer)
      const { body } = await receive(customer, {
        amount: '500.00',
        applications: [{ invoiceId: invoices[1].id, amount: '500.00' }],
      })
      const gone = await shown(() => gateway.request('DELETE', `/v1/payments/${body.id}`))
      if (connection === 'intacct') {
        expect({ status: gone.status, ...gone.body }).toMatchObject({ status: 409, code: 'not_changeable' })
        await voidRestores(debtor, body, before)
      } else {
        expect(gone.status).toBe(204)
        expect(openInBooks(customer)).toEqual(before)
      }
    })
  })
})
