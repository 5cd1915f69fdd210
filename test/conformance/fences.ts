/** What is promised of every write with a key, whatever is lost: it is in the books once, and two of them are two. */
import { expect } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { Journal } from '../../src/gateway/journal.ts'
import { Unclear } from '../../src/gateway/journal-entries.ts'
import { otherWrites } from '../../src/gateway/other-writes.ts'
import type { OperationName, StepResult, WriteStep } from '../../src/providers/provider.ts'
import { fakeCall } from '../store/fakes.ts'
import { HTML_502 } from '../support/erps.ts'
import type { Exchange, Fault } from '../support/fault-proxy.ts'
import { type Answer, newKey } from '../support/gateway.ts'
import { FENCED_WRITES, type FencedWrite, type Prepared } from './fenced-writes.ts'
import type { Area, World } from './promises.ts'

/** One write in one world; what is wrong with it is thrown. */
type Scenario = (world: World, prepared: Prepared, write: FencedWrite) => Promise<void>

export const SCENARIOS = {
  'is in the books once when its answer is lost, and is answered as always': async (world, { call, done }) => {
    const answer = await losing(world, { kind: 'drop-after' }, () => call({ key: newKey() }))
    expect([told(answer), await done()]).toEqual(['done', 1])
  },
  'is in the books once when it never arrived, and another process sends it again': async (world, { call, done }) => {
    const lost = await losing(world, { kind: 'drop-before' }, () => call({ key: newKey() }))
    expect([lost.status, await done()]).toEqual([202, 0])
    expect(await resumedElsewhere(world, lost, true)).toBe('done')
    expect(await done()).toBe(1)
  },
  'is in the books once when another process finds what became of it': async (world, { call, done }) => {
    const lost = await losing(world, { kind: 'drop-after' }, () => call({ key: newKey() }), 'blind')
    expect([lost.status, await done()]).toEqual([202, 1])
    const writes = world.erp.proxy.exchanges.filter(world.erp.isWrite).length
    expect(await resumedElsewhere(world, lost, false)).toBe('done')
    expect([world.erp.proxy.exchanges.filter(world.erp.isWrite).length, await done()]).toEqual([writes, 1])
  },
  'is in the books once when it is sent twice, by the caller and to the ERP': async (world, { call, done }) => {
    const key = newKey()
    const answers = await Promise.all([call({ key }), call({ key })])
    expect(answers.map(told)).toContain('done')
    expect(told(await call({ key }))).toBe('done')
    expect(await done()).toBe(1)
    await everyStepAgain(world, key)
    expect(await done()).toBe(1)
  },
  'is not taken for another: of two equal ones under two keys each is in the books': async (world, prepared, write) => {
    const { call, done } = prepared
    const lost = await losing(world, { kind: 'drop-before' }, () => call({ key: newKey() }))
    expect([lost.status, await done()]).toEqual([202, 0])
    const second = await call({ key: newKey() })
    expect([told(second), await done()]).toEqual(['done', 1])
    const first = await resumedElsewhere(world, lost, true)
    if (write.equal === 'both') expect(first).toBe('done')
    const count = [first, told(second)].filter((end) => end === 'done').length
    expect(await done()).toBe(write.equal === 'sets' ? 1 : count)
  },
} satisfies Readonly<Record<string, Scenario>>

export const fences: Area = (promise) => {
  for (const operation of Object.keys(FENCED_WRITES) as OperationName[])
    for (const [sentence, scenario] of Object.entries(SCENARIOS))
      promise(`${operation} ${sentence}`, [operation], (world) => proved(world, operation, scenario))
}

/** The scenario with a fresh record, where the connection does the write at all. */
export async function proved(world: World, operation: OperationName, scenario: Scenario): Promise<void> {
  const write = FENCED_WRITES[operation]
  if (!write || !(await isThere(world, operation, write))) return
  const prepared = await write.prepare(world)
  world.erp.proxy.forget()
  world.erp.proxy.mend()
  await scenario(world, prepared, write)
}

const known = new WeakMap<World['gateway'], Map<OperationName, boolean>>()
/** It is done when nothing is lost; or the ERP has closed the record, and nothing was sent. */
async function isThere(world: World, operation: OperationName, write: FencedWrite): Promise<boolean> {
  const of = known.get(world.gateway) ?? new Map<OperationName, boolean>()
  known.set(world.gateway, of)
  const before = of.get(operation)
  if (before !== undefined) return before
  const { call, done } = await write.prepare(world)
  world.erp.proxy.forget()
  const answer = await call({ key: newKey() })
  const isDone = told(answer) === 'done'
  if (isDone) expect([operation, await done()]).toEqual([operation, 1])
  else {
    const sent = world.erp.proxy.exchanges.filter(world.erp.isWrite).length
    expect([operation, sent, answer.body.code]).toEqual([
      operation,
      0,
      expect.stringMatching(/^not_(changeable|supported)$/),
    ])
  }
  of.set(operation, isDone)
  return isDone
}

const told = ({ status, body }: Answer): string => (status < 300 && status !== 202 ? 'done' : (body?.code ?? 'open'))

/** The first write meets the fault; blind: nobody can look for it afterwards. */
async function losing({ erp }: World, fault: Fault, call: () => Promise<Answer>, sight?: 'blind'): Promise<Answer> {
  let sent = false
  erp.proxy.fail(erp.isWrite, fault)
  const blind = (exchange: Exchange) => {
    sent ||= erp.isWrite(exchange)
    return sent && erp.isRead(exchange)
  }
  if (sight) erp.proxy.fail(blind, { kind: 'answer', answer: HTML_502 }, 1000)
  const answer = await call()
  erp.proxy.mend()
  return answer
}

/** What the store has is all that the other process knows. */
async function resumedElsewhere({ gateway }: World, { body }: Answer, mayResend: boolean): Promise<string> {
  const { store, connections } = gateway.elsewhere()
  try {
    const intent = await store.get(body.id.slice(3))
    const journal = intent && Journal.restore(intent, otherWrites(store, intent))
    if (!journal) throw new Error('Nothing was stored that can be looked for.')
    journal.bind(connections.find(intent.connection)?.bind(fakeCall({ operation: intent.operation })).steps)
    await journal.resume(mayResend)
    return 'done'
  } catch (error) {
    if (error instanceof Unclear) return 'unclear'
    const { applied, code } = error as { applied?: string; code?: string }
    if (applied === 'no') return code ?? 'refused'
    throw error
  } finally {
    await connections.close()
  }
}

/** Each step that left leaves once more; the ERP may refuse it. */
async function everyStepAgain({ gateway }: World, key: string): Promise<void> {
  const { store, connections } = gateway.elsewhere()
  const newest = await Promise.all(
    ['tests', 'operator'].map((caller) => store.list({ caller, status: 'succeeded', limit: 5 })),
  )
  const intent = newest.flat().find((one) => one.key === key)
  const steps = JSON.parse(intent?.journal ?? '{"steps":[]}').steps as {
    step: WriteStep
    state: string
    result: StepResult | null
  }[]
  expect(steps).not.toEqual([])
  const runner = connections.find(intent?.connection ?? '')?.bind(fakeCall()).steps
  for (const [index, { step, state }] of steps.entries()) {
    if (state === 'pending') continue
    const earlier = steps.slice(0, index).flatMap(({ result }) => result ?? [])
    const context = { intentId: intent?.id ?? '', promisedAt: intent?.createdAt ?? 0, index, earlier, resumed: false }
    await runner?.send(step, context).catch((error: unknown) => expect(error).toBeInstanceOf(GatewayError))
  }
  await connections.close()
}
