/** Operations: what became of a write whose answer was still open. */
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { Ref, StringEnum } from '../schemas/kit.ts'
import { OPERATION_STATUSES, Operation, OperationList } from '../schemas/operation.ts'
import { GatewayError } from '../src/errors.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { describe, idParameter } from '../src/openapi.ts'
import { callOf } from '../src/request/call.ts'

const ListQuery = Type.Object(
  {
    status: Type.Optional(StringEnum(OPERATION_STATUSES, { description: 'Only these.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'How many at most.' })),
  },
  { additionalProperties: false },
)

export function registerOperations(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/operations',
    describe({
      operationId: 'listOperations',
      tag: 'operations',
      summary: 'List operations',
      description:
        "The caller's own writes that carried a key, newest first; `status=unknown` for those that people have to look after. Any key may ask.",
      scope: 'any',
      query: ListQuery,
      asks: 'nothing',
      answers: { 200: { description: 'The operations.', schema: Ref(OperationList) } },
      failures: ['overloaded'],
    }),
    async (request) => {
      const { status = null, limit = 50 } = request.query as Static<typeof ListQuery>
      return {
        object: 'list',
        data: await gateway.operations.list({ caller: callOf(request).caller.name, status, limit }),
      }
    },
  )
  app.get(
    '/v1/operations/:id',
    describe({
      operationId: 'getOperation',
      tag: 'operations',
      summary: 'Read an operation',
      description:
        'A write of the caller and what became of it. Visible only to the caller that made it, whatever the scopes of its key are.',
      scope: 'any',
      params: idParameter('An operation id.', 'op_01kn3t8y2m4q7v9x1b5d8f0h2j'),
      query: Type.Object({}, { additionalProperties: false }),
      asks: 'nothing',
      answers: { 200: { description: 'The operation.', schema: Ref(Operation) } },
      failures: ['not_found', 'overloaded'],
    }),
    async (request) => {
      const { id } = request.params as { id: string }
      const operation = await gateway.operations.get(callOf(request).caller.name, id)
      if (!operation) throw new GatewayError('not_found', 'There is no such operation of this caller.')
      return operation
    },
  )
}
