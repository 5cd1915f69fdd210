/** The short lists of the NetSuite sandbox's account: terms, currencies, accounts and what else records refer to. */

export interface ListEntry {
  readonly id: string
  readonly name: string
  readonly inactive?: boolean
  /** Further columns, by their SuiteQL names. */
  readonly more?: Readonly<Record<string, string | number>>
}

/** By record type. Currency names are the account's own words ("USA"); the ISO code is their `symbol`. */
export const NETSUITE_LISTS: Readonly<Record<string, readonly ListEntry[]>> = {
  subsidiary: [{ id: '1', name: 'Parent Company', more: { currency: 1, country: 'US' } }],
  currency: [
    { id: '1', name: 'USA', more: { symbol: 'USD', exchangerate: 1, isbasecurrency: 'T', displaysymbol: '$' } },
    {
      id: '2',
      name: 'British Pound',
      more: { symbol: 'GBP', exchangerate: 1.25, isbasecurrency: 'F', displaysymbol: '£' },
    },
    { id: '4', name: 'Euro', more: { symbol: 'EUR', exchangerate: 1.1, isbasecurrency: 'F', displaysymbol: '€' } },
  ],
  term: [
    { id: '1', name: 'Net 15', more: { daysuntilnetdue: 15 } },
    { id: '2', name: 'Net 30', more: { daysuntilnetdue: 30 } },
    { id: '3', name: 'Net 60', more: { daysuntilnetdue: 60 } },
    { id: '4', name: 'Due on receipt', more: { daysuntilnetdue: 0 } },
    { id: '9', name: 'Net 7 (old)', inactive: true, more: { daysuntilnetdue: 7 } },
  ],
  account: [
    { id: '10', name: 'Operating Bank', more: { acctnumber: '1000', accttype: 'Bank' } },
    { id: '11', name: 'Euro Bank', more: { acctnumber: '1010', accttype: 'Bank' } },
    { id: '54', name: 'Sales', more: { acctnumber: '4000', accttype: 'Income' } },
    { id: '119', name: 'Accounts Receivable', more: { acctnumber: '1100', accttype: 'AcctRec' } },
    { id: '120', name: 'Accounts Receivable - Projects', more: { acctnumber: '1110', accttype: 'AcctRec' } },
    { id: '122', name: 'Undeposited Funds', more: { acctnumber: '1499', accttype: 'OthCurrAsset' } },
  ],
  paymentMethod: [
    { id: '1', name: 'Cash' },
    { id: '2', name: 'Check' },
    { id: '3', name: 'Wire Transfer' },
    { id: '5', name: 'VISA' },
    { id: '8', name: 'ACH' },
  ],
  customerCategory: [
    { id: '1', name: 'Corporate' },
    { id: '2', name: 'Individual' },
    { id: '3', name: 'Reseller' },
  ],
  customerStatus: [
    { id: '6', name: 'LEAD-Unqualified' },
    { id: '8', name: 'PROSPECT-In Discussion' },
    { id: '13', name: 'CUSTOMER-Closed Won' },
    { id: '16', name: 'CUSTOMER-Lost Customer' },
  ],
  employee: [
    { id: '123', name: 'Sales Desk', more: { issalesrep: 'T' } },
    { id: '124', name: 'Sales Desk West', more: { issalesrep: 'T' } },
  ],
  partner: [{ id: '301', name: 'Referral Partner' }],
  territory: [
    { id: '1', name: 'North' },
    { id: '2', name: 'South' },
  ],
  priceLevel: [
    { id: '1', name: 'Base Price' },
    { id: '2', name: 'Alternate Price 1' },
  ],
  department: [
    { id: '1', name: 'Sales' },
    { id: '2', name: 'Service' },
  ],
  classification: [
    { id: '1', name: 'Hardware' },
    { id: '2', name: 'Services' },
  ],
  location: [
    { id: '1', name: 'Head Office' },
    { id: '2', name: 'Warehouse' },
  ],
  shipItem: [{ id: '92', name: 'Ground' }],
  billingSchedule: [{ id: '1', name: 'Monthly' }],
  taxItem: [{ id: '-7', name: '-Not Taxable-' }],
  item: [
    { id: '201', name: 'Consulting', more: { itemtype: 'Service' } },
    { id: '202', name: 'Support', more: { itemtype: 'Service' } },
    { id: '203', name: 'Early payment', more: { itemtype: 'Discount' } },
  ],
  contactRole: [{ id: '-10', name: 'Primary Contact' }],
  contact: [{ id: '701', name: 'Accounts Payable Desk' }],
}
