/** A write from HTTP to the ERP and back: key, fingerprint, promise, answer. The same for every resource. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { Call, WriteAnswer } from '../gateway/call.ts'
import type { OpenConnection } from '../gateway/connections.ts'
import { cutPoint } from '../gateway/cut-points.ts'
import { fingerprint } from '../gateway/fingerprint.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { gatewayId, parseId, type RecordKind } from '../gateway/ids.ts'
import type { Journal } from '../gateway/journal.ts'
import { Patience } from '../gateway/patience.ts'
import type { Connection } from '../providers/provider.ts'
import { callOf } from './call.ts'
import { problemOf, sentBy } from './errors.ts'
import { idempotencyKey } from './idempotency.ts'

export interface Write {
  readonly connection: OpenConnection
  readonly keyRequired: boolean
  /** What kind of record is written; its id stands in answers and problems. None where only the ERP knows. */
  readonly kind?: RecordKind
  readonly perform: (bound: Connection, once: Journal, key: string | null) => Promise<WriteAnswer>
  /** Reads what was written but could not be read back at the time. */
  readonly reread?: (bound: Connection, nativeId: string) => Promise<WriteAnswer>
}

export async function runWrite(
  gateway: Gateway,
  request: FastifyRequest,
  reply: FastifyReply,
  write: Write,
): Promise<FastifyReply> {
  const call = callOf(request)
  const { connection } = write
  request.connectionName = connection.name
  const key = idempotencyKey(request.headers['idempotency-key'], write.keyRequired)
  const { reread } = write
  const result = await gateway.intents.write({
    call,
    connection: connection.name,
    key,
    fingerprint:
      key === null
        ? ''
        : fingerprint({ path: request.url.split('?', 1)[0] ?? '/', query: request.query, body: request.body }),
    instance: request.url.split('?', 1)[0] ?? '/',
    resource: (request.params as { id?: string }).id ?? null,
    sent: Object.keys(sentBy(request)),
    problemOf: (error) => problemOf(request, error, request.mapping ?? undefined),
    perform: async ({ once, binding }) => {
      const bound = connection.bind(call, binding)
      once.bind(bound.steps, new Patience(call.deadlineMs, call.signal))
      try {
        return await write.perform(bound, once, key)
      } catch (error) {
        throw publishResource(error, write, connection)
      }
    },
    ...(reread && { reread: (resourceId: string) => rereadNative(call, write, connection, resourceId) }),
  })
  reply.code(result.status)
  if (result.headers) reply.headers(result.headers)
  if (result.replayed) reply.header('idempotent-replayed', 'true')
  if (result.status === 202 && call.respondAsync) reply.header('preference-applied', 'respond-async')
  if (result.status >= 400) reply.type('application/problem+json; charset=utf-8')
  cutPoint('before-answer-sent')
  return result.body === null || result.body === undefined ? reply.send() : reply.send(result.body)
}

function rereadNative(call: Call, write: Write, connection: OpenConnection, resourceId: string): Promise<WriteAnswer> {
  if (!write.reread || !write.kind) throw new GatewayError('internal_error', 'The operation cannot be read again.')
  return write.reread(connection.bind(call), parseId(resourceId, write.kind, '/resource/id').nativeId)
}

/** Providers name the record that exists by its native id; callers see the gateway's. */
function publishResource(error: unknown, write: Write, connection: OpenConnection): unknown {
  if (!(error instanceof GatewayError) || error.options.resourceId === undefined || !write.kind) return error
  return error.with({ resourceId: gatewayId(write.kind, connection.name, error.options.resourceId) })
}
