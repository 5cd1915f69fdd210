/** The credit check of a customer: may it buy more on credit, and how much. */
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { CreditCheck } from '../schemas/credit-check.ts'
import { Ref } from '../schemas/kit.ts'
import { fieldError } from '../src/errors.ts'
import { checkDigits } from '../src/gateway/allocation.ts'
import { type Credit, checkCredit, currencyOfCheck } from '../src/gateway/credit-check.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { isCurrency } from '../src/mapping/money.ts'
import { describe, idParameter } from '../src/openapi.ts'
import { callOf } from '../src/request/call.ts'
import { locate } from '../src/request/locate.ts'

const Query = Type.Object(
  {
    amount: Type.Optional(
      Type.String({
        pattern: '^\\d{1,15}(\\.\\d{1,6})?$',
        description:
          "What is to be sold, with at most the currency's minor digits. Without it the answer is about now.",
        examples: ['1500.00'],
      }),
    ),
    currency: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{3}$',
        description: "ISO 4217; the customer's currency by default. Items in other currencies are left out.",
        examples: ['USD'],
      }),
    ),
  },
  { additionalProperties: false },
)

export function registerCreditCheck(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/customers/:id/credit-check',
    describe({
      operationId: 'checkCredit',
      tag: 'customers',
      summary: "Check a customer's credit",
      description:
        'Compares the credit limit with what is open now, asked of the ERP at this moment. On hold: `approved` is false, whatever the limit. Without a limit, or with one in another currency than is asked about: null, for people to decide. Else whether the amount is at most `available`. Where the ERP names no currency for the customer, its limit is taken to be in the one that is asked about. Nothing is reserved, and orders that are not invoiced yet do not count.',
      scope: 'customers:read',
      params: idParameter('A customer id.', 'cus_netsuite_456', 'cus_intacct_ACME'),
      query: Query,
      answers: { 200: { description: 'The check.', schema: Ref(CreditCheck) } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection'],
    }),
    async (request) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      const { amount = null, currency: asked = null } = request.query as Static<typeof Query>
      if (asked !== null && !isCurrency(asked))
        throw fieldError('invalid_request', '?currency', `${asked} is not an ISO 4217 currency.`, 'invalid')
      // A wrong amount is told before anything is asked, where the currency is known before.
      if (asked !== null) checkDigits(asked, [['?amount', amount]])
      const bound = connection.bind(callOf(request))
      const [{ record }, items] = await Promise.all([
        bound.getCustomer(nativeId, { fields: new Set(['currency', 'creditLimit', 'onHold']) }),
        bound.listOpenItems(nativeId),
      ])
      const { currency: own = null, creditLimit = null, onHold } = record
      const customer: Credit = { currency: own, creditLimit, onHold: onHold === true }
      const currency = currencyOfCheck(asked, customer, items)
      if (currency !== null) checkDigits(currency, [['?amount', amount]])
      return checkCredit(currency, amount, customer, items)
    },
  )
}
