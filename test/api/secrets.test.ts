/** An ERP that repeats what it was sent: whatever logs the connection in reaches no caller, no log and no stored answer. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ErpName } from '../support/erps.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5, ownBodies: true })
})
afterAll(() => gateway.close())
beforeEach(() => {
  for (const erp of Object.values(gateway.erps)) {
    erp.proxy.forget()
    erp.proxy.mend()
  }
})

/** What stands in the requests that were sent, and in the settings. */
function secretsOf(name: ErpName): string[] {
  const sent = gateway.erps[name].proxy.exchanges
  if (name === 'intacct') {
    const { senderPassword, userPassword } = gateway.sandboxes.intacct.credentials
    return [senderPassword, userPassword, ...sent.flatMap(({ body }) => /<sessionid>(.*?)</.exec(body)?.[1] ?? [])]
  }
  const tokens = sent.flatMap(({ headers }) => /^Bearer (.*)$/.exec(headers['authorization'] ?? '')?.[1] ?? [])
  const assertions = sent.flatMap(({ body }) => new URLSearchParams(body).get('client_assertion') ?? [])
  return [...tokens, ...assertions]
}
const quoted = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** The next exchange is answered with all of them, in an error of the ERP's own form and in a header. */
function repeat(name: ErpName): void {
  const erp = gateway.erps[name]
  const words = `It was sent by ${[...new Set(secretsOf(name))].join(' and ')} today`
  const answer =
    name === 'netsuite'
      ? {
          status: 400,
          headers: { 'content-type': 'application/json', 'x-words': words },
          body: JSON.stringify({ status: 400, 'o:errorDetails': [{ detail: words, 'o:errorCode': 'USER_ERROR' }] }),
        }
      : {
          status: 200,
          headers: { 'content-type': 'text/xml', 'x-words': words },
          body: `<response><control><status>success</status></control><operation><authentication><status>success</status></authentication><result><status>failure</status><function>read</function><controlid>1</controlid><errormessage><error><errorno>BL01001973</errorno><description2>${quoted(words)} [Support ID: ${quoted(secretsOf(name).at(-1) ?? '')}]</description2></error></errormessage></result></operation></response>`,
        }
  erp.proxy.fail((exchange) => !erp.isLogin(exchange), { kind: 'answer', answer })
}

describe.each(['netsuite', 'intacct'] as const)('%s', (name) => {
  const known = async () => {
    // A login and a read, so that tokens and sessions are in use and known here.
    await gateway.request('POST', `/v1/connections/${name}/check`)
    expect((await gateway.request('GET', `/v1/customers/${gateway.erps[name].seed.customer}`)).status).toBe(200)
    expect(secretsOf(name).length).toBeGreaterThan(0)
    repeat(name)
  }
  const expectClean = (text: string) => {
    expect(text).toContain('It was sent by ***')
    for (const secret of secretsOf(name)) expect(text).not.toContain(secret)
    for (const secret of secretsOf(name)) expect(gateway.logLines.join('\n')).not.toContain(secret)
  }

  it('tells a failure without them', async () => {
    await known()
    const answer = await gateway.request('GET', `/v1/customers/${gateway.erps[name].seed.customer}`)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expectClean(answer.text)
  })
  it('passes an answer through without them, and stores it so', async () => {
    await known()
    const key = newKey()
    const body =
      name === 'netsuite'
        ? { method: 'POST', path: '/services/rest/record/v1/customer', body: {} }
        : { function: 'create', body: { CUSTOMER: {} } }
    const first = await gateway.request('POST', `/v1/connections/${name}/passthrough`, { key, body })
    expect(first.status).toBe(200)
    expectClean(first.text)
    const again = await gateway.request('POST', `/v1/connections/${name}/passthrough`, { key, body })
    expect(again.body).toEqual(first.body)
  })
})
