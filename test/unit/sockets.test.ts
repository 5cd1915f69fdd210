/** What hangs, what cannot be sent and what cannot be trusted: each costs itself only. */
import { setMaxListeners } from 'node:events'
import { createServer as createHttpServer, type ServerResponse } from 'node:http'
import { createServer, connect as dial, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import type { WireRequest } from '../../src/wire/exchange.ts'
import { SELF_SIGNED } from '../support/certificate.ts'
import { callOn, closeLater, failure, openLine, READ, serve, WRITE } from './wire-world.ts'

/** Answers everything but `/hang`. */
async function erp(hanging: ServerResponse[] = []) {
  let sockets = 0
  const server = createHttpServer((request, response) => {
    if (request.url === '/hang') hanging.push(response)
    else response.end('fine')
  })
  server.on('connection', () => sockets++)
  const port = await serve(server)
  return { origin: `http://127.0.0.1:${port}`, sockets: () => sockets }
}
const hang: WireRequest = { ...WRITE, path: '/hang' }
const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise(setImmediate)
}

describe('what no HTTP client can send', () => {
  const impossible: Partial<WireRequest>[] = [
    { path: '/a b' },
    { path: 'a' },
    { path: '/ä€' },
    { headers: { 'a b': 'c' } },
    { headers: { a: 'b\r\nc' } },
    { headers: { expect: 'x' } },
    { headers: { a: Symbol('a') as never } },
    { method: 'A B' as never },
    { body: 1 as never },
    { origin: 'nowhere' },
    { origin: 'ftp://127.0.0.1' },
  ]
  it.each(impossible)(
    '%j is a defect that was not sent, however often, and costs nobody else anything',
    async (part) => {
      const { origin } = await erp()
      const line = openLine(origin)
      for (const request of [WRITE, WRITE, WRITE, WRITE, READ]) {
        const error = await failure(callOn(line)({ ...request, ...part }))
        expect([error.code, error.applied]).toEqual(['internal_error', 'no'])
      }
      expect(line.governor.inFlight).toBe(0)
      expect((await callOn(line, { deadline: AbortSignal.timeout(5000) })(READ)).body).toBe('fine')
    },
  )
})

describe('writes that the ERP does not answer', () => {
  it('keep no socket from the others, and their answers are still taken', async () => {
    const hanging: ServerResponse[] = []
    const { origin } = await erp(hanging)
    const line = openLine(origin)
    const caller = new AbortController()
    const signal = AbortSignal.timeout(20_000)
    const writes = [1, 2].map(() => callOn(line, { deadline: caller.signal, signal })(hang))
    await until(() => hanging.length === 2)
    caller.abort()
    expect(line.governor.inFlight).toBe(0)
    for (let count = 0; count < 5; count++) expect((await callOn(line)(READ)).body).toBe('fine')
    for (const response of hanging) response.end('late')
    expect((await Promise.all(writes)).map(({ body }) => body)).toEqual(['late', 'late'])
  })
  it('lose their sockets with their time', async () => {
    const hanging: ServerResponse[] = []
    const { origin } = await erp(hanging)
    const caller = new AbortController()
    const write = failure(callOn(openLine(origin), { deadline: caller.signal })(hang))
    await until(() => hanging.length === 1)
    const closed = new Promise((resolve) => hanging[0]?.once('close', resolve))
    caller.abort(new DOMException('', 'TimeoutError'))
    expect(await write).toMatchObject({ code: 'provider_timeout', applied: 'unknown' })
    await closed
  })
  it('are cut off, oldest first, where they become too many', async () => {
    const hanging: ServerResponse[] = []
    const { origin } = await erp(hanging)
    const line = openLine(origin, 101)
    const caller = new AbortController()
    const signal = AbortSignal.timeout(20_000)
    setMaxListeners(0, caller.signal, signal)
    const ended: number[] = []
    const writes = Array.from({ length: 101 }, (_, place) =>
      callOn(line, { deadline: caller.signal, signal })(hang).then(
        () => null,
        (error) => {
          ended.push(place)
          return error
        },
      ),
    )
    await until(() => hanging.length === 101)
    caller.abort()
    expect(await writes[0]).toMatchObject({ code: 'provider_timeout', applied: 'unknown' })
    expect(ended).toEqual([0])
    for (const response of hanging) response.end()
    await Promise.all(writes)
  })
  it('end when the gateway does', async () => {
    const hanging: ServerResponse[] = []
    const { origin } = await erp(hanging)
    const line = openLine(origin)
    const write = failure(callOn(line)(hang))
    await until(() => hanging.length === 1)
    line.sockets.close()
    expect(await write).toMatchObject({ code: 'provider_failed', applied: 'unknown' })
    expect(await failure(callOn(line)(WRITE))).toMatchObject({ code: 'provider_unavailable', applied: 'no' })
  })
})

it('a socket is used again, and no more are kept than there are slots', async () => {
  const { origin, sockets } = await erp()
  const line = openLine(origin)
  for (let count = 0; count < 5; count++) await callOn(line)(READ)
  expect(sockets()).toBe(1)
})

/** Connections to it are never made: its only thread sleeps, and its queue is full. */
async function deaf(): Promise<number> {
  const source = `
    const { createServer } = require('node:net')
    const { parentPort } = require('node:worker_threads')
    const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port)
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
    })`
  const worker = new Worker(source, { eval: true })
  closeLater(() => worker.terminate())
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const fillers: Socket[] = Array.from({ length: 8 }, () => dial(port, '127.0.0.1').on('error', () => {}))
  closeLater(async () => fillers.forEach((socket) => void socket.destroy()))
  await new Promise((resolve) => fillers[0]?.once('connect', resolve))
  return port
}
/** Takes connections and says nothing, not even in the handshake. */
const silent = () => serve(createServer(() => {}))

describe.each([
  ['a connection', async () => `http://127.0.0.1:${await deaf()}`],
  ['a TLS handshake', async () => `https://127.0.0.1:${await silent()}`],
])('%s that hangs', (_, address) => {
  it('ends with its caller: nothing was sent, and nothing is sent later', async () => {
    const line = openLine(await address())
    for (const request of [READ, WRITE]) {
      const deadline = AbortSignal.timeout(300)
      const started = performance.now()
      // A promised write may take longer than its caller, once it has left.
      const error = await failure(callOn(line, { deadline, signal: AbortSignal.timeout(20_000) })(request))
      expect([error.code, error.applied]).toEqual(['provider_timeout', 'no'])
      expect(performance.now() - started).toBeLessThan(3000)
      expect(line.governor.inFlight).toBe(0)
    }
  })
})

describe('a certificate that is not trusted', () => {
  it('is no doubt: nothing was sent, and the detail says why', async () => {
    const port = await serve(createTlsServer(SELF_SIGNED, (socket) => void socket.end()))
    const error = await failure(callOn(openLine(`https://localhost:${port}`))(WRITE))
    expect([error.code, error.applied]).toEqual(['provider_unavailable', 'no'])
    expect(error.message).toContain('certificate')
  })
  it('nor is an address that speaks no TLS', async () => {
    const { origin } = await erp()
    const error = await failure(callOn(openLine(origin.replace('http:', 'https:')))(WRITE))
    expect([error.code, error.applied]).toEqual(['provider_unavailable', 'no'])
    expect(error.message).toContain('TLS')
  })
})
