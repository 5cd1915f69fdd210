/** Steps of the Intacct provider: sent twice they happen once, and another process finds out what became of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attributed } from '../../src/gateway/found.ts'
import type { StepContext, WriteOnce, WriteStep } from '../../src/providers/provider.ts'
import { newIntentId } from '../../src/store/intent-id.ts'
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { CUSTOMER_CASES } from './intacct-customer-steps.ts'
import { type Case, PAYMENT_CASES, type Prepared } from './intacct-step-kinds.ts'
import { intacctWorld, NOW, once, refusal, resumed } from './intacct-world.ts'

const CASES = [...PAYMENT_CASES, ...CUSTOMER_CASES]
const world = intacctWorld()
let proxy: FaultProxy
beforeAll(async () => {
  proxy = await startFaultProxy(new URL(world.sandbox.url).origin)
})
afterAll(() => proxy.close())

const connected = ({ settings = {} }: Case) => world.connect(settings)()
/** Behind the proxy, which can lose answers. */
const behindProxy = ({ settings = {} }: Case) =>
  world.connect({ ...settings, endpoint: `${proxy.url}${new URL(world.sandbox.url).pathname}` })()

/** What the gateway makes of a look, where it knows of no other write. */
const look = async (one: Case, step: WriteStep, context: StepContext) =>
  attributed(await connected(one).steps!.probe(step, context), { ...context, resource: null, isNew: false }, null)

class Planned extends Error {}

/** The step as the store has it: text that a process made which is gone. */
async function planned(
  one: Case,
  { write }: Prepared,
  promisedAt = NOW.getTime(),
): Promise<{ step: WriteStep; context: StepContext }> {
  const context = { intentId: newIntentId(NOW.getTime()), promisedAt, index: 0, earlier: [], resumed: false }
  let text = ''
  const promise: WriteOnce = {
    ...context,
    run: async (steps) => {
      expect(steps).toHaveLength(1)
      text = JSON.stringify(steps[0])
      throw new Planned()
    },
  }
  await expect(write(connected(one), promise)).rejects.toBeInstanceOf(Planned)
  return { step: JSON.parse(text), context }
}

describe.each(CASES.map((one) => [one.title, one] as const))('%s', (_, one) => {
  it('is sent once, however often', async () => {
    const prepared = await one.prepare(world)
    const before = await prepared.trace()
    const { step, context } = await planned(one, prepared)
    expect(step.kind).toBe(one.kind)
    // A change of a customer has no fence: that another write had the same aim is the gateway's to know.
    const byState = one.kind === 'change-customer' ? { byState: true } : {}
    expect(await look(one, step, context)).toEqual({ outcome: 'absent', ...byState })
    expect(await prepared.trace()).toEqual(before)
    const result = await connected(one).steps!.send(step, context)
    const after = await prepared.trace()
    expect(after).not.toEqual(before)
    expect(await look(one, step, context)).toEqual({ outcome: 'done', result, ...byState })
    const again = connected(one).steps!.send(step, context)
    // Which of several that look the same it is, is the gateway's to say.
    if (one.alike) await expect(again).rejects.toMatchObject({ code: 'provider_garbled', applied: 'unknown' })
    else expect(await again).toEqual(result)
    expect(await prepared.trace()).toEqual(after)
  })

  it('gives its answer although the ERP’s was lost', async () => {
    const prepared = await one.prepare(world)
    const lost = proxy.fail(({ body }) => body.includes('<uniqueid>true</uniqueid>'), { kind: 'drop-after' })
    const connection = behindProxy(one)
    const promise = once(connection)
    const before = await prepared.trace()
    await prepared.write(connection, promise)
    expect(lost.met()).toBe(1)
    expect(await prepared.trace()).not.toEqual(before)
    expect(promise.results).toHaveLength(1)
  })

  it('is finished by another process', async () => {
    const prepared = await one.prepare(world)
    proxy.fail(({ body }) => body.includes('<uniqueid>true</uniqueid>'), { kind: 'drop-before' })
    const connection = behindProxy(one)
    const promise = once(connection)
    const before = await prepared.trace()
    expect((await refusal(prepared.write(connection, promise))).applied).toBe('unknown')
    expect(await prepared.trace()).toEqual(before)
    const other = resumed(promise, connected(one))
    await expect(other.resume(false)).rejects.toThrow()
    await other.resume(true)
    const after = await prepared.trace()
    expect(after).not.toEqual(before)
    expect(other.results).toHaveLength(1)
    const third = resumed(promise, connected(one))
    await third.resume(true)
    expect(third.results).toEqual(other.results)
    expect(await prepared.trace()).toEqual(after)
  })
})

describe.each(CASES.filter(({ alone }) => !alone).map((one) => [one.title, one] as const))('%s', (_, one) => {
  it('is unclear after what somebody else did', async () => {
    const prepared = await one.prepare(world)
    const { step, context } = await planned(one, prepared, NOW.getTime() - 3000)
    await prepared.meddle!()
    expect(await look(one, step, context)).toMatchObject({ outcome: 'unclear' })
  })
})

describe('a customer that was made or changed a moment before', () => {
  it('is not taken for changed by somebody else', async () => {
    const change = CUSTOMER_CASES.find(({ kind }) => kind === 'change-customer') as Case
    // Whole seconds, their clock and the way there: the change can seem to be the later one.
    for (const late of [0, 500, 999]) {
      const prepared = await change.prepare(world)
      await prepared.meddle!()
      const { step, context } = await planned(change, prepared, NOW.getTime() - late)
      expect(await look(change, step, context)).toMatchObject({ outcome: 'absent' })
    }
  })
})
