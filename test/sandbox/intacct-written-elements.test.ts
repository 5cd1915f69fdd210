/** What may stand inside a generic create or update: the sandbox's own lists, each element with a type and a source, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADDRESS_ELEMENTS, CONTACT_ELEMENTS } from '../../src/sandbox/intacct/functions/contact-writing.ts'
import { TEMPLATE_ELEMENTS } from '../../src/sandbox/intacct/functions/customer-lists.ts'
import { CUSTOMER_ELEMENTS } from '../../src/sandbox/intacct/functions/customer-writing.ts'
import {
  ADVANCE_ELEMENTS,
  DETAIL_ELEMENTS,
  ITEM_ELEMENTS,
  PAYMENT_ELEMENTS,
} from '../../src/sandbox/intacct/functions/payment-form.ts'
import { Caller } from './intacct-caller.ts'

let caller: Caller
beforeAll(async () => {
  caller = await Caller.start({ clock: () => new Date('2026-02-01T10:00:00Z') })
})
afterAll(() => caller.sandbox.close())

const TYPES = ['text', 'integer', 'decimal', 'date', 'timestamp', 'boolean', 'enum']

describe.each([
  ['CUSTOMER', CUSTOMER_ELEMENTS],
  ['DISPLAYCONTACT and CONTACT', CONTACT_ELEMENTS],
  ['MAILADDRESS', ADDRESS_ELEMENTS],
  ['CUSTOMEREMAILTEMPLATE', TEMPLATE_ELEMENTS],
  ['ARPYMT', PAYMENT_ELEMENTS],
  ['ARPYMTDETAIL', DETAIL_ELEMENTS],
  ['ARADVANCE', ADVANCE_ELEMENTS],
  ['ARADVANCEITEM', ITEM_ELEMENTS],
])('%s', (_object, list) => {
  it('says by whose word each element is taken, and of which type it is', () => {
    const taken = [...list.values()].filter((field) => !field.readOnly)
    expect(taken.length).toBeGreaterThan(2)
    expect(taken.filter(({ source, type }) => !/\S/.test(source) || !TYPES.includes(type))).toEqual([])
    expect([...list.values()].filter(({ readOnly, source }) => readOnly && source !== '')).toEqual([])
  })
})

/** Names of the developer docs, customers: the tables of create and update. */
const DOCUMENTED = {
  CUSTOMER: `CUSTOMERID NAME STATUS ONETIME HIDEDISPLAYCONTACT CUSTTYPE CUSTREPID PARENTID GLGROUP TERRITORYID SUPDOCID
    TERMNAME OFFSETGLACCOUNTNO ARACCOUNT SHIPPINGMETHOD RESALENO TAXID CREDITLIMIT RETAINAGEPERCENTAGE ONHOLD
    DELIVERY_OPTIONS CUSTMESSAGEID EMAILOPTIN COMMENTS CURRENCY ADVBILLBY ADVBILLBYTYPE ARINVOICEPRINTTEMPLATEID
    OEQUOTEPRINTTEMPLATEID OEORDERPRINTTEMPLATEID OELISTPRINTTEMPLATEID OEINVOICEPRINTTEMPLATEID OEADJPRINTTEMPLATEID
    OEOTHERPRINTTEMPLATEID OBJECTRESTRICTION RESTRICTEDLOCATIONS RESTRICTEDDEPARTMENTS`,
  CONTACT: `PRINTAS COMPANYNAME TAXABLE TAXGROUP TAXSCHEDULE TAXSOLUTIONID PREFIX FIRSTNAME LASTNAME INITIAL PHONE1 PHONE2
    CELLPHONE PAGER FAX EMAIL1 EMAIL2 URL1 URL2`,
  ADDRESS: 'ADDRESS1 ADDRESS2 ADDRESS3 CITY STATE ZIP COUNTRY ISOCOUNTRYCODE',
}
it.each([
  ['CUSTOMER', CUSTOMER_ELEMENTS],
  ['CONTACT', CONTACT_ELEMENTS],
  ['ADDRESS', ADDRESS_ELEMENTS],
] as const)('every documented element of %s is taken', (name, list) => {
  const names = DOCUMENTED[name].trim().split(/\s+/)
  expect(names.filter((one) => list.get(one)?.readOnly !== false)).toEqual([])
})

it.each([
  ['DELIVERYOPTIONS', CUSTOMER_ELEMENTS],
  ['COUNTRYCODE', ADDRESS_ELEMENTS],
])('%s is taken because the SDK writes it', (name, list) => {
  expect(list.get(name)).toMatchObject({ readOnly: false, source: expect.stringContaining('SDK') })
})

describe('an element that is on no list is refused', () => {
  const customer = (inner: string, display = '<PRINTAS>N</PRINTAS>') =>
    `<create><CUSTOMER><NAME>N</NAME><DISPLAYCONTACT>${display}</DISPLAYCONTACT>${inner}</CUSTOMER></create>`
  const payment = (inner: string, detail = '') =>
    `<create><ARPYMT><PAYMENTMETHOD>Cash</PAYMENTMETHOD><CUSTOMERID>ACME</CUSTOMERID><RECEIPTDATE>01/31/2026</RECEIPTDATE>${inner}<ARPYMTDETAILS><ARPYMTDETAIL><RECORDKEY>101</RECORDKEY>${detail}</ARPYMTDETAIL></ARPYMTDETAILS></ARPYMT></create>`
  const advance = (inner: string, item = '') =>
    `<create><ARADVANCE><CUSTOMERID>ACME</CUSTOMERID>${inner}<ARADVANCEITEMS><ARADVANCEITEM>${item}</ARADVANCEITEM></ARADVANCEITEMS></ARADVANCE></create>`
  it.each([
    ['CUSTOMER', customer('<NOSUCH>1</NOSUCH>')],
    ['DISPLAYCONTACT', customer('', '<PRINTAS>N</PRINTAS><NOSUCH>1</NOSUCH>')],
    ['MAILADDRESS', customer('', '<PRINTAS>N</PRINTAS><MAILADDRESS><NOSUCH>1</NOSUCH></MAILADDRESS>')],
    ['CONTACTINFO', customer('<CONTACTINFO><NOSUCH>1</NOSUCH></CONTACTINFO>')],
    ['BILLTO', customer('<BILLTO><NOSUCH>1</NOSUCH></BILLTO>')],
    ['SHIPTO', customer('<SHIPTO><NOSUCH>1</NOSUCH></SHIPTO>')],
    ['CONTACT_LIST_INFO', customer('<CONTACT_LIST_INFO><NOSUCH>1</NOSUCH></CONTACT_LIST_INFO>')],
    ['CUSTOMERCONTACTS', customer('<CUSTOMERCONTACTS><NOSUCH>1</NOSUCH></CUSTOMERCONTACTS>')],
    [
      'CUSTOMERENTITYCONTACTS',
      customer('<CUSTOMERCONTACTS><CUSTOMERENTITYCONTACTS><NOSUCH/></CUSTOMERENTITYCONTACTS></CUSTOMERCONTACTS>'),
    ],
    [
      'CONTACT of the list',
      customer(
        '<CUSTOMERCONTACTS><CUSTOMERENTITYCONTACTS><CATEGORYNAME>Home</CATEGORYNAME><CONTACT><NAME>Acme Corporation(CACME)</NAME><NOSUCH/></CONTACT></CUSTOMERENTITYCONTACTS></CUSTOMERCONTACTS>',
      ),
    ],
    ['CUSTOMEREMAILTEMPLATES', customer('<CUSTOMEREMAILTEMPLATES><NOSUCH/></CUSTOMEREMAILTEMPLATES>')],
    [
      'CUSTOMEREMAILTEMPLATE',
      customer(
        '<CUSTOMEREMAILTEMPLATES><customeremailtemplate><NOSUCH/></customeremailtemplate></CUSTOMEREMAILTEMPLATES>',
      ),
    ],
    ['CONTACT', '<create><CONTACT><CONTACTNAME>N</CONTACTNAME><PRINTAS>N</PRINTAS><NOSUCH/></CONTACT></create>'],
    ['ARPYMT', payment('<NOSUCH>1</NOSUCH>')],
    ['ARPYMTDETAIL', payment('', '<NOSUCH>1</NOSUCH>')],
    ['ARADVANCE', advance('<NOSUCH>1</NOSUCH>')],
    ['ARADVANCEITEM', advance('', '<NOSUCH>1</NOSUCH>')],
  ])('in %s', async (_place, markup) => {
    const answer = await caller.call(markup)
    expect([answer.status, answer.errorNumber]).toEqual(['failure', 'DL02000001'])
  })
})
