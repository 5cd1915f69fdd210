/** What is promised about the filters of lists: what they find is what the whole list has that fits. */
import { expect } from 'vitest'
import type { Area, World } from './promises.ts'
import { all, allUnlessRefused, type Resource, type Row } from './records.ts'
import { newCustomer, newName, pay, problem, read } from './world.ts'

export const filters: Area = (promise) => {
  customerFilters(promise)
  paymentFilters(promise)
  invoiceFilters(promise)
}

/** The list with the filter, and the whole list filtered here, are the same; and the filter leaves something and not everything. */
async function sameAs(world: World, resource: Resource, query: string, fits: (record: Row) => boolean): Promise<void> {
  const whole = await all(world, resource)
  const expected = whole.filter(fits).map((one) => one.id)
  const records = await allUnlessRefused(world, resource, query)
  if (records === null) return
  const found = records.map((one) => one.id)
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
    // Distinct, so that neither bound takes everything however many payments share a date.
    const dates = [...new Set((await all(world, 'payments')).map((one) => one.date as string))].sort()
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
