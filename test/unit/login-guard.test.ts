/** A refused login keeps the connection at rest, so that nobody locks the user; beside successes it is load. */
import { beforeEach, describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { LoginGuard } from '../../src/gateway/login-guard.ts'

const START = Date.parse('2026-03-31T09:30:00Z')
let now: number
let guard: LoginGuard
beforeEach(() => {
  now = START
  guard = new LoginGuard(() => new Date(now))
})
const read = { effect: 'read' } as const
const write = { effect: 'write' } as const
const refused = new GatewayError('provider_refused', 'Invalid login attempt.', { login: 'refused' })
const isOpen = (request: { effect: 'read' | 'write'; login?: boolean } = read): boolean => {
  try {
    guard.admit(request)()
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: 'provider_refused', options: { retryAfterSeconds: expect.any(Number) } })
    return false
  }
}

describe('a refused login', () => {
  it('rests for a minute, tells so, and then goes on', () => {
    expect([isOpen(), isOpen(write), guard.rest]).toEqual([true, true, null])
    expect(guard.judge(refused)).toBe(refused)
    const rest = { since: START, until: START + 60_000, reason: 'Invalid login attempt.' }
    expect(guard.rest).toMatchObject(rest)
    now += 9_999
    expect([isOpen(), isOpen(write)]).toEqual([false, false])
    now = START + 59_000
    expect(isOpen(write)).toBe(false)
    expect(guard.rest).toMatchObject(rest)
    now += 1000
    expect([isOpen(write), guard.rest]).toEqual([true, null])
  })

  it('lets one read find out early, alone and with its login; answered, the rest is over', () => {
    guard.judge(refused)
    now += 10_000
    const end = guard.admit(read)
    expect([isOpen(), isOpen({ effect: 'read', login: true })]).toEqual([false, true])
    guard.succeeded()
    end()
    expect([isOpen(), isOpen(write), guard.rest]).toEqual([true, true, null])
  })

  it('lets no second one: refused again, it rests for a whole minute', () => {
    guard.judge(refused)
    now += 60_000
    guard.admit(read)
    guard.judge(refused)
    now += 59_000
    expect(isOpen()).toBe(false)
    expect(guard.rest).toMatchObject({ since: START, until: START + 120_000 })
  })

  it('is tried one at a time after the rest, until something is answered', () => {
    guard.judge(refused)
    now += 61_000
    const end = guard.admit(read)
    expect([isOpen(), isOpen({ effect: 'write' })]).toEqual([false, false])
    end()
    const again = guard.admit(write)
    expect(isOpen()).toBe(false)
    const said = { status: 404, provider: 'any', code: null, message: null, supportId: null }
    guard.judge(new GatewayError('not_found', 'No such record.', { ended: true, upstream: said }))
    again()
    expect([guard.admit(read), guard.admit(read)]).toHaveLength(2)
  })

  it('is tried slowly where the try says nothing of the login', () => {
    guard.judge(refused)
    now += 10_000
    guard.admit(read)()
    expect(guard.judge(new GatewayError('provider_failed', 'broken'))).toMatchObject({ code: 'provider_failed' })
    expect(isOpen()).toBe(false)
    now += 10_000
    expect(isOpen()).toBe(true)
  })

  it('is load where a login worked a moment ago', () => {
    guard.succeeded()
    now += 59_000
    expect(guard.judge(refused)).toMatchObject({ code: 'rate_limited', applied: 'no' })
    expect(isOpen()).toBe(true)
    now += 1000
    expect(guard.judge(refused)).toBe(refused)
    expect(isOpen()).toBe(false)
  })

  it('is nothing else, whatever its code and words are', () => {
    for (const other of [
      new GatewayError('provider_failed', 'broken'),
      new GatewayError('provider_refused', 'invalid session'),
      new GatewayError('provider_refused', 'Invalid session.', { login: 'ended' }),
    ]) {
      expect(guard.judge(other)).toBe(other)
      expect(isOpen()).toBe(true)
    }
  })
})
