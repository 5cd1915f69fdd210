/** A void that worked and whose payment cannot be read just now: said at once, and answered as always a little later. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ErpName } from '../support/erps.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'
import { payer } from './payer.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5 })
})
afterAll(() => gateway.close())

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (name) => {
  const { erp, pay, happened } = payer(() => gateway, name)

  it('voids once, and gives the answer as soon as the voided payment can be read', async () => {
    const made = await pay(newKey())
    erp().proxy.forget()
    const key = newKey()
    let go = () => {}
    const until = new Promise<void>((resolve) => {
      go = resolve
    })
    const held = erp().proxy.fail(erp().isWrite, { kind: 'hold', until })
    const path = `/v1/payments/${made.body.id}/void`
    const first = gateway.request('POST', path, { key })
    await held.happened
    erp().proxy.fail(erp().isRead, { kind: 'garble' }, 50)
    go()
    // Where voiding deletes there is nothing to read.
    const { status, body } = await first
    expect(status === 200 || body.applied === 'yes', JSON.stringify(body)).toBe(true)
    erp().proxy.mend()
    const again = await vi.waitUntil(
      async () => {
        const answer = await gateway.request('POST', path, { key })
        return answer.status !== 202 && answer
      },
      { timeout: 20_000, interval: 20 },
    )
    expect(again).toMatchObject({ status: 200, body: { id: made.body.id, status: 'voided' } })
    expect(happened().writes).toBe(1)
  })
})
