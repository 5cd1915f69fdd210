/** One key, one payment: calls side by side, repeated answers, other content. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErpName } from '../support/erps.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'
import { holdUntilReleased } from '../support/release.ts'
import { payer } from './payer.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5 })
})
afterAll(() => gateway.close())

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (name) => {
  const { erp, pay, happened } = payer(() => gateway, name)

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
      applied: 'unknown',
      retryable: true,
    })
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    release()
    expect((await first).status).toBe(201)
    expect((await pay(key)).headers.get('idempotent-replayed')).toBe('true')
    expect(happened()).toEqual({ writes: 1, made: 1 })
  })

  it('pays once when ten calls with one key arrive together', async () => {
    const key = newKey()
    const answers = await Promise.all(Array.from({ length: 10 }, () => pay(key)))
    const statuses = answers.map((answer) => answer.status)
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0)
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([])
    expect(happened()).toEqual({ writes: 1, made: 1 })
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
    expect(happened()).toEqual({ writes: 1, made: 1 })
  })

  it('refuses a key that was used with other content', async () => {
    const key = newKey()
    const first = await pay(key)
    const other = await pay(key, { amount: '10.01' })
    expect({ status: other.status, ...other.body }).toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
      applied: 'no',
      retryable: false,
      detail: expect.stringContaining(first.body.id),
      firstUse: { operation: expect.stringMatching(/^op_/), resource: { id: first.body.id } },
    })
    const operation = await gateway.request('GET', `/v1/operations/${other.body.firstUse.operation}`)
    expect(operation.body).toMatchObject({ status: 'succeeded', idempotencyKey: key, resource: { id: first.body.id } })
    expect(happened()).toEqual({ writes: 1, made: 1 })
  })

  it("repeats the ERP's refusal, and lets a caller correct what never reached it", async () => {
    const refused = newKey()
    const nowhere = { depositTo: { kind: 'bankAccount', id: '999999' } }
    const first = await pay(refused, nowhere)
    expect(first.status).toBe(422)
    expect(first.body.applied).toBe('no')
    const sent = happened().writes
    const again = await pay(refused, nowhere)
    expect(again.status).toBe(422)
    // Whether a wrong account is found out before or after the write was sent is the provider's business; the answer is not.
    if (sent > 0)
      expect({
        text: again.text,
        replayed: again.headers.get('idempotent-replayed'),
        writes: happened().writes,
      }).toEqual({
        text: first.text,
        replayed: 'true',
        writes: sent,
      })
    const typo = newKey()
    expect((await pay(typo, { amount: '-1.00' })).status).toBe(400)
    expect((await pay(typo)).status).toBe(201)
    expect(happened().made).toBe(1)
  })
})
