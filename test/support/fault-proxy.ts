/** An HTTP proxy in front of a sandbox that counts what passes and breaks exactly what a test asks it to break. */
import {
  Agent,
  createServer,
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What the gateway sent, and what came back from the ERP once it has (null: it never heard of it, or has not answered yet). */
export interface Exchange {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  answer: WireAnswer | null
}

export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
/** What is sent in its place; bytes that are no text too. */
export type ChangedAnswer = Omit<WireAnswer, 'body'> & { readonly body: string | Buffer }

export type Fault =
  /** The ERP never hears of it. */
  | { readonly kind: 'drop-before' }
  /** The ERP does it; its answer is lost. */
  | { readonly kind: 'drop-after' }
  /** The ERP does it; the connection breaks in the middle of its answer. */
  | { readonly kind: 'reset-in-the-middle' }
  /** The ERP does it; half of the document arrives as if it were whole. */
  | { readonly kind: 'garble' }
  /** Another answer instead; the ERP never hears of it, or does it all the same. */
  | { readonly kind: 'answer'; readonly answer: WireAnswer; readonly afterForwarding?: boolean }
  /** The ERP does it, and its answer is changed on the way. With `instead` it never hears of it: that is changed. */
  | {
      readonly kind: 'change'
      readonly change: (answer: WireAnswer, exchange: Exchange) => ChangedAnswer
      readonly instead?: WireAnswer
    }
  /** The ERP does it; its answer comes when the promise ends. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }

export type Match = (exchange: Exchange) => boolean

export interface ArmedFault {
  /** How many exchanges it has met. */
  readonly met: () => number
  /** Ends when the ERP has answered the first exchange it met (at once where the ERP is not asked). */
  readonly happened: Promise<Exchange>
  disarm(): void
}

export interface FaultProxy {
  /** Origin without a trailing slash. */
  readonly url: string
  /** Everything that was sent since the last `forget`, oldest first. */
  readonly exchanges: readonly Exchange[]
  forget(): void
  /** Takes back every fault. */
  mend(): void
  /** Breaks the next `times` exchanges that match. The newest fault comes first. */
  fail(match: Match, fault: Fault, times?: number): ArmedFault
  /** Refuses connections until `accept`. */
  refuse(): Promise<void>
  accept(): Promise<void>
  close(): Promise<void>
}

interface Armed {
  readonly match: Match
  readonly fault: Fault
  left: number
  met: number
  readonly happen: (exchange: Exchange) => void
}

/** Hop by hop, or about the bytes rather than the content. */
const NOT_FORWARDED = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length'])

export async function startFaultProxy(
  target: string,
  record: (exchange: Exchange) => void = () => {},
): Promise<FaultProxy> {
  const { hostname, port } = new URL(target)
  const agent = new Agent({ keepAlive: true })
  const exchanges: Exchange[] = []
  const armed: Armed[] = []
  const sockets = new Set<Socket>()

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const exchange: Exchange = {
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      headers: flat(incoming.headers),
      body: await textOf(incoming),
      answer: null,
    }
    exchanges.push(exchange)
    record(exchange)
    const found = armed.find((one) => one.left > 0 && one.match(exchange))
    if (found) {
      found.left--
      found.met++
    }
    const pass = () => send(agent, hostname, Number(port), exchange)
    if (found) await broken(found, exchange, incoming, outgoing, pass)
    else reply(outgoing, await pass())
  }
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => incoming.socket.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const listen = (on: number) => new Promise<void>((resolve) => server.listen(on, '127.0.0.1', resolve))
  const stop = () =>
    new Promise<void>((resolve) => {
      if (server.listening) server.close(() => resolve())
      else resolve()
      for (const socket of sockets) socket.destroy()
    })
  await listen(0)
  const own = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${own}`,
    exchanges,
    forget: () => {
      exchanges.length = 0
    },
    mend: () => {
      armed.length = 0
    },
    fail: (match, fault, times = 1) => arm(armed, match, fault, times),
    refuse: stop,
    accept: () => listen(own),
    close: async () => {
      await stop()
      agent.destroy()
    },
  }
}

function arm(armed: Armed[], match: Match, fault: Fault, times: number): ArmedFault {
  let happen: (exchange: Exchange) => void = () => {}
  const happened = new Promise<Exchange>((resolve) => {
    happen = resolve
  })
  const entry: Armed = { match, fault, left: times, met: 0, happen }
  armed.unshift(entry)
  return {
    met: () => entry.met,
    happened,
    disarm: () => {
      const place = armed.indexOf(entry)
      if (place >= 0) armed.splice(place, 1)
    },
  }
}

async function broken(
  one: Armed,
  exchange: Exchange,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  pass: () => Promise<WireAnswer>,
): Promise<void> {
  const { fault } = one
  const answer = isAsked(fault) ? await pass() : null
  one.happen(exchange)
  if (fault.kind === 'answer') return reply(outgoing, fault.answer)
  if (answer && fault.kind === 'garble') return reply(outgoing, half(answer))
  const shown = fault.kind === 'change' && (answer ?? fault.instead)
  if (shown) return reply(outgoing, fault.change(shown, exchange))
  if (answer && fault.kind === 'reset-in-the-middle') return breakOff(incoming, outgoing, answer)
  if (answer && fault.kind === 'hold') {
    await fault.until
    return reply(outgoing, answer)
  }
  incoming.socket.destroy()
}

function isAsked(fault: Fault): boolean {
  if (fault.kind === 'answer') return fault.afterForwarding === true
  return fault.kind !== 'drop-before' && !(fault.kind === 'change' && fault.instead)
}

function reply(outgoing: ServerResponse, { status, headers, body }: ChangedAnswer): void {
  if (outgoing.destroyed) return
  outgoing.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': Buffer.byteLength(body) })
  outgoing.end(status === 204 ? undefined : body)
}

/** An answer without a body cannot be halved: it becomes the beginning of an error page. */
function half(answer: WireAnswer): WireAnswer {
  const { location: _, ...headers } = answer.headers
  if (answer.body === '')
    return { status: 200, headers: { ...headers, 'content-type': 'text/html' }, body: '<!DOCTYPE html><html><he' }
  return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) }
}

function breakOff(incoming: IncomingMessage, outgoing: ServerResponse, answer: WireAnswer): void {
  const body = answer.body === '' ? 'x'.repeat(64) : answer.body
  outgoing.writeHead(answer.status === 204 ? 200 : answer.status, {
    ...answer.headers,
    'content-length': Buffer.byteLength(body),
  })
  outgoing.write(body.slice(0, Math.floor(body.length / 2)), () => incoming.socket.destroy())
}

function send(agent: Agent, host: string, port: number, exchange: Exchange): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const kept = Object.entries(exchange.headers).filter(([name]) => !NOT_FORWARDED.has(name))
    const headers = {
      ...Object.fromEntries(kept),
      ...(exchange.body !== '' && { 'content-length': String(Buffer.byteLength(exchange.body)) }),
    }
    const outgoing = forward(
      { agent, host, port, method: exchange.method, path: exchange.path, headers },
      async (incoming) => {
        const body = await textOf(incoming)
        const passed = Object.entries(flat(incoming.headers)).filter(([name]) => !NOT_FORWARDED.has(name))
        exchange.answer = { status: incoming.statusCode ?? 0, headers: Object.fromEntries(passed), body }
        resolve(exchange.answer)
      },
    )
    outgoing.once('error', reject)
    outgoing.end(exchange.body === '' ? undefined : exchange.body)
  })
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const flat = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
