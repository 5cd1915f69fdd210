/** How long a stored write may go on. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Sending } from '../../src/gateway/sending.ts'
import { isTimeout } from '../../src/wire/unanswered.ts'

const QUARTER_HOUR_MS = 900_000
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('is a quarter of an hour, then it counts as timed out, and until it left it ends with its call', async () => {
  const call = new AbortController()
  const sending = new Sending(call.signal, async () => ({}) as never)
  expect(sending.signal).toBe(call.signal)
  await sending.beforeWrite()
  call.abort()
  const { signal } = sending
  vi.advanceTimersByTime(QUARTER_HOUR_MS - 1)
  expect(signal.aborted).toBe(false)
  vi.advanceTimersByTime(1)
  expect(signal.aborted).toBe(true)
  expect(isTimeout(signal.reason)).toBe(true)
})

it('leaves no timer behind when it ends', async () => {
  const sending = new Sending(new AbortController().signal, async () => ({}) as never)
  await sending.beforeWrite()
  expect(vi.getTimerCount()).toBe(1)
  sending.end()
  expect(vi.getTimerCount()).toBe(0)
})
