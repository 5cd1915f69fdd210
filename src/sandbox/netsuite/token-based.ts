/** Checks token-based authentication: OAuth 1.0a with HMAC-SHA256 over method, address and every query parameter. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SandboxRequest } from '../server.ts'

export interface TokenBasedCredentials {
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly tokenId: string
  readonly tokenSecret: string
}

export interface TokenBasedSettings {
  /** The account id as it is written, e.g. "1234567_SB1". */
  readonly realm: string
  readonly credentials: TokenBasedCredentials
  /** Seconds. */
  readonly now: number
  /** Used nonces; grows by each good request, what is too old to be repeated falls out. */
  readonly nonces: Map<string, number>
}

const CLOCK_SKEW = 300

export function isSignedByToken(
  request: Pick<SandboxRequest, 'method' | 'path' | 'query' | 'headers'>,
  origins: readonly string[],
  settings: TokenBasedSettings,
): boolean {
  const sent = parametersOf(request.headers['authorization'] ?? '')
  const { credentials, realm, now, nonces } = settings
  const timestamp = Number(sent.get('oauth_timestamp'))
  const nonce = sent.get('oauth_nonce') ?? ''
  const once = `${timestamp} ${nonce}`
  const isPlausible =
    sent.get('realm') === realm &&
    sent.get('oauth_consumer_key') === credentials.consumerKey &&
    sent.get('oauth_token') === credentials.tokenId &&
    sent.get('oauth_signature_method') === 'HMAC-SHA256' &&
    (sent.get('oauth_version') ?? '1.0') === '1.0' &&
    Number.isSafeInteger(timestamp) &&
    Math.abs(now - timestamp) <= CLOCK_SKEW &&
    nonce.length >= 6 &&
    !nonces.has(once)
  if (!isPlausible) return false
  const signature = sent.get('oauth_signature') ?? ''
  const fits = origins.some((origin) => same(signature, signatureFor(request, origin, sent, credentials)))
  if (!fits) return false
  for (const [old, time] of nonces) if (time < now - CLOCK_SKEW) nonces.delete(old)
  nonces.set(once, timestamp)
  return true
}

function signatureFor(
  request: Pick<SandboxRequest, 'method' | 'path' | 'query'>,
  origin: string,
  sent: ReadonlyMap<string, string>,
  credentials: TokenBasedCredentials,
): string {
  const pairs = [...sent]
    .filter(([name]) => name !== 'realm' && name !== 'oauth_signature')
    .concat([...request.query])
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([name, value], [otherName, otherValue]) =>
      name === otherName ? (value < otherValue ? -1 : 1) : name < otherName ? -1 : 1,
    )
  const parameters = pairs.map(([name, value]) => `${name}=${value}`).join('&')
  const base = [request.method, `${origin}${request.path}`, parameters].map(encode).join('&')
  const key = `${encode(credentials.consumerSecret)}&${encode(credentials.tokenSecret)}`
  return createHmac('sha256', key).update(base).digest('base64')
}

function parametersOf(authorization: string): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const [, name, value] of authorization.slice('OAuth '.length).matchAll(/([\w]+)="([^"]*)"/g)) {
    parameters.set(name!, decode(value!))
  }
  return parameters
}

/** RFC 3986: encodeURIComponent leaves ! * ' ( ) alone. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
