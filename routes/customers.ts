/** Customers: list, create, read, change, delete. */
import type { FastifyInstance } from 'fastify'
import type { Static } from 'typebox'
import { Customer, CustomerCreate, CustomerList, CustomerPatch } from '../schemas/customer.ts'
import { Ref } from '../schemas/kit.ts'
import { fieldError } from '../src/errors.ts'
import { acceptCustomer } from '../src/gateway/accept.ts'
import { CUSTOMER_FILTERS, SORTS } from '../src/gateway/filters.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { gatewayId } from '../src/gateway/ids.ts'
import { publishCustomer } from '../src/gateway/publish.ts'
import { customerWritten } from '../src/gateway/written.ts'
import { describe, ETAG, IdempotencyHeader, idParameter, LATER, LINK, LOCATION } from '../src/openapi.ts'
import { callOf } from '../src/request/call.ts'
import { acceptedInput, checkVersion } from '../src/request/input.ts'
import { listQuery, runList } from '../src/request/list.ts'
import { locate, note } from '../src/request/locate.ts'
import { fieldNames, NoQuery, RAW, readOne, readQuery } from '../src/request/read.ts'
import { runWrite } from '../src/request/write.ts'

const CustomerId = idParameter('A customer id.', 'cus_netsuite_456', 'cus_intacct_ACME')
const FIELDS = fieldNames(Customer)
const INCLUDE = ['raw']

export function registerCustomers(app: FastifyInstance, gateway: Gateway): void {
  reads(app, gateway)
  create(app, gateway)
  change(app, gateway)
}

function reads(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/customers',
    describe({
      operationId: 'listCustomers',
      tag: 'customers',
      summary: 'List and search customers',
      description:
        'Customers of one or all connections. Lists leave out what the ERP only gives with the single record, such as addresses.',
      scope: 'customers:read',
      query: listQuery(CUSTOMER_FILTERS, SORTS.customers),
      answers: { 200: { description: 'A page of customers.', schema: Ref(CustomerList), headers: LINK } },
      failures: ['invalid_cursor', 'malformed_id', 'wrong_id_kind', 'unknown_connection', 'filter_not_supported'],
    }),
    (request, reply) =>
      runList(gateway, request, reply, {
        resource: 'customers',
        filters: CUSTOMER_FILTERS,
        sortable: SORTS.customers,
        fields: FIELDS,
        include: INCLUDE,
        list: (bound, query) => bound.listCustomers(query),
        publish: publishCustomer,
      }),
  )
  app.get(
    '/v1/customers/:id',
    describe({
      operationId: 'getCustomer',
      tag: 'customers',
      summary: 'Read a customer',
      description: 'The customer as the ERP has it now, with addresses and balances.',
      scope: 'customers:read',
      params: CustomerId,
      query: readQuery(RAW),
      answers: { 200: { description: 'The customer.', schema: Ref(Customer), headers: ETAG } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection'],
    }),
    async (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      return readOne(request, reply, {
        fields: FIELDS,
        include: INCLUDE,
        read: async (options) => {
          const found = await connection.bind(callOf(request)).getCustomer(nativeId, options)
          return publishCustomer(connection, found, { raw: options.include.has('raw') })
        },
      })
    },
  )
}

function create(app: FastifyInstance, gateway: Gateway): void {
  app.post(
    '/v1/customers',
    describe({
      operationId: 'createCustomer',
      tag: 'customers',
      summary: 'Create a customer',
      description: 'Creates the customer in the named connection and reads it back.',
      scope: 'customers:write',
      headers: IdempotencyHeader(false),
      query: NoQuery,
      body: Ref(CustomerCreate),
      asks: 'write',
      answers: {
        201: {
          description: 'The customer as the ERP has it.',
          schema: Ref(Customer),
          headers: { ...LOCATION, ...ETAG },
        },
        202: LATER,
      },
      failures: ['unknown_connection'],
    }),
    async (request, reply) => {
      const { connection: name = gateway.connections.defaultName, ...body } = request.body as Static<
        typeof CustomerCreate
      >
      if (name === null)
        throw fieldError('invalid_request', '/connection', 'Name the connection; there is no default.', 'required')
      const connection = gateway.connections.get(name, callOf(request).caller)
      note(request, connection, 'customer')
      const wanted = acceptCustomer(connection.name, body)
      const { input, warnings } = await acceptedInput(request, connection, 'customer', wanted)
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'customer',
        keyRequired: false,
        perform: async (bound, once) => {
          once.asks(input)
          return customerWritten(connection, await bound.createCustomer(input, once), 201, { warnings, asked: input })
        },
        reread: async (bound, id) => customerWritten(connection, await bound.getCustomer(id), 201),
      })
    },
  )
}

function change(app: FastifyInstance, gateway: Gateway): void {
  app.patch(
    '/v1/customers/:id',
    describe({
      operationId: 'updateCustomer',
      tag: 'customers',
      summary: 'Change a customer',
      description: 'JSON Merge Patch (RFC 7396): absent keeps, null clears, arrays and references are replaced whole.',
      scope: 'customers:write',
      headers: IdempotencyHeader(false),
      params: CustomerId,
      query: NoQuery,
      body: Ref(CustomerPatch),
      asks: 'write',
      answers: { 200: { description: 'The customer as it is now.', schema: Ref(Customer), headers: ETAG }, 202: LATER },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection', 'precondition_failed'],
    }),
    async (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      const patch = acceptCustomer(connection.name, request.body as Static<typeof CustomerPatch>)
      const { input, warnings } = await acceptedInput(request, connection, 'customer', patch)
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'customer',
        keyRequired: false,
        perform: async (bound, once) => {
          await checkVersion(request, async () => publishCustomer(connection, await bound.getCustomer(nativeId)))
          once.asks(input)
          const changed = await bound.updateCustomer(nativeId, input, once)
          return customerWritten(connection, changed, 200, { warnings, asked: input })
        },
        reread: async (bound, id) => customerWritten(connection, await bound.getCustomer(id), 200),
      })
    },
  )
  app.delete(
    '/v1/customers/:id',
    describe({
      operationId: 'deleteCustomer',
      tag: 'customers',
      summary: 'Delete a customer',
      description: 'Refused with `conflict` where transactions use the customer; set `status` to inactive then.',
      scope: 'customers:write',
      headers: IdempotencyHeader(false),
      params: idParameter('A customer id.', 'cus_netsuite_1009', 'cus_intacct_C00009'),
      query: NoQuery,
      asks: 'write',
      answers: { 202: LATER, 204: { description: 'It is gone.' } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection', 'precondition_failed'],
    }),
    (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'customer',
        keyRequired: false,
        perform: async (bound, once) => {
          await checkVersion(request, async () => publishCustomer(connection, await bound.getCustomer(nativeId)))
          await bound.deleteCustomer(nativeId, once)
          return { status: 204, body: null, resourceId: gatewayId('customer', connection.name, nativeId) }
        },
      })
    },
  )
}
