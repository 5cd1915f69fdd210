/** What is promised about payments that cannot be: they are refused, and nothing is written. */
import { expect } from 'vitest'
import type { Area } from './promises.ts'
import { DAY, newDebtor, nobody, pay, problem } from './world.ts'

export const refusals: Area = (promise) => {
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
