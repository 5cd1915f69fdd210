/** No secret and nobody's name or address ever reaches the log. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5 })
})
afterAll(() => gateway.close())

const MARKS = [
  'Xyzzyname',
  'xyzzy-mail@example.test',
  'Xyzzystreet',
  '555-98765',
  'Xyzzymemo',
  'Xyzzyreference',
  'xyzzy-key-1234',
]

describe('the log', () => {
  it('holds none of the values that went through every route', async () => {
    const person = {
      lastName: 'Xyzzyname',
      firstName: 'Xyzzyname',
      email: 'xyzzy-mail@example.test',
      phone: '555-98765',
      addresses: [{ isDefaultBilling: true, isDefaultShipping: true, line1: 'Xyzzystreet 1' }],
    }
    for (const connection of ['netsuite', 'intacct']) {
      const made = await gateway.request('POST', '/v1/customers', { body: { connection, ...person } })
      expect(made.status).toBe(201)
      const id = made.body.id
      const routes: [string, string, unknown?][] = [
        ['GET', `/v1/customers/${id}?include=raw`],
        ['GET', `/v1/customers?connection=${connection}&name=Xyzzyname%20Xyzzyname&email=xyzzy-mail@example.test`],
        ['PATCH', `/v1/customers/${id}`, { comments: 'Xyzzymemo', phone: '555-98765' }],
        ['POST', '/v1/customers', { connection, ...person, number: 'Xyzzyname', currency: 'XTS' }],
        ['POST', `/v1/customers/${id}/addresses`, { isDefaultBilling: true, line1: 'Xyzzystreet 2' }],
        ['GET', `/v1/customers/${id}/open-items`],
        [
          'POST',
          '/v1/payments',
          {
            customer: { id },
            date: '2026-01-31',
            amount: '5.00',
            currency: 'USD',
            memo: 'Xyzzymemo',
            reference: 'Xyzzyreference',
            method: 'cash',
          },
        ],
        [
          'POST',
          '/v1/payments',
          {
            customer: { id },
            date: '2026-01-31',
            amount: '5.00',
            currency: 'USD',
            memo: 'Xyzzymemo',
            depositTo: { kind: 'bankAccount', id: 'Xyzzyname' },
          },
        ],
        ['GET', `/v1/payments?customerId=${id}&reference=Xyzzyreference`],
        ['GET', '/v1/customers/Xyzzyname'],
        ['GET', '/v1/Xyzzyname'],
        ['POST', '/v1/customers', '{"name": "Xyzzyname'],
        ['DELETE', `/v1/customers/${id}`],
      ]
      for (const [method, path, body] of routes)
        await gateway.request(method, path, { body, key: newKey(), headers: { 'x-request-id': `req-${connection}` } })
    }
    await gateway.request('GET', '/v1/customers', { as: 'xyzzy-key-1234' })
    const log = gateway.logLines.join('\n')
    expect(gateway.logLines.length).toBeGreaterThan(40)
    for (const mark of MARKS) expect(log.toLowerCase()).not.toContain(mark.toLowerCase())
    for (const connection of Object.values(gateway.sandboxes.connections)) {
      for (const secret of secretsOf(connection)) expect(log).not.toContain(secret)
    }
    expect(log).not.toMatch(/authorization|bearer|sessionid|password/i)
  })
  it('has one line per call and one per exchange, with what finds them again', async () => {
    const from = gateway.logLines.length
    await gateway.request('GET', '/v1/customers/cus_netsuite_456', { headers: { 'x-request-id': 'trace-me-1' } })
    const lines = gateway.logLines.slice(from).map((line) => JSON.parse(line))
    const calls = lines.filter((line) => line.msg === 'call')
    const exchanges = lines.filter((line) => line.msg === 'exchange')
    expect(calls).toEqual([
      expect.objectContaining({
        requestId: 'trace-me-1',
        operation: 'getCustomer',
        connection: 'netsuite',
        caller: 'tests',
        status: 200,
        route: '/v1/customers/:id',
        durationMs: expect.any(Number),
        exchanges: exchanges.length,
      }),
    ])
    expect(exchanges.length).toBeGreaterThan(0)
    for (const line of exchanges)
      expect(line).toMatchObject({
        requestId: 'trace-me-1',
        operation: 'getCustomer',
        connection: 'netsuite',
        exchange: expect.any(String),
        durationMs: expect.any(Number),
      })
  })
})

/** Every text of the settings that nobody else may know. */
function secretsOf(settings: Record<string, unknown>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (typeof value === 'object' && value !== null) return secretsOf(value as Record<string, unknown>)
    return /password|secret|privateKey|clientId|senderId/i.test(name) && typeof value === 'string'
      ? value.split('\n').filter((line) => line.length > 5)
      : []
  })
}
