/** The Sage Intacct provider against the sandbox, over real HTTP: customers. */
import { describe, expect, it } from 'vitest'
import { everything, intacctWorld, once, refusal } from './intacct-world.ts'

const world = intacctWorld()

describe('customers', () => {
  it('creates a company with everything and reads it back', async () => {
    const { nativeId, record } = await world.connection.createCustomer(
      {
        number: 'NEW-1',
        name: 'New Corp',
        companyName: 'New Corp Ltd',
        status: 'active',
        email: 'ap@new.example',
        altEmail: 'b@new.example',
        phone: '555-1',
        mobile: '555-2',
        fax: '555-3',
        website: 'https://new.example',
        currency: 'USD',
        terms: { name: 'Net 30' },
        creditLimit: '5000.00',
        onHold: true,
        taxable: false,
        taxId: '0012',
        parent: { name: 'Acme Corporation' },
        comments: 'Hello',
        vendorFields: { ONETIME: true },
        customFields: { REGION: 'West' },
        addresses: [{ line1: '1 Road', city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' }],
      },
      once(),
    )
    expect(nativeId).toBe('NEW-1')
    expect(record).toMatchObject({
      number: 'NEW-1',
      type: 'company',
      name: 'New Corp',
      companyName: 'New Corp Ltd',
      email: 'ap@new.example',
      terms: { id: 'Net 30', name: 'Net 30' },
      creditLimit: '5000.00',
      onHold: true,
      taxable: false,
      taxId: '0012',
      parent: { id: 'ACME', name: 'Acme Corporation' },
      customFields: { REGION: 'West' },
      vendorFields: { ONETIME: 'true' },
      balance: '0.00',
      stage: null,
      createdAt: '2026-04-15T10:00:00Z',
    })
    expect(record.addresses).toEqual([
      expect.objectContaining({
        id: 'display',
        line1: '1 Road',
        country: 'US',
        isDefaultBilling: true,
        isDefaultShipping: true,
      }),
    ])
    expect(record.vendorFields?.['RECORDNO']).toMatch(/^\d+$/)
    expect(world.books.getCustomer('NEW-1')?.parentId).toBe('ACME')
  })

  it('creates a person, numbered by Intacct', async () => {
    const { nativeId, record } = await world.connection.createCustomer(
      { firstName: 'Jo', lastName: 'Lee', middleName: 'Q', salutation: 'Ms.' },
      once(),
    )
    expect(nativeId).not.toBe('')
    expect(record).toMatchObject({
      type: 'person',
      name: 'Jo Lee',
      firstName: 'Jo',
      middleName: 'Q',
      lastName: 'Lee',
      salutation: 'Ms.',
      companyName: null,
    })
  })

  it('updates, clears, deactivates and changes terms', async () => {
    const updated = await world.connection.updateCustomer(
      'ACME',
      { email: 'x@acme.example', phone: '1', creditLimit: '7500.00', terms: { name: 'Net 60' } },
      once(),
    )
    expect(updated.record).toMatchObject({
      email: 'x@acme.example',
      phone: '1',
      creditLimit: '7500.00',
      terms: { id: 'Net 60' },
    })
    expect(updated.record.addresses?.[0]).toMatchObject({ line1: '1 Main St' })
    const cleared = await world.connection.updateCustomer(
      'ACME',
      { phone: null, creditLimit: null, terms: null, status: 'inactive' },
      once(),
    )
    expect(cleared.record).toMatchObject({
      phone: null,
      creditLimit: null,
      terms: null,
      status: 'inactive',
      email: 'x@acme.example',
    })
    expect(world.books.getCustomer('ACME')?.active).toBe(false)
  })

  it('turns a person into a company and back', async () => {
    const { nativeId } = await world.connection.createCustomer({ firstName: 'Jo', lastName: 'Lee' }, once())
    expect((await world.connection.updateCustomer(nativeId, { type: 'company' }, once())).record).toMatchObject({
      type: 'company',
      companyName: 'Jo Lee',
    })
    expect((await world.connection.updateCustomer(nativeId, { type: 'person' }, once())).record).toMatchObject({
      type: 'person',
      companyName: null,
    })
  })

  it('deletes', async () => {
    const { nativeId } = await world.connection.createCustomer({ name: 'Short-lived' }, once())
    await world.connection.deleteCustomer(nativeId, once())
    expect((await refusal(world.connection.getCustomer(nativeId))).code).toBe('not_found')
  })

  it('does a write once', async () => {
    const { intentId } = once()
    const before = world.books.customers().length
    const create = () => world.connection.createCustomer({ name: 'Once' }, once(world.connection, intentId))
    const { nativeId } = await create()
    expect((await create()).nativeId).toBe(nativeId)
    expect(world.books.customers().length - before).toBe(1)
  })

  it('keeps every text as it is', async () => {
    const texts = [
      '<b>&amp;"\'</b>',
      'a]]>b',
      "' OR 1=1 --",
      'æøå 漢字 🦊',
      '000123',
      ' spaces ',
      'line\nline\ttab',
      '&#233;',
      '50%_',
    ]
    for (const comments of texts) {
      const { nativeId } = await world.connection.createCustomer({ name: `N${comments.trim()}`, comments }, once())
      const { record } = await world.connection.getCustomer(nativeId)
      expect(record.comments).toBe(comments)
      expect(record.name).toBe(`N${comments.trim()}`)
      const found = await world.list('listCustomers', {
        filter: { field: 'name', operator: 'equals', values: [record.name as string] },
      })
      expect(
        found.map((one) => one.nativeId),
        comments,
      ).toContain(nativeId)
    }
  })

  it('reads a customer whose id has a comma', async () => {
    await world.connection.createCustomer({ number: 'A,B', name: 'Comma' }, once())
    expect((await world.connection.getCustomer('A,B')).record).toMatchObject({ name: 'Comma', number: 'A,B' })
  })

  it('ages open invoices when asked', async () => {
    expect((await world.connection.getCustomer('ACME')).record.aging).toBeUndefined()
    const { record } = await world.connection.getCustomer('ACME', { include: new Set(['aging']) })
    expect(record.aging).toEqual({
      current: '0.00',
      days1To30: '0.00',
      days31To60: '0.00',
      days61To90: '225.50',
      over90: '0.00',
    })
  })

  it('keeps an external id in the field that the connection names', async () => {
    const configured = world.connect({ defaults: { externalIdField: 'EXTERNALID' } })()
    const { nativeId, record } = await configured.createCustomer({ name: 'Ext', externalId: 'crm-1' }, once())
    expect(record.externalId).toBe('crm-1')
    const filter = { field: 'externalId', operator: 'equals', values: ['crm-1'] } as const
    const page = await configured.listCustomers({ ...everything, filter })
    expect(page.items.map((one) => one.nativeId)).toEqual([nativeId])
  })
})
