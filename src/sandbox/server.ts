/** The small HTTP server that both sandboxes run on: whole bodies in and out, a log, and control endpoints for people. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Books } from './books.ts'
import { viewOfBooks } from './books-view.ts'
import {
  afterWork,
  insteadOfWork,
  type Pause,
  pauseOf,
  sendHalf,
  sendSlowly,
  type VendorWords,
  type Wait,
} from './broken-answer.ts'
import { type Effect, type Fault, FaultRulesError, Faults } from './faults.ts'
import { bodyOf, requestOf, send, withoutLogin } from './http-messages.ts'

const LOG_LENGTH = 1000
const LOGGED_BODY = 64 * 1024

export interface SandboxRequest {
  readonly method: string
  /** Without the query, still percent-encoded. */
  readonly path: string
  readonly query: URLSearchParams
  /** Path and query exactly as they came. */
  readonly target: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface SandboxAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One request and its answer; bodies beyond 64 KiB are cut, the login is left out. */
export interface LoggedRequest {
  readonly at: string
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What the ERP made of it, whether or not that arrived; 0 where it never heard of it. */
  readonly status: number
  readonly answer: string
  readonly durationMs: number
  /** The kind of fault that it met. */
  readonly fault?: string
}

export interface SandboxServerOptions {
  readonly host?: string
  readonly port?: number
  readonly books: Books
  /** `pause` is to be awaited right before and after the work, inside the request's place in the vendor's limit. */
  readonly handle: (request: SandboxRequest, pause: Pause) => SandboxAnswer | Promise<SandboxAnswer>
  /** What faults must know of the vendor. */
  readonly vendor: SandboxVendor
  /** Requests of which neither body nor answer is logged, e.g. those that hand out tokens. */
  readonly secret?: (request: SandboxRequest) => boolean
  /** Puts the seed data back. */
  readonly reset: () => void | Promise<void>
  /** Further control endpoints, e.g. fault injection: the answer, or null for "not mine". Path after `/__sandbox/`. */
  readonly control?: (name: string, request: SandboxRequest) => SandboxAnswer | null | Promise<SandboxAnswer | null>
}

export interface SandboxVendor extends VendorWords {
  effectOf(request: SandboxRequest): Effect
  /** Ends the session or token that the request carries; false when it carries none. */
  endSession(request: SandboxRequest): boolean
}

export interface SandboxServer {
  /** Origin without a trailing slash, e.g. "http://127.0.0.1:40123". */
  readonly url: string
  /** The newest 1000, oldest first. The same array always. */
  readonly requests: LoggedRequest[]
  /** Takes no new requests, lets those under way end, ends idle sockets. */
  close(): Promise<void>
}

/** A running server and what its requests share. */
interface Running {
  readonly options: SandboxServerOptions
  readonly requests: LoggedRequest[]
  readonly faults: Faults
  readonly wait: Wait
  readonly isClosing: () => boolean
  /** Nobody listens for so long; answers under way still come. */
  readonly refuse: (milliseconds: number) => void
}

export async function startSandboxServer(options: SandboxServerOptions): Promise<SandboxServer> {
  const closing = new AbortController()
  const isClosing = () => closing.signal.aborted
  const wait: Wait = (milliseconds) => delay(milliseconds, true, { signal: closing.signal }).catch(() => false)
  const host = options.host ?? '127.0.0.1'
  const server = createServer((incoming, outgoing) => void serve(running, incoming, outgoing))
  const refuse = (milliseconds: number) => {
    if (!server.listening) return
    const { port } = server.address() as AddressInfo
    server.close()
    server.closeIdleConnections()
    void wait(milliseconds).then((over) => over && server.listen(port, host))
  }
  const running: Running = { options, requests: [], faults: new Faults(), wait, isClosing, refuse }
  server.keepAliveTimeout = 65_000
  server.headersTimeout = 70_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      if (isClosing()) return resolve()
      closing.abort()
      if (server.listening) server.close(() => resolve())
      else resolve()
      server.closeIdleConnections()
    })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    requests: running.requests,
    close,
  }
}

export function jsonAnswer(status: number, value: unknown): SandboxAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

async function serve(running: Running, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const started = performance.now()
  const body = await bodyOf(incoming)
  if (body === null) {
    if (!outgoing.destroyed) send(outgoing, { status: 413 }, true)
    return
  }
  const request = requestOf(incoming, body)
  const { options, requests: log } = running
  if (request.path.startsWith('/__sandbox/')) {
    const answer = await orBug(() => controlAnswer(running, request))
    return send(outgoing, answer, running.isClosing())
  }
  const fault = faultFor(running, request)
  const answer = await answerWith(running, request, fault, outgoing)
  const secret = options.secret?.(request) ?? false
  log.push({
    at: new Date().toISOString(),
    method: request.method,
    target: request.target,
    headers: withoutLogin(request.headers),
    body: secret ? '' : body.slice(0, LOGGED_BODY),
    status: answer?.status ?? 0,
    answer: secret ? '' : (answer?.body ?? '').slice(0, LOGGED_BODY),
    durationMs: performance.now() - started,
    ...(fault && { fault: fault.kind }),
  })
  if (log.length > LOG_LENGTH) log.shift()
}

function faultFor({ options, faults }: Running, request: SandboxRequest): Fault | null {
  const { vendor } = options
  const seen = { effect: vendor.effectOf(request), target: request.target, body: request.body }
  return faults.next(seen, ({ kind }) => kind !== 'expiredSession' || vendor.endSession(request))
}

/** Does the work and answers, as the fault wants it. Returns what the ERP said; null when it never heard of the request. */
async function answerWith(
  running: Running,
  request: SandboxRequest,
  fault: Fault | null,
  outgoing: ServerResponse,
): Promise<SandboxAnswer | null> {
  const { options, wait, isClosing } = running
  const instead = fault && insteadOfWork(fault, options.vendor)
  if (fault?.kind === 'refuseConnections') running.refuse(fault.ms)
  if (instead === 'cut') {
    outgoing.destroy()
    return null
  }
  if (instead) {
    send(outgoing, instead, isClosing())
    return instead
  }
  const answer = await orBug(() => options.handle(request, pauseOf(fault, wait)))
  const shown = fault ? afterWork(fault, answer, options.vendor) : answer
  if (shown === 'cut') outgoing.destroy()
  else if (fault?.kind === 'resetMidAnswer') sendHalf(outgoing, shown)
  else if (fault?.kind === 'slowTrickle') await sendSlowly(outgoing, shown, fault.ms, wait)
  else send(outgoing, shown, isClosing())
  return answer
}

/** A bug of the sandbox: say so loudly instead of looking like the vendor. */
async function orBug(work: () => SandboxAnswer | Promise<SandboxAnswer>): Promise<SandboxAnswer> {
  try {
    return await work()
  } catch (error) {
    return jsonAnswer(500, { sandboxError: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

async function controlAnswer(
  { options, requests: log, faults }: Running,
  request: SandboxRequest,
): Promise<SandboxAnswer> {
  const name = request.path.slice('/__sandbox/'.length)
  if (name === 'reset' && request.method === 'POST') {
    await options.reset()
    log.length = 0
    return { status: 204 }
  }
  if (name === 'books' && request.method === 'GET') {
    return jsonAnswer(200, viewOfBooks(options.books, request.query.get('customer')))
  }
  if (name === 'requests' && request.method === 'GET') return jsonAnswer(200, log)
  if (name === 'faults') return faultsAnswer(faults, request)
  return (await options.control?.(name, request)) ?? jsonAnswer(404, { message: `No control endpoint ${name}.` })
}

/** POST sets the rules in the place of the old ones, GET shows them with what they met, DELETE takes them away. */
function faultsAnswer(faults: Faults, { method, body }: SandboxRequest): SandboxAnswer {
  try {
    if (method === 'POST') faults.set(body)
    else if (method === 'DELETE') faults.clear()
    else if (method !== 'GET') return jsonAnswer(405, { message: 'GET, POST or DELETE.' })
  } catch (error) {
    if (!(error instanceof FaultRulesError)) throw error
    return jsonAnswer(400, { message: error.message })
  }
  return jsonAnswer(200, faults.view())
}
