/** The routes of e-mail templates: one list over the connections, one record, and a customer's set. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
const request: TestGateway['request'] = (...call) => gateway.request(...call)
beforeAll(async () => {
  gateway = await startGateway({ customers: 20 })
})
afterAll(() => gateway.close())
beforeEach(() => gateway.erps.intacct.reset())

const SET = '/v1/customers/cus_intacct_ACME/email-templates'
const FIRST = {
  object: 'email-template',
  id: 'emt_intacct_170',
  connection: 'intacct',
  provider: 'intacct',
  nativeId: '170',
  customer: { id: 'cus_intacct_ACME', number: 'ACME', name: null },
  template: 'ARInvEmailTemplate',
  documentType: null,
}
const STATEMENT = { template: 'ARStmtEmailTemplate' }
const SALES = { template: 'SOInvEmailTemplate', documentType: 'Sales Invoice' }
const put = (data: object[], options = {}) => request('PUT', SET, { body: { data }, ...options })
const ids = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id)

it('lists those of every connection that has them, and tells of the one that has none', async () => {
  const { status, body } = await request('GET', '/v1/email-templates')
  expect(status).toBe(200)
  expect(body).toMatchObject({ data: [FIRST], page: { hasMore: false, total: 1 } })
  expect(body.connections).toMatchObject([
    { id: 'intacct', status: 'ok' },
    { id: 'netsuite', status: 'error', problem: { code: 'not_supported', status: 501 } },
  ])
})

it('says 501 with the reason where a connection without them is asked by name, also in every other route', async () => {
  const { body: connection } = await request('GET', '/v1/connections/netsuite')
  const calls = [
    ['GET', '/v1/email-templates?connection=netsuite', 'listEmailTemplates'],
    ['GET', '/v1/email-templates?customerId=cus_netsuite_456', 'listEmailTemplates'],
    ['GET', '/v1/email-templates/emt_netsuite_1', 'getEmailTemplate'],
    ['GET', '/v1/customers/cus_netsuite_456/email-templates', 'listCustomerEmailTemplates'],
    ['PUT', '/v1/customers/cus_netsuite_456/email-templates', 'replaceCustomerEmailTemplates'],
  ] as const
  for (const [method, path, operation] of calls) {
    const answer = await request(method, path, method === 'PUT' ? { body: { data: [] } } : {})
    expect(answer.body, path).toMatchObject({ status: 501, code: 'not_supported', connection: 'netsuite' })
    expect(answer.body.detail).toBe(connection.capabilities.operations[operation].reason)
  }
})

it('filters, sorts and pages', async () => {
  await put([{ id: FIRST.id, template: FIRST.template }, STATEMENT, SALES])
  const list = async (query: string) => (await request('GET', `/v1/email-templates?${query}`)).body
  const all = await list('connection=intacct')
  expect(all.data).toHaveLength(3)
  expect((await list('template=arstmtemailtemplate')).data).toMatchObject([STATEMENT])
  expect((await list('documentType=Sales%20Invoice')).data).toMatchObject([SALES])
  expect((await list('customerId=cus_intacct_ACME')).data).toHaveLength(3)
  expect((await list('customerId=cus_intacct_EUROPA')).data).toEqual([])
  expect(ids(await list('connection=intacct&filter=template==AR*'))).toHaveLength(2)
  expect(ids(await list(`filter=id=in=(${FIRST.id})`))).toEqual([FIRST.id])
  const sorted = await list('connection=intacct&sort=-template')
  expect(sorted.data.map((one: { template: string }) => one.template)).toEqual([
    'SOInvEmailTemplate',
    'ARStmtEmailTemplate',
    'ARInvEmailTemplate',
  ])
  const first = await list('connection=intacct&limit=2')
  const second = await list(`connection=intacct&limit=2&cursor=${first.page.nextCursor}`)
  expect([...ids(first), ...ids(second)]).toEqual(ids(all))
  expect(Object.keys((await list('connection=intacct&fields=template')).data[0])).toContain('template')
})

it('reads one, and its own record on request', async () => {
  const { status, body } = await request('GET', `/v1/email-templates/${FIRST.id}?include=raw`)
  expect({ status, body }).toMatchObject({ status: 200, body: { ...FIRST, raw: { RECORDNO: '170' } } })
  const unknown = [
    ['emt_intacct_99999', 404, 'not_found'],
    ['emt_intacct_x', 404, 'not_found'],
    ['cus_intacct_ACME', 400, 'wrong_id_kind'],
    ['emt_nowhere_1', 404, 'unknown_connection'],
  ] as const
  for (const [id, wanted, code] of unknown)
    expect((await request('GET', `/v1/email-templates/${id}`)).body).toMatchObject({ status: wanted, code })
})

it('keeps the id of one that changes, and adds one without an id', async () => {
  const changed = await put([{ id: FIRST.id, ...STATEMENT }, SALES])
  expect(changed.status).toBe(200)
  expect(changed.body.data).toMatchObject([{ id: FIRST.id, ...STATEMENT, documentType: null }, SALES])
  expect((await request('GET', SET)).body).toEqual(changed.body)
  expect((await request('GET', '/v1/customers/cus_intacct_EUROPA/email-templates')).body).toEqual({
    object: 'list',
    data: [],
  })
})

it('writes nothing when nothing changes, and once under one key', async () => {
  const { erps } = gateway
  erps.intacct.proxy.forget()
  expect((await put([{ id: FIRST.id, template: FIRST.template }])).body.data).toEqual([FIRST])
  expect(erps.intacct.proxy.exchanges.filter(erps.intacct.isWrite)).toEqual([])
  const key = newKey()
  const both = [{ id: FIRST.id, template: FIRST.template }, SALES]
  const first = await put(both, { key })
  const again = await put(both, { key })
  expect(again.text).toBe(first.text)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(erps.intacct.proxy.exchanges.filter(erps.intacct.isWrite)).toHaveLength(1)
})

it('refuses to leave one out, an unknown one, and a template that is not there', async () => {
  const problem = async (data: object[]) => (await put(data)).body
  expect(await problem([SALES])).toMatchObject({
    status: 422,
    code: 'field_not_supported',
    applied: 'no',
    errors: [{ pointer: '/data' }],
  })
  expect(
    await problem([
      { id: FIRST.id, ...SALES },
      { id: 'emt_intacct_5', ...SALES },
    ]),
  ).toMatchObject({
    code: 'invalid_reference',
    errors: [{ pointer: '/data/1/id' }],
  })
  expect(await problem([{ id: 'emt_netsuite_170', ...SALES }])).toMatchObject({
    code: 'invalid_reference',
    errors: [{ pointer: '/data/0/id' }],
  })
  expect(await problem([{ id: FIRST.id, template: 'Nobody wrote it' }])).toMatchObject({
    status: 422,
    errors: [{ pointer: '/data' }],
  })
  expect((await request('GET', SET)).body.data).toEqual([FIRST])
  const nobody = await request('PUT', '/v1/customers/cus_intacct_NOBODY/email-templates', { body: { data: [SALES] } })
  expect(nobody.body).toMatchObject({ status: 404, code: 'not_found' })
})
