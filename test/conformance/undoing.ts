/** What is promised about changing, deleting and voiding payments. */
import { expect } from 'vitest'
import { newKey } from '../support/gateway.ts'
import type { Area } from './promises.ts'
import { newDebtor, nobody, pay, problem, read, restOf } from './world.ts'

export const undoing: Area = (promise) => {
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
