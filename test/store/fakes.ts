/** Stand-ins for the layers around a stored write. */
import { pino } from 'pino'
import type { Problem } from '../../schemas/problem.ts'
import { FAILURES, GatewayError } from '../../src/errors.ts'
import type { Call } from '../../src/gateway/call.ts'

export const fakeCall = (more: Partial<Call> = {}): Call => ({
  requestId: 'req_1',
  caller: { name: 'billing', scopes: new Set(), connections: new Set(['*']) },
  operation: 'createPayment',
  log: pino({ level: 'silent' }),
  signal: new AbortController().signal,
  deadlineMs: 60_000,
  lenient: false,
  timing: { exchanges: 0, upstreamMs: 0 },
  ...more,
})

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
