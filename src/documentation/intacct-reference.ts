/** A section of docs/intacct.md: every field and function that the vendor's page about customers names, and its home here. */
import { pointerFor } from '../mapping/pointers.ts'
import type { ProviderMappings } from '../providers/provider.ts'
import { table } from './tables.ts'

/** Names of the developer docs, "Customers" and "Customer email templates", in their order. */
const CUSTOMER = `CUSTOMERID RECORDNO NAME DISPLAYCONTACT STATUS ONETIME HIDEDISPLAYCONTACT CUSTTYPE CUSTREPID PARENTID GLGROUP
  TERRITORYID SUPDOCID TERMNAME OFFSETGLACCOUNTNO ARACCOUNT SHIPPINGMETHOD RESALENO TAXID CREDITLIMIT RETAINAGEPERCENTAGE
  ONHOLD DELIVERY_OPTIONS CUSTMESSAGEID EMAILOPTIN COMMENTS CURRENCY ADVBILLBY ADVBILLBYTYPE ARINVOICEPRINTTEMPLATEID
  OEQUOTEPRINTTEMPLATEID OEORDERPRINTTEMPLATEID OELISTPRINTTEMPLATEID OEINVOICEPRINTTEMPLATEID OEADJPRINTTEMPLATEID
  OEOTHERPRINTTEMPLATEID CONTACTINFO BILLTO SHIPTO CONTACT_LIST_INFO CUSTOMERCONTACTS OBJECTRESTRICTION
  RESTRICTEDLOCATIONS RESTRICTEDDEPARTMENTS CUSTOMEREMAILTEMPLATES`
const CONTACT = `PRINTAS CONTACTNAME COMPANYNAME TAXABLE TAXGROUP TAXSCHEDULE TAXSOLUTIONID PREFIX FIRSTNAME LASTNAME INITIAL
  PHONE1 PHONE2 CELLPHONE PAGER FAX EMAIL1 EMAIL2 URL1 URL2 MAILADDRESS`
const ADDRESS = 'ADDRESS1 ADDRESS2 ADDRESS3 CITY STATE ZIP COUNTRY ISOCOUNTRYCODE'
const LEGACY = `customerid name parentid termname custrepid shippingmethod custtype taxid creditlimit retainagepercentage
  territoryid resaleno deliveryoptions accountlabel glaccountno glgroup onhold comments status currency primary billto shipto
  contactinfo contactlist vsoepricelist customfields visibility supdocid offsetglaccountno`
const LEGACY_CONTACT = `contactname printas taxable companyname taxgroup prefix firstname lastname initial phone1 phone2
  cellphone pager fax email1 email2 url1 url2 status mailaddress taxid taxsolutionid taxschedule`
const LEGACY_ADDRESS = 'address1 address2 address3 city state zip country isocountrycode latitude longitude'

/** Legacy names that are not the lower case of the others. */
const RENAMED: Readonly<Record<string, string>> = {
  deliveryoptions: 'DELIVERY_OPTIONS',
  glaccountno: 'ARACCOUNT',
  primary: 'CONTACTINFO',
  contactinfo: 'DISPLAYCONTACT',
  contactlist: 'CUSTOMERCONTACTS',
  vsoepricelist: 'PRICELIST',
  visibility: 'OBJECTRESTRICTION',
}

/** Homes that are parts of a field, or several fields. */
const PARTS: Readonly<Record<string, string>> = {
  RECORDNO: '`vendorFields.RECORDNO`, read only; deletes and reads are by `id`',
  DISPLAYCONTACT: '`name`, `email`, `phone` …, `addresses[]` with the id `display`',
  'DISPLAYCONTACT.PRINTAS': '`name`, unless `vendorFields` or the addressee of `addresses[]` says otherwise',
  'DISPLAYCONTACT.CONTACTNAME': '`addresses[].label` and `.contactName` of `display`',
  'DISPLAYCONTACT.MAILADDRESS': '`addresses[]` with the id `display`',
  ...Object.fromEntries(
    Object.entries({
      ...{ ADDRESS1: 'line1', ADDRESS2: 'line2', ADDRESS3: 'line3', CITY: 'city', STATE: 'region' },
      ...{ ZIP: 'postalCode', COUNTRY: 'country', ISOCOUNTRYCODE: 'country' },
    }).map(([name, field]) => [`DISPLAYCONTACT.MAILADDRESS.${name}`, `\`addresses[].${field}\``]),
  ),
  CONTACTINFO: '`contacts[]` with the role `primary`; its address in `addresses[]`',
  BILLTO: '`contacts[]` with the role `billTo`; its address in `addresses[]`',
  SHIPTO: '`contacts[]` with the role `shipTo`; its address in `addresses[]`',
  CUSTOMFIELDS: '`customFields`',
  OBJECTRESTRICTION: '`restriction.type`',
  RESTRICTEDLOCATIONS: '`restriction.locations[]`',
  RESTRICTEDDEPARTMENTS: '`restriction.departments[]`',
}
const LISTED: readonly (readonly [string, string])[] = [
  ['`CONTACT_LIST_INFO`, `CUSTOMERENTITYCONTACTS`: `CATEGORYNAME`', '`contacts[].category`'],
  ['`CONTACT_LIST_INFO`, `CUSTOMERENTITYCONTACTS`: `CONTACT` with its `NAME`', '`contacts[].name`'],
  ['`CUSTOMEREMAILTEMPLATE`: `RECORDNO`', '`emailTemplates[].id` (`emt_…`)'],
  ['`CUSTOMEREMAILTEMPLATE`: `EMAILTEMPLATENAME`', '`emailTemplates[].template`'],
  ['`CUSTOMEREMAILTEMPLATE`: `DOCPARID`', '`emailTemplates[].documentType`'],
  ['custom field name', '`customFields`; several values of a multi-pick list as an array'],
  ['`deliveryoptions`: `deliveryoption`', '`delivery[]`'],
  ['`contact` in `contactinfo`', '`name`, `email`, `phone` …, `addresses[]` with the id `display`'],
  ['`contactitem`: `category`, `contactname`', '`contacts[].category`, `.name`'],
  ['`customfield`: `customfieldname`, `customfieldvalue`', '`customFields`'],
  [
    '`visibility`: `visibility_type`, `restricted_locs`, `restricted_depts`',
    '`restriction.type`, `.locations[]`, `.departments[]`',
  ],
]
const FUNCTIONS: readonly (readonly [string, string])[] = [
  ['`lookup` of `CUSTOMER`, `CUSTOMEREMAILTEMPLATE`', '`GET /v1/connections/{connection}/objects/{object}`'],
  ['`query` of `CUSTOMER`', '`GET /v1/customers`'],
  ['`readByQuery` of `CUSTOMER` (legacy)', '`GET /v1/customers`, which uses `query`'],
  ['`read`, `readByName` of `CUSTOMER`', '`GET /v1/customers/{id}`'],
  ['`create` of `CUSTOMER`', '`POST /v1/customers`'],
  ['`update` of `CUSTOMER`', '`PATCH /v1/customers/{id}`'],
  ['`delete` of `CUSTOMER`', '`DELETE /v1/customers/{id}`'],
  [
    '`create_customer`, `update_customer`, `delete_customer` (legacy)',
    'the same three, which use the generic functions',
  ],
  ['`query`, `readByQuery` of `CUSTOMEREMAILTEMPLATE`', '`GET /v1/email-templates`'],
  ['`read`, `readByName` of `CUSTOMEREMAILTEMPLATE`', '`GET /v1/email-templates/{id}`'],
  ['`CUSTOMEREMAILTEMPLATES` in `update`', '`PUT /v1/customers/{id}/email-templates`, `PATCH /v1/customers/{id}`'],
  ['`object`, `keys`', 'the path and its id'],
  ['`select`, `fields`', '`fields=`'],
  ['`filter`, `query`', 'the filters of the list and `filter=`'],
  ['`orderby`', '`sort=`'],
  ['`pagesize`, `offset`, `readMore`', '`limit=` and `cursor=`'],
  ['`options`', '`caseinsensitive` is set where text is compared, `showprivate` at the top level'],
  ['`returnFormat`', 'passthrough only; answers here are JSON'],
]

const namesOf = (list: string): string[] => list.trim().split(/\s+/)

/** Where a field of CUSTOMER lives; throws for one that has no home, so that none is forgotten. */
function homeOf(mappings: ProviderMappings, path: string): string {
  const part = PARTS[path]
  if (part !== undefined) return part
  const pointer = pointerFor(mappings.customer, path)
  if (pointer !== null) return `\`${pointer.slice(1)}\``
  const { vendorFields } = mappings.customer
  // What may be written under its own name has its home there.
  if (vendorFields.kind === 'custom') vendorFields.encode({ [path]: 'x' }, { currency: null, timeZone: 'UTC' })
  return `\`vendorFields\`: \`${path}\``
}

const rows = (mappings: ProviderMappings, list: string, prefix: string, shown = '') =>
  namesOf(list).map((name): [string, string] => {
    const path = prefix + (RENAMED[name] ?? name.toUpperCase())
    return [`\`${shown}${name}\``, homeOf(mappings, path)]
  })

export function intacctReference(mappings: ProviderMappings): string {
  const fields = [
    ...rows(mappings, CUSTOMER, ''),
    ...rows(mappings, CONTACT, 'DISPLAYCONTACT.', 'DISPLAYCONTACT.'),
    ...rows(mappings, ADDRESS, 'DISPLAYCONTACT.MAILADDRESS.', 'MAILADDRESS.'),
    ...LISTED,
  ]
  const legacy = [
    ...rows(mappings, LEGACY, ''),
    ...rows(mappings, LEGACY_CONTACT, 'DISPLAYCONTACT.', 'contact: '),
    ...rows(mappings, LEGACY_ADDRESS, 'DISPLAYCONTACT.MAILADDRESS.', 'mailaddress: '),
  ]
  return [
    "## Every function and field of the vendor's page",
    'Functions of the pages about customers and customer email templates, and what calls them here. Every one of them can also be called as it is: `POST /v1/connections/{connection}/passthrough`.',
    table(['function or parameter', 'here'], FUNCTIONS),
    'Fields of the generic functions, and where they live in a customer here:',
    table(['Sage Intacct', 'here'], fields),
    'Fields of the legacy functions (`create_customer`, `update_customer`); they are the same fields by other names:',
    table(['Sage Intacct', 'here'], legacy),
  ].join('\n\n')
}
