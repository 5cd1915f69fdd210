/** Every signature that NetSuite takes, made by the provider and verified by the sandbox. */
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createLogger } from '../../src/logging.ts'
import { netsuite } from '../../src/providers/netsuite/index.ts'
import { startNetSuiteSandbox } from '../../src/sandbox/netsuite/index.ts'
import { createSend } from '../../src/wire/send.ts'
import { lineTo } from '../support/line.ts'

const publicKeyEncoding = { type: 'spki', format: 'pem' } as const
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const
const elliptic = (namedCurve: string): string =>
  generateKeyPairSync('ec', { namedCurve, publicKeyEncoding, privateKeyEncoding }).privateKey
const rsa = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 3072, publicKeyEncoding, privateKeyEncoding }).privateKey
const [ours, others] = [rsa(), rsa()]
const KEYS = {
  ...{ PS256: ours, PS384: ours, PS512: ours },
  ...{ ES256: elliptic('P-256'), ES384: elliptic('P-384'), ES512: elliptic('P-521') },
}

/** Reads one customer with this key at a sandbox that has the certificate of `certified`. */
async function readWith(algorithm: string, privateKey: string, certified = privateKey): Promise<unknown> {
  const sandbox = await startNetSuiteSandbox({
    customers: 1,
    credentials: { oauth2: { privateKey: certified, algorithm } },
  })
  const line = lineTo(sandbox.url, netsuite.classify)
  const auth = { type: 'oauth2', ...sandbox.credentials.oauth2, privateKey }
  const settings = { accountId: sandbox.accountId, baseUrl: sandbox.url, auth }
  const signal = AbortSignal.timeout(20_000)
  const send = createSend(line, {
    ...{ operation: 'test', signal, deadline: signal, log: createLogger('silent') },
    ...{ beforeWrite: async () => {}, onExchange: () => {} },
  })
  const connection = netsuite.connect(settings as never, { connection: 'ns', now: () => new Date() })(send)
  try {
    return (await connection.getCustomer('456')).nativeId
  } catch (error) {
    return (error as { code?: string }).code
  } finally {
    line.sockets.close()
    await sandbox.close()
  }
}

describe.each(Object.entries(KEYS))('%s', (algorithm, privateKey) => {
  it('logs in', async () => {
    expect(await readWith(algorithm, privateKey)).toBe('456')
  })
  it('is refused with another key', async () => {
    const curves: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' }
    const curve = curves[algorithm]
    const other = curve ? elliptic(curve) : others
    expect(await readWith(algorithm, other, privateKey)).toBe('provider_refused')
  })
})
