/** The Sage Intacct provider against the sandbox: lists. */
import { describe, expect, it } from 'vitest'
import type { Filter } from '../../src/providers/provider.ts'
import { condition, everything, intacctWorld, refusal } from './intacct-world.ts'

const world = intacctWorld()
interface Sample extends Record<'date' | 'amount' | 'number' | 'method' | 'status', string> {
  readonly customer: { readonly id: string }
  readonly methodRef: { readonly id: string }
}

describe('lists', () => {
  it('pages through all customers by key', async () => {
    const first = await world.connection.listCustomers(everything)
    expect(first).toMatchObject({ hasMore: true, total: 252 })
    const all = await world.list('listCustomers')
    expect(new Set(all.map((one) => one.nativeId)).size).toBe(252)
    expect(all[0]?.record).toMatchObject({ name: expect.any(String), vendorFields: { RECORDNO: expect.any(String) } })
    expect(all[0]?.record).not.toHaveProperty('addresses')
  })

  it.each(['name', 'number', 'balance', 'createdAt', 'updatedAt'])(
    'sorts customers by %s without losing one',
    async (field) => {
      for (const direction of ['ascending', 'descending'] as const) {
        const all = await world.list('listCustomers', { sort: [{ field, direction }], limit: 60 })
        expect(new Set(all.map((one) => one.nativeId)).size).toBe(252)
        const key = (value: unknown) => (field === 'balance' ? Number(value) : String(value).toLowerCase())
        const values = all.map((one) => key(one.record[field])).filter((value) => value !== null)
        const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
        expect(values).toEqual(direction === 'ascending' ? sorted : sorted.reverse())
      }
    },
  )

  it('filters customers', async () => {
    const ids = async (filter: Filter) => (await world.list('listCustomers', { filter })).map((one) => one.nativeId)
    expect(await ids(condition('name', 'equals', 'acme corporation'))).toEqual(['ACME'])
    expect(await ids(condition('name', 'startsWith', 'ACME c'))).toEqual(['ACME'])
    expect(await ids(condition('name', 'contains', 'corpor'))).toEqual(['ACME'])
    expect(await ids(condition('name', 'like', 'acme*ation'))).toEqual(['ACME'])
    expect(await ids(condition('email', 'equals', 'AP@acme.example'))).toEqual(['ACME'])
    expect(await ids(condition('number', 'equals', 'ACME'))).toEqual(['ACME'])
    expect(await ids(condition('id', 'in', 'ACME', 'EUROPA', 'NOBODY'))).toEqual(['ACME', 'EUROPA'])
    expect(
      await ids({ all: [condition('currency', 'equals', 'EUR'), condition('name', 'startsWith', 'Europa')] }),
    ).toEqual(['EUROPA'])
    expect(
      await ids({ any: [condition('number', 'equals', 'ACME'), condition('number', 'equals', 'EUROPA')] }),
    ).toEqual(['ACME', 'EUROPA'])
    const inactive = await world.list('listCustomers', { filter: condition('status', 'equals', 'inactive') })
    expect(inactive.length).toBeGreaterThan(0)
    expect(inactive.every((one) => one.record['status'] === 'inactive')).toBe(true)
    expect(
      await ids({
        all: [
          condition('balance', 'greaterOrEqual', '205.50'),
          condition('balance', 'lessOrEqual', '205.5'),
          condition('currency', 'equals', 'USD'),
        ],
      }),
    ).toContain('ACME')
    expect(await ids(condition('terms', 'equals', 'Net 30'))).toContain('ACME')
    expect(await ids(condition('parent.name', 'equals', 'Acme Corporation'))).toEqual([])
    expect(await ids(condition('vendorFields.RECORDNO', 'equals', '33'))).toEqual(['ACME'])
    expect(await ids(condition('updatedAt', 'greaterOrEqual', '2026-04-15T00:00:00Z'))).toEqual([])
    for (const [field, operator, value] of [
      ['stage', 'equals', '1'],
      ['name', 'contains', '50%'],
      ['type', 'equals', 'person'],
    ] as const) {
      expect((await refusal(ids(condition(field, operator, value)))).code, field).toBe('filter_not_supported')
    }
    expect((await refusal(ids(condition('vendorFields.NOSUCHFIELD', 'equals', '33')))).code).toBe(
      'filter_not_supported',
    )
  })

  it('pushes fields down', async () => {
    const page = await world.connection.listCustomers({ ...everything, limit: 2, fields: new Set(['name', 'balance']) })
    expect(Object.keys(page.items[0]!.record).sort()).toEqual(['balance', 'name'])
    expect(world.sandbox.requests.at(-1)?.body).not.toContain('EMAIL1')
  })

  it('lists and filters payments', async () => {
    const all = await world.list('listPayments')
    expect(all.length).toBeGreaterThan(10)
    expect(new Set(all.map((one) => one.nativeId)).size).toBe(all.length)
    const some = all[3]!
    const by = async (...filters: Filter[]) =>
      (await world.list('listPayments', { filter: { all: filters } })).map((one) => one.nativeId)
    const { customer, date, amount, number, methodRef, method, status } = some.record as unknown as Sample
    expect(
      await by(
        condition('customer', 'equals', customer.id),
        condition('date', 'equals', date),
        condition('amount', 'greaterOrEqual', amount),
        condition('amount', 'lessOrEqual', amount),
      ),
    ).toContain(some.nativeId)
    expect(await by(condition('number', 'equals', number))).toEqual([some.nativeId])
    expect(await by(condition('id', 'in', some.nativeId))).toEqual([some.nativeId])
    expect(await by(condition('methodRef', 'equals', methodRef.id), condition('method', 'equals', method))).toContain(
      some.nativeId,
    )
    expect(await by(condition('status', 'equals', status))).toContain(some.nativeId)
    expect(await by(condition('status', 'equals', 'draft'))).toEqual([])
    expect(await by(condition('method', 'equals', 'wire'))).toEqual([])
    const deposited = await by(condition('undeposited', 'equals', 'false'))
    const undeposited = await by(condition('undeposited', 'equals', 'true'))
    expect([...deposited, ...undeposited].sort()).toEqual(all.map((one) => one.nativeId).sort())
    for (const field of ['date', 'amount', 'number', 'updatedAt']) {
      const sorted = await world.list('listPayments', { sort: [{ field, direction: 'descending' }], limit: 7 })
      expect(new Set(sorted.map((one) => one.nativeId)).size, field).toBe(all.length)
    }
  })

  it('lists and filters invoices', async () => {
    const mine = { field: 'customer', operator: 'equals', values: ['ACME'] } as const
    const open = await world.list('listInvoices', {
      filter: { all: [mine, condition('openAmount', 'greaterThan', '0')] },
      sort: [{ field: 'dueDate', direction: 'descending' }],
    })
    expect(open.map((one) => one.record)).toMatchObject([
      {
        number: 'INV-0102',
        status: 'open',
        total: '125.50',
        openAmount: '125.50',
        dueDate: '2026-02-04',
        customer: { id: 'ACME' },
      },
      { number: 'INV-0101', date: '2026-01-01' },
    ])
    const all = await world.list('listInvoices', { limit: 100 })
    for (const field of ['dueDate', 'date', 'openAmount']) {
      const sorted = await world.list('listInvoices', { sort: [{ field, direction: 'ascending' }], limit: 100 })
      expect(new Set(sorted.map((one) => one.nativeId)).size, field).toBe(all.length)
    }
    const paid = await world.list('listInvoices', { filter: condition('status', 'in', 'paid') })
    expect(paid.every((one) => one.record['openAmount'] === '0.00')).toBe(true)
    expect(
      await world.list('listInvoices', { filter: { all: [mine, condition('dueDate', 'lessThan', '2026-02-04')] } }),
    ).toHaveLength(1)
    expect(
      await world.list('listInvoices', { filter: { all: [mine, condition('number', 'equals', 'inv-0101')] } }),
    ).toHaveLength(1)
  })
})
