/** Who may come in: OAuth 2.0 client credentials with a signed assertion, its bearer tokens, and token-based signatures. */
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { jsonAnswer, type SandboxAnswer, type SandboxRequest } from '../server.ts'
import { NetSuiteError } from './errors.ts'
import { isSignedByToken, type TokenBasedCredentials } from './token-based.ts'
import { CODED } from './words.ts'

export interface OAuth2Credentials {
  readonly clientId: string
  readonly certificateId: string
  /** PEM (PKCS #8) of the certificate's private key. */
  readonly privateKey: string
  readonly algorithm: string
}

export interface NetSuiteCredentials {
  readonly oauth2: OAuth2Credentials
  readonly tba: TokenBasedCredentials
}

/** What may be given from outside; the rest is made up at the start. */
export interface GivenCredentials {
  readonly oauth2?: Partial<OAuth2Credentials>
  readonly tba?: Partial<TokenBasedCredentials>
}

/** Oracle help section_162755359851; RS256 is no longer listed. */
const ALGORITHMS = ['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512']
const TOKEN_SECONDS = 3600
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** An elliptic key by default: it is made in a millisecond, an RSA key of 3072 bits in half a second. */
export function makeCredentials(given: GivenCredentials = {}): NetSuiteCredentials {
  const secret = () => randomBytes(32).toString('hex')
  const privateKey =
    given.oauth2?.privateKey ??
    generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).privateKey
  return {
    oauth2: {
      clientId: secret(),
      certificateId: 'sandbox-certificate',
      algorithm: 'ES256',
      ...given.oauth2,
      privateKey,
    },
    tba: { consumerKey: secret(), consumerSecret: secret(), tokenId: secret(), tokenSecret: secret(), ...given.tba },
  }
}

/** Five failures lock a user for half an hour at the vendor; the sandbox leaves that out. */
export class Authentication {
  readonly #credentials: NetSuiteCredentials
  readonly #accountId: string
  readonly #clock: () => Date
  readonly #publicKey: string
  /** Token to the second at which it ends. */
  readonly #tokens = new Map<string, number>()
  /** Nonces with their timestamps, each good for once. */
  readonly #nonces = new Map<string, number>()

  constructor(credentials: NetSuiteCredentials, accountId: string, clock: () => Date) {
    this.#credentials = credentials
    this.#accountId = accountId
    this.#clock = clock
    this.#publicKey = createPublicKey(credentials.oauth2.privateKey).export({ type: 'spki', format: 'pem' }).toString()
  }

  /** POST /services/rest/auth/oauth2/v1/token. `origins`: the names under which the sandbox can be reached. */
  async token(request: SandboxRequest, origins: readonly string[]): Promise<SandboxAnswer> {
    const refuse = (status: number, error: string) => jsonAnswer(status, { error })
    if (request.method !== 'POST') return refuse(405, 'invalid_request')
    if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
      return refuse(400, 'invalid_request')
    const form = new URLSearchParams(request.body)
    if (form.get('grant_type') !== 'client_credentials') return refuse(400, 'unsupported_grant_type')
    const assertion = form.get('client_assertion')
    if (form.get('client_assertion_type') !== ASSERTION_TYPE || !assertion) return refuse(400, 'invalid_request')
    const error = await this.#assertionError(assertion, origins)
    // Which of 400 and 401 goes with which error is not published.
    if (error) return refuse(error === 'invalid_client' ? 401 : 400, error)
    const token = randomBytes(48).toString('base64url')
    const now = this.#now()
    for (const [old, end] of this.#tokens) if (end <= now) this.#tokens.delete(old)
    this.#tokens.set(token, now + TOKEN_SECONDS)
    return jsonAnswer(200, { access_token: token, expires_in: TOKEN_SECONDS, token_type: 'Bearer' })
  }

  async #assertionError(
    assertion: string,
    origins: readonly string[],
  ): Promise<'invalid_client' | 'invalid_grant' | null> {
    // Loaded by the first login: a sandbox should start at once.
    const { decodeProtectedHeader, importSPKI, jwtVerify } = await import('jose')
    const { clientId, certificateId } = this.#credentials.oauth2
    let payload: JWTPayload
    try {
      const header = decodeProtectedHeader(assertion)
      if (header.kid !== certificateId) return 'invalid_client'
      if (!ALGORITHMS.includes(header.alg ?? '')) return 'invalid_grant'
      const verified = await jwtVerify(assertion, await importSPKI(this.#publicKey, header.alg!), {
        algorithms: ALGORITHMS,
        audience: origins.map((origin) => `${origin}/services/rest/auth/oauth2/v1/token`),
        requiredClaims: ['iss', 'scope', 'iat', 'exp', 'aud'],
        currentDate: this.#clock(),
      })
      payload = verified.payload
    } catch {
      return 'invalid_grant'
    }
    if (payload.iss !== clientId) return 'invalid_client'
    const { scope } = payload
    const scopes = Array.isArray(scope) ? scope : String(scope).split(/[\s,]+/)
    const { iat = 0, exp = 0 } = payload
    if (exp - iat > TOKEN_SECONDS || iat > this.#now() + 60) return 'invalid_grant'
    return scopes.includes('rest_webservices') ? null : 'invalid_grant'
  }

  /** Ends the bearer token that the request carries; a signature has no session that could end. */
  revoke({ headers }: SandboxRequest): boolean {
    const authorization = headers['authorization'] ?? ''
    return /^Bearer /i.test(authorization) && this.#tokens.delete(authorization.slice(7).trim())
  }

  /** Throws unless the request carries a good bearer token or signature. */
  check(request: SandboxRequest, origins: readonly string[]): void {
    const authorization = request.headers['authorization'] ?? ''
    if (/^Bearer /i.test(authorization)) {
      const end = this.#tokens.get(authorization.slice(7).trim())
      if (end !== undefined && end > this.#now()) return
      const realm = `realm="${this.#accountId}"`
      throw invalidLogin(`Bearer ${realm}, error="invalid_token", error_description="Invalid login attempt."`)
    }
    const settings = {
      realm: this.#accountId,
      credentials: this.#credentials.tba,
      now: this.#now(),
      nonces: this.#nonces,
    }
    if (/^OAuth /i.test(authorization) && isSignedByToken(request, origins, settings)) return
    throw invalidLogin(
      `OAuth realm="${this.#accountId}", error="token_rejected", error_description="Invalid login attempt."`,
    )
  }

  #now(): number {
    return Math.floor(this.#clock().getTime() / 1000)
  }
}

function invalidLogin(challenge: string): NetSuiteError {
  return new NetSuiteError(
    401,
    { code: 'INVALID_LOGIN', detail: CODED.INVALID_LOGIN },
    { 'www-authenticate': challenge },
  )
}
