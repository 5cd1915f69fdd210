/** What the store tells one write of the others: which records they have made, and which of them may have. */
import { expect, it } from 'vitest'
import { newIntentId } from '../../src/store/intent-id.ts'
import { onEveryDatabase } from './databases.ts'
import { doubt, ended, hold, intent, lease } from './samples.ts'

const RECORD = 'pay_netsuite_1'

onEveryDatabase(({ open }) => {
  it('a record is made by whoever created it, not by who only changed it', async () => {
    const store = await open()
    const begin = async (operation: string) => (await store.claim(intent({ operation }), lease)).intent.id
    const by = ['createPayment', 'upsertCustomer']
    const made = (except = 'nobody') => store.isMade(RECORD, { by, except })
    await store.succeed(await begin('updatePayment'), { ...ended, answer: { ...ended.answer, status: 200 } })
    await store.succeed(await begin('upsertCustomer'), { ...ended, answer: { ...ended.answer, status: 200 } })
    const refused = await begin('createPayment')
    await store.fail(refused, hold, ended)
    expect(await made()).toBe(false)
    const { id } = (await store.claim(intent({ key: 'key-00002' }), lease)).intent
    // It could not be read back, so there is no answer yet.
    await store.succeed(id, { resourceId: RECORD, problem: '{}' })
    expect([await made(), await made(id)]).toEqual([true, false])
    await store.succeed(id, ended)
    expect([await made(), await made(id)]).toEqual([true, false])
    expect(await store.isMade('pay_netsuite_2', { by, except: 'nobody' })).toBe(false)
  })

  it('those that are open are those of the same account and operations that may have written', async () => {
    const store = await open()
    const begin = async (at: number, key: string) =>
      (await store.claim(intent({ id: newIntentId(at), key }), lease)).intent.id
    const [old, mine, young] = [await begin(1, 'key-old-1'), await begin(2, 'key-mine1'), await begin(3, 'key-young')]
    const others = async (more = {}) => {
      const asked = { connection: 'netsuite', operations: ['createPayment'], except: mine, ...more }
      return (await store.openOthers(asked)).map(({ id, state }) => [id, state])
    }
    await store.markSending(mine, hold, null)
    expect(await others()).toEqual([])
    await store.markSending(young, hold, null)
    await store.markSending(old, hold, null)
    await store.markUnknown(old, hold, doubt)
    expect(await others()).toEqual([
      [old, 'unknown'],
      [young, 'sending'],
    ])
    expect([await others({ connection: 'else' }), await others({ operations: ['else'] })]).toEqual([[], []])
    await store.succeed(old, ended)
    expect(await others()).toEqual([[young, 'sending']])
  })
})
