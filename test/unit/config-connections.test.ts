/** Settings are read at the start exactly as they are used: keys, account ids, places to send to; and callers apart. */
import { generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../../src/config.ts'
import { PROVIDERS } from '../../src/providers/index.ts'
import { createAuthorizer, scopesOf } from '../../src/providers/netsuite/authentication.ts'
import { baseUrlOf, type Settings } from '../../src/providers/netsuite/settings.ts'
import type { Send } from '../../src/wire/exchange.ts'

const tba = { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' }
const netsuite = { provider: 'netsuite', accountId: '1234567_SB1', auth: tba }
const login = { senderId: 's', senderPassword: 'w', companyId: 'c', userId: 'u', userPassword: 'p' }
const caller = { name: 'a', keySha256: 'a'.repeat(64), scopes: ['customers:read'], connections: ['*'] }
const faults = (connection: object, callers: readonly object[] = [caller]): string => {
  try {
    readConfig({ connections: { c: connection }, callers }, {}, PROVIDERS)
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message
  }
}
const pem = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }) =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString()
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const oauth2 = (privateKey: string, algorithm = 'ES256') => ({
  ...netsuite,
  auth: { type: 'oauth2', clientId: 'x', certificateId: 'y', privateKey, algorithm },
})
const account = { connection: 'c', now: () => new Date('2026-03-10T09:00:00Z') }

describe('a private key', () => {
  const plain = pem(p256.privateKey)
  it.each([
    ['as the file has it', plain],
    ['with \\n for its line breaks', plain.replaceAll('\n', '\\n')],
    ['with \\r\\n for its line breaks', plain.replaceAll('\n', '\\r\\n')],
    ["with another system's line ends", plain.replaceAll('\n', '\r\n')],
    ['in quotes and spaces', `  "${plain.trim()}" \n`],
    ['in quotes with \\n', `'${plain.trim().replaceAll('\n', '\\n')}'`],
    ['indented', plain.replaceAll('\n', '\n      ')],
  ])('%s passes the start, and signs', async (_form, text) => {
    expect(faults(oauth2(text))).toBe('')
    const { provider: _provider, ...settings } = oauth2(text)
    let form = ''
    const send: Send = async (request) => {
      form = (await request.authorize?.(false))?.body ?? ''
      return { status: 200, headers: {}, body: '{"access_token":"t"}' }
    }
    await createAuthorizer(settings as Settings, account)(send, { method: 'GET', url: 'https://x.example/' })(false)
    const assertion = new URLSearchParams(form).get('client_assertion') ?? ''
    expect((await jwtVerify(assertion, p256.publicKey, { currentDate: account.now() })).payload.iss).toBe('x')
  })
  it('that is none is refused without showing it', () => {
    for (const text of [
      'hunter2',
      pem(p256.privateKey).slice(0, 80),
      p256.publicKey.export({ type: 'spki', format: 'pem' }),
    ]) {
      const message = faults(oauth2(String(text)))
      expect(message).toContain('connections.c.auth.privateKey: is no private key in PEM')
      expect(message).not.toContain(String(text).slice(30, 50) || 'hunter2')
    }
  })
  it.each([
    [p256, 'PS256'],
    [p256, 'ES384'],
    [p384, 'ES256'],
    [p384, 'ES512'],
    [rsa, 'ES256'],
    [generateKeyPairSync('ed25519'), 'ES256'],
  ])('of another kind than the algorithm is refused', (pair, algorithm) => {
    expect(faults(oauth2(pem(pair.privateKey), algorithm))).toContain(`connections.c.auth.algorithm: is ${algorithm}`)
  })
  it.each([
    [p256, 'ES256'],
    [p384, 'ES384'],
    [rsa, 'PS512'],
  ])('that fits is taken', (pair, algorithm) => {
    expect(faults(oauth2(pem(pair.privateKey), algorithm))).toBe('')
  })
  it('of too few bits is refused', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    expect(faults(oauth2(pem(privateKey), 'PS256'))).toContain('connections.c.auth.privateKey: has less than 2048 bits')
  })
})

describe('an account id', () => {
  it.each([
    ['1234567_SB1', '1234567_SB1', '1234567-sb1'],
    ['1234567-sb1', '1234567_SB1', '1234567-sb1'],
    ['1234567_sb1', '1234567_SB1', '1234567-sb1'],
    ['1234567-RP', '1234567_RP', '1234567-rp'],
    ['tstdrv123456', 'TSTDRV123456', 'tstdrv123456'],
    ['1234567', '1234567', '1234567'],
  ])('%s signs as %s and lives at %s', async (accountId, realm, host) => {
    expect(faults({ ...netsuite, accountId })).toBe('')
    const settings = { accountId, auth: tba } as Settings
    expect(baseUrlOf(settings)).toBe(`https://${host}.suitetalk.api.netsuite.com`)
    const never: Send = () => Promise.reject(new Error('Tokens need no login.'))
    const signed = createAuthorizer(settings, account)(never, { method: 'GET', url: 'https://x.example/' })
    expect((await signed(false)).headers?.['authorization']).toContain(`realm="${realm}"`)
  })
  it.each([
    '1234567_',
    '1234567 SB1',
    '1234567_SB',
    '1234567__SB1',
    '1234567.suitetalk.api.netsuite.com',
    '1234567_TEST',
    '',
  ])('"%s" is refused', (accountId) => {
    expect(faults({ ...netsuite, accountId })).toContain('connections.c.accountId')
  })
})

it('asks for the scope of RESTlets only where a RESTlet is called', () => {
  const settings = { accountId: '1', auth: tba } as Settings
  expect(scopesOf({ ...settings, void: 'refund' })).toEqual(['rest_webservices'])
  expect(scopesOf({ ...settings, void: { restlet: 'https://x.example/y' } })).toEqual(['restlets', 'rest_webservices'])
})

describe('http', () => {
  const places: readonly [string, (url: string) => object][] = [
    ['baseUrl', (url) => ({ ...netsuite, baseUrl: url })],
    ['void.restlet', (url) => ({ ...netsuite, void: { restlet: `${url}/x` } })],
    ['endpoint', (url) => ({ provider: 'intacct', ...login, endpoint: `${url}/ia/xml/xmlgw.phtml` })],
  ]
  it.each(places)('of %s is for this machine only, unless it is said to be meant', (path, connection) => {
    for (const host of ['127.0.0.1:4001', '127.8.9.1', 'localhost:80', '[::1]:4001'])
      expect(faults(connection(`http://${host}`))).toBe('')
    for (const host of ['erp.example', '127.0.0.1.example', 'localhost.example', '10.0.0.1', '[::2]', '0.0.0.0']) {
      expect(faults(connection(`http://${host}`))).toContain(`connections.c.${path}: sends logins over http://`)
      expect(faults({ ...connection(`http://${host}`), allowInsecureHttp: true })).toBe('')
      expect(faults(connection(`https://${host}`))).toBe('')
    }
  })
})

it('keeps callers apart: no two have one key or one name', () => {
  const message = faults(netsuite, [caller, { ...caller, name: 'b' }, { ...caller, keySha256: 'b'.repeat(64) }])
  expect(message).toContain('callers.1.keySha256: is that of callers.0 too')
  expect(message).toContain('callers.2.name: is that of callers.0 too')
  expect(message).not.toContain('callers.0.')
})
