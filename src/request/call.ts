/** The life of one incoming call: request id, caller, deadline, and the line in the log when it ends. */
import { randomBytes } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { GatewayError } from '../errors.ts'
import type { Call, Scope } from '../gateway/call.ts'
import { type Authenticate, requireScope } from './authentication.ts'
import { checkAccept, checkText, readPreferences } from './limits.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operationId; routes without one are not part of the API (docs, health). */
    operation?: string
    /** Null where no key is needed. */
    scope?: Scope | 'any' | null
    /** Whether a call without a body means an empty object. */
    emptyBody?: boolean
  }
  interface FastifyRequest {
    startedAt: number
    call: Call | null
    /** The connection that the call went to, for the log. */
    connectionName: string | null
  }
}

const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/
export const newRequestId = (): string => `req_${randomBytes(12).toString('base64url').replace(/[-_]/g, '0')}`

/** The caller's X-Request-Id where it is plain, else a new one. */
export const requestIdOf = (header: unknown): string =>
  typeof header === 'string' && REQUEST_ID.test(header) ? header : newRequestId()

export interface CallOptions {
  readonly authenticate: Authenticate
  readonly log: Logger
  readonly deadlineSeconds: number
}

/** Adds the hooks. Every operation has a `Call` when its handler runs. */
export function registerCalls(app: FastifyInstance, options: CallOptions): void {
  app.decorateRequest('startedAt', 0)
  app.decorateRequest('call', null)
  app.decorateRequest('connectionName', null)
  app.addHook('onRequest', async (request, reply) => {
    request.startedAt = performance.now()
    reply.header('x-request-id', request.id)
    const { operation, scope } = request.routeOptions.config
    if (!operation) return
    checkAccept(request.headers.accept)
    if (scope === null || scope === undefined) return
    request.call = startCall(request, operation, scope, options)
  })
  app.addHook('preValidation', async (request) => {
    if (request.body === undefined && request.routeOptions.config.emptyBody) request.body = {}
    checkText(request.params, '')
    checkText(request.query, '?')
    checkText(request.body, '')
  })
  app.addHook('onSend', async (request, reply) => {
    const upstream = request.call?.timing
    const total = performance.now() - request.startedAt
    const own = Math.max(0, total - (upstream?.upstreamMs ?? 0))
    reply.header(
      'server-timing',
      `gateway;dur=${own.toFixed(1)}, upstream;dur=${(upstream?.upstreamMs ?? 0).toFixed(1)};desc="${upstream?.exchanges ?? 0} calls"`,
    )
  })
  app.addHook('onResponse', async (request, reply) => {
    options.log.info(
      {
        requestId: request.id,
        method: request.method,
        // The pattern, never the url: ids and filters may name people.
        route: request.routeOptions.url ?? null,
        operation: request.routeOptions.config.operation ?? null,
        caller: request.call?.caller.name ?? null,
        connection: request.connectionName,
        status: reply.statusCode,
        durationMs: Math.round((performance.now() - request.startedAt) * 10) / 10,
        exchanges: request.call?.timing.exchanges ?? 0,
      },
      'call',
    )
  })
}

function startCall(request: FastifyRequest, operation: string, scope: Scope | 'any', options: CallOptions): Call {
  const caller = options.authenticate(request.headers.authorization)
  if (scope !== 'any') requireScope(caller, scope)
  const { waitSeconds, lenient, respondAsync } = readPreferences(request.headers.prefer)
  const deadlineMs = Math.min(options.deadlineSeconds, waitSeconds ?? options.deadlineSeconds) * 1000
  const signal = AbortSignal.timeout(deadlineMs)
  // Every exchange of the call listens to it, and a page may need dozens at a time: Node warns of more than ten.
  setMaxListeners(0, signal)
  return {
    requestId: request.id,
    caller,
    operation,
    log: options.log.child({ requestId: request.id }),
    signal,
    deadlineMs,
    lenient,
    respondAsync,
    timing: { exchanges: 0, upstreamMs: 0 },
  }
}

/** The call of a request whose route needs a key. */
export function callOf(request: FastifyRequest): Call {
  if (!request.call) throw new GatewayError('internal_error', 'The route has no scope.')
  return request.call
}
