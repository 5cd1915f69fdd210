/** Addresses of a customer: add or remove one without sending the others. */
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { AddressWrite, Customer } from '../schemas/customer.ts'
import { Ref } from '../schemas/kit.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { gatewayId } from '../src/gateway/ids.ts'
import { customerWritten } from '../src/gateway/written.ts'
import { describe, ETAG, IdempotencyHeader, idParameter, LATER, LOCATION } from '../src/openapi.ts'
import { locate, unsupported } from '../src/request/locate.ts'
import { NoQuery } from '../src/request/read.ts'
import { runWrite } from '../src/request/write.ts'

const CustomerId = idParameter('A customer id.', 'cus_netsuite_456', 'cus_intacct_ACME')

export function registerAddresses(app: FastifyInstance, gateway: Gateway): void {
  app.post(
    '/v1/customers/:id/addresses',
    describe({
      operationId: 'createAddress',
      tag: 'customers',
      summary: 'Add an address',
      description: 'Adds one address without sending the others; answers the customer with all addresses.',
      scope: 'customers:write',
      headers: IdempotencyHeader(false),
      params: CustomerId,
      query: NoQuery,
      body: Ref(AddressWrite),
      asks: 'write',
      answers: {
        201: {
          description: 'The customer with the new address.',
          schema: Ref(Customer),
          headers: { ...LOCATION, ...ETAG },
        },
        202: LATER,
      },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection', 'not_supported'],
    }),
    (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'customer',
        keyRequired: false,
        perform: async (bound, once) => {
          if (!bound.createAddress) throw unsupported(connection, 'createAddress')
          const address = request.body as Static<typeof AddressWrite>
          const asked = { addresses: [address] }
          once.asks(asked)
          return customerWritten(connection, await bound.createAddress(nativeId, address, once), 201, { asked })
        },
        reread: async (bound, id) => customerWritten(connection, await bound.getCustomer(id), 201),
      })
    },
  )
  app.delete(
    '/v1/customers/:id/addresses/:addressId',
    describe({
      operationId: 'deleteAddress',
      tag: 'customers',
      summary: 'Remove an address',
      description: 'Removes one address and keeps the others.',
      scope: 'customers:write',
      headers: IdempotencyHeader(false),
      params: Type.Object({
        id: Type.String({ description: 'A customer id.', examples: ['cus_netsuite_1011'] }),
        addressId: Type.String({ description: "The address's id.", maxLength: 100, examples: ['20011'] }),
      }),
      query: NoQuery,
      asks: 'write',
      answers: { 202: LATER, 204: { description: 'It is gone.' } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection', 'not_supported'],
    }),
    (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      const { addressId } = request.params as { addressId: string }
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'customer',
        keyRequired: false,
        perform: async (bound, once) => {
          if (!bound.deleteAddress) throw unsupported(connection, 'deleteAddress')
          await bound.deleteAddress(nativeId, addressId, once)
          return { status: 204, body: null, resourceId: gatewayId('customer', connection.name, nativeId) }
        },
      })
    },
  )
}
