/** Legal but awkward text is stored and given back exactly. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 10 })
})
afterAll(() => gateway.close())

const erps = [
  { connection: 'netsuite', customer: 'cus_netsuite_456', invoice: 'inv_netsuite_5001' },
  { connection: 'intacct', customer: 'cus_intacct_ACME', invoice: 'inv_intacct_101' },
]

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
