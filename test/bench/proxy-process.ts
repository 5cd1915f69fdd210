/** The yardstick: a bare Fastify proxy that passes requests on unread and logs one line for each, as the gateway does. */
import { writeSync } from 'node:fs'
import replyFrom from '@fastify/reply-from'
import Fastify from 'fastify'
import { pino } from 'pino'
import type { ProxyReady } from './messages.ts'

const [target = '', connections = '1'] = process.argv.slice(2)
const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 1, sync: false }))
const app = Fastify({ logger: false })
await app.register(replyFrom, { base: target, undici: { connections: Number(connections), keepAliveTimeout: 30_000 } })
// Bodies stay bytes: only what is not read is a bare proxy.
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
app.addHook('onResponse', async (request, reply) => {
  log.info(
    {
      requestId: request.id,
      method: request.method,
      route: '/*',
      status: reply.statusCode,
      durationMs: reply.elapsedTime,
    },
    'call',
  )
})
app.all('/*', (request, reply) => reply.from(request.raw.url ?? '/'))
try {
  process.send?.({ url: await app.listen({ port: 0, host: '127.0.0.1' }) } satisfies ProxyReady)
} catch (error) {
  writeSync(2, `${error}\n`)
  process.exit(1)
}
