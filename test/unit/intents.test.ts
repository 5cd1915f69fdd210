/** Writes happen once: the first call and its repetition. */
import { describe, expect, it } from 'vitest'
import { Operations } from '../../src/gateway/operations.ts'
import type { WriteRequest } from '../../src/gateway/write-request.ts'
import { fakeCall, recover } from '../store/fakes.ts'
import { beginEachTestAnew, created, endWith, error, fakeErp, find, never, request, world } from '../store/world.ts'

beginEachTestAnew()

describe('without a key', () => {
  it('stores nothing, ends with the call, and throws as it is', async () => {
    const ids = new Set<string>()
    const call = fakeCall()
    for (let count = 0; count < 2; count++) {
      const { answer } = await endWith(
        (run) => {
          ids.add(run.once.intentId)
          expect(run.binding.signal).toBe(call.signal)
          run.succeed()
        },
        { key: null, call },
      )
      expect(answer).toEqual({ ...created, replayed: false })
    }
    expect(ids.size).toBe(2)
    const refused = error('provider_timeout')
    expect(await endWith((run) => run.fail(refused), { key: null })).toEqual({ thrown: refused })
    expect(await world.store.list({ caller: 'billing', status: null, limit: 10 })).toEqual([])
  })

  it('is sure that nothing was applied when no write was sent', async () => {
    const { thrown } = await endWith((run) => run.fail(error('provider_failed')), { key: null, send: false })
    expect(thrown).toMatchObject({ code: 'provider_failed', applied: 'no' })
  })
})

describe('the first call', () => {
  it('answers what was performed, with the id in the store', async () => {
    let id = ''
    const { answer } = await endWith((run) => {
      id = run.once.intentId
      run.succeed()
    })
    expect(answer).toEqual({ ...created, replayed: false })
    expect(await world.store.get(id)).toMatchObject({ state: 'succeeded', tries: 1, resourceId: 'pay_netsuite_1' })
  })

  it('is stored as sending before beforeWrite ends, anew for each of its writes', async () => {
    const states: unknown[] = []
    const perform: WriteRequest['perform'] = async ({ binding }) => {
      states.push((await find())?.state)
      await Promise.all([binding.beforeWrite(), binding.beforeWrite()])
      states.push((await find())?.state)
      await binding.beforeWrite()
      return created
    }
    await world.intents.write(request(perform))
    expect(states).toEqual(['accepted', 'sending'])
    expect(await find()).toMatchObject({ tries: 3 })
  })

  it("outlives its call: the write's signal is another one", async () => {
    const ended = new AbortController()
    await endWith(
      (run) => {
        ended.abort()
        expect(run.binding.signal).not.toBe(ended.signal)
        expect(run.binding.signal.aborted).toBe(false)
        run.succeed()
      },
      { call: fakeCall({ signal: ended.signal }) },
    )
  })

  it('sends nothing when the promise was taken back meanwhile', async () => {
    let sent = false
    const perform: WriteRequest['perform'] = async ({ binding }) => {
      await recover(world.store, () => new Date(world.now))
      await binding.beforeWrite()
      sent = true
      return created
    }
    await expect(world.intents.write(request(perform))).rejects.toMatchObject({ code: 'overloaded' })
    expect(sent).toBe(false)
  })

  it('does not say "not applied" when another call with the key has done it meanwhile', async () => {
    const perform: WriteRequest['perform'] = async ({ binding }) => {
      await recover(world.store, () => new Date(world.now))
      expect(await endWith((run) => run.succeed())).toMatchObject({ answer: { status: 201, replayed: false } })
      await binding.beforeWrite()
      return created
    }
    await expect(world.intents.write(request(perform))).rejects.toMatchObject({
      code: 'overloaded',
      applied: 'unknown',
    })
  })

  it('sends nothing when the store fails, and says so', async () => {
    let sent = false
    const perform: WriteRequest['perform'] = async ({ binding }) => {
      await world.store.close()
      await binding.beforeWrite()
      sent = true
      return created
    }
    await expect(world.intents.write(request(perform))).rejects.toMatchObject({
      code: 'overloaded',
      status: 503,
      applied: 'no',
    })
    // An earlier call with the key may have done it: nobody could look.
    await expect(world.intents.write(request(never))).rejects.toMatchObject({ code: 'overloaded', applied: 'unknown' })
    expect(sent).toBe(false)
  })

  it('cannot be looked up while the store is gone, which is no defect', async () => {
    const gone = () => Promise.reject(new Error('terminating connection due to administrator command'))
    const operations = new Operations({ ...world.store, list: gone, get: gone })
    const all = { caller: 'billing', status: null, limit: 10 }
    for (const asking of [operations.list(all), operations.get('billing', 'op_1')])
      await expect(asking).rejects.toMatchObject({ code: 'overloaded', applied: 'no' })
  })

  it('hears of its success only once that is stored: whoever knows of it acts on it', async () => {
    const perform: WriteRequest['perform'] = async ({ binding }) => {
      await binding.beforeWrite()
      await world.store.close()
      return created
    }
    expect(await world.intents.write(request(perform))).toMatchObject({ status: 202, body: { status: 'running' } })
  })

  it('hears of it in the same call when the store is back soon', async () => {
    const succeed = world.store.succeed.bind(world.store)
    let failures = 2
    world.store.succeed = async (...ending) => {
      if (failures-- > 0) throw new Error('The database restarts.')
      return succeed(...ending)
    }
    const { answer } = await endWith((run) => run.succeed())
    expect(answer).toEqual({ ...created, replayed: false })
    expect(await find()).toMatchObject({ state: 'succeeded' })
  })
})

describe('the same key again', () => {
  it('repeats status, headers and body', async () => {
    await endWith((run) => run.succeed())
    expect(await world.intents.write(request(never))).toEqual({ ...created, replayed: true })
  })

  it('repeats an answer without a body', async () => {
    await endWith((run) => run.succeed({ status: 204, headers: {}, body: undefined, resourceId: null }))
    expect(await world.intents.write(request(never))).toEqual({
      status: 204,
      headers: {},
      body: undefined,
      resourceId: null,
      replayed: true,
    })
  })

  it('with other content is refused, whatever became of the first', async () => {
    const refused = {
      code: 'idempotency_key_reused',
      status: 422,
      options: { errors: [{ pointer: 'header:Idempotency-Key' }] },
    }
    const other = request(never, { fingerprint: 'g' })
    const erp = fakeErp()
    const begun = erp.begun()
    const write = world.intents.write(request(erp.perform))
    const run = await begun
    await expect(world.intents.write(other)).rejects.toMatchObject(refused)
    run.succeed()
    await write
    await expect(world.intents.write(other)).rejects.toMatchObject(refused)
  })

  it('is another key for another caller, connection or operation', async () => {
    await endWith((run) => run.succeed())
    const others: Partial<WriteRequest>[] = [
      { call: fakeCall({ caller: { name: 'shop', scopes: new Set(), connections: new Set() } }) },
      { call: fakeCall({ operation: 'voidPayment' }) },
      { connection: 'intacct' },
    ]
    for (const other of others)
      expect((await endWith((run) => run.succeed(), other)).answer).toMatchObject({ replayed: false })
  })

  it('is told to wait while the first call is open, and has one winner of fifty', async () => {
    const erp = fakeErp()
    const begun = erp.begun()
    const writes = Array.from({ length: 50 }, () => world.intents.write(request(erp.perform)))
    const settled = Promise.allSettled(writes)
    ;(await begun).succeed()
    const outcomes = await settled
    expect(erp.runs).toHaveLength(1)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({
          code: 'operation_in_progress',
          status: 409,
          options: { retryAfterSeconds: 2 },
        })
      }
    }
  })
})
