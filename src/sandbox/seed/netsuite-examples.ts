/** The NetSuite sandbox's fixed records: the documentation's customer 456, and a parent with one document of each other kind. */
import type { DocumentKind, NewCustomer, NewDocument } from '../books.ts'

export const EXAMPLES_CREATED = '2025-12-25T10:00:00.000Z'

const OFFICE = {
  ...{ addressee: 'Acme Corporation', addr1: '1 Main Street' },
  ...{ city: 'San Francisco', state: 'CA', zip: '94102', country: 'US' },
}
const COMPANY = { isPerson: false, category: '1', subsidiary: '1', entityStatus: '13' }

export const EXAMPLE_CUSTOMERS: readonly NewCustomer[] = [
  {
    id: '456',
    currency: 'USD',
    details: {
      ...{ ...COMPANY, entityId: 'ACME-001', companyName: 'Acme Corporation', externalId: 'acme' },
      ...{ email: 'contact@acmecorp.com', phone: '555-0100', terms: '2', salesRep: '123' },
      ...{ creditLimit: '50000', taxable: true, custentity_region: 'West' },
      addressBook: [addressLine('701', 'Main Office', OFFICE)],
      contactRoles: [
        {
          contact: '701',
          role: '-10',
          contactName: 'Accounts Payable Desk',
          email: 'ap@acmecorp.com',
          giveAccess: false,
        },
      ],
    },
  },
  {
    id: '457',
    currency: 'USD',
    details: {
      ...{ ...COMPANY, entityId: 'HARB-002', companyName: 'Harbour Supplies', terms: '1' },
      ...{ email: 'ap@harbour-supplies.example', currencyList: [{ currency: '4' }] },
    },
  },
  {
    id: '458',
    parentId: '457',
    currency: 'USD',
    details: {
      ...{ ...COMPANY, entityId: 'HARB-002W', companyName: 'Harbour Supplies West', terms: '1' },
      email: 'west@harbour-supplies.example',
    },
  },
]

type Row = readonly [
  id: string,
  kind: DocumentKind,
  number: string,
  customerId: string,
  currency: string,
  total: string,
  date: string,
  dueDate: string | null,
  more?: Readonly<Record<string, string>>,
]

const ROWS: readonly Row[] = [
  [
    '5001',
    'invoice',
    'INV-5001',
    '456',
    'USD',
    '1000.00',
    '2026-02-02',
    '2026-03-04',
    { terms: '2', otherRefNum: 'PO-77' },
  ],
  ['5002', 'invoice', 'INV-5002', '456', 'USD', '500.00', '2026-02-09', '2026-03-11', { terms: '2' }],
  ['5003', 'invoice', 'INV-5003', '456', 'USD', '250.00', '2026-02-16', '2026-03-18', { terms: '2' }],
  ['6001', 'credit-memo', 'CM-6001', '456', 'USD', '500.00', '2026-02-02', null, { memo: 'Returned goods' }],
  ['5101', 'invoice', 'INV-5101', '457', 'USD', '400.00', '2026-03-02', '2026-03-17'],
  ['5102', 'invoice', 'INV-5102', '457', 'EUR', '300.00', '2026-03-02', '2026-03-17'],
  ['5103', 'invoice', 'INV-5103', '458', 'USD', '120.00', '2026-03-02', '2026-03-17'],
  // On another A/R account: a payment on the usual one cannot pay it.
  ['5104', 'invoice', 'INV-5104', '457', 'USD', '90.00', '2026-03-02', '2026-03-17', { account: '120' }],
  ['6101', 'credit-memo', 'CM-6101', '457', 'EUR', '50.00', '2026-03-02', null],
  ['7001', 'deposit', 'DEP-7001', '457', 'USD', '150.00', '2026-03-02', null],
  ['8001', 'journal', 'JE-8001', '457', 'USD', '75.00', '2026-03-02', '2026-03-17'],
]

export const EXAMPLE_DOCUMENTS: readonly NewDocument[] = ROWS.map(
  ([id, kind, number, customerId, currency, total, date, dueDate, more]) => ({
    ...{ id, kind, number, customerId, currency, total, date, dueDate },
    details: { account: '119', subsidiary: '1', ...more },
  }),
)

/** A line of the address book as the record service keeps it: default for billing and shipping. */
export function addressLine(id: string, label: string, address: Readonly<Record<string, string>>) {
  const filled = Object.fromEntries(Object.entries(address).filter(([, value]) => value !== ''))
  const text = Object.values(filled).join('\n')
  return {
    ...{ id, internalId: id, addressId: id, label, defaultBilling: true, defaultShipping: true, isResidential: false },
    addressBookAddress: { ...filled, addrText: text },
    addressBookAddress_text: text,
  }
}
