/** The end in good order: what is on its way is answered, and no idle connection of a caller holds it up. */
import { Agent, request as send } from 'node:http'
import { expect, it } from 'vitest'
import { newKey, startGateway } from '../support/gateway.ts'

const SOON_MS = 5000

it('answers the call that is on its way, and ends although the caller would keep its connection', async () => {
  const gateway = await startGateway({ customers: 5 })
  const { proxy, seed, isWrite } = gateway.erps.netsuite
  let goOn = () => {}
  const held = proxy.fail(isWrite, { kind: 'hold', until: new Promise<void>((resolve) => (goOn = resolve)) })
  const agent = new Agent({ keepAlive: true })
  const answer = new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
    const headers = { authorization: 'Bearer sandbox', 'content-type': 'application/json', 'idempotency-key': newKey() }
    const call = send(`${gateway.url}/v1/payments`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve([response.statusCode, response.headers.connection]))
    }).once('error', reject)
    call.end(JSON.stringify({ customer: { id: seed.customer }, date: '2026-04-10', amount: '10.00' }))
  })
  await held.happened
  const startedAt = performance.now()
  const closed = gateway.close()
  goOn()
  expect(await answer).toEqual([201, 'close'])
  await closed
  agent.destroy()
  expect(performance.now() - startedAt).toBeLessThan(SOON_MS)
})
