/** The same question in the ERP's own words: what the gateway really sent to the sandbox, with a login that is good. */
import { request } from 'undici'
import { createAuthorizer } from '../../src/providers/netsuite/authentication.ts'
import { netsuite } from '../../src/providers/netsuite/index.ts'
import type { Settings } from '../../src/providers/netsuite/settings.ts'
import type { Send } from '../../src/wire/exchange.ts'
import type { Shot } from './load.ts'
import type { SandboxReady } from './messages.ts'

interface Logged {
  readonly at: string
  readonly method: 'GET' | 'POST'
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly answer: string
}

const HOP_BY_HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding'])

/** Runs the call and gives back the exchanges that it cost; the last one is the question itself. */
export async function exchangesOf(sandboxUrl: string, call: () => Promise<unknown>): Promise<Logged[]> {
  // The log is bounded, so it cannot be counted; both clocks are this machine's.
  const started = new Date().toISOString()
  await call()
  return (await logOf(sandboxUrl)).filter(({ at }) => at >= started)
}

async function logOf(sandboxUrl: string): Promise<Logged[]> {
  const answer = await request(`${new URL(sandboxUrl).origin}/__sandbox/requests`)
  return (await answer.body.json()) as Logged[]
}

export function nativeShot(logged: Logged, login: Readonly<Record<string, string>>, proof: string): Shot {
  const headers = Object.fromEntries(Object.entries(logged.headers).filter(([name]) => !HOP_BY_HOP.has(name)))
  return {
    method: logged.method,
    path: logged.target,
    headers: { ...headers, ...login },
    ...(logged.body !== '' && { body: logged.body }),
    proof,
  }
}

/** A NetSuite access token; the sandbox's log leaves logins out. */
export async function netsuiteLogin({ netsuite: sandbox }: SandboxReady): Promise<Record<string, string>> {
  const settings = { accountId: sandbox.accountId, baseUrl: sandbox.url, auth: sandbox.auth } as Settings
  const send: Send = async ({ method, path, headers, authorize }) => {
    const { body } = (await authorize?.(false)) ?? {}
    const answer = await request(new URL(path, sandbox.url), { method, headers, body })
    return { status: answer.statusCode, headers: {}, body: await answer.body.text() }
  }
  const account = { connection: netsuite.name, now: () => new Date() }
  const { headers } = await createAuthorizer(settings, account)(send, { method: 'GET', url: sandbox.url })(false)
  return { ...headers }
}
