/** kill -9 of a whole gateway right after the ERP got the payment: after the restart nothing is sent again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Built, buildProject } from '../support/built.ts'
import type { ErpName } from '../support/erps.ts'
import { configFile, newKey, type Request, requester, type Sandboxes, startSandboxes } from '../support/gateway.ts'

let built: Built
let sandboxes: Sandboxes
const children: ChildProcess[] = []

beforeAll(async () => {
  built = buildProject()
  sandboxes = await startSandboxes(5)
  writeFileSync(join(built.folder, 'config.json'), JSON.stringify(configFile(sandboxes.connections)))
}, 120_000)
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  await sandboxes?.close()
  built?.remove()
})

/** A gateway process of its own, once it says that it is ready. */
async function startProcess(
  database: string,
): Promise<{ child: ChildProcess; request: Request; gone: Promise<unknown> }> {
  const env = {
    PATH: process.env['PATH'],
    PORT: '0',
    HOST: '127.0.0.1',
    GATEWAY_CONFIG: join(built.folder, 'config.json'),
    DATABASE_URL: `sqlite:${join(built.folder, database)}`,
  }
  const child = spawn(process.execPath, [built.gatewayMain], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const gone = new Promise((resolve) => child.once('exit', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    const entry = JSON.parse(line) as { msg?: string; address?: string }
    if (entry.msg !== 'ready' || !entry.address) continue
    child.stdout.resume()
    return { child, request: requester(entry.address), gone }
  }
  throw new Error('The gateway ended before it was ready.')
}

it.each<ErpName>(['netsuite', 'intacct'])(
  '%s: the key answers 202 unknown after the restart, and the payment was sent once',
  async (name) => {
    const erp = sandboxes.erps[name]
    const customerId = erp.seed.customer.split('_')[2] as string
    const payments = () => erp.books.documents({ customerId, kind: 'payment' }).length
    const before = payments()
    const key = newKey()
    const body = {
      customer: { id: erp.seed.customer },
      date: '2026-04-10',
      amount: '10.00',
      applications: [{ invoiceId: erp.seed.invoice, amount: '10.00' }],
    }
    const held = erp.proxy.fail(erp.isWrite, { kind: 'hold', until: new Promise(() => {}) })

    const first = await startProcess(`${name}.db`)
    const lost = first.request('POST', '/v1/payments', { key, body }).catch(() => 'lost')
    await held.happened
    first.child.kill('SIGKILL')
    await first.gone
    expect(await lost).toBe('lost')
    expect(payments() - before).toBe(1)

    const second = await startProcess(`${name}.db`)
    const again = await second.request('POST', '/v1/payments', { key, body })
    expect({ status: again.status, body: again.body }).toMatchObject({
      status: 202,
      body: { status: 'unknown', operation: 'createPayment', idempotencyKey: key, tries: 1 },
    })
    const operation = await second.request('GET', again.headers.get('location') as string)
    expect(operation.body).toMatchObject({ status: 'unknown' })
    expect({ sent: erp.proxy.exchanges.filter(erp.isWrite).length, made: payments() - before }).toEqual({
      sent: 1,
      made: 1,
    })
    second.child.kill('SIGTERM')
    await second.gone
  },
)
