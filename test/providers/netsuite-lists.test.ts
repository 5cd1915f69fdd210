/** Lists and invoices of the NetSuite provider against its sandbox. */
import { describe, expect, it } from 'vitest'
import type { Filter, Sort } from '../../src/providers/provider.ts'
import { all, connect, failure, inSandbox, pay, query, sandbox, where } from './netsuite-world.ts'

inSandbox()

describe('lists', () => {
  it('pages through all customers by id, none lost or twice', async () => {
    const connection = connect()
    const items = await all((wanted) => connection.listCustomers(wanted), query(null, { limit: 40 }))
    const ids = items.map((item) => Number(item.nativeId))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual([...ids].sort((left, right) => left - right))
    expect(ids.length).toBe(sandbox.books.customers().length)
    expect((await connection.listCustomers(query(null, { limit: 40 }))).total).toBe(ids.length)
  })

  it('pages in every order that can be asked for, nulls last', async () => {
    const connection = connect()
    const sorts: Sort[][] = [
      [{ field: 'name', direction: 'ascending' }],
      [
        { field: 'balance', direction: 'descending' },
        { field: 'name', direction: 'ascending' },
      ],
      [{ field: 'phone', direction: 'descending' }],
      [{ field: 'updatedAt', direction: 'descending' }],
      [{ field: 'number', direction: 'ascending' }],
    ]
    const total = sandbox.books.customers().length
    for (const sort of sorts) {
      const whole = await all((wanted) => connection.listCustomers(wanted), query(null, { limit: 200, sort }))
      const paged = await all((wanted) => connection.listCustomers(wanted), query(null, { limit: 23, sort }))
      expect(paged.map((item) => item.nativeId)).toEqual(whole.map((item) => item.nativeId))
      expect(new Set(paged.map((item) => item.nativeId)).size).toBe(total)
    }
    const phones = (
      await all((wanted) => connection.listCustomers(wanted), query(null, { limit: 200, sort: sorts[2] as Sort[] }))
    ).map((item) => item.record.phone)
    expect(phones.slice(phones.indexOf(null)).every((phone) => phone === null)).toBe(true)
  })

  it('reads in a list what it reads alone', async () => {
    const connection = connect()
    const [item] = (await connection.listCustomers(query(where('id', 'in', '456')))).items
    const { record } = await connection.getCustomer('456')
    for (const [field, value] of Object.entries(item?.record ?? {})) {
      if (field !== 'vendorFields' && field !== 'customFields')
        expect({ [field]: value }).toEqual({ [field]: record[field as keyof typeof record] })
    }
    expect(Object.keys(item?.record ?? {})).toEqual(
      expect.arrayContaining([
        'name',
        'email',
        'terms',
        'balance',
        'currency',
        'createdAt',
        'updatedAt',
        'status',
        'type',
        'onHold',
      ]),
    )
  })

  it('finds customers by each filter', async () => {
    const connection = connect()
    const ids = async (filter: Filter) =>
      (await connection.listCustomers(query(filter, { limit: 200 }))).items.map((item) => item.nativeId)
    expect(await ids(where('name', 'equals', 'acme CORPORATION'))).toEqual(['456'])
    expect(await ids(where('name', 'startsWith', 'acme corp'))).toEqual(['456'])
    expect(await ids(where('name', 'contains', 'ME CORP'))).toContain('456')
    expect(await ids(where('name', 'like', 'a*me*ration'))).toEqual(['456'])
    expect(await ids(where('email', 'equals', 'CONTACT@acmecorp.com'))).toEqual(['456'])
    expect(await ids(where('number', 'equals', 'ACME-001'))).toEqual(['456'])
    expect(await ids(where('externalId', 'equals', 'acme'))).toEqual(['456'])
    expect(await ids(where('stage', 'equals', '13'))).toContain('456')
    expect(
      await ids({
        all: [
          where('currency', 'equals', 'USD'),
          where('balance', 'greaterOrEqual', '1250'),
          where('name', 'startsWith', 'acme'),
        ],
      }),
    ).toEqual(['456'])
    expect(
      await ids({
        all: [
          where('name', 'startsWith', 'acme'),
          { any: [where('currency', 'in', 'EUR', 'GBP'), where('balance', 'lessOrEqual', '1')] },
        ],
      }),
    ).toEqual([])
    const inactive = await ids(where('status', 'in', 'inactive'))
    expect(inactive.length).toBe(sandbox.books.customers().filter((customer) => !customer.active).length)
    expect(await ids(where('createdAt', 'greaterOrEqual', '2026-12-31T00:00:00Z'))).toEqual([])
    expect(await ids(where('updatedAt', 'lessThan', '2001-01-01T00:00:00Z'))).toEqual([])
    expect(await ids(where('terms.name', 'equals', 'net 30'))).toContain('456')
    expect(await ids(where('customFields.custentity_region', 'equals', 'west'))).toContain('456')
    expect(await ids(where('id', 'in', '456', 'x', '5'))).toEqual(['456'])
    expect((await failure(ids(where('partner', 'equals', '1')))).code).toBe('filter_not_supported')
    expect((await failure(ids(where('vendorFields.nosuchcolumn', 'equals', '1')))).code).toBe('filter_not_supported')
  })

  it('finds payments by each filter', async () => {
    const connection = connect()
    const one = await pay(connection, {
      amount: '100.00',
      date: '2026-03-05',
      method: 'check',
      reference: 'R-1',
      externalId: 'ext-1',
      applications: [{ invoiceId: 'inv_ns_5001', amount: '100.00' }],
    })
    const two = await pay(connection, {
      amount: '200.50',
      date: '2026-03-06',
      methodRef: { id: '5' },
      depositTo: { kind: 'undepositedFunds' },
    })
    const mine = where('customer', 'equals', '456')
    const ids = async (filter: Filter) =>
      (await connection.listPayments(query({ all: [mine, filter] }, { limit: 200 }))).items.map((item) => item.nativeId)
    expect(await ids(where('date', 'equals', '2026-03-05'))).toEqual([one.nativeId])
    expect(await ids(where('date', 'greaterOrEqual', '2026-03-06'))).toEqual([two.nativeId])
    expect(await ids(where('amount', 'lessOrEqual', '100.00'))).toEqual([one.nativeId])
    expect(await ids(where('amount', 'greaterOrEqual', '200.5'))).toEqual([two.nativeId])
    expect(await ids(where('unappliedAmount', 'greaterThan', '0'))).toEqual([two.nativeId])
    expect(await ids(where('unappliedAmount', 'equals', '0'))).toEqual([one.nativeId])
    expect(await ids(where('methodRef', 'equals', '2'))).toEqual([one.nativeId])
    expect(await ids(where('method', 'in', 'check'))).toEqual([one.nativeId])
    expect(await ids(where('method', 'in', 'other'))).toEqual([two.nativeId])
    expect(await ids(where('undeposited', 'equals', 'true'))).toEqual([two.nativeId])
    expect(await ids(where('undeposited', 'equals', 'false'))).toEqual([one.nativeId])
    expect(await ids(where('status', 'in', 'posted', 'pending'))).toEqual([two.nativeId])
    expect(await ids(where('number', 'equals', String(one.record.number)))).toEqual([one.nativeId])
    expect(await ids(where('reference', 'equals', 'r-1'))).toEqual([one.nativeId])
    expect(await ids(where('externalId', 'equals', 'ext-1'))).toEqual([one.nativeId])
    expect((await failure(ids(where('status', 'equals', 'reconciled')))).code).toBe('filter_not_supported')
    const [listed] = (await connection.listPayments(query(where('id', 'equals', one.nativeId)))).items
    expect(listed?.record).toMatchObject({
      amount: '100.00',
      appliedAmount: '100.00',
      unappliedAmount: '0.00',
      currency: 'USD',
      method: 'check',
      status: 'deposited',
      externalId: 'ext-1',
      customer: { id: '456' },
    })
    expect(listed?.record).toMatchObject({
      number: one.record.number,
      statusText: one.record.statusText,
      methodRef: one.record.methodRef,
      updatedAt: one.record.updatedAt,
    })
    const dated = await all(
      (wanted) => connection.listPayments(wanted),
      query(null, {
        limit: 20,
        sort: [
          { field: 'date', direction: 'descending' },
          { field: 'amount', direction: 'ascending' },
        ],
      }),
    )
    expect(new Set(dated.map((item) => item.nativeId)).size).toBe(sandbox.books.documents({ kind: 'payment' }).length)
  })

  it('lists and reads invoices with lines and payments', async () => {
    const connection = connect()
    await pay(connection, { amount: '400.00', applications: [{ invoiceId: 'inv_ns_5001', amount: '400.00' }] })
    await pay(connection, { amount: '500.00', applications: [{ invoiceId: 'inv_ns_5002', amount: '500.00' }] })
    const mine = where('customer', 'equals', '456')
    const ids = async (filter: Filter) =>
      (await connection.listInvoices(query({ all: [mine, filter] }))).items.map((item) => item.nativeId)
    expect(await ids(where('status', 'in', 'partiallyPaid'))).toEqual(['5001'])
    expect(await ids(where('status', 'in', 'paid'))).toEqual(['5002'])
    expect(await ids(where('status', 'in', 'open'))).toEqual(['5003'])
    expect(await ids(where('openAmount', 'greaterThan', '0'))).toEqual(['5001', '5003'])
    expect(await ids(where('openAmount', 'equals', '0'))).toEqual(['5002'])
    expect(await ids(where('number', 'equals', 'inv-5003'))).toEqual(['5003'])
    expect(await ids(where('dueDate', 'lessThan', '2026-01-01'))).toEqual([])
    const { record } = await connection.getInvoice('5001', { include: new Set(['lines', 'payments']) })
    expect(record).toMatchObject({
      number: 'INV-5001',
      reference: 'PO-77',
      status: 'partiallyPaid',
      total: '1000.00',
      openAmount: '600.00',
      currency: 'USD',
      customer: { id: '456' },
    })
    expect(record.payments).toMatchObject([{ amount: '400.00', date: '2026-03-10' }])
    expect(record.lines?.length).toBeGreaterThan(0)
    expect(await failure(connection.getInvoice('456'))).toMatchObject({ code: 'not_found' })
    expect(await failure(connection.getInvoice('journal-9'))).toMatchObject({ code: 'not_found' })
  })
})
