/** Passthrough: the ERP's own API with the connection's login, limits and log. */
import type { FastifyInstance } from 'fastify'
import { Ref } from '../schemas/kit.ts'
import { Passthrough, PassthroughRequest } from '../schemas/passthrough.ts'
import { GatewayError } from '../src/errors.ts'
import type { OpenConnection } from '../src/gateway/connections.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { describe, IdempotencyHeader, LATER } from '../src/openapi.ts'
import type { Connection, NativeAnswer, NativeCall } from '../src/providers/provider.ts'
import { callOf } from '../src/request/call.ts'
import { markExactNumbers, registerExactJson } from '../src/request/exact-json.ts'
import { unsupported } from '../src/request/locate.ts'
import { ConnectionName, namedConnection } from '../src/request/named-connection.ts'
import { NoQuery } from '../src/request/read.ts'
import { runWrite } from '../src/request/write.ts'

const DESCRIPTION = [
  "The ERP's own API, for what this one has no words for: the gateway adds the login, keeps to the limits and logs the",
  "exchange (never its content). The ERP's failure is not a failure of the call: it answers 200 with the ERP's status inside.",
  'Reads are repeated where that is safe. Calls that write are never repeated, and an `Idempotency-Key` makes them happen once;',
  'where the ERP fails so that nobody knows whether it did the work, the answer with a key is 202. Reads need no key.',
].join(' ')

export function registerPassthrough(app: FastifyInstance, gateway: Gateway): void {
  app.register(async (scope) => {
    registerExactJson(scope)
    scope.post(
      '/v1/connections/:connection/passthrough',
      describe({
        operationId: 'passthrough',
        tag: 'connections',
        summary: "Call the ERP's own API",
        description: DESCRIPTION,
        scope: 'passthrough',
        headers: IdempotencyHeader(false),
        params: ConnectionName,
        query: NoQuery,
        body: Ref(PassthroughRequest),
        asks: 'write',
        answers: { 200: { description: "The ERP's answer.", schema: Ref(Passthrough) }, 202: LATER },
        failures: ['unknown_connection', 'not_supported'],
      }),
      async (request, reply) => {
        const connection = namedConnection(gateway, request)
        const body = request.body as PassthroughRequest
        const call = checked(connection, connection.bind(callOf(request)), body)
        if (call.effect === 'read') return published(connection, await call.run({ intentId: 'read' }))
        return runWrite(gateway, request, reply, {
          connection,
          keyRequired: false,
          perform: async (bound, once, key) => {
            const result = await checked(connection, bound, body).run(once)
            if (key !== null && result.inDoubt) throw inDoubt(connection, result)
            return { status: 200, body: published(connection, result), resourceId: null }
          },
        })
      },
    )
  })
}

function checked(connection: OpenConnection, bound: Connection, request: PassthroughRequest): NativeCall {
  if (!bound.passthrough) throw unsupported(connection, 'passthrough')
  return bound.passthrough(request)
}

const published = (connection: OpenConnection, { answer }: NativeAnswer) => {
  const shown = connection.withoutSecrets(answer)
  return { ...shown, body: markExactNumbers(shown.body) }
}

/** The key must not keep an answer that says nothing about what happened. */
function inDoubt(connection: OpenConnection, { answer: { status } }: NativeAnswer): GatewayError {
  const detail = `The ERP failed with status ${status}; whether it did what was asked is not known.`
  const upstream = { provider: connection.provider.name, status, code: null, message: null, supportId: null }
  return new GatewayError('provider_failed', detail, { applied: 'unknown', connection: connection.name, upstream })
}
