/** The NetSuite sandbox's first day: the customers of the documentation's examples and the generated ones. */
import type { Books } from '../books.ts'
import { type GeneratedCustomer, type GeneratedDocument, generateCustomers } from './generator.ts'

const TERMS = { 15: '1', 30: '2', 60: '3' } as const
const METHODS = { cash: '1', check: '2', wire: '3' } as const
const CREATED = '2025-12-25T10:00:00.000Z'
/** Ids of what is generated: customers above a thousand, their transactions above a hundred thousand. */
const FIRST_CUSTOMER = 1000
const FIRST_TRANSACTION = 100_000

export function seedNetSuite(books: Books, customers: number): void {
  seedAcme(books)
  seedHarbour(books)
  for (const customer of generateCustomers(customers)) seedGenerated(books, customer)
  books.startSequence('entity', FIRST_CUSTOMER + customers + 1)
  books.startSequence('transaction', 10_001)
  books.startSequence('address', 9000)
}

/** Customer 456 with three open invoices and a credit memo. */
function seedAcme(books: Books): void {
  const address = {
    addressee: 'Acme Corporation',
    addr1: '1 Main Street',
    city: 'San Francisco',
    state: 'CA',
    zip: '94102',
    country: 'US',
  }
  books.addCustomer({
    id: '456',
    currency: 'USD',
    details: {
      ...{ entityId: 'ACME-001', companyName: 'Acme Corporation', isPerson: false, externalId: 'acme' },
      ...{ email: 'contact@acmecorp.com', phone: '555-0100', terms: '2', salesRep: '123', category: '1' },
      ...{ subsidiary: '1', entityStatus: '13', creditLimit: '50000', taxable: true, custentity_region: 'West' },
      addressBook: [addressLine('701', 'Main Office', address)],
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
    createdAt: CREATED,
  })
  const acme = { customerId: '456', currency: 'USD', date: '2026-02-02', dueDate: '2026-03-04', createdAt: CREATED }
  const details = { account: '119', terms: '2', subsidiary: '1' }
  books.post({
    ...acme,
    id: '5001',
    kind: 'invoice',
    number: 'INV-5001',
    total: '1000.00',
    details: { ...details, otherRefNum: 'PO-77' },
  })
  books.post({
    ...acme,
    id: '5002',
    kind: 'invoice',
    number: 'INV-5002',
    total: '500.00',
    date: '2026-02-09',
    dueDate: '2026-03-11',
    details,
  })
  books.post({
    ...acme,
    id: '5003',
    kind: 'invoice',
    number: 'INV-5003',
    total: '250.00',
    date: '2026-02-16',
    dueDate: '2026-03-18',
    details,
  })
  books.post({
    ...acme,
    id: '6001',
    kind: 'credit-memo',
    number: 'CM-6001',
    total: '500.00',
    dueDate: null,
    details: { account: '119', subsidiary: '1', memo: 'Returned goods' },
  })
}

/** A parent with a sub-customer, two currencies, and one document of each other kind. */
function seedHarbour(books: Books): void {
  const common = { isPerson: false, terms: '1', category: '1', subsidiary: '1', entityStatus: '13' }
  books.addCustomer({
    id: '457',
    currency: 'USD',
    details: {
      ...common,
      entityId: 'HARB-002',
      companyName: 'Harbour Supplies',
      email: 'ap@harbour-supplies.example',
      currencyList: [{ currency: '4' }],
    },
    createdAt: CREATED,
  })
  books.addCustomer({
    id: '458',
    parentId: '457',
    currency: 'USD',
    details: {
      ...common,
      entityId: 'HARB-002W',
      companyName: 'Harbour Supplies West',
      email: 'west@harbour-supplies.example',
    },
    createdAt: CREATED,
  })
  const document = { customerId: '457', currency: 'USD', date: '2026-03-02', dueDate: '2026-03-17', createdAt: CREATED }
  const details = { account: '119', subsidiary: '1' }
  books.post({ ...document, id: '5101', kind: 'invoice', number: 'INV-5101', total: '400.00', details })
  books.post({
    ...document,
    id: '5102',
    kind: 'invoice',
    number: 'INV-5102',
    total: '300.00',
    currency: 'EUR',
    details,
  })
  books.post({
    ...document,
    id: '5103',
    kind: 'invoice',
    number: 'INV-5103',
    total: '120.00',
    customerId: '458',
    details,
  })
  books.post({
    ...document,
    id: '5104',
    kind: 'invoice',
    number: 'INV-5104',
    total: '90.00',
    details: { ...details, account: '120' },
  })
  books.post({
    ...document,
    id: '6101',
    kind: 'credit-memo',
    number: 'CM-6101',
    total: '50.00',
    currency: 'EUR',
    dueDate: null,
    details,
  })
  books.post({ ...document, id: '7001', kind: 'deposit', number: 'DEP-7001', total: '150.00', dueDate: null, details })
  books.post({ ...document, id: '8001', kind: 'journal', number: 'JE-8001', total: '75.00', details })
}

function seedGenerated(books: Books, customer: GeneratedCustomer): void {
  const { address, parentIndex } = customer
  const id = String(FIRST_CUSTOMER + customer.index)
  const isPerson = customer.type === 'person'
  const names = isPerson
    ? { firstName: customer.firstName, lastName: customer.lastName }
    : { companyName: customer.name }
  const place = {
    addressee: customer.name,
    addr1: address.line1,
    city: address.city,
    state: address.region,
    zip: address.postalCode,
    country: address.country,
  }
  books.addCustomer({
    id,
    parentId: parentIndex === null ? null : String(FIRST_CUSTOMER + parentIndex),
    currency: customer.currency,
    active: customer.active,
    details: {
      ...{ entityId: `CUST${id}`, isPerson, ...names, email: customer.email, phone: customer.phone },
      ...{ terms: TERMS[customer.termsDays], category: isPerson ? '2' : '1', subsidiary: '1', entityStatus: '13' },
      ...(customer.creditLimit !== null && { creditLimit: customer.creditLimit }),
      addressBook: [addressLine(String(20_000 + customer.index), 'Office', place)],
    },
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
  })
  for (const document of customer.documents) postGenerated(books, id, customer, document)
}

function addressLine(id: string, label: string, address: Readonly<Record<string, string>>) {
  const filled = Object.fromEntries(Object.entries(address).filter(([, value]) => value !== ''))
  const text = Object.values(filled).join('\n')
  return {
    ...{ id, internalId: id, addressId: id, label, defaultBilling: true, defaultShipping: true, isResidential: false },
    addressBookAddress: { ...filled, addrText: text },
    addressBookAddress_text: text,
  }
}

const PREFIXES = { invoice: 'INV', 'credit-memo': 'CM', payment: 'PMT' } as const

function postGenerated(
  books: Books,
  customerId: string,
  customer: GeneratedCustomer,
  document: GeneratedDocument,
): void {
  const id = String(FIRST_TRANSACTION + document.index)
  const isPayment = document.kind === 'payment'
  const stamp = `${document.date}T12:00:00.000Z`
  books.post({
    ...{ id, kind: document.kind, number: `${PREFIXES[document.kind]}-${id}`, customerId },
    ...{ date: document.date, dueDate: document.dueDate, currency: customer.currency, total: document.total },
    details: {
      subsidiary: '1',
      ...(document.memo !== '' && { memo: document.memo }),
      ...(document.kind === 'invoice' && { terms: TERMS[customer.termsDays] }),
      ...(isPayment ? { arAcct: '119', account: '10', undepFunds: 'F' } : { account: '119' }),
      ...(document.method && { paymentOption: METHODS[document.method] }),
      ...(document.method === 'check' && { checkNumber: String(1000 + document.index) }),
    },
    createdAt: stamp,
    updatedAt: stamp,
  })
  for (const { invoice, amount } of document.applications) {
    const invoiceId = String(FIRST_TRANSACTION + invoice)
    books.settle({ source: id, creditId: id, invoiceId, amount, date: document.date })
  }
}
