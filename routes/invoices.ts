/** Invoices, read only. */
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { Invoice, InvoiceList } from '../schemas/invoice.ts'
import { Ref } from '../schemas/kit.ts'
import { etagOf } from '../src/gateway/etag.ts'
import { INVOICE_FILTERS, parseWords, SORTS } from '../src/gateway/filters.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { publishInvoice } from '../src/gateway/publish.ts'
import { describe, ETAG, idParameter, LINK } from '../src/openapi.ts'
import { callOf } from '../src/request/call.ts'
import { listQuery, only, runList } from '../src/request/list.ts'
import { locate } from '../src/request/locate.ts'

const FIELDS = Object.keys((Invoice as unknown as { properties: object }).properties)
const INCLUDE = ['raw', 'lines', 'payments']
const ReadQuery = Type.Object(
  {
    fields: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2000, description: 'Only these fields, comma separated.' }),
    ),
    include: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: '`lines`, `payments`, `raw`; comma separated.',
        examples: ['lines,payments'],
      }),
    ),
  },
  { additionalProperties: false },
)

export function registerInvoices(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/invoices',
    describe({
      operationId: 'listInvoices',
      tag: 'invoices',
      summary: 'List and search invoices',
      description: 'Invoices of one or all connections.',
      scope: 'payments:read',
      query: listQuery(INVOICE_FILTERS, SORTS.invoices),
      answers: { 200: { description: 'A page of invoices.', schema: Ref(InvoiceList), headers: LINK } },
      failures: ['invalid_cursor', 'malformed_id', 'wrong_id_kind', 'unknown_connection', 'filter_not_supported'],
    }),
    (request, reply) =>
      runList(gateway, request, reply, {
        filters: INVOICE_FILTERS,
        sortable: SORTS.invoices,
        fields: FIELDS,
        include: ['raw'],
        list: (bound, query) => bound.listInvoices(query),
        publish: publishInvoice,
      }),
  )
  app.get(
    '/v1/invoices/:id',
    describe({
      operationId: 'getInvoice',
      tag: 'invoices',
      summary: 'Read an invoice',
      description: 'The invoice as the ERP has it now; lines and payments on request.',
      scope: 'payments:read',
      params: idParameter('An invoice id.', 'inv_netsuite_5001', 'inv_intacct_101'),
      query: ReadQuery,
      answers: { 200: { description: 'The invoice.', schema: Ref(Invoice), headers: ETAG } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection'],
    }),
    async (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'invoice')
      const query = request.query as Static<typeof ReadQuery>
      const fields = parseWords('fields', query.fields, FIELDS)
      const include = parseWords('include', query.include, INCLUDE) ?? new Set<string>()
      const answer = publishInvoice(
        connection,
        await connection.bind(callOf(request)).getInvoice(nativeId, { fields, include }),
        { raw: include.has('raw') },
      )
      if (fields) return only(answer, fields)
      reply.header('etag', etagOf(answer))
      return answer
    },
  )
}
