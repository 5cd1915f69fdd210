/** An orderly end: connections are let go as soon as their request is answered, so that nobody's keep-alive holds the end up. */
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

const LOOK_EVERY_MS = 100

/**
 * Closing a server ends the connections that are idle at that moment. Those that are answered later would stay for their
 * keep-alive, and those that never carried a request for the time that a request may take to come.
 */
export function registerLastAnswers(app: FastifyInstance): void {
  const unused = new Set<Socket>()
  let closing = false
  app.server.on('connection', (socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  app.server.on('request', ({ socket }) => unused.delete(socket))
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
  app.addHook('preClose', async () => {
    closing = true
    for (const socket of unused) socket.destroy()
    const timer = setInterval(() => app.server.closeIdleConnections(), LOOK_EVERY_MS).unref()
    app.server.once('close', () => clearInterval(timer))
  })
}
