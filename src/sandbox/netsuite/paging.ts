/** Pages of the record service and of SuiteQL: their parameters, their links, and JSON with its media type. */
import type { SandboxAnswer, SandboxRequest } from '../server.ts'
import { invalidParameter } from './errors.ts'

const MEDIA_TYPE = 'application/vnd.oracle.resource+json; type='

/** Rels as seen live: `previous`, where Oracle's pages print `prev`. */
export function pageLinks(href: string, q: string | null, limit: number, offset: number, total: number) {
  const at = (rel: string, to: number) => {
    const query = new URLSearchParams({ ...(q !== null && { q }), limit: String(limit), offset: String(to) })
    return { rel, href: `${href}?${query}` }
  }
  const last = Math.max(0, Math.floor((total - 1) / limit) * limit)
  return [
    ...(offset > 0 ? [at('first', 0), at('previous', offset - limit)] : []),
    ...(offset + limit < total ? [at('next', offset + limit), at('last', last)] : []),
    at('self', offset),
  ]
}

export function pageNumber(request: SandboxRequest, name: string, otherwise: number): number {
  const text = request.query.get(name)
  if (text === null) return otherwise
  if (!/^\d{1,9}$/.test(text)) throw invalidParameter(`The ${name} must be a whole number.`, name)
  return Number(text)
}

export function json(type: 'singular' | 'collection', value: unknown): SandboxAnswer {
  const headers = { 'content-type': `${MEDIA_TYPE}${type}; charset=UTF-8` }
  return { status: 200, headers, body: JSON.stringify(value) }
}
