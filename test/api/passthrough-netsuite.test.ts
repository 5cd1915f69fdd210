/** Passthrough to NetSuite: every kind of call of the seed documents, what is refused, and what happens when the ERP fails. */
import { describe, expect, it } from 'vitest'
import { HTML_502 } from '../support/erps.ts'
import { newKey } from '../support/gateway.ts'
import { type Body, passthroughWorld } from './passthrough-world.ts'

const { world, post, native } = passthroughWorld()

describe('NetSuite', () => {
  const CUSTOMER = '/services/rest/record/v1/customer'
  it('GET of a record', async () => {
    const answer = await native({ method: 'GET', path: `${CUSTOMER}/456`, query: { expandSubResources: true } })
    expect(answer).toMatchObject({ status: 200, body: { id: '456', companyName: 'Acme Corporation' } })
    expect(answer.headers['content-type']).toContain('type=singular')
    expect(Object.keys(answer.headers)).not.toEqual(expect.arrayContaining(['content-length']))
  })
  it('POST, PATCH and DELETE of a record', async () => {
    const headers = { 'X-NetSuite-PropertyNameValidation': 'Error' }
    const made = await native({
      method: 'POST',
      path: CUSTOMER,
      headers,
      body: { companyName: 'Native Ltd', subsidiary: { id: '1' }, autoName: true },
    })
    expect(made).toMatchObject({ status: 204, body: null })
    const id = /customer\/(\d+)$/.exec(made.headers.location)?.[1] as string
    const path = `${CUSTOMER}/${id}`
    expect((await native({ method: 'PATCH', path, headers, body: { comments: 'by hand' } })).status).toBe(204)
    expect((await native({ method: 'GET', path })).body).toMatchObject({ comments: 'by hand' })
    expect((await native({ method: 'DELETE', path })).status).toBe(204)
    expect(await native({ method: 'GET', path })).toMatchObject({
      status: 404,
      body: { 'o:errorDetails': [{ 'o:errorCode': 'NONEXISTENT_ID' }] },
    })
  })
  it('PUT by external id', async () => {
    const body = { companyName: 'Upserted Ltd', subsidiary: { id: '1' }, autoName: true }
    expect((await native({ method: 'PUT', path: `${CUSTOMER}/eid:native-1`, body })).status).toBe(204)
    expect((await native({ method: 'GET', path: `${CUSTOMER}/eid:native-1` })).body.companyName).toBe('Upserted Ltd')
  })
  it('list with q', async () => {
    const q = 'companyName START_WITH "Acme"'
    const { body } = await native({ method: 'GET', path: CUSTOMER, query: { q, limit: 5, offset: 0 } })
    expect(body.items.map((item: Body) => item.id)).toContain('456')
    const same = await native({ method: 'GET', path: `${CUSTOMER}?q=${encodeURIComponent(q)}`, query: { limit: 5 } })
    expect(same.body.items).toEqual(body.items)
  })
  it('SuiteQL, which only reads', async () => {
    const key = newKey()
    const ask = { method: 'POST', path: '/services/rest/query/v1/suiteql', headers: { Prefer: 'transient' } }
    const body = { q: 'SELECT id, companyname FROM customer WHERE id = ?', params: [456] }
    const first = await post('netsuite', { ...ask, query: { limit: 10 }, body }, { key })
    expect(first.body.body.items).toEqual([{ links: [], id: '456', companyname: 'Acme Corporation' }])
    const again = await post('netsuite', { ...ask, query: { limit: 10 }, body }, { key })
    expect(again.headers.get('idempotent-replayed')).toBeNull()
  })
  it('metadata-catalog', async () => {
    const { status, body } = await native({
      method: 'GET',
      path: '/services/rest/record/v1/metadata-catalog/customer',
      headers: { accept: 'application/schema+json' },
    })
    expect(status).toBe(200)
    expect(body.properties.companyName.type).toBe('string')
  })
  it('gives on its refusals', async () => {
    const answer = await native({
      method: 'POST',
      path: CUSTOMER,
      body: { companyName: 'X', colour: 'red' },
      headers: { 'X-NetSuite-PropertyNameValidation': 'Error' },
    })
    expect(answer.status).toBe(400)
    expect(answer.body['o:errorDetails']).toHaveLength(1)
  })
  it('passes numbers on with every digit, both ways', async () => {
    const { proxy } = world.gateway.erps.netsuite
    const digits = '12345678901234567.10'
    proxy.fail(({ method }) => method === 'PATCH', {
      kind: 'answer',
      answer: {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: `{"a":${digits},"b":[1.50,2,1e400],"c":"${digits}"}`,
      },
    })
    for (const key of [undefined, newKey()]) {
      if (key)
        proxy.fail(({ method }) => method === 'PATCH', {
          kind: 'answer',
          answer: {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: `{"a":${digits},"b":[1.50,2,1e400],"c":"${digits}"}`,
          },
        })
      const path = '/v1/connections/netsuite/passthrough'
      const body = `{"method":"PATCH","path":"${CUSTOMER}/456","body":{"creditLimit":${digits},"x":[0.10,7]}}`
      for (let times = 0; times < (key ? 2 : 1); times++) {
        const answer = await world.gateway.request('POST', path, { body, ...(key && { key }) })
        expect(answer.text).toContain(`"body":{"a":${digits},"b":[1.50,2,1e400],"c":"${digits}"}`)
      }
    }
    const sent = proxy.exchanges.filter(({ method }) => method === 'PATCH')
    expect(sent.map((exchange) => exchange.body)).toEqual(Array(2).fill(`{"creditLimit":${digits},"x":[0.10,7]}`))
  })
  it.each([
    ['https://other.example/services/rest/x', '/path'],
    ['//other.example/services/rest/x', '/path'],
    ['/app/site/hosting/restlet.nl', '/path'],
    ['/services/rest/../../app', '/path'],
    ['/services/rest/%2e%2e/app', '/path'],
    ['/services/rest/record%2Fv1', '/path'],
    ['/services/rest/record\\v1', '/path'],
    ['/services/rest/record/v1/customer/%', '/path'],
    ['/services/rest/record/v1/customer#x', '/path'],
    ['/services/rest/record/v1/a b', '/path'],
    ['/services/rest/auth/oauth2/v1/token', '/path'],
    ['/services/rest/AUTH/oauth2/v1/token', '/path'],
    ['/services/rest//auth/oauth2/v1/token', '/path'],
  ])('refuses the path %s', async (path, pointer) => {
    const answer = await post('netsuite', { method: 'GET', path })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ pointer }] } })
    expect(world.gateway.erps.netsuite.proxy.exchanges).toEqual([])
  })
  it.each([
    [{ method: 'GET', path: CUSTOMER, headers: { Authorization: 'Bearer x' } }, '/headers/Authorization'],
    [{ method: 'GET', path: CUSTOMER, headers: { host: 'x' } }, '/headers/host'],
    [{ method: 'GET', path: CUSTOMER, headers: { 'transfer-encoding': 'chunked' } }, '/headers/transfer-encoding'],
    [{ method: 'GET', path: CUSTOMER, headers: { 'x-a': 'b\r\nc: d' } }, '/headers/x-a'],
    [{ method: 'GET', path: CUSTOMER, headers: { 'a b': 'c' } }, '/headers/a b'],
    [{ method: 'GET', path: CUSTOMER, body: {} }, '/body'],
    [{ method: 'TRACE', path: CUSTOMER }, '/method'],
    [{ path: CUSTOMER }, '/method'],
    [{ method: 'GET' }, '/path'],
    [{ function: 'read', body: {} }, '/function'],
    [{ method: 'GET', path: CUSTOMER, colour: 'red' }, '/colour'],
  ])('refuses %j before anything is sent', async (body, pointer) => {
    const answer = await post('netsuite', body)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', applied: 'no' } })
    expect(answer.body.errors.map((error: Body) => error.pointer)).toEqual([pointer])
    expect(world.gateway.erps.netsuite.proxy.exchanges).toEqual([])
  })
  it('logs in again when the token has ended, and waits when requests are limited', async () => {
    const { proxy, isRead, says } = world.gateway.erps.netsuite
    for (const answer of [says.loginEnded, says.tooMany]) {
      proxy.fail(isRead, { kind: 'answer', answer })
      expect((await native({ method: 'GET', path: `${CUSTOMER}/456` })).status).toBe(200)
    }
  })
  it('repeats a read whose answer was lost, and never a write', async () => {
    const { proxy, isRead } = world.gateway.erps.netsuite
    proxy.fail(isRead, { kind: 'drop-after' })
    expect((await native({ method: 'GET', path: `${CUSTOMER}/456` })).status).toBe(200)
    proxy.forget()
    proxy.fail(({ method }) => method === 'PATCH', { kind: 'drop-after' })
    const lost = await post('netsuite', { method: 'PATCH', path: `${CUSTOMER}/456`, body: { comments: 'lost?' } })
    expect(lost).toMatchObject({ status: 502, body: { code: 'provider_failed', applied: 'unknown' } })
    expect(proxy.exchanges.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
  })
  it("leaves a web page in the ERP's place a failure of the call", async () => {
    const { proxy, isRead } = world.gateway.erps.netsuite
    const fault = proxy.fail(isRead, { kind: 'answer', answer: HTML_502 }, 100)
    const answer = await post('netsuite', { method: 'GET', path: `${CUSTOMER}/456` })
    fault.disarm()
    expect(answer).toMatchObject({ status: 502, body: { code: 'provider_failed' } })
  })
})
