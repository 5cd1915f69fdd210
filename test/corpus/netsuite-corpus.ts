/** What NetSuite says, collected from public sources, and each text as the answer that it comes in. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Applied, FailureCode } from '../../src/errors.ts'
import type { SentRequest, WireResponse } from '../../src/wire/exchange.ts'

export interface CorpusEntry {
  /** The ERP's words; the whole page where a server in front answers. */
  readonly text: string
  readonly code: string | null
  readonly status: number
  readonly level: 'record' | 'query' | 'token' | 'restlet' | 'edge'
  /** `o:errorPath`. */
  readonly path: string | null
  /** The operation on which it comes. */
  readonly on: string
  readonly source: string
  /** Where the status, the code or the level is inferred. */
  readonly certainty?: 'uncertain'
  readonly expected: {
    readonly code: FailureCode
    readonly pointer: string | null
    readonly applied: Applied
    readonly retryable: boolean
  }
  readonly file: string
}

const FOLDER = new URL('netsuite/', import.meta.url)
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))

export const CORPUS: readonly CorpusEntry[] = FILES.flatMap((file) =>
  (JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as CorpusEntry[]).map((entry) => ({ ...entry, file })),
)

const ERROR = 'application/vnd.oracle.resource+json; type=error; charset=UTF-8'

/** The entry's text, or another one in its place, as it comes over the wire. */
export function answerOf(entry: CorpusEntry, text = entry.text): WireResponse {
  const { status, level, code, path } = entry
  if (level === 'edge') return { status, headers: { 'content-type': 'text/html' }, body: text }
  const headers = { 'content-type': level === 'record' || level === 'query' ? ERROR : 'application/json' }
  if (level === 'token') return { status, headers, body: JSON.stringify({ error: text }) }
  if (level === 'restlet') return { status, headers, body: JSON.stringify({ error: { code, message: text } }) }
  const detail = {
    detail: text,
    ...(path !== null && { 'o:errorPath': path }),
    ...(level === 'query' && { 'o:errorQueryParam': 'q' }),
    ...(code !== null && { 'o:errorCode': code }),
  }
  const type = `https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.${status - 399}`
  const body = { type, title: 'Bad Request', status, 'o:errorDetails': [detail] }
  return { status, headers, body: JSON.stringify(body) }
}

/** The request that it answers, with the texts that the call sent. */
export function requestOf(entry: CorpusEntry, ...sent: readonly string[]): SentRequest {
  const body = JSON.stringify(entry.level === 'query' ? { q: 'SELECT 1', params: sent } : { memo: sent })
  const path = entry.level === 'query' ? '/services/rest/query/v1/suiteql' : '/services/rest/record/v1/customerPayment'
  return { path, body, effect: /^(get|list)/.test(entry.on) ? 'read' : 'write', login: entry.level === 'token' }
}
