/** Create or change a customer by external id. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newKey, OPERATOR_KEY, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({
    customers: 5,
    more: {
      intacct2: {
        like: 'intacct',
        settings: { defaults: { bankAccountId: 'BOA', locationId: '100', externalIdField: 'EXTERNALID' } },
      },
    },
  })
})
afterAll(() => gateway.close())
beforeEach(() => {
  gateway.erps.netsuite.proxy.forget()
  gateway.erps.intacct.proxy.forget()
})

const CASES = [
  { connection: 'netsuite', erp: 'netsuite' },
  { connection: 'intacct2', erp: 'intacct' },
] as const
const put = (connection: string, externalId: string, body: object, key?: string) =>
  gateway.request('PUT', `/v1/customers/by-external-id/${connection}/${externalId}`, {
    body,
    as: OPERATOR_KEY,
    ...(key && { key }),
  })

describe.each(CASES)('$connection', ({ connection, erp: name }) => {
  const erp = () => gateway.erps[name]
  const writes = () => erp().proxy.exchanges.filter(erp().isWrite).length

  it('creates what is new and changes what is there', async () => {
    const made = await put(connection, 'ext-1', {
      name: `Upsert ${connection}`,
      comments: 'kept',
      email: 'a@b.example',
    })
    expect({ status: made.status, detail: made.body.detail }).toEqual({ status: 201, detail: undefined })
    expect(made.body).toMatchObject({ externalId: 'ext-1', connection, comments: 'kept', email: 'a@b.example' })
    expect(made.headers.get('location')).toBe(`/v1/customers/${made.body.id}`)
    const changed = await put(connection, 'ext-1', { creditLimit: '75.5', email: null })
    expect({ status: changed.status, detail: changed.body.detail }).toEqual({ status: 200, detail: undefined })
    expect(changed.body).toMatchObject({
      id: made.body.id,
      externalId: 'ext-1',
      creditLimit: '75.50',
      comments: 'kept',
      email: null,
    })
    expect(changed.headers.get('etag')).toMatch(/^"/)
    expect(changed.headers.get('location')).toBeNull()
    expect(writes()).toBe(2)
    const listed = await gateway.request('GET', `/v1/customers?connection=${connection}&externalId=ext-1`, {
      as: OPERATOR_KEY,
    })
    expect(listed.body.data.map((one: { id: string }) => one.id)).toEqual([made.body.id])
  })

  it('a change that is there ends, though its answer was lost and another write made the record', async () => {
    const made = await put(connection, 'ext-lost', { name: `Lost ${connection}` }, newKey())
    expect(made.status).toBe(201)
    const page = { status: 500, headers: { 'content-type': 'text/html' }, body: '<html>Error</html>' }
    erp().proxy.fail(erp().isWrite, { kind: 'change', change: () => page })
    const changed = await put(connection, 'ext-lost', { email: 'lost@b.example' }, newKey())
    expect({ status: changed.status, detail: changed.body.problem?.detail }).toEqual({ status: 200, detail: undefined })
    expect(changed.body).toMatchObject({ id: made.body.id, email: 'lost@b.example' })
  })

  it('changes nothing the second time', async () => {
    const body = { name: `Same ${connection}`, phone: '555-0100' }
    const first = await put(connection, 'ext-same', body)
    const second = await put(connection, 'ext-same', body)
    expect([first.status, second.status]).toEqual([201, 200])
    expect({ ...second.body, updatedAt: null }).toEqual({ ...first.body, updatedAt: null })
  })

  it('takes the body of a POST, and refuses one that says something else than the path', async () => {
    const same = await put(connection, 'ext-post', { connection, externalId: 'ext-post', name: `Post ${connection}` })
    expect(same.status).toBe(201)
    for (const [body, pointer] of [
      [{ connection: 'elsewhere', name: 'X' }, '/connection'],
      [{ externalId: 'other', name: 'X' }, '/externalId'],
      [{ colour: 'red' }, '/colour'],
      [{ balance: '1.00' }, '/balance'],
    ] as const) {
      const refused = await put(connection, 'ext-post', body)
      expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ pointer }] } })
    }
  })

  it('happens once under one key', async () => {
    const key = newKey()
    const body = { name: `Keyed ${connection}` }
    const first = await put(connection, 'ext-key', body, key)
    const again = await put(connection, 'ext-key', body, key)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(writes()).toBe(1)
  })

  it('changes what another one made in between', async () => {
    const body = { name: `Raced ${connection}`, number: `RACE-${connection}` }
    const made = await put(connection, 'ext-race', body)
    expect(made.status).toBe(201)
    // The first look finds nothing: just then the other one made it.
    const finds =
      name === 'netsuite'
        ? ({ path }: { path: string }) => path.includes('/eid:ext-race')
        : ({ body: sent }: { body: string }) => sent.includes('<query>') && sent.includes('ext-race')
    erp().proxy.fail(finds, { kind: 'answer', answer: NOTHING[name] })
    const late = await put(connection, 'ext-race', { ...body, comments: 'late' })
    expect({ status: late.status, detail: late.body.detail }).toEqual({ status: 200, detail: undefined })
    expect(late.body).toMatchObject({ id: made.body.id, comments: 'late' })
  })

  it('leaves a conflict about something else a conflict', async () => {
    await put(connection, 'ext-first', { name: `First ${connection}`, number: `TAKEN-${connection}` })
    const second = await put(connection, 'ext-second', { name: `Second ${connection}`, number: `TAKEN-${connection}` })
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'conflict', applied: 'no', operation: 'upsertCustomer' },
    })
  })

  it('asks for the scope, a connection that is there, and one that the key may use', async () => {
    expect(await put('nowhere', 'x', { name: 'X' })).toMatchObject({
      status: 404,
      body: { code: 'unknown_connection' },
    })
    const foreign = await gateway.request('PUT', '/v1/customers/by-external-id/intacct2/x', { body: { name: 'X' } })
    expect(foreign).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })
})

const NOTHING = {
  netsuite: {
    status: 404,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=error; charset=UTF-8' },
    body: '{"title":"Not Found","status":404,"o:errorDetails":[{"detail":"The record instance does not exist. Provide a valid record instance ID.","o:errorCode":"NONEXISTENT_ID"}]}',
  },
  intacct: {
    status: 200,
    headers: { 'content-type': 'text/xml; encoding="UTF-8"' },
    body: '<?xml version="1.0" encoding="UTF-8"?><response><control><status>success</status></control><operation><authentication><status>success</status></authentication><result><status>success</status><function>query</function><controlid>read</controlid><data listtype="CUSTOMER" totalcount="0" offset="0" count="0" numremaining="0"/></result></operation></response>',
  },
}

it('says why where the connection has no place for external ids', async () => {
  const answer = await put('intacct', 'x', { name: 'X' })
  expect(answer).toMatchObject({
    status: 422,
    body: { code: 'field_not_supported', applied: 'no', errors: [{ pointer: '/externalId' }] },
  })
  expect(answer.body.detail).toContain('externalIdField')
  const lenient = await gateway.request('PUT', '/v1/customers/by-external-id/intacct/x', {
    body: { name: 'X' },
    headers: { prefer: 'handling=lenient' },
  })
  expect(lenient.status).toBe(422)
  expect(gateway.erps.intacct.proxy.exchanges).toEqual([])
})
it('refuses an external id that NetSuite cannot have in a URL', async () => {
  const answer = await put('netsuite', 'a%2Fb%7Cc', { name: 'X' })
  expect(answer).toMatchObject({ status: 422, body: { code: 'rejected', errors: [{ pointer: '/externalId' }] } })
  expect(gateway.erps.netsuite.proxy.exchanges).toEqual([])
})
it('does not guess which of several customers of Intacct is meant', async () => {
  for (const name of ['Twin one', 'Twin two'])
    await gateway.request('POST', '/v1/customers', {
      body: { connection: 'intacct2', name, externalId: 'twin' },
      as: OPERATOR_KEY,
    })
  const answer = await put('intacct2', 'twin', { comments: 'which?' })
  expect(answer).toMatchObject({ status: 409, body: { code: 'conflict', applied: 'no' } })
})
it('refuses an empty body where there is something to change', async () => {
  const made = await put('netsuite', 'ext-empty', { name: 'Not empty' })
  const again = await put('netsuite', 'ext-empty', {})
  expect([made.status, again.status]).toEqual([201, 200])
})
