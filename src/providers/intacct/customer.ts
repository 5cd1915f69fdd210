/** Where each field of a customer is at Intacct. */
import type { CustomerRecord } from '../../../schemas/customer.ts'
import { isEmpty, money, text } from '../../mapping/codec.ts'
import { absent, at, custom, type Mapping, type Row, readOnly } from '../../mapping/mapping.ts'
import { ADDRESS_PATHS, ROLES, readAddresses } from './addresses.ts'
import { flag, timestamp, words } from './codecs.ts'
import { extraFields } from './extra-fields.ts'
import { type ReferenceSource, reference } from './references.ts'
import type { Defaults } from './settings.ts'

/** The private name under which an operation hands a computed aging to the mapping. */
export const AGING = '#AGING'

/** Names of a recorded `lookup` and of the documentation that no row below uses; every other name is a custom field. */
const STANDARD = new Set(
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
export const CUSTOMER_LIST_LACKS: readonly (keyof CustomerRecord)[] = ['addresses', 'aging', 'customFields']

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
  status: at('STATUS', words({ active: ['active', 'active non-posting'], inactive: ['inactive'] })),
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
  currency: at('CURRENCY', text),
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
    decode: (record) => record[AGING] as CustomerRecord['aging'],
    encode: () => ({}),
  }),
  currencies: absent('A customer of Sage Intacct has one default currency.'),
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
    ...extraFields({ mapped, standard: STANDARD, readOnly: READ_ONLY }),
  } as Mapping<CustomerRecord>
}
