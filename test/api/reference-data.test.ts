/** Reference data: every kind on both ERPs is either a whole list or refused with the reason. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { REFERENCE_KINDS } from '../../schemas/reference-data.ts'
import { faultsOf } from '../support/component.ts'
import type { Exchange } from '../support/fault-proxy.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5 })
})
afterAll(() => gateway.close())
beforeEach(() => {
  gateway.erps.netsuite.proxy.forget()
  gateway.erps.intacct.proxy.forget()
})

const get = (connection: string, kind: string) =>
  gateway.request('GET', `/v1/connections/${connection}/reference/${kind}`)
interface Entry {
  readonly id: string
  readonly name: string | null
  readonly code?: string
  readonly active: boolean
}
async function list(connection: string, kind: string): Promise<Entry[]> {
  const { status, body } = await get(connection, kind)
  expect({ kind, status, detail: body.detail }).toEqual({ kind, status: 200, detail: undefined })
  expect(body.kind).toBe(kind)
  return body.data
}

const LACKED: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  netsuite: { 'message-templates': /message/, 'email-templates': /e-mail templates/ },
  intacct: {
    'customer-stages': /leads/,
    partners: /partner/,
    'billing-schedules': /billing schedule/,
    'discount-items': /discount items/,
    'contact-roles': /fixed/,
    'message-templates': /invoice messages/,
  },
}

describe.each(['netsuite', 'intacct'])('%s', (connection) => {
  it.each(REFERENCE_KINDS)('%s', async (kind) => {
    const reason = LACKED[connection]?.[kind]
    const { status, body } = await get(connection, kind)
    if (reason) {
      expect(body).toMatchObject({ status: 501, code: 'not_supported', connection })
      expect(body.detail).toMatch(reason)
      return
    }
    expect({ kind, status, detail: body.detail }).toEqual({ kind, status: 200, detail: undefined })
    expect(faultsOf('ReferenceData', body)).toEqual([])
    expect(body.data.length).toBeGreaterThan(0)
    for (const entry of body.data as Entry[]) {
      expect(entry).toMatchObject({ id: expect.stringMatching(/./), name: expect.stringMatching(/./) })
      expect(Object.keys(entry).sort().join()).toMatch(/^active,(code,)?id,name$/)
    }
    expect(new Set(body.data.map((entry: Entry) => entry.id)).size).toBe(body.data.length)
  })
  it('is asked once in five minutes', async () => {
    await list(connection, 'departments')
    const { proxy, isRead } = gateway.erps[connection as 'netsuite']
    proxy.forget()
    await list(connection, 'departments')
    expect(proxy.exchanges.filter(isRead)).toEqual([])
  })
  it('gives ids and names that a customer can be written with', async () => {
    const terms = (await list(connection, 'terms')).filter((entry) => entry.active)
    const [first, second] = terms as [Entry, Entry]
    const made = await gateway.request('POST', '/v1/customers', {
      key: newKey(),
      body: { connection, name: `Terms of ${connection}`, terms: { id: first.id } },
    })
    expect(made.body.terms).toEqual({ id: first.id, name: first.name })
    const changed = await gateway.request('PATCH', `/v1/customers/${made.body.id}`, {
      body: { terms: { name: second.name } },
    })
    expect(changed.body.terms).toEqual({ id: second.id, name: second.name })
  })
  it('refuses a kind that nobody knows', async () => {
    expect(await get(connection, 'colours')).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  })
})

it('tells inactive entries apart', async () => {
  expect(await list('netsuite', 'terms')).toContainEqual({ id: '9', name: 'Net 7 (old)', active: false })
  expect(await list('intacct', 'terms')).toContainEqual({ id: 'Net 90', name: 'Net 90', active: false })
})
it('has codes where the ERP has them', async () => {
  expect(await list('netsuite', 'currencies')).toContainEqual({ id: '1', name: 'USA', code: 'USD', active: true })
  expect(await list('intacct', 'currencies')).toContainEqual({
    id: 'EUR',
    name: 'Euro',
    code: 'EUR',
    active: true,
  })
  expect(await list('netsuite', 'bank-accounts')).toEqual([
    { id: '10', name: 'Operating Bank', code: '1000', active: true },
    { id: '11', name: 'Euro Bank', code: '1010', active: true },
  ])
  expect((await list('intacct', 'bank-accounts')).map((entry) => entry.id)).toEqual(['BOA', 'EURBANK', 'SAVE'])
  expect((await list('netsuite', 'undeposited-accounts')).map((entry) => entry.id)).toEqual(['122'])
  expect((await list('intacct', 'undeposited-accounts')).map((entry) => entry.id)).toEqual(['1050', '1090'])
  expect((await list('netsuite', 'discount-items')).map((entry) => entry.name)).toEqual(['Early payment'])
  expect((await list('intacct', 'payment-methods')).map((entry) => entry.id)).toEqual([
    'Printed Check',
    'Cash',
    'Credit Card',
    'EFT',
  ])
})
it('says that an account has no such list where the ERP refuses the query', async () => {
  const { proxy } = gateway.erps.netsuite
  const refusal = {
    status: 400,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=error' },
    body: JSON.stringify({
      status: 400,
      'o:errorDetails': [
        {
          detail:
            "Invalid search query. Detailed unprocessed description follows. Search error occurred: Record 'location' was not found.",
          'o:errorQueryParam': 'q',
          'o:errorCode': 'INVALID_PARAMETER',
        },
      ],
    }),
  }
  const other = await startGateway({ customers: 1 })
  other.erps.netsuite.proxy.fail(other.erps.netsuite.isRead, { kind: 'answer', answer: refusal }, 100)
  const answer = await other.request('GET', '/v1/connections/netsuite/reference/locations')
  await other.close()
  expect(answer).toMatchObject({ status: 501, body: { code: 'not_supported' } })
  expect(answer.body.detail).toContain('location')
  expect(proxy.exchanges).toEqual([])
})
it('reads lists of more than one page to their end', async () => {
  const other = await startGateway({ customers: 1 })
  const { proxy, isRead } = other.erps.netsuite
  const page = (from: number, count: number, hasMore: boolean) => ({
    status: 200,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=collection' },
    body: JSON.stringify({
      hasMore,
      items: Array.from({ length: count }, (_, place) => ({
        id: String(from + place),
        shown: `Item ${from + place}`,
        inactive: 'F',
      })),
    }),
  })
  const later = (exchange: Exchange) => isRead(exchange) && exchange.body.includes('id > ?')
  const first = (exchange: Exchange) => isRead(exchange) && !later(exchange)
  proxy.fail(first, { kind: 'answer', answer: page(1, 1000, true) })
  proxy.fail(later, { kind: 'answer', answer: page(1001, 5, false) })
  const answer = await other.request('GET', '/v1/connections/netsuite/reference/items')
  const asked = proxy.exchanges.filter(isRead).map((exchange) => JSON.parse(exchange.body))
  await other.close()
  expect(answer.body.data).toHaveLength(1005)
  expect(answer.body.data.at(-1)).toEqual({ id: '1005', name: 'Item 1005', active: true })
  expect(asked.map(({ params }) => params)).toEqual([undefined, [1000]])
  expect(asked[1].q).toContain('WHERE id > ? ORDER BY id')
})
