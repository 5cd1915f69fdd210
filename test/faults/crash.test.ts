/** kill -9 of a whole gateway right after the ERP got the payment: after the restart it is found, and nothing is sent again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { type Built, buildProject } from '../support/built.ts'
import type { ErpName } from '../support/erps.ts'
import { configFile, newKey, type Request, requester, type Sandboxes, startSandboxes } from '../support/gateway.ts'

let built: Built
let sandboxes: Sandboxes
const children: ChildProcess[] = []
/** A build takes seconds, and much longer where everything else runs too. */
const BUILD_MS = 120_000

beforeAll(async () => {
  built = buildProject()
  sandboxes = await startSandboxes(5)
  writeFileSync(join(built.folder, 'config.json'), JSON.stringify(configFile(sandboxes.connections)))
}, BUILD_MS)
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
  '%s: the key gives the payment after the restart, and it was sent once',
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
    const again = await vi.waitUntil(
      async () => {
        const answer = await second.request('POST', '/v1/payments', { key, body })
        // 409: its lease is as good as ended, and nobody has looked yet. 202: it is being looked for.
        return answer.status !== 409 && answer.status !== 202 && answer
      },
      { timeout: 20_000, interval: 20 },
    )
    expect({ status: again.status, replayed: again.headers.get('idempotent-replayed') }).toEqual({
      status: 201,
      replayed: 'true',
    })
    expect(again.body).toMatchObject({ object: 'payment', amount: '10.00', idempotencyKey: key })
    const operations = await second.request('GET', '/v1/operations?status=succeeded')
    expect(operations.body.data).toMatchObject([
      { operation: 'createPayment', tries: 1, resource: { id: again.body.id } },
    ])
    expect({ sent: erp.proxy.exchanges.filter(erp.isWrite).length, made: payments() - before }).toEqual({
      sent: 1,
      made: 1,
    })
    second.child.kill('SIGTERM')
    await second.gone
  },
)
