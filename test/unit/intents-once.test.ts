/** A law: whatever happens and however often it is repeated, what may have been sent is not sent again. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import type { WriteAnswer } from '../../src/gateway/call.ts'
import { Intents } from '../../src/gateway/intents.ts'
import { openStore } from '../../src/store/open.ts'
import { fakeCall, fakeProblem } from '../store/fakes.ts'

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

const call = fc.record({
  kind: fc.constant('call' as const),
  end: fc.constantFrom(...ENDS),
  sends: fc.boolean(),
  content: fc.constantFrom('f', 'g'),
  at: fc.constantFrom('together' as const, 'alone' as const),
})
const steps = fc.array(
  fc.oneof({ weight: 5, arbitrary: call }, { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) }),
  { minLength: 1, maxLength: 12 },
)

it('what may have been sent is not sent again', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const store = await openStore('sqlite::memory:')
      let intents = new Intents(store, { retentionDays: 30 })
      /** The content that may be at the ERP, once there may be any. */
      let sent: string | null = null
      let epoch = 0
      const write = async (end: End, sends: boolean, content: string) => {
        const born = epoch
        let halt = () => {}
        // A stuck call is over for its caller as soon as it is stuck.
        const gone = new AbortController()
        const outcome = await intents
          .write({
            call: fakeCall({ signal: gone.signal }),
            connection: 'netsuite',
            key: 'key-00001',
            fingerprint: content,
            problemOf: fakeProblem,
            reread: async () => answer,
            perform: async ({ binding }) => {
              expect(sent, `${end} runs although it may have been sent`).toBeNull()
              if (sends) {
                await binding.beforeWrite()
                expect(born).toBe(epoch)
                if (end !== 'nothing') sent = content
              }
              if (end === 'works' && !sends) sent = content
              if (end === 'unread' && !sends) sent = content
              if (end === 'stuck') {
                gone.abort()
                await new Promise<void>((resolve) => {
                  halt = resolve
                })
              }
              throwEnd(end)
              return answer
            },
          })
          .catch((error: unknown) => error as GatewayError)
        void halt
        // Other content never gets the answer of what was sent.
        if (sent !== null && content !== sent) expect(outcome).toMatchObject({ code: 'idempotency_key_reused' })
      }
      for (const step of sequence) {
        if (step.kind === 'restart') {
          epoch++
          intents = new Intents(store, { retentionDays: 30 })
          await intents.recover()
        } else if (step.at === 'alone') await write(step.end, step.sends, step.content)
        else await Promise.all([write(step.end, step.sends, step.content), write(step.end, step.sends, step.content)])
      }
      await store.close()
    }),
    { numRuns: Number(process.env['LONG'] ? 2000 : 150) },
  )
})
