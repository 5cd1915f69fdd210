/** Calls the NetSuite sandbox as a client would: logs in with a signed assertion, sends JSON, reads answers. */
import { importPKCS8, SignJWT } from 'jose'
import {
  type NetSuiteSandbox,
  type NetSuiteSandboxOptions,
  startNetSuiteSandbox,
} from '../../src/sandbox/netsuite/index.ts'

export interface CallerAnswer {
  readonly status: number
  readonly headers: Headers
  /** Parsed where it is JSON; tests look into it as they like. */
  // biome-ignore lint/suspicious/noExplicitAny: answers have any shape, that is what is tested
  readonly body: any
  /** The one error detail, when there is one. */
  readonly error: { detail: string; 'o:errorCode': string; 'o:errorPath'?: string } | undefined
  /** The last segment of Location. */
  readonly newId: string
}

export interface Caller {
  readonly sandbox: NetSuiteSandbox
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<CallerAnswer>
  /** Record service; property names are validated strictly. */
  record(method: string, path: string, body?: unknown): Promise<CallerAnswer>
  /** Rows of a query that must work. */
  rows(query: string, params?: readonly unknown[]): Promise<Record<string, unknown>[]>
  sql(query: string, params?: readonly unknown[], page?: string): Promise<CallerAnswer>
}

export const NOW = new Date('2026-03-31T12:00:00Z')

/** A sandbox whose day is 31 March 2026. */
export async function startCaller(options: NetSuiteSandboxOptions = {}): Promise<Caller> {
  const sandbox = await startNetSuiteSandbox({ customers: 40, clock: () => NOW, ...options })
  const token = await accessToken(sandbox)
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    send(`${sandbox.url}${path}`, method, body, { authorization: `Bearer ${token}`, ...headers })
  const strict = { 'x-netsuite-propertynamevalidation': 'Error' }
  const sql = (query: string, params: readonly unknown[] = [], page = '') =>
    call('POST', `/services/rest/query/v1/suiteql${page}`, { q: query, params }, { prefer: 'transient' })
  return {
    sandbox,
    call,
    record: (method, path, body) => call(method, `/services/rest/record/v1/${path}`, body, strict),
    sql,
    rows: async (query, params) => {
      const answer = await sql(query, params)
      if (answer.status !== 200) throw new Error(answer.error?.detail)
      return answer.body.items.map(({ links: _, ...row }: Record<string, unknown>) => row)
    },
  }
}

export async function send(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<CallerAnswer> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const parsed = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
  return {
    status: response.status,
    headers: response.headers,
    body: parsed,
    error: parsed?.['o:errorDetails']?.[0],
    newId: response.headers.get('location')?.split('/').at(-1) ?? '',
  }
}

export async function assertion(
  sandbox: NetSuiteSandbox,
  changes: Record<string, unknown> = {},
  kid?: string,
): Promise<string> {
  const { clientId, certificateId, privateKey, algorithm } = sandbox.credentials.oauth2
  const now = Math.floor(NOW.getTime() / 1000)
  const claims = {
    iss: clientId,
    scope: ['rest_webservices'],
    aud: `${sandbox.url}/services/rest/auth/oauth2/v1/token`,
    ...{ iat: now, exp: now + 3600, ...changes },
  }
  const header = { alg: algorithm, typ: 'JWT', kid: kid ?? certificateId }
  return new SignJWT(claims).setProtectedHeader(header).sign(await importPKCS8(privateKey, algorithm))
}

export function askToken(sandbox: NetSuiteSandbox, jwt: string): Promise<CallerAnswer> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: jwt,
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return send(`${sandbox.url}/services/rest/auth/oauth2/v1/token`, 'POST', form.toString(), headers)
}

async function accessToken(sandbox: NetSuiteSandbox): Promise<string> {
  const answer = await askToken(sandbox, await assertion(sandbox))
  if (answer.status !== 200) throw new Error(`No token: ${answer.status}`)
  return answer.body.access_token
}
