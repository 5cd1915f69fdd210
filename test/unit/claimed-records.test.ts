/** A record that one write has made is never taken for another's; what the ERP replays is simply sent again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { Journal } from '../../src/gateway/journal.ts'
import { otherWrites } from '../../src/gateway/other-writes.ts'
import type { Probe } from '../../src/providers/provider.ts'
import { openStore } from '../../src/store/open.ts'
import type { IntentStore } from '../../src/store/store.ts'
import { ended, hold, intent, lease } from '../store/samples.ts'
import { Instance, StepErp, WINDOW_MS } from '../store/step-erp.ts'

let clock = 0
let store: IntentStore
const now = () => new Date(clock)
beforeEach(async () => {
  clock = Date.parse('2026-03-31T09:30:00Z')
  store = await openStore('sqlite::memory:', () => clock)
})
afterEach(() => store.close())
const ends = async () => (await store.list({ caller: 'billing', status: null, limit: 9 })).map(({ state }) => state)
const LOST_AND_BLIND = ['key-first', 'key-other'] as const

describe('two equal writes, known by their looks only', () => {
  it('the second is not taken for done because the first is there', async () => {
    const erp = new StepErp(() => clock, { fenced: false, found: 'by looks' })
    const one = new Instance(store, erp, now)
    // Promised before the other, which therefore is young enough to be its own.
    erp.next.push('lostBefore')
    expect(await one.pay(LOST_AND_BLIND[0])).toMatchObject({ status: 202 })
    expect(await one.pay(LOST_AND_BLIND[1])).toMatchObject({ status: 201 })
    clock += WINDOW_MS + 1
    await one.resolver.tick()
    expect(await ends()).toEqual(['succeeded', 'succeeded'])
    expect(erp.records).toHaveLength(2)
  })

  it('of two that are open the older one has the record, the other is sent again', async () => {
    const erp = new StepErp(() => clock, { fenced: false, found: 'by looks' })
    const one = new Instance(store, erp, now)
    erp.probeFails = 'provider_unavailable'
    for (const [place, key] of LOST_AND_BLIND.entries()) {
      erp.next.push(place === 0 ? 'lostBefore' : 'lostAfter')
      expect(await one.pay(key)).toMatchObject({ status: 202 })
    }
    erp.probeFails = null
    for (let round = 0; round < 3; round++) {
      clock += WINDOW_MS + 1
      await one.resolver.tick()
    }
    expect(await ends()).toEqual(['succeeded', 'succeeded'])
    expect(erp.records).toHaveLength(2)
    const found = await store.list({ caller: 'billing', status: null, limit: 9 })
    expect(new Set(found.map(({ resourceId }) => resourceId)).size).toBe(2)
  })
})

describe('a look', () => {
  const looked = async (found: Probe, { resource = null as string | null, told = {} } = {}) => {
    const mine = (await store.claim(intent({ key: 'key-mine1' }), lease)).intent
    const journal = new Journal(mine, { requestId: 'r', instance: '/', resource }, { others: otherWrites(store, mine) })
    const lost = new GatewayError('provider_timeout', 'Lost.')
    journal.bind({
      send: async () => {
        journal.leaving()
        throw lost
      },
      probe: async () => found,
    })
    return journal.run([{ kind: 'create' }], told).catch((error: unknown) => error)
  }
  const another = async () => store.succeed((await store.claim(intent(), lease)).intent.id, ended)
  const done = { outcome: 'done', result: { nativeId: '1' } } as const

  it('that finds a record which another write has made has not found this one', async () => {
    await another()
    expect(await looked(done)).toMatchObject({ code: 'provider_timeout' })
  })
  it('may find a record that another made where the write only changes it', async () => {
    await another()
    expect(await looked(done, { resource: 'pay_netsuite_1' })).toEqual([{ nativeId: '1' }])
    await store.release((await store.find({ ...intent(), key: 'key-mine1' }))!.id, hold, {})
    expect(await looked(done, { told: { created: false } })).toEqual([{ nativeId: '1' }])
  })
  it.each([
    ['none', [], null],
    ['one', ['7'], '7'],
    ['one beside one of another write', ['1', '7'], '7'],
    ['only one of another write', ['1'], null],
    ['several', ['7', '8'], null],
  ])('that finds records of the same looks: %s', async (_, nativeIds, mine) => {
    await another()
    const end = await looked({ outcome: 'candidates', nativeIds, alike: () => true })
    if (mine === null) expect(end).toMatchObject({ code: 'provider_timeout' })
    else expect(end).toEqual([{ nativeId: mine }])
  })
})

describe('an ERP that answers a repeated request as the first one', () => {
  it('is asked again at once: the caller gets the normal answer, and there is one record', async () => {
    const erp = new StepErp(() => clock, { fenced: false, found: 'never: it replays' })
    for (const treatment of ['lostBefore', 'lostAfter', 'late'] as const) {
      erp.next.push(treatment)
      expect(await new Instance(store, erp, now).pay(`key-${treatment}`)).toMatchObject({ status: 201 })
    }
    expect(erp.records).toHaveLength(3)
    expect((await store.list({ caller: 'billing', status: null, limit: 9 })).map(({ tries }) => tries)).toEqual([
      2, 2, 2,
    ])
  })

  it('is asked again by the first look of another process, not after the window', async () => {
    const erp = new StepErp(() => clock, { fenced: false, found: 'never: it replays' })
    erp.next.push('lostAfter', 'lostBefore')
    expect(await new Instance(store, erp, now).pay('key-00001')).toMatchObject({ status: 202 })
    clock += 1000
    await new Instance(store, erp, now).resolver.tick()
    expect(await ends()).toEqual(['succeeded'])
    expect(erp.records).toHaveLength(1)
  })
})
