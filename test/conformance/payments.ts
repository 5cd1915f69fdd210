/** What is promised about payments, invoices and what is open; the sandbox's books are asked, not only the API. */
import { expect } from 'vitest'
import { cents } from '../support/erps.ts'
import { newKey } from '../support/gateway.ts'
import type { Area, World } from './promises.ts'
import { DAY, newCustomer, newDebtor, nobody, pay, problem, read } from './world.ts'

export const payments: Area = (promise) => {
  settling(promise)
  refusing(promise)
  undoing(promise)
  reading(promise)
}

const settling: Area = (promise) => {
  promise('settles two invoices with one payment', ['createPayment', 'getPayment'], async (world) => {
    const { customer, first, second } = await newDebtor(world)
    const applications = [
      { invoiceId: first.id, amount: '100.00' },
      { invoiceId: second.id, amount: '20' },
    ]
    const { body, headers } = await pay(world, customer.id, {
      amount: '120',
      applications,
      method: 'check',
      reference: '1234',
      memo: 'both',
    })
    expect(body).toMatchObject({
      object: 'payment',
      customer: { id: customer.id },
      date: DAY,
      amount: '120.00',
      currency: 'USD',
      appliedAmount: '120.00',
      unappliedAmount: '0.00',
      method: 'check',
      reference: '1234',
      memo: 'both',
    })
    expect(body.applications.map((one: { invoiceId: string; amount: string }) => [one.invoiceId, one.amount])).toEqual([
      [first.id, '100.00'],
      [second.id, '20.00'],
    ])
    expect([first.open(), second.open()]).toEqual(['0.00', '40.00'])
    expect(headers.get('location')).toBe(`/v1/payments/${body.id}`)
    const { idempotencyKey: _, ...recorded } = body
    expect(await read(world, `/v1/payments/${body.id}`)).toMatchObject(recorded)
  })
  promise('uses a credit beside the cash', ['createPayment'], async (world) => {
    const { customer, first, memo } = await newDebtor(world)
    const { body } = await pay(world, customer.id, {
      amount: '70.00',
      applications: [{ invoiceId: first.id, amount: '100.00' }],
      credits: [{ creditId: memo.id, amount: '30.00' }],
    })
    expect(body).toMatchObject({
      amount: '70.00',
      appliedAmount: '70.00',
      unappliedAmount: '0.00',
      credits: [{ creditId: memo.id, amount: '30.00' }],
    })
    expect(body.applications).toMatchObject([
      { invoiceId: first.id, amount: '100.00', cashAmount: '70.00', creditAmount: '30.00' },
    ])
    expect([first.open(), memo.open()]).toEqual(['0.00', '0.00'])
  })
  promise('leaves the rest of a payment as an open credit', ['createPayment', 'listOpenItems'], async (world) => {
    const { customer, second } = await newDebtor(world)
    const { body } = await pay(world, customer.id, {
      amount: '100.00',
      applications: [{ invoiceId: second.id, amount: '60.00' }],
    })
    expect(body).toMatchObject({ appliedAmount: '60.00', unappliedAmount: '40.00' })
    const open = await read(world, `/v1/customers/${customer.id}/open-items`)
    expect(open.data.find((one: { paymentId: string }) => one.paymentId === body.id)).toMatchObject({
      openAmount: '40.00',
      currency: 'USD',
    })
    expect(open.totals).toEqual({ openInvoices: '100.00', openCredits: '70.00', net: '30.00' })
  })
  promise('keeps a payment without applications as money to apply', ['createPayment', 'getPayment'], async (world) => {
    const { customer, first, second } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '2000.00', memo: 'in advance' })
    expect(body).toMatchObject({
      amount: '2000.00',
      appliedAmount: '0.00',
      unappliedAmount: '2000.00',
      applications: [],
      memo: 'in advance',
    })
    expect([first.open(), second.open()]).toEqual(['100.00', '60.00'])
    const open = await read(world, `/v1/customers/${customer.id}/open-items`)
    const item = open.data.find((one: { paymentId: string }) => one.paymentId === body.id)
    expect(item).toMatchObject({ openAmount: '2000.00' })
  })
  promise('uses what is left of one payment in another', ['createPayment', 'getPayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '2000.00' })
    const credit = await restOf(world, customer.id, body.id)
    const used = await pay(world, customer.id, {
      amount: '10.00',
      applications: [{ invoiceId: first.id, amount: '100.00' }],
      credits: [{ creditId: credit.id, amount: '90.00' }],
    })
    expect(used.body).toMatchObject({
      appliedAmount: '10.00',
      unappliedAmount: '0.00',
      credits: [{ creditId: credit.id, amount: '90.00' }],
    })
    expect(first.open()).toBe('0.00')
    expect(await read(world, `/v1/payments/${body.id}`)).toMatchObject({ unappliedAmount: '1910.00' })
  })
  promise('settles the oldest invoices by itself', ['createPayment'], async (world) => {
    const { customer, first, second } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '130.00', autoApply: true })
    expect(body).toMatchObject({ appliedAmount: '130.00', unappliedAmount: '0.00' })
    expect([first.open(), second.open()]).toEqual(['0.00', '30.00'])
  })
  promise('pays an invoice that is named by its number', ['createPayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const { body } = await pay(world, customer.id, {
      amount: '15.00',
      applications: [{ invoiceNumber: first.number, amount: '15.00' }],
    })
    expect(body.applications).toMatchObject([{ invoiceId: first.id, invoiceNumber: first.number, amount: '15.00' }])
    expect(first.open()).toBe('85.00')
  })
  promise('keeps money in undeposited funds', ['createPayment', 'listPayments'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const { body } = await pay(world, customer.id, {
      amount: '5.00',
      method: 'cash',
      depositTo: { kind: 'undepositedFunds' },
      applications: [{ invoiceId: first.id, amount: '5.00' }],
    })
    expect(body).toMatchObject({ status: 'posted', method: 'cash', depositTo: { kind: 'undepositedFunds' } })
    const banked = await pay(world, customer.id, {
      amount: '6.00',
      applications: [{ invoiceId: first.id, amount: '6.00' }],
    })
    expect(banked.body).toMatchObject({ status: 'deposited', depositTo: { kind: 'bankAccount' } })
    const found = await read(world, `/v1/payments?customerId=${customer.id}&undeposited=true`)
    expect(found.data.map((one: { id: string }) => one.id)).toEqual([body.id])
  })
  promise('checks everything and writes nothing in a dry run', ['createPayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    world.erp.proxy.forget()
    const body = {
      customer: { id: customer.id },
      date: DAY,
      amount: '50.00',
      applications: [{ invoiceId: first.id, amount: '30.00' }],
    }
    const answer = await world.request('POST', '/v1/payments?dryRun=true', { body })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      id: null,
      nativeId: null,
      appliedAmount: '30.00',
      unappliedAmount: '20.00',
      applications: [{ invoiceId: first.id, amount: '30.00' }],
    })
    expect(world.erp.proxy.exchanges.filter(world.erp.isWrite)).toEqual([])
    expect(first.open()).toBe('100.00')
  })
}

const refusing: Area = (promise) => {
  promise('refuses more than is open, and writes nothing', ['createPayment'], async (world) => {
    const { customer, second } = await newDebtor(world)
    const answer = await pay(
      world,
      customer.id,
      { amount: '100.00', applications: [{ invoiceId: second.id, amount: '60.01' }] },
      422,
    )
    expect(problem(answer, 422, 'allocation_exceeds_open_amount')).toMatchObject({
      applied: 'no',
      errors: [{ pointer: '/applications/0/amount', detail: 'at most 60.00' }],
    })
    expect(second.open()).toBe('60.00')
  })
  promise(
    'refuses applications beyond the amount, and credits beyond the applications',
    ['createPayment'],
    async (world) => {
      const { customer, first, memo } = await newDebtor(world)
      const beyond = await pay(
        world,
        customer.id,
        { amount: '10.00', applications: [{ invoiceId: first.id, amount: '50.00' }] },
        422,
      )
      problem(beyond, 422, 'allocation_exceeds_amount')
      const credits = await pay(
        world,
        customer.id,
        {
          amount: '10.00',
          applications: [{ invoiceId: first.id, amount: '20.00' }],
          credits: [{ creditId: memo.id, amount: '30.00' }],
        },
        422,
      )
      problem(credits, 422, 'allocation_exceeds_amount')
      expect([first.open(), memo.open()]).toEqual(['100.00', '30.00'])
    },
  )
  promise("refuses another customer's invoice, and one that is not there", ['createPayment'], async (world) => {
    const { customer } = await newDebtor(world)
    const { first: theirs } = await newDebtor(world)
    for (const invoiceId of [theirs.id, nobody.invoice(world.connection)]) {
      const answer = await pay(
        world,
        customer.id,
        { amount: '5.00', applications: [{ invoiceId, amount: '5.00' }] },
        422,
      )
      expect(problem(answer, 422, 'invalid_reference').errors).toMatchObject([{ pointer: '/applications/0/invoiceId' }])
    }
    expect(theirs.open()).toBe('100.00')
  })
  promise('refuses an invoice that is paid already', ['createPayment'], async (world) => {
    const { customer, second } = await newDebtor(world)
    const applications = [{ invoiceId: second.id, amount: '60.00' }]
    await pay(world, customer.id, { amount: '60.00', applications })
    problem(
      await pay(world, customer.id, { amount: '60.00', applications }, 422),
      422,
      'allocation_exceeds_open_amount',
    )
  })
  promise('refuses an invoice in another currency', ['createPayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const answer = await pay(
      world,
      customer.id,
      { amount: '5.00', currency: 'EUR', applications: [{ invoiceId: first.id, amount: '5.00' }] },
      422,
    )
    problem(answer, 422, 'currency_mismatch')
  })
  promise('refuses the same invoice twice, and amounts that are no amounts', ['createPayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const twice = [1, 2].map(() => ({ invoiceId: first.id, amount: '5.00' }))
    problem(await pay(world, customer.id, { amount: '10.00', applications: twice }, 400), 400, 'invalid_request')
    for (const amount of ['0.00', '-5.00', '5.001', '5,00', 5])
      problem(await pay(world, customer.id, { amount }, 400), 400, 'invalid_request')
  })
  promise('writes no payment without a key', ['createPayment', 'voidPayment'], async (world) => {
    const { customer } = await newDebtor(world)
    world.erp.proxy.forget()
    const body = { customer: { id: customer.id }, date: DAY, amount: '5.00' }
    problem(await world.request('POST', '/v1/payments', { body }), 400, 'idempotency_key_missing')
    problem(
      await world.request('POST', `/v1/payments/${nobody.payment(world.connection)}/void`, { body: {} }),
      400,
      'idempotency_key_missing',
    )
    expect(world.erp.proxy.exchanges).toEqual([])
  })
  promise('says invalid_reference for a payment of nobody', ['createPayment'], async (world) => {
    const answer = await pay(world, nobody.customer(world.connection), { amount: '5.00' }, 422)
    expect(problem(answer, 422, 'invalid_reference').errors).toMatchObject([{ pointer: '/customer/id' }])
  })
}

const undoing: Area = (promise) => {
  promise('opens everything again when a payment is voided', ['voidPayment', 'createPayment'], async (world) => {
    const { customer, first, second, memo } = await newDebtor(world)
    const applications = [first, second].map(({ id }) => ({ invoiceId: id, amount: '60.00' }))
    const { body } = await pay(world, customer.id, {
      amount: '100.00',
      applications,
      credits: [{ creditId: memo.id, amount: '30.00' }],
    })
    expect([first.open(), second.open(), memo.open()]).toEqual(['40.00', '0.00', '0.00'])
    const key = newKey()
    const voided = await world.request('POST', `/v1/payments/${body.id}/void`, { key })
    expect({ status: voided.status, detail: voided.body.detail }).toEqual({ status: 200, detail: undefined })
    expect(voided.body).toMatchObject({
      id: body.id,
      status: 'voided',
      void: { how: expect.stringMatching(/^(deleted|reversed|refunded|voided)$/) },
    })
    expect([first.open(), second.open(), memo.open()]).toEqual(['100.00', '60.00', '30.00'])
    const again = await world.request('POST', `/v1/payments/${body.id}/void`, { key })
    expect(again.text).toBe(voided.text)
    expect((await read(world, `/v1/customers/${customer.id}/open-items`)).totals).toEqual({
      openInvoices: '160.00',
      openCredits: '30.00',
      net: '130.00',
    })
  })
  promise('voids money that is not applied', ['voidPayment'], async (world) => {
    const { customer } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '11.00' })
    const voided = await world.request('POST', `/v1/payments/${body.id}/void`, { key: newKey() })
    expect({ status: voided.status, body: voided.body }).toMatchObject({ status: 200, body: { status: 'voided' } })
    expect((await read(world, `/v1/customers/${customer.id}/open-items`)).totals.openCredits).toBe('30.00')
  })
  promise('does not void money that was used elsewhere', ['voidPayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '50.00' })
    const credit = await restOf(world, customer.id, body.id)
    await pay(world, customer.id, {
      amount: '10.00',
      applications: [{ invoiceId: first.id, amount: '60.00' }],
      credits: [{ creditId: credit.id, amount: '50.00' }],
    })
    const answer = await world.request('POST', `/v1/payments/${body.id}/void`, { key: newKey() })
    expect(problem(answer, 409, 'not_changeable')).toMatchObject({ applied: 'no' })
    expect(first.open()).toBe('40.00')
  })
  promise(
    'changes memo and reference, or says not_changeable where the ERP has closed the payment',
    ['updatePayment'],
    async (world) => {
      const { customer, first } = await newDebtor(world)
      const { body } = await pay(world, customer.id, {
        amount: '5.00',
        memo: 'old',
        reference: '1',
        applications: [{ invoiceId: first.id, amount: '5.00' }],
      })
      const changed = await world.request('PATCH', `/v1/payments/${body.id}`, { body: { memo: 'new', reference: '2' } })
      if (changed.status === 409) {
        expect(problem(changed, 409, 'not_changeable')).toMatchObject({ applied: 'no' })
        expect(await read(world, `/v1/payments/${body.id}`)).toMatchObject({ memo: 'old', reference: '1' })
      } else {
        expect(changed.body).toMatchObject({ memo: 'new', reference: '2', appliedAmount: '5.00', amount: '5.00' })
      }
      expect(first.open()).toBe('95.00')
    },
  )
  promise('deletes a payment, or says not_changeable where the ERP keeps it', ['deletePayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const { body } = await pay(world, customer.id, {
      amount: '5.00',
      applications: [{ invoiceId: first.id, amount: '5.00' }],
    })
    const gone = await world.request('DELETE', `/v1/payments/${body.id}`)
    if (gone.status === 409) {
      problem(gone, 409, 'not_changeable')
      expect(first.open()).toBe('95.00')
    } else {
      expect(gone.status).toBe(204)
      expect(first.open()).toBe('100.00')
      problem(await world.request('GET', `/v1/payments/${body.id}`), 404, 'not_found')
    }
  })
  promise(
    'says not_found for a payment that is not there',
    ['getPayment', 'updatePayment', 'deletePayment', 'voidPayment'],
    async ({ request, connection }) => {
      const path = `/v1/payments/${nobody.payment(connection)}`
      problem(await request('GET', path), 404, 'not_found')
      problem(await request('PATCH', path, { body: { memo: 'x' } }), 404, 'not_found')
      problem(await request('DELETE', path), 404, 'not_found')
      problem(await request('POST', `${path}/void`, { key: newKey() }), 404, 'not_found')
    },
  )
}

const reading: Area = (promise) => {
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
    const invoice = await read(world, `/v1/invoices/${first.id}?include=lines,payments`)
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
    expect(invoice.payments).toMatchObject([{ id: body.id, amount: '25.00' }])
    const listed = await read(world, `/v1/invoices?customerId=${customer.id}&open=true`)
    expect(listed.data.map((one: { id: string; openAmount: string }) => [one.id, one.openAmount])).toContainEqual([
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
    const listed = await read(world, `/v1/payments?customerId=${customer.id}&sort=amount`)
    expect(
      listed.data.map((one: { id: string; amount: string; unappliedAmount: string }) => [
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

/** The open item that is the rest of a payment. */
async function restOf(world: World, customerId: string, paymentId: string): Promise<{ id: string }> {
  const open = await read(world, `/v1/customers/${customerId}/open-items`)
  return open.data.find((one: { paymentId: string }) => one.paymentId === paymentId)
}
