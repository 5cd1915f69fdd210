/** Which network errors prove that nothing arrived, so that even a write may be tried again. */

/** No connection was made at all (Node's and undici's codes). */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Node's or undici's word for what happened; the numbers of DOMException say nothing. */
export const codeOf = (error: unknown): string | null => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : null
}

export function wasNeverSent(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(wasNeverSent)
  const code = codeOf(error)
  return code !== null && NEVER_SENT.has(code)
}

export const isTimeout = (error: unknown): boolean => {
  const name = (error as { name?: unknown } | null)?.name
  const code = codeOf(error)
  return (
    name === 'TimeoutError' ||
    name === 'AbortError' ||
    code === 'UND_ERR_HEADERS_TIMEOUT' ||
    code === 'UND_ERR_BODY_TIMEOUT'
  )
}
