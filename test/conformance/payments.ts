/** What is promised about receiving payments; the sandbox's books are asked, not only the API. */
import { expect } from 'vitest'
import { newKey } from '../support/gateway.ts'
import type { Area } from './promises.ts'
import { allUnlessRefused } from './records.ts'
import { DAY, newDebtor, pay, read, restOf } from './world.ts'

export const payments: Area = (promise) => {
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
    const found = await allUnlessRefused(world, 'payments', `customerId=${customer.id}&undeposited=true`)
    expect(found?.map((one) => one.id) ?? [body.id]).toEqual([body.id])
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
  promise('shows in a dry run what it then sends, and no secret', ['createPayment'], async (world) => {
    const { customer, first, memo } = await newDebtor(world)
    const bodies = [
      { amount: '50.00', applications: [{ invoiceId: first.id, amount: '30.00' }], memo: 'Näme <&> "漢字"' },
      { amount: '1.00', reference: '1234' },
      {
        amount: '10.00',
        applications: [{ invoiceNumber: first.number, amount: '15.00' }],
        credits: [{ creditId: memo.id, amount: '5.00' }],
        method: 'ach',
      },
    ]
    for (const fields of bodies) {
      const body = { customer: { id: customer.id }, date: DAY, ...fields }
      const dry = await world.request('POST', '/v1/payments?dryRun=true', { body })
      expect(dry.status, dry.text).toBe(200)
      world.erp.proxy.forget()
      const real = await world.request('POST', '/v1/payments', { body, key: newKey() })
      expect(real.status, real.text).toBe(201)
      const [sent] = world.erp.proxy.exchanges.filter(world.erp.isWrite)
      const [shown, ...more] = dry.body.upstream
      expect(more).toEqual([])
      expect({ ...shown, body: shown.body }).toMatchObject({
        method: sent?.method,
        path: sent?.path,
        body: withoutSecrets(sent?.body ?? ''),
      })
      expect(sent?.headers).toMatchObject(shown.headers)
      expect(Object.keys(shown.headers)).not.toContain('authorization')
      expect(dry.body.warnings).toEqual(real.body.warnings)
      for (const name of ['appliedAmount', 'unappliedAmount', 'amount', 'currency'])
        expect(dry.body[name]).toBe(real.body[name])
    }
  })
  promise('finds in a dry run what the real call would refuse', ['createPayment'], async (world) => {
    const { customer } = await newDebtor(world)
    const body = { customer: { id: customer.id }, date: DAY, amount: '5.00', method: 'other' }
    const dry = await world.request('POST', '/v1/payments?dryRun=true', { body })
    const real = await world.request('POST', '/v1/payments', { body, key: newKey() })
    expect(dry.status).toBe(422)
    expect({ ...dry.body, requestId: '', instance: '' }).toEqual({ ...real.body, requestId: '', instance: '' })
  })
}

/** What was sent as a dry run shows it: the id that makes it happen once, passwords and sessions. */
const withoutSecrets = (body: string): string =>
  body
    .replaceAll(/(?<![a-z0-9])[0-9a-hjkmnp-tv-z]{26}(?![a-z0-9])/g, 'dryrun')
    .replaceAll(/<(password|sessionid)>[^<]*</g, '<$1>***<')
