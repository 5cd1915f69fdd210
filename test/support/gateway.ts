/** A whole gateway for tests: both sandboxes behind proxies, the production app, real sockets, a store of SQLite. */
import { createHash, randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { SCOPES } from '../../src/gateway/call.ts'
import { Connections } from '../../src/gateway/connections.ts'
import { createLogger } from '../../src/logging.ts'
import { PROVIDERS } from '../../src/providers/index.ts'
import { type IntacctSandbox, startIntacctSandbox } from '../../src/sandbox/intacct/index.ts'
import { type NetSuiteSandbox, startNetSuiteSandbox } from '../../src/sandbox/netsuite/index.ts'
import type { ProfileName } from '../../src/sandbox/netsuite/profile.ts'
import { openStore } from '../../src/store/open.ts'
import type { IntentStore } from '../../src/store/store.ts'
import { type Erp, intacct, netSuite } from './erps.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'
import { wrongNames } from './netsuite-requests.ts'
import { record } from './traffic.ts'
import { checkAnswer } from './validate.ts'

/** May use `netsuite` and `intacct`, and nothing else. */
export const KEY = 'tests'
/** May use every connection, also those that tests configure wrongly. */
export const OPERATOR_KEY = 'operator'

export interface RequestOptions {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The Idempotency-Key. */
  readonly key?: string
  /** The caller's key; `KEY` when absent. */
  readonly as?: string
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** Parsed; null where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into any of the answers, and check what they look at
  readonly body: any
  /** The bytes as they came. */
  readonly text: string
}
export type Request = (method: string, path: string, options?: RequestOptions) => Promise<Answer>

export interface Sandboxes {
  readonly netsuite: NetSuiteSandbox
  readonly intacct: IntacctSandbox
  readonly erps: { readonly netsuite: Erp; readonly intacct: Erp }
  /** The connections of a configuration file that go through the proxies. */
  readonly connections: Record<string, Record<string, unknown>>
  close(): Promise<void>
}

export interface TestGateway {
  readonly url: string
  readonly request: Request
  readonly sandboxes: Sandboxes
  readonly erps: Sandboxes['erps']
  readonly logLines: readonly string[]
  /** What another process would have: the store, and connections that know nothing of this one's. */
  readonly elsewhere: () => { store: IntentStore; connections: Connections }
  close(): Promise<void>
}

export interface GatewayOptions {
  /** Settings of the configuration's `intents`. */
  readonly intents?: { leaseSeconds?: number; consistencyWindowSeconds?: number; warnAfterSeconds?: number }
  /** Made-up customers of each sandbox. */
  readonly customers?: number
  /** Which kind of NetSuite account; `2026.1` when absent. */
  readonly profile?: ProfileName
  readonly deadlineSeconds?: number
  /** The gateway's clock; the sandboxes keep the real one. */
  readonly now?: () => Date
  /** The clock of everything. */
  readonly clock?: () => Date
  /** Requests at a time for one ERP, when it matters. */
  readonly concurrency?: number
  /** The test sends NetSuite bodies of its own; otherwise every name that the gateway sends is checked. */
  readonly ownBodies?: boolean
  /** Instead of the product's own. */
  readonly providers?: typeof PROVIDERS
  /** Further connections: what differs from `netsuite` or `intacct`. */
  readonly more?: Readonly<
    Record<string, { readonly like: 'netsuite' | 'intacct'; readonly settings: Readonly<Record<string, unknown>> }>
  >
}

export const newKey = (): string => `key-${randomUUID()}`

export async function startGateway(options: GatewayOptions = {}): Promise<TestGateway> {
  const sandboxes = await startSandboxes(options.customers ?? 60, options.ownBodies, options.profile, options.clock)
  const logLines: string[] = []
  const log = createLogger('info', lineSink(logLines))
  const config = readConfig(configFile(sandboxes.connections, options), {}, options.providers ?? PROVIDERS)
  const { clock, now = clock } = options
  const store = await openStore('sqlite::memory:', clock && (() => clock().getTime()))
  const app = await buildApp({ config, store, log, ...(now && { now }) })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    url,
    request: requester(url),
    sandboxes,
    erps: sandboxes.erps,
    logLines,
    elsewhere: () => ({ store, connections: new Connections(config.connections, null, now, store.facts) }),
    close: async () => {
      await app.close()
      await sandboxes.close()
    },
  }
}

/** Both sandboxes, each behind a proxy; the gateway itself may run elsewhere. */
export async function startSandboxes(
  customers: number,
  ownBodies = false,
  profile: ProfileName = '2026.1',
  clock: () => Date = () => new Date(),
): Promise<Sandboxes> {
  const [suite, sage] = await Promise.all([
    startNetSuiteSandbox({ customers, profile, clock }),
    startIntacctSandbox({ customers, clock }),
  ])
  const sageUrl = new URL(sage.url)
  const wrong: string[] = []
  const [suiteProxy, sageProxy] = await Promise.all([
    startFaultProxy(suite.url, (exchange) => {
      if (!ownBodies && profile !== 'guide') wrong.push(...wrongNames(exchange))
    }),
    startFaultProxy(sageUrl.origin, ({ body }) => record(body)),
  ])
  const behind = (sandbox: NetSuiteSandbox | IntacctSandbox, proxy: FaultProxy) => ({
    books: sandbox.books,
    proxy,
    reset: () => sandbox.reset(),
  })
  return {
    netsuite: suite,
    intacct: sage,
    erps: { netsuite: netSuite(behind(suite, suiteProxy)), intacct: intacct(behind(sage, sageProxy)) },
    connections: {
      netsuite: {
        provider: 'netsuite',
        accountId: suite.accountId,
        baseUrl: suiteProxy.url,
        auth: { type: 'oauth2', ...suite.credentials.oauth2 },
        concurrency: 4,
        timeZone: 'UTC',
        defaults: {
          arAccountId: '119',
          depositAccountId: '10',
          subsidiaryId: '1',
          paymentMethods: { cash: '1', check: '2', wire: '3', ach: '8' },
        },
      },
      intacct: {
        provider: 'intacct',
        endpoint: `${sageProxy.url}${sageUrl.pathname}`,
        ...sage.credentials,
        concurrency: 2,
        timeZone: 'UTC',
        defaults: { bankAccountId: 'BOA', undepositedAccountNo: '1090', advanceAccountNo: '2100', locationId: '100' },
      },
    },
    close: async () => {
      await Promise.all([suiteProxy.close(), sageProxy.close()])
      await Promise.all([suite.close(), sage.close()])
      if (wrong.length > 0) throw new Error(`Not of release 2026.1: ${[...new Set(wrong)].join('; ')}`)
    },
  }
}

/** A configuration file as people write it. */
export function configFile(connections: Sandboxes['connections'], options: GatewayOptions = {}) {
  const more = Object.entries(options.more ?? {}).map(([name, { like, settings }]) => [
    name,
    { ...connections[like], ...settings },
  ])
  const own = Object.entries(connections).map(([name, settings]) => [
    name,
    { ...settings, ...(options.concurrency !== undefined && { concurrency: options.concurrency }) },
  ])
  return {
    connections: Object.fromEntries([...own, ...more]),
    callers: [caller('tests', KEY, Object.keys(connections)), caller('operator', OPERATOR_KEY, ['*'])],
    ...(options.intents && { intents: options.intents }),
    ...(options.deadlineSeconds !== undefined && { limits: { deadlineSeconds: options.deadlineSeconds } }),
  }
}

const caller = (name: string, key: string, connections: readonly string[]) => ({
  name,
  keySha256: createHash('sha256').update(key).digest('hex'),
  scopes: [...SCOPES],
  connections: [...connections],
})

export function requester(url: string): Request {
  return async (method, path, { body, headers = {}, key, as = KEY } = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${as}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const parsed = text === '' ? null : JSON.parse(text)
    checkAnswer(answer.status, answer.headers.get('content-type') ?? '', parsed)
    return { status: answer.status, headers: answer.headers, body: parsed, text }
  }
}

function lineSink(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(
        ...chunk
          .toString('utf8')
          .split('\n')
          .filter((line) => line !== ''),
      )
      done()
    },
  })
}
