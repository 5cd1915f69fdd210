/** Passthrough to Intacct: every function of the seed document by name, on CUSTOMER and CUSTOMEREMAILTEMPLATE. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type Body, passthroughWorld } from './passthrough-world.ts'

const { world, post, call, data } = passthroughWorld()

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
    const { proxy } = world.gateway.erps.intacct
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
    expect(world.gateway.erps.intacct.books.customer('PTC').details).toMatchObject({
      CREDITLIMIT: '7500.5',
      ONHOLD: 'true',
    })
    const customer = await world.gateway.request('GET', '/v1/customers/cus_intacct_PTC')
    expect(customer.body).toMatchObject({ name: 'Through & through', creditLimit: '7500.50', onHold: true })
    await data('delete', { object: 'CUSTOMER', keys: key })
    expect(world.gateway.erps.intacct.books.getCustomer('PTC')).toBeUndefined()
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
    const customer = await world.gateway.request('GET', '/v1/customers/cus_intacct_PTL')
    expect(customer.body).toMatchObject({ name: 'Legacy Limited', customFields: { REGION: 'West' } })
    expect(await call('delete_customer', { '@customerid': 'PTL' })).toEqual({
      status: 'success',
      data: null,
      errors: [],
    })
    expect(world.gateway.erps.intacct.books.getCustomer('PTL')).toBeUndefined()
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
