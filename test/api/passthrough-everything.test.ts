/**
 * Every element of the vendor's customer functions, sent as it is and read back by its own name here: the generic and the legacy
 * functions make the same customer, and the route for customers makes it too.
 */
import { describe, expect, it } from 'vitest'
import { type Body, passthroughWorld } from './passthrough-world.ts'

const { world, data } = passthroughWorld()

const PRINT = ['ARINVOICE', 'OEQUOTE', 'OEORDER', 'OELIST', 'OEINVOICE', 'OEADJ', 'OEOTHER'] as const
const templates = Object.fromEntries(PRINT.map((name) => [`${name}PRINTTEMPLATEID`, `${name} template`]))

const ADDRESS = {
  ...{ address1: '1 Main St', address2: 'Suite 2', address3: 'Building 3', city: 'Austin', state: 'TX', zip: '78701' },
  ...{ country: 'United States', isocountrycode: 'US' },
}
const CONTACT = {
  ...{ printas: 'All & Sons', taxable: false, companyname: 'All', taxgroup: 'Standard', prefix: 'Ms', firstname: 'Jo' },
  ...{ lastname: 'Lee', initial: 'M', phone1: '1', phone2: '2', cellphone: '3', pager: '4', fax: '5' },
  ...{
    email1: 'a@all.example',
    email2: 'b@all.example',
    url1: 'https://all.example',
    url2: 'https://shop.all.example',
  },
}
const upper = (values: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toUpperCase(), value]))

const OTHER = 'Acme Corporation(CACME)'
const LINKS = { primary: OTHER, billto: OTHER, shipto: OTHER }

/** Without what only one of the two has. */
const generic = (id: string) => ({
  ...{ CUSTOMERID: id, NAME: 'All & Sons', PARENTID: 'ACME', TERMNAME: 'Net 30', CUSTREPID: 'EMP-1', CUSTTYPE: 'SaaS' },
  ...{ SHIPPINGMETHOD: 'Ground', TAXID: 'T-1', CREDITLIMIT: '5000.5', RETAINAGEPERCENTAGE: '10', TERRITORYID: 'WEST' },
  ...{
    RESALENO: 'R-1',
    DELIVERY_OPTIONS: 'Print#~#E-Mail',
    ACCOUNTLABEL: 'Sales',
    ARACCOUNT: '1200',
    GLGROUP: 'Default',
  },
  ...{ ONHOLD: true, COMMENTS: 'Two\nlines', STATUS: 'active', CURRENCY: 'USD', PRICELIST: 'Base Price List' },
  DISPLAYCONTACT: {
    ...upper(CONTACT),
    ...{ TAXSOLUTIONID: 'US', TAXSCHEDULE: 'Standard', TAXID: 'T-2', STATUS: 'active' },
    MAILADDRESS: { ...upper(ADDRESS), LATITUDE: '30.27', LONGITUDE: '-97.74' },
  },
  ...{ CONTACTINFO: { CONTACTNAME: OTHER }, BILLTO: { CONTACTNAME: OTHER }, SHIPTO: { CONTACTNAME: OTHER } },
  CUSTOMERCONTACTS: { CUSTOMERENTITYCONTACTS: [{ CATEGORYNAME: 'Mobile', CONTACT: { NAME: OTHER } }] },
  ...{ OBJECTRESTRICTION: 'Restricted', RESTRICTEDLOCATIONS: '100#~#200', RESTRICTEDDEPARTMENTS: 'SALES' },
  ...{ SUPDOCID: 'A-7', OFFSETGLACCOUNTNO: '1090', REGION: 'West#~#East' },
})
const ONLY_GENERIC = {
  ...{ ONETIME: true, HIDEDISPLAYCONTACT: true, CUSTMESSAGEID: 'Thanks', EMAILOPTIN: true, ADVBILLBY: 3 },
  ...{ ADVBILLBYTYPE: 'months', ...templates },
  CUSTOMEREMAILTEMPLATES: { customeremailtemplate: [{ EMAILTEMPLATENAME: 'ARInvEmailTemplate' }] },
}
/** The members' order is the order of the function. */
const legacyBody = (contactName: string) => ({
  ...{
    parentid: 'ACME',
    termname: 'Net 30',
    custrepid: 'EMP-1',
    shippingmethod: 'Ground',
    custtype: 'SaaS',
    taxid: 'T-1',
  },
  ...{ creditlimit: '5000.5', retainagepercentage: '10', territoryid: 'WEST', resaleno: 'R-1' },
  deliveryoptions: { deliveryoption: ['print', 'email'] },
  ...{ accountlabel: 'Sales', glaccountno: '1200', glgroup: 'Default', onhold: true, comments: 'Two\nlines' },
  ...{ status: 'active', currency: 'USD' },
  ...Object.fromEntries(Object.entries(LINKS).map(([name, contactname]) => [name, { contactname }])),
  contactinfo: {
    contact: {
      ...{ contactname: contactName, ...CONTACT, status: 'active' },
      mailaddress: { ...ADDRESS, latitude: '30.27', longitude: '-97.74' },
      ...{ taxid: 'T-2', taxsolutionid: 'US', taxschedule: 'Standard' },
    },
  },
  contactlist: { contactitem: [{ category: 'Mobile', contactname: OTHER }] },
  vsoepricelist: 'Base Price List',
  customfields: { customfield: [{ customfieldname: 'REGION', customfieldvalue: 'West#~#East' }] },
  visibility: {
    visibility_type: 'Restricted',
    restricted_locs: { locationid: ['100', '200'] },
    restricted_depts: { departmentid: ['SALES'] },
  },
  ...{ supdocid: 'A-7', offsetglaccountno: '1090' },
})

const read = async (id: string) => (await world.gateway.request('GET', `/v1/customers/cus_intacct_${id}`)).body
/** What belongs to one record, and not to what was written. */
function same(customer: Body, id: string): object {
  const { createdAt, updatedAt, ...rest } = customer
  const { RECORDNO, DISPLAYCONTACTKEY, ...vendorFields } = rest.vendorFields
  expect([createdAt, updatedAt, RECORDNO, DISPLAYCONTACTKEY]).not.toContain(undefined)
  return JSON.parse(JSON.stringify({ ...rest, vendorFields }).replaceAll(id, 'ID'))
}

describe('a customer with everything', () => {
  it('is made by create, and every element has its place here', async () => {
    await data('create', { CUSTOMER: { ...generic('ALLG'), ...ONLY_GENERIC } })
    expect(await read('ALLG')).toMatchObject({
      ...{ number: 'ALLG', name: 'All & Sons', companyName: 'All', salutation: 'Ms', firstName: 'Jo', lastName: 'Lee' },
      ...{ middleName: 'M', phone: '1', altPhone: '2', mobile: '3', fax: '5', email: 'a@all.example' },
      ...{ altEmail: 'b@all.example', website: 'https://all.example', taxable: false, tax: { id: 'Standard' } },
      ...{ parent: { id: 'cus_intacct_ACME' }, terms: { id: 'Net 30' }, salesRep: { id: 'EMP-1' } },
      ...{ category: { id: 'SaaS' }, shippingMethod: { id: 'Ground' }, territory: { id: 'WEST' } },
      ...{ receivablesAccount: { id: '1200' }, priceLevel: { id: 'Base Price List' }, taxId: 'T-1' },
      ...{ resaleNumber: 'R-1', creditLimit: '5000.50', onHold: true, comments: 'Two\nlines', currency: 'USD' },
      ...{ delivery: ['print', 'email'], emailOptIn: true, status: 'active' },
      restriction: { type: 'restricted', locations: ['100', '200'], departments: ['SALES'] },
      emailTemplates: [{ template: 'ARInvEmailTemplate' }],
      customFields: { REGION: ['West', 'East'] },
      vendorFields: {
        ...{ ONETIME: 'true', HIDEDISPLAYCONTACT: 'true', GLGROUP: 'Default', SUPDOCID: 'A-7' },
        ...{ OFFSETGLACCOUNTNO: '1090', RETAINAGEPERCENTAGE: '10', CUSTMESSAGEID: 'Thanks', ADVBILLBY: '3' },
        ...{ ADVBILLBYTYPE: 'months', ACCOUNTLABEL: 'Sales', ...templates, 'DISPLAYCONTACT.PAGER': '4' },
        ...{ 'DISPLAYCONTACT.URL2': 'https://shop.all.example', 'DISPLAYCONTACT.TAXSOLUTIONID': 'US' },
        ...{ 'DISPLAYCONTACT.TAXSCHEDULE': 'Standard', 'DISPLAYCONTACT.TAXID': 'T-2' },
      },
    })
    const { addresses, contacts } = await read('ALLG')
    expect(addresses[0]).toMatchObject({
      ...{ id: 'display', line1: '1 Main St', line2: 'Suite 2', line3: 'Building 3', city: 'Austin', region: 'TX' },
      ...{ postalCode: '78701', country: 'US' },
    })
    expect(contacts.map((one: { role: string }) => one.role).sort()).toEqual(['billTo', 'other', 'primary', 'shipTo'])
  })

  it('is the same by create_customer', async () => {
    await data('create', { CUSTOMER: generic('ALL1') })
    await data('create_customer', { customerid: 'ALL2', name: 'All & Sons', ...legacyBody('All & Sons(CALL2)') })
    expect(same(await read('ALL2'), 'ALL2')).toEqual(same(await read('ALL1'), 'ALL1'))
  })

  it('is the same by update, and by update_customer', async () => {
    const { CUSTOMERCONTACTS: list, ...fields } = generic('ALL3')
    await data('create', { CUSTOMER: { CUSTOMERID: 'ALL3', NAME: 'Bare', DISPLAYCONTACT: { PRINTAS: 'Bare' } } })
    await data('create', { CUSTOMER: { CUSTOMERID: 'ALL4', NAME: 'Bare', DISPLAYCONTACT: { PRINTAS: 'Bare' } } })
    await data('update', { CUSTOMER: { ...fields, CUSTOMERCONTACTS: list } })
    await data('update_customer', { '@customerid': 'ALL4', name: 'All & Sons', ...legacyBody('Bare(CALL4)') })
    expect(same(await read('ALL4'), 'ALL4')).toEqual(same(await read('ALL3'), 'ALL3'))
    expect(await read('ALL3')).toMatchObject({ name: 'All & Sons', creditLimit: '5000.50', fax: '5' })
  })
})
