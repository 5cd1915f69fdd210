/** Who calls: API keys as SHA-256, compared in constant time, with scopes and connections. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { CallerSettings } from '../config.ts'
import { GatewayError } from '../errors.ts'
import type { Caller, Scope } from '../gateway/call.ts'

/** Finds the caller of an Authorization header. */
export type Authenticate = (header: string | undefined) => Caller

const CHALLENGE = { 'www-authenticate': 'Bearer realm="receivables-gateway"' }

export function createAuthenticate(settings: readonly CallerSettings[]): Authenticate {
  const callers = settings.map((entry) => ({
    hash: Buffer.from(entry.keySha256, 'hex'),
    caller: {
      name: entry.name,
      scopes: new Set(entry.scopes),
      connections: new Set(entry.connections),
    } satisfies Caller,
  }))
  return (header) => {
    const key = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
    if (key === undefined)
      throw new GatewayError('unauthenticated', 'Send the header Authorization: Bearer <key>.', { headers: CHALLENGE })
    const hash = createHash('sha256').update(key).digest()
    // Every caller is compared, so that the time does not tell which one it was.
    let found: Caller | null = null
    for (const entry of callers) if (timingSafeEqual(entry.hash, hash)) found = entry.caller
    if (!found) throw new GatewayError('unauthenticated', 'This key is not known.', { headers: CHALLENGE })
    return found
  }
}

export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.has(scope)) throw new GatewayError('forbidden', `This key lacks the scope ${scope}.`)
}
