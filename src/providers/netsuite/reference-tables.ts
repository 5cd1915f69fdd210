/** Where SuiteQL keeps the short lists of an account (tables and columns as public SuiteQL code uses them). */
import type { ReferenceKind } from '../../../schemas/reference-data.ts'

export interface NameTable {
  readonly table: string
  readonly id: string
  /** Columns that hold a name, the surest first; the others are tried where the account has them. */
  readonly names: readonly [string, ...string[]]
  /** What people read, where it is not the first name; a column or an expression of them. */
  readonly shown?: string
  /** The column of a short sign beside the id. */
  readonly code?: string
  /** The column that is `T` for what is no longer offered; `isinactive` mostly. */
  readonly inactive?: string
  /** Which rows are meant. */
  readonly where?: string
}
const byName = (table: string, ...names: [string, ...string[]]): NameTable => ({ table, id: 'id', names })

const ACCOUNTS: NameTable = {
  ...byName('account', 'acctnumber', 'fullname', 'accountsearchdisplayname'),
  shown: 'fullname',
  code: 'acctnumber',
}
const ITEMS: NameTable = { ...byName('item', 'itemid', 'fullname'), shown: 'fullname', code: 'itemid' }

/** By kind; `customers` are looked up by name too, and are no list. */
export const TABLES: Readonly<Partial<Record<ReferenceKind | 'customers', NameTable>>> = {
  accounts: ACCOUNTS,
  'bank-accounts': { ...ACCOUNTS, where: "accttype = 'Bank'" },
  // Nothing that SuiteQL shows marks them: an account that renamed its Undeposited Funds has none here.
  'undeposited-accounts': { ...ACCOUNTS, where: "LOWER(fullname) LIKE '%undeposited%'" },
  'billing-schedules': byName('billingschedule', 'name'),
  classes: { ...byName('classification', 'name', 'fullname'), shown: 'fullname' },
  'contact-roles': byName('contactrole', 'name'),
  // `name` may be a country ("USA"); `symbol` is the ISO code.
  currencies: { ...byName('currency', 'symbol', 'name'), shown: 'name', code: 'symbol' },
  'customer-categories': byName('customercategory', 'name'),
  'customer-stages': {
    table: 'entitystatus',
    id: 'key',
    names: ['name'],
    // As records show it: CUSTOMER-Closed Won.
    shown: "entitytype || '-' || name",
    inactive: 'inactive',
  },
  customers: byName('customer', 'entityid', 'companyname', 'altname'),
  departments: { ...byName('department', 'name', 'fullname'), shown: 'fullname' },
  'discount-items': { ...ITEMS, where: "itemtype = 'Discount'" },
  entities: { ...byName('subsidiary', 'name', 'fullname'), shown: 'name' },
  items: ITEMS,
  locations: { ...byName('location', 'name', 'fullname'), shown: 'fullname' },
  partners: byName('partner', 'entityid', 'companyname'),
  'payment-methods': byName('paymentmethod', 'name'),
  'price-levels': byName('pricelevel', 'name'),
  'sales-reps': { ...byName('employee', 'entityid', 'firstname', 'lastname'), where: "issalesrep = 'T'" },
  'shipping-methods': byName('shipitem', 'itemid'),
  'tax-codes': byName('salestaxitem', 'itemid'),
  terms: byName('term', 'name'),
  territories: byName('salesterritory', 'name'),
}
