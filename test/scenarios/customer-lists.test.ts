/** Contacts, delivery, restriction, prices and e-mail templates of customers, through the gateway, with the books asked directly. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newName } from '../conformance/world.ts'
import type { ErpName } from '../support/erps.ts'
import { type Answer, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 20 })
})
afterAll(() => gateway.close())
beforeEach(() => {
  gateway.erps.intacct.reset()
  gateway.erps.netsuite.reset()
})

const request: TestGateway['request'] = (...call) => gateway.request(...call)
const ok = (answer: Answer, status = 200) => {
  expect({ status: answer.status, detail: answer.body?.detail }).toEqual({ status, detail: undefined })
  return answer.body
}
const create = async (connection: ErpName, fields: object) =>
  ok(await request('POST', '/v1/customers', { body: { connection, name: newName(), ...fields } }), 201)
const patch = async (id: string, body: object) => ok(await request('PATCH', `/v1/customers/${id}`, { body }))
const read = async (id: string) => ok(await request('GET', `/v1/customers/${id}`))
/** Refused, at this place, and nothing written. */
const refused = (answer: Answer, pointer: string, code = 'field_not_supported', status = 422) => {
  expect({ status: answer.status, code: answer.body.code, applied: answer.body.applied }).toEqual({
    status,
    code,
    applied: 'no',
  })
  expect(answer.body.errors.map((one: { pointer: string }) => one.pointer)).toEqual([pointer])
}

describe('contacts of an Intacct customer', () => {
  const desk = { name: 'Accounts payable desk', role: 'billTo', email: 'ap@desk.example', phone: '555-1' }
  const store = { name: 'Store', role: 'other', category: 'Work', email: 'store@desk.example', phone: null }

  it('come back as they were created', async () => {
    const made = await create('intacct', { contacts: [desk, store, { name: 'Nameless kind' }] })
    expect(made.contacts).toEqual([
      { ...desk, category: null },
      store,
      { name: 'Nameless kind', role: 'other', category: 'Other', email: null, phone: null },
    ])
    expect(await read(made.id)).toEqual(made)
    const { details } = gateway.erps.intacct.books.customer(made.nativeId)
    expect(details).toMatchObject({ 'BILLTO.CONTACTNAME': desk.name })
  })

  it('are replaced in one transaction, which clears the list and appends to it', async () => {
    const made = await create('intacct', { contacts: [desk, store] })
    gateway.erps.intacct.proxy.forget()
    const other = { name: 'Other store', role: 'shipTo' }
    const changed = await patch(made.id, { contacts: [{ ...store, category: 'Home' }, other] })
    expect(changed.contacts).toEqual([
      { ...other, category: 'Ship to Contact', email: null, phone: null },
      { ...store, category: 'Home' },
    ])
    expect(await read(made.id)).toEqual(changed)
    const [write, ...more] = gateway.erps.intacct.proxy.exchanges.filter(gateway.erps.intacct.isWrite)
    expect(more).toEqual([])
    expect(write?.body).toContain('<operation transaction="true">')
    expect(write?.body.match(/<function /g)).toHaveLength(3)
    expect(write?.body).toContain('<CUSTOMERCONTACTS/>')
  })

  it('stay as they are when everything that was read is written again', async () => {
    const made = await create('intacct', { contacts: [desk, store] })
    expect((await patch(made.id, { contacts: made.contacts })).contacts).toMatchObject([desk, store])
  })

  it('are cleared with null, and left alone when something else changes', async () => {
    const made = await create('intacct', { contacts: [desk, store] })
    expect((await patch(made.id, { comments: 'x' })).contacts).toEqual(made.contacts)
    expect((await patch(made.id, { contacts: null })).contacts).toEqual([])
    expect(gateway.erps.intacct.books.customer(made.nativeId).details['BILLTO.CONTACTNAME']).toBeUndefined()
  })

  it('change their e-mail and phone where they are the customer’s own, and never where they are somebody else’s', async () => {
    const made = await create('intacct', { contacts: [store] })
    const changed = await patch(made.id, { contacts: [{ ...store, email: null, phone: '555-9' }] })
    expect(changed.contacts).toEqual([{ ...store, email: null, phone: '555-9' }])
    const body = { connection: 'intacct', name: newName(), contacts: [{ ...store, email: 'wrong@desk.example' }] }
    refused(await request('POST', '/v1/customers', { body }), '/contacts/0/name', 'conflict', 409)
    const shared = await create('intacct', { contacts: [{ name: store.name }] })
    expect(shared.contacts).toMatchObject([{ name: store.name, phone: '555-9' }])
  })

  it('are refused where two have one role, or one stands there twice', async () => {
    const { id } = await create('intacct', {})
    const write = (contacts: object[]) => request('PATCH', `/v1/customers/${id}`, { body: { contacts } })
    refused(await write([desk, { ...desk, name: 'Second' }]), '/contacts/1/role')
    refused(await write([store, store]), '/contacts/1')
    refused(await write([{ ...desk, category: 'Mine' }]), '/contacts/0/category')
  })

  it('are not left behind by a customer that is refused', async () => {
    const { number } = await create('intacct', {})
    const body = { connection: 'intacct', name: newName(), number, contacts: [{ ...desk, name: 'Once only' }] }
    refused(await request('POST', '/v1/customers', { body }), '/number', 'conflict', 409)
    const made = await create('intacct', { contacts: [{ name: 'Once only', email: 'other@desk.example' }] })
    expect(made.contacts).toMatchObject([{ name: 'Once only', email: 'other@desk.example' }])
  })

  it('go together with addresses of the same write', async () => {
    const address = { line1: '1 Dock Road', city: 'Austin', country: 'US', isDefaultShipping: true }
    const display = { line1: '1 Main St', city: 'Austin', country: 'US', isDefaultBilling: true }
    const made = await create('intacct', { addresses: [display, address], contacts: [store] })
    expect(made.addresses).toHaveLength(2)
    expect(made.contacts).toMatchObject([{ role: 'shipTo' }, store])
    const contacts = [{ name: 'Another', role: 'shipTo' }]
    const addresses = [{ ...display, id: 'display' }, address]
    refused(await request('PATCH', `/v1/customers/${made.id}`, { body: { addresses, contacts } }), '/contacts/0/role')
  })
})

describe('contacts and prices of a NetSuite customer', () => {
  it('are read, and refused with the reason when they are written', async () => {
    const acme = await read('cus_netsuite_456')
    expect(acme.contacts).toMatchObject([{ name: 'Accounts Payable Desk', role: 'primary', email: 'ap@acmecorp.com' }])
    const { fields } = ok(await request('GET', '/v1/connections/netsuite')).capabilities.customer
    expect(fields.contacts).toMatchObject({ read: true, create: false, update: false, reason: /cannot create/ })
    const body = { contacts: [{ name: 'Somebody' }] }
    const answer = await request('PATCH', '/v1/customers/cus_netsuite_456', { body })
    refused(answer, '/contacts')
    expect(answer.body.errors[0].detail).toBe(fields.contacts.reason)
    const lenient = await request('PATCH', '/v1/customers/cus_netsuite_456', {
      body: { ...body, comments: 'kept' },
      headers: { prefer: 'handling=lenient' },
    })
    expect(ok(lenient)).toMatchObject({ comments: 'kept', warnings: [{ pointer: '/contacts' }] })
  })

  it('shows prices for items with their currency', async () => {
    const { books } = gateway.erps.netsuite
    books.updateCustomer('456', {
      details: { itemPricing: [{ item: '1', level: '1', price: '9.5', currency: '1' }] },
    })
    expect((await read('cus_netsuite_456')).itemPricing).toMatchObject([
      { item: { id: '1' }, price: '9.50', currency: 'USD' },
    ])
    expect((await create('netsuite', {})).itemPricing).toEqual([])
  })

  it('names the reason for what NetSuite has no place for', async () => {
    const { fields } = ok(await request('GET', '/v1/connections/netsuite')).capabilities.customer
    const values = {
      emailOptIn: true,
      restriction: { type: 'rootOnly' },
      emailTemplates: [{ template: 'ARInvEmailTemplate' }],
    }
    for (const [field, value] of Object.entries(values)) {
      const body = { connection: 'netsuite', name: newName(), [field]: value }
      const answer = await request('POST', '/v1/customers', { body })
      refused(answer, `/${field}`)
      expect(answer.body.errors[0].detail).toBe(fields[field].reason)
    }
  })
})

describe.each<ErpName>(['netsuite', 'intacct'])('delivery of a %s customer', (connection) => {
  it.each([[['print']], [['email']], [['print', 'email']], [[]]])('%j', async (delivery) => {
    const made = await create(connection, { delivery, email: 'ap@acme.example' })
    expect(made.delivery).toEqual(delivery)
    expect((await read(made.id)).delivery).toEqual(delivery)
    expect((await patch(made.id, { comments: 'x' })).delivery).toEqual(delivery)
    expect((await patch(made.id, { delivery: ['print'] })).delivery).toEqual(['print'])
    expect((await patch(made.id, { delivery: null })).delivery).toEqual([])
  })
})

describe('an Intacct customer', () => {
  it('is delivered to by e-mail only with an address', async () => {
    const body = { connection: 'intacct', name: newName(), delivery: ['email'] }
    refused(await request('POST', '/v1/customers', { body }), '/delivery', 'invalid_reference')
  })

  it('is restricted to locations and departments, and to none', async () => {
    const restriction = { type: 'restricted', locations: ['100', '200'], departments: ['SALES'] }
    const made = await create('intacct', { restriction, emailOptIn: true })
    expect(made).toMatchObject({ restriction, emailOptIn: true })
    expect(gateway.erps.intacct.books.customer(made.nativeId).details).toMatchObject({
      OBJECTRESTRICTION: 'Restricted',
      RESTRICTEDLOCATIONS: '100#~#200',
    })
    const top = { type: 'rootOnly', locations: [], departments: [] }
    expect((await patch(made.id, { restriction: { type: 'rootOnly' } })).restriction).toEqual(top)
    const none = { ...top, type: 'unrestricted' }
    expect(await patch(made.id, { restriction: null, emailOptIn: false })).toMatchObject({
      restriction: none,
      emailOptIn: false,
    })
    const wrong = { restriction: { type: 'restricted', locations: ['NOWHERE'] } }
    refused(await request('PATCH', `/v1/customers/${made.id}`, { body: wrong }), '/restriction', 'invalid_reference')
    const senseless = { restriction: { type: 'unrestricted', departments: ['SALES'] } }
    refused(await request('PATCH', `/v1/customers/${made.id}`, { body: senseless }), '/restriction/departments')
  })

  it('has several values in a multi-pick custom field', async () => {
    const made = await create('intacct', { customFields: { REGION: ['West', 'East & North'] } })
    expect(made.customFields.REGION).toEqual(['West', 'East & North'])
    expect(gateway.erps.intacct.books.customer(made.nativeId).details['REGION']).toBe('West#~#East & North')
    expect((await patch(made.id, { customFields: { REGION: null } })).customFields.REGION).toBeNull()
    const wrong = { customFields: { REGION: ['a#~#b'] } }
    refused(await request('PATCH', `/v1/customers/${made.id}`, { body: wrong }), '/customFields/REGION')
  })

  it('gets e-mail templates with the customer, and changes them there', async () => {
    const made = await create('intacct', { emailTemplates: [{ template: 'ARInvEmailTemplate' }] })
    expect(made.emailTemplates).toMatchObject([
      { id: expect.stringMatching(/^emt_intacct_\d+$/), template: 'ARInvEmailTemplate', documentType: null },
    ])
    const [first] = made.emailTemplates
    const changed = await patch(made.id, {
      emailTemplates: [
        { id: first.id, template: 'ARStmtEmailTemplate' },
        { template: 'SOInvEmailTemplate', documentType: 'Sales Invoice' },
      ],
    })
    expect(changed.emailTemplates).toMatchObject([
      { id: first.id, template: 'ARStmtEmailTemplate', documentType: null },
      { template: 'SOInvEmailTemplate', documentType: 'Sales Invoice' },
    ])
    expect(await read(made.id)).toEqual(changed)
    refused(await request('PATCH', `/v1/customers/${made.id}`, { body: { emailTemplates: [] } }), '/emailTemplates')
    const unknown = { emailTemplates: [...changed.emailTemplates, { template: 'No such template' }] }
    refused(
      await request('PATCH', `/v1/customers/${made.id}`, { body: unknown }),
      '/emailTemplates',
      'invalid_reference',
    )
  })
})
