/** A law: whatever happens and however often it is repeated, what may have been sent is not sent again. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import type { WriteAnswer } from '../../src/gateway/call.ts'
import { Intents } from '../../src/gateway/intents.ts'
import type { WriteRequest } from '../../src/gateway/write-request.ts'
import { openStore } from '../../src/store/open.ts'
import { anywhere, fakeCall, fakeProblem, leasesOf, recover } from '../store/fakes.ts'

const answer: WriteAnswer = { status: 201, headers: {}, body: { object: 'payment' }, resourceId: 'pay_netsuite_1' }
/** How a run of `perform` ends. `stuck`: not before the process dies. `nothing`: the ERP said for certain that nothing was done. */
const ENDS = ['works', 'unread', 'refused', 'nothing', 'unknown', 'defect', 'stuck'] as const
type End = (typeof ENDS)[number]

function throwEnd(end: End): void {
  if (end === 'unread')
    throw new GatewayError('provider_failed', 'No read back.', { applied: 'yes', resourceId: 'pay_netsuite_1' })
  if (end === 'refused') throw new GatewayError('rejected', 'No.')
  if (end === 'nothing') throw new GatewayError('rate_limited', 'Not now.')
  if (end === 'unknown') throw new GatewayError('provider_timeout', 'Nobody knows.')
  if (end === 'defect') throw new TypeError('A defect.')
}

type Step = { kind: 'restart' } | { kind: 'call'; end: End; sends: boolean; content: string; together: number }
const call = fc.record({
  kind: fc.constant('call' as const),
  end: fc.constantFrom(...ENDS),
  sends: fc.boolean(),
  content: fc.constantFrom('f', 'g'),
  together: fc.integer({ min: 1, max: 3 }),
})
const steps = fc.array(
  fc.oneof({ weight: 5, arbitrary: call }, { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) }),
  { minLength: 1, maxLength: 12 },
)

/** One key over any sequence of calls and restarts; tells every run that must not have been. */
async function play(sequence: readonly Step[]) {
  const store = await openStore('sqlite::memory:')
  let intents = new Intents(store, { retentionDays: 30, leases: leasesOf(store) })
  // What a failing expectation throws inside `perform` would pass for a defect of the gateway.
  const wrong: string[] = []
  /** The content that may be at the ERP, once there may be any. */
  let sent: string | null = null
  const write = async ({ end, sends, content }: { end: End; sends: boolean; content: string }) => {
    const gone = new AbortController()
    const perform: WriteRequest['perform'] = async ({ binding }) => {
      if (sent !== null) wrong.push(`${end} runs although ${sent} may have been sent`)
      if (sends) await binding.beforeWrite()
      const atErp = end === 'works' || end === 'unread' || (sends && end !== 'nothing')
      if (atErp) sent = content
      if (end === 'stuck') {
        // Its caller gets a 202, and nothing more happens until the process dies.
        gone.abort()
        await new Promise(() => {})
      }
      throwEnd(end)
      return answer
    }
    const request = {
      call: fakeCall({ signal: gone.signal }),
      connection: 'netsuite',
      key: 'key-00001',
      fingerprint: content,
      ...anywhere,
    }
    const outcome = await intents
      .write({ ...request, perform, problemOf: fakeProblem, reread: async () => answer })
      .catch((error: unknown) => error as GatewayError)
    const refused = outcome instanceof GatewayError && outcome.code === 'idempotency_key_reused'
    if (sent !== null && content !== sent && !refused) wrong.push(`${content} got the answer of ${sent}`)
  }
  for (const step of sequence) {
    if (step.kind === 'restart') {
      intents = new Intents(store, { retentionDays: 30, leases: leasesOf(store) })
      await recover(store)
    } else await Promise.all(Array.from({ length: step.together }, () => write(step)))
  }
  await store.close()
  return wrong
}

it('what may have been sent is not sent again', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      expect(await play(sequence)).toEqual([])
    }),
    { numRuns: process.env['LONG'] ? 2000 : 200 },
  )
}, 300_000)
