/** Writes happen once: past the deadline, at the end of the process, and long afterwards. */
import { describe, expect, it } from 'vitest'
import { fakeCall } from '../store/fakes.ts'
import {
  beginEachTestAnew,
  created,
  endWith,
  error,
  fakeErp,
  find,
  late,
  never,
  operation,
  payment,
  type Run,
  request,
  settled,
  world,
} from '../store/world.ts'

beginEachTestAnew()

const DAY = 86_400_000

describe('past the deadline', () => {
  it('answers 202, goes on, and the end is stored', async () => {
    const { run, promised, operation: running } = await late()
    expect(promised).toMatchObject({
      status: 202,
      replayed: false,
      headers: { location: `/v1/operations/op_${run.once.intentId}`, 'retry-after': '5' },
      body: {
        object: 'operation',
        id: `op_${run.once.intentId}`,
        status: 'running',
        operation: 'createPayment',
        connection: 'netsuite',
        idempotencyKey: 'key-00001',
        resource: null,
        result: null,
        problem: null,
        tries: 1,
        createdAt: '2026-03-31T09:30:00.000Z',
        updatedAt: '2026-03-31T09:30:00.000Z',
      },
    })
    expect(await world.intents.write(request(never))).toEqual(promised)
    run.succeed()
    await world.intents.drain(60_000)
    expect(await operation(running.id)).toMatchObject({
      status: 'succeeded',
      resource: { id: 'pay_netsuite_1' },
      result: payment,
      problem: null,
    })
  })

  it('the same key later gives the result itself', async () => {
    const { run } = await late()
    run.succeed()
    await settled()
    expect(await world.intents.write(request(never))).toEqual({ ...created, replayed: true })
  })

  it("ends with the call's signal too", async () => {
    const ended = new AbortController()
    const erp = fakeErp()
    const begun = erp.begun()
    const write = world.intents.write(request(erp.perform, { call: fakeCall({ signal: ended.signal }) }))
    const run = await begun
    ended.abort()
    expect(await write).toMatchObject({ status: 202 })
    run.succeed()
  })

  it('a refusal is kept for the operation and the key', async () => {
    const { run, operation: running } = await late()
    run.fail(error('period_closed'))
    await settled()
    expect(await operation(running.id)).toMatchObject({ status: 'failed', problem: { code: 'period_closed' } })
    expect(await world.intents.write(request(never))).toMatchObject({
      status: 409,
      body: { code: 'period_closed' },
      replayed: true,
    })
  })

  it('what had not left by then never leaves, and the key is free', async () => {
    const erp = fakeErp({ send: false })
    const begun = erp.begun()
    const call = fakeCall({ deadlineMs: 1 })
    await expect(world.intents.write(request(erp.perform, { call }))).rejects.toMatchObject({
      code: 'provider_timeout',
      applied: 'no',
    })
    expect(await find()).toBeNull()
    const run = await begun
    await expect(run.binding.beforeWrite()).rejects.toThrow('taken back')
    run.fail(error('provider_failed'))
    expect((await endWith((next) => next.succeed(), { fingerprint: 'corrected' })).answer).toMatchObject({
      status: 201,
    })
  })

  it('what was not applied frees the key, and the operation stays readable', async () => {
    const { run, operation: running } = await late()
    run.fail(error('provider_failed', { applied: 'no' }))
    await settled()
    expect(await operation(running.id)).toMatchObject({
      status: 'failed',
      idempotencyKey: 'key-00001',
      problem: { code: 'provider_failed', applied: 'no' },
    })
    expect((await endWith((next) => next.succeed(), { fingerprint: 'corrected' })).answer).toMatchObject({
      status: 201,
      replayed: false,
    })
  })

  it('an unknown end stays 202', async () => {
    const { run, operation: running } = await late()
    run.fail(error('provider_timeout'))
    await settled()
    expect(await world.intents.write(request(never))).toMatchObject({
      status: 202,
      body: { id: running.id, status: 'unknown', problem: { applied: 'unknown' } },
    })
  })
})

describe('an end that comes in the very moment of the deadline', () => {
  /** The deadline has passed, and before that is noted the run ends. */
  async function photoFinish(end: (run: Run) => void) {
    const erp = fakeErp()
    const begun = erp.begun()
    const { store } = world
    const markPromised = store.markPromised.bind(store)
    store.markPromised = async (id) => {
      end(await begun)
      await settled()
      return markPromised(id)
    }
    return world.intents.write(request(erp.perform, { call: fakeCall({ deadlineMs: 1 }) }))
  }

  it('is the answer, not a 202', async () => {
    expect(await photoFinish((run) => run.succeed())).toEqual({ ...created, replayed: false })
  })

  it('is the error, and the key is free', async () => {
    const refused = error('rate_limited')
    await expect(photoFinish((run) => run.fail(refused))).rejects.toBe(refused)
    expect(await find()).toMatchObject({ state: 'failed', answer: null })
  })
})

describe('drain', () => {
  it('waits for work in progress, and begins none', async () => {
    const { run, operation: running } = await late()
    const drained = world.intents.drain(60_000)
    await expect(world.intents.write(request(never, { key: 'key-00002' }))).rejects.toMatchObject({
      code: 'overloaded',
    })
    run.succeed()
    await drained
    expect(await operation(running.id)).toMatchObject({ status: 'succeeded' })
  })

  it('gives up in time', async () => {
    await late()
    await world.intents.drain(1)
    expect(await find()).toMatchObject({ state: 'sending' })
  })
})

describe('operations', () => {
  it('are visible to their caller only', async () => {
    const { run, operation: running } = await late()
    run.succeed()
    await settled()
    expect(await world.operations.get('other', running.id)).toBeNull()
    expect(await world.operations.get('billing', running.id.slice(3))).toBeNull()
    expect(await world.operations.list({ caller: 'other', status: null, limit: 10 })).toEqual([])
    expect(await world.operations.list({ caller: 'billing', status: 'succeeded', limit: 10 })).toMatchObject([
      { id: running.id },
    ])
  })

  it('name a record as result, nothing else', async () => {
    const { run, operation: running } = await late()
    run.succeed({ body: { object: 'list' } })
    await settled()
    expect(await operation(running.id)).toMatchObject({ status: 'succeeded', result: null })
  })
})

describe('keeping', () => {
  it('lasts as long as promised, and no longer', async () => {
    await endWith((run) => run.succeed())
    const touch = (key: string) => endWith((run) => run.succeed(), { key })
    world.now += 30 * DAY
    await touch('key-00002')
    expect(await world.intents.write(request(never))).toMatchObject({ replayed: true })
    world.now += DAY
    await touch('key-00003')
    expect(await find()).toBeNull()
    expect(await find('key-00002')).not.toBeNull()
  })

  it('never ends for an unknown one', async () => {
    await endWith((run) => run.fail(error('provider_timeout')))
    world.now += 400 * DAY
    await endWith((run) => run.succeed(), { key: 'key-00002' })
    expect(await world.intents.write(request(never))).toMatchObject({ status: 202 })
  })
})
