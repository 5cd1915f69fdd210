/** The small HTTP server that both sandboxes run on: whole bodies in and out, a log, and control endpoints for people. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Books } from './books.ts'
import { viewOfBooks } from './books-view.ts'

const BODY_LIMIT = 10 * 1024 * 1024
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
  readonly status: number
  readonly answer: string
  readonly durationMs: number
}

export interface SandboxServerOptions {
  readonly host?: string
  readonly port?: number
  readonly books: Books
  readonly handle: (request: SandboxRequest) => SandboxAnswer | Promise<SandboxAnswer>
  /** Requests of which neither body nor answer is logged, e.g. those that hand out tokens. */
  readonly secret?: (request: SandboxRequest) => boolean
  /** Puts the seed data back. */
  readonly reset: () => void | Promise<void>
  /** Further control endpoints, e.g. fault injection: the answer, or null for "not mine". Path after `/__sandbox/`. */
  readonly control?: (name: string, request: SandboxRequest) => SandboxAnswer | null | Promise<SandboxAnswer | null>
}

export interface SandboxServer {
  /** Origin without a trailing slash, e.g. "http://127.0.0.1:40123". */
  readonly url: string
  /** The newest 1000, oldest first. The same array always. */
  readonly requests: LoggedRequest[]
  /** Takes no new requests, lets those under way end, ends idle sockets. */
  close(): Promise<void>
}

export async function startSandboxServer(options: SandboxServerOptions): Promise<SandboxServer> {
  const requests: LoggedRequest[] = []
  let closing = false
  const server = createServer((incoming, outgoing) => {
    void serve(options, requests, incoming, outgoing, () => closing)
  })
  server.keepAliveTimeout = 65_000
  server.headersTimeout = 70_000
  const host = options.host ?? '127.0.0.1'
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      if (closing) return resolve()
      closing = true
      server.close(() => resolve())
      server.closeIdleConnections()
    })
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, requests, close }
}

export function jsonAnswer(status: number, value: unknown): SandboxAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

async function serve(
  options: SandboxServerOptions,
  log: LoggedRequest[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  isClosing: () => boolean,
): Promise<void> {
  const started = performance.now()
  const body = await bodyOf(incoming)
  if (body === null) {
    if (!outgoing.destroyed) send(outgoing, { status: 413 }, true)
    return
  }
  const request = requestOf(incoming, body)
  const answer = await answerTo(options, request, log)
  send(outgoing, answer, isClosing())
  if (request.path.startsWith('/__sandbox/')) return
  const secret = options.secret?.(request) ?? false
  log.push({
    at: new Date().toISOString(),
    method: request.method,
    target: request.target,
    headers: withoutLogin(request.headers),
    body: secret ? '' : body.slice(0, LOGGED_BODY),
    status: answer.status,
    answer: secret ? '' : (answer.body ?? '').slice(0, LOGGED_BODY),
    durationMs: performance.now() - started,
  })
  if (log.length > LOG_LENGTH) log.shift()
}

async function answerTo(
  options: SandboxServerOptions,
  request: SandboxRequest,
  log: LoggedRequest[],
): Promise<SandboxAnswer> {
  try {
    if (request.path.startsWith('/__sandbox/')) return await controlAnswer(options, request, log)
    return await options.handle(request)
  } catch (error) {
    // A bug of the sandbox: say so loudly instead of looking like the vendor.
    return jsonAnswer(500, { sandboxError: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

async function controlAnswer(
  options: SandboxServerOptions,
  request: SandboxRequest,
  log: LoggedRequest[],
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
  return (await options.control?.(name, request)) ?? jsonAnswer(404, { message: `No control endpoint ${name}.` })
}

/** Null when the body is too long or never came whole. */
function bodyOf(incoming: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= BODY_LIMIT) chunks.push(chunk)
    })
    incoming.on('end', () => resolve(length > BODY_LIMIT ? null : Buffer.concat(chunks).toString('utf8')))
    incoming.on('error', () => resolve(null))
    incoming.on('close', () => resolve(null))
  })
}

function requestOf(incoming: IncomingMessage, body: string): SandboxRequest {
  const target = incoming.url ?? '/'
  const mark = target.indexOf('?')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
    target,
    headers,
    body,
  }
}

function withoutLogin(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { authorization: _, ...rest } = headers
  return rest
}

function send(outgoing: ServerResponse, answer: SandboxAnswer, last: boolean): void {
  const headers: Record<string, string | number> = { ...answer.headers }
  if (last) headers['connection'] = 'close'
  if (answer.status !== 204) headers['content-length'] = Buffer.byteLength(answer.body ?? '')
  outgoing.writeHead(answer.status, headers)
  outgoing.end(answer.status === 204 ? undefined : answer.body)
}
