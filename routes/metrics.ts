/** Figures for monitoring, in the text format that Prometheus reads. No key: bind it to a network that may see them. */
import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Connections } from '../src/gateway/connections.ts'
import type { OverdueWatch } from '../src/gateway/overdue.ts'

/** Seconds; most calls are one or two exchanges with an ERP. */
const BUCKETS = [0.005, 0.02, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function registerMetrics(app: FastifyInstance, watch: OverdueWatch, connections: Connections): void {
  const register = new Registry()
  collectDefaultMetrics({ register })
  new Gauge({
    name: 'gateway_writes_open',
    help: 'Keyed writes that have not ended, by state; overdue: unknown for longer than intents.warnAfterSeconds.',
    labelNames: ['state'],
    registers: [register],
    async collect() {
      const counts = await watch.count().catch(() => null)
      // While the store is away nobody knows; what the process itself has to tell matters most then.
      if (counts === null) return this.reset()
      const { running, unknown, overdue } = counts
      this.set({ state: 'running' }, running)
      this.set({ state: 'unknown' }, unknown)
      this.set({ state: 'overdue' }, overdue)
    },
  })
  new Gauge({
    name: 'gateway_connection_resting',
    help: '1 while nothing is sent because the ERP refused the login; GET /v1/connections/{connection} says why and until when.',
    labelNames: ['connection'],
    registers: [register],
    collect() {
      for (const { name, rest } of connections.all()) this.set({ connection: name }, rest ? 1 : 0)
    },
  })
  new Counter({
    name: 'gateway_unrecognised_answers_total',
    help: "Answers of an ERP that are on no list of known ones, by provider and the level they came from. Their words are in the callers' problems.",
    labelNames: ['provider', 'level'],
    registers: [register],
    collect() {
      this.reset()
      for (const { provider, unrecognised } of connections.all())
        for (const [level, count] of unrecognised) this.inc({ provider: provider.name, level }, count)
    },
  })
  const calls = new Histogram({
    name: 'gateway_call_seconds',
    help: 'Calls by operation, connection and status.',
    labelNames: ['operation', 'connection', 'status'],
    buckets: BUCKETS,
    registers: [register],
  })
  app.addHook('onResponse', async (request, reply) => {
    const { operation } = request.routeOptions.config
    if (!operation) return
    const seconds = (performance.now() - request.startedAt) / 1000
    calls.observe({ operation, connection: request.connectionName ?? '', status: String(reply.statusCode) }, seconds)
  })
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(register.contentType).send(await register.metrics()),
  )
}
