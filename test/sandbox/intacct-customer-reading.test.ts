/** CUSTOMER of the Intacct sandbox: delete, read, lookup. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Caller, equal } from './intacct-caller.ts'

let caller: Caller

beforeAll(async () => {
  caller = await Caller.start({ clock: () => new Date('2026-02-01T10:00:00Z') })
})
beforeEach(() => caller.sandbox.reset())
afterAll(() => caller.sandbox.close())

const create = (inner: string) => caller.call(`<create><CUSTOMER>${inner}</CUSTOMER></create>`)
const NEW = '<CUSTOMERID>N1</CUSTOMERID><NAME>New One</NAME><DISPLAYCONTACT><PRINTAS>New One</PRINTAS></DISPLAYCONTACT>'

describe('delete and read', () => {
  it('deletes an unused customer, its contact with it, and remembers', async () => {
    await create(NEW)
    expect((await caller.call('<delete><object>CUSTOMER</object><keys>1021</keys></delete>')).status).toBe('success')
    expect(caller.sandbox.books.getCustomer('N1')).toBeUndefined()
    const deletes = `<and>${equal('OBJECTTYPE', 'customer')}${equal('ACCESSMODE', 'D')}<greaterthanorequalto><field>ACCESSTIME</field><value>01/31/2026 00:00:00</value></greaterthanorequalto></and>`
    expect(await caller.query('AUDITHISTORY', 'OBJECTKEY ACCESSMODE', deletes)).toEqual([
      { OBJECTKEY: 'N1', ACCESSMODE: 'D' },
    ])
    expect((await create(NEW)).status).toBe('success')
  })

  it('keeps a customer that is used, and says which it cannot find', async () => {
    const used = await caller.call('<delete><object>CUSTOMER</object><keys>33</keys></delete>')
    expect(used.errorText).toMatch(/cannot be deleted/)
    const missing = await caller.call('<delete><object>CUSTOMER</object><keys>99999</keys></delete>')
    expect(missing.errorText).toMatch(/^Cannot find customer with key '99999' to delete\./)
  })

  it('leaves missing keys out and answers success for none', async () => {
    const some = await caller.call(
      '<read><object>CUSTOMER</object><keys>33,99999,34</keys><fields>CUSTOMERID</fields></read>',
    )
    expect(some.xml.data.CUSTOMER).toEqual([{ CUSTOMERID: 'ACME' }, { CUSTOMERID: 'EUROPA' }])
    const none = await caller.call(
      '<readByName><object>CUSTOMER</object><keys>NOBODY</keys><fields>*</fields></readByName>',
    )
    expect([none.status, none.xml.data['@count']]).toEqual(['success', '0'])
    const wrong = await caller.call('<read><object>CUSTOMER</object><keys>33</keys><fields>NOPE</fields></read>')
    expect(wrong.errorNumber).toBe('Invalid fields list NOPE')
    expect((await caller.call('<read><object>NOPE</object><keys>1</keys></read>')).errorNumber).toBe('XL03000009')
  })

  it('can answer contacts nested', async () => {
    const nested = await Caller.start({ nestedContacts: true })
    const read = await nested.readOne('CUSTOMER', '33')
    expect(read['DISPLAYCONTACT'].MAILADDRESS.CITY).toBe('Austin')
    expect(read['DISPLAYCONTACT.EMAIL1']).toBeUndefined()
    await nested.sandbox.close()
  })

  it('looks fields and relations up', async () => {
    const found = await caller.call('<lookup><object>CUSTOMER</object></lookup>')
    const type = found.xml.data.Type
    const names = type.Fields.Field.map((field: { ID: string }) => field.ID)
    expect(names).toEqual(expect.arrayContaining(['RECORDNO', 'DISPLAYCONTACT.EMAIL1', 'TOTALDUE', 'REGION']))
    const region = type.Fields.Field.find((field: { ID: string }) => field.ID === 'REGION')
    expect([region.ISCUSTOM, region.DATATYPE]).toEqual(['true', 'TEXT'])
    expect(type['@Name']).toBe('CUSTOMER')
    for (const object of ['CUSTOMEREMAILTEMPLATE', 'ARPYMT', 'ARINVOICE', 'ARADVANCE']) {
      expect((await caller.call(`<lookup><object>${object}</object></lookup>`)).status).toBe('success')
    }
  })
})
