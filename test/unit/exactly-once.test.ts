/** The law of the whole product: whatever is lost, late, frozen or restarted, a keyed payment is in the ERP once, or is refused. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { openStore } from '../../src/store/open.ts'
import {
  type ErpOptions,
  Instance,
  LEASE_MS,
  StepErp,
  TREATMENTS,
  type Treatment,
  WINDOW_MS,
} from '../store/step-erp.ts'

type Event =
  | { kind: 'pay'; instance: 0 | 1; key: 0 | 1; treatment: Treatment }
  | { kind: 'look'; instance: 0 | 1; fails: boolean; treatment: Treatment }
  | { kind: 'restart'; instance: 0 | 1 }
  | { kind: 'thaw' }
  | { kind: 'wait'; ms: number }

const which = fc.constantFrom<0 | 1>(0, 1)
const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('pay' as const),
        instance: which,
        key: which,
        treatment: fc.constantFrom(...TREATMENTS),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('look' as const),
        instance: which,
        fails: fc.boolean(),
        treatment: fc.constantFrom(...TREATMENTS),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), instance: which }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'thaw' as const }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.constantFrom(1500, LEASE_MS + 1, WINDOW_MS / 2, WINDOW_MS + 1),
      }),
    },
  ),
  { minLength: 3, maxLength: 20 },
)

/** Lets everything that can go on without the test go on. */
const rest = async () => {
  for (let turn = 0; turn < 15; turn++) await new Promise(setImmediate)
}

async function play(sequence: readonly Event[], found: NonNullable<ErpOptions['found']>): Promise<string[]> {
  let clock = Date.parse('2026-03-31T09:30:00Z')
  const now = () => new Date(clock)
  const store = await openStore('sqlite::memory:', () => clock)
  // Without a fence at the ERP: what keeps it to one record here is the gateway alone.
  const erp = new StepErp(() => clock, { fenced: false, found })
  const instances = [new Instance(store, erp, now), new Instance(store, erp, now)]
  const wrong: string[] = []
  const promised = new Map<string, string>()
  const check = (answer: unknown, key: string) => {
    if (answer instanceof GatewayError) return
    const { status, resourceId } = answer as { status: number; resourceId: string | null }
    if (status !== 201 || resourceId === null) return
    const before = promised.get(key)
    if (before !== undefined && before !== resourceId) wrong.push(`${key} was answered ${before} and ${resourceId}`)
    promised.set(key, resourceId)
    const fence = resourceId.replace('pay_netsuite_', '')
    if (erp.count(fence) !== 1) wrong.push(`${resourceId} was answered and is in the ERP ${erp.count(fence)} times`)
  }
  for (const event of sequence) {
    erp.next.length = 0
    if (event.kind === 'pay') {
      erp.next.push(event.treatment)
      const key = `key-0000${event.key}`
      void instances[event.instance]?.pay(key).then((answer) => check(answer, key))
    } else if (event.kind === 'look') {
      erp.probeFails = event.fails ? 'rejected' : null
      erp.next.push(event.treatment)
      void instances[event.instance]?.resolver.tick()
      await rest()
      erp.probeFails = null
    } else if (event.kind === 'restart') instances[event.instance] = new Instance(store, erp, now)
    else if (event.kind === 'thaw') for (const go of erp.frozen.splice(0)) go()
    else clock += event.ms
    await rest()
  }
  // The storm is over: everything that is open ends.
  erp.next.length = 0
  for (const go of erp.frozen.splice(0)) go()
  await rest()
  for (let round = 0; round < 12; round++) {
    clock += WINDOW_MS + 1
    await instances[round % 2]?.resolver.tick()
  }
  const all = await store.list({ caller: 'billing', status: null, limit: 100 })
  const claims = all.flatMap(({ state, resourceId }) => (state === 'succeeded' ? resourceId : []))
  if (new Set(claims).size < claims.length) wrong.push(`one record is the result of two writes: ${claims.join(', ')}`)
  for (const intent of all) {
    // What is known by its looks only may be given to the one or the other: each has one, that is all.
    const there = erp.count(intent.resourceId?.replace('pay_netsuite_', '') ?? intent.id)
    if (intent.state === 'succeeded' && there !== 1) wrong.push(`${intent.id} succeeded and is there ${there} times`)
    if (intent.state === 'failed' && there !== 0) wrong.push(`${intent.id} failed and is there ${there} times`)
    if (!['succeeded', 'failed'].includes(intent.state)) wrong.push(`${intent.id} never ended: ${intent.state}`)
  }
  const known = new Set(all.map(({ id }) => id))
  for (const { fence } of erp.records) {
    if (erp.count(fence) > 1) wrong.push(`${fence} is there ${erp.count(fence)} times`)
    if (!known.has(fence)) wrong.push(`${fence} is there and forgotten`)
  }
  await store.close()
  return [...new Set(wrong)]
}

it.each(['by fence', 'by looks', 'never: it replays'] as const)(
  'a payment is in the ERP once, or was refused, whatever happens on the way; it is found %s',
  async (found) => {
    await fc.assert(
      fc.asyncProperty(events, async (sequence) => {
        expect(await play(sequence, found)).toEqual([])
      }),
      { numRuns: process.env['LONG'] ? 2000 : 100 },
    )
  },
)
