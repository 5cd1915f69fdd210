/** The guide's account: each example of the customer guide works word for word, and answers as it says. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, startCaller } from './netsuite-caller.ts'

let caller: Caller
beforeAll(async () => {
  caller = await startCaller({ profile: 'guide' })
})
beforeEach(() => caller.sandbox.reset())
afterAll(() => caller.sandbox.close())

const get = async (path: string) => (await caller.record('GET', path)).body
const expanded = (path: string) => get(`${path}?expandSubResources=true`)

const COMPANY = {
  companyName: 'Acme Corporation',
  entityId: 'ACME-001',
  isPerson: false,
  subsidiary: { id: '1' },
  email: 'contact@acmecorp.com',
  phone: '555-0100',
  terms: { id: '2' },
  currency: { id: '1' },
  salesRep: { id: '123' },
  category: { id: '1' },
  taxable: true,
}
const PERSON = {
  isPerson: true,
  entityId: 'CUST-002',
  firstName: 'John',
  lastName: 'Smith',
  subsidiary: { id: '1' },
  email: 'john.smith@email.com',
  phone: '555-0200',
  terms: { refName: 'Net 30' },
  currency: { refName: 'USA' },
}
describe('customers', () => {
  it('Create Company Customer', async () => {
    // The seeded Acme Corporation has the example's number.
    await caller.record('PATCH', 'customer/456', { entityId: 'ACME-OLD' })
    const { status, body, headers } = await caller.record('POST', 'customer', COMPANY)
    expect([status, headers.get('location')]).toEqual([201, null])
    expect(body).toMatchObject({
      links: [{ rel: 'self', href: `${caller.sandbox.url}/services/rest/record/v1/customer/${body.id}` }],
      refName: 'Acme Corporation',
      ...{ entityId: 'ACME-001', companyName: 'Acme Corporation', isPerson: false },
      ...{ email: 'contact@acmecorp.com', phone: '555-0100', balance: 0 },
      ...{ dateCreated: '2026-03-31T12:00:00Z', lastModifiedDate: '2026-03-31T12:00:00Z' },
    })
    expect(body).toMatchObject({ terms: { id: '2' }, salesRep: { id: '123' }, category: { id: '1' }, taxable: true })
  })

  it('Create Individual Customer: references by name', async () => {
    const { status, body } = await caller.record('POST', 'customer', PERSON)
    expect([status, body.terms.id, body.currency.id, body.refName]).toEqual([201, '2', '1', 'John Smith'])
    const unknown = await caller.record('POST', 'customer', { ...PERSON, terms: { refName: 'Net 31' } })
    expect(unknown.error?.detail).toContain('Invalid Field Value Net 31 for the following field: terms')
  })

  it('Update Customer', async () => {
    const change = { email: 'newemail@acmecorp.com', phone: '555-0999', creditLimit: 50000, terms: { id: '3' } }
    expect((await caller.record('PATCH', 'customer/456', change)).status).toBe(204)
    expect(await get('customer/456')).toMatchObject({
      ...{ email: 'newemail@acmecorp.com', phone: '555-0999', creditLimit: 50000, terms: { refName: 'Net 60' } },
      companyName: 'Acme Corporation',
    })
  })

  it('Add Address (Sublist)', async () => {
    const address = {
      ...{ addr1: '123 Main Street', city: 'San Francisco', state: 'CA', zip: '94102' },
      country: { refName: 'US' },
    }
    const line = { defaultShipping: true, defaultBilling: false, label: 'Main Office', addressBookAddress: address }
    await caller.record('PATCH', 'customer/456', { addressBook: { items: [line] } })
    const { items } = (await expanded('customer/456')).addressBook
    expect(items).toHaveLength(2)
    expect(items[1].addressBookAddress).toMatchObject({ addr1: '123 Main Street', country: { id: 'US' } })
  })

  it('Activate/Deactivate Customer', async () => {
    expect((await caller.record('PATCH', 'customer/456', { inactive: true })).status).toBe(204)
    const record = await get('customer/456')
    expect(record).toMatchObject({ inactive: true })
    expect(record).not.toHaveProperty('isInactive')
  })

  it('Change Payment Terms', async () => {
    expect((await caller.record('PATCH', 'customer/456', { terms: { id: '1' } })).status).toBe(204)
    expect((await get('customer/456')).terms).toMatchObject({ id: '1', refName: 'Net 15' })
  })

  it('Key Fields: classification, discount and cards are there', async () => {
    const more = { department: { id: '1' }, class: { id: '2' }, location: { id: '1' }, discountItem: { id: '203' } }
    expect((await caller.record('PATCH', 'customer/456', more)).status).toBe(204)
    expect(await expanded('customer/456')).toMatchObject({ ...more, creditCards: { items: [] } })
  })

  it.each([
    ['Company Name', { ...COMPANY, entityId: 'X-1', companyName: undefined }],
    ['First Name, Last Name', { ...PERSON, firstName: undefined, lastName: undefined }],
    ['Primary Subsidiary', { ...COMPANY, entityId: 'X-1', subsidiary: undefined }],
    ['Customer ID', { ...COMPANY, entityId: undefined }],
  ])('Missing Required Field: %s', async (labels, body) => {
    const answer = await caller.record('POST', 'customer', body)
    expect([answer.status, answer.error]).toEqual([
      400,
      { detail: `Please enter value(s) for: ${labels}`, 'o:errorCode': 'FIELD_REQUIRED' },
    ])
  })

  it('Required Fields: entityId unless autoName', async () => {
    const answer = await caller.record('POST', 'customer', { ...COMPANY, entityId: undefined, autoName: true })
    expect([answer.status, answer.body.entityId]).toEqual([201, `CUST${answer.body.id}`])
  })

  it('Duplicate Customer', async () => {
    const answer = await caller.record('POST', 'customer', COMPANY)
    expect([answer.status, answer.body]).toEqual([
      409,
      {
        type: 'https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html',
        title: 'Conflict',
        status: 409,
        'o:errorDetails': [
          { detail: 'A customer with this name already exists', 'o:errorCode': 'UNIQUE_CUST_ID_REQD' },
        ],
      },
    ])
  })
})
