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

  it('what could not be put back is not called "not applied" either', async () => {
    const { journal } = scripted({ refund: refused, restore: new GatewayError('period_closed', 'Closed.') })
    await expect(journal.run(two)).rejects.toMatchObject({ applied: 'unknown' })
    const later = Journal.restore({ id: 'i', createdAt: 0, journal: journal.text }) as Journal
    await expect(later.resume(true)).rejects.toMatchObject({ code: 'rejected', applied: 'yes' })
  })

  describe('one that may have been sent', () => {
    const lost = new GatewayError('provider_timeout', 'Lost.')
    /** A write whose answer was lost, as another process finds it. */
    const found = async () => {
      const { journal } = scripted({ create: lost })
      const sent = journal.run([{ kind: 'create' }]).catch(() => {})
      journal.leaving()
      await sent
      return Journal.restore({ id: 'i', createdAt: 0, journal: journal.text }) as Journal
    }

    it('is not refused because the looking is: nobody knows then', async () => {
      const later = await found()
      later.bind({
        send: async () => ({ nativeId: null }),
        probe: async () => {
          throw new GatewayError('not_found', 'No such record.', { applied: 'no' })
        },
      })
      await expect(later.resume(true)).rejects.toMatchObject({ code: 'not_found', applied: 'unknown' })
    })

    it.each([
      ['has it after all', { outcome: 'done', result: { nativeId: '7' } } as const, null],
      ['has something else', { outcome: 'unclear', detail: 'Two.' } as const, { message: 'Two.' }],
      ['has it not', { outcome: 'absent' } as const, refused],
    ])('and is refused when it is sent again is looked for once more: the ERP %s', async (_, second, end) => {
      const later = await found()
      const looks = [{ outcome: 'absent' } as const, second]
      later.bind({
        send: async () => {
          throw refused
        },
        probe: async () => looks.shift() ?? { outcome: 'absent' },
      })
      const resumed = later.resume(true)
      if (end) await expect(resumed).rejects.toMatchObject(end)
      else await resumed
      expect(later.results).toEqual(second.outcome === 'done' ? [second.result] : [])
    })
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

  it('what only reads as wanted is not called done when another write to the record has succeeded meanwhile', async () => {
    const lost = new GatewayError('provider_timeout', 'Lost.')
    const asked: unknown[] = []
    const written = (others: boolean, byState: boolean, { upsert = false } = {}) => {
      const journal = new Journal(
        { id: 'i', createdAt: 5 },
        { requestId: 'r', instance: '/', resource: upsert ? null : 'pay_netsuite_1' },
        {
          others: {
            othersSucceeded: async (...about) => {
              asked.push(about)
              return others
            },
            idOf: (nativeId) => `cus_netsuite_${nativeId}`,
            unclaimed: async (ids) => (upsert ? [] : ids),
            open: async () => [],
          },
        },
      )
      journal.bind({
        send: async () => {
          journal.leaving()
          throw lost
        },
        probe: async () => ({ outcome: 'done', result: { nativeId: '1' }, ...(byState && { byState }) }),
      })
      return journal.run([{ kind: 'change' }], upsert ? { created: false } : {})
    }
    await expect(written(true, true)).rejects.toMatchObject({ code: 'provider_timeout', applied: 'unknown' })
    expect(asked).toEqual([['pay_netsuite_1', 5, 'i']])
    expect(await written(false, true)).toEqual([{ nativeId: '1' }])
    // A fence cannot be taken for another's.
    expect(await written(true, false)).toEqual([{ nativeId: '1' }])
    // An upsert that changes knows its record from the ERP only, and another write has made that.
    expect(await written(false, true, { upsert: true })).toEqual([{ nativeId: '1' }])
    await expect(written(true, true, { upsert: true })).rejects.toMatchObject({ applied: 'unknown' })
    expect(asked.at(-1)).toEqual(['cus_netsuite_1', 5, 'i'])
  })
})
