/** Reference data: the short lists that fields of customers and payments refer to. */
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { Ref, StringEnum } from '../schemas/kit.ts'
import { REFERENCE_KINDS, ReferenceData } from '../schemas/reference-data.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { describe } from '../src/openapi.ts'
import { incompleteEntries } from '../src/providers/incomplete-entries.ts'
import { callOf } from '../src/request/call.ts'
import { unsupported } from '../src/request/locate.ts'
import { ConnectionName, namedConnection } from '../src/request/named-connection.ts'
import { NoQuery } from '../src/request/read.ts'

const Parameters = Type.Object({
  ...ConnectionName.properties,
  kind: StringEnum(REFERENCE_KINDS, { description: 'Which list.', examples: ['terms', 'bank-accounts'] }),
})

export function registerReferenceData(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/connections/:connection/reference/:kind',
    describe({
      operationId: 'listReferenceData',
      tag: 'connections',
      summary: 'List reference data',
      description:
        'A whole list of the ERP: its entries with the ids and names that reference fields take. Kept for five minutes. Undeposited funds are told by the name of the account, for no ERP marks them.',
      scope: 'connections:read',
      params: Parameters,
      query: NoQuery,
      answers: { 200: { description: 'The list.', schema: Ref(ReferenceData) } },
      failures: ['unknown_connection', 'not_supported'],
    }),
    async (request) => {
      const connection = namedConnection(gateway, request)
      const { kind } = request.params as Static<typeof Parameters>
      const bound = connection.bind(callOf(request))
      if (!bound.listReferenceData) throw unsupported(connection, 'listReferenceData')
      const data = await bound.listReferenceData(kind)
      const warnings = incompleteEntries(kind, data)
      return { kind, data, ...(warnings.length > 0 && { warnings }) }
    },
  )
}
