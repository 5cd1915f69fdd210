/** Bad input gets a clear problem and writes nothing; legal but awkward text comes back exactly. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 10 })
})
afterAll(() => gateway.close())

const counts = () => [gateway.sandboxes.netsuite, gateway.sandboxes.intacct].map(({ books }) => books.version)
const erps = [
  { connection: 'netsuite', customer: 'cus_netsuite_456', invoice: 'inv_netsuite_5001' },
  { connection: 'intacct', customer: 'cus_intacct_ACME', invoice: 'inv_intacct_101' },
]

interface Bad {
  readonly what: string
  readonly send: () => Promise<{
    status: number
    body: { code: string; errors: { pointer: string }[]; applied: string; requestId: string }
    headers: Headers
  }>
  readonly status: number
  readonly code: string
  readonly pointer?: string
}
const customers =
  (body: unknown, headers = {}) =>
  () =>
    gateway.request('POST', '/v1/customers', { body, headers })
const payments =
  (body: unknown, options = {}) =>
  () =>
    gateway.request('POST', '/v1/payments', { body, key: newKey(), ...options })
const paying = (more: object) =>
  payments({ customer: { id: 'cus_netsuite_456' }, date: '2026-01-31', amount: '10.00', ...more })
const get =
  (path: string, headers = {}) =>
  () =>
    gateway.request('GET', path, { headers })

const BAD: Bad[] = [
  { what: 'malformed JSON', send: customers('{"name": '), status: 400, code: 'invalid_request' },
  { what: 'JSON that is no object', send: customers('[]'), status: 400, code: 'invalid_request' },
  {
    what: 'no body',
    send: () => gateway.request('POST', '/v1/customers', { headers: { 'content-type': 'application/json' } }),
    status: 400,
    code: 'invalid_request',
  },
  {
    what: 'a prototype in the body',
    send: customers('{"connection":"netsuite","name":"x","__proto__":{"a":1}}'),
    status: 400,
    code: 'invalid_request',
  },
  {
    what: 'an unknown field',
    send: customers({ connection: 'netsuite', name: 'x', nmae: 'y' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/nmae',
  },
  {
    what: 'a currency of a customer that is none',
    send: customers({ connection: 'netsuite', name: 'x', currency: 'ZZZ' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/currency',
  },
  {
    what: 'a credit limit with more digits than its currency has',
    send: customers({ connection: 'intacct', name: 'x', currency: 'JPY', creditLimit: '10.5' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/creditLimit',
  },
  {
    what: 'a read-only field',
    send: customers({ connection: 'netsuite', name: 'x', balance: '1.00' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/balance',
  },
  {
    what: 'a wrong type',
    send: customers({ connection: 'netsuite', name: 5 }),
    status: 400,
    code: 'invalid_request',
    pointer: '/name',
  },
  {
    what: 'a number for money',
    send: paying({ amount: 10 }),
    status: 400,
    code: 'invalid_request',
    pointer: '/amount',
  },
  {
    what: 'an amount of nothing',
    send: paying({ amount: '0.00' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/amount',
  },
  {
    what: 'a negative amount',
    send: paying({ amount: '-5.00' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/amount',
  },
  {
    what: 'more digits than the currency has',
    send: paying({ currency: 'USD', amount: '10.001' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/amount',
  },
  {
    what: 'more digits than the currency of the customer has',
    send: paying({ amount: '10.001' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/amount',
  },
  {
    what: 'a currency that is none',
    send: paying({ currency: 'ZZZ' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/currency',
  },
  {
    what: 'a date that is none',
    send: paying({ date: '2026-02-30' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/date',
  },
  {
    what: 'both ways of naming an invoice',
    send: paying({ applications: [{ invoiceId: 'inv_netsuite_5001', invoiceNumber: 'INV-5001', amount: '1.00' }] }),
    status: 400,
    code: 'invalid_request',
    pointer: '/applications/0',
  },
  {
    what: 'the same invoice twice',
    send: paying({
      applications: [
        { invoiceId: 'inv_netsuite_5001', amount: '1.00' },
        { invoiceNumber: 'INV-5001', amount: '1.00' },
      ],
    }),
    status: 400,
    code: 'invalid_request',
    pointer: '/applications/1',
  },
  {
    what: 'a discount date without a discount',
    send: paying({ applications: [{ invoiceId: 'inv_netsuite_5001', amount: '1.00', discountDate: '2026-01-31' }] }),
    status: 400,
    code: 'invalid_request',
    pointer: '/applications/0/discountDate',
  },
  {
    what: 'autoApply beside applications',
    send: paying({ autoApply: true, applications: [{ invoiceId: 'inv_netsuite_5001', amount: '1.00' }] }),
    status: 400,
    code: 'invalid_request',
    pointer: '/autoApply',
  },
  {
    what: 'a body of 10 MB',
    send: customers(`{"name":"${'x'.repeat(10_000_000)}"}`),
    status: 413,
    code: 'payload_too_large',
  },
  {
    what: 'a name of 5,000 characters',
    send: customers({ connection: 'netsuite', name: 'x'.repeat(5000) }),
    status: 400,
    code: 'invalid_request',
    pointer: '/name',
  },
  {
    what: 'a control character',
    send: customers({ connection: 'intacct', name: 'x\u0007' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/name',
  },
  {
    what: 'half a surrogate pair',
    send: customers('{"connection":"intacct","name":"\\ud800"}'),
    status: 400,
    code: 'invalid_request',
    pointer: '/name',
  },
  {
    what: 'no connection',
    send: customers({ name: 'x' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/connection',
  },
  {
    what: 'an unknown connection',
    send: customers({ connection: 'xero', name: 'x' }),
    status: 404,
    code: 'unknown_connection',
  },
  {
    what: 'a connection that disagrees with the customer',
    send: paying({ connection: 'intacct' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/connection',
  },
  {
    what: "another connection's invoice",
    send: paying({ applications: [{ invoiceId: 'inv_intacct_101', amount: '1.00' }] }),
    status: 422,
    code: 'invalid_reference',
    pointer: '/applications/0/invoiceId',
  },
  {
    what: 'an invoice that is not there',
    send: paying({ applications: [{ invoiceId: 'inv_netsuite_999999', amount: '1.00' }] }),
    status: 422,
    code: 'invalid_reference',
    pointer: '/applications/0/invoiceId',
  },
  {
    what: 'a number that no invoice has',
    send: paying({ applications: [{ invoiceNumber: 'INV-0', amount: '1.00' }] }),
    status: 422,
    code: 'invalid_reference',
    pointer: '/applications/0/invoiceNumber',
  },
  {
    what: 'more than is open',
    send: payments({
      customer: { id: 'cus_netsuite_456' },
      date: '2026-01-31',
      amount: '5000.00',
      applications: [{ invoiceId: 'inv_netsuite_5001', amount: '1000.01' }],
    }),
    status: 422,
    code: 'allocation_exceeds_open_amount',
    pointer: '/applications/0/amount',
  },
  {
    what: 'more than the amount',
    send: paying({ applications: [{ invoiceId: 'inv_netsuite_5001', amount: '10.01' }] }),
    status: 422,
    code: 'allocation_exceeds_amount',
  },
  {
    what: 'another currency than the invoice',
    send: paying({ currency: 'EUR', applications: [{ invoiceId: 'inv_netsuite_5001', amount: '10.00' }] }),
    status: 422,
    code: 'currency_mismatch',
  },
  { what: 'a wrong kind of id', send: get('/v1/customers/pay_netsuite_1'), status: 400, code: 'wrong_id_kind' },
  {
    what: 'a payment for a payment',
    send: payments({ customer: { id: 'pay_netsuite_1' }, date: '2026-01-31', amount: '1.00' }),
    status: 400,
    code: 'wrong_id_kind',
    pointer: '/customer/id',
  },
  { what: 'an id without form', send: get('/v1/customers/456'), status: 400, code: 'malformed_id' },
  {
    what: 'an id with an escape that none makes',
    send: get('/v1/customers/cus_intacct_A~2f'),
    status: 400,
    code: 'malformed_id',
  },
  { what: 'a broken percent escape', send: get('/v1/customers/%E0%A4%A'), status: 400, code: 'invalid_request' },
  {
    what: 'a very long id',
    send: get(`/v1/customers/cus_intacct_${'A'.repeat(1500)}`),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'an id of a connection that is not there',
    send: get('/v1/customers/cus_elsewhere_1'),
    status: 404,
    code: 'unknown_connection',
  },
  {
    what: 'a customer that is not there (NetSuite)',
    send: get('/v1/customers/cus_netsuite_999999'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'a customer that is not there (Intacct)',
    send: get('/v1/customers/cus_intacct_NOBODY'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'a payment that is not there (NetSuite)',
    send: get('/v1/payments/pay_netsuite_999999'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'a payment that is not there (Intacct)',
    send: get('/v1/payments/pay_intacct_999999'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'an invoice that is not there (NetSuite)',
    send: get('/v1/invoices/inv_netsuite_999999'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'an invoice that is not there (Intacct)',
    send: get('/v1/invoices/inv_intacct_999999'),
    status: 404,
    code: 'not_found',
  },
  { what: 'hostile ids', send: get('/v1/customers/cus_netsuite_456~20OR~201~3D1'), status: 404, code: 'not_found' },
  {
    what: 'an unknown parameter',
    send: get('/v1/customers?nmae=x'),
    status: 400,
    code: 'invalid_request',
    pointer: '?nmae',
  },
  {
    what: 'a limit beyond the most',
    send: get('/v1/customers?limit=201'),
    status: 400,
    code: 'invalid_request',
    pointer: '?limit',
  },
  {
    what: 'a field that is none',
    send: get('/v1/customers?fields=id,colour'),
    status: 400,
    code: 'invalid_request',
    pointer: '?fields',
  },
  {
    what: 'a sort that is none',
    send: get('/v1/customers?sort=colour'),
    status: 400,
    code: 'invalid_request',
    pointer: '?sort',
  },
  { what: 'a broken cursor', send: get('/v1/customers?cursor=xyz'), status: 400, code: 'invalid_cursor' },
  { what: 'no key', send: get('/v1/customers', { authorization: '' }), status: 401, code: 'unauthenticated' },
  {
    what: 'a wrong key',
    send: get('/v1/customers', { authorization: 'Bearer nobody' }),
    status: 401,
    code: 'unauthenticated',
  },
  {
    what: 'no Idempotency-Key',
    send: payments({ customer: { id: 'cus_netsuite_456' }, date: '2026-01-31', amount: '1.00' }, { key: undefined }),
    status: 400,
    code: 'idempotency_key_missing',
  },
  {
    what: 'an Idempotency-Key that is too short',
    send: payments({ customer: { id: 'cus_netsuite_456' }, date: '2026-01-31', amount: '1.00' }, { key: 'short' }),
    status: 400,
    code: 'invalid_request',
    pointer: 'header:Idempotency-Key',
  },
  {
    what: 'a media type that is no JSON',
    send: customers('name=x', { 'content-type': 'application/x-www-form-urlencoded' }),
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    what: 'a merge patch to POST',
    send: customers('{}', { 'content-type': 'application/merge-patch+json' }),
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    what: 'an Accept without JSON',
    send: get('/v1/customers', { accept: 'application/xml' }),
    status: 406,
    code: 'not_acceptable',
  },
  { what: 'an unknown route', send: get('/v1/nothing'), status: 404, code: 'not_found' },
  {
    what: 'an unknown method',
    send: () => gateway.request('PUT', '/v1/customers', { body: {} }),
    status: 405,
    code: 'method_not_allowed',
  },
]

describe('bad input', () => {
  it.each(BAD)('$what is $status $code and writes nothing', async ({ send, status, code, pointer }) => {
    const before = counts()
    const answer = await send()
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.headers.get('x-request-id')).toBe(answer.body.requestId)
    expect(answer.body.applied).toBe('no')
    if (pointer) expect(answer.body.errors.map((error) => error.pointer)).toContain(pointer)
    expect(counts()).toEqual(before)
  })
  it('names the allowed methods', async () => {
    expect((await gateway.request('PUT', '/v1/customers')).headers.get('allow')).toBe('GET, HEAD, POST')
  })
  it('answers bytes that are not HTTP with a problem, and stays alive', async () => {
    const { hostname, port } = new URL(gateway.url)
    const text = await new Promise<string>((resolve) => {
      let received = ''
      const socket = connect(Number(port), hostname, () => socket.write('NONSENSE\r\n\r\n'))
      socket.on('data', (chunk) => {
        received += chunk
      })
      socket.on('close', () => resolve(received))
    })
    expect(text).toContain('400 Bad Request')
    expect(text).toContain('"code":"invalid_request"')
    expect((await gateway.request('GET', '/health/ready')).status).toBe(200)
  })
  it.each(erps)('a deleted customer of $connection is not found afterwards', async ({ connection }) => {
    const made = await gateway.request('POST', '/v1/customers', {
      body: { connection, name: `Short lived ${connection}` },
    })
    expect(made.status).toBe(201)
    expect((await gateway.request('DELETE', `/v1/customers/${made.body.id}`)).status).toBe(204)
    for (const [method, options] of [
      ['GET', {}],
      ['PATCH', { body: { phone: '1' } }],
      ['DELETE', {}],
    ] as const) {
      const answer = await gateway.request(method, `/v1/customers/${made.body.id}`, options)
      expect([method, answer.status, answer.body.code]).toEqual([method, 404, 'not_found'])
    }
    const pay = await gateway.request('POST', '/v1/payments', {
      key: newKey(),
      body: { customer: { id: made.body.id }, date: '2026-01-31', amount: '1.00' },
    })
    expect([pay.status, pay.body.code]).toEqual([422, 'invalid_reference'])
  })
})

const AWKWARD = [
  '<>&"\'',
  ']]>',
  "' OR 1=1 --",
  'æøå ÆØÅ',
  '漢字',
  '🎉 emoji 👩‍👩‍👧',
  '00123',
  ' leading and trailing ',
  'tab\there',
  '&amp; &#39;',
  '100% _under_',
  '\\backslash\\',
  '{"json":1}',
  '<![CDATA[x]]>',
  'e\u0301 combining',
]

describe('awkward text', () => {
  it.each(erps)('is stored and given back exactly by $connection', async ({ connection, customer }) => {
    for (const text of AWKWARD) {
      const body = {
        connection,
        name: `Awkward ${text}`,
        comments: text,
        addresses: [{ isDefaultBilling: true, isDefaultShipping: true, line1: text, city: text }],
      }
      const made = await gateway.request('POST', '/v1/customers', { body })
      expect([text, made.status, made.body.detail]).toEqual([text, 201, undefined])
      const read = await gateway.request('GET', `/v1/customers/${made.body.id}`)
      expect([read.body.name, read.body.comments]).toEqual([`Awkward ${text}`, text])
      expect(
        read.body.addresses.some(
          (address: { line1: string; city: string }) => address.line1 === text && address.city === text,
        ),
      ).toBe(true)
      const found = await gateway.request(
        'GET',
        `/v1/customers?connection=${connection}&name=${encodeURIComponent(`Awkward ${text}`)}`,
      )
      expect([text, found.status, found.body.data?.map((one: { id: string }) => one.id)]).toEqual([
        text,
        200,
        [made.body.id],
      ])
      const paid = await gateway.request('POST', '/v1/payments', {
        key: newKey(),
        body: { customer: { id: customer }, date: '2026-01-31', amount: '1.00', method: 'cash', memo: text },
      })
      expect([text, paid.status, paid.body.memo]).toEqual([text, 201, text])
    }
  })
})
