/** The customer table of SuiteQL: `balancesearch` and `overduebalancesearch` are what public queries use for money. */
import type { BookCustomer } from '../books.ts'
import { customerCurrency, customerMoney, familyOf } from './customer-money.ts'
import { CUSTOMER_DEFAULTS, customerValue } from './customers.ts'
import type { Line } from './fields.ts'
import { customerTitle } from './record-view.ts'
import type { ColumnType, Row } from './sql-columns.ts'
import type { NetSuiteState } from './state.ts'

/** Column names are the record's field names in lower case; these are stored or computed under the same name. */
const FIELDS: Readonly<Record<ColumnType, string>> = {
  integer:
    'id parent topLevelParent currency terms entityStatus category salesRep partner territory priceLevel ' +
    'receivablesAccount shippingItem billingSchedule',
  text:
    'entityId altName companyName firstName middleName lastName salutation email altEmail phone altPhone homePhone ' +
    'mobilePhone fax url comments externalId searchStage title accountNumber resaleNumber vatRegNumber ' +
    'printOnCheckAs creditHoldOverride emailPreference language defaultTaxReg custentity_region',
  number: 'creditLimit',
  date: 'startDate endDate dateCreated lastModifiedDate',
}
const BOOLEANS = ['isPerson', 'isInactive', 'emailTransactions', 'printTransactions', 'faxTransactions', 'taxable']
const MONEY = [
  'balancesearch',
  'overduebalancesearch',
  'consolbalancesearch',
  'consoloverduebalancesearch',
  'unbilledorderssearch',
]
const OTHER: Readonly<Record<string, ColumnType>> = {
  entitytitle: 'text',
  fullname: 'text',
  displaysymbol: 'text',
  oncredithold: 'text',
  daysoverduesearch: 'integer',
  // Not a column of the vendor's table: subsidiaries are in customersubsidiaryrelationship.
  subsidiary$id: 'integer',
  defaultbillingaddress: 'integer',
  defaultshippingaddress: 'integer',
}

export const CUSTOMER_COLUMNS: Readonly<Record<string, ColumnType>> = {
  ...Object.fromEntries(
    Object.entries(FIELDS).flatMap(([type, names]) =>
      names.split(' ').map((name) => [name.toLowerCase(), type as ColumnType]),
    ),
  ),
  ...Object.fromEntries(BOOLEANS.map((name) => [name.toLowerCase(), 'text' as const])),
  ...Object.fromEntries(MONEY.map((name) => [name, 'number' as const])),
  ...OTHER,
}

/** Asked of the record; all others are stored under their names. */
const COMPUTED = 'id altName parent topLevelParent currency searchStage dateCreated lastModifiedDate isInactive'.split(
  ' ',
)
const STORED = [...Object.values(FIELDS).flatMap((names) => names.split(' ')), ...BOOLEANS]
  .filter((name) => !COMPUTED.includes(name))
  .map((name) => [name, name.toLowerCase()] as const)

/**
 * Addresses have keys of their own in SuiteQL: public queries join `nkey` to `addressbookaddress` of the line, or to the default
 * addresses of the customer, and take a line's own id from `internalid`.
 */
export const addressKey = (line: Line | undefined): number | undefined =>
  line === undefined ? undefined : 500_000 + Number(line['id'])

export function customerRow(state: NetSuiteState, customer: BookCustomer): Row {
  const { id, details } = customer
  const row: Record<string, unknown> = {}
  for (const name of COMPUTED) row[name.toLowerCase()] = customerValue(state, id, name)
  for (const [name, column] of STORED) row[column] = details[name] ?? CUSTOMER_DEFAULTS[name]
  for (const name of BOOLEANS) row[name.toLowerCase()] = row[name.toLowerCase()] === true ? 'T' : 'F'
  const currency = customerCurrency(customer)
  const family = familyOf(state, id)
  const own = customerMoney(state, [id], currency)
  const all = family.length === 1 ? own : customerMoney(state, family, currency)
  const addresses = (details['addressBook'] ?? []) as readonly Line[]
  return Object.assign(row, {
    ...{ balancesearch: own.balance, overduebalancesearch: own.overdueBalance, unbilledorderssearch: '0' },
    ...{ consolbalancesearch: all.balance, consoloverduebalancesearch: all.overdueBalance },
    ...(own.daysOverdue > 0 && { daysoverduesearch: own.daysOverdue }),
    ...{ entitytitle: customerTitle(state, id), fullname: customerTitle(state, id) },
    subsidiary$id: details['subsidiary'],
    oncredithold: details['creditHoldOverride'] === 'ON' ? 'T' : 'F',
    defaultbillingaddress: addressKey(addresses.find((line) => line['defaultBilling'] === true)),
    defaultshippingaddress: addressKey(addresses.find((line) => line['defaultShipping'] === true)),
  })
}
