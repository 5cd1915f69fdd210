/** Open items of a customer: what a payment can be applied to or taken from. */
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { Ref } from '../schemas/kit.ts'
import { OpenItemList } from '../schemas/open-item.ts'
import { type Gateway, today } from '../src/gateway/gateway.ts'
import { gatewayId } from '../src/gateway/ids.ts'
import { openItemList } from '../src/gateway/open-items.ts'
import { describe, idParameter } from '../src/openapi.ts'
import { callOf } from '../src/request/call.ts'
import { locate } from '../src/request/locate.ts'

const CustomerId = idParameter('A customer id.', 'cus_netsuite_456', 'cus_intacct_ACME')

export function registerOpenItems(app: FastifyInstance, gateway: Gateway): void {
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
      const own = customer.record.currency ?? null
      const list = openItemList(connection.name, reference, items, currency, own, today(gateway))
      // Amounts are in the items' own currency: what is said of the customer's does not touch them.
      const warnings = (customer.warnings ?? []).filter(({ pointer }) => pointer === '/number' || pointer === '/name')
      if (warnings.length === 0) return list
      return { ...list, warnings: warnings.map((one) => ({ ...one, pointer: `/customer${one.pointer}` })) }
    },
  )
}
