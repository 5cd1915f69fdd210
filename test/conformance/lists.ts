/** What is promised about lists: every record once, in order, and only those that fit. */
import { expect } from 'vitest'
import type { OperationName } from '../../src/providers/provider.ts'
import { pageThrough } from '../support/pages.ts'
import type { Area, World } from './promises.ts'
import { newCustomer, newName, pay, problem, read } from './world.ts'

// biome-ignore lint/suspicious/noExplicitAny: records of three kinds, looked into by field name
type Row = any

const RESOURCES = {
  customers: {
    operation: 'listCustomers',
    sorts: ['name', 'number', 'balance', 'createdAt', 'updatedAt'],
    numbers: ['balance'],
  },
  payments: { operation: 'listPayments', sorts: ['date', 'amount', 'number', 'updatedAt'], numbers: ['amount'] },
  invoices: { operation: 'listInvoices', sorts: ['dueDate', 'date', 'openAmount'], numbers: ['openAmount'] },
} as const satisfies Record<string, { operation: OperationName; sorts: readonly string[]; numbers: readonly string[] }>
type Resource = keyof typeof RESOURCES

const all = async (world: World, resource: Resource, query = '', limit = 200): Promise<Row[]> =>
  pageThrough(
    world.request,
    `/v1/${resource}?connection=${world.connection}&limit=${limit}${query === '' ? '' : `&${query}`}`,
  )

export const lists: Area = (promise) => {
  for (const resource of Object.keys(RESOURCES) as Resource[]) paging(promise, resource)
  places(promise)
  customerFilters(promise)
  paymentFilters(promise)
  invoiceFilters(promise)
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
        const records = await all(world, resource, `sort=${sort}`, 25)
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

/** The list with the filter, and the whole list filtered here, are the same; and the filter leaves something and not everything. */
async function sameAs(world: World, resource: Resource, query: string, fits: (record: Row) => boolean): Promise<void> {
  const whole = await all(world, resource)
  const expected = whole.filter(fits).map((one) => one.id)
  const found = (await all(world, resource, query)).map((one) => one.id)
  expect({ query, found }).toEqual({ query, found: expected })
  expect({ query, useful: expected.length > 0 && expected.length < whole.length }).toEqual({ query, useful: true })
}
const folded = (value: unknown): string => String(value ?? '').toLowerCase()
const encoded = (value: string): string => encodeURIComponent(value)

const customerFilters: Area = (promise) => {
  promise(
    'finds customers by name, its beginning and its parts, whatever the case',
    ['listCustomers'],
    async (world) => {
      const [sample] = await all(world, 'customers', 'nameStartsWith=aster')
      expect(sample?.name).toMatch(/^Aster/)
      await sameAs(
        world,
        'customers',
        `name=${encoded(sample.name.toUpperCase())}`,
        (one) => folded(one.name) === folded(sample.name),
      )
      await sameAs(world, 'customers', 'nameStartsWith=ASTER', (one) => folded(one.name).startsWith('aster'))
      await sameAs(world, 'customers', 'nameContains=textil', (one) => folded(one.name).includes('textil'))
    },
  )
  promise('finds customers by e-mail, number, status and currency', ['listCustomers'], async (world) => {
    const sample = (await all(world, 'customers')).find((one) => one.email && one.number)
    await sameAs(
      world,
      'customers',
      `email=${encoded(sample.email.toUpperCase())}`,
      (one) => folded(one.email) === folded(sample.email),
    )
    await sameAs(world, 'customers', `number=${encoded(sample.number)}`, (one) => one.number === sample.number)
    await sameAs(world, 'customers', 'status=inactive', (one) => one.status === 'inactive')
    await sameAs(world, 'customers', 'currency=EUR', (one) => one.currency === 'EUR')
    expect(await all(world, 'customers', 'status=inactive&status=active')).toHaveLength(
      (await all(world, 'customers')).length,
    )
  })
  promise('finds customers by balance, and includes the bounds', ['listCustomers'], async (world) => {
    const balances = (await all(world, 'customers'))
      .map((one) => Number(one.balance ?? 0))
      .sort((one, other) => one - other)
    const middle = (balances[Math.floor(balances.length * 0.7)] as number).toFixed(2)
    await sameAs(
      world,
      'customers',
      `balanceMin=${middle}`,
      (one) => one.balance !== null && Number(one.balance) >= Number(middle),
    )
    await sameAs(
      world,
      'customers',
      `balanceMax=${middle}`,
      (one) => one.balance !== null && Number(one.balance) <= Number(middle),
    )
    await sameAs(
      world,
      'customers',
      `balanceMin=${middle}&balanceMax=${middle}`,
      (one) => one.balance !== null && Number(one.balance) === Number(middle),
    )
  })
  promise('finds customers by when they were made and changed', ['listCustomers'], async (world) => {
    for (const [parameter, field] of [
      ['createdSince', 'createdAt'],
      ['updatedSince', 'updatedAt'],
      ['updatedBefore', 'updatedAt'],
    ] as const) {
      const moments = (await all(world, 'customers')).map((one) => one[field] as string).sort()
      const middle = moments[Math.floor(moments.length / 2)] as string
      await sameAs(world, 'customers', `${parameter}=${encoded(middle)}`, (one) =>
        parameter === 'updatedBefore' ? one[field] < middle : one[field] >= middle,
      )
    }
  })
  promise('takes quotes and wildcards in a filter as they are, or refuses them', ['listCustomers'], async (world) => {
    for (const odd of [`O'Hara & "Sons" <x>`, "' OR 1=1 --", '50% Off_', 'back\\slash', 'Ærø 漢字']) {
      const { id } = await newCustomer(world, { name: newName(odd) })
      const decoy = await newCustomer(world, { name: newName('50x Offx') })
      for (const parameter of ['nameStartsWith', 'nameContains']) {
        const answer = await world.request(
          'GET',
          `/v1/customers?connection=${world.connection}&${parameter}=${encoded(odd)}`,
        )
        if (answer.status === 422) problem(answer, 422, 'filter_not_supported')
        else {
          const ids = answer.body.data.map((one: Row) => one.id)
          expect({ odd, parameter, ids }).toEqual({ odd, parameter, ids: expect.arrayContaining([id]) })
          expect(ids).not.toContain(decoy.id)
        }
      }
    }
  })
  promise('refuses a filter that the ERP cannot answer, by its name', ['listCustomers'], async (world) => {
    const { capabilities } = await read(world, `/v1/connections/${world.connection}`)
    for (const [parameter, field] of [
      ['stage', 'stage'],
      ['externalId', 'externalId'],
    ] as const) {
      const answer = await world.request('GET', `/v1/customers?connection=${world.connection}&${parameter}=13`)
      if (capabilities.customer.fields[field].filter)
        expect({ parameter, status: answer.status }).toEqual({ parameter, status: 200 })
      else expect(problem(answer, 422, 'filter_not_supported').detail).toContain(field)
    }
  })
}

const paymentFilters: Area = (promise) => {
  promise('finds payments by date, and includes the bounds', ['listPayments'], async (world) => {
    const dates = (await all(world, 'payments')).map((one) => one.date as string).sort()
    const middle = dates[Math.floor(dates.length / 2)] as string
    await sameAs(world, 'payments', `date=${middle}`, (one) => one.date === middle)
    await sameAs(world, 'payments', `dateFrom=${middle}`, (one) => one.date >= middle)
    await sameAs(world, 'payments', `dateTo=${middle}`, (one) => one.date <= middle)
    await sameAs(world, 'payments', `dateFrom=${middle}&dateTo=${middle}`, (one) => one.date === middle)
  })
  promise('finds payments by amount and by what is left of them', ['listPayments'], async (world) => {
    const customer = await newCustomer(world, { currency: 'USD' })
    await pay(world, customer.id, { amount: '3.00' })
    const amounts = (await all(world, 'payments')).map((one) => Number(one.amount)).sort((one, other) => one - other)
    const middle = (amounts[Math.floor(amounts.length / 2)] as number).toFixed(2)
    await sameAs(world, 'payments', `amountMin=${middle}`, (one) => Number(one.amount) >= Number(middle))
    await sameAs(world, 'payments', `amountMax=${middle}`, (one) => Number(one.amount) <= Number(middle))
    await sameAs(world, 'payments', 'unapplied=true', (one) => Number(one.unappliedAmount) > 0)
    await sameAs(world, 'payments', 'unapplied=false', (one) => Number(one.unappliedAmount) === 0)
  })
  promise('finds payments by how they were paid', ['listPayments'], async (world) => {
    const sample = (await all(world, 'payments')).find((one) => one.method === 'cash')
    await sameAs(world, 'payments', 'method=cash', (one) => one.method === 'cash')
    await sameAs(world, 'payments', 'method=cash&method=check', (one) => ['cash', 'check'].includes(one.method))
    await sameAs(
      world,
      'payments',
      `methodId=${encoded(sample.methodRef.id)}`,
      (one) => one.methodRef?.id === sample.methodRef.id,
    )
  })
  promise('finds payments by number, reference, status and customer', ['listPayments'], async (world) => {
    const customer = await newCustomer(world, { currency: 'USD' })
    const { body } = await pay(world, customer.id, {
      amount: '3.00',
      reference: 'Ref-4711',
      depositTo: { kind: 'undepositedFunds' },
    })
    await sameAs(world, 'payments', 'reference=ref-4711', (one) => folded(one.reference) === 'ref-4711')
    await sameAs(world, 'payments', `customerId=${customer.id}`, (one) => one.customer.id === customer.id)
    await sameAs(world, 'payments', 'status=posted', (one) => one.status === 'posted')
    if (body.number)
      await sameAs(world, 'payments', `number=${encoded(body.number)}`, (one) => one.number === body.number)
  })
}

const invoiceFilters: Area = (promise) => {
  promise('finds invoices by what is open, status, due date, number and customer', ['listInvoices'], async (world) => {
    const whole = await all(world, 'invoices')
    const due = whole.map((one) => one.dueDate as string).sort()
    const middle = due[Math.floor(due.length / 2)] as string
    await sameAs(world, 'invoices', 'open=true', (one) => Number(one.openAmount) > 0)
    await sameAs(world, 'invoices', 'open=false', (one) => Number(one.openAmount) === 0)
    await sameAs(world, 'invoices', 'status=paid', (one) => one.status === 'paid')
    await sameAs(world, 'invoices', 'status=open&status=partiallyPaid', (one) =>
      ['open', 'partiallyPaid'].includes(one.status),
    )
    await sameAs(world, 'invoices', `dueBefore=${middle}`, (one) => one.dueDate < middle)
    await sameAs(world, 'invoices', `number=${encoded(whole[3].number)}`, (one) => one.number === whole[3].number)
    await sameAs(
      world,
      'invoices',
      `customerId=${whole[3].customer.id}`,
      (one) => one.customer.id === whole[3].customer.id,
    )
  })
}
