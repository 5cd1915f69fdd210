/** Stand-ins for the layers around a stored write. */
import { pino } from 'pino'
import type { Problem } from '../../schemas/problem.ts'
import { FAILURES, GatewayError } from '../../src/errors.ts'
import type { Call } from '../../src/gateway/call.ts'
import { Connections } from '../../src/gateway/connections.ts'
import { Leases } from '../../src/gateway/leases.ts'
import { Resolver } from '../../src/gateway/resolver.ts'
import type { IntentStore } from '../../src/store/store.ts'

export const fakeCall = (more: Partial<Call> = {}): Call => ({
  requestId: 'req_1',
  caller: { name: 'billing', scopes: new Set(), connections: new Set(['*']) },
  operation: 'createPayment',
  log: pino({ level: 'silent' }),
  signal: new AbortController().signal,
  deadlineMs: 60_000,
  lenient: false,
  respondAsync: false,
  timing: { exchanges: 0, upstreamMs: 0 },
  ...more,
})

/** The parts of a write that tests do not care about. */
export const anywhere = { instance: '/v1/payments', resource: null, sent: [] as readonly string[] } as const

export const leasesOf = (store: IntentStore, now = () => new Date()): Leases =>
  new Leases(store, { leaseSeconds: 30, now, log: pino({ level: 'silent' }) })

/** What a start does with what a dead process left: no connection is configured, so nothing can be asked. */
export async function recover(store: IntentStore, now = () => new Date()): Promise<void> {
  await store.abandonLeases()
  const resolver = new Resolver({
    store,
    connections: new Connections([], null),
    leases: leasesOf(store, now),
    consistencyWindowSeconds: 900,
    everyMs: 1000,
    log: pino({ level: 'silent' }),
    now,
    problemOf: (error) => fakeProblem(error),
  })
  while ((await resolver.tick()) > 0);
}

export function fakeProblem(thrown: unknown, requestId = 'req_1'): Problem {
  const error = thrown instanceof GatewayError ? thrown : new GatewayError('internal_error', 'The gateway failed.')
  const { title, status, retryable } = FAILURES[error.code]
  const { resourceId, errors = [] } = error.options
  return {
    type: `/problems/${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    instance: '/v1/payments',
    requestId,
    applied: error.applied,
    retryable,
    ...(resourceId !== undefined && { resource: { id: resourceId } }),
    errors: [...errors],
  }
}
