/** Customer payments: list, read, record, dry run. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Warning } from '../schemas/common.ts'
import { Ref } from '../schemas/kit.ts'
import { Payment, PaymentCreate, PaymentList } from '../schemas/payment.ts'
import { fieldError } from '../src/errors.ts'
import type { OpenConnection } from '../src/gateway/connections.ts'
import { PAYMENT_FILTERS, SORTS } from '../src/gateway/filters.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { gatewayId, parseId } from '../src/gateway/ids.ts'
import { askedOf, planPayment, previewOf } from '../src/gateway/payment-plan.ts'
import { publishPayment } from '../src/gateway/publish.ts'
import { rehearse } from '../src/gateway/rehearsal.ts'
import { paymentWritten } from '../src/gateway/written.ts'
import { describe, ETAG, IdempotencyHeader, idParameter, LATER, LINK, LOCATION } from '../src/openapi.ts'
import { callOf } from '../src/request/call.ts'
import { acceptedInput } from '../src/request/input.ts'
import { listQuery, runList } from '../src/request/list.ts'
import { locate, note } from '../src/request/locate.ts'
import { fieldNames, RAW, readOne, readQuery } from '../src/request/read.ts'
import { runWrite } from '../src/request/write.ts'
import { ALLOCATION } from './payment-changes.ts'

const FIELDS = fieldNames(Payment)
const INCLUDE = ['raw']
const DryRun = Type.Object(
  {
    dryRun: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'true: everything is checked with what is open now and the allocation computed, nothing is written, no key is needed; `upstream` shows the request that would be sent.',
      }),
    ),
  },
  { additionalProperties: false },
)

export function registerPayments(app: FastifyInstance, gateway: Gateway): void {
  reads(app, gateway)
  create(app, gateway)
}

function reads(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/payments',
    describe({
      operationId: 'listPayments',
      tag: 'payments',
      summary: 'List and search payments',
      description: 'Payments of one or all connections. Applications are in the single record only.',
      scope: 'payments:read',
      query: listQuery(PAYMENT_FILTERS, SORTS.payments),
      answers: { 200: { description: 'A page of payments.', schema: Ref(PaymentList), headers: LINK } },
      failures: ['invalid_cursor', 'malformed_id', 'wrong_id_kind', 'unknown_connection', 'filter_not_supported'],
    }),
    (request, reply) =>
      runList(gateway, request, reply, {
        resource: 'payments',
        filters: PAYMENT_FILTERS,
        sortable: SORTS.payments,
        fields: FIELDS,
        include: INCLUDE,
        list: (bound, query) => bound.listPayments(query),
        publish: publishPayment,
      }),
  )
  app.get(
    '/v1/payments/:id',
    describe({
      operationId: 'getPayment',
      tag: 'payments',
      summary: 'Read a payment',
      description: 'The payment as the ERP has it now, with what it settles.',
      scope: 'payments:read',
      params: idParameter('A payment id.', 'pay_netsuite_100002', 'pay_intacct_10002'),
      query: readQuery(RAW),
      answers: { 200: { description: 'The payment.', schema: Ref(Payment), headers: ETAG } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection'],
    }),
    async (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'payment')
      return readOne(request, reply, {
        fields: FIELDS,
        include: INCLUDE,
        read: async (options) => {
          const id = gatewayId('payment', connection.name, nativeId)
          // Beside the exchange with the ERP, which takes longer.
          const [found, links] = await Promise.all([
            connection.bind(callOf(request)).getPayment(nativeId, options),
            gateway.operations.replacements(id, callOf(request).log),
          ])
          return publishPayment(connection, found, { raw: options.include.has('raw'), ...links })
        },
      })
    },
  )
}

/** A payment is routed by its customer's id. */
function routeOf(gateway: Gateway, request: FastifyRequest, body: PaymentCreate): OpenConnection {
  const { connection: name } = parseId(body.customer.id, 'customer', '/customer/id')
  if (body.connection !== undefined && body.connection !== name) {
    throw fieldError('invalid_request', '/connection', `The customer belongs to "${name}".`, 'disagrees')
  }
  const connection = gateway.connections.get(name, callOf(request).caller)
  note(request, connection, 'payment')
  return connection
}

function create(app: FastifyInstance, gateway: Gateway): void {
  app.post(
    '/v1/payments',
    describe({
      operationId: 'createPayment',
      tag: 'payments',
      summary: 'Record a payment',
      description:
        'Records money received and applies it. `applications[].amount` is what is settled of each invoice by cash and credits together. What is left stays on the customer. The customer routes the payment.',
      scope: 'payments:write',
      headers: IdempotencyHeader(true),
      query: DryRun,
      body: Ref(PaymentCreate),
      asks: 'write',
      answers: {
        200: { description: 'A dry run: the payment as it would be, `id` null, and `upstream`.', schema: Ref(Payment) },
        201: { description: 'The payment as the ERP has it.', schema: Ref(Payment), headers: { ...LOCATION, ...ETAG } },
        202: LATER,
      },
      failures: ['idempotency_key_missing', 'malformed_id', 'wrong_id_kind', 'unknown_connection', ...ALLOCATION],
    }),
    async (request, reply) => {
      const connection = routeOf(gateway, request, request.body as PaymentCreate)
      const { input, warnings } = await acceptedInput(request, connection, 'payment', request.body as PaymentCreate)
      if ((request.query as { dryRun?: boolean }).dryRun) return dryRun(connection, request, input, warnings)
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'payment',
        keyRequired: true,
        perform: async (bound, once, key) => {
          const plan = await planPayment(connection, bound, input)
          const asked = askedOf(plan)
          once.asks(asked)
          return paymentWritten(connection, await bound.createPayment(plan, once), 201, { key, warnings, asked })
        },
        reread: async (bound, id) => paymentWritten(connection, await bound.getPayment(id), 201),
      })
    },
  )
}

/** The real operation, except that its write is caught instead of sent: the two cannot differ. */
async function dryRun(
  connection: OpenConnection,
  request: FastifyRequest,
  body: PaymentCreate,
  warnings: readonly Warning[],
) {
  const plan = await planPayment(connection, connection.bind(callOf(request)), body)
  const rehearsed = await rehearse(connection, callOf(request), (bound, once) => bound.createPayment(plan, once))
  const told = [...warnings, ...rehearsed.warnings]
  const payment = publishPayment(connection, { nativeId: null, record: previewOf(plan), raw: null, warnings: told })
  return { ...payment, upstream: rehearsed.upstream }
}
