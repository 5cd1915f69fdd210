/** What is promised about settling later: the rest of payments, credits without cash, and taking both back. */
import { expect } from 'vitest'
import { type Answer, newKey } from '../support/gateway.ts'
import type { Area, World } from './promises.ts'
import { DAY, newDebtor, pay, problem, read } from './world.ts'

export const settlements: Area = (promise) => {
  payments(promise)
  credits(promise)
}

const post = ({ request }: World, path: string, body: object): Promise<Answer> =>
  request('POST', path, { key: newKey(), body })

async function done(world: World, path: string, body: object) {
  const answer = await post(world, path, body)
  expect({ status: answer.status, detail: answer.body.detail }).toEqual({ status: 200, detail: undefined })
  return answer.body
}

const payments: Area = (promise) => {
  promise('applies the rest of a payment under the same id', ['applyPayment'], async (world) => {
    const { customer, first, second } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '70.00', memo: 'kept' })
    const applications = [
      { invoiceId: first.id, amount: '40.00' },
      { invoiceId: second.id, amount: '10.00' },
    ]
    const applied = await done(world, `/v1/payments/${body.id}/apply`, { applications })
    expect(applied).toMatchObject({
      id: body.id,
      date: DAY,
      memo: 'kept',
      appliedAmount: '50.00',
      unappliedAmount: '20.00',
    })
    expect(applied.applications).toMatchObject(applications)
    expect(await read(world, `/v1/payments/${body.id}`)).toEqual(applied)
    expect([first.open(), second.open()]).toEqual(['60.00', '50.00'])
    const open = await read(world, `/v1/customers/${customer.id}/open-items`)
    expect(open.totals).toEqual({ openInvoices: '110.00', openCredits: '50.00', net: '60.00' })
  })
  promise('applies credits beside the rest of a payment', ['applyPayment'], async (world) => {
    const { customer, first, memo } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '70.00' })
    const applied = await done(world, `/v1/payments/${body.id}/apply`, {
      applications: [{ invoiceId: first.id, amount: '100.00' }],
      credits: [{ creditId: memo.id, amount: '30.00' }],
    })
    expect(applied).toMatchObject({ appliedAmount: '70.00', credits: [{ creditId: memo.id, amount: '30.00' }] })
    expect([first.open(), memo.open()]).toEqual(['0.00', '0.00'])
  })
  promise('applies no more than the rest of a payment', ['applyPayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '20.00' })
    const applications = [{ invoiceId: first.id, amount: '20.01' }]
    const answer = await post(world, `/v1/payments/${body.id}/apply`, { applications })
    expect(problem(answer, 422, 'allocation_exceeds_amount')).toMatchObject({ applied: 'no' })
    expect(first.open()).toBe('100.00')
  })
  promise('takes away what was applied later, credits first', ['unapplyPayment'], async (world) => {
    const { customer, first, memo } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '70.00' })
    await done(world, `/v1/payments/${body.id}/apply`, {
      applications: [{ invoiceId: first.id, amount: '50.00' }],
      credits: [{ creditId: memo.id, amount: '20.00' }],
    })
    const path = `/v1/payments/${body.id}/unapply`
    const less = await done(world, path, { applications: [{ invoiceId: first.id, amount: '25.00' }] })
    expect(less).toMatchObject({ id: body.id, appliedAmount: '25.00', unappliedAmount: '45.00', credits: [] })
    expect([first.open(), memo.open()]).toEqual(['75.00', '30.00'])
    expect(await done(world, path, { applications: [{ invoiceId: first.id }] })).toMatchObject({ applications: [] })
    expect(first.open()).toBe('100.00')
  })
  promise('takes away posted cash, once that is confirmed where it needs to be', ['unapplyPayment'], async (world) => {
    const { customer, first, second } = await newDebtor(world)
    const { body } = await pay(world, customer.id, {
      ...{ amount: '90.00', method: 'check', reference: '1234', memo: 'both' },
      applications: [
        { invoiceId: first.id, amount: '50.00' },
        { invoiceId: second.id, amount: '20.00' },
      ],
    })
    const path = `/v1/payments/${body.id}/unapply`
    const unapply = { applications: [{ invoiceId: first.id, amount: '30.00' }] }
    const unconfirmed = await post(world, path, unapply)
    if (unconfirmed.status !== 200) {
      expect(problem(unconfirmed, 409, 'confirmation_required')).toMatchObject({ applied: 'no' })
      expect(first.open()).toBe('50.00')
    }
    const payment =
      unconfirmed.status === 200 ? unconfirmed.body : await done(world, `${path}?confirm=reverse`, unapply)
    expect(payment).toMatchObject({ method: 'check', reference: '1234', memo: 'both', date: DAY, amount: '90.00' })
    expect(payment).toMatchObject({ appliedAmount: '40.00', unappliedAmount: '50.00' })
    expect(payment.id === body.id ? null : payment.replaces).toBe(payment.id === body.id ? null : body.id)
    expect([first.open(), second.open()]).toEqual(['80.00', '40.00'])
    const open = await read(world, `/v1/customers/${customer.id}/open-items`)
    expect(open.totals).toEqual({ openInvoices: '120.00', openCredits: '80.00', net: '40.00' })
  })
  promise('takes nothing away that is not applied', ['unapplyPayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '20.00' })
    const answer = await post(world, `/v1/payments/${body.id}/unapply`, { applications: [{ invoiceId: first.id }] })
    problem(answer, 422, 'invalid_reference')
  })
  promise('voids a payment with what it settled later', ['voidPayment', 'applyPayment'], async (world) => {
    const { customer, first } = await newDebtor(world)
    const { body } = await pay(world, customer.id, { amount: '20.00' })
    await done(world, `/v1/payments/${body.id}/apply`, { applications: [{ invoiceId: first.id, amount: '15.00' }] })
    expect(await done(world, `/v1/payments/${body.id}/void`, {})).toMatchObject({ status: 'voided' })
    expect(first.open()).toBe('100.00')
  })
}

const credits: Area = (promise) => {
  promise('settles invoices with a credit and no cash', ['getCredit', 'applyCredit'], async (world) => {
    const { customer, first, second, memo } = await newDebtor(world)
    const applications = [
      { invoiceId: first.id, amount: '20.00' },
      { invoiceId: second.id, amount: '5.00' },
    ]
    const credit = await done(world, `/v1/credits/${memo.id}/apply`, { applications })
    expect(credit).toMatchObject({ object: 'credit', id: memo.id, kind: 'memo', amount: '30.00', openAmount: '5.00' })
    expect(credit).toMatchObject({ customer: { id: customer.id }, applications, paymentId: null })
    expect(await read(world, `/v1/credits/${memo.id}`)).toEqual(credit)
    expect([first.open(), second.open(), memo.open()]).toEqual(['80.00', '55.00', '5.00'])
    expect((await read(world, `/v1/payments?customerId=${customer.id}`)).data).toEqual([])
  })
  promise('takes back what a credit settled', ['unapplyCredit'], async (world) => {
    const { first, second, memo } = await newDebtor(world)
    const applications = [
      { invoiceId: first.id, amount: '20.00' },
      { invoiceId: second.id, amount: '5.00' },
    ]
    await done(world, `/v1/credits/${memo.id}/apply`, { applications })
    const credit = await done(world, `/v1/credits/${memo.id}/unapply`, {
      applications: [{ invoiceId: first.id, amount: '12.00' }, { invoiceId: second.id }],
    })
    expect(credit).toMatchObject({ openAmount: '22.00', applications: [{ invoiceId: first.id, amount: '8.00' }] })
    expect([first.open(), second.open(), memo.open()]).toEqual(['92.00', '60.00', '22.00'])
  })
  promise('settles no more than the credit has', ['applyCredit'], async (world) => {
    const { first, memo } = await newDebtor(world)
    const applications = [{ invoiceId: first.id, amount: '30.01' }]
    const answer = await post(world, `/v1/credits/${memo.id}/apply`, { applications })
    expect(problem(answer, 422, 'allocation_exceeds_open_amount')).toMatchObject({ applied: 'no' })
    expect([first.open(), memo.open()]).toEqual(['100.00', '30.00'])
  })
  promise(
    'treats what a payment leaves as that payment',
    ['getCredit', 'applyCredit', 'unapplyCredit'],
    async (world) => {
      const { customer, first } = await newDebtor(world)
      const { body } = await pay(world, customer.id, { amount: '50.00' })
      const open = await read(world, `/v1/customers/${customer.id}/open-items`)
      const { id } = open.data.find((one: { paymentId: string }) => one.paymentId === body.id)
      await done(world, `/v1/credits/${id}/apply`, { applications: [{ invoiceId: first.id, amount: '30.00' }] })
      expect(await read(world, `/v1/payments/${body.id}`)).toMatchObject({ unappliedAmount: '20.00' })
      await done(world, `/v1/credits/${id}/unapply`, { applications: [{ invoiceId: first.id, amount: '10.00' }] })
      expect(await read(world, `/v1/credits/${id}`)).toMatchObject({ openAmount: '30.00', paymentId: body.id })
      expect(first.open()).toBe('80.00')
    },
  )
  promise('says not_found for a credit that is not there', ['getCredit'], async ({ request, connection }) => {
    problem(await request('GET', `/v1/credits/crd_${connection}_memo-99999999`), 404, 'not_found')
  })
}
