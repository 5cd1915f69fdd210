/** Invoices, read only. */
import type { FastifyInstance } from 'fastify'
import { Invoice, InvoiceList } from '../schemas/invoice.ts'
import { Ref } from '../schemas/kit.ts'
import { INVOICE_FILTERS, SORTS } from '../src/gateway/filters.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { publishInvoice } from '../src/gateway/publish.ts'
import { describe, ETAG, idParameter, LINK } from '../src/openapi.ts'
import { callOf } from '../src/request/call.ts'
import { listQuery, runList } from '../src/request/list.ts'
import { locate } from '../src/request/locate.ts'
import { fieldNames, readOne, readQuery } from '../src/request/read.ts'

const FIELDS = fieldNames(Invoice)
const INCLUDE = ['raw', 'lines', 'payments']
const WITH = '`lines`, `payments`, `raw`; comma separated.'

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
        resource: 'invoices',
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
      query: readQuery(WITH),
      answers: { 200: { description: 'The invoice.', schema: Ref(Invoice), headers: ETAG } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection'],
    }),
    async (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'invoice')
      return readOne(request, reply, {
        fields: FIELDS,
        include: INCLUDE,
        read: async (options) => {
          const found = await connection.bind(callOf(request)).getInvoice(nativeId, options)
          return publishInvoice(connection, found, { raw: options.include.has('raw') })
        },
      })
    },
  )
}
