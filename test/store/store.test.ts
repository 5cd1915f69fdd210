/** The SQLite store on real files: claims, states, durability, sweeping. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { newIntentId } from '../../src/store/intent-id.ts'
import { openStore } from '../../src/store/open.ts'
import { openDatabase } from '../../src/store/sqlite.ts'
import type { IntentStore, NewIntent } from '../../src/store/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'store-'))
const opened: IntentStore[] = []
let files = 0
const newPath = () => join(folder, 'made', `${++files}.db`)
async function open(path: string, now?: () => number): Promise<IntentStore> {
  const store = await openStore(`sqlite:${path}`, now)
  opened.push(store)
  return store
}
const scope = { caller: 'billing', connection: 'netsuite', operation: 'createPayment', key: 'key-00001' }
const intent = (more: Partial<NewIntent> = {}): NewIntent => ({
  id: newIntentId(Date.now()),
  ...scope,
  fingerprint: 'f',
  ...more,
})
const ended = { answer: { status: 201, headers: { location: '/x' }, body: '{"a":"ü"}' }, resourceId: 'pay_netsuite_1' }

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('opening', () => {
  it('makes the folder for its owner only, and the file', async () => {
    const path = newPath()
    await (await open(path)).ready()
    expect(existsSync(path)).toBe(true)
    expect(statSync(join(folder, 'made')).mode & 0o777).toBe(0o700)
  })

  it('writes ahead, flushes every commit and waits for locks', () => {
    const database = openDatabase(newPath())
    const pragma = (name: string) => Object.values((database.pragma(name) as object[])[0]!)[0]
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('busy_timeout')]).toEqual(['wal', 2, 5000])
    database.close()
  })

  it('refuses other databases without repeating the URL', async () => {
    const refused = openStore('postgres://user:secret@host/db')
    await expect(refused).rejects.toThrow(/DATABASE_URL/)
    await expect(refused).rejects.not.toThrow(/secret/)
    await expect(openStore('sqlite:')).rejects.toThrow(/DATABASE_URL/)
  })

  it('is not ready once it is closed', async () => {
    const store = await openStore('sqlite::memory:')
    await store.ready()
    await store.close()
    await expect(store.ready()).rejects.toThrow()
  })
})

describe('claim', () => {
  it('has one winner of fifty, whichever of two processes they come from', async () => {
    const path = newPath()
    const stores = [await open(path), await open(path)]
    const claims = await Promise.all(Array.from({ length: 50 }, (_, index) => stores[index % 2]!.claim(intent())))
    const winners = claims.filter(({ claimed }) => claimed)
    expect(winners).toHaveLength(1)
    expect(new Set(claims.map((claim) => claim.intent.id))).toEqual(new Set([winners[0]!.intent.id]))
  })

  it('keeps callers, connections, operations and keys apart', async () => {
    const store = await open(newPath())
    const others = [{}, { caller: 'b' }, { connection: 'b' }, { operation: 'b' }, { key: 'key-00002' }]
    for (const other of others) expect((await store.claim(intent(other))).claimed).toBe(true)
    for (const other of others) expect((await store.claim(intent(other))).claimed).toBe(false)
    for (const other of others) expect(await store.find({ ...scope, ...other })).toMatchObject({ ...scope, ...other })
    for (const name of Object.keys(scope)) expect(await store.find({ ...scope, [name]: 'none' })).toBeNull()
  })
})

describe('states', () => {
  it('go from accepted over sending to an end, and never back', async () => {
    const store = await open(newPath(), () => 1000)
    const { id } = (await store.claim(intent())).intent
    expect(await store.get(id)).toMatchObject({
      state: 'accepted',
      tries: 0,
      promised: false,
      answer: null,
      createdAt: 1000,
      updatedAt: 1000,
    })
    expect(await store.markUnknown(id, {})).toBeNull()
    expect(await store.markSending(id)).toMatchObject({ state: 'sending', tries: 1 })
    expect(await store.markSending(id)).toBeNull()
    expect(await store.succeed(id, ended)).toMatchObject({ state: 'succeeded', ...ended })
    const after = await store.get(id)
    expect(await store.succeed(id, {})).toBeNull()
    expect(await store.fail(id, { problem: '{}' })).toBeNull()
    expect(await store.markUnknown(id, {})).toBeNull()
    expect(await store.markSending(id)).toBeNull()
    await store.release(id, {})
    expect(await store.get(id)).toEqual(after)
  })

  it('take an answer that could not be read at first', async () => {
    const store = await open(newPath())
    const { id } = (await store.claim(intent())).intent
    await store.succeed(id, { resourceId: 'pay_netsuite_1' })
    expect(await store.succeed(id, ended)).toMatchObject({ answer: ended.answer })
  })

  it('let a late end correct an unknown one', async () => {
    const store = await open(newPath())
    const { id } = (await store.claim(intent())).intent
    await store.markSending(id)
    await store.markUnknown(id, { problem: '{"status":504}' })
    expect(await store.get(id)).toMatchObject({ state: 'unknown', problem: '{"status":504}' })
    expect(await store.succeed(id, ended)).toMatchObject({ state: 'succeeded', problem: null })
  })
})

describe('release', () => {
  it('forgets what nobody was told of', async () => {
    const store = await open(newPath())
    const { id } = (await store.claim(intent())).intent
    await store.release(id, { problem: '{}' })
    expect(await store.get(id)).toBeNull()
    expect((await store.claim(intent())).claimed).toBe(true)
  })

  it('keeps what a 202 named, readable and without its key', async () => {
    const store = await open(newPath())
    const { id } = (await store.claim(intent())).intent
    expect(await store.markPromised(id)).toMatchObject({ promised: true, state: 'accepted' })
    await store.release(id, { problem: '{}' })
    expect(await store.get(id)).toMatchObject({ state: 'failed', problem: '{}', key: scope.key })
    expect(await store.find(scope)).toBeNull()
    const second = await store.claim(intent())
    expect(second.claimed).toBe(true)
    expect(second.intent.id).not.toBe(id)
  })

  it('keeps an unknown one, which was named too', async () => {
    const store = await open(newPath())
    const { id } = (await store.claim(intent())).intent
    await store.markSending(id)
    await store.markUnknown(id, {})
    await store.release(id, { problem: '{}' })
    expect(await store.get(id)).toMatchObject({ state: 'failed' })
    expect(await store.find(scope)).toBeNull()
  })

  it('promises nothing for what has ended or is gone', async () => {
    const store = await open(newPath())
    const { id } = (await store.claim(intent())).intent
    await store.succeed(id, ended)
    expect(await store.markPromised(id)).toMatchObject({ promised: false, state: 'succeeded' })
    expect(await store.markPromised('nothing')).toBeNull()
  })
})

describe('after reopening', () => {
  it('everything is there', async () => {
    const path = newPath()
    const first = await open(path)
    const { id } = (await first.claim(intent())).intent
    await first.markSending(id)
    const before = await first.succeed(id, ended)
    await opened.pop()!.close()
    const second = await open(path)
    expect(await second.get(id)).toEqual(before)
    expect(await second.claim(intent())).toEqual({ claimed: false, intent: before })
  })

  it('the interrupted are released, named as failed, or unknown', async () => {
    const store = await open(newPath())
    const ids = await Promise.all(
      ['accepted1', 'promised1', 'sending01', 'succeed01'].map(
        async (key) => (await store.claim(intent({ key }))).intent.id,
      ),
    )
    const [accepted, promised, sending, succeeded] = ids as [string, string, string, string]
    await store.markPromised(promised)
    await store.markSending(sending)
    await store.succeed(succeeded, ended)
    expect(await store.interruptRunning()).toEqual({ released: 2, unknown: 1 })
    expect(await store.get(accepted)).toBeNull()
    expect(await store.get(promised)).toMatchObject({ state: 'failed' })
    expect(await store.get(sending)).toMatchObject({ state: 'unknown' })
    expect(await store.get(succeeded)).toMatchObject({ state: 'succeeded' })
    expect((await store.claim(intent({ key: 'promised1' }))).claimed).toBe(true)
    expect((await store.claim(intent({ key: 'sending01' }))).claimed).toBe(false)
  })
})

describe('list', () => {
  it('gives the newest of one caller by status', async () => {
    const store = await open(newPath())
    const make = async (key: string, at: number, caller = 'billing') =>
      (await store.claim(intent({ id: newIntentId(at), key, caller }))).intent.id
    const [first, second, third] = [await make('key-first', 1), await make('key-second', 2), await make('key-third', 3)]
    await make('key-other', 4, 'other')
    await store.markSending(second)
    await store.succeed(third, ended)
    const list = async (status: 'running' | 'succeeded' | null, limit = 10) =>
      (await store.list({ caller: 'billing', status, limit })).map(({ id }) => id)
    expect(await list(null)).toEqual([third, second, first])
    expect(await list(null, 2)).toEqual([third, second])
    expect(await list('running')).toEqual([second, first])
    expect(await list('succeeded')).toEqual([third])
  })
})

describe('sweep', () => {
  it('deletes ended intents in batches, and never open or unknown ones', async () => {
    let now = 1000
    const store = await open(newPath(), () => now)
    const make = async (key: string) => (await store.claim(intent({ key }))).intent.id
    const [a, b, c] = [await make('succeed-a'), await make('succeed-b'), await make('failed-c')]
    const kept = [await make('accepted1'), await make('unknown01')]
    await store.markSending(kept[1]!)
    await store.markUnknown(kept[1]!, {})
    await store.succeed(a, ended)
    await store.fail(b, ended)
    now = 2000
    await store.succeed(c, ended)
    expect(await store.sweep(2000, 1)).toBe(1)
    expect(await store.sweep(2000, 10)).toBe(1)
    expect(await store.sweep(2000, 10)).toBe(0)
    for (const id of [...kept, c]) expect(await store.get(id)).not.toBeNull()
  })
})

it('makes ids that sort by time and do not repeat', () => {
  const times = [0, 1, 31, 32, 1_700_000_000_000, 1_700_000_000_001, 4_000_000_000_000]
  const ids = times.map(newIntentId)
  expect([...ids].sort()).toEqual(ids)
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]{26}$/)
  expect(new Set(Array.from({ length: 1000 }, () => newIntentId(5))).size).toBe(1000)
})
