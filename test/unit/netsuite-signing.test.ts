/** Logging in to NetSuite: Oracle's published OAuth 1.0a vector, and what the OAuth 2.0 assertion says. */
import { generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createAuthorizer, tokenHeader } from '../../src/providers/netsuite/authentication.ts'
import type { Settings } from '../../src/providers/netsuite/settings.ts'
import { baseUrlOf } from '../../src/providers/netsuite/settings.ts'
import type { Send, WireRequest } from '../../src/wire/exchange.ts'

// Oracle help, section_1534941295 (token-based authentication), recomputed.
const ORACLE = {
  consumerKey: 'ef40afdd8abaac111b13825dd5e5e2ddddb44f86d5a0dd6dcf38c20aae6b67e4',
  consumerSecret: 'd26ad321a4b2f23b0741c8d38392ce01c3e23e109df6c96eac6d099e9ab9e8b5',
  tokenId: '2b0ce516420110bcbd36b69e99196d1b7f6de3c6234c5afb799b73d87569f5cc',
  tokenSecret: 'c29a677df7d5439a458c063654187e3d678d73aca8e3c9d8bea1478a3eb0d295',
}
const NONCE = { nonce: 'fjaLirsIcCGVZWzBX0pg', timestamp: '1508242306' }
const URL_40 = 'https://123456.suitetalk.api.netsuite.com/services/rest/record/v1/employee/40'
const signatureOf = (url: string, method = 'GET') =>
  /oauth_signature="([^"]+)"/.exec(tokenHeader('123456', ORACLE, { method, url }, NONCE))?.[1]

describe('token-based authentication', () => {
  it("makes Oracle's signature", () => {
    expect(signatureOf(URL_40)).toBe('B5OIWznZ2YP0OB7VrJrGkYsTh%2B8H%2B5T9Hag%2Bo92q0zY%3D')
  })
  it('keeps the realm as written and names every part', () => {
    expect(tokenHeader('1234567_SB1', ORACLE, { method: 'GET', url: URL_40 }, NONCE)).toMatch(
      /^OAuth realm="1234567_SB1", oauth_consumer_key="ef40\w+", oauth_token="2b0c\w+", oauth_signature_method="HMAC-SHA256", oauth_timestamp="1508242306", oauth_nonce="fjaLirsIcCGVZWzBX0pg", oauth_version="1.0", oauth_signature="[^"]+"$/,
    )
  })
  it('signs the method and every query parameter, in any order', () => {
    const plain = signatureOf(URL_40)
    expect(signatureOf(URL_40, 'PATCH')).not.toBe(plain)
    expect(signatureOf(`${URL_40}?limit=5`)).not.toBe(plain)
    expect(signatureOf(`${URL_40}?limit=5&offset=0`)).toBe(signatureOf(`${URL_40}?offset=0&limit=5`))
    expect(signatureOf(`${URL_40}?limit=5&offset=0`)).not.toBe(signatureOf(`${URL_40}?limit=5&offset=5`))
  })
})

it('signs anew for every attempt', async () => {
  const never: Send = () => Promise.reject(new Error('Tokens need no login.'))
  const account = { connection: 'c', now: () => new Date(1_508_242_306_000) }
  const auth = { type: 'tba' as const, ...ORACLE }
  const authorize = createAuthorizer({ accountId: '123456', auth }, account)(never, { method: 'GET', url: URL_40 })
  const headers = [await authorize(false), await authorize(true), await authorize(false)].map(
    ({ headers: made }) => made?.['authorization'] ?? '',
  )
  const parts = (name: string) => new Set(headers.map((header) => new RegExp(`${name}="([^"]+)"`).exec(header)?.[1]))
  expect(parts('oauth_nonce').size).toBe(3)
  expect(parts('oauth_signature').size).toBe(3)
  expect([...parts('oauth_timestamp')]).toEqual(['1508242306'])
})

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const settings: Settings = {
  accountId: '1234567_SB1',
  auth: {
    type: 'oauth2',
    clientId: 'client',
    certificateId: 'cert',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    algorithm: 'ES256',
  },
}
/** A token endpoint that answers `token-1`, `token-2`, …, and keeps the forms it got. */
function endpoint(expiresIn: unknown = 3600) {
  const forms: URLSearchParams[] = []
  const requests: WireRequest[] = []
  const send: Send = async (request) => {
    requests.push(request)
    forms.push(new URLSearchParams((await request.authorize?.(false))?.body))
    return {
      status: 200,
      headers: {},
      body: JSON.stringify({ access_token: `token-${forms.length}`, expires_in: expiresIn, token_type: 'bearer' }),
    }
  }
  return { send, forms, requests }
}
const request = { method: 'GET', url: 'https://x.example/y' }

describe('OAuth 2.0', () => {
  it('derives the host from the account id', () => {
    expect(baseUrlOf(settings)).toBe('https://1234567-sb1.suitetalk.api.netsuite.com')
    expect(baseUrlOf({ ...settings, baseUrl: 'http://127.0.0.1:4001/' })).toBe('http://127.0.0.1:4001')
  })

  it('sends an assertion with the claims that Oracle documents', async () => {
    const now = new Date('2026-03-10T09:00:00Z')
    const { send, forms, requests } = endpoint('3600')
    const authorize = createAuthorizer(settings, { connection: 'c', now: () => now })(send, request)
    expect(await authorize(false)).toEqual({ headers: { authorization: 'Bearer token-1' }, secrets: ['token-1'] })
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/services/rest/auth/oauth2/v1/token', effect: 'read' })
    expect(forms[0]?.get('grant_type')).toBe('client_credentials')
    expect(forms[0]?.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    const { payload, protectedHeader } = await jwtVerify(forms[0]?.get('client_assertion') ?? '', publicKey, {
      currentDate: now,
    })
    expect(protectedHeader).toEqual({ typ: 'JWT', alg: 'ES256', kid: 'cert' })
    expect(payload).toMatchObject({
      iss: 'client',
      scope: ['rest_webservices'],
      aud: 'https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token',
    })
    expect(payload.iat).toBe(now.getTime() / 1000)
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThan(3600)
    expect(payload.jti).toBeTruthy()
  })

  it('keeps the token until a minute before its end', async () => {
    let now = Date.parse('2026-03-10T09:00:00Z')
    const { send, forms } = endpoint()
    const authorizer = createAuthorizer(settings, { connection: 'c', now: () => new Date(now) })
    await authorizer(send, request)(false)
    now += 3_539_000
    await authorizer(send, request)(false)
    expect(forms.length).toBe(1)
    now += 2_000
    await authorizer(send, request)(false)
    expect(forms.length).toBe(2)
  })

  it('asks once for calls at the same time, and again only for a token that was refused', async () => {
    const { send, forms } = endpoint()
    const authorizer = createAuthorizer(settings, { connection: 'c', now: () => new Date() })
    const [one, other] = [authorizer(send, request), authorizer(send, request)]
    await Promise.all([one(false), other(false)])
    expect(forms.length).toBe(1)
    expect(await Promise.all([one(true), other(true)])).toEqual([
      { headers: { authorization: 'Bearer token-2' }, secrets: ['token-2'] },
      { headers: { authorization: 'Bearer token-2' }, secrets: ['token-2'] },
    ])
    expect(forms.length).toBe(2)
  })
})
