/** The texts that a request sent, so that they can be told from what NetSuite says: its messages repeat what it was given. */
import type { SentRequest } from '../../wire/exchange.ts'
import { parseJson } from '../../wire/json.ts'

/** Shorter ones mean nothing by themselves, and are in every sentence. */
const SHORTEST = 4
/** What stands where a sent value stood. */
export const TAKEN_OUT = '·'

type Sent = Pick<SentRequest, 'path' | 'body'>

/** The message with a mark in place of each sent value that is a part of it. */
export function withoutSent(message: string, request: Sent | undefined): string {
  if (request === undefined) return message
  let text = message
  for (const value of [...sentIn(request)].sort((left, right) => right.length - left.length)) {
    if (value.length >= SHORTEST && value.length < message.length && text.includes(value))
      text = text.replaceAll(value, TAKEN_OUT)
  }
  return text
}

function sentIn({ path, body }: Sent): Set<string> {
  const values = new Set<string>()
  const query = path.indexOf('?')
  if (query >= 0) for (const value of new URLSearchParams(path.slice(query)).values()) values.add(value)
  collect(parsed(body), values)
  return values
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value.trim())
  else if (Array.isArray(value)) for (const inner of value) collect(inner, into)
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) collect(inner, into)
}

function parsed(body: string | undefined): unknown {
  try {
    return body === undefined ? null : parseJson(body)
  } catch {
    return body
  }
}
