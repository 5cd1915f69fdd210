/** Writes happen once: what is kept of each way in which a write can end. */
import { describe, expect, it } from 'vitest'
import { fakeProblem } from '../store/fakes.ts'
import { beginEachTestAnew, created, endWith, error, find, never, operation, request, world } from '../store/world.ts'

beginEachTestAnew()

describe('when it worked and could not be read back', () => {
  const unread = error('provider_timeout', { applied: 'yes', resourceId: 'pay_netsuite_1' })

  it('throws as it is, and a replay reads', async () => {
    expect(await endWith((run) => run.fail(unread))).toEqual({ thrown: unread })
    expect(await find()).toMatchObject({ state: 'succeeded', resourceId: 'pay_netsuite_1', answer: null })
    const reread = async (id: string) => ({ ...created, body: { read: id } })
    const first = await world.intents.write(request(never, { reread }))
    expect(first).toEqual({ ...created, body: { read: 'pay_netsuite_1' }, replayed: true })
    // The answer is kept: nothing more is read.
    expect(await world.intents.write(request(never, { reread: never as never }))).toEqual(first)
  })

  it('says again that it was applied when reading fails again', async () => {
    await endWith((run) => run.fail(unread))
    const reread = async () => {
      throw error('provider_unavailable')
    }
    await expect(world.intents.write(request(never, { reread }))).rejects.toMatchObject({
      code: 'provider_unavailable',
      applied: 'yes',
      options: { resourceId: 'pay_netsuite_1' },
    })
  })

  it('repeats the problem where nothing can be read', async () => {
    await endWith((run) => run.fail(unread))
    expect(await world.intents.write(request(never))).toMatchObject({
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
  it('of what was left after a part was done is a failure that says so, every time', async () => {
    const partly = error('not_changeable', { applied: 'yes', resourceId: 'pay_netsuite_1' })
    expect(await endWith((run) => run.fail(partly))).toEqual({ thrown: partly })
    expect(await find()).toMatchObject({ state: 'failed', resourceId: 'pay_netsuite_1' })
    const body = { code: 'not_changeable', applied: 'yes', resource: { id: 'pay_netsuite_1' } }
    expect(await world.intents.write(request(never, { reread: never as never }))).toMatchObject({
      ...{ status: 409, replayed: true, body },
    })
  })

  it.each(['rejected', 'period_closed', 'conflict', 'not_found', 'invalid_reference'] as const)(
    '%s is kept and repeated exactly',
    async (code) => {
      const refused = error(code, { headers: { allow: 'GET' } })
      expect(await endWith((run) => run.fail(refused))).toEqual({ thrown: refused })
      const again = await world.intents.write(request(never, { problemOf: (thrown) => fakeProblem(thrown, 'req_2') }))
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
    const first = await find()
    expect(first).toMatchObject({ state: 'failed', answer: null })
    // It may have left: the same content goes on with the same intent, and so with its fence.
    const again = await endWith((run) => {
      expect(run.once.intentId).toBe(first?.id)
      run.fail(error(code))
    })
    expect(again.thrown).toMatchObject({ code })
    expect((await endWith((run) => run.succeed(), { fingerprint: 'g' })).answer).toMatchObject({
      status: 201,
      replayed: false,
    })
    expect((await find())?.id).not.toBe(first?.id)
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
      expect(await world.intents.write(request(never))).toEqual(answer)
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
    expect(await world.intents.write(request(never))).toEqual(answer)
  })
})
