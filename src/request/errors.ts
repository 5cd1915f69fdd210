/** Every error answer of the HTTP server: handlers, unknown routes, wrong methods, requests that are not HTTP. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { GatewayError } from '../errors.ts'
import { describeError } from '../logging.ts'
import type { DefaultPlace } from '../providers/provider.ts'
import { newRequestId } from './call.ts'
import { asGatewayError, toProblem } from './problems.ts'

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8'

/** The fields that the caller named, in the body or the path. */
export const sentBy = ({ params, body }: FastifyRequest): object => ({ ...(params as object), ...(body as object) })

/** The problem document of an error as this request's caller gets it. */
export function problemOf(request: FastifyRequest, error: unknown, mapping?: object) {
  return toProblem(asGatewayError(error), {
    requestId: request.id,
    instance: request.url.split('?', 1)[0] ?? '/',
    operation: request.routeOptions?.config?.operation ?? null,
    reads: request.method === 'GET' || request.method === 'HEAD',
    connection: request.connectionName,
    mapping,
    sent: sentBy(request),
    defaults: request.defaultPlaces ?? [],
  })
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const known = asGatewayError(error)
  const { headers, retryAfterSeconds } = known.options
  if (headers) reply.headers(headers)
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  else if (known.status === 429 || known.status === 503) reply.header('retry-after', '5')
  const { mapping } = request
  return reply
    .code(known.status)
    .type(PROBLEM_JSON)
    .send(problemOf(request, known, mapping ?? undefined))
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The mapping of the record that the request is about: turns the vendor's field names into the caller's. */
    mapping: object | null
    /** What its connection's settings put where the caller says nothing. */
    defaultPlaces: readonly DefaultPlace[] | null
  }
}

export function registerErrors(app: FastifyInstance, log: Logger): void {
  app.decorateRequest('mapping', null)
  app.decorateRequest('defaultPlaces', null)
  const routes: { pattern: RegExp; method: string }[] = []
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) routes.push({ pattern: asPattern(route.url), method })
  })
  app.setErrorHandler((error, request, reply) => {
    const known = asGatewayError(error)
    if (known.code === 'internal_error')
      log.error({ requestId: request.id, error: describeError(known.cause ?? known) }, 'internal error')
    return sendProblem(request, reply, known)
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const allowed = [...new Set(routes.filter((route) => route.pattern.test(path)).map((route) => route.method))].sort()
    if (allowed.length === 0)
      return sendProblem(request, reply, new GatewayError('not_found', 'There is no such route.'))
    const headers = { allow: allowed.join(', ') }
    return sendProblem(
      request,
      reply,
      new GatewayError('method_not_allowed', `${request.method} is not allowed here.`, { headers }),
    )
  })
}

const asPattern = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}$`)

/** For requests that Fastify cannot route at all, such as a broken percent escape. */
export function frameworkErrors(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const refused = new GatewayError('invalid_request', 'The URL cannot be read.', { cause: error })
  void reply
    .code(400)
    .header('x-request-id', request.id)
    .type(PROBLEM_JSON)
    .send(toProblem(refused, { requestId: request.id, instance: '/', operation: null }))
}

/** For bytes that are not HTTP: there is no request to answer, only a socket. */
export function clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const requestId = newRequestId()
  const refused = new GatewayError('invalid_request', 'The request is not valid HTTP.')
  const body = JSON.stringify({ ...toProblem(refused, { requestId, instance: '/', operation: null }), status })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${PROBLEM_JSON}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
