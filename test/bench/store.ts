/** What it costs that a payment is promised durably: the store's own time, and its share of the call that it protects. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import { newIntentId } from '../../src/store/intent-id.ts'
import { openStore } from '../../src/store/open.ts'
import type { IntentStore } from '../../src/store/store.ts'
import { NoPostgres, startPostgres } from '../support/postgres.ts'
import { type Bench, KEY_HEADER } from './bench.ts'
import type { SandboxReady } from './messages.ts'
import { startGateway } from './processes.ts'
import { median, spread, table } from './report.ts'

const INTENTS = 300
const AT_ONCE = 50
const PAYMENTS = 60
const WARM_UP = 30
const BLOCK = Buffer.alloc(4096)
const CUSTOMERS = { netsuite: 'cus_netsuite_456', intacct: 'cus_intacct_ACME' } as const

export async function storeCosts(bench: Bench, sandbox: SandboxReady): Promise<string> {
  const configPath = bench.configFile(sandbox)
  const rows = [await rowsOf(bench, 'SQLite', `sqlite:${join(bench.folder, 'store.db')}`, configPath)]
  try {
    const postgres = await startPostgres()
    try {
      rows.push(await rowsOf(bench, 'PostgreSQL', postgres.url, configPath))
    } finally {
      await postgres.stop()
    }
  } catch (error) {
    if (!(error instanceof NoPostgres)) throw error
    rows.push([['PostgreSQL', error.message]])
  }
  const head = ['store', 'an intent, ms', `one of ${AT_ONCE} at once, ms`, 'ERP', 'a payment, ms', "the intent's share"]
  return `${table(head, rows.flat())}\n\nFlushing 4 KiB to this disk takes ${spread(flushes(bench), 2)} ms; an intent is three flushes (claimed, sending, succeeded).`
}

async function rowsOf(bench: Bench, name: string, url: string, configPath: string): Promise<string[][]> {
  const store = await openStore(url)
  for (let count = 0; count < WARM_UP; count++) await keep(store)
  const alone: number[] = []
  for (let count = 0; count < INTENTS; count++) alone.push(await timed(() => keep(store)))
  const together: number[] = []
  for (let count = 0; count < INTENTS / AT_ONCE; count++)
    together.push((await timed(() => Promise.all(Array.from({ length: AT_ONCE }, () => keep(store))))) / AT_ONCE)
  await store.close()
  const payments = await paymentsThrough(bench, url, configPath)
  return Object.entries(payments).map(([erp, times], place) => [
    ...(place === 0 ? [name, typical(alone), typical(together)] : ['', '', '']),
    erp,
    typical(times),
    `${((100 * median(alone)) / median(times)).toFixed(0)} %`,
  ])
}

/** What the gateway stores for one payment. */
async function keep(store: IntentStore): Promise<void> {
  const id = newIntentId(Date.now())
  const scope = { caller: 'bench', connection: 'netsuite', operation: 'createPayment', key: `key-${id}` }
  const lease = { owner: 'bench', until: Date.now() + 60_000 }
  const { intent } = await store.claim({ id, ...scope, fingerprint: 'f'.repeat(64) }, lease)
  await store.markSending(id, intent.hold, JSON.stringify({ steps: ['s'.repeat(500)] }))
  await store.succeed(id, { answer: { status: 201, headers: {}, body: 'b'.repeat(1500) }, resourceId: `pay_${id}` })
}

/** One payment after the other through a gateway with this store, to each of the simulated ERPs. */
async function paymentsThrough(bench: Bench, url: string, configPath: string): Promise<Record<string, number[]>> {
  const gateway = await bench.keep(startGateway({ GATEWAY_CONFIG: configPath, DATABASE_URL: url, LOG_LEVEL: 'info' }))
  const times: Record<string, number[]> = {}
  for (const [erp, customer] of Object.entries(CUSTOMERS)) {
    for (let count = 0; count < WARM_UP; count++) await pay(gateway.url, customer)
    times[erp] = []
    for (let count = 0; count < PAYMENTS; count++) times[erp].push(await timed(() => pay(gateway.url, customer)))
  }
  await bench.stop(gateway)
  return times
}

async function pay(url: string, customer: string): Promise<void> {
  const answer = await request(`${url}/v1/payments`, {
    method: 'POST',
    headers: { ...KEY_HEADER, 'content-type': 'application/json', 'idempotency-key': newIntentId(Date.now()) },
    body: JSON.stringify({ customer: { id: customer }, date: '2026-04-10', amount: '10.00' }),
  })
  const body = await answer.body.text()
  if (answer.statusCode !== 201) throw new Error(`A payment answered ${answer.statusCode}: ${body.slice(0, 500)}`)
}

/** The floor: what the disk takes. */
function flushes(bench: Bench): number[] {
  const file = openSync(join(bench.folder, 'flushed'), 'w')
  const times = Array.from({ length: 100 }, () => {
    const started = performance.now()
    writeSync(file, BLOCK)
    fdatasyncSync(file)
    return performance.now() - started
  })
  closeSync(file)
  return times
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Median, and the quarters beside it: single ones are as slow as the disk happens to be. */
function typical(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] as number).toFixed(2)
  return `${median(values).toFixed(2)} (${at(0.25)}–${at(0.75)})`
}
