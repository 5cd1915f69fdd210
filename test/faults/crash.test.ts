/** kill -9 of a whole gateway right after the ERP got the payment: after the restart it is found, and nothing is sent again. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { ErpName } from '../support/erps.ts'
import { configFile, newKey, type Request, requester, type Sandboxes, startSandboxes } from '../support/gateway.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'gateway-crash-'))
const main = join(folder, 'src/main.js')
let sandboxes: Sandboxes
const children: ChildProcess[] = []
/** A build takes seconds, and much longer where everything else runs too. */
const BUILD_MS = 120_000

// Node 20 runs no TypeScript, so the gateway is built once, away from dist/.
beforeAll(async () => {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const compilerOptions = {
    outDir: folder,
    rootDir: root,
    tsBuildInfoFile: join(folder, '.tsbuildinfo'),
    sourceMap: false,
    typeRoots: [join(root, 'node_modules/@types')],
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.build.json'),
      compilerOptions,
      include: [],
      files: [join(root, 'src/main.ts')],
    }),
  )
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder])
  if (!existsSync(main)) throw new Error('The gateway could not be built.')
  sandboxes = await startSandboxes(5)
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configFile(sandboxes.connections)))
}, BUILD_MS)
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  await sandboxes?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A gateway process of its own, once it says that it is ready. */
async function startProcess(
  database: string,
): Promise<{ child: ChildProcess; request: Request; gone: Promise<unknown> }> {
  const env = {
    PATH: process.env['PATH'],
    PORT: '0',
    HOST: '127.0.0.1',
    GATEWAY_CONFIG: join(folder, 'config.json'),
    DATABASE_URL: `sqlite:${join(folder, database)}`,
  }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
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
