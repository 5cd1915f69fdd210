/** The store: claims, states, durability, sweeping; the same on every database. */
import { describe, expect, it } from 'vitest'
import { newIntentId } from '../../src/store/intent-id.ts'
import { openStore } from '../../src/store/open.ts'
import { onEveryDatabase } from './databases.ts'
import { doubt, ended, hold, intent, lease, scope } from './samples.ts'

onEveryDatabase(({ open, newUrl }) => {
  describe('claim', () => {
    it('has one winner of fifty, whichever of two processes they come from', async () => {
      const url = await newUrl()
      const stores = [await open({ url }), await open({ url })]
      const claims = await Promise.all(
        Array.from({ length: 50 }, (_, index) => stores[index % 2]!.claim(intent(), lease)),
      )
      const winners = claims.filter(({ claimed }) => claimed)
      expect(winners).toHaveLength(1)
      expect(new Set(claims.map((claim) => claim.intent.id))).toEqual(new Set([winners[0]!.intent.id]))
    })

    it('keeps callers, connections, operations and keys apart', async () => {
      const store = await open()
      const others = [{}, { caller: 'b' }, { connection: 'b' }, { operation: 'b' }, { key: 'key-00002' }]
      for (const other of others) expect((await store.claim(intent(other), lease)).claimed).toBe(true)
      for (const other of others) expect((await store.claim(intent(other), lease)).claimed).toBe(false)
      for (const other of others) expect(await store.find({ ...scope, ...other })).toMatchObject({ ...scope, ...other })
      for (const name of Object.keys(scope)) expect(await store.find({ ...scope, [name]: 'none' })).toBeNull()
    })
  })

  describe('states', () => {
    it('go from accepted over sending to an end, and never back', async () => {
      const store = await open({ now: () => 1000 })
      const { id } = (await store.claim(intent(), lease)).intent
      expect(await store.get(id)).toMatchObject({
        state: 'accepted',
        tries: 0,
        promised: false,
        answer: null,
        createdAt: 1000,
        updatedAt: 1000,
      })
      expect(await store.markUnknown(id, hold, doubt)).toBeNull()
      expect(await store.markSending(id, hold, null)).toMatchObject({ state: 'sending', tries: 1 })
      expect(await store.succeed(id, ended)).toMatchObject({ state: 'succeeded', ...ended })
      const after = await store.get(id)
      expect(await store.succeed(id, {})).toBeNull()
      expect(await store.fail(id, hold, { problem: '{}' })).toBeNull()
      expect(await store.markUnknown(id, hold, doubt)).toBeNull()
      expect(await store.markSending(id, hold, null)).toBeNull()
      await store.release(id, hold, {})
      expect(await store.get(id)).toEqual(after)
    })

    it('take an answer that could not be read at first', async () => {
      const store = await open()
      const { id } = (await store.claim(intent(), lease)).intent
      await store.succeed(id, { resourceId: 'pay_netsuite_1' })
      expect(await store.succeed(id, ended)).toMatchObject({ answer: ended.answer })
    })

    it('let a late end correct an unknown one', async () => {
      const store = await open()
      const { id } = (await store.claim(intent(), lease)).intent
      await store.markSending(id, hold, null)
      await store.markUnknown(id, hold, { ...doubt, problem: '{"status":504}' })
      expect(await store.get(id)).toMatchObject({ state: 'unknown', problem: '{"status":504}' })
      expect(await store.succeed(id, ended)).toMatchObject({ state: 'succeeded', problem: null })
    })
  })

  describe('release', () => {
    it('forgets what nobody was told of', async () => {
      const store = await open()
      const { id } = (await store.claim(intent(), lease)).intent
      await store.release(id, hold, { problem: '{}' })
      expect(await store.get(id)).toBeNull()
      expect((await store.claim(intent(), lease)).claimed).toBe(true)
    })

    it('keeps what a 202 named, readable and without its key', async () => {
      const store = await open()
      const { id } = (await store.claim(intent(), lease)).intent
      expect(await store.markPromised(id)).toMatchObject({ promised: true, state: 'accepted' })
      await store.release(id, hold, { problem: '{}' })
      expect(await store.get(id)).toMatchObject({ state: 'failed', problem: '{}', key: scope.key })
      expect(await store.find(scope)).toBeNull()
      const second = await store.claim(intent(), lease)
      expect(second.claimed).toBe(true)
      expect(second.intent.id).not.toBe(id)
    })

    it('keeps an unknown one, which was named too', async () => {
      const store = await open()
      const { id } = (await store.claim(intent(), lease)).intent
      await store.markSending(id, hold, null)
      await store.markUnknown(id, hold, doubt)
      await store.release(id, hold, { problem: '{}' })
      expect(await store.get(id)).toMatchObject({ state: 'failed' })
    })

    it('goes on with the first intent, and so its fence, where anything may have left', async () => {
      const store = await open()
      const { id } = (await store.claim(intent(), lease)).intent
      await store.markSending(id, hold, '{"steps":[]}')
      await store.release(id, hold, { problem: '{}' })
      const claims = await Promise.all(
        ['b', 'c', 'd'].map((letter) => store.claim(intent({ id: letter.repeat(26) }), lease)),
      )
      expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1)
      expect(claims.map((claim) => claim.intent.id)).toEqual([id, id, id])
      const again = { ...hold, fencing: 2 }
      expect(claims.find(({ claimed }) => claimed)?.intent).toMatchObject({ state: 'accepted', hold: again })
      expect(await store.takeBack(id)).toBe(true)
      expect((await store.claim(intent({ id: 'e'.repeat(26) }), lease)).intent.id).toBe(id)
    })

    it('gives the key to other content, under a fence of its own', async () => {
      const store = await open()
      const { id } = (await store.claim(intent(), lease)).intent
      await store.markSending(id, hold, null)
      await store.release(id, hold, { problem: '{}' })
      const other = intent({ id: 'b'.repeat(26), fingerprint: 'other' })
      expect(await store.claim(other, lease)).toMatchObject({ claimed: true, intent: { id: other.id } })
      expect(await store.get(id)).toMatchObject({ state: 'failed' })
    })

    it('promises nothing for what has ended or is gone', async () => {
      const store = await open()
      const { id } = (await store.claim(intent(), lease)).intent
      await store.succeed(id, ended)
      expect(await store.markPromised(id)).toMatchObject({ promised: false, state: 'succeeded' })
      expect(await store.markPromised('nothing')).toBeNull()
    })
  })

  it('has everything after reopening', async () => {
    const url = await newUrl()
    const first = await openStore(url)
    const { id } = (await first.claim(intent(), lease)).intent
    await first.markSending(id, hold, '{"steps":[]}')
    const before = await first.succeed(id, ended)
    await first.close()
    const second = await open({ url })
    expect(await second.get(id)).toEqual(before)
    expect(await second.claim(intent(), lease)).toEqual({ claimed: false, intent: before })
  })

  it('is not ready once it is closed', async () => {
    const store = await openStore(await newUrl())
    await store.ready()
    await store.close()
    await expect(store.ready()).rejects.toThrow()
  })

  describe('list', () => {
    it('gives the newest of one caller by status', async () => {
      const store = await open()
      const make = async (key: string, at: number, caller = 'billing') =>
        (await store.claim(intent({ id: newIntentId(at), key, caller }), lease)).intent.id
      const [first, second, third] = [
        await make('key-first', 1),
        await make('key-second', 2),
        await make('key-third', 3),
      ]
      await make('key-other', 4, 'other')
      await store.markSending(second, hold, null)
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
      const store = await open({ now: () => now })
      const make = async (key: string) => (await store.claim(intent({ key }), lease)).intent.id
      const [a, b, c] = [await make('succeed-a'), await make('succeed-b'), await make('failed-c')]
      const kept = [await make('accepted1'), await make('unknown01')]
      await store.markSending(kept[1]!, hold, null)
      await store.markUnknown(kept[1]!, hold, doubt)
      await store.succeed(a, ended)
      await store.fail(b, hold, ended)
      now = 2000
      await store.succeed(c, ended)
      expect(await store.sweep(2000, 1)).toBe(1)
      expect(await store.sweep(2000, 10)).toBe(1)
      expect(await store.sweep(2000, 10)).toBe(0)
      for (const id of [...kept, c]) expect(await store.get(id)).not.toBeNull()
    })
  })
})

it('refuses other databases without repeating the URL', async () => {
  const refused = openStore('mysql://user:secret@host/db')
  await expect(refused).rejects.toThrow(/DATABASE_URL/)
  await expect(refused).rejects.not.toThrow(/secret/)
  await expect(openStore('sqlite:')).rejects.toThrow(/DATABASE_URL/)
})

it('makes ids that sort by time and do not repeat', () => {
  const times = [0, 1, 31, 32, 1_700_000_000_000, 1_700_000_000_001, 4_000_000_000_000]
  const ids = times.map(newIntentId)
  expect([...ids].sort()).toEqual(ids)
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]{26}$/)
  expect(new Set(Array.from({ length: 1000 }, () => newIntentId(5))).size).toBe(1000)
})
