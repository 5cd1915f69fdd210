/** Passthrough to Intacct: what is refused, what is kept, and how its own refusals come back. */
import { describe, expect, it } from 'vitest'
import { OPERATOR_KEY } from '../support/gateway.ts'
import { unrecorded } from '../support/traffic.ts'
import { type Body, passthroughWorld } from './passthrough-world.ts'

const { world, post, call, data } = passthroughWorld()
const written = () => world.gateway.erps.intacct.proxy.exchanges.filter(world.gateway.erps.intacct.isWrite)

describe('Intacct', () => {
  it('reports its refusal as an answer, on every level', async () => {
    const business = await call('read', { object: 'NOSUCHOBJECT', keys: 1 })
    expect(business).toMatchObject({ status: 'failure', data: null })
    expect(business.errors[0]).toMatchObject({ errorno: expect.any(String), description2: expect.any(String) })
    // The caller's mistake, on purpose: it is no request of the gateway's own that would have to fit the schema.
    const schema = await unrecorded(() => call('query', { object: 'CUSTOMER' }))
    expect(schema).toMatchObject({ status: 'failure', data: null, errors: [{ errorno: 'XL03000003' }] })
  })
  it('does not call functions that answer sessions', async () => {
    for (const name of ['getAPISession', 'GETAPISESSION', 'init_session']) {
      const answer = await post('intacct', { function: name })
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
      expect(answer.body.errors[0].pointer).toBe('/function')
    }
    expect(world.gateway.erps.intacct.proxy.exchanges).toEqual([])
  })
  it('sends every write once, with an id of its own', async () => {
    await data('update', { CUSTOMER: { CUSTOMERID: 'ACME', COMMENTS: 'once' } })
    const [sent] = written()
    expect(sent?.body).toContain('<uniqueid>true</uniqueid>')
    await data('lookup', { object: 'CUSTOMER' })
    expect(world.gateway.erps.intacct.proxy.exchanges.at(-1)?.body).toContain('<uniqueid>false</uniqueid>')
  })
  it('keeps the order of members, attributes, text and digits', async () => {
    await world.gateway.request('POST', '/v1/connections/intacct/passthrough', {
      body: '{"function":"create","body":{"z":{"@b":"1","@a":"<&>","#":"x"},"a":[12345678901234567.10,true,null],"m":{}}}',
    })
    expect(world.gateway.erps.intacct.proxy.exchanges.at(-1)?.body).toContain(
      '<create><z b="1" a="&lt;&amp;&gt;">x</z><a>12345678901234567.10</a><a>true</a><a/><m/></create>',
    )
  })
  it.each([
    [{ function: 'read', body: 'text' }, '/body'],
    [{ function: 'read', body: [] }, '/body'],
    [{ function: 'read', body: { 'a b': 1 } }, '/body/a b'],
    [{ function: 'read', body: { '@x y': 1 } }, '/body/@x y'],
    [{ function: 'read', body: { a: [[1]] } }, '/body/a/0'],
    [{ function: 'read', body: { a: { '#': 'x', b: 1 } } }, '/body/a'],
    [{ function: 'read', body: { a: { '@b': {} } } }, '/body/a/@b'],
    [{ function: 'read><x', body: {} }, '/function'],
    [{ body: {} }, '/function'],
    [{ function: 'read', method: 'GET', path: '/services/rest/x' }, '/method'],
  ])('refuses %j before anything is sent', async (body, pointer) => {
    const answer = await post('intacct', body)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', applied: 'no' } })
    expect(answer.body.errors.map((error: Body) => error.pointer)).toEqual([pointer])
    expect(world.gateway.erps.intacct.proxy.exchanges).toEqual([])
  })
  it('refuses a body that is nested without end', async () => {
    const deep = `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`
    const answer = await world.gateway.request('POST', '/v1/connections/intacct/passthrough', {
      body: `{"function":"read","body":${deep}}`,
    })
    expect(answer.status).toBe(400)
  })
  it("says provider_refused where the connection's own login is wrong", async () => {
    const answer = await post(
      'intacct-locked-out',
      { function: 'lookup', body: { object: 'CUSTOMER' } },
      { as: OPERATOR_KEY },
    )
    expect(answer).toMatchObject({ status: 502, body: { code: 'provider_refused' } })
  })
  it('logs in again when the session has ended', async () => {
    const { proxy, isRead, says } = world.gateway.erps.intacct
    proxy.fail(isRead, { kind: 'answer', answer: says.loginEnded })
    await data('lookup', { object: 'CUSTOMER' })
  })
})
