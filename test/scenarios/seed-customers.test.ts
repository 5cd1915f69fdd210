/** The examples for customers, called as in the documents; after each the sandbox's books are asked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NO_RECORDING, recordSeeds } from '../golden/recording.ts'
import type { TestGateway } from '../support/gateway.ts'
import { ACCOUNTS, examples, startExamples } from './examples.ts'

describe.each(ACCOUNTS)('$title', ({ connection, profile }) => {
  const recording = connection === 'netsuite' ? recordSeeds('seed-customers', profile) : NO_RECORDING
  const { shown } = recording
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startExamples({ connection, profile }, recording)
  })
  afterAll(() => gateway.close())
  const { erp, call, acme, receive, found, refused } = examples(() => gateway, connection, recording)

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
      const { body, headers } = await shown(() =>
        call('POST', '/v1/customers', 201, { body: { connection, ...wanted } }),
      )
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
      const { body } = await shown(() =>
        call('POST', '/v1/customers', 201, { body: { connection, type: 'person', ...wanted } }),
      )
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
      const change = {
        email: 'newemail@acmecorp.com',
        phone: '555-0999',
        creditLimit: '50000',
        terms: { id: otherTerms.id },
      }
      const { body } = await shown(() => call('PATCH', `/v1/customers/${customer.id}`, 200, { body: change }))
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
      const { body } = await shown(() => call('POST', `/v1/customers/${customer.id}/addresses`, 201, { body: address }))
      expect(body.addresses).toEqual(expect.arrayContaining([expect.objectContaining(address)]))
      expect(body.addresses.length - customer.addresses.length).toBe(1)
    })
    it('Find Customers by Company Name', async () => {
      const { customer } = await acme()
      const ids = await shown(() => found('/v1/customers?nameStartsWith=acme'))
      expect(ids).toEqual(expect.arrayContaining([customer.id, erp().seed.customer]))
      expect(await found(`/v1/customers?name=${encodeURIComponent(customer.name)}`)).toEqual([customer.id])
    })
    it('Find Customers by Email', async () => {
      const { customer } = await acme()
      await call('PATCH', `/v1/customers/${customer.id}`, 200, { body: { email: 'one.of.a.kind@acmecorp.com' } })
      expect(await shown(() => found('/v1/customers?email=one.of.a.kind@acmecorp.com'))).toEqual([customer.id])
    })
    it('Find Inactive Customers', async () => {
      const { customer } = await acme()
      await call('PATCH', `/v1/customers/${customer.id}`, 200, { body: { status: 'inactive' } })
      const ids = await shown(() => found('/v1/customers?status=inactive'))
      const inTheBooks = erp()
        .books.customers()
        .filter((one) => !one.active)
      expect(ids.toSorted()).toEqual(inTheBooks.map((one) => `cus_${connection}_${one.id}`).toSorted())
      expect(ids).toContain(customer.id)
    })
    it('Find Customers by Status', async () => {
      const answer = await shown(() =>
        gateway.request('GET', `/v1/customers?stage=13&connection=${connection}&limit=200`),
      )
      if (connection === 'intacct') {
        expect({ status: answer.status, ...answer.body }).toMatchObject({ status: 422, code: 'filter_not_supported' })
      } else {
        expect(answer.body.data.map((one: { id: string }) => one.id)).toContain(erp().seed.customer)
        expect(new Set(answer.body.data.map((one: { stage: { id: string } }) => one.stage.id))).toEqual(new Set(['13']))
      }
    })
    it('Find Customers with High Balance', async () => {
      if (profile === 'single') return shown(() => refused('/v1/customers?balanceMin=900000', 'balance'))
      const { customer } = await acme()
      erp().invoice(customer.nativeId, { total: '987654.32' })
      expect(await shown(() => found('/v1/customers?balanceMin=900000'))).toEqual([customer.id])
      expect(await found('/v1/customers?balanceMin=988904.33')).toEqual([])
    })
    it('1. Check Customer Credit Limit', async () => {
      const { customer } = await acme()
      await call('PATCH', `/v1/customers/${customer.id}`, 200, { body: { creditLimit: '2000.00' } })
      const { body } = await shown(() => call('GET', `/v1/customers/${customer.id}?fields=balance,creditLimit`, 200))
      expect(body).toMatchObject({ creditLimit: '2000.00', balance: '1250.00' })
    })
    it('2. Update Customer After Payment', async () => {
      const { customer, invoices } = await acme()
      await receive(customer, { amount: '1000.00', applications: [{ invoiceId: invoices[0].id, amount: '1000.00' }] })
      const { body } = await shown(() => call('GET', `/v1/customers/${customer.id}`, 200))
      expect(body).toMatchObject({ balance: '250.00' })
    })
    it('3. Activate/Deactivate Customer', async () => {
      const { customer } = await acme()
      for (const [status, active] of [
        ['inactive', false],
        ['active', true],
      ] as const) {
        const { body } = await shown(() => call('PATCH', `/v1/customers/${customer.id}`, 200, { body: { status } }))
        expect(body.status).toBe(status)
        expect(erp().books.customer(customer.nativeId).active).toBe(active)
      }
    })
    it('4. Change Payment Terms', async () => {
      const { customer } = await acme()
      const change = { terms: { name: 'Net 15' } }
      const { body } = await shown(() => call('PATCH', `/v1/customers/${customer.id}`, 200, { body: change }))
      expect(body.terms.name).toBe('Net 15')
    })
    it('Reference Fields', async () => {
      const { customer } = await acme()
      const { terms, otherTerms } = erp().seed
      for (const [sent, wanted] of [
        [{ id: otherTerms.id }, otherTerms],
        [{ name: 'Net 30' }, terms],
      ] as const) {
        const change = { terms: sent }
        const { body } = await shown(() => call('PATCH', `/v1/customers/${customer.id}`, 200, { body: change }))
        expect(body.terms).toEqual(wanted)
      }
      const unknown = { terms: { name: 'Net 31' } }
      const { body } = await shown(() => call('PATCH', `/v1/customers/${customer.id}`, 422, { body: unknown }))
      expect(body).toMatchObject({ applied: 'no', errors: [{ pointer: expect.stringMatching('^/terms') }] })
    })
    it('Duplicate Customer', async () => {
      const { customer } = await acme()
      const again = { connection, number: customer.number, companyName: 'Acme Corporation' }
      const { body } = await shown(() => call('POST', '/v1/customers', 409, { body: again }))
      expect(body).toMatchObject({ code: 'conflict', applied: 'no' })
    })
    it('Missing Required Field', async () => {
      const nameless = { connection, type: 'company', email: 'contact@acmecorp.com' }
      const { body } = await shown(() => call('POST', '/v1/customers', 422, { body: nameless }))
      expect(body).toMatchObject({ code: 'field_required', applied: 'no' })
      expect(body.errors[0].pointer).toMatch(/^\/(companyName|name)$/)
    })
  })

  describe('Customers', () => {
    it('Query and List Customers', async () => {
      const sort = profile === 'single' ? '' : '&sort=-updatedAt'
      const query = `connection=${connection}&limit=5&fields=number,name,email,balance${sort}`
      const { body } = await shown(() => call('GET', `/v1/customers?${query}`, 200))
      if (profile === 'single') await refused('/v1/customers?sort=-updatedAt', 'updatedAt')
      expect(body.data).toHaveLength(5)
      for (const customer of body.data)
        expect(customer).toMatchObject({ number: expect.any(String), name: expect.any(String) })
    })
    it('Get Customer', async () => {
      const { body } = await shown(() => call('GET', `/v1/customers/${erp().seed.customer}`, 200))
      expect(body).toMatchObject({
        name: 'Acme Corporation',
        currency: 'USD',
        terms: { name: 'Net 30' },
      })
    })
    it('Delete Customer', async () => {
      const { body } = await call('POST', '/v1/customers', 201, { body: { connection, name: 'To be deleted' } })
      recording.called('customer', body.nativeId)
      await shown(() => call('DELETE', `/v1/customers/${body.id}`, 204))
      expect(erp().books.getCustomer(body.nativeId)).toBeUndefined()
      await shown(() => call('DELETE', `/v1/customers/${erp().seed.customer}`, 409))
    })
  })
})
