/** Object definitions: the fields that an account really has. */
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { Ref, StringEnum } from '../schemas/kit.ts'
import { OBJECT_KINDS, ObjectDefinition } from '../schemas/object-definition.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { describe } from '../src/openapi.ts'
import { callOf } from '../src/request/call.ts'
import { unsupported } from '../src/request/locate.ts'
import { ConnectionName, namedConnection } from '../src/request/named-connection.ts'
import { NoQuery } from '../src/request/read.ts'

const Parameters = Type.Object({
  ...ConnectionName.properties,
  kind: StringEnum(OBJECT_KINDS, { description: 'Which kind of record.', examples: ['customer', 'payment'] }),
})

export function registerObjects(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/connections/:connection/objects/:kind',
    describe({
      operationId: 'getObjectDefinition',
      tag: 'connections',
      summary: 'Read field definitions',
      description:
        "The fields that a kind of record has in this account, custom fields among them, by this API's name and the ERP's own; asked of the ERP every time.",
      scope: 'connections:read',
      params: Parameters,
      query: NoQuery,
      answers: { 200: { description: 'The fields and relations.', schema: Ref(ObjectDefinition) } },
      failures: ['unknown_connection', 'not_supported'],
    }),
    async (request) => {
      const connection = namedConnection(gateway, request)
      const { kind } = request.params as Static<typeof Parameters>
      const bound = connection.bind(callOf(request))
      if (!bound.getObjectDefinition) throw unsupported(connection, 'getObjectDefinition')
      return bound.getObjectDefinition(kind)
    },
  )
}
