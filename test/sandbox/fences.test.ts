/** What keeps a write from happening twice at each ERP holds against calls that come together, late, or again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cash, Payer, payment } from './intacct-caller.ts'
import { type Caller, startCaller } from './netsuite-caller.ts'

const TOGETHER = 12
const twelve = <T>(call: () => Promise<T>) => Promise.all(Array.from({ length: TOGETHER }, call))

describe('NetSuite: an external id is there once in its record type', () => {
  let caller: Caller
  beforeAll(async () => {
    caller = await startCaller({ concurrencyLimit: 50 })
  })
  afterAll(() => caller.sandbox.close())
  const pay = (externalId: string) =>
    caller.record('POST', 'customerPayment', {
      externalId,
      customer: { id: '456' },
      payment: 5,
      tranDate: '2026-03-30',
      subsidiary: { id: '1' },
      arAcct: { id: '119' },
    })
  const payments = () => caller.sandbox.books.documents({ customerId: '456', kind: 'payment' }).length

  it('of creates that come together one is done, the others are refused', async () => {
    const before = payments()
    const answers = await twelve(() => pay('gw_together'))
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    const refused = answers.filter(({ status }) => status === 400)
    expect(refused.map(({ error }) => error?.detail)).toEqual(
      Array(TOGETHER - 1).fill('Error while accessing a resource. This record already exists'),
    )
    expect(payments() - before).toBe(1)
  })

  it('finds it by eid:, and PUT changes what is there instead of making another', async () => {
    const made = await pay('gw_found')
    expect((await caller.record('GET', 'customerPayment/eid:gw_found')).body).toMatchObject({ id: made.newId })
    expect((await caller.record('GET', 'customer/eid:gw_found')).status).toBe(404)
    const before = payments()
    const answers = await twelve(() => caller.record('PUT', 'customerPayment/eid:gw_found', { memo: 'again' }))
    expect(new Set(answers.map(({ newId }) => newId))).toEqual(new Set([made.newId]))
    expect(payments() - before).toBe(0)
  })

  it('cannot be taken from another record, and is free again when its record is gone', async () => {
    const [first, second] = [await pay('gw_first'), await pay('gw_second')]
    const theft = await caller.record('PATCH', `customerPayment/${second.newId}`, { externalId: 'gw_first' })
    expect(theft.status).toBe(400)
    expect((await caller.record('DELETE', `customerPayment/${first.newId}`)).status).toBe(204)
    expect((await caller.record('GET', 'customerPayment/eid:gw_first')).status).toBe(404)
    expect((await pay('gw_first')).status).toBe(204)
  })

  it('a create whose caller has long gone still keeps the next one out', async () => {
    await fault(caller.sandbox.url, { kind: 'delay', ms: 500, when: 'before' })
    const late = pay('gw_late')
    await expect.poll(() => met(caller.sandbox.url)).toBe(1)
    const retry = await pay('gw_late')
    expect([retry.status, (await late).status].sort()).toEqual([204, 400])
  })
})

describe('Intacct: with uniqueid a control id is good for one success', () => {
  let payer: Payer
  beforeAll(async () => {
    payer = await Payer.start({ concurrencyLimit: 50 })
  })
  afterAll(() => payer.sandbox.close())
  const pay = (controlId: string, amount = '1.00') =>
    payer.call(payment(cash('101', amount)), { uniqueId: true, controlId })
  const payments = () => payer.sandbox.books.documents({ customerId: 'ACME', kind: 'payment' }).length

  it('of creates that come together one is done; the others hear that it is under way or has been', async () => {
    const before = payments()
    const results = await twelve(() => pay('gw-together'))
    expect(results.filter(({ status }) => status === 'success')).toHaveLength(1)
    for (const { errorText } of results.filter(({ status }) => status === 'failure'))
      expect(errorText).toMatch(/concurrent request in process|A successful transaction has already been recorded/)
    expect(payments() - before).toBe(1)
  })

  it('while the first one runs the second is told so; afterwards, that it was recorded', async () => {
    const { origin } = new URL(payer.sandbox.url)
    await fault(origin, { kind: 'delay', ms: 500, when: 'before' })
    const late = pay('gw-late')
    await expect.poll(() => met(origin)).toBe(1)
    expect((await pay('gw-late')).errorText).toContain('concurrent request in process')
    expect((await late).status).toBe('success')
    expect((await pay('gw-late')).errorText).toBe(
      'A successful transaction has already been recorded with the control id gw-late',
    )
  })

  it('a refusal leaves the id free', async () => {
    expect((await pay('gw-refused', '1000000.00')).status).toBe('failure')
    expect((await pay('gw-refused')).status).toBe('success')
  })
})

async function fault(origin: string, fault: object): Promise<void> {
  const body = JSON.stringify({ rules: [{ match: { effect: 'write', times: 1 }, fault }] })
  const answer = await fetch(`${origin}/__sandbox/faults`, { method: 'POST', body })
  if (answer.status !== 200) throw new Error(await answer.text())
}

async function met(origin: string): Promise<number> {
  const answer = await fetch(`${origin}/__sandbox/faults`)
  return ((await answer.json()) as { rules: { met: number }[] }).rules[0]?.met ?? 0
}
