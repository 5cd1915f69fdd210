/** Logging in to NetSuite: OAuth 2.0 client credentials with a signed assertion, or token-based (OAuth 1.0a) signatures. */
import { createHmac, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { GatewayError } from '../../errors.ts'
import type { Authorization, Send } from '../../wire/exchange.ts'
import { parseJson } from '../../wire/json.ts'
import type { Account } from '../provider.ts'
import { readPrivateKey } from './private-key.ts'
import { baseUrlOf, type OAuth2, realmOf, type Settings, type TokenBased } from './settings.ts'

const TOKEN_PATH = '/services/rest/auth/oauth2/v1/token'
/** Tokens live an hour and are renewed this much earlier. */
const RENEW_EARLY_MS = 60_000
/** Oracle allows `exp - iat` up to an hour; a little less forgives rounding. */
const ASSERTION_SECONDS = 3_540

/** What is to be authorized: the method and the whole URL, because OAuth 1.0a signs both. */
export interface Signed {
  readonly method: string
  readonly url: string
}
/** Makes the `authorize` of one request; it is called before every attempt. */
export type Authorizer = (send: Send, request: Signed) => (renew: boolean) => Promise<Authorization>

export function createAuthorizer(settings: Settings, account: Account): Authorizer {
  const { auth } = settings
  if (auth.type === 'tba')
    return (_send, request) => async () => {
      const authorization = tokenHeader(realmOf(settings), auth, request, freshNonce(account))
      return { headers: { authorization }, secrets: [authorization, signatureIn(authorization)] }
    }
  const tokens = new Tokens(settings, auth, account)
  return (send) => {
    let used: string | null = null
    return async (renew) => {
      used = await tokens.get(send, renew ? used : null)
      return { headers: { authorization: `Bearer ${used}` }, secrets: [used] }
    }
  }
}

// OAuth 2.0

/** Only what is used: an integration record without a scope refuses a login that asks for it (uncertain). */
export const scopesOf = (settings: Settings): string[] =>
  typeof settings.void === 'object' ? ['restlets', 'rest_webservices'] : ['rest_webservices']

interface Token {
  readonly value: string
  readonly renewAt: number
}

/** The account's access token; calls that need one at the same time share one request. */
class Tokens {
  readonly #settings: Settings
  readonly #auth: OAuth2
  readonly #account: Account
  #token: Token | null = null
  #pending: Promise<Token> | null = null
  #key: KeyObject | null = null

  constructor(settings: Settings, auth: OAuth2, account: Account) {
    this.#settings = settings
    this.#auth = auth
    this.#account = account
  }

  /** `refused` is the token that the ERP has just refused: it is dropped, unless another call has already renewed it. */
  async get(send: Send, refused: string | null): Promise<string> {
    if (refused !== null && this.#token?.value === refused) this.#token = null
    if (this.#token && this.#account.now().getTime() < this.#token.renewAt) return this.#token.value
    if (this.#pending) {
      try {
        return (await this.#pending).value
      } catch (error) {
        // The request belonged to another call; its deadline is not ours. A wrong login is everybody's.
        if (error instanceof GatewayError && error.code === 'provider_refused') throw error
      }
    }
    this.#pending ??= this.#request(send).finally(() => {
      this.#pending = null
    })
    return (await this.#pending).value
  }

  async #request(send: Send): Promise<Token> {
    const base = new URL(baseUrlOf(this.#settings))
    const response = await send({
      method: 'POST',
      path: `${base.pathname === '/' ? '' : base.pathname}${TOKEN_PATH}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      effect: 'read',
      title: 'POST token',
      login: true,
      // A new assertion for every attempt: its `jti` is used once.
      authorize: () => this.#form(),
    })
    this.#token = this.#read(response.body)
    return this.#token
  }

  async #form(): Promise<Authorization> {
    const seconds = Math.floor(this.#account.now().getTime() / 1000)
    const assertion = await new SignJWT({ scope: scopesOf(this.#settings) })
      .setProtectedHeader({ typ: 'JWT', alg: this.#auth.algorithm, kid: this.#auth.certificateId })
      .setIssuer(this.#auth.clientId)
      .setAudience(`${baseUrlOf(this.#settings)}${TOKEN_PATH}`)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + ASSERTION_SECONDS)
      .setJti(randomUUID())
      .sign(this.#privateKey())
      .catch(() => {
        throw new GatewayError(
          'provider_refused',
          `The private key of the connection cannot sign with ${this.#auth.algorithm}.`,
        )
      })
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    })
    return { body: form.toString(), secrets: [assertion] }
  }

  #privateKey(): KeyObject {
    this.#key ??= readPrivateKey(this.#auth.privateKey)
    if (this.#key) return this.#key
    throw new GatewayError('provider_refused', 'The private key of the connection is not a readable PEM.')
  }

  #read(body: string): Token {
    const answer = readObject(body)
    const value = answer?.['access_token']
    // Oracle documents a number, its sample is text.
    const lifeSeconds = Number(answer?.['expires_in'] ?? 3600)
    if (typeof value !== 'string' || value === '' || !(lifeSeconds > 0)) {
      throw new GatewayError('provider_garbled', 'The token endpoint answered without an access token.', {
        applied: 'no',
      })
    }
    const lifeMs = lifeSeconds * 1000
    return { value, renewAt: this.#account.now().getTime() + lifeMs - Math.min(RENEW_EARLY_MS, lifeMs / 2) }
  }
}

function readObject(body: string): Record<string, unknown> | null {
  try {
    const value = parseJson(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

// Token-based authentication

interface Nonce {
  readonly nonce: string
  readonly timestamp: string
}
const freshNonce = (account: Account): Nonce => ({
  nonce: randomBytes(16).toString('hex'),
  timestamp: String(Math.floor(account.now().getTime() / 1000)),
})

/** RFC 3986: also `!*'()`, which encodeURIComponent leaves alone. */
const encode = (value: string): string =>
  encodeURIComponent(value).replace(/[!*'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** The `Authorization` header of OAuth 1.0a with HMAC-SHA256; every query parameter is signed, the JSON body is not. */
export function tokenHeader(
  realm: string,
  auth: Omit<TokenBased, 'type'>,
  request: Signed,
  { nonce, timestamp }: Nonce,
): string {
  const url = new URL(request.url)
  const protocol = {
    oauth_consumer_key: auth.consumerKey,
    oauth_token: auth.tokenId,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: timestamp,
    oauth_nonce: nonce,
    oauth_version: '1.0',
  }
  const pairs = [...Object.entries(protocol), ...url.searchParams.entries()].map(
    ([name, value]) => [encode(name), encode(value)] as const,
  )
  const parameters = pairs
    .sort(([a, x], [b, y]) => compareText(a, b) || compareText(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const base = [request.method.toUpperCase(), encode(`${url.origin}${url.pathname}`), encode(parameters)].join('&')
  const signature = createHmac('sha256', `${encode(auth.consumerSecret)}&${encode(auth.tokenSecret)}`)
    .update(base)
    .digest('base64')
  const fields = { realm, ...protocol, oauth_signature: signature }
  return `OAuth ${Object.entries(fields)
    .map(([name, value]) => `${name}="${encode(value)}"`)
    .join(', ')}`
}

const signatureIn = (header: string): string => /oauth_signature="([^"]*)"/.exec(header)?.[1] ?? header

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
