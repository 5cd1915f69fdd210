/** The NetSuite sandbox's customer payments: pre-filled lists, credits, undeposited funds, changes and deletion. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, startCaller } from './netsuite-caller.ts'

let caller: Caller
beforeAll(async () => {
  caller = await startCaller()
})
beforeEach(() => caller.sandbox.reset())
afterAll(() => caller.sandbox.close())

const PAYMENT = {
  customer: { id: '456' },
  tranDate: '2026-03-12',
  payment: 1500,
  account: { id: '10' },
  autoApply: false,
}
const lines = (...pairs: [string, number][]) => ({
  items: pairs.map(([id, amount]) => ({ doc: { id }, apply: true, amount })),
})
const pay = (body: object) => caller.record('POST', 'customerPayment', { ...PAYMENT, ...body })
const get = async (id: string) => (await caller.record('GET', `customerPayment/${id}?expandSubResources=true`)).body
const open = (id: string) => caller.sandbox.books.openAmount(id)

describe('a payment', () => {
  it('settles what its lines say and shows it', async () => {
    const body = {
      paymentOption: { id: '8' },
      ...{ checkNumber: '1234', memo: 'March', arAcct: { id: '119' }, externalId: 'gw_1', custbody_channel: 'web' },
      apply: lines(['5001', 1000], ['5002', 300.5]),
    }
    const answer = await pay(body)
    expect([answer.status, answer.newId]).toEqual([204, '10001'])
    const record = await get('eid:gw_1')
    expect(record).toMatchObject({
      ...{ id: '10001', tranId: 'PMT-10001', payment: 1500, applied: 1300.5, unapplied: 199.5, total: 1500 },
      ...{ status: { id: 'C', refName: 'Deposited' }, undepFunds: { id: 'F' }, autoApply: false, exchangeRate: 1 },
      ...{ customer: { id: '456', refName: 'ACME-001 Acme Corporation' }, paymentOption: { id: '8', refName: 'ACH' } },
      ...{ checkNumber: '1234', memo: 'March', custbody_channel: 'web', subsidiary: { id: '1' } },
      postingPeriod: { id: '202603', refName: 'Mar 2026' },
    })
    expect(record.apply.items).toMatchObject([
      { doc: { id: '5001', refName: 'Invoice #INV-5001' }, apply: true, amount: 1000, due: 1000, total: 1000, line: 0 },
      { doc: { id: '5002' }, apply: true, amount: 300.5, due: 500, refNum: 'INV-5002', currency: 'USA' },
      { doc: { id: '5003' }, apply: false, due: 250 },
    ])
    expect(record.credit.items).toMatchObject([{ doc: { id: '6001' }, apply: false, due: 500 }])
    expect([open('5001'), open('5002'), open('10001')]).toEqual(['0', '199.5', '199.5'])
    expect((await caller.record('GET', 'customer/456?fields=balance')).body.balance).toBe(-250)
    expect((await caller.record('GET', 'invoice/5001')).body).toMatchObject({
      ...{ amountRemaining: 0, amountPaid: 1000, status: { id: 'B', refName: 'Paid In Full' }, dueDate: '2026-03-04' },
    })
  })

  it('uses credit memos and deposits beside the cash', async () => {
    const { newId } = await pay({ payment: 500, apply: lines(['5001', 1000]), credit: lines(['6001', 500]) })
    expect(await get(newId)).toMatchObject({ payment: 500, total: 1000, applied: 1000, unapplied: 0 })
    expect([open('5001'), open('6001')]).toEqual(['0', '0'])
    const harbour = { customer: '457', payment: 0, apply: lines(['5101', 150]), deposit: lines(['7001', 150]) }
    const second = await pay(harbour)
    expect((await get(second.newId)).deposit.items[0]).toMatchObject({
      doc: { id: '7001' },
      apply: true,
      amount: 150,
      remaining: 150,
    })
  })

  it('waits in undeposited funds without a bank account', async () => {
    const { newId } = await pay({ account: null, undepFunds: { id: 'T' } })
    const record = await get(newId)
    expect(record).toMatchObject({ status: { id: 'B', refName: 'Not Deposited' }, undepFunds: { id: 'T' } })
    expect(record).not.toHaveProperty('account')
    expect((await pay({ undepFunds: true })).error?.['o:errorPath']).toBe('undepFunds')
  })

  it('pays for a sub-customer and applies the oldest first by itself', async () => {
    const { newId } = await pay({ customer: '457', payment: 450, apply: lines(['5103', 120]), autoApply: true })
    expect(
      (await get(newId)).apply.items.map((line: { doc: { id: string }; amount?: number }) => [
        line.doc.id,
        line.amount,
      ]),
    ).toEqual([
      ['5101', 330],
      ['5103', 120],
      ['8001', undefined],
    ])
  })

  it('remembers the check box Auto Apply: sending it is the only safe way', async () => {
    await pay({ payment: 1, autoApply: true })
    const { autoApply: _, ...silent } = PAYMENT
    await caller.record('POST', 'customerPayment', { ...silent, payment: 10 })
    expect(open('5001')).toBe('989')
    await pay({ payment: 10 })
    expect(open('5001')).toBe('989')
  })
})

describe('a payment is refused', () => {
  it.each<[string, object, RegExp]>([
    ['without a customer', { customer: null }, /enter value\(s\) for: Customer\./],
    ['without an amount', { payment: null }, /enter value\(s\) for: Payment Amount\./],
    ['for more than is open', { apply: lines(['5002', 500.01]) }, /Links sum to more than original transaction amount/],
    [
      'that applies more than it has',
      { payment: 10, apply: lines(['5001', 11]) },
      /apply more than your total payments/,
    ],
    [
      'with more credits than applications',
      { payment: 1, apply: lines(['5001', 100]), credit: lines(['6001', 200]) },
      /credits/,
    ],
    ['into an A/R account', { account: { id: '119' } }, /Field Value 119 .* account$/],
    ['from a bank account', { arAcct: { id: '10' } }, /Field Value 10 .* aracct$/],
    ['in a currency that the customer has not', { currency: { id: '4' } }, /Field Value 4 .* currency$/],
    ['with half a cent', { payment: 1.005 }, /Field Value 1.005 .* payment$/],
  ])('%s', async (_, body, text) => {
    const answer = await pay(body)
    expect([answer.status, answer.error?.['o:errorCode']]).toEqual([400, 'USER_ERROR'])
    expect(answer.error?.detail).toMatch(text)
    expect(caller.sandbox.books.documents({ customerId: '456' })).toHaveLength(4)
  })

  it.each<[string, object, string]>([
    ['for another customer', { apply: lines(['5001', 1], ['5101', 1]) }, 'apply.items[1].doc'],
    ['in another currency', { customer: '457', apply: lines(['5102', 1]) }, 'apply.items[0].doc'],
    ['of another A/R account', { customer: '457', apply: lines(['5104', 1]) }, 'apply.items[0].doc'],
    ['for a document that is not there', { apply: lines(['999', 1]) }, 'apply.items[0].doc'],
    ['by a credit in the wrong list', { credit: lines(['5001', 1]) }, 'credit.items[0].doc'],
    [
      'with a discount',
      { apply: { items: [{ doc: '5001', apply: true, amount: 1, disc: 1 }] } },
      'apply.items[0].disc',
    ],
    ['by the old name of the method', { paymentMethod: { id: '2' } }, 'paymentMethod'],
    ['by the old name of the A/R account', { aracct: { id: '119' } }, 'aracct'],
  ])('%s', async (_, body, path) => {
    const answer = await pay(body)
    expect(answer.status).toBe(400)
    expect(answer.error).toMatchObject({ 'o:errorCode': 'INVALID_CONTENT', 'o:errorPath': path })
  })

  it('when an invoice is closed, or the external id was used', async () => {
    await pay({ externalId: 'once', apply: lines(['5002', 500]) })
    expect((await pay({ apply: lines(['5002', 1]) })).error?.['o:errorPath']).toBe('apply.items[0].doc')
    expect((await pay({ externalId: 'once' })).error?.detail).toContain('already exists')
  })
})

describe('what the sandbox has not', () => {
  it('is refused and books nothing: forms, transforms, asynchronous requests', async () => {
    const path = '/services/rest/record/v1/customerPayment'
    const form = { accept: 'application/vnd.oracle.resource+json; type=create-form' }
    expect((await caller.call('POST', path, PAYMENT, form)).status).toBe(400)
    expect((await caller.call('POST', path, PAYMENT, { prefer: 'respond-async' })).status).toBe(400)
    expect((await caller.record('POST', 'invoice/5001/!transform/customerPayment', {})).status).toBe(400)
    expect((await caller.record('PATCH', 'invoice/5001', { memo: 'x' })).status).toBe(400)
    expect(caller.sandbox.books.documents({ customerId: '456' })).toHaveLength(4)
  })
})

describe('changing a payment', () => {
  it('changes, adds and takes away lines, all or nothing', async () => {
    const { newId } = await pay({ apply: lines(['5001', 1000], ['5002', 500]) })
    const path = `customerPayment/${newId}`
    await caller.record('PATCH', path, {
      customer: { id: '456' },
      apply: {
        items: [
          { doc: '5001', amount: 800 },
          { doc: '5002', apply: false },
        ],
      },
    })
    expect([open('5001'), open('5002'), open(newId)]).toEqual(['200', '500', '700'])
    const tooMuch = { memo: 'x', apply: lines(['5002', 500], ['5003', 250.01]) }
    expect((await caller.record('PATCH', path, tooMuch)).status).toBe(400)
    expect([open('5001'), open('5002'), (await get(newId)).memo]).toEqual(['200', '500', undefined])
    await caller.record('PATCH', `${path}?replace=apply`, { apply: lines(['5003', 250]) })
    expect([open('5001'), open('5003'), open(newId)]).toEqual(['1000', '0', '1250'])
    await caller.record('PATCH', path, { apply: { items: [{ doc: '5003', amount: 0 }] } })
    expect(open(newId)).toBe('1500')
  })

  it('changes amount and header, but not the customer', async () => {
    const { newId } = await pay({ apply: lines(['5001', 1000]) })
    const path = `customerPayment/${newId}`
    expect((await caller.record('PATCH', path, { payment: 1000, memo: 'less', tranDate: '2026-03-13' })).status).toBe(
      204,
    )
    expect(await get(newId)).toMatchObject({ payment: 1000, unapplied: 0, memo: 'less', tranDate: '2026-03-13' })
    expect((await caller.record('PATCH', path, { payment: 999.99 })).error?.detail).toContain('more than your total')
    expect((await caller.record('PATCH', path, { customer: { id: '457' } })).status).toBe(400)
    expect((await caller.record('PATCH', path, { memo: null, undepFunds: 'T' })).status).toBe(204)
    expect(await get(newId)).toMatchObject({ status: { id: 'B' } })
  })

  it('gives everything back when it is deleted, unless it is locked or its period closed', async () => {
    const { newId } = await pay({ payment: 500, apply: lines(['5001', 1000]), credit: lines(['6001', 500]) })
    const path = `customerPayment/${newId}`
    caller.sandbox.books.updateDocument(newId, { details: { locked: true } })
    expect((await caller.record('DELETE', path)).error?.['o:errorCode']).toBe('USER_ERROR')
    expect((await caller.record('PATCH', path, { memo: 'x' })).status).toBe(400)
    caller.sandbox.books.updateDocument(newId, { details: { locked: undefined } })
    caller.sandbox.books.closedThrough = '2026-03-31'
    expect((await caller.record('DELETE', path)).error?.detail).toContain('period')
    caller.sandbox.books.closedThrough = null
    expect((await caller.record('DELETE', path)).status).toBe(204)
    expect([open('5001'), open('6001')]).toEqual(['1000', '500'])
    expect((await caller.record('GET', path)).status).toBe(400)
  })
})
