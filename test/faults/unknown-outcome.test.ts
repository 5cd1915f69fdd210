/** A payment is sent once, whatever is lost on the way: lost answers, late answers, refused connections, calls side by side. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ErpName, HTML_502, type Posted } from '../support/erps.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'
import { holdUntilReleased } from '../support/release.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5 })
})
afterAll(() => gateway.close())

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (name) => {
  const erp = () => gateway.erps[name]
  const writes = () => erp().proxy.exchanges.filter(erp().isWrite).length
  let invoice: Posted
  const body = () => ({
    customer: { id: erp().seed.customer },
    date: '2026-04-10',
    amount: '10.00',
    applications: [{ invoiceId: invoice.id, amount: '10.00' }],
  })
  const pay = (key: string, more: object = {}, headers: Record<string, string> = {}) =>
    gateway.request('POST', '/v1/payments', { key, body: { ...body(), ...more }, headers })
  /** How many payments the books hold beside those they began with. */
  let before = 0
  const payments = () =>
    erp().books.documents({ customerId: erp().seed.customer.split('_')[2] as string, kind: 'payment' }).length
  beforeEach(() => {
    invoice = erp().invoice(erp().seed.customer.split('_')[2] as string, { total: '10.00' })
    erp().proxy.forget()
    erp().proxy.mend()
    before = payments()
  })

  it('answers 202 with an unknown operation when the answer was lost, and never sends again', async () => {
    const key = newKey()
    erp().proxy.fail(erp().isWrite, { kind: 'drop-after' })
    const first = await pay(key)
    expect(first.status).toBe(202)
    expect(first.body).toMatchObject({
      object: 'operation',
      status: 'unknown',
      operation: 'createPayment',
      connection: name,
      idempotencyKey: key,
      result: null,
      problem: { code: 'provider_failed', applied: 'unknown' },
      tries: 1,
    })
    expect(first.headers.get('location')).toBe(`/v1/operations/${first.body.id}`)
    expect(first.headers.get('retry-after')).toMatch(/^\d+$/)
    const again = await pay(key)
    expect({ status: again.status, location: again.headers.get('location') }).toEqual({
      status: 202,
      location: first.headers.get('location'),
    })
    expect({ writes: writes(), made: payments() - before }).toEqual({ writes: 1, made: 1 })
    expect((await gateway.request('GET', first.headers.get('location') as string)).body).toMatchObject({
      id: first.body.id,
      status: 'unknown',
    })
    const listed = await gateway.request('GET', '/v1/operations?status=unknown')
    expect(listed.body.data.map((one: { id: string }) => one.id)).toContain(first.body.id)
  })

  it('answers 202 when the edge server failed after the ERP had it', async () => {
    const key = newKey()
    erp().proxy.fail(erp().isWrite, { kind: 'answer', answer: HTML_502, afterForwarding: true })
    expect((await pay(key)).body).toMatchObject({ status: 'unknown' })
    expect((await pay(key)).status).toBe(202)
    expect({ writes: writes(), made: payments() - before }).toEqual({ writes: 1, made: 1 })
  })

  it('keeps the key free when no connection could be made', async () => {
    const key = newKey()
    await erp().proxy.refuse()
    const refused = await pay(key)
    await erp().proxy.accept()
    expect({ status: refused.status, ...refused.body }).toMatchObject({
      status: 503,
      code: 'provider_unavailable',
      applied: 'no',
    })
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    const changed = await pay(key, { memo: 'other content, same key' })
    expect({ status: changed.status, detail: changed.body.detail }).toEqual({ status: 201, detail: undefined })
    expect({ writes: writes(), made: payments() - before }).toEqual({ writes: 1, made: 1 })
  })

  it('keeps the key free when the ERP goes on limiting requests', async () => {
    const key = newKey()
    const fault = erp().proxy.fail(erp().isWrite, { kind: 'answer', answer: erp().says.tooMany }, 100)
    const limited = await pay(key)
    fault.disarm()
    expect({ status: limited.status, ...limited.body }).toMatchObject({
      status: 429,
      code: 'rate_limited',
      applied: 'no',
    })
    expect((await pay(key)).status).toBe(201)
    expect(payments() - before).toBe(1)
  })

  it('answers 202 at the deadline, goes on, and gives the answer to the same key', async () => {
    const key = newKey()
    const { until, release } = holdUntilReleased()
    const held = erp().proxy.fail(erp().isWrite, { kind: 'hold', until })
    const late = await pay(key, {}, { prefer: 'wait=1' })
    expect(late.status).toBe(202)
    expect(late.body).toMatchObject({ status: 'running', operation: 'createPayment', result: null })
    await held.happened
    expect((await pay(key)).body).toMatchObject({ id: late.body.id, status: 'running' })
    release()
    const done = await ended(late.headers.get('location') as string)
    expect(done).toMatchObject({
      status: 'succeeded',
      resource: { id: expect.stringMatching(`^pay_${name}_`) },
      result: { object: 'payment', amount: '10.00' },
    })
    const again = await pay(key)
    expect({ status: again.status, replayed: again.headers.get('idempotent-replayed'), id: again.body.id }).toEqual({
      status: 201,
      replayed: 'true',
      id: done.resource.id,
    })
    expect(again.body).toEqual(done.result)
    expect({ writes: writes(), made: payments() - before }).toEqual({ writes: 1, made: 1 })
  })

  it('refuses a second call while the first is open, and says when to come back', async () => {
    const key = newKey()
    const { until, release } = holdUntilReleased()
    const held = erp().proxy.fail(erp().isWrite, { kind: 'hold', until })
    const first = pay(key)
    await held.happened
    const second = await pay(key)
    expect({ status: second.status, ...second.body }).toMatchObject({
      status: 409,
      code: 'operation_in_progress',
      applied: 'no',
      retryable: true,
    })
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    release()
    expect((await first).status).toBe(201)
    expect((await pay(key)).headers.get('idempotent-replayed')).toBe('true')
    expect({ writes: writes(), made: payments() - before }).toEqual({ writes: 1, made: 1 })
  })

  it('pays once when ten calls with one key arrive together', async () => {
    const key = newKey()
    const answers = await Promise.all(Array.from({ length: 10 }, () => pay(key)))
    const statuses = answers.map((answer) => answer.status)
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0)
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([])
    expect({ writes: writes(), made: payments() - before }).toEqual({ writes: 1, made: 1 })
  })

  it('repeats its answer byte for byte, and takes the key in quotes for the same', async () => {
    const key = newKey()
    const first = await pay(key)
    const again = await pay(`"${key}"`, { amount: '10.0' })
    expect(again.text).toBe(first.text)
    expect(again.status).toBe(201)
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([null, 'true'])
    expect([again.headers.get('location'), again.headers.get('etag')]).toEqual([
      first.headers.get('location'),
      first.headers.get('etag'),
    ])
    expect(first.body.idempotencyKey).toBe(key)
    expect({ writes: writes(), made: payments() - before }).toEqual({ writes: 1, made: 1 })
  })

  it('refuses a key that was used with other content', async () => {
    const key = newKey()
    await pay(key)
    const other = await pay(key, { amount: '10.01' })
    expect({ status: other.status, ...other.body }).toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
      applied: 'no',
    })
    expect({ writes: writes(), made: payments() - before }).toEqual({ writes: 1, made: 1 })
  })

  it("repeats the ERP's refusal, and lets a caller correct what never reached it", async () => {
    const refused = newKey()
    const nowhere = { depositTo: { kind: 'bankAccount', id: '999999' } }
    const first = await pay(refused, nowhere)
    expect(first.status).toBe(422)
    expect(first.body.applied).toBe('no')
    const sent = writes()
    const again = await pay(refused, nowhere)
    expect(again.status).toBe(422)
    // Whether a wrong account is found out before or after the write was sent is the provider's business; the answer is not.
    if (sent > 0)
      expect({ text: again.text, replayed: again.headers.get('idempotent-replayed'), writes: writes() }).toEqual({
        text: first.text,
        replayed: 'true',
        writes: sent,
      })
    const typo = newKey()
    expect((await pay(typo, { amount: '-1.00' })).status).toBe(400)
    expect((await pay(typo)).status).toBe(201)
    expect(payments() - before).toBe(1)
  })

  it('tells the id when the payment was made and could not be read back, and gives the payment later', async () => {
    const key = newKey()
    let written = false
    const fault = erp().proxy.fail(
      (exchange) => {
        if (erp().isWrite(exchange)) written = true
        return written && erp().isRead(exchange)
      },
      { kind: 'answer', answer: HTML_502 },
      100,
    )
    const first = await pay(key)
    fault.disarm()
    expect({ status: first.status, ...first.body }).toMatchObject({
      status: 502,
      applied: 'yes',
      resource: { id: expect.stringMatching(`^pay_${name}_`) },
    })
    const again = await pay(key)
    expect({ status: again.status, id: again.body.id, replayed: again.headers.get('idempotent-replayed') }).toEqual({
      status: 201,
      id: first.body.resource.id,
      replayed: 'true',
    })
    expect({ writes: writes(), made: payments() - before }).toEqual({ writes: 1, made: 1 })
  })

  it('voids once, whatever is lost', async () => {
    const made = await pay(newKey())
    erp().proxy.forget()
    const key = newKey()
    erp().proxy.fail(erp().isWrite, { kind: 'drop-after' })
    const path = `/v1/payments/${made.body.id}/void`
    expect((await gateway.request('POST', path, { key })).body).toMatchObject({
      status: 'unknown',
      operation: 'voidPayment',
    })
    expect((await gateway.request('POST', path, { key })).status).toBe(202)
    expect(writes()).toBe(1)
  })
})

/** The operation once it has ended. Asking is answered at once, so this takes as many questions as the work takes turns. */
// biome-ignore lint/suspicious/noExplicitAny: looked into by the tests
async function ended(location: string): Promise<any> {
  for (let asked = 0; asked < 2000; asked++) {
    const { body } = await gateway.request('GET', location)
    if (body.status !== 'running') return body
  }
  throw new Error('The operation does not end.')
}
