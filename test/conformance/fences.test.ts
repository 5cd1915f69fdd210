/** The suite watches itself: a provider whose second payment vanishes, or whose fence is none, turns it red. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PROVIDERS } from '../../src/providers/index.ts'
import type { StepResult, StepRunner } from '../../src/providers/provider.ts'
import { newIntentId } from '../../src/store/intent-id.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { proved, SCENARIOS } from './fences.ts'

/** What is wrong with the provider; null: nothing. */
let fault: ((steps: StepRunner) => StepRunner) | null = null
const faulty = PROVIDERS.map((provider) => ({
  ...provider,
  connect: (settings: never, account: never) => {
    const bind = provider.connect(settings, account)
    return (send: never) => {
      const bound = bind(send)
      return { ...bound, ...(bound.steps && fault && { steps: fault(bound.steps) }) }
    }
  },
})) as unknown as typeof PROVIDERS

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 2, providers: faulty })
})
afterAll(() => gateway.close())

const run = (scenario: keyof typeof SCENARIOS) => {
  const connection = 'netsuite'
  const world = { gateway, request: gateway.request, connection, erp: gateway.erps[connection], fewLists: false }
  return proved(world, 'createPayment', SCENARIOS[scenario])
}
const NAMES = Object.keys(SCENARIOS) as (keyof typeof SCENARIOS)[]
const [LOST_ANSWER, NEVER_ARRIVED, ELSEWHERE, TWICE, TWO_KEYS] = NAMES as [
  keyof typeof SCENARIOS,
  ...(typeof NAMES)[number][],
] as (keyof typeof SCENARIOS)[]

it('is green for a sound provider', async () => {
  fault = null
  for (const name of NAMES) await run(name)
})

/** The newest payment, whosever it is, for the one that is looked for. */
const takesAnyRecord = (steps: StepRunner): StepRunner => ({
  send: async (step, context) => {
    made = await steps.send(step, context)
    return made
  },
  probe: async () => (made ? { outcome: 'done', result: made } : { outcome: 'absent' }),
})
let made: StepResult | null = null
/** One with equal content is the same one. */
const joinsEqualOnes = (steps: StepRunner): StepRunner => ({
  ...steps,
  send: async (step, context) => {
    const content = JSON.stringify(step)
    joined.set(content, joined.get(content) ?? (await steps.send(step, context)))
    return joined.get(content) as StepResult
  },
})
const joined = new Map<string, StepResult>()
const withoutFence = (steps: StepRunner): StepRunner => ({
  ...steps,
  send: (step, context) => steps.send(step, { ...context, intentId: newIntentId(Date.now()) }),
})

it.each([
  ['takes any record for its own', takesAnyRecord, TWO_KEYS],
  ['joins two equal payments', joinsEqualOnes, TWO_KEYS],
  ['has no fence, and sends twice', withoutFence, TWICE],
  ['has no fence, and finds nothing', withoutFence, ELSEWHERE],
  ['has no fence, and loses its answer', withoutFence, LOST_ANSWER],
  [
    'never sends again',
    (steps: StepRunner) => ({ ...steps, probe: async () => ({ outcome: 'unclear', detail: '' }) as const }),
    NEVER_ARRIVED,
  ],
])('is red for a provider that %s', async (_, wrong, scenario) => {
  fault = wrong
  await expect(run(scenario as keyof typeof SCENARIOS)).rejects.toThrow()
})
