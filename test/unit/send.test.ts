/** What may be repeated and what may not, over a real socket. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { GatewayError } from '../../src/errors.ts'
import { createLogger } from '../../src/logging.ts'
import type { WireRequest, WireResponse } from '../../src/wire/exchange.ts'
import type { Failure } from '../../src/wire/failure.ts'
import { Governor } from '../../src/wire/governor.ts'
import { createSend } from '../../src/wire/send.ts'
import { lineTo } from '../support/line.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void
const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

const upstream = { status: 503, code: null, message: null, supportId: null }
function classify(response: WireResponse): Failure | null {
  if (response.status === 401) return { code: 'provider_refused', detail: 'login', upstream, login: 'ended' }
  if (response.status === 429) return { code: 'rate_limited', detail: 'slow down', upstream }
  if (response.status >= 500) return { code: 'provider_failed', detail: 'failed', upstream }
  return null
}

async function wire(answers: Answer[], limit = 2, deadline = AbortSignal.timeout(10_000)) {
  const seen: string[] = []
  const server: Server = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers['x-token'] ?? ''}`.trim())
    const answer = answers.shift() ?? ok
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const line = lineTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, classify, { concurrency: limit })
  open.push({
    close: async () => {
      line.sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
  let promised = 0
  const send = createSend(line, {
    operation: 'createPayment',
    signal: AbortSignal.timeout(10_000),
    deadline,
    log: createLogger('silent'),
    beforeWrite: async () => {
      promised++
    },
    onExchange: () => {},
  })
  return { send, seen, server, promised: () => promised }
}
const ok: Answer = (_request, response) => void response.end('fine')
const status =
  (code: number): Answer =>
  (_request, response) =>
    void response.writeHead(code).end('no')
const reset: Answer = (request) => void request.socket.destroy()
const half: Answer = (request, response) => {
  response.writeHead(200, { 'content-length': '100' })
  response.write('half', () => request.socket.destroy())
}
const get: WireRequest = { method: 'GET', path: '/', effect: 'read', title: 'GET /' }
const post: WireRequest = { method: 'POST', path: '/', effect: 'write', body: '{}', title: 'POST /' }
const failure = async (promise: Promise<unknown>): Promise<GatewayError> =>
  promise.then(
    () => expect.unreachable(),
    (error: GatewayError) => error,
  )

describe('send', () => {
  it('repeats a read whose answer was lost', async () => {
    const { send, seen } = await wire([reset, half, ok])
    expect((await send(get)).body).toBe('fine')
    expect(seen.length).toBe(3)
  })
  it('never repeats a write whose answer was lost, and says that nobody knows', async () => {
    for (const lost of [reset, half, status(500)]) {
      const { send, seen, promised } = await wire([lost, ok])
      const error = await failure(send(post))
      expect([error.code, error.applied, seen.length, promised()]).toEqual(['provider_failed', 'unknown', 1, 1])
    }
  })
  it('leaves a write to those who look first, whatever the ERP answered', async () => {
    const { send, seen } = await wire([status(429), ok])
    expect(await failure(send(post))).toMatchObject({ code: 'rate_limited', applied: 'unknown' })
    expect(seen.length).toBe(1)
  })
  it('logs in again once, and never a second time', async () => {
    const authorize = async (renew: boolean) => ({ headers: { 'x-token': renew ? 'new' : 'old' } })
    const first = await wire([status(401), ok])
    await first.send({ ...get, authorize })
    expect(first.seen).toEqual(['GET old', 'GET new'])
    const second = await wire([status(401), status(401), ok])
    const refused = await failure(second.send({ ...get, authorize }))
    expect([refused.code, refused.options.login]).toEqual(['provider_refused', 'refused'])
    expect(second.seen.length).toBe(2)
  })
  it('gets a new login after a write that found the old one ended, and sends nothing again', async () => {
    const renewals: boolean[] = []
    const authorize = async (renew: boolean) => {
      renewals.push(renew)
      return {}
    }
    const { send, seen } = await wire([status(401), ok])
    expect((await failure(send({ ...post, authorize }))).options.login).toBe('ended')
    expect([seen.length, renewals]).toEqual([1, [false, true]])
  })
  it('says that nothing was sent when no connection can be made', async () => {
    const { send, server } = await wire([])
    await new Promise((resolve) => server.close(resolve))
    const error = await failure(send(post))
    expect([error.code, error.applied]).toEqual(['provider_unavailable', 'no'])
  })
  it('makes the promise before the first byte of a write, never for a read', async () => {
    const order: string[] = []
    const { send, promised } = await wire([
      (_request, response) => {
        order.push(`arrived after ${promised()}`)
        response.end()
      },
    ])
    await send(post)
    expect(order).toEqual(['arrived after 1'])
    await send(get)
    expect(promised()).toBe(1)
  })
  it('never has more exchanges in flight than the limit', async () => {
    let inFlight = 0
    let most = 0
    const waiting: (() => void)[] = []
    const hold: Answer = (_request, response) => {
      most = Math.max(most, ++inFlight)
      waiting.push(() => {
        inFlight--
        response.end()
      })
      if (waiting.length === 2)
        setImmediate(() => {
          for (const go of waiting.splice(0)) go()
        })
    }
    const { send } = await wire(
      Array.from({ length: 8 }, () => hold),
      2,
    )
    await Promise.all(Array.from({ length: 8 }, () => send(get)))
    expect(most).toBe(2)
  })
})

describe('a write that goes on without its caller', () => {
  it('gives its slot to the others', async () => {
    const caller = new AbortController()
    let answer = () => {}
    const hold: Answer = (_request, response) => {
      answer = () => void response.end('late')
      caller.abort()
    }
    const { send } = await wire([hold, ok], 1, caller.signal)
    const write = send(post)
    expect((await send(get)).body).toBe('fine')
    answer()
    expect((await write).body).toBe('late')
  })
})

describe('governor', () => {
  it('gives up a place in the queue when the deadline passes, and serves the others in order', async () => {
    const governor = new Governor(1)
    const release = await governor.acquire(new AbortController().signal)
    const leaving = new AbortController()
    const left = failure(governor.acquire(leaving.signal))
    const order: number[] = []
    const others = [1, 2].map(async (place) => {
      const done = await governor.acquire(new AbortController().signal)
      order.push(place)
      done()
    })
    expect(governor.queued).toBe(3)
    leaving.abort()
    expect((await left).code).toBe('overloaded')
    release()
    release()
    await Promise.all(others)
    expect([order, governor.inFlight, governor.queued]).toEqual([[1, 2], 0, 0])
  })
  it('tells how long no slot came back', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      const governor = new Governor(2)
      const first = await governor.acquire(new AbortController().signal)
      vi.advanceTimersByTime(1000)
      expect(governor.stuckForMs).toBe(0)
      await governor.acquire(new AbortController().signal)
      vi.advanceTimersByTime(500)
      expect(governor.stuckForMs).toBe(500)
      first()
      expect(governor.stuckForMs).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})
