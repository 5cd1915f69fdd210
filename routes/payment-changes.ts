/** What becomes of a payment afterwards: change, delete, void. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { Ref } from '../schemas/kit.ts'
import { Payment, PaymentPatch, PaymentVoid } from '../schemas/payment.ts'
import { GatewayError } from '../src/errors.ts'
import type { WriteAnswer } from '../src/gateway/call.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { gatewayId } from '../src/gateway/ids.ts'
import { planChange } from '../src/gateway/payment-plan.ts'
import { publishPayment } from '../src/gateway/publish.ts'
import { paymentWritten } from '../src/gateway/written.ts'
import { describe, ETAG, IdempotencyHeader, idParameter, LATER } from '../src/openapi.ts'
import { callOf } from '../src/request/call.ts'
import { checkVersion } from '../src/request/input.ts'
import { locate, unsupported } from '../src/request/locate.ts'
import { NoQuery } from '../src/request/read.ts'
import { runWrite } from '../src/request/write.ts'

/** What an allocation can be refused with. */
export const ALLOCATION = ['allocation_exceeds_open_amount', 'allocation_exceeds_amount', 'currency_mismatch'] as const

export function registerPaymentChanges(app: FastifyInstance, gateway: Gateway): void {
  change(app, gateway)
  voiding(app, gateway)
}

function change(app: FastifyInstance, gateway: Gateway): void {
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
      params: idParameter('A payment id.', 'pay_netsuite_100007'),
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
          await checkVersion(request, async () => publishPayment(connection, before))
          const { applications: _a, credits: _c, ...input } = request.body as PaymentPatch
          const allocation = await planChange(connection.name, bound, request.body as PaymentPatch, before)
          once.asks(input)
          const changed = await bound.updatePayment(nativeId, { input, allocation, before }, once)
          return paymentWritten(connection, changed, 200, { asked: input })
        },
        reread: async (bound, id) => paymentWritten(connection, await bound.getPayment(id), 200),
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
      params: idParameter('A payment id.', 'pay_netsuite_100009'),
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
          await checkVersion(request, async () => publishPayment(connection, await bound.getPayment(nativeId)))
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
      params: idParameter('A payment id.', 'pay_netsuite_100017', 'pay_intacct_10017'),
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
    (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'payment')
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'payment',
        keyRequired: true,
        perform: async (bound, once) => {
          if (!bound.voidPayment) throw unsupported(connection, 'voidPayment')
          await checkVersion(request, async () => publishPayment(connection, await bound.getPayment(nativeId)))
          try {
            const voided = await bound.voidPayment(nativeId, request.body as Static<typeof PaymentVoid>, once)
            const record = { ...voided.payment.record, status: 'voided' as const, void: voided.void }
            return paymentWritten(connection, { ...voided.payment, record }, 200)
          } catch (error) {
            const earlier = await voidedBefore(gateway, request, error)
            if (earlier) return earlier
            throw error
          }
        },
      })
    },
  )
}

/** Where the ERP voids by deleting, a payment that is gone may have been voided by this caller: the answer stays the same. */
async function voidedBefore(gateway: Gateway, request: FastifyRequest, error: unknown): Promise<WriteAnswer | null> {
  if (!(error instanceof GatewayError) || error.code !== 'not_found') return null
  return gateway.operations.earlierAnswer(callOf(request), (request.params as { id: string }).id)
}
