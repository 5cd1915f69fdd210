/** Customers and logins of the NetSuite provider against its sandbox. */
import { describe, expect, it } from 'vitest'
import { connect, failure, inSandbox, once, query, sandbox, where } from './netsuite-world.ts'

inSandbox()

describe('customers', () => {
  it('creates a company with every reference, and reads it back', async () => {
    const connection = connect()
    const { nativeId, record } = await connection.createCustomer(
      {
        name: 'Nordwind Handel',
        number: 'NW-1',
        externalId: 'crm-77',
        email: 'ap@nordwind.example',
        phone: '555-0100',
        terms: { name: 'net 30' },
        currency: 'USD',
        salesRep: { id: '123' },
        category: { id: '1' },
        creditLimit: '50000.10',
        onHold: true,
        taxable: true,
        comments: 'First line\nsecond line',
        customFields: { custentity_region: 'West' },
        vendorFields: { printOnCheckAs: 'NORDWIND' },
        addresses: [
          { label: 'HQ', isDefaultBilling: true, line1: '1 Quay', city: 'Oslo', postalCode: '0150', country: 'NO' },
        ],
      },
      once(),
    )
    expect(record).toMatchObject({
      number: 'NW-1',
      externalId: 'crm-77',
      type: 'company',
      name: 'Nordwind Handel',
      companyName: 'Nordwind Handel',
      status: 'active',
      onHold: true,
      email: 'ap@nordwind.example',
      currency: 'USD',
      terms: { id: '2', name: 'Net 30' },
      entity: { id: '1' },
      creditLimit: '50000.10',
      balance: '0.00',
      department: null,
      customFields: { custentity_region: 'West' },
      comments: 'First line\nsecond line',
    })
    expect(record.vendorFields).toMatchObject({ printOnCheckAs: 'NORDWIND' })
    expect(record.addresses).toMatchObject([
      {
        label: 'HQ',
        line1: '1 Quay',
        city: 'Oslo',
        postalCode: '0150',
        country: 'NO',
        isDefaultBilling: true,
        isDefaultShipping: false,
      },
    ])
    const body = JSON.parse(
      sandbox.requests.findLast((request) => request.method === 'POST' && request.target.endsWith('/customer'))?.body ??
        '{}',
    )
    expect(body).toMatchObject({ creditLimit: 50000.1, subsidiary: { id: '1' }, terms: { id: '2' }, autoName: false })
    expect((await connection.getCustomer(nativeId, { fields: new Set(['email']) })).record).toEqual({
      email: 'ap@nordwind.example',
    })
  })

  it('creates a person, whose fence is no external id of the caller', async () => {
    const { record, nativeId } = await connect().createCustomer(
      { firstName: 'Kim', lastName: 'Tester', email: 'kim@example.com' },
      once(),
    )
    expect(record).toMatchObject({
      type: 'person',
      name: 'Kim Tester',
      firstName: 'Kim',
      lastName: 'Tester',
      externalId: null,
    })
    expect(record.number).toBeTruthy()
    expect(String(sandbox.books.customer(nativeId).details['externalId'])).toMatch(/^gw_0/)
  })

  it('refuses names that NetSuite would not show, before anything is sent', async () => {
    const connection = connect()
    await connection.getCustomer('456')
    const sent = sandbox.requests.length
    expect((await failure(connection.createCustomer({ lastName: 'Only' }, once()))).options.errors).toMatchObject([
      { pointer: '/firstName' },
    ])
    expect((await failure(connection.createCustomer({ email: 'a@b.example' }, once()))).options.errors).toMatchObject([
      { pointer: '/companyName', code: 'field_required' },
    ])
    expect((await failure(connection.createCustomer({ name: 'A', companyName: 'B' }, once()))).status).toBe(422)
    expect(
      (await failure(connection.createCustomer({ firstName: 'A', lastName: 'B', name: 'C' }, once()))).options
        .errors?.[0]?.pointer,
    ).toBe('/name')
    expect((await failure(connection.createCustomer({ name: 'A', discountItem: { id: '1' } }, once()))).code).toBe(
      'field_not_supported',
    )
    expect(sandbox.requests.length).toBe(sent)
  })

  it('updates e-mail, phone, credit limit, terms and status; null clears', async () => {
    const connection = connect()
    const { record } = await connection.updateCustomer(
      '456',
      { email: 'new@acme.example', phone: '555-0999', creditLimit: '75000', terms: { id: '3' } },
      once(),
    )
    expect(record).toMatchObject({
      email: 'new@acme.example',
      phone: '555-0999',
      creditLimit: '75000.00',
      terms: { id: '3', name: 'Net 60' },
    })
    const second = await connection.updateCustomer(
      '456',
      { status: 'inactive', phone: null, name: 'Acme Worldwide', terms: { id: '1', name: 'Net 15' } },
      once(),
    )
    expect(second.record).toMatchObject({
      status: 'inactive',
      phone: null,
      name: 'Acme Worldwide',
      email: 'new@acme.example',
      terms: { id: '1' },
    })
    expect((await connection.updateCustomer('456', { status: 'active' }, once())).record.status).toBe('active')
  })

  it('adds, replaces and removes addresses without touching the others', async () => {
    const connection = connect()
    const before = (await connection.getCustomer('456')).record.addresses ?? []
    expect(before.length).toBeGreaterThan(0)
    const added = await connection.createAddress?.(
      '456',
      { label: 'Warehouse', line1: '9 Dock', city: 'Oakland', region: 'CA', country: 'US', isDefaultShipping: true },
      once(),
    )
    const two = added?.record.addresses ?? []
    expect(two.length).toBe(before.length + 1)
    expect(two[0]).toMatchObject({ id: before[0]?.id, label: before[0]?.label, line1: before[0]?.line1 })
    const replaced = await connection.updateCustomer(
      '456',
      {
        addresses: [
          { id: two[1]?.id ?? null, label: 'Dock 9', city: 'Oakland', country: 'US' },
          { label: 'New', line1: '2 New' },
        ],
      },
      once(),
    )
    expect(replaced.record.addresses).toMatchObject([
      { id: two[1]?.id, label: 'Dock 9', line1: null },
      { label: 'New', line1: '2 New' },
    ])
    await connection.deleteAddress?.('456', String(two[1]?.id), once())
    expect((await connection.getCustomer('456')).record.addresses).toMatchObject([{ label: 'New', line1: '2 New' }])
    expect((await failure(connection.deleteAddress?.('456', '424242', once()) as Promise<void>)).code).toBe('not_found')
    expect(
      (await failure(connection.updateCustomer('456', { addresses: [{ id: '1' }] }, once()))).options.errors?.[0]
        ?.pointer,
    ).toBe('/addresses/0/id')
  })

  it('names what is not there, taken, wrong or in use', async () => {
    const connection = connect()
    expect(await failure(connection.getCustomer('999999'))).toMatchObject({ code: 'not_found' })
    expect(await failure(connection.getCustomer('../invoice/5001'))).toMatchObject({ code: 'not_found' })
    expect(await failure(connection.createCustomer({ name: 'Twin', number: 'ACME-001' }, once()))).toMatchObject({
      code: 'conflict',
      applied: 'no',
    })
    const terms = await failure(connection.createCustomer({ name: 'T', terms: { name: 'Net 99' } }, once()))
    expect(terms).toMatchObject({ code: 'invalid_reference', options: { errors: [{ pointer: '/terms' }] } })
    expect(
      await failure(connection.updateCustomer('456', { terms: { id: '2', name: 'Net 60' } }, once())),
    ).toMatchObject({ code: 'invalid_reference' })
    expect(await failure(connection.updateCustomer('456', { terms: { id: '4711' } }, once()))).toMatchObject({
      code: 'invalid_reference',
      options: { vendorPaths: ['terms'] },
    })
    expect(await failure(connection.createCustomer({ name: 'T', currency: 'CHF' }, once()))).toMatchObject({
      code: 'invalid_reference',
    })
    expect(await failure(connection.deleteCustomer('456', once()))).toMatchObject({ code: 'conflict' })
    const fresh = await connection.createCustomer({ name: 'Short lived' }, once())
    await connection.deleteCustomer(fresh.nativeId, once())
    expect(await failure(connection.getCustomer(fresh.nativeId))).toMatchObject({ code: 'not_found' })
  })

  it('sends and reads hostile text exactly as it is', async () => {
    const connection = connect()
    for (const text of [`<b>&"'`, ']]>', `' OR 1=1 --`, 'æøå', '漢字', '😀 x', '00123', 'trailing ', '100% _a_ \\ *']) {
      const { record, nativeId } = await connection.createCustomer({ name: `N ${text}`, comments: text }, once())
      expect(record.comments).toBe(text)
      expect(record.name).toBe(`N ${text}`)
      const found = await connection.listCustomers(query(where('name', 'equals', `n ${text}`)))
      expect(found.items.map((item) => item.nativeId)).toEqual([nativeId])
      expect(
        (await connection.listCustomers(query(where('name', 'contains', text)))).items.map((item) => item.nativeId),
      ).toContain(nativeId)
    }
  })
})

describe('logging in', () => {
  it('works with token-based authentication too', async () => {
    const connection = connect({ auth: { type: 'tba', ...sandbox.credentials.tba } })
    expect((await connection.getCustomer('456')).record.number).toBe('ACME-001')
    expect((await connection.listCustomers(query())).items.length).toBe(50)
    await connection.updateCustomer('456', { addresses: null }, once())
  })

  it('says provider_refused for wrong credentials, without trying again and again', async () => {
    const sent = sandbox.requests.length
    const { oauth2, tba } = sandbox.credentials
    expect(
      await failure(connect({ auth: { type: 'oauth2', ...oauth2, clientId: 'nobody' } }).getCustomer('456')),
    ).toMatchObject({ code: 'provider_refused' })
    expect(sandbox.requests.length - sent).toBe(1)
    expect(
      await failure(connect({ auth: { type: 'tba', ...tba, tokenSecret: 'wrong' } }).getCustomer('456')),
    ).toMatchObject({ code: 'provider_refused' })
    expect(sandbox.requests.length - sent).toBe(3)
    expect(
      await failure(connect({ auth: { type: 'oauth2', ...oauth2, privateKey: 'no key' } }).getCustomer('456')),
    ).toMatchObject({ code: 'provider_refused' })
  })

  it('shares one token between calls at the same time', async () => {
    const connection = connect()
    const sent = sandbox.requests.length
    await Promise.all([connection.getCustomer('456'), connection.getCustomer('456'), connection.getCustomer('456')])
    expect(sandbox.requests.slice(sent).filter((request) => request.target.endsWith('/token')).length).toBe(1)
  })

  it('checks the connection step by step', async () => {
    const details: (string | undefined)[] = []
    for (const step of connect().check()) details.push(await step.run())
    expect(details.slice(1, 3).join()).toMatch(/^field names are the account's own,25\d customers$/)
  })
})
