/** What only PostgreSQL is about: starts at once, ends of the server, silence on the network, and what its errors show. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket, connect as tcpConnect } from 'node:net'
import { inspect } from 'node:util'
import { Client } from 'pg'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { openStore } from '../../src/store/open.ts'
import { openPostgresStore } from '../../src/store/postgres.ts'
import { newDatabase, startPostgresIfAny, type TestPostgres } from '../support/postgres.ts'
import { hold, intent, lease } from './samples.ts'

const found = await startPostgresIfAny()
const postgres = found as TestPostgres
afterAll(() => found?.stop())
const after: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const undo of after.splice(0)) await undo()
})

async function open(url?: string, timeouts?: Parameters<typeof openPostgresStore>[2]) {
  const store = await openPostgresStore(url ?? (await newDatabase(postgres.url)), undefined, timeouts)
  after.push(() => store.close())
  return store
}
async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(statement)
  await client.end()
  return rows
}
const claim = async (store: { claim: Awaited<ReturnType<typeof open>>['claim'] }) =>
  (await store.claim(intent({ key: `key-${Math.random()}` }), lease)).intent

describe.runIf(found)('PostgreSQL', () => {
  it('is opened by its URL, and shared', async () => {
    const store = await openStore(await newDatabase(postgres.url))
    expect(store.shared).toBe(true)
    await store.close()
  })

  it('makes its tables once, however many processes start at the same time', async () => {
    const url = await newDatabase(postgres.url)
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(url)))
    await Promise.all(stores.map((store) => claim(store)))
    expect(await ask(url, 'select name from kysely_migration order by name')).toEqual(
      Object.keys(MIGRATIONS).map((name) => ({ name })),
    )
  })

  it('rejects while the server is down, and works again once it is back', async () => {
    const store = await open(await newDatabase(postgres.url))
    const { id } = await claim(store)
    await postgres.kill()
    await expect(store.markSending(id, hold, null)).rejects.toThrow()
    await expect(store.ready()).rejects.toThrow()
    await postgres.restart()
    await store.ready()
    expect(await store.markSending(id, hold, null)).toMatchObject({ state: 'sending' })
    // In good order too, with idle connections open.
    await postgres.restart()
    expect(await store.get(id)).toMatchObject({ state: 'sending' })
  })

  it('survives that the server ends in the middle of a statement, and shows no password', async () => {
    const url = await newDatabase(postgres.url)
    const store = await open(url)
    const { id } = await claim(store)
    const locking = new Client({ connectionString: url })
    locking.on('error', () => {})
    await locking.connect()
    await locking.query('begin')
    await locking.query('select 1 from intents for update')
    const waiting = store.markSending(id, hold, null).catch((error: unknown) => error)
    while ((await ask(url, "select 1 from pg_locks where not granted and locktype = 'transactionid'")).length === 0);
    await postgres.kill()
    const error = await waiting
    expect(error).toBeInstanceOf(Error)
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(new URL(url).password)
    await postgres.restart()
    expect(await store.get(id)).toMatchObject({ state: 'accepted' })
  })

  it('has on the disk what it answered, also where the role would rather be quick', async () => {
    const url = await newDatabase(postgres.url)
    await ask(url, 'alter role current_user set synchronous_commit = off')
    after.push(() => ask(url, 'alter role current_user reset synchronous_commit'))
    const store = await open(url)
    const ids: string[] = []
    for (let round = 0; round < 5; round++) ids.push((await claim(store)).id)
    const marked = await store.markSending(ids[0]!, hold, 'journal')
    expect(marked).not.toBeNull()
    await postgres.kill()
    await postgres.restart()
    for (const id of ids) expect(await store.get(id)).not.toBeNull()
    expect(await store.get(ids[0]!)).toEqual(marked)
  })

  it('sees what others committed, also where the database would rather not', async () => {
    const url = await newDatabase(postgres.url)
    await ask(url, `alter database ${new URL(url).pathname.slice(1)} set default_transaction_isolation = serializable`)
    const stores = await Promise.all([open(url), open(url)])
    const same = intent()
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, index) => stores[index % 2]!.claim({ ...same, id: intent().id }, lease)),
    )
    expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1)
  })

  it('refuses a server that does not flush', async () => {
    await ask(postgres.url, 'alter system set fsync = off')
    await ask(postgres.url, 'select pg_reload_conf()')
    after.push(async () => {
      await ask(postgres.url, 'alter system reset fsync')
      await postgres.restart()
    })
    await postgres.restart()
    await expect(openStore(await newDatabase(postgres.url))).rejects.toThrow(/fsync off/)
  })

  it('rejects soon when the server falls silent, and uses no connection of that time again', async () => {
    const line = await quietable(await newDatabase(postgres.url))
    const store = await open(line.url, { connectMs: 1000, statementMs: 400, answerMs: 500 })
    const { id } = await claim(store)
    line.silent = true
    await expect(store.get(id)).rejects.toThrow(/timeout/i)
    await expect(store.get(id)).rejects.toThrow(/timeout/i)
    line.silent = false
    expect(await store.get(id)).toMatchObject({ state: 'accepted' })
  })

  it('never shows the password', async () => {
    const { password } = new URL(postgres.url)
    const wrong = (change: (url: URL) => void) => {
      const url = new URL(postgres.url)
      change(url)
      return url.href
    }
    const urls = [
      wrong((url) => {
        url.port = '1'
      }),
      wrong((url) => {
        url.username = 'nobody'
      }),
      wrong((url) => {
        url.pathname = '/none'
      }),
      wrong((url) => {
        url.hostname = 'nowhere.invalid'
      }),
      `postgres://gateway:${password}@:no port/x`,
      `postgres:/gateway:${password}@host/x`,
      `mysql://gateway:${password}@host/x`,
    ]
    for (const url of urls) {
      const error = await openStore(url).then(
        () => 'opened',
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(Error)
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(password)
    }
  })
})

/** The way to the server, which can fall silent as a network does: connections stay, and what is sent is lost. */
async function quietable(direct: string) {
  const { hostname, port } = new URL(direct)
  const line = { silent: false, url: '' }
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = tcpConnect(Number(port), hostname)
    const pass = (from: Socket, to: Socket) => {
      sockets.add(from)
      from.on('error', () => {})
      from.on('close', () => to.destroy())
      from.on('data', (bytes) => {
        if (line.silent) from.pause()
        else to.write(bytes)
      })
    }
    pass(near, far)
    pass(far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const url = new URL(direct)
  url.port = String((server.address() as AddressInfo).port)
  line.url = url.href
  return line
}
