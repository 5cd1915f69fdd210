/** Customers: list, create, read, change, delete, addresses, open items. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Warning } from '../schemas/common.ts'
import type { CustomerRecord } from '../schemas/customer.ts'
import { AddressWrite, Customer, CustomerCreate, CustomerList, CustomerPatch } from '../schemas/customer.ts'
import { Ref } from '../schemas/kit.ts'
import { OpenItemList } from '../schemas/open-item.ts'
import { fieldError } from '../src/errors.ts'
import type { WriteAnswer } from '../src/gateway/call.ts'
import type { OpenConnection } from '../src/gateway/connections.ts'
import { checkIfMatch, etagOf } from '../src/gateway/etag.ts'
import { CUSTOMER_FILTERS, parseWords, SORTS } from '../src/gateway/filters.ts'
import { type Gateway, today } from '../src/gateway/gateway.ts'
import { gatewayId } from '../src/gateway/ids.ts'
import { dropUnsupported } from '../src/gateway/lenient.ts'
import { openItemList } from '../src/gateway/open-items.ts'
import { acceptCustomer, publishCustomer } from '../src/gateway/publish.ts'
import { describe, ETAG, IdempotencyHeader, idParameter, LATER, LINK, LOCATION } from '../src/openapi.ts'
import type { Connection, Found } from '../src/providers/provider.ts'
import { callOf } from '../src/request/call.ts'
import { listQuery, only, runList } from '../src/request/list.ts'
import { locate, note, unsupported } from '../src/request/locate.ts'
import { runWrite } from '../src/request/write.ts'

const CustomerId = idParameter('A customer id.', 'cus_netsuite_456', 'cus_intacct_ACME')
const FIELDS = Object.keys((Customer as unknown as { properties: object }).properties)
const INCLUDE = ['raw']
const ReadQuery = Type.Object(
  {
    fields: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2000, description: 'Only these fields, comma separated.' }),
    ),
    include: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: '`raw` adds the untouched ERP record.' }),
    ),
  },
  { additionalProperties: false },
)
const NoQuery = Type.Object({}, { additionalProperties: false })

export function registerCustomers(app: FastifyInstance, gateway: Gateway): void {
  reads(app, gateway)
  writes(app, gateway)
  addresses(app, gateway)
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
      query: ReadQuery,
      answers: { 200: { description: 'The customer.', schema: Ref(Customer), headers: ETAG } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection'],
    }),
    async (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      const query = request.query as Static<typeof ReadQuery>
      const fields = parseWords('fields', query.fields, FIELDS)
      const include = parseWords('include', query.include, INCLUDE) ?? new Set<string>()
      const found = await connection.bind(callOf(request)).getCustomer(nativeId, { fields, include })
      const answer = publishCustomer(connection, found, { raw: include.has('raw') })
      if (fields) return only(answer, fields)
      reply.header('etag', etagOf(answer))
      return answer
    },
  )
  app.get(
    '/v1/customers/:id/open-items',
    describe({
      operationId: 'listOpenItems',
      tag: 'customers',
      summary: 'What is open for a customer',
      description:
        'Everything a payment can be applied to (invoices, debit memos, journals) or taken from (credits, deposits, unapplied payments), with totals.',
      scope: 'payments:read',
      params: CustomerId,
      query: Type.Object(
        {
          currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'Only items in this currency.' })),
        },
        { additionalProperties: false },
      ),
      answers: { 200: { description: 'The open items and their totals.', schema: Ref(OpenItemList) } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection'],
    }),
    async (request) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      const bound = connection.bind(callOf(request))
      const { currency = null } = request.query as { currency?: string }
      const [customer, items] = await Promise.all([
        bound.getCustomer(nativeId, { fields: new Set(['number', 'name', 'currency']) }),
        bound.listOpenItems(nativeId),
      ])
      const { number = null, name = null } = customer.record
      const reference = { id: gatewayId('customer', connection.name, customer.nativeId), number, name }
      return openItemList(connection.name, reference, items, currency, customer.record.currency ?? null, today(gateway))
    },
  )
}

/** A customer that was written, as the answer of the write. */
function written(
  connection: OpenConnection,
  found: Found<CustomerRecord>,
  status: 200 | 201,
  warnings: readonly Warning[],
): WriteAnswer {
  const body = publishCustomer(connection, { ...found, warnings: [...warnings, ...(found.warnings ?? [])] })
  const headers = { etag: etagOf(body), ...(status === 201 && { location: `/v1/customers/${body.id}` }) }
  return { status, body, headers, resourceId: body.id }
}

async function checkVersion(
  request: FastifyRequest,
  connection: OpenConnection,
  bound: Connection,
  nativeId: string,
): Promise<void> {
  const header = request.headers['if-match']
  if (header !== undefined) checkIfMatch(header, publishCustomer(connection, await bound.getCustomer(nativeId)))
}

function writes(app: FastifyInstance, gateway: Gateway): void {
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
    (request, reply) => {
      const { connection: name = gateway.connections.defaultName, ...body } = request.body as Static<
        typeof CustomerCreate
      >
      if (name === null)
        throw fieldError('invalid_request', '/connection', 'Name the connection; there is no default.', 'required')
      const connection = gateway.connections.get(name, callOf(request).caller)
      note(request, connection, 'customer')
      const accepted = acceptCustomer(connection.name, body)
      const { input, warnings } = callOf(request).lenient
        ? dropUnsupported(connection.provider.mappings.customer, accepted)
        : { input: accepted, warnings: [] }
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'customer',
        keyRequired: false,
        perform: async (bound, once) => written(connection, await bound.createCustomer(input, once), 201, warnings),
        reread: async (bound, id) => written(connection, await bound.getCustomer(id), 201, []),
      })
    },
  )
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
    (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      const accepted = acceptCustomer(connection.name, request.body as Static<typeof CustomerPatch>)
      const { input, warnings } = callOf(request).lenient
        ? dropUnsupported(connection.provider.mappings.customer, accepted)
        : { input: accepted, warnings: [] }
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'customer',
        keyRequired: false,
        perform: async (bound, once) => {
          await checkVersion(request, connection, bound, nativeId)
          return written(connection, await bound.updateCustomer(nativeId, input, once), 200, warnings)
        },
        reread: async (bound, id) => written(connection, await bound.getCustomer(id), 200, []),
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
          await checkVersion(request, connection, bound, nativeId)
          await bound.deleteCustomer(nativeId, once)
          return { status: 204, body: null, resourceId: gatewayId('customer', connection.name, nativeId) }
        },
      })
    },
  )
}

function addresses(app: FastifyInstance, gateway: Gateway): void {
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
          return written(
            connection,
            await bound.createAddress(nativeId, request.body as Static<typeof AddressWrite>, once),
            201,
            [],
          )
        },
        reread: async (bound, id) => written(connection, await bound.getCustomer(id), 201, []),
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
