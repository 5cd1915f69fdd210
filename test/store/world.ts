/** A gateway without its outside: a real store, and an ERP whose answers the test gives by hand. */
import { afterEach, beforeEach } from 'vitest'
import type { Operation } from '../../schemas/operation.ts'
import { type FailureCode, GatewayError, type GatewayErrorOptions } from '../../src/errors.ts'
import type { WriteAnswer } from '../../src/gateway/call.ts'
import type { WriteBinding } from '../../src/gateway/connections.ts'
import { Intents } from '../../src/gateway/intents.ts'
import { Operations } from '../../src/gateway/operations.ts'
import type { WriteRequest } from '../../src/gateway/write-request.ts'
import type { WriteOnce } from '../../src/providers/provider.ts'
import { openStore } from '../../src/store/open.ts'
import type { IntentStore } from '../../src/store/store.ts'
import { anywhere, fakeCall, fakeProblem, leasesOf } from './fakes.ts'

/** What every test of a file starts with anew. */
export const world = {} as { now: number; store: IntentStore; intents: Intents; operations: Operations }

/** To be called once by every file that uses the world: its hooks belong to the file. */
export function beginEachTestAnew(): void {
  beforeEach(async () => {
    world.now = Date.parse('2026-03-31T09:30:00Z')
    world.store = await openStore('sqlite::memory:', () => world.now)
    world.operations = new Operations(world.store)
    const now = () => new Date(world.now)
    world.intents = new Intents(world.store, { retentionDays: 30, leases: leasesOf(world.store, now), now })
  })
  afterEach(() => world.store.close())
}

/** One run of `perform`, halted until the test lets it go on. */
export interface Run {
  readonly once: WriteOnce
  readonly binding: WriteBinding
  succeed(answer?: Partial<WriteAnswer>): void
  fail(error: unknown): void
}
export const payment = { object: 'payment', id: 'pay_netsuite_1', amount: '1500.00' }
export const created: WriteAnswer = {
  status: 201,
  headers: { location: '/v1/payments/pay_netsuite_1' },
  body: payment,
  resourceId: 'pay_netsuite_1',
}

/** An ERP: `runs` has every run of `perform`; `begun` resolves with the next one. */
export function fakeErp({ send = true } = {}) {
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
export const request = (perform: WriteRequest['perform'], more: Partial<WriteRequest> = {}): WriteRequest => ({
  call: fakeCall(),
  connection: 'netsuite',
  key: 'key-00001',
  fingerprint: 'f',
  ...anywhere,
  perform,
  problemOf: (error) => fakeProblem(error),
  ...more,
})
const at = (deadlineMs: number) => ({ call: fakeCall({ deadlineMs }) })
export const never: WriteRequest['perform'] = () => {
  throw new Error('performed again')
}
export const find = (key = 'key-00001') =>
  world.store.find({ caller: 'billing', connection: 'netsuite', operation: 'createPayment', key })
export const error = (code: FailureCode, options: GatewayErrorOptions = {}) =>
  new GatewayError(code, 'The ERP said so.', options)

/** The first call with the key ends like this, and is caught. */
export async function endWith(
  end: (run: Run) => void,
  { send = true, ...more }: Partial<WriteRequest> & { send?: boolean } = {},
) {
  const erp = fakeErp({ send })
  const begun = erp.begun()
  const write = world.intents.write(request(erp.perform, more)).then(
    (answer) => ({ answer, thrown: undefined }),
    (thrown: unknown) => ({ answer: undefined, thrown }),
  )
  end(await begun)
  return write
}
/** The first call gets its 202; its run goes on. */
export async function late({ send = true } = {}) {
  const erp = fakeErp({ send })
  const begun = erp.begun()
  const promised = await world.intents.write(request(erp.perform, at(1)))
  return { run: await begun, promised, operation: promised.body as Operation }
}
export const operation = async (id: string) => world.operations.get('billing', id)
/** Lets the background work end; unlike drain it leaves the intents open for more. */
export async function settled(): Promise<void> {
  while ((await world.store.list({ caller: 'billing', status: 'running', limit: 1 })).length > 0)
    await new Promise(setImmediate)
}
