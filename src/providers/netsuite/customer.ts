/** The customer record of NetSuite, field by field (names of release 2026.1; SuiteQL columns as public code selects them). */
import type { CustomerRecord } from '../../../schemas/customer.ts'
import { mappingOfAccount } from '../../mapping/account.ts'
import type { Context } from '../../mapping/codec.ts'
import { absent, at, type Mapping, readOnly, type VendorRecord } from '../../mapping/mapping.ts'
import { itemsOf, readAddresses } from './addresses.ts'
import {
  choice,
  computed,
  creditHold,
  currencyCode,
  externalId,
  flag,
  instant,
  money,
  NO_SUBSIDIARIES,
  reference,
  symbolOf,
  text,
} from './codecs.ts'
import { contacts, delivery, itemPricing } from './customer-lists.ts'
import { customFields, namesUsedBy, vendorFields } from './extra-fields.ts'
import { isTrue, moneyOf, nameOf, textOf } from './values.ts'

type Aging = NonNullable<CustomerRecord['aging']>
type Currencies = NonNullable<CustomerRecord['currencies']>

/** Not in release 2026.1; other accounts show it. */
const whereShown = (name: string, what: string, kind: string) =>
  at(name, reference(kind), {
    column: null,
    shown: true,
    missing: `The customer record of NetSuite has no ${what}; transactions have one.`,
  })
const textAt = (record: VendorRecord, name: string): string => textOf(record[name]) ?? ''

/** What NetSuite displays: a person's first and last name, else the company's. */
export function displayName(record: VendorRecord): string | null {
  const person = [textAt(record, 'firstName'), textAt(record, 'lastName')].filter((part) => part !== '').join(' ')
  const company = textAt(record, 'companyName')
  // Which of the two it is matters only where there are both.
  const own = person === '' || company === '' || !isTrue(record['isPerson']) ? company || person : person
  return own || textAt(record, 'altName') || nameOf(record) || null
}

function readAging(record: VendorRecord, currency: string | null): Aging | null | undefined {
  const places = {
    current: 'aging',
    days1To30: 'aging1',
    days31To60: 'aging2',
    days61To90: 'aging3',
    over90: 'aging4',
  } as const
  if (!Object.values(places).some((place) => record[place] !== undefined)) return undefined
  const amount = (place: string) => moneyOf(record[place], currency)
  return Object.fromEntries(Object.entries(places).map(([field, place]) => [field, amount(place)])) as unknown as Aging
}

function readCurrencies(record: VendorRecord, { warn }: Context): Currencies | undefined {
  return itemsOf(record['currencyList'])?.flatMap((item) => {
    const currency = symbolOf(item['currency'])
    if (!currency) {
      warn?.('garbled', 'A currency of this customer cannot be read, and is left out.')
      return []
    }
    const amount = (name: string) => moneyOf(item[name], currency)
    return [
      {
        currency,
        balance: amount('balance'),
        overdueBalance: amount('overdueBalance'),
        unbilledOrders: amount('unbilledOrders'),
        depositBalance: amount('depositBalance'),
      },
    ]
  })
}

/** With every place that is known for a field, the surest first. */
export const customerRows: Mapping<CustomerRecord> = {
  number: at('entityId', text, { column: 'c.entityid' }),
  externalId: externalId('c.externalid'),
  type: at('isPerson', choice({ company: false, person: true }), { column: 'c.isperson' }),
  name: computed({
    title: 'companyName, or firstName and lastName',
    paths: ['companyName', 'altName'],
    column: "CASE WHEN c.isperson = 'T' THEN c.firstname || ' ' || c.lastname ELSE c.companyname END",
    sql: 'text',
    selected: false,
    // What the record shows as name of a company or a person (that it leaves out middle names is uncertain).
    word: 'altName',
    needs: ['type', 'companyName', 'firstName', 'lastName'],
    decode: displayName,
    // Written by the rules for names (naming.ts), which need several fields at once.
    encode: () => ({}),
  }),
  companyName: at('companyName', text, { column: 'c.companyname' }),
  firstName: at('firstName', text, { column: 'c.firstname' }),
  middleName: at('middleName', text, { column: 'c.middlename' }),
  lastName: at('lastName', text, { column: 'c.lastname' }),
  salutation: at('salutation', text, { column: 'c.salutation' }),
  status: at(['isInactive', 'inactive'], choice({ active: false, inactive: true }), { column: 'c.isinactive' }),
  stage: at('entityStatus', reference('customer-stages'), { column: 'c.entitystatus' }),
  onHold: at('creditHoldOverride', creditHold, {
    column: "CASE WHEN c.creditholdoverride = 'ON' THEN 'T' ELSE 'F' END",
  }),
  email: at('email', text, { column: 'c.email' }),
  altEmail: at('altEmail', text, { column: 'c.altemail' }),
  phone: at('phone', text, { column: 'c.phone' }),
  altPhone: at('altPhone', text, { column: 'c.altphone' }),
  mobile: at('mobilePhone', text, { column: 'c.mobilephone' }),
  fax: at('fax', text, { column: 'c.fax' }),
  website: at('url', text, { column: 'c.url' }),
  parent: at('parent', reference('customers'), { column: 'c.parent' }),
  // No column: an account without subsidiaries refuses any query that names one.
  entity: at('subsidiary', reference('entities'), { column: null, missing: NO_SUBSIDIARIES }),
  currency: at('currency', currencyCode, { column: 'c.currency' }),
  terms: at('terms', reference('terms'), { column: 'c.terms' }),
  category: at('category', reference('customer-categories'), { column: 'c.category' }),
  salesRep: at('salesRep', reference('sales-reps'), { column: 'c.salesrep' }),
  partner: at('partner', reference('partners'), { column: null }),
  territory: at('territory', reference('territories'), { column: 'c.territory' }),
  priceLevel: at('priceLevel', reference('price-levels'), { column: 'c.pricelevel' }),
  shippingMethod: at('shippingItem', reference('shipping-methods'), { column: 'c.shippingitem' }),
  department: whereShown('department', 'department', 'departments'),
  class: whereShown('class', 'class', 'classes'),
  location: whereShown('location', 'location', 'locations'),
  taxable: at('taxable', flag, { column: null }),
  tax: at('taxItem', reference('tax-codes'), { column: null }),
  taxId: at(['defaultTaxReg', 'vatRegNumber'], text, { column: null }),
  resaleNumber: at('resaleNumber', text, { column: 'c.resalenumber' }),
  creditLimit: at('creditLimit', money, { column: 'c.creditlimit' }),
  receivablesAccount: at('receivablesAccount', reference('accounts'), { column: 'c.receivablesaccount' }),
  billingSchedule: at('billingSchedule', reference('billing-schedules'), { column: null }),
  discountItem: whereShown('discountItem', 'discount item', 'discount-items'),
  contacts,
  emailTemplates: absent('NetSuite chooses e-mail templates by transaction form, not by customer.'),
  delivery,
  emailOptIn: absent(
    'NetSuite does not keep whether invoices may be e-mailed; vendorFields.globalSubscriptionStatus is about marketing mail.',
  ),
  restriction: absent('NetSuite restricts records by role, not by customer.'),
  comments: at('comments', text, { column: 'c.comments' }),
  customFields: customFields('custentity'),
  vendorFields: vendorFields(() => used, ['autoName']),
  addresses: computed({
    title: 'address book',
    paths: ['addressBook'],
    decode: (record, context) => {
      const lines = itemsOf(record['addressBook'])
      return lines && readAddresses(lines, context)
    },
    // Written by customer-operations.ts: a replacement needs to know which lines there are.
    encode: () => ({}),
  }),
  // SuiteQL has no column `balance`; these are the names public SuiteQL code uses.
  balance: readOnly('balance', money, { column: 'c.balancesearch' }),
  overdueBalance: readOnly('overdueBalance', money, { column: 'c.overduebalancesearch' }),
  aging: computed({
    title: 'aging buckets',
    paths: ['aging', 'aging1', 'aging2', 'aging3', 'aging4'],
    decode: (record, context) => readAging(record, context.currency),
  }),
  currencies: computed({ title: 'currency list', paths: ['currencyList'], decode: readCurrencies }),
  itemPricing,
  createdAt: readOnly('dateCreated', instant, { column: 'c.datecreated' }),
  updatedAt: readOnly('lastModifiedDate', instant, { column: 'c.lastmodifieddate' }),
}
const used = namesUsedBy(customerRows)

/** As release 2026.1 has them. */
export const customer = mappingOfAccount(customerRows, null)
