/** The whole wiring on one screen: every plugin, hook and route in order. No autoload. */
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { registerAddresses } from '../routes/addresses.ts'
import { registerConnections } from '../routes/connections.ts'
import { registerCreditCheck } from '../routes/credit-check.ts'
import { registerCredits } from '../routes/credits.ts'
import { registerCustomerUpsert } from '../routes/customer-upsert.ts'
import { registerCustomers } from '../routes/customers.ts'
import { registerEmailTemplates } from '../routes/email-templates.ts'
import { registerHealth } from '../routes/health.ts'
import { registerInvoices } from '../routes/invoices.ts'
import { registerMetrics } from '../routes/metrics.ts'
import { registerObjects } from '../routes/objects.ts'
import { registerOpenItems } from '../routes/open-items.ts'
import { registerOperations } from '../routes/operations.ts'
import { registerPassthrough } from '../routes/passthrough.ts'
import { registerPaymentChanges } from '../routes/payment-changes.ts'
import { registerPaymentVerbs } from '../routes/payment-verbs.ts'
import { registerPayments } from '../routes/payments.ts'
import { registerReferenceData } from '../routes/reference-data.ts'
import type { GatewayConfig } from './config.ts'
import { registerDocumentation } from './documentation.ts'
import { GatewayError } from './errors.ts'
import { Connections } from './gateway/connections.ts'
import type { Gateway } from './gateway/gateway.ts'
import { Intents } from './gateway/intents.ts'
import { Leases } from './gateway/leases.ts'
import { Operations } from './gateway/operations.ts'
import { OverdueWatch } from './gateway/overdue.ts'
import { Resolver, type ResolverOptions } from './gateway/resolver.ts'
import { fieldsOf } from './gateway/resumed.ts'
import { ALL_SCHEMAS } from './openapi.ts'
import { createAuthenticate } from './request/authentication.ts'
import { registerCalls, requestIdOf } from './request/call.ts'
import { clientErrorHandler, frameworkErrors, registerErrors } from './request/errors.ts'
import { registerLastAnswers } from './request/last-answers.ts'
import { registerParsers, schemaController } from './request/parsing.ts'
import { asGatewayError, toProblem } from './request/problems.ts'
import type { IntentStore } from './store/store.ts'

export interface AppOptions {
  readonly config: GatewayConfig
  readonly store: IntentStore
  readonly log: Logger
  /** The key that the docs page is authorized with; only in sandbox mode. */
  readonly sandboxKey?: string
  readonly now?: () => Date
}

/** Filters travel in the URL; Node's own 16 KiB would cut long ones in other scripts than Latin. */
const MAX_HEADER_BYTES = 65_536
/** How long a shutdown waits for writes that already got a 202, and for those that are being looked for. */
const DRAIN_MS = 25_000

export async function buildApp({
  config,
  store,
  log,
  sandboxKey,
  now = () => new Date(),
}: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: config.limits.bodyBytes,
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    routerOptions: { maxParamLength: 2000 },
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    schemaController: schemaController(),
    frameworkErrors: frameworkErrors as never,
    clientErrorHandler: clientErrorHandler as never,
    // Whatever HTTP lets through is answered by the gateway itself, as a problem where it is one.
    http: { requireHostHeader: false, maxHeaderSize: MAX_HEADER_BYTES },
  })
  // Answers are built from checked records; a serializer would drop fields and turn null into "" silently.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))

  const { retentionDays, leaseSeconds } = config.intents
  const leases = new Leases(store, { leaseSeconds, now, log })
  const connections = new Connections(config.connections, config.defaultConnection, now, store.facts)
  const intents = new Intents(store, { retentionDays, leases, now })
  // What is left in a store of one process belongs to a process that is gone.
  if (!store.shared) await store.abandonLeases()
  const resolver = createResolver({ config, store, connections, leases, log, now })
  const watch = new OverdueWatch({ store, warnAfterSeconds: config.intents.warnAfterSeconds, log, now })
  const gateway: Gateway = { connections, intents, operations: new Operations(store), now }

  let draining = false
  const ready = async () => {
    if (draining) throw new GatewayError('overloaded', 'The gateway is shutting down.')
    connections.checkSlots()
    await store.ready()
  }
  app.addHook('preClose', async () => {
    draining = true
  })
  app.addHook('onReady', async () => {
    resolver.start()
    watch.start()
  })
  app.addHook('onClose', async () => {
    watch.stop()
    await Promise.all([intents.drain(DRAIN_MS), resolver.stop(DRAIN_MS)])
    gateway.connections.close()
    await store.close()
  })

  registerLastAnswers(app)
  registerErrors(app, log)
  registerCalls(app, {
    authenticate: createAuthenticate(config.callers),
    log,
    deadlineSeconds: config.limits.deadlineSeconds,
  })
  registerParsers(app)
  await app.register(helmet, { contentSecurityPolicy: false, hsts: false })
  await registerDocumentation(app, { sandboxKey })
  for (const schema of ALL_SCHEMAS) app.addSchema(schema)

  registerRoutes(app, gateway)
  registerMetrics(app, watch, connections)
  registerHealth(app, ready)
  return app
}

/** Several instances look at different moments, and a lease that ended is noticed soon. */
const LOOKS_A_LEASE = 10
const MOST_OFTEN_MS = 200
const LEAST_OFTEN_MS = 2000

function createResolver({
  config,
  ...rest
}: Pick<ResolverOptions, 'store' | 'connections' | 'leases' | 'log' | 'now'> & { config: GatewayConfig }): Resolver {
  const { leaseSeconds, consistencyWindowSeconds } = config.intents
  const everyMs = Math.min(LEAST_OFTEN_MS, Math.max(MOST_OFTEN_MS, (leaseSeconds * 1000) / LOOKS_A_LEASE))
  return new Resolver({
    ...rest,
    consistencyWindowSeconds,
    everyMs,
    problemOf: (error, { connection, sent = [], ...context }) =>
      toProblem(asGatewayError(error), {
        ...context,
        sent: Object.fromEntries(sent.map((name) => [name, null])),
        connection: connection?.name ?? null,
        ...(connection && { mapping: connection.mappings[fieldsOf(context.operation)] }),
      }),
  })
}

/** Every resource, one line each. */
function registerRoutes(app: FastifyInstance, gateway: Gateway): void {
  registerCustomers(app, gateway)
  registerCustomerUpsert(app, gateway)
  registerAddresses(app, gateway)
  registerOpenItems(app, gateway)
  registerCreditCheck(app, gateway)
  registerEmailTemplates(app, gateway)
  registerPayments(app, gateway)
  registerPaymentChanges(app, gateway)
  registerPaymentVerbs(app, gateway)
  registerCredits(app, gateway)
  registerInvoices(app, gateway)
  registerConnections(app, gateway)
  registerReferenceData(app, gateway)
  registerObjects(app, gateway)
  registerPassthrough(app, gateway)
  registerOperations(app, gateway)
}
