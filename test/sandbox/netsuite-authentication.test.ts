/** The NetSuite sandbox's logins: what is let in, what is refused, and in which words. */
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSignedByToken } from '../../src/sandbox/netsuite/token-based.ts'
import { askToken, assertion, type Caller, NOW, send, startCaller } from './netsuite-caller.ts'

const CUSTOMER = '/services/rest/record/v1/customer/456'
let caller: Caller
beforeAll(async () => {
  caller = await startCaller()
})
afterAll(() => caller.sandbox.close())

describe('OAuth 2.0 client credentials', () => {
  it('gives a bearer token for a signed assertion', async () => {
    const answer = await askToken(caller.sandbox, await assertion(caller.sandbox))
    expect(answer.body).toMatchObject({ expires_in: 3600, token_type: 'Bearer' })
    const authorization = `Bearer ${answer.body.access_token}`
    expect((await send(`${caller.sandbox.url}${CUSTOMER}`, 'GET', undefined, { authorization })).status).toBe(200)
  })

  const now = Math.floor(NOW.getTime() / 1000)
  it.each([
    ['another audience', { aud: 'https://other.example/token' }, 400, 'invalid_grant'],
    ['a life of more than an hour', { exp: now + 3601 }, 400, 'invalid_grant'],
    ['an end in the past', { iat: now - 7200, exp: now - 3600 }, 400, 'invalid_grant'],
    ['a beginning in the future', { iat: now + 600, exp: now + 1200 }, 400, 'invalid_grant'],
    ['another scope', { scope: ['restlets'] }, 400, 'invalid_grant'],
    ['another client', { iss: 'somebody' }, 401, 'invalid_client'],
  ])('refuses %s', async (_, changes, status, error) => {
    const answer = await askToken(caller.sandbox, await assertion(caller.sandbox, changes))
    expect([answer.status, answer.body]).toEqual([status, { error }])
  })

  it('refuses another certificate id, another key and another grant', async () => {
    const { sandbox } = caller
    expect((await askToken(sandbox, await assertion(sandbox, {}, 'other'))).body.error).toBe('invalid_client')
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const oauth2 = { ...sandbox.credentials.oauth2, privateKey }
    const forged = await assertion({ ...sandbox, credentials: { ...sandbox.credentials, oauth2 } })
    expect((await askToken(sandbox, forged)).body.error).toBe('invalid_grant')
    const url = `${sandbox.url}/services/rest/auth/oauth2/v1/token`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await send(url, 'POST', 'grant_type=password', headers)).body.error).toBe('unsupported_grant_type')
  })

  it('works with an RSA key and PS256', async () => {
    const privateKey = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey
    const other = await startCaller({ credentials: { oauth2: { privateKey, algorithm: 'PS256' } } })
    expect((await other.record('GET', 'customer/456')).status).toBe(200)
    await other.sandbox.close()
  })

  it('lets tokens end after an hour', async () => {
    let time = NOW.getTime()
    const other = await startCaller({ clock: () => new Date(time) })
    time += 3_599_000
    expect((await other.record('GET', 'customer/456')).status).toBe(200)
    time += 2000
    const answer = await other.record('GET', 'customer/456')
    expect([answer.status, answer.error?.['o:errorCode']]).toEqual([401, 'INVALID_LOGIN'])
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="TSTDRV100", error="invalid_token"/)
    await other.sandbox.close()
  })

  it('asks for a login everywhere, and OPTIONS is the cheapest probe', async () => {
    for (const [method, path] of [
      ['GET', CUSTOMER],
      ['OPTIONS', '/services/rest/record/v1'],
    ] as const) {
      expect((await send(`${caller.sandbox.url}${path}`, method)).status).toBe(401)
    }
    expect((await caller.call('OPTIONS', '/services/rest/record/v1')).status).toBe(204)
  })
})

const enc = (text: string) =>
  encodeURIComponent(text).replace(/[!*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** A signature of our own making: every query parameter counts. */
function signed(
  method: string,
  url: string,
  changes: Record<string, string> = {},
  forget: readonly string[] = [],
): string {
  const { consumerKey, consumerSecret, tokenId, tokenSecret } = caller.sandbox.credentials.tba
  const { origin, pathname, searchParams } = new URL(url)
  const oauth: Record<string, string> = {
    oauth_consumer_key: consumerKey,
    oauth_token: tokenId,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(NOW.getTime() / 1000),
    oauth_nonce: Math.random().toString(36).slice(2).padEnd(10, '0'),
    oauth_version: '1.0',
    ...changes,
  }
  const query = [...searchParams].filter(([name]) => !forget.includes(name))
  const pairs = [...Object.entries(oauth), ...query].map(([name, value]) => `${enc(name)}=${enc(value)}`).sort()
  const base = [method, origin + pathname, pairs.join('&')].map(enc).join('&')
  const signature = createHmac('sha256', `${enc(consumerSecret)}&${enc(tokenSecret)}`)
    .update(base)
    .digest('base64')
  const header = Object.entries({ realm: 'TSTDRV100', ...oauth, oauth_signature: signature })
  return `OAuth ${header.map(([name, value]) => `${name}="${enc(value)}"`).join(', ')}`
}

describe('token-based authentication', () => {
  const url = () =>
    `${caller.sandbox.url}/services/rest/record/v1/customer?limit=5&q=${enc(`companyName IS "it's (1)!*"`)}`
  const status = async (authorization: string) => (await send(url(), 'GET', undefined, { authorization })).status

  it('checks the signature over all query parameters', async () => {
    expect(await status(signed('GET', url()))).toBe(200)
    expect(await status(signed('POST', url()))).toBe(401)
    expect(await status(signed('GET', url(), {}, ['limit']))).toBe(401)
  })

  it('takes a nonce once, and only a fresh timestamp', async () => {
    const once = signed('GET', url())
    expect([await status(once), await status(once)]).toEqual([200, 401])
    const seconds = NOW.getTime() / 1000
    expect(await status(signed('GET', url(), { oauth_timestamp: String(seconds - 301) }))).toBe(401)
    expect(await status(signed('GET', url(), { oauth_timestamp: String(seconds + 299) }))).toBe(200)
    expect(await status(signed('GET', url(), { oauth_nonce: 'short' }))).toBe(401)
    expect(await status(signed('GET', url(), { oauth_signature_method: 'HMAC-SHA1' }))).toBe(401)
  })

  it("agrees with the vendor's published example (Oracle help section_0525020842)", () => {
    const credentials = {
      consumerKey: 'ef40afdd8abaac111b13825dd5e5e2ddddb44f86d5a0dd6dcf38c20aae6b67e4',
      consumerSecret: 'd26ad321a4b2f23b0741c8d38392ce01c3e23e109df6c96eac6d099e9ab9e8b5',
      tokenId: '2b0ce516420110bcbd36b69e99196d1b7f6de3c6234c5afb799b73d87569f5cc',
      tokenSecret: 'c29a677df7d5439a458c063654187e3d678d73aca8e3c9d8bea1478a3eb0d295',
    }
    const verify = (signature: string) =>
      isSignedByToken(
        {
          method: 'GET',
          path: '/services/rest/record/v1/employee/40',
          query: new URLSearchParams(),
          headers: {
            authorization:
              `OAuth realm="123456", oauth_consumer_key="${credentials.consumerKey}", oauth_token="${credentials.tokenId}", ` +
              'oauth_signature_method="HMAC-SHA256", oauth_timestamp="1508242306", oauth_nonce="fjaLirsIcCGVZWzBX0pg", ' +
              `oauth_version="1.0", oauth_signature="${signature}"`,
          },
        },
        ['https://123456.suitetalk.api.netsuite.com'],
        { realm: '123456', credentials, now: 1_508_242_306, nonces: new Map() },
      )
    expect(verify('B5OIWznZ2YP0OB7VrJrGkYsTh%2B8H%2B5T9Hag%2Bo92q0zY%3D')).toBe(true)
    expect(verify('C5OIWznZ2YP0OB7VrJrGkYsTh%2B8H%2B5T9Hag%2Bo92q0zY%3D')).toBe(false)
  })
})

describe('the account as a whole', () => {
  it('blocks what is beyond its concurrency', async () => {
    const other = await startCaller({ concurrencyLimit: 2, latencyMs: 50 })
    const answers = await Promise.all([1, 2, 3, 4].map(() => other.record('GET', 'customer/456')))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 429, 429])
    const blocked = answers.find((answer) => answer.status === 429)!
    expect(blocked.error?.['o:errorCode']).toBe('CONCURRENCY_LIMIT_EXCEEDED')
    expect(blocked.headers.get('retry-after')).toBeNull()
    await other.sandbox.close()
  })

  it('logs requests without logins, shows the ledger and puts the seed back', async () => {
    const { sandbox, record } = caller
    await record('PATCH', 'customer/456', { phone: '555-0999' })
    const log = (await send(`${sandbox.url}/__sandbox/requests`, 'GET')).body
    expect(log.at(-1)).toMatchObject({ method: 'PATCH', status: 204, body: '{"phone":"555-0999"}' })
    expect(JSON.stringify(log)).not.toMatch(/Bearer|access_token|client_assertion/)
    const view = (await send(`${sandbox.url}/__sandbox/books?customer=456`, 'GET')).body
    expect(view.customers[0]).toMatchObject({ id: '456', balance: '1250' })
    expect(view.customers[0].openItems).toHaveLength(4)
    expect((await fetch(`${sandbox.url}/__sandbox/reset`, { method: 'POST' })).status).toBe(204)
    expect((await record('GET', 'customer/456?fields=phone')).body.phone).toBe('555-0100')
    expect((await fetch(`${sandbox.url}/__sandbox/nothing`, { method: 'POST' })).status).toBe(404)
  })
})
