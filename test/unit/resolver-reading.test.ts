/** A write that worked and cannot be read back is no failure: its answer waits until the record can be read. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import type { IntentStore } from '../../src/store/store.ts'
import { Instance, StepErp, WINDOW_MS } from '../store/step-erp.ts'

const KEY = 'key-00001'
let clock = 0
let store: IntentStore
let erp: StepErp
const now = () => new Date(clock)
beforeEach(async () => {
  clock = Date.parse('2026-03-31T09:30:00Z')
  store = await openStore('sqlite::memory:', () => clock)
  erp = new StepErp(() => clock, { fenced: false })
})
afterEach(() => store.close())
const only = async () => (await store.list({ caller: 'billing', status: null, limit: 10 }))[0]

it('of a write that is found and cannot be read just now stays open until it can', async () => {
  erp.next.push('lostAfter')
  erp.probeFails = 'provider_unavailable'
  await new Instance(store, erp, now).pay(KEY)
  erp.probeFails = null
  erp.readsFail = true
  clock += WINDOW_MS + 1
  const other = new Instance(store, erp, now)
  await other.resolver.tick()
  expect(await only()).toMatchObject({ state: 'unknown' })
  expect(await other.pay(KEY)).toMatchObject({ status: 202 })
  erp.readsFail = false
  clock += WINDOW_MS
  await other.resolver.tick()
  expect(await other.pay(KEY)).toMatchObject({ status: 201, replayed: true, body: { object: 'payment' } })
  expect(await only()).toMatchObject({ state: 'succeeded', tries: 1 })
  expect(erp.records).toHaveLength(1)
})
