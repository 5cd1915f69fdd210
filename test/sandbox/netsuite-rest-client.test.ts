/** A stranger to this project: the npm package `netsuite-rest` with token-based authentication, unpatched but for the address. */
import { createRequire } from 'node:module'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type NetSuiteSandbox, startNetSuiteSandbox } from '../../src/sandbox/netsuite/index.ts'
import type { ProfileName } from '../../src/sandbox/netsuite/profile.ts'

interface Answer {
  readonly statusCode: number
  /** Names and values in turn: what else of the headers the package hands on is lost in newer versions of Node. */
  readonly rawHeaders: readonly string[]
  // biome-ignore lint/suspicious/noExplicitAny: the package parses whatever comes
  readonly data: any
}
interface Client {
  request(options: { path?: string; method?: string; body?: string; heads?: Record<string, string> }): Promise<Answer>
}
type Login = Record<'consumer_key' | 'consumer_secret_key' | 'token' | 'token_secret' | 'realm' | 'base_url', string>
// It has no types and is CommonJS.
const require = createRequire(import.meta.url)
const NetSuiteRest = require('netsuite-rest') as new (login: Login) => Client

function clientOf({ credentials, accountId, url }: NetSuiteSandbox, changes: Partial<Login> = {}): Client {
  const { consumerKey, consumerSecret, tokenId, tokenSecret } = credentials.tba
  const login = { consumer_key: consumerKey, consumer_secret_key: consumerSecret, token: tokenId }
  return new NetSuiteRest({ ...login, token_secret: tokenSecret, realm: accountId, base_url: url, ...changes })
}

function locationOf({ rawHeaders }: Answer): string {
  return rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === 'location') + 1] ?? ''
}

// The package signs with the real time, so the sandbox's clock is the real one too.
const json = { 'content-type': 'application/json' }
const PROFILES: readonly ProfileName[] = ['2026.1', 'guide', 'single']

describe.each(PROFILES)('netsuite-rest on %s', (profile) => {
  let sandbox: NetSuiteSandbox
  let client: Client
  beforeAll(async () => {
    sandbox = await startNetSuiteSandbox({ customers: 40, profile, accountId: 'TSTDRV100_SB1' })
    client = clientOf(sandbox)
  })
  beforeEach(() => sandbox.reset())
  afterAll(() => sandbox.close())

  const company = {
    companyName: "Café O'Hara & Søn (東京)",
    entityId: 'WITNESS-1',
    ...(profile !== 'single' && { subsidiary: { id: '1' } }),
  }
  const create = async (): Promise<string> => {
    const path = 'record/v1/customer'
    const answer = await client.request({ path, method: 'POST', body: JSON.stringify(company), heads: json })
    expect([answer.statusCode, answer.data === null]).toEqual(profile === 'guide' ? [201, false] : [204, true])
    return profile === 'guide' ? answer.data.id : locationOf(answer).split('/').at(-1)!
  }
  const refusal = async (request: Promise<Answer>) => {
    const error = (await request.then(
      () => null,
      (reason: unknown) => reason,
    )) as { response: { statusCode: number; body: string } } | null
    if (error === null) throw new Error('It was not refused.')
    return [error.response.statusCode, JSON.parse(error.response.body)['o:errorDetails'][0]['o:errorCode']]
  }

  it('probes the login as its README shows', async () => {
    expect((await client.request({ path: '*', method: 'OPTIONS' })).statusCode).toBe(204)
  })

  it('creates and reads a customer', async () => {
    const id = await create()
    const { data } = await client.request({ path: `record/v1/customer/${id}` })
    expect([data.id, data.companyName, data.entityId]).toEqual([id, company.companyName, 'WITNESS-1'])
    const change = { path: `record/v1/customer/${id}`, method: 'PATCH', body: '{"phone":"555-0123"}', heads: json }
    expect((await client.request(change)).statusCode).toBe(204)
    expect((await client.request({ path: `record/v1/customer/${id}?fields=phone` })).data.phone).toBe('555-0123')
    expect((await client.request({ path: `record/v1/customer/${id}`, method: 'DELETE' })).statusCode).toBe(204)
    expect(await refusal(client.request({ path: `record/v1/customer/${id}` }))).toEqual([404, 'NONEXISTENT_ID'])
  })

  it('lists customers page by page by the links, and by q', async () => {
    const ids: string[] = []
    for (let path: string | undefined = 'record/v1/customer?limit=20&offset=0'; path !== undefined; ) {
      const { data }: Answer = await client.request({ path })
      ids.push(...data.items.map((item: { id: string }) => item.id))
      const next = data.links.find((link: { rel: string }) => link.rel === 'next')?.href as string | undefined
      path = next?.slice(`${sandbox.url}/services/rest/`.length)
    }
    expect(ids).toHaveLength(43)
    const q = encodeURIComponent('companyName START_WITH "Acme" AND email CONTAIN "@"')
    const { data } = await client.request({ path: `record/v1/customer?q=${q}` })
    expect(data.items.map((item: { id: string }) => item.id)).toEqual(['456'])
    expect((await client.request({ path: 'record/v1/customer/' })).data.totalResults).toBe(43)
  })

  it('queries customers with SuiteQL, where the role may', async () => {
    const query = { q: 'SELECT id, companyName, email, dateCreated FROM customer WHERE id IN (456, 457) ORDER BY id' }
    const asked = client.request({
      path: 'query/v1/suiteql?limit=5',
      method: 'POST',
      body: JSON.stringify(query),
    })
    if (profile === 'single') return expect(await refusal(asked)).toEqual([403, 'INSUFFICIENT_PERMISSION'])
    const { data } = await asked
    expect(data).toMatchObject({ count: 2, hasMore: false, totalResults: 2 })
    expect(data.items[0]).toEqual({
      ...{ links: [], id: '456', companyname: 'Acme Corporation', email: 'contact@acmecorp.com' },
      datecreated: '12/25/2025',
    })
    const dated = `{
    		"q":
    		"SELECT
    			id, companyName, email, dateCreated
             FROM customer WHERE
                dateCreated >= '12/25/2025'
               	AND dateCreated < '12/26/2025'"
    	}`
    const { data: day } = await client.request({ path: 'query/v1/suiteql?limit=5', method: 'POST', body: dated })
    expect(day.items.map((item: { id: string }) => item.id).sort()).toEqual(['456', '457', '458'])
  })

  it('reads the metadata catalog', async () => {
    const { data } = await client.request({ path: 'record/v1/metadata-catalog/' })
    expect(data.items.map((item: { name: string }) => item.name)).toContain('customerPayment')
    const heads = { accept: 'application/schema+json' }
    const { data: schema } = await client.request({ path: 'record/v1/metadata-catalog/customer', heads })
    expect(schema.properties.companyName.type).toBe('string')
  })

  it('is refused with a wrong secret', async () => {
    const stranger = clientOf(sandbox, { token_secret: 'wrong' })
    expect(await refusal(stranger.request({ path: 'record/v1/customer/456' }))).toEqual([401, 'INVALID_LOGIN'])
  })
})
