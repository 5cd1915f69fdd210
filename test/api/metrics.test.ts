/** Figures for monitoring: open writes by state, and calls by operation. */
import Fastify from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerMetrics } from '../../routes/metrics.ts'
import { Connections } from '../../src/gateway/connections.ts'
import { OverdueWatch } from '../../src/gateway/overdue.ts'
import { openStore } from '../../src/store/open.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 3 })
})
afterAll(() => gateway.close())

it('needs no key, and counts calls and open writes', async () => {
  await gateway.request('GET', `/v1/customers/${gateway.erps.netsuite.seed.customer}`)
  const answer = await fetch(`${gateway.url}/metrics`)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
  const text = await answer.text()
  for (const state of ['running', 'unknown', 'overdue'])
    expect(text).toContain(`gateway_writes_open{state="${state}"} 0`)
  expect(text).toMatch(/gateway_call_seconds_count\{operation="getCustomer",connection="netsuite",status="200"\} 1/)
  expect(text).toContain('process_cpu_seconds_total')
})

it('still tells of calls and of the process while the open writes cannot be counted', async () => {
  const app = Fastify()
  app.decorateRequest('startedAt', 0)
  const watch = { count: () => Promise.reject(new Error('The store is gone.')) } as unknown as OverdueWatch
  registerMetrics(app, watch, new Connections([], null))
  const { statusCode, body } = await app.inject('/metrics')
  expect({ status: statusCode, writes: /^gateway_writes_open\{/m.test(body) }).toEqual({ status: 200, writes: false })
  expect(body).toContain('process_cpu_seconds_total')
  await app.close()
})

it('warns of what stays unknown for longer than the setting allows', async () => {
  let now = Date.parse('2026-03-31T09:30:00Z')
  const store = await openStore('sqlite::memory:', () => now)
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
  const watch = new OverdueWatch({ store, warnAfterSeconds: 300, log, now: () => new Date(now) })
  const scope = { caller: 'billing', connection: 'netsuite', operation: 'createPayment', key: 'key-00001' }
  const { intent } = await store.claim(
    { id: 'intent1', ...scope, fingerprint: 'f' },
    { owner: 'me', until: now + 60_000 },
  )
  await store.markSending(intent.id, intent.hold, null)
  await store.markUnknown(intent.id, intent.hold, { probeAt: null })
  now += 299_000
  await watch.look()
  expect({ ...(await watch.count()), lines }).toEqual({ running: 0, unknown: 1, overdue: 0, lines: [] })
  now += 2000
  await watch.look()
  expect(await watch.count()).toEqual({ running: 0, unknown: 1, overdue: 1 })
  expect(JSON.parse(lines[0] as string)).toMatchObject({ unknown: 1, overdue: 1, warnAfterSeconds: 300 })
  await store.close()
  await watch.look()
  expect(lines).toHaveLength(2)
})
