/** NetSuite's own error documents, read strictly: `nsError` of the REST services, and the object `error` of a script. */
import type { WireResponse } from '../../wire/exchange.ts'
import { parseJson } from '../../wire/json.ts'
import type { Level } from './failure-codes.ts'

export interface Detail {
  readonly code: string | null
  readonly detail: string
  readonly path: string | null
}

export interface ErrorDocument {
  readonly level: Level
  readonly details: readonly Detail[]
  /** Whether it says the status that it came with; what does not was made by somebody in between, or is half of something else. */
  readonly belongs: boolean
}

/** Messages are matched and told up to here. */
const LONGEST = 4096

export type JsonObject = Readonly<Record<string, unknown>>

export function objectOf(body: string): JsonObject | null {
  try {
    const value = parseJson(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
  } catch {
    return null
  }
}

const word = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null

/** Null for JSON that is no error document. */
export function documentOf(answer: JsonObject, status: number): ErrorDocument | null {
  const belongs = answer['status'] === undefined || answer['status'] === status
  const list = answer['o:errorDetails']
  const details = (Array.isArray(list) ? list : []).filter(isObject).map((item) => ({
    code: word(item['o:errorCode']) ?? word(answer['o:errorCode']),
    detail: (word(item['detail']) ?? '').slice(0, LONGEST),
    path: word(item['o:errorPath'])?.replace(/^\$\.?/, '') ?? null,
  }))
  if (details.length > 0) return { level: 'record', details, belongs }
  // Scripts of the account (RESTlets) answer `{"error": {"code", "message"}}`.
  const script = answer['error']
  if (isObject(script)) {
    const detail = { code: word(script['code']), detail: (word(script['message']) ?? '').slice(0, LONGEST), path: null }
    return { level: 'restlet', details: [detail], belongs }
  }
  const title = word(answer['detail']) ?? word(answer['title'])
  if (title === null) return null
  return { level: 'record', details: [{ code: word(answer['o:errorCode']), detail: title, path: null }], belongs }
}

/** The job names the request in NetSuite's own logs; an error id stands in the words as well. */
export function supportId({ headers }: WireResponse, message: string | null): string | null {
  return (
    headers['x-netsuite-jobid'] ??
    /Error ID:\s*(\S{1,80})/i.exec(message ?? '')?.[1] ??
    headers['x-n-operationid'] ??
    null
  )
}

/** NetSuite documents none; some front ends send one. */
export function retryAfter({ headers }: WireResponse): { retryAfterSeconds?: number } {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {}
}
