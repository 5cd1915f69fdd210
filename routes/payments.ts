/** Customer payments: list, create, dry run, read, change, delete, void. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Warning } from '../schemas/common.ts'
import { Ref } from '../schemas/kit.ts'
import {
  Payment,
  PaymentCreate,
  PaymentList,
  PaymentPatch,
  type PaymentRecord,
  PaymentVoid,
} from '../schemas/payment.ts'
import { fieldError } from '../src/errors.ts'
import type { WriteAnswer } from '../src/gateway/call.ts'
import type { OpenConnection } from '../src/gateway/connections.ts'
import { checkIfMatch, etagOf } from '../src/gateway/etag.ts'
import { PAYMENT_FILTERS, parseWords, SORTS } from '../src/gateway/filters.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { gatewayId, parseId } from '../src/gateway/ids.ts'
import { dropUnsupported } from '../src/gateway/lenient.ts'
import { planChange, planPayment, previewOf } from '../src/gateway/payment-plan.ts'
import { publishPayment } from '../src/gateway/publish.ts'
import { describe, ETAG, IdempotencyHeader, idParameter, LATER, LINK, LOCATION } from '../src/openapi.ts'
import type { Connection, Found } from '../src/providers/provider.ts'
import { callOf } from '../src/request/call.ts'
import { listQuery, only, runList } from '../src/request/list.ts'
import { locate, note, unsupported } from '../src/request/locate.ts'
import { runWrite } from '../src/request/write.ts'

/** Every operation has examples of its own, so that none takes away what another one shows. */
const paymentId = (number: number) =>
  idParameter('A payment id.', `pay_netsuite_${100_000 + number}`, `pay_intacct_${10_000 + number}`)
const FIELDS = Object.keys((Payment as unknown as { properties: object }).properties)
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
const DryRun = Type.Object(
  {
    dryRun: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'true: everything is checked and the allocation computed, nothing is written, no key is needed.',
      }),
    ),
  },
  { additionalProperties: false },
)
const ALLOCATION = ['allocation_exceeds_open_amount', 'allocation_exceeds_amount', 'currency_mismatch'] as const

export function registerPayments(app: FastifyInstance, gateway: Gateway): void {
  reads(app, gateway)
  create(app, gateway)
  changes(app, gateway)
  voiding(app, gateway)
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
      params: paymentId(2),
      query: ReadQuery,
      answers: { 200: { description: 'The payment.', schema: Ref(Payment), headers: ETAG } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection'],
    }),
    async (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'payment')
      const query = request.query as Static<typeof ReadQuery>
      const fields = parseWords('fields', query.fields, FIELDS)
      const include = parseWords('include', query.include, INCLUDE) ?? new Set<string>()
      const answer = publishPayment(
        connection,
        await connection.bind(callOf(request)).getPayment(nativeId, { fields, include }),
        { raw: include.has('raw') },
      )
      if (fields) return only(answer, fields)
      reply.header('etag', etagOf(answer))
      return answer
    },
  )
}

function written(
  connection: OpenConnection,
  found: Found<PaymentRecord>,
  status: 200 | 201,
  key: string | null,
  warnings: readonly Warning[] = [],
): WriteAnswer {
  const body = publishPayment(
    connection,
    { ...found, warnings: [...warnings, ...(found.warnings ?? [])] },
    { ...(key !== null && { idempotencyKey: key }) },
  )
  const headers = { etag: etagOf(body), ...(status === 201 && { location: `/v1/payments/${body.id}` }) }
  return { status, body, headers, resourceId: body.id }
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
        200: { description: 'A dry run: the payment as it would be, `id` null.', schema: Ref(Payment) },
        201: { description: 'The payment as the ERP has it.', schema: Ref(Payment), headers: { ...LOCATION, ...ETAG } },
        202: LATER,
      },
      failures: ['idempotency_key_missing', 'malformed_id', 'wrong_id_kind', 'unknown_connection', ...ALLOCATION],
    }),
    async (request, reply) => {
      const connection = routeOf(gateway, request, request.body as PaymentCreate)
      const { input, warnings } = callOf(request).lenient
        ? dropUnsupported(connection.provider.mappings.payment, request.body as PaymentCreate)
        : { input: request.body as PaymentCreate, warnings: [] }
      if ((request.query as { dryRun?: boolean }).dryRun) return dryRun(connection, request, input, warnings)
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'payment',
        keyRequired: true,
        perform: async (bound, once, key) => {
          const plan = await planPayment(connection.name, bound, input)
          return written(connection, await bound.createPayment(plan, once), 201, key, warnings)
        },
        reread: async (bound, id) => written(connection, await bound.getPayment(id), 201, null),
      })
    },
  )
}

async function dryRun(
  connection: OpenConnection,
  request: FastifyRequest,
  body: PaymentCreate,
  warnings: readonly Warning[],
) {
  const plan = await planPayment(connection.name, connection.bind(callOf(request)), body)
  return publishPayment(connection, { nativeId: null, record: previewOf(plan), raw: null, warnings })
}

async function checkVersion(
  request: FastifyRequest,
  connection: OpenConnection,
  before: Found<PaymentRecord>,
): Promise<void> {
  const header = request.headers['if-match']
  if (header !== undefined) checkIfMatch(header, publishPayment(connection, before))
}

async function checkVersionOf(
  request: FastifyRequest,
  connection: OpenConnection,
  bound: Connection,
  nativeId: string,
): Promise<void> {
  if (request.headers['if-match'] !== undefined)
    await checkVersion(request, connection, await bound.getPayment(nativeId))
}

function changes(app: FastifyInstance, gateway: Gateway): void {
  app.patch(
    '/v1/payments/:id',
    describe({
      operationId: 'updatePayment',
      tag: 'payments',
      summary: 'Change a payment',
      description:
        'JSON Merge Patch. What the ERP has closed (on Intacct everything that is posted) answers 409 `not_changeable`.',
      scope: 'payments:write',
      headers: IdempotencyHeader(false),
      params: paymentId(7),
      query: NoQuery,
      body: Ref(PaymentPatch),
      asks: 'write',
      answers: { 200: { description: 'The payment as it is now.', schema: Ref(Payment), headers: ETAG }, 202: LATER },
      failures: [
        'malformed_id',
        'wrong_id_kind',
        'not_found',
        'unknown_connection',
        'precondition_failed',
        ...ALLOCATION,
      ],
    }),
    (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'payment')
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'payment',
        keyRequired: false,
        perform: async (bound, once) => {
          const before = await bound.getPayment(nativeId)
          await checkVersion(request, connection, before)
          const { applications: _a, credits: _c, ...input } = request.body as PaymentPatch
          const allocation = await planChange(connection.name, bound, request.body as PaymentPatch, before)
          return written(
            connection,
            await bound.updatePayment(nativeId, { input, allocation, before }, once),
            200,
            null,
          )
        },
        reread: async (bound, id) => written(connection, await bound.getPayment(id), 200, null),
      })
    },
  )
  app.delete(
    '/v1/payments/:id',
    describe({
      operationId: 'deletePayment',
      tag: 'payments',
      summary: 'Delete a payment',
      description: '409 `not_changeable` where the ERP keeps it; void it then.',
      scope: 'payments:write',
      headers: IdempotencyHeader(false),
      params: paymentId(9),
      query: NoQuery,
      asks: 'write',
      answers: { 202: LATER, 204: { description: 'It is gone; its invoices are open again.' } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection', 'precondition_failed'],
    }),
    (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'payment')
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'payment',
        keyRequired: false,
        perform: async (bound, once) => {
          await checkVersionOf(request, connection, bound, nativeId)
          await bound.deletePayment(nativeId, once)
          return { status: 204, body: null, resourceId: gatewayId('payment', connection.name, nativeId) }
        },
      })
    },
  )
}

function voiding(app: FastifyInstance, gateway: Gateway): void {
  app.post(
    '/v1/payments/:id/void',
    describe({
      operationId: 'voidPayment',
      tag: 'payments',
      summary: 'Void a payment',
      description:
        'Undoes the payment as the ERP can: afterwards its invoices and credits are open again. `void.how` tells which way was taken. Voiding again gives the same answer.',
      scope: 'payments:write',
      headers: IdempotencyHeader(true),
      params: paymentId(17),
      query: NoQuery,
      body: Ref(PaymentVoid),
      emptyBody: true,
      asks: 'write',
      answers: { 200: { description: 'The payment, voided.', schema: Ref(Payment), headers: ETAG }, 202: LATER },
      failures: [
        'idempotency_key_missing',
        'malformed_id',
        'wrong_id_kind',
        'not_found',
        'unknown_connection',
        'precondition_failed',
        'not_supported',
      ],
    }),
    (request: FastifyRequest, reply: FastifyReply) => {
      const { connection, nativeId } = locate(gateway, request, 'payment')
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'payment',
        keyRequired: true,
        perform: async (bound, once) => {
          if (!bound.voidPayment) throw unsupported(connection, 'voidPayment')
          await checkVersionOf(request, connection, bound, nativeId)
          const voided = await bound.voidPayment(nativeId, request.body as Static<typeof PaymentVoid>, once)
          const record = { ...voided.payment.record, status: 'voided' as const, void: voided.void }
          return written(connection, { ...voided.payment, record }, 200, null)
        },
      })
    },
  )
}
