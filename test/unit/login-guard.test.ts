/** A refused login keeps the connection at rest, so that nobody locks the user; beside successes it is load. */
import { beforeEach, describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { LoginGuard } from '../../src/gateway/login-guard.ts'

let now: number
let guard: LoginGuard
beforeEach(() => {
  now = Date.parse('2026-03-31T09:30:00Z')
  guard = new LoginGuard(() => new Date(now))
})
const refused = new GatewayError('provider_refused', 'Invalid login attempt.')

describe('a refused login', () => {
  it('rests for a minute, then tries again', () => {
    guard.check()
    expect(guard.judge(refused)).toBe(refused)
    now += 59_000
    expect(() => guard.check()).toThrow(
      expect.objectContaining({ code: 'provider_refused', options: expect.objectContaining({ retryAfterSeconds: 1 }) }),
    )
    now += 1000
    expect(() => guard.check()).not.toThrow()
  })
  it('is load where a login worked a moment ago', () => {
    guard.succeeded()
    now += 59_000
    expect(guard.judge(refused)).toMatchObject({ code: 'rate_limited', applied: 'no' })
    expect(() => guard.check()).not.toThrow()
    now += 1000
    expect(guard.judge(refused)).toBe(refused)
    expect(() => guard.check()).toThrow()
  })
  it('is nothing else', () => {
    const other = new GatewayError('provider_failed', 'broken')
    expect(guard.judge(other)).toBe(other)
    expect(() => guard.check()).not.toThrow()
  })
})
