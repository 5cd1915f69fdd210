/** The NetSuite sandbox's customer record: what a write must have, what comes back, what is refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, startCaller } from './netsuite-caller.ts'

let caller: Caller
beforeAll(async () => {
  caller = await startCaller()
})
beforeEach(() => caller.sandbox.reset())
afterAll(() => caller.sandbox.close())

const ACME = { companyName: 'New Acme', subsidiary: { id: '1' } }
const get = async (path: string) => (await caller.record('GET', path)).body

describe('creating a customer', () => {
  it('answers 204, an empty body and the new id in Location only', async () => {
    const answer = await caller.record('POST', 'customer', ACME)
    expect([answer.status, answer.body]).toEqual([204, ''])
    expect(answer.headers.get('location')).toBe(
      `${caller.sandbox.url}/services/rest/record/v1/customer/${answer.newId}`,
    )
    expect(await get(`customer/${answer.newId}`)).toMatchObject({
      id: answer.newId,
      entityId: `CUST${answer.newId}`,
      companyName: 'New Acme',
      isPerson: false,
      balance: 0,
      dateCreated: '2026-03-31T12:00:00Z',
      currency: { id: '1', refName: 'USA' },
      entityStatus: { id: '13', refName: 'CUSTOMER-Closed Won' },
      creditHoldOverride: { id: 'AUTO', refName: 'Auto' },
      addressBook: { links: [{ rel: 'self' }] },
    })
  })

  it.each([
    [{ subsidiary: '1' }, 'Company Name'],
    [{ companyName: 'X' }, 'Primary Subsidiary'],
    [{ isPerson: true, subsidiary: '1', companyName: 'X' }, 'First Name, Last Name'],
    [{ companyName: '', subsidiary: '1' }, 'Company Name'],
  ])('refuses %j', async (body, labels) => {
    const answer = await caller.record('POST', 'customer', body)
    expect([answer.status, answer.error?.['o:errorCode']]).toEqual([400, 'USER_ERROR'])
    expect(answer.error?.detail).toBe(`Error while accessing a resource. Please enter value(s) for: ${labels}.`)
  })

  it('refuses the same entity id (in any letter case) or external id twice', async () => {
    const twins = [{ entityId: 'acme-001' }, { externalId: 'acme' }]
    for (const twin of twins) {
      const answer = await caller.record('POST', 'customer', { ...ACME, ...twin })
      expect(answer.error?.detail).toBe('Error while accessing a resource. This entity already exists.')
      expect(answer.status).toBe(400)
    }
    expect((await caller.record('POST', 'customer', { ...ACME, companyName: 'Acme Corporation' })).status).toBe(204)
  })

  it.each([
    [{ email: 'not an address' }, 'email'],
    [{ terms: { id: '77' } }, 'terms'],
    [{ terms: { id: '9' } }, 'terms'],
    [{ parent: { externalId: 'nobody' } }, 'parent'],
    [{ creditHoldOverride: { id: 'MAYBE' } }, 'creditholdoverride'],
    [{ externalId: 'a|b' }, 'externalid'],
    [{ creditLimit: 10.001 }, 'creditlimit'],
  ])('refuses the value of %j', async (part, field) => {
    const answer = await caller.record('POST', 'customer', { ...ACME, ...part })
    expect([answer.status, answer.error?.['o:errorCode']]).toEqual([400, 'USER_ERROR'])
    expect(answer.error?.detail).toMatch(new RegExp(`Invalid Field Value .+ for the following field: ${field}$`))
  })

  it.each([
    [{ isInactive: 'F' }, 'isInactive'],
    [{ creditLimit: '100' }, 'creditLimit'],
    [{ phone: 5550100 }, 'phone'],
    [{ startDate: '12/25/2025' }, 'startDate'],
    [{ startDate: '2026-02-30' }, 'startDate'],
    [{ terms: { refName: 'Net 30' } }, 'terms'],
    [{ addressBook: [{ label: 'x' }] }, 'addressBook'],
    [
      { addressBook: { items: [{ addressBookAddress: { zipCode: '1' } }] } },
      'addressBook.items[0].addressBookAddress.zipCode',
    ],
    [{ contactRoles: { items: [] } }, 'contactRoles'],
    [{ inactive: true }, 'inactive'],
    [{ CompanyName: 'X' }, 'CompanyName'],
    [{ department: { id: '1' } }, 'department'],
    [{ custentity_unknown: 'x' }, 'custentity_unknown'],
    [{ balance: 5 }, 'balance'],
  ])('points at %j', async (part, path) => {
    const answer = await caller.record('POST', 'customer', { ...ACME, ...part })
    expect(answer.status).toBe(400)
    expect(answer.error).toMatchObject({ 'o:errorCode': 'INVALID_CONTENT', 'o:errorPath': path })
  })

  it('says how long a text may be', async () => {
    const { error } = await caller.record('POST', 'customer', { ...ACME, companyName: 'x'.repeat(84) })
    expect(error?.detail).toContain('The field companyname contained more than the maximum number ( 83 ) of characters')
    expect(error).toMatchObject({ 'o:errorCode': 'USER_ERROR', 'o:errorPath': 'companyName' })
  })

  it('drops unknown names silently without the strict header', async () => {
    const body = { ...ACME, inactive: true, Phone: '1', custentity_region: 'North' }
    const answer = await caller.call('POST', '/services/rest/record/v1/customer', body)
    expect(answer.status).toBe(204)
    const record = await get(`customer/${answer.newId}`)
    expect(record).toMatchObject({ isInactive: false, custentity_region: 'North' })
    expect(record).not.toHaveProperty('phone')
  })

  it('refuses broken JSON and other content types', async () => {
    const url = '/services/rest/record/v1/customer'
    expect((await caller.call('POST', url, '{"companyName":')).error?.['o:errorCode']).toBe('INVALID_CONTENT')
    expect((await caller.call('POST', url, '[]')).status).toBe(400)
    expect((await caller.call('POST', url, '{}', { 'content-type': 'text/plain' })).status).toBe(415)
  })
})

describe('changing a customer', () => {
  it('leaves alone what is absent and clears what is null', async () => {
    const body = { email: null, phone: '555-0999', parent: 457, terms: { id: '3' }, entityStatus: 6 }
    expect((await caller.record('PATCH', 'customer/456', body)).status).toBe(204)
    const record = await get('customer/456')
    expect(record).toMatchObject({ phone: '555-0999', terms: { refName: 'Net 60' }, parent: { id: '457' } })
    expect(record).toMatchObject({ companyName: 'Acme Corporation', searchStage: 'Lead' })
    expect(record).not.toHaveProperty('email')
    expect((await caller.record('PATCH', 'customer/456', { companyName: null })).status).toBe(400)
    expect((await caller.record('PATCH', 'customer/457', { parent: { id: '456' } })).status).toBe(400)
  })

  it('merges address lines by id, appends others, and replaces on demand', async () => {
    const line = (await get('customer/456?expandSubResources=true')).addressBook.items[0]
    expect(line).toMatchObject({
      id: 701,
      internalId: 701,
      defaultBilling: true,
      addressBookAddress: { city: 'San Francisco' },
    })
    const sent = {
      items: [
        { id: 701, addressBookAddress: { city: 'Oakland' } },
        { label: 'Dock', defaultShipping: true, addressBookAddress: { addr1: '2 Dock St', country: { id: 'GB' } } },
      ],
    }
    await caller.record('PATCH', 'customer/456', { addressBook: sent })
    const merged = (await get('customer/456?expandSubResources=true')).addressBook
    expect(merged.totalResults).toBe(2)
    expect(merged.items[0]).toMatchObject({ defaultShipping: false, defaultBilling: true })
    expect(merged.items[0].addressBookAddress).toMatchObject({ city: 'Oakland', addr1: '1 Main Street' })
    expect(merged.items[1].addressBookAddress.country).toEqual({ id: 'GB', refName: 'United Kingdom' })
    await caller.record('PATCH', 'customer/456?replace=addressBook', {
      addressBook: { items: [{ id: 701, label: 'Only' }] },
    })
    const replaced = (await get('customer/456?expandSubResources=true')).addressBook.items
    expect(replaced).toHaveLength(1)
    expect(replaced[0]).toMatchObject({ id: 701, label: 'Only' })
    expect(replaced[0].addressBookAddress).not.toHaveProperty('city')
    const unknown = await caller.record('PATCH', 'customer/456', { addressBook: { items: [{ id: 1 }] } })
    expect(unknown.error?.['o:errorPath']).toBe('addressBook.items[0].id')
  })

  it('upserts by external id', async () => {
    const created = await caller.record('PUT', 'customer/eid:up-1', ACME)
    const updated = await caller.record('PUT', 'customer/eid:up-1', { phone: '555-0101' })
    expect([created.status, updated.status]).toEqual([204, 204])
    expect(updated.newId).toBe(created.newId)
    expect(await get('customer/eid:up-1')).toMatchObject({
      companyName: 'New Acme',
      phone: '555-0101',
      externalId: 'up-1',
    })
    expect((await caller.record('PUT', 'customer/456', ACME)).status).toBe(400)
  })

  it('deletes only who has no transactions', async () => {
    const { newId } = await caller.record('POST', 'customer', ACME)
    expect((await caller.record('DELETE', `customer/${newId}`)).status).toBe(204)
    expect((await caller.record('GET', `customer/${newId}`)).status).toBe(404)
    const answer = await caller.record('DELETE', 'customer/456')
    expect([answer.status, answer.error?.['o:errorCode']]).toEqual([400, 'USER_ERROR'])
  })
})

describe('reading', () => {
  it('selects fields, simplifies enumerations, and says 404 in the known words', async () => {
    expect(Object.keys(await get('customer/456?fields=companyName,email')).sort()).toEqual([
      'companyName',
      'email',
      'id',
      'links',
    ])
    expect((await caller.record('GET', 'customer/456?fields=addressBook')).status).toBe(400)
    expect((await get('customer/456?simpleEnumFormat=true')).creditHoldOverride).toBe('AUTO')
    const missing = await caller.record('GET', 'customer/999999')
    expect(missing.error).toMatchObject({
      detail: 'The record instance does not exist. Provide a valid record instance ID.',
      'o:errorCode': 'NONEXISTENT_ID',
    })
    expect((await caller.record('GET', 'gizmo/1')).error?.detail).toBe("Record type 'gizmo' does not exist.")
    expect((await caller.record('GET', 'invoice/999999')).error?.detail).toContain(
      'Transaction type specified is incorrect.',
    )
  })

  it('computes balances, aging and currencies', async () => {
    expect(await get('customer/456')).toMatchObject({
      ...{ balance: 1250, overdueBalance: 1750, daysOverdue: 27, unbilledOrders: 0 },
      ...{ aging: -500, aging1: 1750, aging2: 0, aging3: 0, aging4: 0 },
    })
    const harbour = await get('customer/457?expandSubResources=true')
    expect(harbour).toMatchObject({ balance: 565, depositBalance: 150, consolBalance: 685 })
    const euro = harbour.currencyList.items.find((line: { currency: { id: string } }) => line.currency.id === '4')
    expect(euro).toMatchObject({ balance: 250, overdueBalance: 300 })
  })

  it('lists ids only, page by page', async () => {
    const { body } = await caller.record('GET', 'customer?limit=2&offset=2')
    expect(body).toMatchObject({ count: 2, offset: 2, hasMore: true, totalResults: 43 })
    expect(body.items[0]).toEqual({
      id: '458',
      links: [{ rel: 'self', href: expect.stringContaining('/customer/458') }],
    })
    expect((await caller.record('GET', 'customer?limit=2&offset=3')).error?.['o:errorCode']).toBe('INVALID_PARAMETER')
    expect((await caller.record('GET', 'customer?limit=1001')).status).toBe(400)
  })

  it('describes its records in the metadata catalog', async () => {
    const { body } = await caller.record('GET', 'metadata-catalog/customer')
    expect(body.properties.companyName).toMatchObject({ type: 'string', maxLength: 83, title: 'Company Name' })
    expect(body.properties.balance).toMatchObject({ readOnly: true, format: 'double' })
    expect(body['x-ns-filterable']).toContain('email')
    expect(body.properties.terms.properties.links.items).toEqual({
      $ref: '/services/rest/record/v1/metadata-catalog/nsLink',
    })
    expect((await caller.record('GET', 'metadata-catalog/nsLink')).body.properties.href.type).toBe('string')
    const { items } = (await caller.record('GET', 'metadata-catalog')).body
    expect(items.map((item: { name: string }) => item.name).slice(0, 3)).toEqual([
      ...['customer', 'customerPayment', 'invoice'],
    ])
    expect(items[0].links.map((link: { mediaType?: string }) => link.mediaType)).toEqual([
      ...['application/json', 'application/swagger+json', 'application/schema+json', undefined],
    ])
    const payment = (await caller.record('GET', 'metadata-catalog/customerPayment')).body.properties
    expect(payment.paymentOption.type).toBe('object')
    expect(payment).not.toHaveProperty('paymentMethod')
  })
})
