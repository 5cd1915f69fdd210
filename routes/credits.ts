/** Credits: read one, settle invoices with it and no cash, take that away again. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Credit, CreditApply, Unapply } from '../schemas/credit.ts'
import { Ref } from '../schemas/kit.ts'
import type { OpenConnection } from '../src/gateway/connections.ts'
import { applyCredit, creditKeyOf, unapplyCredit } from '../src/gateway/credits.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { publishCredit } from '../src/gateway/publish.ts'
import { creditWritten } from '../src/gateway/written.ts'
import { describe, ETAG, IdempotencyHeader, idParameter, LATER } from '../src/openapi.ts'
import type { Connection, CreditKey } from '../src/providers/provider.ts'
import { callOf } from '../src/request/call.ts'
import { checkVersion } from '../src/request/input.ts'
import { locate, unsupported } from '../src/request/locate.ts'
import { fieldNames, NoQuery, RAW, readOne, readQuery } from '../src/request/read.ts'
import { runWrite } from '../src/request/write.ts'
import { ALLOCATION } from './payment-changes.ts'
import { VERB_FAILURES } from './payment-verbs.ts'

const FIELDS = fieldNames(Credit)
const CreditId = idParameter('A credit id.', 'crd_netsuite_memo-6001', 'crd_intacct_memo-305')
/** One that settles something in a fresh sandbox. */
const UsedCreditId = idParameter('A credit id.', 'crd_netsuite_payment-100002', 'crd_intacct_overpayment-10002')
const ANSWERS = {
  200: { description: 'The credit as it is now.', schema: Ref(Credit), headers: ETAG },
  202: LATER,
}

function locateCredit(
  gateway: Gateway,
  request: FastifyRequest,
): { connection: OpenConnection; key: CreditKey; nativeId: string } {
  const { connection, nativeId } = locate(gateway, request, 'credit')
  return { connection, key: creditKeyOf(nativeId), nativeId }
}

function read(connection: OpenConnection, bound: Connection, key: CreditKey) {
  if (!bound.getCredit) throw unsupported(connection, 'getCredit')
  return bound.getCredit(key)
}

export function registerCredits(app: FastifyInstance, gateway: Gateway): void {
  reading(app, gateway)
  applying(app, gateway)
  unapplying(app, gateway)
}

function reading(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/credits/:id',
    describe({
      operationId: 'getCredit',
      tag: 'credits',
      summary: 'Read a credit',
      description:
        'A credit memo, a deposit, or what a payment leaves, with what it settles. Open credits are among the open items of their customer.',
      scope: 'payments:read',
      params: CreditId,
      query: readQuery(RAW),
      answers: { 200: { description: 'The credit.', schema: Ref(Credit), headers: ETAG } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection', 'not_supported'],
    }),
    (request, reply) => {
      const { connection, key } = locateCredit(gateway, request)
      return readOne(request, reply, {
        fields: FIELDS,
        include: ['raw'],
        read: async ({ include }) => {
          const found = await read(connection, connection.bind(callOf(request)), key)
          return publishCredit(connection, found, { raw: include.has('raw') })
        },
      })
    },
  )
}

function applying(app: FastifyInstance, gateway: Gateway): void {
  app.post(
    '/v1/credits/:id/apply',
    describe({
      operationId: 'applyCredit',
      tag: 'credits',
      summary: 'Settle invoices with a credit',
      description:
        'No cash moves. What the credit settles already stays. What a payment leaves is applied as that payment.',
      scope: 'payments:write',
      headers: IdempotencyHeader(true),
      params: CreditId,
      query: NoQuery,
      body: Ref(CreditApply),
      asks: 'write',
      answers: ANSWERS,
      failures: [...VERB_FAILURES, ...ALLOCATION],
    }),
    (request, reply) => {
      const { connection, key } = locateCredit(gateway, request)
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'credit',
        keyRequired: true,
        perform: async (bound, once) => {
          if (!bound.applyCredit) throw unsupported(connection, 'applyCredit')
          const before = await read(connection, bound, key)
          await checkVersion(request, async () => publishCredit(connection, before))
          const body = request.body as CreditApply
          return creditWritten(
            connection,
            await applyCredit({ connection: connection.name, bound, key, once }, before, body),
          )
        },
        reread: async (bound, id) => creditWritten(connection, await read(connection, bound, creditKeyOf(id))),
      })
    },
  )
}

function unapplying(app: FastifyInstance, gateway: Gateway): void {
  app.post(
    '/v1/credits/:id/unapply',
    describe({
      operationId: 'unapplyCredit',
      tag: 'credits',
      summary: 'Take applications of a credit away',
      description:
        'Invoices are open again and the credit can be used anew. What was used beside cash in a payment is released by unapplying that payment: 409 `not_changeable`.',
      scope: 'payments:write',
      headers: IdempotencyHeader(true),
      params: UsedCreditId,
      query: NoQuery,
      body: Ref(Unapply),
      asks: 'write',
      answers: ANSWERS,
      failures: [...VERB_FAILURES, 'confirmation_required', 'allocation_exceeds_amount'],
    }),
    (request, reply) => {
      const { connection, key } = locateCredit(gateway, request)
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'credit',
        keyRequired: true,
        perform: async (bound, once) => {
          if (!bound.unapplyCredit) throw unsupported(connection, 'unapplyCredit')
          const before = await read(connection, bound, key)
          await checkVersion(request, async () => publishCredit(connection, before))
          const { applications } = request.body as Unapply
          const target = { connection: connection.name, bound, key, once }
          return creditWritten(connection, await unapplyCredit(target, before, applications))
        },
        reread: async (bound, id) => creditWritten(connection, await read(connection, bound, creditKeyOf(id))),
      })
    },
  )
}
