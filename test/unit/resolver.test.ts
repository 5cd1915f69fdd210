/** Writes that nobody waits for any more: each is looked for, and ends; who lost the right to send sends nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { toOperation } from '../../src/gateway/operation.ts'
import { openStore } from '../../src/store/open.ts'
import type { Intent, IntentStore } from '../../src/store/store.ts'
import { anywhere, fakeCall, fakeProblem } from '../store/fakes.ts'
import { Instance, LEASE_MS, StepErp, WINDOW_MS } from '../store/step-erp.ts'

const KEY = 'key-00001'
let clock = 0
let store: IntentStore
let erp: StepErp
const now = () => new Date(clock)
const instance = () => new Instance(store, erp, now)
beforeEach(async () => {
  clock = Date.parse('2026-03-31T09:30:00Z')
  store = await openStore('sqlite::memory:', () => clock)
  erp = new StepErp(() => clock, { fenced: false })
})
afterEach(() => store.close())

const rest = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
}
const only = async (): Promise<Intent> => {
  const all = await store.list({ caller: 'billing', status: null, limit: 10 })
  expect(all).toHaveLength(1)
  return all[0] as Intent
}
/** The process dies while the write is at the ERP: nothing of it goes on. */
async function crashWhile(treatment: 'lostBefore' | 'lostAfter' | 'late') {
  erp.next.push(treatment)
  erp.probeFails = 'provider_unavailable'
  await instance().pay(KEY)
  erp.probeFails = null
}

describe('a lost answer', () => {
  it('of a write that worked gives the normal answer in the same call', async () => {
    erp.next.push('lostAfter')
    expect(await instance().pay(KEY)).toMatchObject({ status: 201, replayed: false })
    expect(await only()).toMatchObject({ state: 'succeeded', tries: 1 })
    expect(erp.records).toHaveLength(1)
  })

  it('of a write that is nowhere to be seen is 202, and is sent again only after the window', async () => {
    await crashWhile('lostBefore')
    expect(await only()).toMatchObject({ state: 'unknown' })
    const other = instance()
    clock += WINDOW_MS - 10_000
    expect(await other.resolver.tick()).toBe(1)
    expect({ ...(await only()), records: erp.records.length }).toMatchObject({
      state: 'unknown',
      probes: 1,
      records: 0,
    })
    clock += WINDOW_MS
    expect(await other.resolver.tick()).toBe(1)
    expect(await only()).toMatchObject({ state: 'succeeded', tries: 2 })
    expect(erp.records).toHaveLength(1)
    expect(await other.pay(KEY)).toMatchObject({ status: 201, replayed: true, body: { object: 'payment' } })
  })

  it('of a write that shows itself late is found, not sent again', async () => {
    await crashWhile('late')
    clock += WINDOW_MS + 1
    await instance().resolver.tick()
    expect(await only()).toMatchObject({ state: 'succeeded', tries: 1 })
    expect(erp.records).toHaveLength(1)
  })

  it('stays unknown when the ERP refuses the look: that is no refusal of the write', async () => {
    await crashWhile('lostAfter')
    for (const code of ['rejected', 'not_found', 'conflict'] as const) {
      clock += 2 * WINDOW_MS
      erp.probeFails = code
      await instance().resolver.tick()
      expect(await only()).toMatchObject({ state: 'unknown', answer: null })
    }
    erp.probeFails = null
    clock += 2 * WINDOW_MS
    await instance().resolver.tick()
    expect(await only()).toMatchObject({ state: 'succeeded', tries: 1 })
  })

  it('is looked for with growing pauses', async () => {
    await crashWhile('lostBefore')
    const other = instance()
    const looks: number[] = []
    for (let second = 1; second <= 60; second++) {
      clock += 1000
      if ((await other.resolver.tick()) > 0) looks.push(second)
    }
    expect(looks).toEqual([1, 2, 4, 8, 16, 32])
  })
})

describe('what the ERP never got', () => {
  it('is sent again when its window ends, not at some look after it', async () => {
    const began = clock
    await crashWhile('lostBefore')
    const other = instance()
    while (erp.records.length === 0 && clock < began + 3 * WINDOW_MS) {
      clock += 1000
      await other.resolver.tick()
    }
    expect(clock - began).toBe(WINDOW_MS)
    expect(await only()).toMatchObject({ state: 'succeeded', tries: 2 })
  })
})

describe('a process that died', () => {
  it('before anything left: the key is free', async () => {
    erp.next.push('frozen')
    void instance().pay(KEY)
    await rest()
    clock += LEASE_MS + 1
    await instance().resolver.tick()
    expect(await store.list({ caller: 'billing', status: null, limit: 10 })).toEqual([])
    expect(await instance().pay(KEY)).toMatchObject({ status: 201, replayed: false })
    // The one that was thought dead goes on, and finds that it may not.
    for (const go of erp.frozen) go()
    await rest()
    expect(erp.records).toHaveLength(1)
  })

  it('is not taken for dead while its lease lasts', async () => {
    erp.next.push('frozen')
    void instance().pay(KEY)
    await rest()
    clock += LEASE_MS - 1
    expect(await instance().resolver.tick()).toBe(0)
  })
})

describe('a process that stood still', () => {
  it('sends nothing after its lease ended, though the write is still open', async () => {
    await crashWhile('lostBefore')
    clock += WINDOW_MS + 1
    const still = instance()
    erp.next.push('frozen')
    void still.resolver.tick()
    await rest()
    expect(erp.frozen).toHaveLength(1)
    clock += WINDOW_MS + LEASE_MS
    // Another one sends, and cannot see it yet: the write stays open.
    erp.next.push('late')
    await instance().resolver.tick()
    expect(erp.records).toHaveLength(1)
    for (const go of erp.frozen) go()
    await rest()
    expect(erp.records).toHaveLength(1)
    expect(await only()).not.toMatchObject({ state: 'succeeded' })
  })

  it('answers what became of the write, not what it saw last', async () => {
    const still = instance()
    erp.next.push('frozen')
    const answer = still.pay(KEY)
    await rest()
    clock += LEASE_MS + 1
    const other = instance()
    await other.resolver.tick()
    expect(await other.pay(KEY)).toMatchObject({ status: 201 })
    for (const go of erp.frozen) go()
    expect(await answer).toMatchObject({ code: 'overloaded', applied: 'unknown' })
    expect(erp.records).toHaveLength(1)
  })
})

describe('what is found out', () => {
  it('a refusal of what is sent again is kept, and ends the operation', async () => {
    await crashWhile('lostBefore')
    clock += WINDOW_MS + 1
    erp.next.push('refused')
    await instance().resolver.tick()
    expect(await only()).toMatchObject({ state: 'failed', answer: { status: 422 } })
    expect(await instance().pay(KEY)).toMatchObject({ status: 422, replayed: true })
  })

  it('a refusal after a step that worked ends it as failed, and says that a part of it is done', async () => {
    const one = instance()
    erp.next.push('works', 'refused')
    expect(await one.pay(KEY, [{ kind: 'create' }, { kind: 'change' }])).toMatchObject({ status: 202 })
    clock += 2000
    await one.resolver.tick()
    const { id } = await only()
    const problem = { code: 'rejected', applied: 'yes', resource: { id: `pay_netsuite_${id}` } }
    expect(toOperation(await only())).toMatchObject({ status: 'failed', result: null, problem })
    expect(await one.pay(KEY, [{ kind: 'create' }, { kind: 'change' }])).toMatchObject({
      ...{ status: 422, replayed: true, body: problem },
    })
  })

  it('a pause is none: it goes on', async () => {
    await crashWhile('lostBefore')
    clock += WINDOW_MS + 1
    // More often than one look has patience for.
    erp.next.push('throttled', 'throttled', 'throttled')
    await instance().resolver.tick()
    expect(await only()).toMatchObject({ state: 'unknown' })
    clock += 2 * WINDOW_MS
    await instance().resolver.tick()
    expect(await only()).toMatchObject({ state: 'succeeded' })
  })

  it('without steps nothing can be looked for: it stays unknown, and is left alone', async () => {
    const other = instance()
    await other.intents
      .write({
        ...anywhere,
        call: fakeCall(),
        connection: 'netsuite',
        key: KEY,
        fingerprint: 'f',
        problemOf: fakeProblem,
        perform: async ({ binding }) => {
          await binding.beforeWrite()
          throw new GatewayError('provider_timeout', 'No answer.')
        },
      })
      .catch(() => {})
    clock += 100 * WINDOW_MS
    expect(await other.resolver.tick()).toBe(0)
    expect(await only()).toMatchObject({ state: 'unknown', journal: null })
  })
})
