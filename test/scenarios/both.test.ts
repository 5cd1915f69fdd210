/** One list over both ERPs: in one order, every record once, whatever the page size. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HTML_502 } from '../support/erps.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { pageThrough } from '../support/pages.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 40 })
})
afterAll(() => gateway.close())

const total = () => gateway.erps.netsuite.books.customers().length + gateway.erps.intacct.books.customers().length
const ids = (records: readonly { id: string }[]) => records.map((one) => one.id)

it.each([3, 7, 200])('lists the customers of both, connection by connection (%i a page)', async (limit) => {
  const records = await pageThrough(gateway.request, `/v1/customers?limit=${limit}`)
  expect(new Set(ids(records)).size).toBe(total())
  expect(records.length).toBe(total())
  expect(records.map((one) => one.connection)).toEqual(records.map((one) => one.connection).toSorted())
})
it.each(['name', '-name', 'balance', '-updatedAt', '-balance,name'])(
  'merges them by %s and loses none',
  async (sort) => {
    const whole = ids(await pageThrough(gateway.request, `/v1/customers?limit=200&sort=${sort}`))
    const pieces = ids(await pageThrough(gateway.request, `/v1/customers?limit=9&sort=${sort}`))
    expect(pieces).toEqual(whole)
    expect(new Set(whole).size).toBe(total())
    const connections = pieces.slice(0, 30).map((id) => id.split('_')[1])
    expect(new Set(connections)).toEqual(new Set(['intacct', 'netsuite']))
  },
)
it('tells how many there are in all', async () => {
  const { body } = await gateway.request('GET', '/v1/customers?limit=5')
  expect(body.page.total).toBe(total())
  expect(body.connections).toEqual([
    { id: 'intacct', status: 'ok' },
    { id: 'netsuite', status: 'ok' },
  ])
})
it('goes on with the other when one fails, if the caller takes a part', async () => {
  const { proxy, isRead } = gateway.erps.netsuite
  const fault = proxy.fail(isRead, { kind: 'answer', answer: HTML_502 }, 1000)
  const { status, body } = await gateway.request('GET', '/v1/customers?partial=true&limit=200')
  fault.disarm()
  expect(status).toBe(200)
  expect(new Set(body.data.map((one: { connection: string }) => one.connection))).toEqual(new Set(['intacct']))
  expect(body.connections).toMatchObject([
    { id: 'intacct', status: 'ok' },
    { id: 'netsuite', status: 'error', problem: { code: 'provider_failed' } },
  ])
})
