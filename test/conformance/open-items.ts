/** What is promised about open items, invoices and lists of payments of one customer. */
import { expect } from 'vitest'
import { cents } from '../support/erps.ts'
import type { Area } from './promises.ts'
import { all, allUnlessRefused } from './records.ts'
import { newCustomer, newDebtor, nobody, pay, problem, read } from './world.ts'

export const openItems: Area = (promise) => {
  promise('shows everything that is open, to the cent of the books', ['listOpenItems'], async (world) => {
    const { customer, first, second, memo } = await newDebtor(world)
    const open = await read(world, `/v1/customers/${customer.id}/open-items`)
    expect(open).toMatchObject({
      object: 'list',
      customer: { id: customer.id },
      currency: 'USD',
      totals: { openInvoices: '160.00', openCredits: '30.00', net: '130.00' },
    })
    expect(open.data.map((one: { id: string }) => one.id)).toEqual([first.id, second.id, memo.id])
    for (const item of open.data)
      expect(item.openAmount).toBe(cents(world.erp.books.document(item.id.split(/[_-]/).at(-1)).open))
    expect(open.data[0]).toMatchObject({
      kind: 'invoice',
      number: first.number,
      date: '2026-04-01',
      dueDate: '2026-05-01',
      amount: '100.00',
      currency: 'USD',
    })
  })
  promise('says that nothing is open where nothing is', ['listOpenItems'], async (world) => {
    const customer = await newCustomer(world, { currency: 'USD' })
    const open = await read(world, `/v1/customers/${customer.id}/open-items?currency=USD`)
    expect(open).toMatchObject({ data: [], totals: { openInvoices: '0.00', openCredits: '0.00', net: '0.00' } })
  })
  promise('reads an invoice with its lines and payments', ['getInvoice', 'listInvoices'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const { body } = await pay(world, customer.id, {
      amount: '25.00',
      applications: [{ invoiceId: first.id, amount: '25.00' }],
    })
    const whole = await world.request('GET', `/v1/invoices/${first.id}?include=lines,payments`)
    // Where the invoice does not show who paid it, that is said, and its lines are there without.
    const refused = whole.status === 422
    if (refused) expect(problem(whole, 422, 'field_not_supported').errors[0].pointer).toBe('?include')
    const invoice = refused ? await read(world, `/v1/invoices/${first.id}?include=lines`) : whole.body
    expect(invoice).toMatchObject({
      object: 'invoice',
      id: first.id,
      number: first.number,
      customer: { id: customer.id },
      status: 'partiallyPaid',
      total: '100.00',
      openAmount: '75.00',
      currency: 'USD',
      date: '2026-04-01',
      dueDate: '2026-05-01',
    })
    expect(invoice.lines.length).toBeGreaterThan(0)
    if (!refused) expect(invoice.payments).toMatchObject([{ id: body.id, amount: '25.00' }])
    const listed =
      (await allUnlessRefused(world, 'invoices', `customerId=${customer.id}&open=true`)) ??
      (await all(world, 'invoices', `customerId=${customer.id}`))
    expect(listed.map((one: { id: string; openAmount: string }) => [one.id, one.openAmount])).toContainEqual([
      first.id,
      '75.00',
    ])
  })
  promise('says not_found for an invoice that is not there', ['getInvoice'], async ({ request, connection }) => {
    problem(await request('GET', `/v1/invoices/${nobody.invoice(connection)}`), 404, 'not_found')
  })
  promise("lists a customer's payments", ['listPayments'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const applied = await pay(world, customer.id, {
      amount: '5.00',
      reference: 'one',
      applications: [{ invoiceId: first.id, amount: '5.00' }],
    })
    const kept = await pay(world, customer.id, { amount: '7.00', reference: 'two' })
    const mine = `customerId=${customer.id}`
    const listed =
      (await allUnlessRefused(world, 'payments', `${mine}&sort=amount`, { use: 'sort' })) ??
      (await all(world, 'payments', mine))
    expect(
      listed.map((one: { id: string; amount: string; unappliedAmount: string }) => [
        one.id,
        one.amount,
        one.unappliedAmount,
      ]),
    ).toEqual([
      [applied.body.id, '5.00', '0.00'],
      [kept.body.id, '7.00', '7.00'],
    ])
  })
}
