/** E-mail templates that were chosen for customers: list, read, and the set of one customer. */
import type { FastifyInstance } from 'fastify'
import type { Static } from 'typebox'
import {
  CustomerEmailTemplates,
  EmailTemplate,
  EmailTemplateList,
  type EmailTemplateRecord,
  EmailTemplateSet,
} from '../schemas/email-template.ts'
import { Ref } from '../schemas/kit.ts'
import { acceptEmailTemplates } from '../src/gateway/accept.ts'
import type { WriteAnswer } from '../src/gateway/call.ts'
import type { OpenConnection } from '../src/gateway/connections.ts'
import { EMAIL_TEMPLATE_FILTERS, SORTS } from '../src/gateway/filters.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { gatewayId } from '../src/gateway/ids.ts'
import { publishEmailTemplate } from '../src/gateway/publish.ts'
import { describe, ETAG, IdempotencyHeader, idParameter, LATER, LINK } from '../src/openapi.ts'
import type { Connection, FoundSet } from '../src/providers/provider.ts'
import { callOf } from '../src/request/call.ts'
import { listQuery, runList } from '../src/request/list.ts'
import { locate, unsupported } from '../src/request/locate.ts'
import { fieldNames, NoQuery, RAW, readOne, readQuery } from '../src/request/read.ts'
import { runWrite } from '../src/request/write.ts'

const CustomerId = idParameter('A customer id.', 'cus_intacct_ACME')
const FIELDS = fieldNames(EmailTemplate)
const INCLUDE = ['raw']

export function registerEmailTemplates(app: FastifyInstance, gateway: Gateway): void {
  reads(app, gateway)
  ofCustomer(app, gateway)
  replace(app, gateway)
}

function reads(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/email-templates',
    describe({
      operationId: 'listEmailTemplates',
      tag: 'customers',
      summary: 'List e-mail templates',
      description:
        'Which customers get which e-mail templates. A connection that has no such thing is told in `connections`; asked for by name it answers 501.',
      scope: 'customers:read',
      query: listQuery(EMAIL_TEMPLATE_FILTERS, SORTS.emailTemplates),
      answers: { 200: { description: 'A page of e-mail templates.', schema: Ref(EmailTemplateList), headers: LINK } },
      failures: [
        'invalid_cursor',
        'malformed_id',
        'wrong_id_kind',
        'unknown_connection',
        'filter_not_supported',
        'not_supported',
      ],
    }),
    (request, reply) =>
      runList(gateway, request, reply, {
        resource: 'email-templates',
        filters: EMAIL_TEMPLATE_FILTERS,
        sortable: SORTS.emailTemplates,
        fields: FIELDS,
        include: INCLUDE,
        operation: 'listEmailTemplates',
        list: (bound, query) => bound.listEmailTemplates!(query),
        publish: publishEmailTemplate,
      }),
  )
  app.get(
    '/v1/email-templates/:id',
    describe({
      operationId: 'getEmailTemplate',
      tag: 'customers',
      summary: 'Read an e-mail template',
      description: 'One e-mail template that was chosen for a customer.',
      scope: 'customers:read',
      params: idParameter('The id of an e-mail template.', 'emt_intacct_170'),
      query: readQuery(RAW),
      answers: { 200: { description: 'The e-mail template.', schema: Ref(EmailTemplate), headers: ETAG } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection', 'not_supported'],
    }),
    async (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'emailTemplate')
      return readOne(request, reply, {
        fields: FIELDS,
        include: INCLUDE,
        read: async ({ include }) => {
          const bound = connection.bind(callOf(request))
          if (!bound.getEmailTemplate) throw unsupported(connection, 'getEmailTemplate')
          return publishEmailTemplate(connection, await bound.getEmailTemplate(nativeId), { raw: include.has('raw') })
        },
      })
    },
  )
}

const published = (connection: OpenConnection, { items, warnings }: FoundSet<EmailTemplateRecord>) => ({
  object: 'list' as const,
  data: items.map((one) => publishEmailTemplate(connection, one)),
  ...(warnings && { warnings }),
})

function ofCustomer(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/customers/:id/email-templates',
    describe({
      operationId: 'listCustomerEmailTemplates',
      tag: 'customers',
      summary: "A customer's e-mail templates",
      description: 'All e-mail templates that were chosen for the customer.',
      scope: 'customers:read',
      params: CustomerId,
      query: NoQuery,
      answers: { 200: { description: 'All of them.', schema: Ref(CustomerEmailTemplates) } },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection', 'not_supported'],
    }),
    async (request) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      const bound = connection.bind(callOf(request))
      if (!bound.listCustomerEmailTemplates) throw unsupported(connection, 'listCustomerEmailTemplates')
      return published(connection, await bound.listCustomerEmailTemplates(nativeId))
    },
  )
}

function replace(app: FastifyInstance, gateway: Gateway): void {
  app.put(
    '/v1/customers/:id/email-templates',
    describe({
      operationId: 'replaceCustomerEmailTemplates',
      tag: 'customers',
      summary: "Set a customer's e-mail templates",
      description:
        'The whole set: a member with an id changes, one without is added. Leaving one out is 422, because no way to take one away is documented.',
      scope: 'customers:write',
      headers: IdempotencyHeader(false),
      params: CustomerId,
      query: NoQuery,
      body: Ref(EmailTemplateSet),
      asks: 'write',
      answers: { 200: { description: 'The set as it is now.', schema: Ref(CustomerEmailTemplates) }, 202: LATER },
      failures: ['malformed_id', 'wrong_id_kind', 'not_found', 'unknown_connection', 'not_supported'],
    }),
    (request, reply) => {
      const { connection, nativeId } = locate(gateway, request, 'customer')
      // The caller's field for all of them is `data`.
      request.mapping = { data: connection.mappings.customer.emailTemplates }
      const { data } = request.body as Static<typeof EmailTemplateSet>
      const wanted = acceptEmailTemplates(connection.name, data, '/data')
      return runWrite(gateway, request, reply, {
        connection,
        kind: 'customer',
        keyRequired: false,
        perform: async (bound, once) => {
          if (!bound.replaceCustomerEmailTemplates) throw unsupported(connection, 'replaceCustomerEmailTemplates')
          return answer(connection, nativeId, await bound.replaceCustomerEmailTemplates(nativeId, wanted, once))
        },
        reread: async (bound, id) => answer(connection, id, await templatesOf(bound, id)),
      })
    },
  )
}

const templatesOf = async (bound: Connection, id: string) =>
  (await bound.listCustomerEmailTemplates?.(id)) ?? { items: [] }

const answer = (connection: OpenConnection, customerId: string, found: FoundSet<EmailTemplateRecord>): WriteAnswer => ({
  status: 200,
  body: published(connection, found),
  resourceId: gatewayId('customer', connection.name, customerId),
})
