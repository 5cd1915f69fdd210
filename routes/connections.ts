/** Connections: what is configured, what it can do, and whether it works. */
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import {
  type Capabilities,
  type CheckStep,
  Connection,
  type ConnectionAnswer,
  ConnectionCheck,
  ConnectionList,
} from '../schemas/connection.ts'
import { Ref } from '../schemas/kit.ts'
import { GatewayError } from '../src/errors.ts'
import type { OpenConnection } from '../src/gateway/connections.ts'
import type { Gateway } from '../src/gateway/gateway.ts'
import { describeMapping } from '../src/mapping/describe.ts'
import { describe } from '../src/openapi.ts'
import type { CheckPlan, OperationName, Connection as Operations, ProviderMappings } from '../src/providers/provider.ts'
import { callOf } from '../src/request/call.ts'
import { ConnectionName, namedConnection } from '../src/request/named-connection.ts'

const NoQuery = Type.Object({}, { additionalProperties: false })

/** Every operation a connection can have; typed so that a new one cannot be forgotten. */
const OPERATIONS = Object.keys({
  listCustomers: 0,
  getCustomer: 0,
  createCustomer: 0,
  updateCustomer: 0,
  deleteCustomer: 0,
  upsertCustomer: 0,
  createAddress: 0,
  deleteAddress: 0,
  listEmailTemplates: 0,
  getEmailTemplate: 0,
  listCustomerEmailTemplates: 0,
  replaceCustomerEmailTemplates: 0,
  listOpenItems: 0,
  listInvoices: 0,
  getInvoice: 0,
  listPayments: 0,
  getPayment: 0,
  createPayment: 0,
  updatePayment: 0,
  deletePayment: 0,
  voidPayment: 0,
  applyPayment: 0,
  unapplyPayment: 0,
  getCredit: 0,
  applyCredit: 0,
  unapplyCredit: 0,
  listReferenceData: 0,
  getObjectDefinition: 0,
  passthrough: 0,
} satisfies Record<OperationName, 0>) as OperationName[]

/** What a connection can do; `bound` shows which operations are there. */
export function capabilitiesOf(
  connection: OpenConnection,
  bound: Operations,
  mappings: ProviderMappings = connection.mappings,
): Capabilities {
  const { missing } = connection.provider
  const operations = OPERATIONS.map((name) => {
    const supported = bound[name] !== undefined
    return [
      name,
      supported ? { supported } : { supported, reason: missing[name] ?? 'The ERP has no such operation.' },
    ] as const
  })
  return {
    operations: Object.fromEntries(operations),
    customer: { fields: describeMapping(mappings.customer) },
    payment: { fields: describeMapping(mappings.payment) },
    invoice: { fields: describeMapping(mappings.invoice) },
  }
}

async function answerOf(connection: OpenConnection, bound: Operations): Promise<ConnectionAnswer> {
  const { governor, rest } = connection
  const mappings = await connection.mappingsOf(bound, false)
  return {
    object: 'connection',
    id: connection.name,
    provider: connection.provider.name,
    title: connection.title,
    status: connection.status,
    rest: rest && { since: instant(rest.since), until: instant(rest.until), reason: rest.reason },
    capabilities: capabilitiesOf(connection, bound, mappings),
    concurrency: { limit: governor.limit, inFlight: governor.inFlight, queued: governor.queued },
  }
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** After these nothing more can be found out. */
const ENDING: readonly string[] = [
  'provider_refused',
  'provider_unavailable',
  'provider_timeout',
  'provider_busy',
  'rate_limited',
  'overloaded',
]

/** Runs the steps in order. What fails by itself does not keep the next from being tried. */
async function runCheck(plan: CheckPlan): Promise<{ ok: boolean; steps: CheckStep[] }> {
  const steps: CheckStep[] = []
  for (const step of plan) {
    const started = performance.now()
    const durationMs = () => Math.round((performance.now() - started) * 10) / 10
    try {
      const detail = await step.run()
      steps.push({ name: step.name, ok: true, ...(detail !== undefined && { detail }), durationMs: durationMs() })
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      const words = error.options.upstream?.message
      steps.push({
        name: step.name,
        ok: false,
        detail: words ? `${error.message} ${words}` : error.message,
        durationMs: durationMs(),
      })
      if (ENDING.includes(error.code)) break
    }
  }
  return { ok: steps.every(({ ok }) => ok), steps }
}

export function registerConnections(app: FastifyInstance, gateway: Gateway): void {
  app.get(
    '/v1/connections',
    describe({
      operationId: 'listConnections',
      tag: 'connections',
      summary: 'List connections',
      description: 'The connections that the key may use, with their capabilities. No ERP is asked.',
      scope: 'connections:read',
      query: NoQuery,
      asks: 'nothing',
      answers: { 200: { description: 'The connections.', schema: Ref(ConnectionList) } },
    }),
    async (request) => {
      const call = callOf(request)
      return {
        object: 'list',
        data: await Promise.all(
          gateway.connections.allowed(call.caller).map((connection) => answerOf(connection, connection.bind(call))),
        ),
      }
    },
  )
  app.get(
    '/v1/connections/:connection',
    describe({
      operationId: 'getConnection',
      tag: 'connections',
      summary: 'Read a connection',
      description:
        'State and capabilities: every operation and field, with the reason for what is not there. Fields are those of this very account, as far as it was asked before (`check` asks it). No ERP is asked now.',
      scope: 'connections:read',
      params: ConnectionName,
      query: NoQuery,
      asks: 'nothing',
      answers: { 200: { description: 'The connection.', schema: Ref(Connection) } },
      failures: ['unknown_connection'],
    }),
    async (request) => {
      const call = callOf(request)
      const connection = namedConnection(gateway, request)
      return answerOf(connection, connection.bind(call))
    },
  )
  app.post(
    '/v1/connections/:connection/check',
    describe({
      operationId: 'checkConnection',
      tag: 'connections',
      summary: 'Probe a connection',
      description:
        'Asks the ERP step by step and says which steps fail: the login, a read of every kind of record, and each default of the configuration (`defaults.…`). Nothing is written. A failing ERP is not a failing call: the answer is 200 with `ok: false`.',
      scope: 'connections:read',
      params: ConnectionName,
      query: NoQuery,
      answers: { 200: { description: 'The steps.', schema: Ref(ConnectionCheck) } },
      failures: ['unknown_connection', 'payload_too_large', 'unsupported_media_type'],
    }),
    async (request) => {
      const call = callOf(request)
      const connection = namedConnection(gateway, request)
      return runCheck(connection.bind(call).check())
    },
  )
}
