/** The guide's account: each example of the payment guide works word for word, and answers as it says. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, startCaller } from './netsuite-caller.ts'

let caller: Caller
beforeAll(async () => {
  caller = await startCaller({ profile: 'guide' })
})
beforeEach(() => caller.sandbox.reset())
afterAll(() => caller.sandbox.close())

const get = async (path: string) => (await caller.record('GET', path)).body
const expanded = (path: string) => get(`${path}?expandSubResources=true`)

const HEAD = {
  customer: { id: '456' },
  tranDate: '2025-12-25',
  subsidiary: { id: '1' },
  currency: { id: '1' },
  paymentMethod: { id: '2' },
  account: { id: '10' },
}
const INVOICES = {
  items: [
    { doc: { id: '5001' }, apply: true, amount: 1000.0 },
    { doc: { id: '5002' }, apply: true, amount: 500.0 },
  ],
}
const PAYMENT = {
  ...HEAD,
  payment: 1500.0,
  checkNum: '1234',
  memo: 'Payment for Invoice #INV-5001 and #INV-5002',
  apply: INVOICES,
}

describe('payments', () => {
  const pay = (body: unknown) => caller.record('POST', 'customerPayment', body)
  const open = async (id: string) => (await get(`invoice/${id}`)).amountRemaining

  it('Create Customer Payment', async () => {
    const { status, body } = await pay(PAYMENT)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      ...{ id: '10001', tranId: 'PMT-10001', tranDate: '2025-12-25' },
      customer: { id: '456', refName: 'Acme Corporation' },
      ...{ payment: 1500, applied: 1500, unapplied: 0, status: { id: 'DEPOSITED', refName: 'Deposited' } },
      ...{ checkNum: '1234', paymentMethod: { id: '2' }, undepFunds: false },
    })
    for (const name of ['checkNumber', 'paymentOption', 'arAcct']) expect(body).not.toHaveProperty(name)
    expect([await open('5001'), await open('5002')]).toEqual([0, 0])
  })

  it('Apply Payment with Credit Memo', async () => {
    const { body } = await pay({
      ...{ ...HEAD, payment: 500.0, memo: 'Payment plus credit application' },
      credit: { items: [{ doc: { id: '6001' }, apply: true, amount: 500.0 }] },
      apply: { items: [{ doc: { id: '5001' }, apply: true, amount: 1000.0 }] },
    })
    expect([body.applied, body.unapplied, await open('5001')]).toEqual([1000, 0, 0])
  })

  it('Unapplied Payment', async () => {
    const memo = 'Advance payment - to be applied later'
    const { body } = await pay({ ...HEAD, payment: 2000.0, paymentMethod: { id: '3' }, memo })
    expect([body.applied, body.unapplied]).toEqual([0, 2000])
  })

  it('Update Customer Payment', async () => {
    await pay(PAYMENT)
    const change = { memo: 'Payment cleared - confirmed by bank', checkNum: '1234-CLEARED' }
    expect((await caller.record('PATCH', 'customerPayment/10001', change)).status).toBe(204)
    expect(await get('customerPayment/10001')).toMatchObject(change)
  })

  it('Apply Payment to Multiple Invoices', async () => {
    const items = [...INVOICES.items, { doc: { id: '5003' }, apply: true, amount: 250.0 }]
    const { body } = await pay({ ...HEAD, payment: 1750, apply: { items } })
    expect([body.applied, body.unapplied]).toEqual([1750, 0])
  })

  it('Apply Payment with Early Payment Discount', async () => {
    const line = { doc: { id: '5001' }, apply: true, amount: 980.0, disc: 20.0, discDate: '2025-12-25' }
    const { body } = await pay({ ...HEAD, payment: 980, apply: { items: [line] } })
    expect([body.applied, body.unapplied, await open('5001')]).toEqual([980, 0, 0])
    const shown = async () => (await expanded('customerPayment/10001')).apply.items[0]
    expect(await shown()).toMatchObject({ amount: 980, disc: 20, discDate: '2025-12-25', due: 1000, total: 1000 })
    // What is not sent stays; taken off, the invoice is open again by cash and discount.
    await caller.record('PATCH', 'customerPayment/10001', { apply: { items: [{ doc: { id: '5001' }, amount: 900 }] } })
    expect([await open('5001'), (await shown()).disc]).toEqual([80, 20])
    await caller.record('PATCH', 'customerPayment/10001', {
      apply: { items: [{ doc: { id: '5001' }, apply: false }] },
    })
    expect([await open('5001'), (await shown()).disc]).toEqual([1000, undefined])
  })

  it('a discount never takes more than what is open', async () => {
    const line = { doc: { id: '5001' }, apply: true, amount: 990, disc: 20 }
    const answer = await pay({ ...HEAD, payment: 990, apply: { items: [line] } })
    expect([answer.status, answer.error?.['o:errorCode']]).toEqual([400, 'USER_ERROR'])
    expect(answer.error?.detail).toContain('Links sum to more than original transaction amount')
  })

  it('Auto-Apply Feature', async () => {
    const { body } = await pay({ ...HEAD, payment: 1000.0, autoApply: true })
    expect([body.applied, await open('5001')]).toEqual([1000, 0])
  })

  it('Undeposited Funds', async () => {
    const { body } = await pay({
      ...{ ...HEAD, account: undefined, payment: 10 },
      ...{ undepFunds: true, paymentMethod: { id: '1' } },
    })
    expect(body).toMatchObject({ undepFunds: true, status: { refName: 'Not Deposited' } })
  })

  it('Partial Payments', async () => {
    const line = { doc: { id: '5001' }, apply: true, amount: 500.0 }
    await pay({ ...HEAD, payment: 500, apply: { items: [line] } })
    expect(await open('5001')).toBe(500)
  })

  it.each([
    ['Customer', { customer: undefined }],
    ['Date', { tranDate: undefined }],
    ['Payment Amount', { payment: undefined }],
    ['Subsidiary, Currency', { subsidiary: undefined, currency: undefined }],
    ['Account', { account: undefined }],
  ])('Required: %s', async (labels, part) => {
    expect((await pay({ ...PAYMENT, ...part })).error).toMatchObject({
      ...{ detail: `Please enter value(s) for: ${labels}`, 'o:errorCode': 'FIELD_REQUIRED' },
    })
  })
})
