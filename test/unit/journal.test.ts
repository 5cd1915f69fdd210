/** The steps of one write: what is put back, what is told, and what a later process makes of it. */
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { Journal } from '../../src/gateway/journal.ts'

describe('steps of one write', () => {
  const back = { kind: 'restore' }
  const two = [{ kind: 'release' }, { kind: 'refund', otherwise: back }]
  /** Every step as the runner saw it; each says how it ends. */
  const scripted = (ends: Record<string, unknown>) => {
    const seen: string[] = []
    const runner = {
      send: async ({ kind }: { kind: string }) => {
        seen.push(kind)
        if (ends[kind]) throw ends[kind]
        return { nativeId: kind }
      },
      probe: async () => ({ outcome: 'absent' as const }),
    }
    const journal = new Journal({ id: 'i', createdAt: 0 }, { requestId: 'r', instance: '/', resource: null })
    journal.bind(runner)
    return { journal, seen }
  }
  const refused = new GatewayError('rejected', 'No.')

  it('what the first did is put back when the second is refused, and the refusal is what is told', async () => {
    const { journal, seen } = scripted({ refund: refused })
    await expect(journal.run(two)).rejects.toBe(refused)
    expect(seen).toEqual(['release', 'refund', 'restore'])
  })

  it('the same after a restart in the middle of putting back', async () => {
    const { journal } = scripted({ refund: refused, restore: new GatewayError('provider_timeout', 'Lost.') })
    await expect(journal.run(two)).rejects.toMatchObject({ applied: 'unknown' })
    const text = journal.text
    const later = Journal.restore({ id: 'i', createdAt: 0, journal: text }) as Journal
    const again = scripted({})
    later.bind({
      send: async ({ kind }) => {
        again.seen.push(kind)
        return { nativeId: kind }
      },
      probe: async () => ({ outcome: 'absent' }),
    })
    await expect(later.resume(true)).rejects.toMatchObject({ code: 'rejected', applied: 'no' })
    expect(again.seen).toEqual(['restore'])
  })

  it('what was done before a refusal and cannot be put back is not called "not applied"', async () => {
    const steps = [{ kind: 'release' }, { kind: 'refund' }]
    const { journal } = scripted({ refund: refused })
    await expect(journal.run(steps)).rejects.toMatchObject({ code: 'rejected', applied: 'unknown' })
    const later = Journal.restore({ id: 'i', createdAt: 0, journal: journal.text }) as Journal
    await expect(later.resume(true)).rejects.toMatchObject({ code: 'rejected', applied: 'yes' })
  })

  it('a pause after the first leaves the write open: it is not called "not applied"', async () => {
    const { journal } = scripted({ refund: new GatewayError('rate_limited', 'Later.') })
    await expect(journal.run(two)).rejects.toMatchObject({ code: 'rate_limited', applied: 'unknown' })
  })

  it('a refused try that is followed by another that works is no refusal', async () => {
    const { journal } = scripted({ create: refused })
    await expect(journal.run([{ kind: 'create' }])).rejects.toBe(refused)
    await journal.run([{ kind: 'update' }])
    const later = Journal.restore({ id: 'i', createdAt: 0, journal: journal.text }) as Journal
    await later.resume(true)
    expect(later.results).toEqual([{ nativeId: 'update' }])
  })
})
