/** Calls that could never be sent, more of them than the connection has slots: afterwards it works as before. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGateway, type TestGateway } from '../support/gateway.ts'

const CUSTOMER = '/services/rest/record/v1/customer'
/** More than there are slots. */
const OFTEN = 5

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ concurrency: 2, ownBodies: true })
})
afterAll(() => gateway.close())

const careless: [what: string, request: object, pointer: string][] = [
  ['a space in the query', { path: `${CUSTOMER}?q=a b` }, '/path'],
  ['a space in the path', { path: `${CUSTOMER}/a b` }, '/path'],
  ['a quotation mark', { path: `${CUSTOMER}?q=companyName CONTAIN "a"` }, '/path'],
  ['brackets', { path: `${CUSTOMER}?q=[a]` }, '/path'],
  ['a letter that is not ASCII', { path: `${CUSTOMER}?q=Müller` }, '/path'],
  ['half a percent escape in the query', { path: `${CUSTOMER}?q=100%` }, '/path'],
  ['a fragment', { path: `${CUSTOMER}?q=a#b` }, '/path'],
  ['a line break', { path: `${CUSTOMER}?q=a\nb` }, '/path'],
  ['a space in the name of a header', { path: CUSTOMER, headers: { 'a b': 'c' } }, '/headers/a b'],
  ['a colon in the name of a header', { path: CUSTOMER, headers: { 'a:b': 'c' } }, '/headers/a:b'],
  ['a line break in a header', { path: CUSTOMER, headers: { a: 'b\nc' } }, '/headers/a'],
  ['a letter of a header that is not ASCII', { path: CUSTOMER, headers: { a: 'ä' } }, '/headers/a'],
  [
    'a method in a header',
    { path: CUSTOMER, headers: { 'X-HTTP-Method-Override': 'DELETE' } },
    '/headers/X-HTTP-Method-Override',
  ],
  ['a login behind a semicolon', { path: '/services/rest/auth;x/oauth2/v1/token' }, '/path'],
]

describe.each(careless)('%s', (_, request, pointer) => {
  it('is refused with its place, costs no slot, and nothing is sent', async () => {
    gateway.erps.netsuite.proxy.forget()
    for (let count = 0; count < OFTEN; count++) {
      const answer = await gateway.request('POST', '/v1/connections/netsuite/passthrough', {
        body: { method: 'GET', ...request },
      })
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', applied: 'no' } })
      expect(answer.body.errors[0].pointer).toBe(pointer)
    }
    expect(gateway.erps.netsuite.proxy.exchanges).toEqual([])
    const read = await gateway.request('GET', '/v1/customers/cus_netsuite_456', { headers: { prefer: 'wait=5' } })
    expect(read.status).toBe(200)
  })
})

it('what a URL may have goes through', async () => {
  const path = `${CUSTOMER}/456?fields=a,b:c@d/e?(f)*~!$'+;=&q=%20`
  const answer = await gateway.request('POST', '/v1/connections/netsuite/passthrough', {
    body: { method: 'GET', path },
  })
  expect(answer.status).toBe(200)
  expect(gateway.erps.netsuite.proxy.exchanges.at(-1)?.path).toBe(path)
})
