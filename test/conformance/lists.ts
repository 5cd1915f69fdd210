/** What is promised about lists: every record once, in order, and only those that fit. */
import { expect } from 'vitest'
import type { OperationName } from '../../src/providers/provider.ts'
import type { Area } from './promises.ts'
import { all, allUnlessRefused, type Resource, type Row } from './records.ts'
import { newCustomer, problem, read } from './world.ts'

const RESOURCES = {
  customers: {
    operation: 'listCustomers',
    sorts: ['name', 'number', 'balance', 'createdAt', 'updatedAt'],
    numbers: ['balance'],
  },
  payments: { operation: 'listPayments', sorts: ['date', 'amount', 'number', 'updatedAt'], numbers: ['amount'] },
  invoices: { operation: 'listInvoices', sorts: ['dueDate', 'date', 'openAmount'], numbers: ['openAmount'] },
} as const satisfies Record<
  Resource,
  { operation: OperationName; sorts: readonly string[]; numbers: readonly string[] }
>
export const lists: Area = (promise) => {
  for (const resource of Object.keys(RESOURCES) as Resource[]) paging(promise, resource)
  places(promise)
}

function paging(promise: Parameters<Area>[0], resource: Resource): void {
  const { operation, sorts, numbers } = RESOURCES[resource]
  promise(`pages through all ${resource} once and stops`, [operation], async (world) => {
    const records = await all(world, resource, '', 7)
    const whole = await all(world, resource)
    expect(records.length).toBeGreaterThan(20)
    expect(records.map((one) => one.id)).toEqual(whole.map((one) => one.id))
    expect(new Set(records.map((one) => one.id)).size).toBe(records.length)
    if (resource === 'customers') expect(records.length).toBe(world.erp.books.customers().length)
    if (resource === 'invoices') expect(records.length).toBe(world.erp.books.documents({ kind: 'invoice' }).length)
  })
  promise(`sorts ${resource} by every field it says, both ways, and loses none`, [operation], async (world) => {
    const whole = new Set((await all(world, resource)).map((one) => one.id))
    for (const field of sorts) {
      for (const sort of [field, `-${field}`]) {
        const records = await allUnlessRefused(world, resource, `sort=${sort}`, { limit: 25, use: 'sort' })
        if (records === null) continue
        expect({ sort, count: records.length, different: new Set(records.map((one) => one.id)).size }).toEqual({
          sort,
          count: whole.size,
          different: whole.size,
        })
        expect({
          sort,
          wrong: outOfOrder(
            records.map((one) => one[field] ?? null),
            sort.startsWith('-'),
            (numbers as readonly string[]).includes(field),
          ),
        }).toEqual({ sort, wrong: null })
      }
    }
  })
  promise(`reads only the fields of ${resource} that are asked for`, [operation], async (world) => {
    const [record] = await all(world, resource, `fields=id,${sorts[0]}`)
    expect(Object.keys(record).sort()).toEqual(['connection', 'id', 'nativeId', 'object', 'provider', sorts[0]].sort())
  })
}

/** The first neighbours that are in the wrong order; nulls come last both ways. */
function outOfOrder(values: readonly (string | null)[], descending: boolean, numeric: boolean): unknown {
  for (let at = 1; at < values.length; at++) {
    const [one, other] = [values[at - 1] ?? null, values[at] ?? null]
    if (other === null) continue
    if (one === null) return { at, one, other }
    const order = numeric ? Number(one) - Number(other) : compareFolded(one, other)
    if (descending ? order < 0 : order > 0) return { at, one, other }
  }
  return null
}
function compareFolded(one: string, other: string): number {
  const [left, right] = [one.toLowerCase(), other.toLowerCase()]
  return left === right ? 0 : left < right ? -1 : 1
}

const places: Area = (promise) => {
  promise('keeps its place while records come and go', ['listCustomers'], async (world) => {
    const before = await all(world, 'customers')
    const first = await read(world, `/v1/customers?connection=${world.connection}&limit=10`)
    const added = await newCustomer(world)
    const { data } = await read(
      world,
      `/v1/customers?connection=${world.connection}&limit=200&cursor=${encodeURIComponent(first.page.nextCursor)}`,
    )
    const seen = [...first.data, ...data].map((one: Row) => one.id)
    expect(new Set(seen).size).toBe(seen.length)
    for (const { id } of before) expect(seen).toContain(id)
    await world.request('DELETE', `/v1/customers/${added.id}`)
  })
  promise(
    'refuses a cursor that is broken or belongs to another list',
    ['listCustomers'],
    async ({ request, connection }) => {
      const list = `/v1/customers?connection=${connection}&limit=5`
      const { body } = await request('GET', list)
      const cursor = encodeURIComponent(body.page.nextCursor)
      problem(await request('GET', `${list}&status=inactive&cursor=${cursor}`), 400, 'invalid_cursor')
      problem(await request('GET', `${list}&cursor=broken`), 400, 'invalid_cursor')
    },
  )
  promise(
    'refuses parameters that it does not know',
    ['listCustomers', 'listPayments', 'listInvoices'],
    async ({ request, connection }) => {
      for (const resource of Object.keys(RESOURCES)) {
        for (const wrong of ['colour=red', 'sort=colour', 'fields=colour', 'limit=0', 'limit=201'])
          problem(await request('GET', `/v1/${resource}?connection=${connection}&${wrong}`), 400, 'invalid_request')
      }
    },
  )
  promise('tells how many there are in all, or that it does not know', ['listCustomers'], async (world) => {
    const { page } = await read(world, `/v1/customers?connection=${world.connection}&limit=3`)
    expect([world.erp.books.customers().length, null]).toContain(page.total)
  })
}
