/** Passthrough: the ERPs' own APIs through the gateway; every function and call of the seed documents by name. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HTML_502 } from '../support/erps.ts'
import { newKey, OPERATOR_KEY, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({
    customers: 30,
    more: { 'intacct-locked-out': { like: 'intacct', settings: { userPassword: 'wrong' } } },
  })
})
afterAll(() => gateway.close())
beforeEach(() => {
  gateway.erps.netsuite.proxy.forget()
  gateway.erps.intacct.proxy.forget()
})

// biome-ignore lint/suspicious/noExplicitAny: native answers are looked into freely and checked where they are used
type Body = any
const post = (connection: string, body: unknown, options: { key?: string; as?: string } = {}) =>
  gateway.request('POST', `/v1/connections/${connection}/passthrough`, { body, ...options })

/** The function's `{status, data, errors}`; the call itself has to be answered with 200. */
async function call(name: string, body?: unknown, key?: string): Promise<Body> {
  const answer = await post('intacct', { function: name, ...(body !== undefined && { body }) }, key ? { key } : {})
  expect({ status: answer.status, detail: answer.body?.detail }).toEqual({ status: 200, detail: undefined })
  expect(answer.body.status).toBe(200)
  return answer.body.body
}
async function data(name: string, body?: unknown): Promise<Body> {
  const answer = await call(name, body)
  expect(answer).toMatchObject({ status: 'success', errors: [] })
  return answer.data
}
async function native(request: object, options: { key?: string } = {}): Promise<Body> {
  const answer = await post('netsuite', request, options)
  expect({ status: answer.status, detail: answer.body?.detail }).toEqual({ status: 200, detail: undefined })
  return answer.body
}
const written = () => gateway.erps.intacct.proxy.exchanges.filter(gateway.erps.intacct.isWrite)

describe('Intacct CUSTOMER', () => {
  it('lookup', async () => {
    const found = await data('lookup', { object: 'CUSTOMER' })
    expect(found.Type[0]['@Name']).toBe('CUSTOMER')
    expect(found.Type[0].Fields.Field.map((field: Body) => field.ID)).toEqual(
      expect.arrayContaining(['RECORDNO', 'CUSTOMERID', 'DISPLAYCONTACT.EMAIL1']),
    )
  })

  const ids = async (filter: object, options = {}) => {
    const found = await data('query', {
      object: 'CUSTOMER',
      select: { field: ['RECORDNO', 'CUSTOMERID'] },
      filter: { and: { like: { field: 'CUSTOMERID', value: 'PT-%' }, ...filter } },
      orderby: { order: { field: 'RECORDNO', ascending: null } },
      ...options,
    })
    return (found.CUSTOMER ?? []).map((one: Body) => one.CUSTOMERID)
  }
  describe('query', () => {
    beforeAll(async () => {
      for (const [id, name, limit] of [
        ['PT-1', "Jane's Deli & <Sons>", '100.00'],
        ['PT-2', 'Bell & Howell', 200.5],
        ['PT-3', 'Copper Tools', null],
      ])
        await data('create', {
          CUSTOMER: { CUSTOMERID: id, NAME: name, DISPLAYCONTACT: { PRINTAS: name }, CREDITLIMIT: limit },
        })
    })
    const one = (field: string, value: unknown) => ({ field, value })
    it.each([
      ['equalto', { equalto: one('NAME', "Jane's Deli & <Sons>") }, ['PT-1']],
      ['notequalto', { notequalto: one('NAME', 'Bell & Howell') }, ['PT-1', 'PT-3']],
      ['lessthan', { lessthan: one('CREDITLIMIT', 200.5) }, ['PT-1']],
      ['lessthanorequalto', { lessthanorequalto: one('CREDITLIMIT', '200.50') }, ['PT-1', 'PT-2']],
      ['greaterthan', { greaterthan: one('CREDITLIMIT', 100) }, ['PT-2']],
      ['greaterthanorequalto', { greaterthanorequalto: one('CREDITLIMIT', 100) }, ['PT-1', 'PT-2']],
      ['between', { between: one('CREDITLIMIT', [150, 250]) }, ['PT-2']],
      ['in', { in: one('CUSTOMERID', ['PT-1', 'PT-3']) }, ['PT-1', 'PT-3']],
      ['notin', { notin: one('CUSTOMERID', ['PT-1', 'PT-3']) }, ['PT-2']],
      ['like', { like: [one('CUSTOMERID', 'PT-_'), one('NAME', 'Bell%')] }, ['PT-2']],
      ['notlike', { notlike: one('NAME', 'Bell%') }, ['PT-1', 'PT-3']],
      ['isnull', { isnull: { field: 'CREDITLIMIT' } }, ['PT-3']],
      ['isnotnull', { isnotnull: { field: 'CREDITLIMIT' } }, ['PT-1', 'PT-2']],
    ])('%s', async (_name, filter, expected) => {
      expect(await ids(filter)).toEqual(expected)
    })
    it('or inside and', async () => {
      expect(await ids({ or: { equalto: [one('CUSTOMERID', 'PT-1'), one('CUSTOMERID', 'PT-2')] } })).toEqual([
        'PT-1',
        'PT-2',
      ])
    })
    it('pages by size and offset', async () => {
      const counts = await data('query', {
        object: 'CUSTOMER',
        select: { field: 'CUSTOMERID' },
        pagesize: 2,
        offset: 1,
      })
      expect(counts).toMatchObject({ '@listtype': 'CUSTOMER', '@offset': '1', '@count': '2' })
      expect(counts.CUSTOMER).toHaveLength(2)
      expect(await ids({ isnotnull: { field: 'NAME' } }, { pagesize: 1, offset: 2 })).toEqual(['PT-3'])
    })
    it.each([
      ['count', 'COUNT.RECORDNO', '3'],
      ['sum', 'CREDITLIMIT', '300.5'],
      ['avg', 'AVG.CREDITLIMIT', '150.25'],
      ['min', 'MIN.CREDITLIMIT', '100'],
      ['max', 'MAX.CREDITLIMIT', '200.5'],
    ])('%s', async (name, tag, expected) => {
      const found = await data('query', {
        object: 'CUSTOMER',
        select: { [name]: name === 'count' ? 'RECORDNO' : 'CREDITLIMIT' },
        filter: { like: { field: 'CUSTOMERID', value: 'PT-%' } },
      })
      expect(Number(found.CUSTOMER[0][tag])).toBe(Number(expected))
    })
    it('answers csv and json as text', async () => {
      for (const format of ['csv', 'json']) {
        const text = await call('query', {
          object: 'CUSTOMER',
          select: { field: 'CUSTOMERID' },
          filter: { equalto: { field: 'CUSTOMERID', value: 'PT-1' } },
          options: { returnformat: format },
        })
        expect(text).toBeTypeOf('string')
        expect(text).toContain('PT-1')
        expect(text).not.toContain('<')
      }
    })
  })

  it('readByQuery, and readMore until nothing is left', async () => {
    const names: string[] = []
    let page = await data('readByQuery', {
      object: 'CUSTOMER',
      fields: 'RECORDNO,CUSTOMERID',
      query: "CUSTOMERID like 'PT-%'",
      pagesize: 2,
    })
    expect(page).toMatchObject({ '@totalcount': '3', '@numremaining': '1', '@resultId': expect.any(String) })
    names.push(...page.customer.map((one: Body) => one.CUSTOMERID))
    page = await data('readMore', { resultId: page['@resultId'] })
    expect(page['@numremaining']).toBe('0')
    names.push(...page.customer.map((one: Body) => one.CUSTOMERID))
    expect(names.sort()).toEqual(['PT-1', 'PT-2', 'PT-3'])
  })

  it('readMore is not repeated when its answer is lost: the page would be skipped', async () => {
    const page = await data('readByQuery', { object: 'CUSTOMER', fields: 'RECORDNO', query: '', pagesize: 2 })
    const { proxy } = gateway.erps.intacct
    proxy.forget()
    proxy.fail(({ body }) => body.includes('<readMore>'), { kind: 'drop-after' })
    const lost = await post('intacct', { function: 'readMore', body: { resultId: page['@resultId'] } })
    expect(lost).toMatchObject({ status: 502, body: { code: 'provider_failed' } })
    expect(proxy.exchanges.filter(({ body }) => body.includes('<readMore>'))).toHaveLength(1)
  })

  it('read', async () => {
    const [{ RECORDNO }] = (await data('readByName', { object: 'CUSTOMER', keys: 'ACME', fields: 'RECORDNO' })).CUSTOMER
    const found = await data('read', { object: 'CUSTOMER', keys: RECORDNO, fields: '*' })
    expect(found).toMatchObject({ '@listtype': 'CUSTOMER', '@count': '1' })
    expect(found.CUSTOMER[0]).toMatchObject({ CUSTOMERID: 'ACME', RECORDNO })
  })

  it('readByName', async () => {
    const found = await data('readByName', { object: 'CUSTOMER', keys: 'ACME,PT-1', fields: 'CUSTOMERID,NAME' })
    expect(found.CUSTOMER.map((one: Body) => one.NAME)).toEqual(['Acme Corporation', "Jane's Deli & <Sons>"])
  })

  it('create, update and delete', async () => {
    const made = await data('create', {
      CUSTOMER: {
        CUSTOMERID: 'PTC',
        NAME: 'Through & through',
        DISPLAYCONTACT: { PRINTAS: 'Through', MAILADDRESS: { CITY: 'Århus' } },
        COMMENTS: {},
      },
    })
    const key = made.customer[0].RECORDNO
    expect(made.customer).toEqual([{ RECORDNO: key, CUSTOMERID: 'PTC' }])
    await data('update', { CUSTOMER: { CUSTOMERID: 'PTC', CREDITLIMIT: 7500.5, ONHOLD: true } })
    expect(gateway.erps.intacct.books.customer('PTC').details).toMatchObject({ CREDITLIMIT: '7500.5', ONHOLD: 'true' })
    const customer = await gateway.request('GET', '/v1/customers/cus_intacct_PTC')
    expect(customer.body).toMatchObject({ name: 'Through & through', creditLimit: '7500.50', onHold: true })
    await data('delete', { object: 'CUSTOMER', keys: key })
    expect(gateway.erps.intacct.books.getCustomer('PTC')).toBeUndefined()
  })

  it('create_customer, update_customer and delete_customer', async () => {
    const made = await data('create_customer', {
      customerid: 'PTL',
      name: 'Legacy <Ltd>',
      creditlimit: 10,
      contactinfo: { contact: { contactname: 'Legacy(CPTL)', printas: 'Legacy' } },
      customfields: { customfield: [{ customfieldname: 'REGION', customfieldvalue: 'West' }] },
    })
    expect(made).toEqual({ key: 'PTL' })
    expect(await data('update_customer', { '@customerid': 'PTL', name: 'Legacy Limited' })).toEqual({ key: 'PTL' })
    const customer = await gateway.request('GET', '/v1/customers/cus_intacct_PTL')
    expect(customer.body).toMatchObject({ name: 'Legacy Limited', customFields: { REGION: 'West' } })
    expect(await call('delete_customer', { '@customerid': 'PTL' })).toEqual({
      status: 'success',
      data: null,
      errors: [],
    })
    expect(gateway.erps.intacct.books.getCustomer('PTL')).toBeUndefined()
  })
})

describe('Intacct CUSTOMEREMAILTEMPLATE', () => {
  const object = 'CUSTOMEREMAILTEMPLATE'
  let key: string
  beforeAll(async () => {
    await data('update', {
      CUSTOMER: {
        CUSTOMERID: 'ACME',
        CUSTOMEREMAILTEMPLATES: { customeremailtemplate: { EMAILTEMPLATENAME: 'ARStmtEmailTemplate' } },
      },
    })
    const found = await data('query', {
      object,
      select: { field: ['RECORDNO', 'EMAILTEMPLATENAME', 'CUSTOMERID'] },
      filter: { equalto: { field: 'EMAILTEMPLATENAME', value: 'ARStmtEmailTemplate' } },
    })
    key = found[object].find((one: Body) => one.CUSTOMERID === 'ACME').RECORDNO
  })
  it('lookup', async () => {
    const found = await data('lookup', { object })
    expect(found.Type[0].Fields.Field.map((field: Body) => field.ID)).toContain('EMAILTEMPLATENAME')
  })
  it('query', async () => {
    const found = await data('query', {
      object,
      select: { field: ['EMAILTEMPLATENAME', 'CUSTOMERID'] },
      filter: { equalto: { field: 'RECORDNO', value: key } },
    })
    expect(found[object]).toEqual([{ EMAILTEMPLATENAME: 'ARStmtEmailTemplate', CUSTOMERID: 'ACME' }])
  })
  it('readByQuery', async () => {
    const found = await data('readByQuery', {
      object,
      fields: 'EMAILTEMPLATENAME',
      query: `RECORDNO = ${key} AND CUSTOMERID = 'ACME'`,
    })
    expect(found.customeremailtemplate).toEqual([{ EMAILTEMPLATENAME: 'ARStmtEmailTemplate' }])
  })
  it('read', async () => {
    const found = await data('read', { object, keys: key, fields: '*' })
    expect(found[object][0]).toMatchObject({ EMAILTEMPLATENAME: 'ARStmtEmailTemplate', CUSTOMERID: 'ACME' })
  })
  it('readByName, whose name is the record number', async () => {
    const found = await data('readByName', { object, keys: key, fields: 'RECORDNO' })
    expect(found[object]).toEqual([{ RECORDNO: key }])
  })
})

describe('Intacct', () => {
  it('reports its refusal as an answer, on every level', async () => {
    const business = await call('read', { object: 'NOSUCHOBJECT', keys: 1 })
    expect(business).toMatchObject({ status: 'failure', data: null })
    expect(business.errors[0]).toMatchObject({ errorno: expect.any(String), description2: expect.any(String) })
    const schema = await call('query', { object: 'CUSTOMER' })
    expect(schema).toMatchObject({ status: 'failure', data: null, errors: [{ errorno: 'XL03000003' }] })
  })
  it('does not call functions that answer sessions', async () => {
    for (const name of ['getAPISession', 'GETAPISESSION', 'init_session']) {
      const answer = await post('intacct', { function: name })
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
      expect(answer.body.errors[0].pointer).toBe('/function')
    }
    expect(gateway.erps.intacct.proxy.exchanges).toEqual([])
  })
  it('sends every write once, with an id of its own', async () => {
    await data('update', { CUSTOMER: { CUSTOMERID: 'PT-1', COMMENTS: 'once' } })
    const [sent] = written()
    expect(sent?.body).toContain('<uniqueid>true</uniqueid>')
    await data('lookup', { object: 'CUSTOMER' })
    expect(gateway.erps.intacct.proxy.exchanges.at(-1)?.body).toContain('<uniqueid>false</uniqueid>')
  })
  it('keeps the order of members, attributes, text and digits', async () => {
    await gateway.request('POST', '/v1/connections/intacct/passthrough', {
      body: '{"function":"set_companyprefs","body":{"z":{"@b":"1","@a":"<&>","#":"x"},"a":[12345678901234567.10,true,null],"m":{}}}',
    })
    expect(gateway.erps.intacct.proxy.exchanges.at(-1)?.body).toContain(
      '<set_companyprefs><z b="1" a="&lt;&amp;&gt;">x</z><a>12345678901234567.10</a><a>true</a><a/><m/></set_companyprefs>',
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
    expect(gateway.erps.intacct.proxy.exchanges).toEqual([])
  })
  it('refuses a body that is nested without end', async () => {
    const deep = `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`
    const answer = await gateway.request('POST', '/v1/connections/intacct/passthrough', {
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
    const { proxy, isRead, says } = gateway.erps.intacct
    proxy.fail(isRead, { kind: 'answer', answer: says.loginEnded })
    await data('lookup', { object: 'CUSTOMER' })
  })
})

describe('NetSuite', () => {
  const CUSTOMER = '/services/rest/record/v1/customer'
  it('GET of a record', async () => {
    const answer = await native({ method: 'GET', path: `${CUSTOMER}/456`, query: { expandSubResources: true } })
    expect(answer).toMatchObject({ status: 200, body: { id: '456', companyName: 'Acme Corporation' } })
    expect(answer.headers['content-type']).toContain('type=singular')
    expect(Object.keys(answer.headers)).not.toEqual(expect.arrayContaining(['content-length']))
  })
  it('POST, PATCH and DELETE of a record', async () => {
    const headers = { 'X-NetSuite-PropertyNameValidation': 'Error' }
    const made = await native({
      method: 'POST',
      path: CUSTOMER,
      headers,
      body: { companyName: 'Native Ltd', subsidiary: { id: '1' }, autoName: true },
    })
    expect(made).toMatchObject({ status: 204, body: null })
    const id = /customer\/(\d+)$/.exec(made.headers.location)?.[1] as string
    const path = `${CUSTOMER}/${id}`
    expect((await native({ method: 'PATCH', path, headers, body: { comments: 'by hand' } })).status).toBe(204)
    expect((await native({ method: 'GET', path })).body).toMatchObject({ comments: 'by hand' })
    expect((await native({ method: 'DELETE', path })).status).toBe(204)
    expect(await native({ method: 'GET', path })).toMatchObject({
      status: 404,
      body: { 'o:errorDetails': [{ 'o:errorCode': 'NONEXISTENT_ID' }] },
    })
  })
  it('PUT by external id', async () => {
    const body = { companyName: 'Upserted Ltd', subsidiary: { id: '1' }, autoName: true }
    expect((await native({ method: 'PUT', path: `${CUSTOMER}/eid:native-1`, body })).status).toBe(204)
    expect((await native({ method: 'GET', path: `${CUSTOMER}/eid:native-1` })).body.companyName).toBe('Upserted Ltd')
  })
  it('list with q', async () => {
    const q = 'companyName START_WITH "Acme"'
    const { body } = await native({ method: 'GET', path: CUSTOMER, query: { q, limit: 5, offset: 0 } })
    expect(body.items.map((item: Body) => item.id)).toContain('456')
    const same = await native({ method: 'GET', path: `${CUSTOMER}?q=${encodeURIComponent(q)}`, query: { limit: 5 } })
    expect(same.body.items).toEqual(body.items)
  })
  it('SuiteQL, which only reads', async () => {
    const key = newKey()
    const ask = { method: 'POST', path: '/services/rest/query/v1/suiteql', headers: { Prefer: 'transient' } }
    const body = { q: 'SELECT id, companyname FROM customer WHERE id = ?', params: [456] }
    const first = await post('netsuite', { ...ask, query: { limit: 10 }, body }, { key })
    expect(first.body.body.items).toEqual([{ links: [], id: '456', companyname: 'Acme Corporation' }])
    const again = await post('netsuite', { ...ask, query: { limit: 10 }, body }, { key })
    expect(again.headers.get('idempotent-replayed')).toBeNull()
  })
  it('metadata-catalog', async () => {
    const { status, body } = await native({
      method: 'GET',
      path: '/services/rest/record/v1/metadata-catalog/customer',
      headers: { accept: 'application/schema+json' },
    })
    expect(status).toBe(200)
    expect(body.properties.companyName.type).toBe('string')
  })
  it('gives on its refusals', async () => {
    const answer = await native({
      method: 'POST',
      path: CUSTOMER,
      body: { companyName: 'X', colour: 'red' },
      headers: { 'X-NetSuite-PropertyNameValidation': 'Error' },
    })
    expect(answer.status).toBe(400)
    expect(answer.body['o:errorDetails']).toHaveLength(1)
  })
  it('passes numbers on with every digit, both ways', async () => {
    const { proxy } = gateway.erps.netsuite
    const digits = '12345678901234567.10'
    proxy.fail(({ method }) => method === 'PATCH', {
      kind: 'answer',
      answer: {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: `{"a":${digits},"b":[1.50,2,1e400],"c":"${digits}"}`,
      },
    })
    for (const key of [undefined, newKey()]) {
      if (key)
        proxy.fail(({ method }) => method === 'PATCH', {
          kind: 'answer',
          answer: {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: `{"a":${digits},"b":[1.50,2,1e400],"c":"${digits}"}`,
          },
        })
      const path = '/v1/connections/netsuite/passthrough'
      const body = `{"method":"PATCH","path":"${CUSTOMER}/456","body":{"creditLimit":${digits},"x":[0.10,7]}}`
      for (let times = 0; times < (key ? 2 : 1); times++) {
        const answer = await gateway.request('POST', path, { body, ...(key && { key }) })
        expect(answer.text).toContain(`"body":{"a":${digits},"b":[1.50,2,1e400],"c":"${digits}"}`)
      }
    }
    const sent = proxy.exchanges.filter(({ method }) => method === 'PATCH')
    expect(sent.map((exchange) => exchange.body)).toEqual(Array(2).fill(`{"creditLimit":${digits},"x":[0.10,7]}`))
  })
  it.each([
    ['https://other.example/services/rest/x', '/path'],
    ['//other.example/services/rest/x', '/path'],
    ['/app/site/hosting/restlet.nl', '/path'],
    ['/services/rest/../../app', '/path'],
    ['/services/rest/%2e%2e/app', '/path'],
    ['/services/rest/record%2Fv1', '/path'],
    ['/services/rest/record\\v1', '/path'],
    ['/services/rest/record/v1/customer/%', '/path'],
    ['/services/rest/record/v1/customer#x', '/path'],
    ['/services/rest/record/v1/a b', '/path'],
    ['/services/rest/auth/oauth2/v1/token', '/path'],
    ['/services/rest/AUTH/oauth2/v1/token', '/path'],
    ['/services/rest//auth/oauth2/v1/token', '/path'],
  ])('refuses the path %s', async (path, pointer) => {
    const answer = await post('netsuite', { method: 'GET', path })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ pointer }] } })
    expect(gateway.erps.netsuite.proxy.exchanges).toEqual([])
  })
  it.each([
    [{ method: 'GET', path: CUSTOMER, headers: { Authorization: 'Bearer x' } }, '/headers/Authorization'],
    [{ method: 'GET', path: CUSTOMER, headers: { host: 'x' } }, '/headers/host'],
    [{ method: 'GET', path: CUSTOMER, headers: { 'transfer-encoding': 'chunked' } }, '/headers/transfer-encoding'],
    [{ method: 'GET', path: CUSTOMER, headers: { 'x-a': 'b\r\nc: d' } }, '/headers/x-a'],
    [{ method: 'GET', path: CUSTOMER, headers: { 'a b': 'c' } }, '/headers/a b'],
    [{ method: 'GET', path: CUSTOMER, body: {} }, '/body'],
    [{ method: 'TRACE', path: CUSTOMER }, '/method'],
    [{ path: CUSTOMER }, '/method'],
    [{ method: 'GET' }, '/path'],
    [{ function: 'read', body: {} }, '/function'],
    [{ method: 'GET', path: CUSTOMER, colour: 'red' }, '/colour'],
  ])('refuses %j before anything is sent', async (body, pointer) => {
    const answer = await post('netsuite', body)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', applied: 'no' } })
    expect(answer.body.errors.map((error: Body) => error.pointer)).toEqual([pointer])
    expect(gateway.erps.netsuite.proxy.exchanges).toEqual([])
  })
  it('logs in again when the token has ended, and waits when requests are limited', async () => {
    const { proxy, isRead, says } = gateway.erps.netsuite
    for (const answer of [says.loginEnded, says.tooMany]) {
      proxy.fail(isRead, { kind: 'answer', answer })
      expect((await native({ method: 'GET', path: `${CUSTOMER}/456` })).status).toBe(200)
    }
  })
  it('repeats a read whose answer was lost, and never a write', async () => {
    const { proxy, isRead } = gateway.erps.netsuite
    proxy.fail(isRead, { kind: 'drop-after' })
    expect((await native({ method: 'GET', path: `${CUSTOMER}/456` })).status).toBe(200)
    proxy.forget()
    proxy.fail(({ method }) => method === 'PATCH', { kind: 'drop-after' })
    const lost = await post('netsuite', { method: 'PATCH', path: `${CUSTOMER}/456`, body: { comments: 'lost?' } })
    expect(lost).toMatchObject({ status: 502, body: { code: 'provider_failed', applied: 'unknown' } })
    expect(proxy.exchanges.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
  })
  it("leaves a web page in the ERP's place a failure of the call", async () => {
    const { proxy, isRead } = gateway.erps.netsuite
    const fault = proxy.fail(isRead, { kind: 'answer', answer: HTML_502 }, 100)
    const answer = await post('netsuite', { method: 'GET', path: `${CUSTOMER}/456` })
    fault.disarm()
    expect(answer).toMatchObject({ status: 502, body: { code: 'provider_failed' } })
  })
})

describe('an Idempotency-Key', () => {
  const create = {
    method: 'POST',
    path: '/services/rest/record/v1/customer',
    body: { companyName: 'Keyed Ltd', subsidiary: { id: '1' }, autoName: true },
  }
  const made = () =>
    gateway.erps.netsuite.books.customers().filter(({ details }) => details['companyName'] === 'Keyed Ltd').length
  const ERROR_500 = {
    status: 500,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=error' },
    body: '{"title":"Internal Server Error","status":500,"o:errorDetails":[{"detail":"An unexpected error occurred. Error ID: x1","o:errorCode":"UNEXPECTED_ERROR"}]}',
  }
  it('makes a write happen once', async () => {
    const key = newKey()
    const first = await post('netsuite', create, { key })
    const again = await post('netsuite', create, { key })
    expect(first.body.status).toBe(204)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(made()).toBe(1)
    const other = await post('netsuite', { ...create, body: { companyName: 'Other' } }, { key })
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
  })
  it('repeats a definite refusal of the ERP', async () => {
    const key = newKey()
    const wrong = { ...create, headers: { 'X-NetSuite-PropertyNameValidation': 'Error' }, body: { colour: 'red' } }
    const first = await post('netsuite', wrong, { key })
    expect(first).toMatchObject({ status: 200, body: { status: 400 } })
    const again = await post('netsuite', wrong, { key })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.text).toBe(first.text)
  })
  it('never repeats an answer that says nothing about what happened', async () => {
    const { proxy, isWrite } = gateway.erps.netsuite
    const before = made()
    proxy.fail(isWrite, { kind: 'answer', answer: ERROR_500, afterForwarding: true })
    const key = newKey()
    const first = await post('netsuite', create, { key })
    expect(first).toMatchObject({
      status: 202,
      body: { object: 'operation', status: 'unknown', operation: 'passthrough' },
    })
    const again = await post('netsuite', create, { key })
    expect(again).toMatchObject({ status: 202, body: { status: 'unknown' } })
    expect(again.headers.get('idempotent-replayed')).toBeNull()
    expect(made()).toBe(before + 1)
  })
  it('is not needed: then the failure is the answer', async () => {
    const { proxy, isWrite } = gateway.erps.netsuite
    proxy.fail(isWrite, { kind: 'answer', answer: ERROR_500 })
    expect(await post('netsuite', create)).toMatchObject({ status: 200, body: { status: 500 } })
    expect(proxy.exchanges.filter(isWrite)).toHaveLength(1)
  })
})

it('logs what was called and nothing of its content', async () => {
  const from = gateway.logLines.length
  await native({
    method: 'GET',
    path: '/services/rest/record/v1/customer',
    query: { q: 'email IS "secret@person.example"' },
  })
  await data('update', { CUSTOMER: { CUSTOMERID: 'PT-2', COMMENTS: 'secret words' } })
  const lines = gateway.logLines.slice(from)
  expect(lines.join('\n')).not.toMatch(/secret|PT-2|Acme/)
  const exchanges = lines.map((line) => JSON.parse(line)).filter((line) => line.msg === 'exchange')
  expect(exchanges.map((line) => line.exchange)).toEqual(['passthrough GET', 'passthrough update'])
})
