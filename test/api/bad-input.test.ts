/** Bad input gets a clear problem and writes nothing. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'
import { BAD_CUSTOMERS } from './bad-customers.ts'
import { BAD_PAYMENTS } from './bad-payments.ts'
import { BAD_READS } from './bad-reads.ts'

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

describe('bad input', () => {
  it.each([...BAD_CUSTOMERS, ...BAD_PAYMENTS, ...BAD_READS])(
    '$what is $status $code and writes nothing',
    async ({ send, status, code, pointer }) => {
      const before = counts()
      const answer = await send(gateway)
      expect([answer.status, answer.body.code]).toEqual([status, code])
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(answer.headers.get('x-request-id')).toBe(answer.body.requestId)
      expect(answer.body.applied).toBe('no')
      if (pointer) expect(answer.body.errors.map((error) => error.pointer)).toContain(pointer)
      expect(counts()).toEqual(before)
    },
  )
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
