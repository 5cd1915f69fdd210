/** What a payment settles afterwards: more of its rest is applied, or applications are taken away. */
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CONFIRMATIONS, PaymentApply, Unapply } from '../schemas/credit.ts'
import { Ref, StringEnum } from '../schemas/kit.ts'
import { Payment } from '../schemas/payment.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { gatewayId } from '../src/gateway/ids.ts'
import { publishPayment } from '../src/gateway/publish.ts'
import { planRelease } from '../src/gateway/release.ts'
import { checkSettles, planApply } from '../src/gateway/settlement.ts'
import { paymentWritten } from '../src/gateway/written.ts'
import { describe, ETAG, IdempotencyHeader, idParameter, LATER } from '../src/openapi.ts'
import { callOf } from '../src/request/call.ts'
import { checkVersion } from '../src/request/input.ts'
import { locate, unsupported } from '../src/request/locate.ts'
import { NoQuery } from '../src/request/read.ts'
import { runWrite } from '../src/request/write.ts'
import { ALLOCATION } from './payment-changes.ts'

/** What every verb can be refused with. */
export const VERB_FAILURES = [
  'idempotency_key_missing',
  'malformed_id',
  'wrong_id_kind',
  'not_found',
  'unknown_connection',
  'precondition_failed',
  'not_supported',
] as const

const Confirmed = Type.Object(
  {
    confirm: Type.Optional(
      StringEnum(CONFIRMATIONS, {
        description: '`reverse`: where the ERP does not change posted cash, reverse the payment and record it again.',
      }),
    ),
  },
  { additionalProperties: false },
)

export function registerPaymentVerbs(app: FastifyInstance, gateway: Gateway): void {
  applying(app, gateway)
  unapplying(app, gateway)
}

function applying(app: FastifyInstance, gateway: Gateway): void {
  app.post(
    '/v1/payments/:id/apply',
    describe({
      operationId: 'applyPayment',
      tag: 'payments',
      summary: 'Apply the rest of a payment',
      description:
        'Settles more invoices with what is left of a payment, and with credits beside it. What it settles already stays, and so does its id.',
      scope: 'payments:write',
      headers: IdempotencyHeader(true),
      params: idParameter('A payment id.', 'pay_netsuite_100002', 'pay_intacct_10002'),
      query: NoQuery,
      body: Ref(PaymentApply),
      asks: 'write',
      answers: { 200: { description: 'The payment as it is now.', schema: Ref(Payment), headers: ETAG }, 202: LATER },
      failures: [...VERB_FAILURES, ...ALLOCATION],
    }),
    (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'payment')
      const body = request.body as PaymentApply
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'payment',
        keyRequired: true,
        perform: async (bound, once) => {
          if (!bound.applyPayment) throw unsupported(connection, 'applyPayment')
          const before = await bound.getPayment(nativeId)
          await checkVersion(request, async () => publishPayment(connection, before))
          checkSettles(before.record)
          const allocation = await planApply(connection.name, bound, body, before)
          const added = { allocation, date: body.date ?? null, before }
          return paymentWritten(connection, await bound.applyPayment(nativeId, added, once), 200)
        },
        reread: async (bound, id) => paymentWritten(connection, await bound.getPayment(id), 200),
      })
    },
  )
}

function unapplying(app: FastifyInstance, gateway: Gateway): void {
  app.post(
    '/v1/payments/:id/unapply',
    describe({
      operationId: 'unapplyPayment',
      tag: 'payments',
      summary: 'Take applications of a payment away',
      description:
        'Invoices are open again: credits are released first, the last used first, then cash, which stays on the payment as its rest. Where the ERP does not change posted cash (Intacct) the payment has to be reversed and recorded again: 409 `confirmation_required` without `confirm=reverse`; with it the answer is the new payment, and `replaces` names the old one, which reads `replacedBy` from then on.',
      scope: 'payments:write',
      headers: IdempotencyHeader(true),
      params: idParameter('A payment id.', 'pay_netsuite_100002', 'pay_intacct_10002'),
      query: Confirmed,
      body: Ref(Unapply),
      asks: 'write',
      answers: {
        200: {
          description: 'The payment as it is now, or the one that replaces it.',
          schema: Ref(Payment),
          headers: ETAG,
        },
        202: LATER,
      },
      failures: [...VERB_FAILURES, 'confirmation_required', 'allocation_exceeds_amount'],
    }),
    (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'payment')
      const { applications } = request.body as Unapply
      const confirmed = (request.query as { confirm?: string }).confirm !== undefined
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'payment',
        keyRequired: true,
        perform: async (bound, once) => {
          if (!bound.unapplyPayment) throw unsupported(connection, 'unapplyPayment')
          const before = await bound.getPayment(nativeId)
          await checkVersion(request, async () => publishPayment(connection, before))
          checkSettles(before.record)
          const released = planRelease(connection.name, applications, before.record, 'with credits', bound.amountDigits)
          const { replaces, ...payment } = await bound.unapplyPayment(nativeId, { released, before, confirmed }, once)
          const links = replaces === null ? {} : { replaces: gatewayId('payment', connection.name, replaces) }
          return paymentWritten(connection, payment, 200, { links })
        },
        reread: async (bound, id) => {
          const links = await gateway.operations.replacements(
            gatewayId('payment', connection.name, id),
            callOf(request).log,
          )
          return paymentWritten(connection, await bound.getPayment(id), 200, { links })
        },
      })
    },
  )
}
