/** Leases and fencing numbers: who may work on an intent, and who takes over. */
import { describe, expect, it } from 'vitest'
import { onEveryDatabase } from './databases.ts'
import { doubt, ended, hold, intent, scope } from './samples.ts'

onEveryDatabase(({ open, newUrl }) => {
  /** A store whose clock the test moves. */
  const timed = async (url?: string) => {
    const clock = { now: 1000 }
    return { clock, store: await open({ now: () => clock.now, ...(url !== undefined && { url }) }) }
  }
  const until = (time: number, owner = 'one') => ({ owner, until: time })
  const second = { owner: 'two', fencing: 2 }

  describe('sending', () => {
    it('begins only with the current hold while its lease lasts', async () => {
      const { clock, store } = await timed()
      const claimed = (await store.claim(intent(), until(2000))).intent
      expect(claimed).toMatchObject({ hold, leaseUntil: 2000, journal: null, probes: 0, sentAt: null })
      const { id } = claimed
      expect(await store.markSending(id, { ...hold, owner: 'two' }, null)).toBeNull()
      expect(await store.markSending(id, { ...hold, fencing: 2 }, null)).toBeNull()
      clock.now = 2000
      expect(await store.markSending(id, hold, null)).toBeNull()
      clock.now = 1999
      expect(await store.markSending(id, hold, '{"step":1}')).toMatchObject({
        state: 'sending',
        journal: '{"step":1}',
        tries: 1,
        sentAt: 1999,
        hold,
        leaseUntil: 2000,
      })
    })

    it('goes on step by step with a newer journal', async () => {
      const { store } = await timed()
      const { id } = (await store.claim(intent(), until(2000))).intent
      await store.markSending(id, hold, 'first')
      expect(await store.markSending(id, hold, 'second')).toMatchObject({ tries: 2, journal: 'second' })
      expect(await store.get(id)).toMatchObject({ tries: 2, journal: 'second' })
    })
  })

  describe('taking over', () => {
    it('leaves what has a lease, and takes what lost it, once', async () => {
      const { clock, store } = await timed()
      const { id } = (await store.claim(intent(), until(2000))).intent
      await store.markSending(id, hold, 'journal')
      clock.now = 1999
      expect(await store.takeDue(until(9000, 'two'), 10)).toEqual([])
      clock.now = 2000
      const taken = await store.takeDue(until(9000, 'two'), 10)
      expect(taken).toMatchObject([{ id, state: 'sending', journal: 'journal', hold: second, leaseUntil: 9000 }])
      expect(await store.takeDue(until(9000, 'three'), 10)).toEqual([])
    })

    it('shuts the former holder out, except from facts', async () => {
      const { clock, store } = await timed()
      const { id } = (await store.claim(intent(), until(2000))).intent
      await store.markSending(id, hold, null)
      clock.now = 3000
      await store.takeDue(until(9000, 'two'), 10)
      const before = await store.get(id)
      expect(await store.markSending(id, hold, null)).toBeNull()
      expect(await store.fail(id, hold, { problem: '{}' })).toBeNull()
      expect(await store.markUnknown(id, hold, doubt)).toBeNull()
      await store.release(id, hold, {})
      expect(await store.get(id)).toEqual(before)
      expect(await store.succeed(id, ended)).toMatchObject({ state: 'succeeded' })
      expect(await store.markSending(id, second, null)).toBeNull()
    })

    it('shuts out who comes back late, also where the same process took over', async () => {
      const { clock, store } = await timed()
      const { id } = (await store.claim(intent(), until(2000))).intent
      await store.markSending(id, hold, null)
      clock.now = 3000
      await store.takeDue(until(9000), 10)
      const before = await store.get(id)
      expect(before).toMatchObject({ hold: { owner: 'one', fencing: 2 } })
      expect(await store.markSending(id, hold, null)).toBeNull()
      expect(await store.fail(id, hold, { problem: '{}' })).toBeNull()
      expect(await store.markUnknown(id, hold, doubt)).toBeNull()
      await store.release(id, hold, {})
      expect(await store.get(id)).toEqual(before)
    })

    it('lets a holder whose lease ended store the end, unless it was taken', async () => {
      const { clock, store } = await timed()
      const [failed, unknown, released] = await Promise.all(
        ['failed001', 'unknown01', 'released1'].map(async (key) => {
          const { id } = (await store.claim(intent({ key }), until(2000))).intent
          await store.markSending(id, hold, null)
          return id
        }),
      )
      clock.now = 3000
      expect(await store.fail(failed!, hold, { problem: '{}' })).toMatchObject({ state: 'failed' })
      expect(await store.markUnknown(unknown!, hold, doubt)).toMatchObject({ state: 'unknown' })
      await store.release(released!, hold, {})
      expect(await store.get(released!)).toMatchObject({ state: 'failed' })
    })

    it('gives the oldest first, as many as are wanted', async () => {
      const { store } = await timed()
      const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(26))
      for (const id of [...ids].reverse()) await store.claim(intent({ id, key: `key-${id}` }), until(0))
      expect((await store.takeDue(until(9000, 'two'), 2)).map(({ id }) => id)).toEqual(ids.slice(0, 2))
      expect((await store.takeDue(until(9000, 'two'), 2)).map(({ id }) => id)).toEqual(ids.slice(2))
    })

    it('never gives one to two of many, whichever of two processes they are', async () => {
      const url = await newUrl()
      const stores = [await open({ url }), await open({ url })]
      const wanted = Array.from({ length: 40 }, (_, index) => intent({ key: `key-${index}-long` }))
      await Promise.all(wanted.map((one) => stores[0]!.claim(one, until(0))))
      const takers = Array.from({ length: 20 }, (_, index) => `taker-${index}`)
      const taken = await Promise.all(
        takers.map((owner, index) => stores[index % 2]!.takeDue({ owner, until: Date.now() + 60_000 }, 5)),
      )
      const ids = taken.flat().map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      // What two looked at together is left to the next look.
      const rest = await stores[0]!.takeDue({ owner: 'last', until: Date.now() + 60_000 }, 40)
      expect(new Set([...ids, ...rest.map(({ id }) => id)])).toEqual(new Set(wanted.map(({ id }) => id)))
      for (const one of [...taken.flat(), ...rest]) expect(one.hold.fencing).toBe(2)
    })

    it('finds everything at once after the leases were given up', async () => {
      const { store } = await timed()
      const make = async (key: string) => (await store.claim(intent({ key }), until(9000))).intent.id
      const [accepted, sending, done] = [await make('accepted1'), await make('sending01'), await make('succeed01')]
      await store.markSending(sending, hold, null)
      await store.succeed(done, ended)
      await store.abandonLeases()
      expect(await store.markSending(accepted, hold, null)).toBeNull()
      const taken = await store.takeDue(until(9000, 'two'), 10)
      expect(new Set(taken.map(({ id }) => id))).toEqual(new Set([accepted, sending]))
    })
  })

  describe('unknown ones', () => {
    it('are due when their time has come, and count how often they were looked for', async () => {
      const { clock, store } = await timed()
      const { id } = (await store.claim(intent(), until(9000))).intent
      await store.markSending(id, hold, 'journal')
      const first = await store.markUnknown(id, hold, { probeAt: 3000, problem: '{"status":504}' })
      expect(first).toMatchObject({ state: 'unknown', probes: 0, leaseUntil: 0, hold, journal: 'journal' })
      clock.now = 2999
      expect(await store.takeDue(until(9000, 'two'), 10)).toEqual([])
      clock.now = 3000
      expect(await store.takeDue(until(9000, 'two'), 10)).toMatchObject([{ id, state: 'unknown', hold: second }])
      expect(await store.takeDue(until(9000, 'three'), 10)).toEqual([])
      const looked = await store.markUnknown(id, second, { probeAt: 4000, journal: 'newer' })
      expect(looked).toMatchObject({ probes: 1, journal: 'newer', problem: '{"status":504}', leaseUntil: 0 })
      clock.now = 4000
      const [third] = await store.takeDue(until(9000, 'three'), 10)
      expect(await store.markUnknown(id, third!.hold, { probeAt: null })).toMatchObject({ probes: 2 })
      clock.now = 8000
      expect(await store.takeDue(until(9000, 'two'), 10)).toEqual([])
    })

    it('may be sent again by who looked, and start counting anew', async () => {
      const { clock, store } = await timed()
      const { id } = (await store.claim(intent(), until(9000))).intent
      await store.markSending(id, hold, 'journal')
      await store.markUnknown(id, hold, { probeAt: 0 })
      await store.takeDue(until(9000, 'two'), 10)
      await store.markUnknown(id, second, { probeAt: 0 })
      const third = { owner: 'three', fencing: 3 }
      await store.takeDue(until(9000, 'three'), 10)
      clock.now = 1500
      expect(await store.markSending(id, hold, null)).toBeNull()
      expect(await store.markSending(id, third, 'again')).toMatchObject({ state: 'sending', tries: 2, sentAt: 1500 })
      expect(await store.markUnknown(id, third, { probeAt: 0 })).toMatchObject({ state: 'unknown', probes: 0 })
    })
  })

  it('renews the leases of one owner on what it names and is open, where they have not ended', async () => {
    const { clock, store } = await timed()
    const make = async (key: string, time: number, owner = 'one') =>
      (await store.claim(intent({ key }), until(time, owner))).intent.id
    const [lasting, done, given] = [
      await make('lasting01', 3000),
      await make('done00001', 3000),
      await make('given0001', 3000),
    ]
    const [lost, other] = [await make('lost00001', 2000), await make('other0001', 3000, 'two')]
    const left = await make('left00001', 3000)
    await store.succeed(done, ended)
    await store.markSending(given, hold, null)
    await store.markUnknown(given, hold, { probeAt: 9000 })
    clock.now = 2000
    const named = [lasting, done, given, lost, other]
    expect(await store.renewLeases(until(5000), named)).toBe(1)
    const leases = await Promise.all([lasting, lost, other, given, left].map((id) => store.get(id)))
    expect(leases.map((one) => one?.leaseUntil)).toEqual([5000, 2000, 3000, 0, 3000])
    const many = Array.from({ length: 120 }, (_, place) => `none-${place}`)
    expect(await store.renewLeases(until(6000), [...many, lasting])).toBe(1)
    expect(await store.renewLeases(until(7000), [])).toBe(0)
  })

  it('counts what is open, and what has been unknown for too long', async () => {
    const { clock, store } = await timed()
    const make = async (key: string) => (await store.claim(intent({ key }), until(9000))).intent.id
    const [, sending, unknown, done] = [
      await make('accepted1'),
      await make('sending01'),
      await make('unknown01'),
      await make('done00001'),
    ]
    clock.now = 2000
    const later = await make('unknown02')
    expect(await store.count(9000)).toEqual({ running: 5, unknown: 0, overdue: 0 })
    for (const id of [sending, unknown, later]) await store.markSending(id, hold, null)
    for (const id of [unknown, later]) await store.markUnknown(id, hold, doubt)
    await store.succeed(done, ended)
    expect(await store.count(1000)).toEqual({ running: 2, unknown: 2, overdue: 0 })
    expect(await store.count(1001)).toEqual({ running: 2, unknown: 2, overdue: 1 })
    expect(await store.count(9000)).toEqual({ running: 2, unknown: 2, overdue: 2 })
  })

  it('does not give a claimed key a new lease', async () => {
    const { store } = await timed()
    await store.claim(intent(), until(9000))
    const again = await store.claim(intent(), until(99_000, 'two'))
    expect(again).toMatchObject({ claimed: false, intent: { hold, leaseUntil: 9000 } })
    expect(await store.find(scope)).toMatchObject({ hold, leaseUntil: 9000 })
  })
})
