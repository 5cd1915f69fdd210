/** Looking for open writes goes on beside other work, and whatever hangs or cannot be stored. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import type { IntentStore } from '../../src/store/store.ts'
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
/** The process dies while the write is at the ERP: nothing of it goes on. */
async function crashBeforeSending() {
  erp.next.push('lostBefore')
  erp.probeFails = 'provider_unavailable'
  await instance().pay(KEY)
  erp.probeFails = null
}

describe('a process that is busy with other writes', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
  afterEach(() => void vi.useRealTimers())

  it('keeps those to itself, and lets go of one whose end could not be stored', async () => {
    const busy = instance()
    const succeed = vi.spyOn(store, 'succeed').mockRejectedValue(new Error('The disk is full.'))
    expect(await busy.pay(KEY)).toMatchObject({ status: 202 })
    succeed.mockRestore()
    erp.next.push('frozen')
    void busy.pay('key-00002')
    await rest()
    for (let second = 0; second < (2 * LEASE_MS) / 1000; second++) {
      clock += 1000
      await vi.advanceTimersByTimeAsync(1000)
      await rest()
    }
    expect(await instance().resolver.tick()).toBe(1)
    expect(await busy.pay(KEY)).toMatchObject({ status: 201, replayed: true })
    for (const go of erp.frozen) go()
    await rest()
    expect(await busy.pay('key-00002')).toMatchObject({ status: 201, replayed: true })
    expect(erp.records).toHaveLength(2)
  })
})

describe('an ERP that hangs', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('keeps neither the other writes waiting nor, for long, a shutdown', async () => {
    await crashBeforeSending()
    clock += WINDOW_MS + 1
    erp.next.push('frozen')
    const one = instance()
    one.resolver.start()
    await rest()
    expect(erp.frozen).toHaveLength(1)
    erp.next.push('lostAfter')
    erp.probeFails = 'provider_unavailable'
    expect(await one.pay('key-00002')).toMatchObject({ status: 202 })
    erp.probeFails = null
    clock += 2000
    await vi.advanceTimersByTimeAsync(1000)
    await rest()
    expect(await one.pay('key-00002')).toMatchObject({ status: 201, replayed: true })
    const stopped = one.resolver.stop(5000).then(() => 'stopped')
    await vi.advanceTimersByTimeAsync(5000)
    expect(await Promise.race([stopped, rest()])).toBe('stopped')
    for (const go of erp.frozen) go()
    await rest()
  })
})
