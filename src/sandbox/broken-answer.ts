/** How a fault looks on the wire: connections that end, documents that are not whole, answers that trickle. */
import type { ServerResponse } from 'node:http'
import type { Fault, FaultMoment } from './faults.ts'
import type { SandboxAnswer } from './server.ts'

/** What an edge server answers in the ERP's place (Cloudflare's page has `cf-error-details`). */
const page = (status: number, words: string): SandboxAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body:
    `<!DOCTYPE html>\n<html><head><title>${status}: ${words}</title></head>` +
    `<body><div id="cf-error-details">Error ${status} ${words}</div></body></html>\n`,
})
const HTML_502 = page(502, 'Bad gateway')
const HTML_403 = page(403, 'Access denied')
const TRICKLES = 16

/** How one vendor says what every vendor says in its own way. */
export interface VendorWords {
  tooMany(): SandboxAnswer
  unexpected(): SandboxAnswer
  /** An error of the vendor's whose code nobody knows. */
  unknown(): SandboxAnswer
}

/** Waits; answers false when the sandbox closed meanwhile. */
export type Wait = (milliseconds: number) => Promise<boolean>
/** Called inside the request's place among those that the account may have at a time. */
export type Pause = (when: FaultMoment) => Promise<void>

export function pauseOf(fault: Fault | null, wait: Wait): Pause {
  return async (when) => {
    if (fault?.kind === 'delay' && fault.when === when) await wait(fault.ms)
  }
}

/** What is answered while the books know nothing: an answer, `cut` for none at all, null when the ERP does its work. */
export function insteadOfWork({ kind, when }: Fault, words: VendorWords): SandboxAnswer | 'cut' | null {
  if (kind === 'dropBeforeCommit' || kind === 'refuseConnections') return 'cut'
  if (kind === '429') return words.tooMany()
  return when === 'after' ? null : eitherWay(kind, words)
}

/** Answers that come whether or not the books have it. */
function eitherWay(kind: Fault['kind'], words: VendorWords): SandboxAnswer | null {
  if (kind === '500') return words.unexpected()
  if (kind === 'unknownError') return words.unknown()
  if (kind === '403html') return HTML_403
  return kind === '502html' ? HTML_502 : null
}

/** What is answered after the books were asked. */
export function afterWork({ kind, when }: Fault, answer: SandboxAnswer, words: VendorWords): SandboxAnswer | 'cut' {
  if (kind === 'dropAfterCommit') return 'cut'
  if (kind === 'truncated') return withBody(answer, (body) => body.subarray(0, Math.floor(body.length / 2)))
  if (kind === 'garbled') return withBody(answer, garbled)
  if (kind === 'otherStatus') return { ...answer, status: 409 }
  return (when === 'after' ? eitherWay(kind, words) : null) ?? answer
}

/** Half of the answer, then a reset. One without a body gets a body that never ends. */
export function sendHalf(outgoing: ServerResponse, answer: SandboxAnswer): void {
  const body = Buffer.from(answer.body ?? '')
  const status = answer.status === 204 ? 200 : answer.status
  outgoing.writeHead(status, { ...answer.headers, 'content-length': Math.max(body.length, 64) })
  outgoing.flushHeaders()
  const half = body.subarray(0, Math.floor(body.length / 2))
  outgoing.write(half.length > 0 ? half : ' ', () => outgoing.socket?.resetAndDestroy())
}

export async function sendSlowly(
  outgoing: ServerResponse,
  answer: SandboxAnswer,
  ms: number,
  wait: Wait,
): Promise<void> {
  const body = Buffer.from(answer.body ?? '')
  const length = answer.status === 204 ? {} : { 'content-length': body.length }
  if (body.length === 0) await wait(ms)
  outgoing.writeHead(answer.status, { ...answer.headers, ...length })
  outgoing.flushHeaders()
  const size = Math.max(1, Math.ceil(body.length / TRICKLES))
  for (let at = 0; at < body.length && !outgoing.destroyed; at += size) {
    outgoing.write(body.subarray(at, at + size))
    await wait(ms / TRICKLES)
  }
  outgoing.end()
}

/** An answer without a body cannot be halved: it becomes the beginning of a page, and where the record lies is lost with it. */
function withBody(answer: SandboxAnswer, change: (body: Buffer) => Buffer): SandboxAnswer {
  const { location: _, ...headers } = answer.headers ?? {}
  if (!answer.body)
    return { status: 200, headers: { ...headers, 'content-type': 'text/html' }, body: '<!DOCTYPE html>\n<html><he' }
  return { ...answer, body: change(Buffer.from(answer.body)).toString('utf8') }
}

/** Eight bytes in the middle become what can stand nowhere in JSON and nowhere in XML. */
function garbled(body: Buffer): Buffer {
  const changed = Buffer.from(body)
  const middle = Math.floor(body.length / 2)
  changed.fill('\u0001<', middle, Math.min(body.length, middle + 8))
  return changed
}
