/**
 * The examples of the documents that the project began with, through the API, on every ERP, with the same JSON (only ids
 * differ). Tests are called as the examples are. After each the sandbox's books are asked, not the API.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cents, type Erp, type ErpName, openDocuments, type Posted } from '../support/erps.ts'
import { type Answer, newKey, type RequestOptions, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 30 })
})
afterAll(() => gateway.close())

const DATE = '2026-03-25'

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (connection) => {
  const erp = (): Erp => gateway.erps[connection]
  const call = async (method: string, path: string, status: number, options: RequestOptions = {}): Promise<Answer> => {
    const answer = await gateway.request(method, path, options)
    expect({ path, status: answer.status, detail: answer.body?.detail }).toMatchObject({ path, status })
    return answer
  }
  let count = 0
  /** The customer of the examples, with its invoices and its credit memo, anew for each of them. */
  const acme = async () => {
    const number = `ACME-9${String(++count).padStart(2, '0')}`
    const { body } = await call('POST', '/v1/customers', 201, {
      body: {
        connection,
        number,
        companyName: `Acme Corporation ${count}`,
        currency: 'USD',
        terms: { name: 'Net 30' },
      },
    })
    const invoice = (total: string, dueDate: string) =>
      erp().invoice(body.nativeId, { total, date: '2026-02-02', dueDate })
    return {
      customer: body,
      invoices: [
        invoice('1000.00', '2026-03-04'),
        invoice('500.00', '2026-03-11'),
        invoice('250.00', '2026-03-18'),
      ] as const,
      memo: erp().creditMemo(body.nativeId, { total: '500.00' }),
    }
  }
  type Acme = Awaited<ReturnType<typeof acme>>
  /** What is open in the books, to the cent. */
  const openInBooks = (customer: { nativeId: string }) =>
    openDocuments(erp().books, customer.nativeId).map(({ id, kind, open }) => ({ id, kind, open: cents(open) }))
  const opens = (...items: readonly Posted[]) => items.map((item) => item.open())
  const receive = (customer: { id: string }, fields: object, status = 201) =>
    call('POST', '/v1/payments', status, {
      key: newKey(),
      body: { customer: { id: customer.id }, date: DATE, ...fields },
    })
  /** Voids, and expects the books to be as they were before the payment. */
  const voidRestores = async ({ customer }: Acme, payment: { id: string }, before: unknown) => {
    const { body } = await call('POST', `/v1/payments/${payment.id}/void`, 200, { key: newKey() })
    expect(body).toMatchObject({ id: payment.id, status: 'voided' })
    expect(openInBooks(customer)).toEqual(before)
    const open = await call('GET', `/v1/customers/${customer.id}/open-items`, 200)
    expect(open.body.totals).toEqual({ openInvoices: '1750.00', openCredits: '500.00', net: '1250.00' })
  }
  const found = async (query: string): Promise<string[]> => {
    const { body } = await call('GET', `${query}&connection=${connection}&limit=200`, 200)
    return body.data.map((one: { id: string }) => one.id)
  }

  describe('Customer Record API', () => {
    it('Example: Create Company Customer', async () => {
      const wanted = {
        companyName: 'Acme Corporation',
        number: 'ACME-800',
        type: 'company',
        email: 'contact@acmecorp.com',
        phone: '555-0100',
        terms: { name: 'Net 30' },
        currency: 'USD',
        taxable: true,
        creditLimit: '25000.00',
      }
      const { body, headers } = await call('POST', '/v1/customers', 201, { body: { connection, ...wanted } })
      expect(body).toMatchObject({
        ...wanted,
        terms: erp().seed.terms,
        name: 'Acme Corporation',
        status: 'active',
        object: 'customer',
      })
      expect(Number(body.balance ?? 0)).toBe(0)
      expect(body.createdAt).toMatch(/Z$/)
      expect((await call('GET', headers.get('location') as string, 200)).body).toEqual(body)
      expect(erp().books.customer(body.nativeId)).toMatchObject({ active: true, currency: 'USD' })
    })
    it('Example: Create Individual Customer', async () => {
      const wanted = {
        firstName: 'John',
        lastName: 'Smith',
        number: 'CUST-802',
        email: 'john.smith@email.com',
        phone: '555-0200',
        terms: { name: 'Net 30' },
        currency: 'USD',
      }
      const { body } = await call('POST', '/v1/customers', 201, { body: { connection, type: 'person', ...wanted } })
      expect(body).toMatchObject({
        ...wanted,
        terms: erp().seed.terms,
        type: 'person',
        name: 'John Smith',
        companyName: null,
      })
    })
    it('Example: Update Customer', async () => {
      const { customer } = await acme()
      const { otherTerms } = erp().seed
      const { body } = await call('PATCH', `/v1/customers/${customer.id}`, 200, {
        body: { email: 'newemail@acmecorp.com', phone: '555-0999', creditLimit: '50000', terms: { id: otherTerms.id } },
      })
      expect(body).toMatchObject({
        email: 'newemail@acmecorp.com',
        phone: '555-0999',
        creditLimit: '50000.00',
        terms: otherTerms,
        number: customer.number,
        name: customer.name,
      })
    })
    it('Example: Add Address (Sublist)', async () => {
      const { customer } = await acme()
      const address = {
        label: 'Main Office',
        line1: '123 Main Street',
        city: 'San Francisco',
        region: 'CA',
        postalCode: '94102',
        country: 'US',
        isDefaultShipping: true,
        isDefaultBilling: false,
      }
      const { body } = await call('POST', `/v1/customers/${customer.id}/addresses`, 201, { body: address })
      expect(body.addresses).toEqual(expect.arrayContaining([expect.objectContaining(address)]))
      expect(body.addresses.length - customer.addresses.length).toBe(1)
    })
    it('Find Customers by Company Name', async () => {
      const { customer } = await acme()
      const ids = await found('/v1/customers?nameStartsWith=acme')
      expect(ids).toEqual(expect.arrayContaining([customer.id, erp().seed.customer]))
      expect(await found(`/v1/customers?name=${encodeURIComponent(customer.name)}`)).toEqual([customer.id])
    })
    it('Find Customers by Email', async () => {
      const { customer } = await acme()
      await call('PATCH', `/v1/customers/${customer.id}`, 200, { body: { email: 'one.of.a.kind@acmecorp.com' } })
      expect(await found('/v1/customers?email=one.of.a.kind@acmecorp.com')).toEqual([customer.id])
    })
    it('Find Inactive Customers', async () => {
      const { customer } = await acme()
      await call('PATCH', `/v1/customers/${customer.id}`, 200, { body: { status: 'inactive' } })
      const ids = await found('/v1/customers?status=inactive')
      const inTheBooks = erp()
        .books.customers()
        .filter((one) => !one.active)
      expect(ids.toSorted()).toEqual(inTheBooks.map((one) => `cus_${connection}_${one.id}`).toSorted())
      expect(ids).toContain(customer.id)
    })
    it('Find Customers by Status', async () => {
      const answer = await gateway.request('GET', `/v1/customers?stage=13&connection=${connection}&limit=200`)
      if (connection === 'intacct') {
        expect({ status: answer.status, ...answer.body }).toMatchObject({ status: 422, code: 'filter_not_supported' })
      } else {
        expect(answer.body.data.map((one: { id: string }) => one.id)).toContain(erp().seed.customer)
        expect(new Set(answer.body.data.map((one: { stage: { id: string } }) => one.stage.id))).toEqual(new Set(['13']))
      }
    })
    it('Find Customers with High Balance', async () => {
      const { customer } = await acme()
      erp().invoice(customer.nativeId, { total: '987654.32' })
      expect(await found('/v1/customers?balanceMin=900000')).toEqual([customer.id])
      expect(await found('/v1/customers?balanceMin=988904.33')).toEqual([])
    })
    it('1. Check Customer Credit Limit', async () => {
      const { customer } = await acme()
      await call('PATCH', `/v1/customers/${customer.id}`, 200, { body: { creditLimit: '2000.00' } })
      const { body } = await call('GET', `/v1/customers/${customer.id}?fields=balance,creditLimit`, 200)
      expect(body).toMatchObject({ creditLimit: '2000.00', balance: '1250.00' })
    })
    it('2. Update Customer After Payment', async () => {
      const { customer, invoices } = await acme()
      await receive(customer, { amount: '1000.00', applications: [{ invoiceId: invoices[0].id, amount: '1000.00' }] })
      expect((await call('GET', `/v1/customers/${customer.id}`, 200)).body).toMatchObject({ balance: '250.00' })
    })
    it('3. Activate/Deactivate Customer', async () => {
      const { customer } = await acme()
      for (const [status, active] of [
        ['inactive', false],
        ['active', true],
      ] as const) {
        expect((await call('PATCH', `/v1/customers/${customer.id}`, 200, { body: { status } })).body.status).toBe(
          status,
        )
        expect(erp().books.customer(customer.nativeId).active).toBe(active)
      }
    })
    it('4. Change Payment Terms', async () => {
      const { customer } = await acme()
      const { body } = await call('PATCH', `/v1/customers/${customer.id}`, 200, { body: { terms: { name: 'Net 15' } } })
      expect(body.terms.name).toBe('Net 15')
    })
    it('Duplicate Customer', async () => {
      const { customer } = await acme()
      const { body } = await call('POST', '/v1/customers', 409, {
        body: { connection, number: customer.number, companyName: 'Acme Corporation' },
      })
      expect(body).toMatchObject({ code: 'conflict', applied: 'no' })
    })
    it('Missing Required Field', async () => {
      const { body } = await call('POST', '/v1/customers', 422, {
        body: { connection, type: 'company', email: 'contact@acmecorp.com' },
      })
      expect(body).toMatchObject({ code: 'field_required', applied: 'no' })
      expect(body.errors[0].pointer).toMatch(/^\/(companyName|name)$/)
    })
  })

  describe('Customer Payment API', () => {
    it('Example: Create Customer Payment', async () => {
      const debtor = await acme()
      const { customer, invoices } = debtor
      const before = openInBooks(customer)
      const { body } = await receive(customer, {
        amount: '1500.00',
        currency: 'USD',
        method: 'check',
        reference: '1234',
        memo: 'Payment for Invoice #INV-5001 and #INV-5002',
        applications: [
          { invoiceId: invoices[0].id, amount: '1000.00' },
          { invoiceId: invoices[1].id, amount: '500.00' },
        ],
      })
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
      const { body } = await receive(customer, {
        amount: '500.00',
        memo: 'Payment plus credit application',
        credits: [{ creditId: memo.id, amount: '500.00' }],
        applications: [{ invoiceId: invoices[0].id, amount: '1000.00' }],
      })
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
      const { body } = await receive(customer, {
        amount: '2000.00',
        method: 'cash',
        memo: 'Advance payment - to be applied later',
      })
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
        const refused = await call('PATCH', `/v1/payments/${body.id}`, 409, { body: change })
        expect(refused.body).toMatchObject({ code: 'not_changeable', applied: 'no' })
        expect((await call('GET', `/v1/payments/${body.id}`, 200)).body).toMatchObject({
          memo: 'old',
          reference: '1234',
        })
      } else {
        const { body: changed } = await call('PATCH', `/v1/payments/${body.id}`, 200, { body: change })
        expect(changed).toMatchObject({ ...change, amount: '100.00', appliedAmount: '100.00' })
      }
      expect(opens(invoices[0])).toEqual(['900.00'])
    })
    it('Apply Payment to Multiple Invoices', async () => {
      const debtor = await acme()
      const { customer, invoices } = debtor
      const before = openInBooks(customer)
      const amounts = ['1000.00', '500.00', '250.00']
      const { body } = await receive(customer, {
        amount: '1750.00',
        applications: invoices.map(({ id }, place) => ({ invoiceId: id, amount: amounts[place] })),
      })
      expect(body.applications.map((one: { amount: string }) => one.amount)).toEqual(amounts)
      expect(opens(...invoices)).toEqual(['0.00', '0.00', '0.00'])
      await voidRestores(debtor, body, before)
    })
    it('Apply Payment with Early Payment Discount', async () => {
      const { customer, invoices } = await acme()
      const applications = [{ invoiceId: invoices[0].id, amount: '980.00', discount: '20.00', discountDate: DATE }]
      const { body } = await receive(customer, { amount: '980.00', applications }, 422)
      expect(body).toMatchObject({
        code: 'field_not_supported',
        applied: 'no',
        errors: [{ pointer: expect.stringMatching('^/applications/0/discount') }],
      })
      expect(opens(invoices[0])).toEqual(['1000.00'])
    })
    it('Find Payments by Date', async () => {
      const { customer } = await acme()
      const { body } = await receive(customer, { amount: '1.00', date: '2025-12-25' })
      expect(await found('/v1/payments?date=2025-12-25')).toContain(body.id)
      expect(await found(`/v1/payments?date=2025-12-25&customerId=${customer.id}`)).toEqual([body.id])
      expect(await found(`/v1/payments?date=2025-12-24&customerId=${customer.id}`)).toEqual([])
    })
    it('Find by Customer', async () => {
      const { customer, invoices } = await acme()
      const kept = await receive(customer, { amount: '2.00' })
      const applied = await receive(customer, {
        amount: '3.00',
        applications: [{ invoiceId: invoices[0].id, amount: '3.00' }],
      })
      expect((await found(`/v1/payments?customerId=${customer.id}`)).toSorted()).toEqual(
        [kept.body.id, applied.body.id].toSorted(),
      )
    })
    it('Find Unapplied Payments', async () => {
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
      expect((await found(`/v1/payments?unapplied=true&${mine}`)).toSorted()).toEqual(
        [kept.body.id, partly.body.id].toSorted(),
      )
      expect(await found(`/v1/payments?unapplied=false&${mine}`)).toEqual([applied.body.id])
    })
    it('Find by Payment Method', async () => {
      const { customer } = await acme()
      const cheque = await receive(customer, { amount: '2.00', method: 'check' })
      const cash = await receive(customer, { amount: '2.00', method: 'cash' })
      const mine = `customerId=${customer.id}`
      expect(await found(`/v1/payments?methodId=${encodeURIComponent(cheque.body.methodRef.id)}&${mine}`)).toEqual([
        cheque.body.id,
      ])
      expect(await found(`/v1/payments?method=cash&${mine}`)).toEqual([cash.body.id])
    })
    it('Find by Date Range', async () => {
      const { customer } = await acme()
      const ids: string[] = []
      for (const date of ['2025-11-30', '2025-12-01', '2025-12-31', '2026-01-01'])
        ids.push((await receive(customer, { amount: '2.00', date })).body.id)
      expect(
        (await found(`/v1/payments?dateFrom=2025-12-01&dateTo=2025-12-31&customerId=${customer.id}`)).toSorted(),
      ).toEqual([ids[1], ids[2]].toSorted())
    })
    it('Find High-Value Payments', async () => {
      const { customer } = await acme()
      const ids: string[] = []
      for (const amount of ['4999.99', '5000.00', '5000.01']) ids.push((await receive(customer, { amount })).body.id)
      expect((await found(`/v1/payments?amountMin=5000&customerId=${customer.id}`)).toSorted()).toEqual(
        [ids[1], ids[2]].toSorted(),
      )
    })
    it('Find Undeposited Funds', async () => {
      const { customer } = await acme()
      const kept = await receive(customer, { amount: '2.00', method: 'cash', depositTo: { kind: 'undepositedFunds' } })
      const banked = await receive(customer, { amount: '2.00', depositTo: { kind: 'bankAccount' } })
      expect(await found(`/v1/payments?undeposited=true&customerId=${customer.id}`)).toEqual([kept.body.id])
      expect(await found(`/v1/payments?undeposited=false&customerId=${customer.id}`)).toEqual([banked.body.id])
      expect([kept.body.status, banked.body.status]).toEqual(['posted', 'deposited'])
    })
    it('Auto-Apply Feature', async () => {
      const debtor = await acme()
      const before = openInBooks(debtor.customer)
      const { body } = await receive(debtor.customer, { amount: '1200.00', autoApply: true })
      expect(body).toMatchObject({ appliedAmount: '1200.00', unappliedAmount: '0.00' })
      expect(opens(...debtor.invoices)).toEqual(['0.00', '300.00', '250.00'])
      await voidRestores(debtor, body, before)
    })
    it('Overpayment Handling', async () => {
      const debtor = await acme()
      const before = openInBooks(debtor.customer)
      const { body } = await receive(debtor.customer, { amount: '2000.00', autoApply: true })
      expect(body).toMatchObject({ appliedAmount: '1750.00', unappliedAmount: '250.00' })
      expect(opens(...debtor.invoices)).toEqual(['0.00', '0.00', '0.00'])
      const open = await call('GET', `/v1/customers/${debtor.customer.id}/open-items`, 200)
      expect(open.body.data.find((one: { paymentId: string }) => one.paymentId === body.id)).toMatchObject({
        openAmount: '250.00',
      })
      await voidRestores(debtor, body, before)
    })
    it('Partial Payments', async () => {
      const debtor = await acme()
      const { customer, invoices } = debtor
      const before = openInBooks(customer)
      const { body } = await receive(customer, {
        amount: '500.00',
        applications: [{ invoiceId: invoices[0].id, amount: '500.00' }],
      })
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
      const { body } = await receive(
        customer,
        { amount: '5.00', currency: 'EUR', applications: [{ invoiceId: invoices[0].id, amount: '5.00' }] },
        422,
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
      const gone = await gateway.request('DELETE', `/v1/payments/${body.id}`)
      if (connection === 'intacct') {
        expect({ status: gone.status, ...gone.body }).toMatchObject({ status: 409, code: 'not_changeable' })
        await voidRestores(debtor, body, before)
      } else {
        expect(gone.status).toBe(204)
        expect(openInBooks(customer)).toEqual(before)
      }
    })
  })

  describe('Customers', () => {
    it('Query and List Customers', async () => {
      const { body } = await call(
        'GET',
        `/v1/customers?connection=${connection}&limit=5&fields=number,name,email,balance&sort=-updatedAt`,
        200,
      )
      expect(body.data).toHaveLength(5)
      for (const customer of body.data)
        expect(customer).toMatchObject({ number: expect.any(String), name: expect.any(String) })
    })
    it('Get Customer', async () => {
      expect((await call('GET', `/v1/customers/${erp().seed.customer}`, 200)).body).toMatchObject({
        name: 'Acme Corporation',
        currency: 'USD',
        terms: { name: 'Net 30' },
      })
    })
    it('Delete Customer', async () => {
      const { body } = await call('POST', '/v1/customers', 201, { body: { connection, name: 'To be deleted' } })
      await call('DELETE', `/v1/customers/${body.id}`, 204)
      expect(erp().books.getCustomer(body.nativeId)).toBeUndefined()
      await call('DELETE', `/v1/customers/${erp().seed.customer}`, 409)
    })
  })
})
