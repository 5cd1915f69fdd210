/** A gateway that is asked to end does so once its last call is answered, whatever connections its clients keep. */
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { KEY, newKey, startGateway } from '../support/gateway.ts'

it('answers what is under way, and waits for no idle client', async () => {
  const gateway = await startGateway({ customers: 2 })
  const { netsuite: erp } = gateway.erps
  let go: () => void = () => {}
  const until = new Promise<void>((resolve) => {
    go = resolve
  })
  const held = erp.proxy.fail(erp.isWrite, { kind: 'hold', until })
  const { hostname, port } = new URL(gateway.url)
  // One that never sends anything, as browsers open them ahead.
  const silent = connect(Number(port), hostname)
  await new Promise((resolve) => silent.once('connect', resolve))
  const ended = new Promise((resolve) => silent.once('close', resolve))
  const answer = new Promise<{ status: number; connection: string }>((resolve, reject) => {
    const outgoing = request(`${gateway.url}/v1/payments`, {
      method: 'POST',
      agent: new Agent({ keepAlive: true }),
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': newKey() },
    })
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => {
      incoming.resume()
      resolve({ status: incoming.statusCode ?? 0, connection: incoming.headers.connection ?? '' })
    })
    outgoing.end(JSON.stringify({ customer: { id: erp.seed.customer }, date: '2026-04-10', amount: '10.00' }))
  })
  await held.happened
  const closed = gateway.close()
  go()
  expect(await answer).toEqual({ status: 201, connection: 'close' })
  await Promise.all([closed, ended])
})
