/** The NetSuite sandbox's first day: the customers of the documentation's examples and the generated ones. */
import type { Books } from '../books.ts'
import { type GeneratedCustomer, type GeneratedDocument, generateCustomers } from './generator.ts'
import { addressLine, EXAMPLE_CUSTOMERS, EXAMPLE_DOCUMENTS, EXAMPLES_CREATED } from './netsuite-examples.ts'

const TERMS = { 15: '1', 30: '2', 60: '3' } as const
const METHODS = { cash: '1', check: '2', wire: '3' } as const
/** Ids of what is generated: customers above a thousand, their transactions above a hundred thousand. */
const FIRST_CUSTOMER = 1000
const FIRST_TRANSACTION = 100_000

export function seedNetSuite(books: Books, customers: number): void {
  for (const customer of EXAMPLE_CUSTOMERS) books.addCustomer({ ...customer, createdAt: EXAMPLES_CREATED })
  for (const document of EXAMPLE_DOCUMENTS) books.post({ ...document, createdAt: EXAMPLES_CREATED })
  for (const customer of generateCustomers(customers)) seedGenerated(books, customer)
  books.startSequence('entity', FIRST_CUSTOMER + customers + 1)
  books.startSequence('transaction', 10_001)
  books.startSequence('address', 9000)
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
