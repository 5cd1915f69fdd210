/** Where each field of a customer is at Intacct. */
import type { CustomerRecord } from '../../../schemas/customer.ts'
import { currency, isEmpty, money, text } from '../../mapping/codec.ts'
import { absent, at, custom, type Mapping, type Row, readOnly, type VendorRecord } from '../../mapping/mapping.ts'
import { ADDRESS_PATHS, ROLES, readAddresses } from './addresses.ts'
import { flag, timestamp, words } from './codecs.ts'
import { CONTACT_LIST, CONTACT_ROLES, linkOf } from './contacts.ts'
import { deliveryRow, restrictionRow } from './customer-choices.ts'
import { TEMPLATE_LIST, templatesOfLines } from './email-template.ts'
import { extraFields } from './extra-fields.ts'
import { type ReferenceSource, reference } from './references.ts'
import type { Defaults } from './settings.ts'

/** Private names under which operations hand to the mapping what they found in lists and other records. */
export const COMPUTED = { aging: '#AGING', contacts: '#CONTACTS', emailTemplates: '#TEMPLATES' } as const

/** Names of a recorded `lookup` and of the documentation that no row below uses; every other name is a custom field. */
export const CUSTOMER_STANDARD = new Set(
  `RECORDNO ENTITY PARENTKEY TERMVALUE ACCOUNTLABEL ARACCOUNTTITLE LAST_INVOICEDATE LAST_STATEMENTDATE DELIVERY_OPTIONS
  DELIVERYOPTIONS GLGROUP ONETIME HIDEDISPLAYCONTACT CUSTMESSAGEID ARINVOICEPRINTTEMPLATEID OEQUOTEPRINTTEMPLATEID
  OEORDERPRINTTEMPLATEID OELISTPRINTTEMPLATEID OEINVOICEPRINTTEMPLATEID OEADJPRINTTEMPLATEID OEOTHERPRINTTEMPLATEID
  ENABLEONLINECARDPAYMENT ENABLEONLINEACHPAYMENT OBJECTRESTRICTION RESTRICTEDLOCATIONS RESTRICTEDDEPARTMENTS
  DISPLAYCONTACTKEY CONTACTKEY SHIPTOKEY BILLTOKEY OFFSETGLACCOUNTNO OFFSETGLACCOUNTNOTITLE ADVBILLBY ADVBILLBYTYPE SUPDOCID
  RETAINAGEPERCENTAGE EMAILOPTIN CREATEDBY MODIFIEDBY MEGAENTITYKEY RECORD_URL CUSTREPKEY CUSTTYPEKEY TERMSKEY TERRITORYKEY
  TERRITORYNAME ACCOUNTLABELKEY ARACCOUNTKEY GLGRPKEY SHIPVIAKEY TAXSOLUTIONID DISPLAYCONTACT CONTACTINFO BILLTO SHIPTO
  CONTACT_LIST_INFO CUSTOMERCONTACTS CUSTOMEREMAILTEMPLATES DISPLOCACCTNOCHECK DISPLOCACCTNOINVOICE PRICESCHEDULE DISCOUNT
  PRCLSTKEY PRCSCHDKEY VSOEPRICELIST VSOEPRCLSTKEY HEALTH_SCORE HEALTH_STATUS CHURN_RISK`.split(/\s+/),
)
const READ_ONLY = new Set(
  'RECORDNO ENTITY PARENTKEY TERMVALUE ARACCOUNTTITLE LAST_INVOICEDATE LAST_STATEMENTDATE CREATEDBY MODIFIEDBY MEGAENTITYKEY RECORD_URL'.split(
    ' ',
  ),
)

/** Where names are looked up; null where the name is the id. */
export const CUSTOMER_REFERENCES: Readonly<Record<string, ReferenceSource | null>> = {
  parent: { object: 'CUSTOMER', id: 'CUSTOMERID', name: 'NAME' },
  terms: null,
  category: null,
  salesRep: { object: 'EMPLOYEE', id: 'EMPLOYEEID', name: 'PERSONALINFO.CONTACTNAME' },
  territory: { object: 'TERRITORY', id: 'TERRITORYID', name: 'NAME' },
  priceLevel: null,
  shippingMethod: null,
  tax: null,
  receivablesAccount: { object: 'GLACCOUNT', id: 'ACCOUNTNO', name: 'TITLE' },
}

/** Not in a list's row: they need contacts, or columns that nobody can name beforehand. */
export const CUSTOMER_LIST_LACKS: readonly (keyof CustomerRecord)[] = [
  'addresses',
  'aging',
  'customFields',
  'contacts',
  'emailTemplates',
  // RESTRICTEDLOCATIONS and RESTRICTEDDEPARTMENTS are not in a recorded `lookup`.
  'restriction',
]

const NO_PLACE = 'A customer of Sage Intacct has no such field.'

/** The kind of a customer follows from its names; writing it is a matter of writing them. */
const typeRow = custom<'company' | 'person'>({
  title: 'company | person',
  paths: ['DISPLAYCONTACT.COMPANYNAME', 'DISPLAYCONTACT.FIRSTNAME', 'DISPLAYCONTACT.LASTNAME'],
  decode: (record) => {
    const [company, first, last] = ['COMPANYNAME', 'FIRSTNAME', 'LASTNAME'].map(
      (name) => record[`DISPLAYCONTACT.${name}`],
    )
    return isEmpty(company) && !(isEmpty(first) && isEmpty(last)) ? 'person' : 'company'
  },
  encode: () => ({}),
})

const externalIdRow = (field: string | undefined): Row<string> =>
  field === undefined
    ? absent('Sage Intacct has no external id; name a custom field in `defaults.externalIdField`.')
    : at(field, text)

const FIELDS: Omit<Mapping<CustomerRecord>, 'externalId' | 'customFields' | 'vendorFields'> = {
  number: at('CUSTOMERID', text, { access: 'create-only' }),
  name: at('NAME', text),
  companyName: at('DISPLAYCONTACT.COMPANYNAME', text),
  firstName: at('DISPLAYCONTACT.FIRSTNAME', text),
  middleName: at('DISPLAYCONTACT.INITIAL', text),
  lastName: at('DISPLAYCONTACT.LASTNAME', text),
  salutation: at('DISPLAYCONTACT.PREFIX', text),
  // Behind the names, so that errors of a name point at the name.
  type: typeRow,
  // "Active non-posting" customers can be used but not invoiced.
  status: at('STATUS', words({ active: ['active', 'active non-posting'], inactive: ['inactive'] }, null)),
  stage: absent('Sage Intacct has no leads or prospects.'),
  onHold: at('ONHOLD', flag),
  email: at('DISPLAYCONTACT.EMAIL1', text),
  altEmail: at('DISPLAYCONTACT.EMAIL2', text),
  phone: at('DISPLAYCONTACT.PHONE1', text),
  altPhone: at('DISPLAYCONTACT.PHONE2', text),
  mobile: at('DISPLAYCONTACT.CELLPHONE', text),
  fax: at('DISPLAYCONTACT.FAX', text),
  website: at('DISPLAYCONTACT.URL1', text),
  parent: reference('customers', 'PARENTID', { name: 'PARENTNAME' }),
  // The entity of the login's session owns what it makes.
  entity: reference('entities', 'MEGAENTITYID', { name: 'MEGAENTITYNAME', access: 'read-only' }),
  currency: at('CURRENCY', currency),
  terms: reference('terms', 'TERMNAME'),
  category: reference('customer-categories', 'CUSTTYPE'),
  salesRep: reference('sales-reps', 'CUSTREPID', { name: 'CUSTREPNAME' }),
  partner: absent(NO_PLACE),
  territory: reference('territories', 'TERRITORYID'),
  priceLevel: reference('price-levels', 'PRICELIST'),
  shippingMethod: reference('shipping-methods', 'SHIPPINGMETHOD'),
  department: absent(NO_PLACE),
  class: absent(NO_PLACE),
  location: absent(NO_PLACE),
  taxable: at('DISPLAYCONTACT.TAXABLE', flag),
  tax: reference('tax-codes', 'DISPLAYCONTACT.TAXGROUP'),
  taxId: at('TAXID', text),
  resaleNumber: at('RESALENO', text),
  creditLimit: at('CREDITLIMIT', money),
  receivablesAccount: reference('accounts', 'ARACCOUNT', { name: 'ARACCOUNTTITLE' }),
  billingSchedule: absent(NO_PLACE),
  discountItem: absent(NO_PLACE),
  contacts: custom({
    title: 'contacts',
    paths: [...CONTACT_ROLES.map(({ prefix }) => linkOf(prefix)), CONTACT_LIST, 'CONTACT_LIST_INFO'],
    decode: (record) => record[COMPUTED.contacts] as CustomerRecord['contacts'],
    encode: () => ({}),
  }),
  emailTemplates: custom({
    title: 'e-mail templates',
    paths: [TEMPLATE_LIST],
    decode: ({ [COMPUTED.emailTemplates]: lines }, context) =>
      lines === undefined ? undefined : templatesOfLines(lines as VendorRecord[], context),
    encode: () => ({}),
  }),
  delivery: deliveryRow,
  // Only companies that are set up for South African VAT use it (developer docs, customers).
  emailOptIn: at('EMAILOPTIN', flag),
  restriction: restrictionRow,
  comments: at('COMMENTS', text),
  addresses: custom({
    title: 'addresses',
    paths: ROLES.flatMap(({ prefix }) => ADDRESS_PATHS.map((path) => `${prefix}.${path}`)),
    decode: readAddresses,
    encode: () => ({}),
  }),
  // In base currency, and by its own definition (docs: "total amount due").
  balance: readOnly('TOTALDUE', money),
  overdueBalance: absent('Sage Intacct does not report it; see `aging` and the open items.'),
  aging: custom({
    title: 'aging',
    paths: [],
    access: 'read-only',
    decode: (record) => (record[COMPUTED.aging] as (() => CustomerRecord['aging']) | undefined)?.(),
    encode: () => ({}),
  }),
  currencies: absent('A customer of Sage Intacct has one default currency.'),
  itemPricing: absent('Sage Intacct keeps prices in price lists, not with the customer; see priceLevel.'),
  createdAt: readOnly('WHENCREATED', timestamp),
  updatedAt: readOnly('WHENMODIFIED', timestamp),
}

/** `externalId` has a place only where the connection names one. */
export function customerMapping(defaults: Defaults = {}): Mapping<CustomerRecord> {
  const externalId = externalIdRow(defaults.externalIdField)
  const rows: Row<never>[] = [...Object.values(FIELDS), externalId] as Row<never>[]
  const mapped = new Set([
    ...rows.flatMap((row) => (row.kind === 'absent' ? [] : row.paths)).map((path) => path.toUpperCase()),
    'DISPLAYCONTACT.MAILADDRESS.ISOCOUNTRYCODE',
  ])
  if (defaults.intentField) mapped.add(defaults.intentField.toUpperCase())
  return {
    ...FIELDS,
    externalId,
    ...extraFields({ mapped, standard: CUSTOMER_STANDARD, readOnly: READ_ONLY }),
  } as Mapping<CustomerRecord>
}
