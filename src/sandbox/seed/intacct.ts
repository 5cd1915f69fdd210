/** The Intacct sandbox's company at its start: ACME and EUROPA with open items, small tables, and made-up customers. */
import type { Company, Fields } from '../intacct/company.ts'
import { type GeneratedCustomer, generateCustomers } from './generator.ts'
import { CUSTOMERS_FROM, seedCustomer } from './intacct-customers.ts'
import { addContact, addReceivable, customerDetails, DOCUMENTS_FROM, LINES_FROM } from './intacct-records.ts'
import { intacctReferences } from './intacct-references.ts'

export function seedIntacct(company: Company, customers: number): void {
  for (const [name, rows] of intacctReferences()) company.reference.set(name, rows)
  seedAcme(company)
  seedEuropa(company)
  const generated = generateCustomers(customers)
  const names = new Map<number, GeneratedCustomer>(generated.map((customer) => [customer.index, customer]))
  for (const customer of generated) seedCustomer(company, customer, names)
  const documents = generated.reduce((count, customer) => count + customer.documents.length, 0)
  const { books } = company
  books.startSequence('intacct-customer', CUSTOMERS_FROM + customers + 1)
  books.startSequence('intacct-contact', CUSTOMERS_FROM + customers + 1)
  books.startSequence('intacct-customer-id', customers + 1)
  books.startSequence('intacct-record', DOCUMENTS_FROM + documents + 1)
  books.startSequence('intacct-line', LINES_FROM + documents + 1)
  books.startSequence('intacct-email-template', 200)
}

function seedAcme(company: Company): void {
  const createdAt = '2026-01-05T10:00:00.000Z'
  const updatedAt = '2026-01-30T17:05:09.000Z'
  addContact(company, '33', createdAt, {
    ...{ CONTACTNAME: 'Acme Corporation(CACME)', PRINTAS: 'Acme Corporation', COMPANYNAME: 'Acme Corporation' },
    ...{ EMAIL1: 'ap@acme.example', PHONE1: '555-0100', URL1: 'https://acme.example' },
    ...{ 'MAILADDRESS.ADDRESS1': '1 Main St', 'MAILADDRESS.CITY': 'Austin', 'MAILADDRESS.STATE': 'TX' },
    ...{ 'MAILADDRESS.ZIP': '78701', 'MAILADDRESS.COUNTRY': 'United States', 'MAILADDRESS.COUNTRYCODE': 'US' },
  })
  company.books.addCustomer({
    id: 'ACME',
    currency: 'USD',
    createdAt,
    updatedAt,
    details: customerDetails('33', 'Acme Corporation', 'Acme Corporation(CACME)', {
      TERMNAME: 'Net 30',
      CREDITLIMIT: '5000',
      CUSTTYPE: 'SaaS',
    }),
  })
  const bill = { CUSTOMERID: 'ACME', createdAt }
  addReceivable(company, {
    ...bill,
    id: '101',
    number: 'INV-0101',
    total: '100',
    date: '2026-01-01',
    due: '2026-01-31',
  })
  addReceivable(company, {
    ...{ ...bill, id: '102', number: 'INV-0102', total: '125.5', date: '2026-01-05', due: '2026-02-04' },
    lines: [
      { RECORDNO: '204', TRX_AMOUNT: '25.5' },
      { RECORDNO: '205', TRX_AMOUNT: '100' },
    ],
  })
  addReceivable(company, {
    ...bill,
    id: '305',
    number: 'CM-0305',
    total: '20',
    date: '2026-01-12',
    kind: 'credit-memo',
  })
  company.emailTemplates.put('170', templateOf('170', 'ARInvEmailTemplate', createdAt))
}

/** A second fixed customer, in euro, with the rarer kinds of open items. */
function seedEuropa(company: Company): void {
  const createdAt = '2026-01-06T10:00:00.000Z'
  addContact(company, '34', createdAt, {
    ...{ CONTACTNAME: 'Europa Handel(CEUROPA)', PRINTAS: 'Europa Handel', COMPANYNAME: 'Europa Handel' },
    ...{ EMAIL1: 'konto@europa.example', 'MAILADDRESS.CITY': 'Leipzig' },
    ...{ 'MAILADDRESS.COUNTRY': 'Germany', 'MAILADDRESS.COUNTRYCODE': 'DE' },
  })
  company.books.addCustomer({
    id: 'EUROPA',
    currency: 'EUR',
    createdAt,
    details: customerDetails('34', 'Europa Handel', 'Europa Handel(CEUROPA)', { TERMNAME: 'Net 30' }),
  })
  const bill = { CUSTOMERID: 'EUROPA', createdAt, currency: 'EUR' }
  addReceivable(company, {
    ...bill,
    id: '104',
    number: 'INV-0104',
    total: '200',
    date: '2026-01-10',
    due: '2026-02-09',
  })
  addReceivable(company, {
    ...{
      ...bill,
      id: '106',
      number: 'INV-0106',
      total: '30',
      date: '2026-01-11',
      kind: 'credit-memo',
      object: 'ARINVOICE',
    },
  })
  addReceivable(company, {
    ...{
      ...bill,
      id: '412',
      number: 'DM-0412',
      total: '40',
      date: '2026-01-15',
      due: '2026-02-14',
      kind: 'debit-memo',
    },
  })
}

function templateOf(recordNumber: string, name: string, createdAt: string): Fields {
  const at = `${createdAt.slice(0, 19)}Z`
  return {
    ...{
      RECORDNO: recordNumber,
      CUSTOMERID: 'ACME',
      CUSTOMERKEY: '33',
      EMAILTEMPLATENAME: name,
      EMAILTEMPLATEKEY: '1',
    },
    ...{ DOCPARID: '', WHENCREATED: at, WHENMODIFIED: at, CREATEDBY: '1', MODIFIEDBY: '1' },
  }
}
