/** The vendor's own SDK (@intacct/intacct-sdk) with a session of its own for every test; only its check of the host is patched. */
import * as sdk from '@intacct/intacct-sdk'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type IntacctSandbox, startIntacctSandbox } from '../../src/sandbox/intacct/index.ts'

export type Config = Awaited<ReturnType<typeof sdk.SessionProvider.factory>>

/** A loopback address is none of Intacct's. */
type HostCheck = { isDomainValid(hostname: string): boolean }
const { default: Endpoint } = (await import('@intacct/intacct-sdk/dist/Credentials/Endpoint.js')) as unknown as {
  default: HostCheck & { default?: HostCheck }
}
const patched = Endpoint.default ?? Endpoint
const original = patched.isDomainValid

export function loginConfig({ credentials, url }: IntacctSandbox, changes: Partial<Config> = {}): Config {
  const { senderId, senderPassword, companyId, userId, userPassword } = credentials
  const login = { endpointUrl: url, senderId, senderPassword, companyId, userId, userPassword }
  return Object.assign(new sdk.ClientConfig(), login, changes)
}

export const requestOf = (changes: Partial<sdk.RequestConfig> = {}) =>
  Object.assign(new sdk.RequestConfig(), { maxRetries: 0, ...changes })

/** A sandbox for the file, with its seed back after every test. */
export function sdkWorld() {
  const world = {} as { sandbox: IntacctSandbox; client: sdk.OnlineClient; session: Config }
  beforeAll(async () => {
    patched.isDomainValid = (hostname) => hostname === '127.0.0.1' || original(hostname)
    world.sandbox = await startIntacctSandbox({ customers: 250, clock: () => new Date('2026-02-01T10:00:00Z') })
  })
  afterAll(async () => {
    patched.isDomainValid = original
    await world.sandbox.close()
  })
  beforeEach(async () => {
    world.session = await sdk.SessionProvider.factory(loginConfig(world.sandbox))
    world.client = new sdk.OnlineClient(world.session)
  })
  afterEach(() => world.sandbox.reset())
  const run = async (call: sdk.Functions.IFunction) => (await world.client.execute(call, requestOf())).getResult()
  return { world, run }
}
