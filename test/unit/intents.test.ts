/** Writes happen once: every rule of src/gateway/intents.ts, with an ERP whose answers the test gives by hand. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Operation } from '../../schemas/operation.ts'
import { type FailureCode, GatewayError, type GatewayErrorOptions } from '../../src/errors.ts'
import type { WriteAnswer } from '../../src/gateway/call.ts'
import type { WriteBinding } from '../../src/gateway/connections.ts'
import { Intents, type WriteRequest } from '../../src/gateway/intents.ts'
import type { WriteOnce } from '../../src/providers/provider.ts'
import { openStore } from '../../src/store/open.ts'
import type { IntentStore } from '../../src/store/store.ts'
import { fakeCall, fakeProblem } from '../store/fakes.ts'

const DAY = 86_400_000
const folder = mkdtempSync(join(tmpdir(), 'intents-'))
let files = 0
let now = Date.parse('2026-03-31T09:30:00Z')
let store: IntentStore
let intents: Intents

beforeEach(async () => {
  now = Date.parse('2026-03-31T09:30:00Z')
  store = await openStore(`sqlite:${join(folder, `${++files}.db`)}`, () => now)
  intents = new Intents(store, { retentionDays: 30, now: () => new Date(now) })
})
afterEach(() => store.close())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One run of `perform`, halted until the test lets it go on. */
interface Run {
  readonly once: WriteOnce
  readonly binding: WriteBinding
  succeed(answer?: Partial<WriteAnswer>): void
  fail(error: unknown): void
}
const payment = { object: 'payment', id: 'pay_netsuite_1', amount: '1500.00' }
const created: WriteAnswer = {
  status: 201,
  headers: { location: '/v1/payments/pay_netsuite_1' },
  body: payment,
  resourceId: 'pay_netsuite_1',
}

/** An ERP: `runs` has every run of `perform`; `begun` resolves with the next one. */
function fakeErp({ send = true } = {}) {
  const runs: Run[] = []
  const waiting: ((run: Run) => void)[] = []
  const perform: WriteRequest['perform'] = async ({ once, binding }) => {
    if (send) await binding.beforeWrite()
    return new Promise((resolve, reject) => {
      const run: Run = { once, binding, succeed: (answer = {}) => resolve({ ...created, ...answer }), fail: reject }
      runs.push(run)
      waiting.shift()?.(run)
    })
  }
  const begun = () => new Promise<Run>((resolve) => waiting.push(resolve))
  return { runs, perform, begun }
}
const request = (perform: WriteRequest['perform'], more: Partial<WriteRequest> = {}): WriteRequest => ({
  call: fakeCall(),
  connection: 'netsuite',
  key: 'key-00001',
  fingerprint: 'f',
  perform,
  problemOf: (error) => fakeProblem(error),
  ...more,
})
const at = (deadlineMs: number) => ({ call: fakeCall({ deadlineMs }) })
const never: WriteRequest['perform'] = () => {
  throw new Error('performed again')
}
const find = (key = 'key-00001') =>
  store.find({ caller: 'billing', connection: 'netsuite', operation: 'createPayment', key })
const error = (code: FailureCode, options: GatewayErrorOptions = {}) =>
  new GatewayError(code, 'The ERP said so.', options)

/** The first call with the key ends like this, and is caught. */
async function endWith(
  end: (run: Run) => void,
  { send = true, ...more }: Partial<WriteRequest> & { send?: boolean } = {},
) {
  const erp = fakeErp({ send })
  const begun = erp.begun()
  const write = intents.write(request(erp.perform, more)).then(
    (answer) => ({ answer, thrown: undefined }),
    (thrown: unknown) => ({ answer: undefined, thrown }),
  )
  end(await begun)
  return write
}
/** The first call gets its 202; its run goes on. */
async function late({ send = true } = {}) {
  const erp = fakeErp({ send })
  const begun = erp.begun()
  const promised = await intents.write(request(erp.perform, at(1)))
  return { run: await begun, promised, operation: promised.body as Operation }
}
const operation = async (id: string) => intents.operation('billing', id)

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
    expect(await store.list({ caller: 'billing', status: null, limit: 10 })).toEqual([])
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
    expect(await store.get(id)).toMatchObject({ state: 'succeeded', tries: 1, resourceId: 'pay_netsuite_1' })
  })

  it('is stored as sending before beforeWrite ends, once for all its writes', async () => {
    const states: unknown[] = []
    const perform: WriteRequest['perform'] = async ({ binding }) => {
      states.push((await find())?.state)
      await Promise.all([binding.beforeWrite(), binding.beforeWrite()])
      states.push((await find())?.state)
      await binding.beforeWrite()
      return created
    }
    await intents.write(request(perform))
    expect(states).toEqual(['accepted', 'sending'])
    expect(await find()).toMatchObject({ tries: 1 })
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
      await intents.recover()
      await binding.beforeWrite()
      sent = true
      return created
    }
    await expect(intents.write(request(perform))).rejects.toMatchObject({ applied: 'no' })
    expect(sent).toBe(false)
  })

  it('sends nothing when the store fails, and says so', async () => {
    let sent = false
    const perform: WriteRequest['perform'] = async ({ binding }) => {
      await store.close()
      await binding.beforeWrite()
      sent = true
      return created
    }
    await expect(intents.write(request(perform))).rejects.toMatchObject({
      code: 'overloaded',
      status: 503,
      applied: 'no',
    })
    await expect(intents.write(request(never))).rejects.toMatchObject({ code: 'overloaded', applied: 'no' })
    expect(sent).toBe(false)
  })

  it('still hears of its success when the store fails afterwards', async () => {
    const perform: WriteRequest['perform'] = async ({ binding }) => {
      await binding.beforeWrite()
      await store.close()
      return created
    }
    expect(await intents.write(request(perform))).toEqual({ ...created, replayed: false })
  })
})

describe('the same key again', () => {
  it('repeats status, headers and body', async () => {
    await endWith((run) => run.succeed())
    expect(await intents.write(request(never))).toEqual({ ...created, replayed: true })
  })

  it('repeats an answer without a body', async () => {
    await endWith((run) => run.succeed({ status: 204, headers: {}, body: undefined, resourceId: null }))
    expect(await intents.write(request(never))).toEqual({
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
    const write = intents.write(request(erp.perform))
    const run = await begun
    await expect(intents.write(other)).rejects.toMatchObject(refused)
    run.succeed()
    await write
    await expect(intents.write(other)).rejects.toMatchObject(refused)
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
    const writes = Array.from({ length: 50 }, () => intents.write(request(erp.perform)))
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
    expect(await intents.write(request(never))).toEqual(promised)
    run.succeed()
    await intents.drain(60_000)
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
    expect(await intents.write(request(never))).toEqual({ ...created, replayed: true })
  })

  it("ends with the call's signal too", async () => {
    const ended = new AbortController()
    const erp = fakeErp()
    const begun = erp.begun()
    const write = intents.write(request(erp.perform, { call: fakeCall({ signal: ended.signal }) }))
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
    expect(await intents.write(request(never))).toMatchObject({
      status: 409,
      body: { code: 'period_closed' },
      replayed: true,
    })
  })

  it('what was not applied frees the key, and the operation stays readable', async () => {
    const { run, operation: running } = await late({ send: false })
    run.fail(error('provider_failed'))
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
    expect(await intents.write(request(never))).toMatchObject({
      status: 202,
      body: { id: running.id, status: 'unknown', problem: { applied: 'unknown' } },
    })
  })
})

/** Lets the background work end; unlike drain it leaves the intents open for more. */
async function settled(): Promise<void> {
  while ((await store.list({ caller: 'billing', status: 'running', limit: 1 })).length > 0)
    await new Promise(setImmediate)
}

describe('when it worked and could not be read back', () => {
  const unread = error('provider_timeout', { applied: 'yes', resourceId: 'pay_netsuite_1' })

  it('throws as it is, and a replay reads', async () => {
    expect(await endWith((run) => run.fail(unread))).toEqual({ thrown: unread })
    expect(await find()).toMatchObject({ state: 'succeeded', resourceId: 'pay_netsuite_1', answer: null })
    const reread = async (id: string) => ({ ...created, body: { read: id } })
    const first = await intents.write(request(never, { reread }))
    expect(first).toEqual({ ...created, body: { read: 'pay_netsuite_1' }, replayed: true })
    // The answer is kept: nothing more is read.
    expect(await intents.write(request(never, { reread: never as never }))).toEqual(first)
  })

  it('says again that it was applied when reading fails again', async () => {
    await endWith((run) => run.fail(unread))
    const reread = async () => {
      throw error('provider_unavailable')
    }
    await expect(intents.write(request(never, { reread }))).rejects.toMatchObject({
      code: 'provider_unavailable',
      applied: 'yes',
      options: { resourceId: 'pay_netsuite_1' },
    })
  })

  it('repeats the problem where nothing can be read', async () => {
    await endWith((run) => run.fail(unread))
    expect(await intents.write(request(never))).toMatchObject({
      status: 504,
      body: { applied: 'yes', resource: { id: 'pay_netsuite_1' } },
      replayed: true,
    })
  })

  it('shows as succeeded', async () => {
    let id = ''
    await endWith((run) => {
      id = run.once.intentId
      run.fail(unread)
    })
    expect(await operation(`op_${id}`)).toMatchObject({
      status: 'succeeded',
      resource: { id: 'pay_netsuite_1' },
      result: null,
      problem: null,
    })
  })
})

describe('a definite refusal of the ERP', () => {
  it.each(['rejected', 'period_closed', 'conflict', 'not_found', 'invalid_reference'] as const)(
    '%s is kept and repeated exactly',
    async (code) => {
      const refused = error(code, { headers: { allow: 'GET' } })
      expect(await endWith((run) => run.fail(refused))).toEqual({ thrown: refused })
      const again = await intents.write(request(never, { problemOf: (thrown) => fakeProblem(thrown, 'req_2') }))
      expect(again).toEqual({
        status: refused.status,
        headers: { 'content-type': 'application/problem+json; charset=utf-8', allow: 'GET' },
        body: fakeProblem(refused, 'req_1'),
        resourceId: null,
        replayed: true,
      })
    },
  )

  it.each([
    'rate_limited',
    'provider_refused',
    'provider_permission',
    'provider_unavailable',
    'overloaded',
    'not_supported',
    'unauthenticated',
    'forbidden',
  ] as const)('%s is none: the key is free', async (code) => {
    const { thrown } = await endWith((run) => run.fail(error(code)))
    expect(thrown).toMatchObject({ code })
    expect(await find()).toBeNull()
    expect((await endWith((run) => run.succeed(), { fingerprint: 'g' })).answer).toMatchObject({
      status: 201,
      replayed: false,
    })
  })

  it('given without sending anything is not kept: the corrected content may use the key', async () => {
    await endWith((run) => run.fail(error('invalid_reference')), { send: false })
    expect(await find()).toBeNull()
    expect((await endWith((run) => run.succeed(), { fingerprint: 'g' })).answer).toMatchObject({ status: 201 })
  })
})

describe('an unknown end', () => {
  it.each(['provider_timeout', 'provider_failed', 'provider_garbled', 'internal_error'] as const)(
    '%s is 202 and is never sent again',
    async (code) => {
      const { answer } = await endWith((run) => run.fail(error(code)))
      expect(answer).toMatchObject({
        status: 202,
        headers: { 'retry-after': '5' },
        body: { status: 'unknown', problem: { code, applied: 'unknown' } },
      })
      expect(await intents.write(request(never))).toEqual(answer)
      const { id } = (await find())!
      expect(answer!.headers!['location']).toBe(`/v1/operations/op_${id}`)
    },
  )

  it('is no unknown end when nothing was sent', async () => {
    const { thrown } = await endWith((run) => run.fail(error('provider_failed')), { send: false })
    expect(thrown).toMatchObject({ code: 'provider_failed', applied: 'no' })
    expect(await find()).toBeNull()
  })
})

describe('a defect', () => {
  it('before sending frees the key', async () => {
    const defect = new TypeError('undefined is not a function')
    expect(await endWith((run) => run.fail(defect), { send: false })).toEqual({ thrown: defect })
    expect(await find()).toBeNull()
  })

  it('after sending began leaves it unknown', async () => {
    const { answer } = await endWith((run) => run.fail(new TypeError('undefined is not a function')))
    expect(answer).toMatchObject({ status: 202, body: { status: 'unknown', problem: { code: 'internal_error' } } })
    expect(await intents.write(request(never))).toEqual(answer)
  })
})

describe('drain', () => {
  it('waits for work in progress, and begins none', async () => {
    const { run, operation: running } = await late()
    const drained = intents.drain(60_000)
    await expect(intents.write(request(never, { key: 'key-00002' }))).rejects.toMatchObject({ code: 'overloaded' })
    run.succeed()
    await drained
    expect(await operation(running.id)).toMatchObject({ status: 'succeeded' })
  })

  it('gives up in time', async () => {
    await late()
    await intents.drain(1)
    expect(await find()).toMatchObject({ state: 'sending' })
  })
})

describe('operations', () => {
  it('are visible to their caller only', async () => {
    const { run, operation: running } = await late()
    run.succeed()
    await settled()
    expect(await intents.operation('other', running.id)).toBeNull()
    expect(await intents.operation('billing', running.id.slice(3))).toBeNull()
    expect(await intents.operations({ caller: 'other', status: null, limit: 10 })).toEqual([])
    expect(await intents.operations({ caller: 'billing', status: 'succeeded', limit: 10 })).toMatchObject([
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
    now += 30 * DAY
    await touch('key-00002')
    expect(await intents.write(request(never))).toMatchObject({ replayed: true })
    now += DAY
    await touch('key-00003')
    expect(await find()).toBeNull()
    expect(await find('key-00002')).not.toBeNull()
  })

  it('never ends for an unknown one', async () => {
    await endWith((run) => run.fail(error('provider_timeout')))
    now += 400 * DAY
    await endWith((run) => run.succeed(), { key: 'key-00002' })
    expect(await intents.write(request(never))).toMatchObject({ status: 202 })
  })
})
