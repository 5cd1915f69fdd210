/** Keys, scopes and connections: what a caller may not use, it does not see. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logging.ts'
import { PROVIDERS } from '../../src/providers/index.ts'
import { openStore } from '../../src/store/open.ts'
import { configFile, newKey, type Request, requester, type Sandboxes, startSandboxes } from '../support/gateway.ts'

let sandboxes: Sandboxes
let request: Request
let close: () => Promise<void>
const key = (name: string) => createHash('sha256').update(name).digest('hex')

beforeAll(async () => {
  sandboxes = await startSandboxes(5)
  const file = {
    ...configFile(sandboxes.connections),
    callers: [
      {
        name: 'all',
        keySha256: key('all-key'),
        scopes: ['customers:read', 'customers:write', 'payments:read', 'payments:write', 'connections:read'],
        connections: ['*'],
      },
      { name: 'reader', keySha256: key('reader-key'), scopes: ['customers:read'], connections: ['netsuite'] },
      {
        name: 'payer',
        keySha256: key('payer-key'),
        scopes: ['payments:write', 'payments:read'],
        connections: ['netsuite'],
      },
    ],
  }
  const folder = mkdtempSync(join(tmpdir(), 'callers-'))
  const app = await buildApp({
    config: readConfig(file, {}, PROVIDERS),
    store: await openStore(`sqlite:${join(folder, 'gateway.db')}`),
    log: createLogger('silent'),
  })
  request = requester(await app.listen({ port: 0, host: '127.0.0.1' }))
  close = async () => {
    await app.close()
    await sandboxes.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
afterAll(() => close())

describe('callers', () => {
  it('see only their connections', async () => {
    const mine = await request('GET', '/v1/customers?limit=200', { as: 'reader-key' })
    expect(mine.body.connections).toEqual([{ id: 'netsuite', status: 'ok' }])
    expect(new Set(mine.body.data.map((one: { connection: string }) => one.connection))).toEqual(new Set(['netsuite']))
    const all = await request('GET', '/v1/customers?limit=200', { as: 'all-key' })
    expect(all.body.connections.map((one: { id: string }) => one.id)).toEqual(['intacct', 'netsuite'])
    for (const path of ['/v1/customers?connection=intacct', '/v1/customers/cus_intacct_ACME']) {
      const refused = await request('GET', path, { as: 'reader-key' })
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'forbidden'])
    }
  })
  it('need the scope of the operation', async () => {
    for (const [method, path, body] of [
      ['POST', '/v1/customers', { connection: 'netsuite', name: 'x' }],
      ['GET', '/v1/payments', undefined],
      ['GET', '/v1/connections', undefined],
      ['GET', '/v1/customers/cus_netsuite_456/open-items', undefined],
    ] as const) {
      const refused = await request(method, path, { as: 'reader-key', body })
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'forbidden'])
    }
  })
  it('may look up what became of their writes with any scope', async () => {
    const mine = await request('GET', '/v1/operations', { as: 'reader-key' })
    expect([mine.status, mine.body]).toEqual([200, { object: 'list', data: [] }])
    expect((await request('GET', '/v1/operations/op_none', { as: 'reader-key' })).status).toBe(404)
    expect((await request('GET', '/v1/operations', { as: 'wrong' })).status).toBe(401)
  })
  it('are told how to log in', async () => {
    const refused = await request('GET', '/v1/customers', { as: 'wrong' })
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="receivables-gateway"',
    ])
  })
  it('see only their own operations', async () => {
    const body = { customer: { id: 'cus_netsuite_456' }, date: '2026-01-31', amount: '3.00' }
    expect((await request('POST', '/v1/payments', { as: 'payer-key', key: newKey(), body })).status).toBe(201)
    const mine = await request('GET', '/v1/operations', { as: 'payer-key' })
    expect(mine.body.data.length).toBe(1)
    expect((await request('GET', `/v1/operations/${mine.body.data[0].id}`, { as: 'payer-key' })).body.status).toBe(
      'succeeded',
    )
    expect((await request('GET', '/v1/operations', { as: 'all-key' })).body.data).toEqual([])
    expect((await request('GET', `/v1/operations/${mine.body.data[0].id}`, { as: 'all-key' })).status).toBe(404)
  })
})
