/** Every write to NetSuite happens once: answers are lost before and after the commit, and another process goes on. */
import { describe, expect, it } from 'vitest'
import { StillAbsent, Unclear } from '../../src/gateway/journal-entries.ts'
import type { StepResult, WriteStep } from '../../src/providers/provider.ts'
import { CREDITS, CUSTOMERS, PAYMENTS } from './netsuite-operations.ts'
import { attempt, behindProxy, books, type Operation, proxy, resume, writes } from './netsuite-steps-world.ts'
import { connect, inSandbox } from './netsuite-world.ts'

inSandbox()
behindProxy()

interface Entry {
  readonly step: WriteStep
  readonly state: string
  readonly result: StepResult | null
}

/** What the operation does when nothing is lost. */
async function undisturbed(operation: Operation) {
  const { outcome } = await attempt(operation)
  if (outcome.error) throw outcome.error
  return { books: books(), value: outcome.value, writes: writes() }
}
const everyWrite = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe.each([...PAYMENTS, ...CREDITS, ...CUSTOMERS])('$name', (operation) => {
  it('gives its normal answer when an answer is lost after the commit', async () => {
    const good = await undisturbed(operation)
    for (const nth of everyWrite(good.writes.length)) {
      const { outcome } = await attempt(operation, { kind: 'drop-after' }, nth)
      expect(outcome.error).toBeUndefined()
      expect(comparable(outcome.value)).toEqual(comparable(good.value))
      expect(books()).toEqual(good.books)
      expect(writes()).toEqual(good.writes)
    }
  })

  it('is finished by another process after a crash behind each of its writes', async () => {
    const good = await undisturbed(operation)
    for (const nth of everyWrite(good.writes.length)) {
      const crashed = await attempt(operation, { kind: 'drop-after' }, nth)
      // Of what the first process went on to do nothing is stored but the last write that left.
      proxy.forget()
      await resume(operation, crashed, false)
      expect(books()).toEqual(good.books)
      expect(writes()).toEqual([])
    }
  })

  it('is sent again only after the window, when the ERP never heard of it', async () => {
    const good = await undisturbed(operation)
    for (const nth of everyWrite(good.writes.length)) {
      const lost = await attempt(operation, { kind: 'drop-before' }, nth)
      expect(lost.outcome.error).toMatchObject({ applied: 'unknown' })
      const before = books()
      await expect(resume(operation, lost, false)).rejects.toThrow(StillAbsent)
      expect(books()).toEqual(before)
      await resume(operation, lost, true)
      expect(books()).toEqual(good.books)
    }
  })

  it('leaves one record when every step is sent twice', async () => {
    const good = await undisturbed(operation)
    const { stored, intentId } = await attempt(operation)
    const entries: Entry[] = JSON.parse(stored as string).steps
    const runner = connect(operation.settings).steps
    let refused = 0
    for (const [index, { step, state }] of entries.entries()) {
      if (state === 'pending') continue
      const earlier = entries.slice(0, index).flatMap(({ result }) => result ?? [])
      const again = runner?.send(step, { intentId, promisedAt: 0, index, earlier, resumed: false })
      await again?.catch((error: unknown) => {
        expect(error).toMatchObject({ applied: 'no', code: operation.refusedTwice })
        refused++
      })
    }
    expect(refused > 0).toBe(operation.refusedTwice !== undefined)
    expect(books()).toEqual(good.books)
  })

  it.runIf(operation.spoil)('is unclear, and nothing is sent, when somebody else came in between', async () => {
    const lost = await attempt(operation, { kind: 'drop-before' })
    await operation.spoil?.(connect(operation.settings), lost.id)
    const before = books()
    proxy.forget()
    await expect(resume(operation, lost, true)).rejects.toThrow(Unclear)
    expect(books()).toEqual(before)
    expect(writes()).toEqual([])
  })
})

/** Answers without the fences. */
const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null, (_, inner) => (/^gw_/.test(String(inner)) ? 'gw_' : inner)))
