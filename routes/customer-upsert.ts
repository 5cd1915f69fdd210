/** Create or change a customer by the caller's own id. */
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { Customer, CustomerCreate } from '../schemas/customer.ts'
import { Ref } from '../schemas/kit.ts'
import { fieldError } from '../src/errors.ts'
import { acceptCustomer } from '../src/gateway/accept.ts'
import type { OpenConnection } from '../src/gateway/connections.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { customerWritten } from '../src/gateway/written.ts'
import { describe, ETAG, IdempotencyHeader, LATER, LOCATION } from '../src/openapi.ts'
import { acceptedInput } from '../src/request/input.ts'
import { note, unsupported } from '../src/request/locate.ts'
import { ConnectionName, namedConnection } from '../src/request/named-connection.ts'
import { NoQuery } from '../src/request/read.ts'
import { runWrite } from '../src/request/write.ts'

const Parameters = Type.Object({
  ...ConnectionName.properties,
  externalId: Type.String({
    minLength: 1,
    maxLength: 200,
    description: "The caller's own id of the customer.",
    examples: ['juniper'],
  }),
})

export function registerCustomerUpsert(app: FastifyInstance, gateway: Gateway): void {
  app.put(
    '/v1/customers/by-external-id/:connection/:externalId',
    describe({
      operationId: 'upsertCustomer',
      tag: 'customers',
      summary: 'Create or change a customer by external id',
      description:
        'As POST where the connection has no customer with this external id, as PATCH where it has one: then absent fields keep, null clears. Idempotent by nature; who loses a race changes what the other one made. Sage Intacct needs `defaults.externalIdField`.',
      scope: 'customers:write',
      headers: IdempotencyHeader(false),
      params: Parameters,
      query: NoQuery,
      body: Ref(CustomerCreate),
      asks: 'write',
      answers: {
        200: { description: 'The customer was there and is changed.', schema: Ref(Customer), headers: ETAG },
        201: { description: 'The customer is new.', schema: Ref(Customer), headers: { ...LOCATION, ...ETAG } },
        202: LATER,
      },
      failures: ['unknown_connection'],
    }),
    async (request, reply) => {
      const connection = namedConnection(gateway, request)
      note(request, connection, 'customer')
      const { externalId } = request.params as Static<typeof Parameters>
      const body = inputOf(connection, externalId, request.body as Static<typeof CustomerCreate>)
      const { input, warnings } = await acceptedInput(request, connection, 'customer', body)
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'customer',
        keyRequired: false,
        perform: async (bound, once) => {
          if (!bound.upsertCustomer) throw unsupported(connection, 'upsertCustomer')
          const asked = { ...input, externalId }
          once.asks(asked)
          const { created, customer } = await bound.upsertCustomer(externalId, input, once)
          return customerWritten(connection, customer, created ? 201 : 200, { warnings, asked })
        },
        reread: async (bound, id) => customerWritten(connection, await bound.getCustomer(id), 200),
      })
    },
  )
}

/** The body without what the path says; it may repeat it, and must not say otherwise. */
function inputOf(connection: OpenConnection, wanted: string, body: Static<typeof CustomerCreate>) {
  const { connection: name = connection.name, externalId = wanted, ...input } = body
  if (name !== connection.name)
    throw fieldError('invalid_request', '/connection', `The path names the connection ${connection.name}.`)
  if (externalId !== wanted) throw fieldError('invalid_request', '/externalId', 'The path names another external id.')
  const row = connection.mappings.customer.externalId
  if (row.kind === 'absent') throw fieldError('field_not_supported', '/externalId', row.reason)
  return acceptCustomer(connection.name, input)
}
