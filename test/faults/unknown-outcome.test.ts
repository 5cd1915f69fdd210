/** A payment is sent once, whatever is lost on the way: lost answers, late answers, refused connections. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ErpName, HTML_502 } from '../support/erps.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'
import { holdUntilReleased } from '../support/release.ts'
import { payer } from './payer.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5, intents: { consistencyWindowSeconds: 1 } })
})
afterAll(() => gateway.close())

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (name) => {
  const { erp, pay, happened } = payer(() => gateway, name)

  it('answers as always when only the answer was lost: the payment is found', async () => {
    const key = newKey()
    erp().proxy.fail(erp().isWrite, { kind: 'drop-after' })
    const first = await pay(key)
    expect(first).toMatchObject({ status: 201, body: { object: 'payment', amount: '10.00' } })
    expect(happened()).toEqual({ writes: 1, made: 1 })
    const again = await pay(key)
    expect({ ...again.body, replayed: again.headers.get('idempotent-replayed') }).toEqual({
      ...first.body,
      replayed: 'true',
    })
    expect(happened()).toEqual({ writes: 1, made: 1 })
  })

  it('answers as always when the edge server failed after the ERP had it, or half an answer came', async () => {
    erp().proxy.fail(erp().isWrite, { kind: 'answer', answer: HTML_502, afterForwarding: true })
    expect((await pay(newKey())).status).toBe(201)
    expect(happened()).toEqual({ writes: 1, made: 1 })
    const ids = new Set<string>()
    for (const kind of ['reset-in-the-middle', 'garble'] as const) {
      erp().proxy.fail(erp().isWrite, { kind })
      const { status, body } = await pay(newKey(), { applications: [] })
      expect({ kind, status, detail: body.detail }).toEqual({ kind, status: 201, detail: undefined })
      ids.add(body.id)
    }
    expect({ ids: ids.size, writes: happened().writes }).toEqual({ ids: 2, writes: 3 })
  })

  it('answers 202 when the answer was lost and looking fails too, and finds out by itself', async () => {
    const key = newKey()
    let sent = false
    erp().proxy.fail(erp().isWrite, { kind: 'drop-after' })
    const blind = erp().proxy.fail(
      (exchange) => {
        sent ||= erp().isWrite(exchange)
        return sent && erp().isRead(exchange)
      },
      { kind: 'answer', answer: HTML_502 },
      1000,
    )
    const first = await pay(key)
    expect(first.status).toBe(202)
    expect(first.body).toMatchObject({
      object: 'operation',
      status: 'unknown',
      operation: 'createPayment',
      connection: name,
      idempotencyKey: key,
      result: null,
      problem: {
        code: 'provider_failed',
        applied: 'unknown',
        retryable: false,
        detail: expect.stringMatching(/goes on looking .* under the same key only/),
      },
      tries: 1,
    })
    const location = first.headers.get('location') as string
    expect(location).toBe(`/v1/operations/${first.body.id}`)
    expect(first.headers.get('retry-after')).toMatch(/^\d+$/)
    const again = await pay(key)
    expect({ status: again.status, location: again.headers.get('location') }).toEqual({ status: 202, location })
    const listed = await gateway.request('GET', '/v1/operations?status=unknown')
    expect(listed.body.data.map((one: { id: string }) => one.id)).toContain(first.body.id)
    blind.disarm()
    const done = await ended(location)
    expect(done).toMatchObject({ status: 'succeeded', problem: null, result: { object: 'payment', amount: '10.00' } })
    const answer = await pay(key)
    expect({ status: answer.status, replayed: answer.headers.get('idempotent-replayed'), body: answer.body }).toEqual({
      status: 201,
      replayed: 'true',
      body: done.result,
    })
    expect(answer.headers.get('location')).toBe(`/v1/payments/${done.resource.id}`)
    expect(happened()).toEqual({ writes: 1, made: 1 })
  })

  it('sends again under the same fence what the ERP never got, once the ERP has had its time', async () => {
    const key = newKey()
    erp().proxy.fail(erp().isWrite, { kind: 'drop-before' })
    const first = await pay(key)
    expect(first).toMatchObject({ status: 202, body: { status: 'unknown', tries: 1 } })
    expect(happened()).toEqual({ writes: 1, made: 0 })
    const done = await ended(first.headers.get('location') as string)
    expect(done).toMatchObject({ status: 'succeeded', tries: 2, result: { object: 'payment' } })
    expect(happened()).toEqual({ writes: 2, made: 1 })
  })

  it('answers 202 at once with Prefer: respond-async, and refuses at once what is wrong', async () => {
    const key = newKey()
    const { until, release } = holdUntilReleased()
    erp().proxy.fail(erp().isWrite, { kind: 'hold', until })
    const first = await pay(key, {}, { prefer: 'respond-async' })
    expect({ status: first.status, applied: first.headers.get('preference-applied') }).toEqual({
      status: 202,
      applied: 'respond-async',
    })
    expect(first.body).toMatchObject({ status: 'running', result: null })
    release()
    expect(await ended(first.headers.get('location') as string)).toMatchObject({ status: 'succeeded' })
    const wrong = await pay(newKey(), { amount: '1.00' }, { prefer: 'respond-async' })
    expect(wrong).toMatchObject({ status: 422, body: { applied: 'no' } })
    expect(happened()).toEqual({ writes: 1, made: 1 })
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
    expect(happened()).toEqual({ writes: 1, made: 1 })
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
    expect(happened().made).toBe(1)
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
    expect(happened()).toEqual({ writes: 1, made: 1 })
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
    expect(happened()).toEqual({ writes: 1, made: 1 })
  })

  it('voids once, whatever is lost', async () => {
    const made = await pay(newKey())
    erp().proxy.forget()
    const key = newKey()
    erp().proxy.fail(erp().isWrite, { kind: 'drop-after' })
    const path = `/v1/payments/${made.body.id}/void`
    const first = await gateway.request('POST', path, { key })
    expect(first).toMatchObject({ status: 200, body: { id: made.body.id, status: 'voided' } })
    const again = await gateway.request('POST', path, { key })
    expect({ ...again.body, replayed: again.headers.get('idempotent-replayed') }).toEqual({
      ...first.body,
      replayed: 'true',
    })
    expect(happened().writes).toBe(1)
  })
})

/** The operation once it has ended; asked again and again, as callers do. */
// biome-ignore lint/suspicious/noExplicitAny: looked into by the tests
function ended(location: string): Promise<any> {
  return vi.waitUntil(
    async () => {
      const { body } = await gateway.request('GET', location)
      return ['succeeded', 'failed'].includes(body.status) && body
    },
    { timeout: 20_000, interval: 20 },
  )
}
