/** HTTP messages of a sandbox as plain values: whole requests in, whole answers out. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SandboxAnswer, SandboxRequest } from './server.ts'

const BODY_LIMIT = 10 * 1024 * 1024

/** Null when the body is too long or never came whole. */
export function bodyOf(incoming: IncomingMessage): Promise<string | null> {
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

export function requestOf(incoming: IncomingMessage, body: string): SandboxRequest {
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

export function withoutLogin(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { authorization: _, ...rest } = headers
  return rest
}

export function send(outgoing: ServerResponse, answer: SandboxAnswer, last: boolean): void {
  const headers: Record<string, string | number> = { ...answer.headers }
  if (last) headers['connection'] = 'close'
  if (answer.status !== 204) headers['content-length'] = Buffer.byteLength(answer.body ?? '')
  outgoing.writeHead(answer.status, headers)
  outgoing.end(answer.status === 204 ? undefined : answer.body)
}
