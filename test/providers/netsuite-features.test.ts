/** Accounts without a feature: what is missing goes by name, is remembered, told, and nothing else goes with it. */
import { describe, expect, it } from 'vitest'
import { connect, failure, inSandbox, open, pay, query, sandbox, where } from './netsuite-world.ts'

inSandbox({ without: ['currencies', 'subsidiaries', 'departments', 'classes', 'locations'] })

const base = { defaults: { arAccountId: '119', depositAccountId: '10', currency: 'USD' } }
const queries = () => sandbox.requests.filter(({ target }) => target.includes('suiteql')).length

describe('without Multiple Currencies, OneWorld and segments', () => {
  it('lists customers, payments and invoices in the currency of the books', async () => {
    const connection = connect(base)
    const lists = [
      await connection.listCustomers(query(where('id', 'equals', '456'))),
      await connection.listPayments(query()),
      await connection.listInvoices(query()),
    ]
    for (const { items } of lists) {
      expect(items.length).toBeGreaterThan(0)
      for (const { record } of items) expect(record.currency).toBe('USD')
    }
    const { items, warnings } = await connection.listPayments(
      query(null, { fields: new Set(['exchangeRate', 'amount']) }),
    )
    expect(items[0]?.record).toMatchObject({ exchangeRate: null, amount: expect.stringMatching(/\.\d\d$/) })
    expect(warnings).toMatchObject([{ code: 'field_not_supported', detail: expect.stringContaining('exchangeRate') }])
  })

  it('pays an invoice, and reads everything back', async () => {
    const connection = connect(base)
    const { record } = await pay(connection, {
      amount: '40.00',
      currency: 'USD',
      applications: [{ invoiceId: 'inv_ns_5001', amount: '40.00' }],
    })
    expect(record).toMatchObject({
      currency: 'USD',
      amount: '40.00',
      appliedAmount: '40.00',
      entity: null,
      department: null,
    })
    expect(open('5001')).toBe('960.00')
    const body = JSON.parse(sandbox.requests.findLast(({ method }) => method === 'POST')?.body ?? '{}')
    expect(body).not.toHaveProperty('currency')
    expect((await connection.getCustomer('456')).record).toMatchObject({ currency: 'USD', entity: null })
  })

  it('refuses another currency than that of the books, before anything is sent', async () => {
    const error = await failure(pay(connect(base), { amount: '1.00', currency: 'EUR' }))
    expect(error.options.errors).toMatchObject([{ pointer: '/currency', code: 'invalid_reference' }])
    expect(sandbox.books.documents({ kind: 'payment', customerId: '456' })).toEqual([])
  })

  it('says what is missing where nobody has configured the currency', async () => {
    const connection = connect({ defaults: { depositAccountId: '10' } })
    expect((await failure(connection.listOpenItems('456'))).message).toContain('defaults.currency')
  })

  it('asks once: what was refused is remembered until it is asked anew on purpose', async () => {
    const connection = connect(base)
    await connection.listInvoices(query())
    const before = queries()
    await connection.listInvoices(query())
    expect(queries() - before).toBe(1)
    const capability = (await connection.mappings?.(false))?.invoice.currency
    expect(capability).toMatchObject({ column: null, reason: expect.any(String) })
    for (const step of connection.check()) if (step.name === 'metadata') await step.run()
    await connection.listInvoices(query())
    expect(queries() - before).toBeGreaterThan(2)
  })
})
