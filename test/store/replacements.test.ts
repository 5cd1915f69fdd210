/** Which record took the place of which: kept with the outcome of the write, and longer than the write itself. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newIntentId } from '../../src/store/intent-id.ts'
import { openStore } from '../../src/store/open.ts'
import { openDatabase } from '../../src/store/sqlite.ts'
import { beginEachTestAnew, error, fakeErp, find, type Run, request, world } from './world.ts'

beginEachTestAnew()

const OLD = 'pay_intacct_1'
const NEW = 'pay_intacct_2'
const NEWEST = 'pay_intacct_3'
const write = (record: string, key: string) => {
  const erp = fakeErp()
  const begun = erp.begun()
  const result = world.intents.write(request(erp.perform, { key, resource: record }))
  return { begun, result }
}
/** The provider says that what it writes takes the place of the record. */
const replacing = async (begun: Promise<Run>): Promise<Run> => {
  const run = await begun
  await run.once.run([], { replaces: '1' })
  return run
}
const replace = async (record: string, resourceId: string, key: string) => {
  const { begun, result } = write(record, key)
  const run = await replacing(begun)
  run.succeed({ status: 200, resourceId })
  await result
}

it('links both ways, along a chain, until long after the write is forgotten', async () => {
  await replace(OLD, NEW, 'key-00001')
  await replace(NEW, NEWEST, 'key-00002')
  world.now += 1
  expect(await world.store.sweep(world.now, 10)).toBe(2)
  expect(await world.store.replacements(OLD)).toEqual({ replaces: null, replacedBy: NEW })
  expect(await world.store.replacements(NEW)).toEqual({ replaces: OLD, replacedBy: NEWEST })
  expect(await world.store.replacements(NEWEST)).toEqual({ replaces: NEW, replacedBy: null })
})

it('links nothing when the record kept its id, or the write failed', async () => {
  await replace(OLD, OLD, 'key-00001')
  const { begun, result } = write(OLD, 'key-00002')
  ;(await replacing(begun)).fail(error('period_closed', { applied: 'no' }))
  await expect(result).rejects.toMatchObject({ code: 'period_closed' })
  expect(await world.store.replacements(OLD)).toEqual({ replaces: null, replacedBy: null })
})

it('links what was written and could not be read back', async () => {
  const { begun, result } = write(OLD, 'key-00001')
  ;(await replacing(begun)).fail(error('provider_timeout', { applied: 'yes', resourceId: NEW }))
  await expect(result).rejects.toMatchObject({ applied: 'yes' })
  expect(await world.store.replacements(NEW)).toEqual({ replaces: OLD, replacedBy: null })
})

it('keeps no outcome without its link', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'replacements-'))
  const path = join(folder, 'store.db')
  const store = await openStore(`sqlite:${path}`)
  const scope = { caller: 'billing', connection: 'intacct', operation: 'unapplyPayment', key: 'key-00001' }
  const lease = { owner: 'me', until: Date.now() + 60_000 }
  const { intent } = await store.claim({ id: newIntentId(1), ...scope, fingerprint: 'f' }, lease)
  const database = openDatabase(path)
  database.exec("CREATE TRIGGER full BEFORE INSERT ON replacements BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
  await expect(store.succeed(intent.id, { resourceId: NEW, replaced: OLD })).rejects.toThrow(/disk is full/)
  expect(await store.get(intent.id)).toMatchObject({ state: 'accepted' })
  database.exec('DROP TRIGGER full')
  database.close()
  await store.succeed(intent.id, { resourceId: NEW, replaced: OLD })
  expect(await store.replacements(OLD)).toMatchObject({ replacedBy: NEW })
  expect(await store.get(intent.id)).toMatchObject({ state: 'succeeded' })
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

it('means the newest where an ERP counts from the start again', async () => {
  await replace(OLD, NEW, 'key-00001')
  world.now += 1
  await replace(OLD, NEWEST, 'key-00002')
  expect(await world.store.replacements(OLD)).toMatchObject({ replacedBy: NEWEST })
  expect(await find('key-00002')).toMatchObject({ state: 'succeeded' })
})
