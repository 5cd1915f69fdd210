/** The Intacct sandbox's company at its start: ACME and EUROPA with open items, small tables, and made-up customers. */
import type { Company, Fields } from '../intacct/company.ts'
import { times } from '../intacct/formats.ts'
import { type GeneratedCustomer, type GeneratedDocument, generateCustomers } from './generator.ts'
import { intacctReferences, RATES } from './intacct-references.ts'

/** RECORDNO of a made-up document: this plus its index. */
const DOCUMENTS_FROM = 10_000
const CUSTOMERS_FROM = 1000
const LINES_FROM = 1_000_000

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

function customerDetails(recordNumber: string, name: string, contact: string, more: Fields): Fields {
  return {
    RECORDNO: recordNumber,
    NAME: name,
    'DISPLAYCONTACT.CONTACTNAME': contact,
    ONETIME: 'false',
    ONHOLD: 'false',
    HIDEDISPLAYCONTACT: 'false',
    OBJECTRESTRICTION: 'Unrestricted',
    ...more,
  }
}

function addContact(company: Company, recordNumber: string, createdAt: string, fields: Fields): void {
  const at = `${createdAt.slice(0, 19)}Z`
  company.contacts.put(fields['CONTACTNAME']!, {
    ...{ TAXABLE: 'true', VISIBLE: 'true', STATUS: 'active' },
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
    ...{ RECORDNO: recordNumber, WHENCREATED: at, WHENMODIFIED: at },
  })
}

interface Receivable {
  readonly id: string
  readonly number: string
  readonly CUSTOMERID: string
  readonly total: string
  readonly date: string
  readonly due?: string | null
  readonly kind?: 'invoice' | 'debit-memo' | 'credit-memo'
  readonly currency?: string
  readonly createdAt: string
  readonly memo?: string
  /** A credit that is an invoice with a negative total. */
  readonly object?: 'ARINVOICE'
  /** One line with the whole amount when absent. */
  readonly lines?: readonly Fields[]
}

function addReceivable(company: Company, receivable: Receivable): void {
  const { id, total, currency = 'USD', kind = 'invoice' } = receivable
  const lines = receivable.lines ?? [{ RECORDNO: String(LINES_FROM + Number(id) - DOCUMENTS_FROM), TRX_AMOUNT: total }]
  company.books.post({
    id,
    kind,
    number: receivable.number,
    customerId: receivable.CUSTOMERID,
    date: receivable.date,
    dueDate: receivable.due ?? null,
    currency,
    total,
    createdAt: receivable.createdAt,
    details: {
      DESCRIPTION: receivable.memo ?? '',
      MODULEKEY: '4.AR',
      ...(receivable.object && { object: receivable.object }),
      EXCHANGE_RATE: RATES[currency] ?? '1',
      lines: lines.map((line, index) => ({
        LINE_NO: String(index + 1),
        ACCOUNTNO: '4000',
        LOCATIONID: '100',
        ...line,
      })),
    },
  })
}

const COUNTRIES: Readonly<Record<string, string>> = { US: 'United States', DE: 'Germany', GB: 'United Kingdom' }

function idOf(index: number): string {
  return `C${String(index).padStart(5, '0')}`
}

function seedCustomer(
  company: Company,
  customer: GeneratedCustomer,
  all: ReadonlyMap<number, GeneratedCustomer>,
): void {
  const id = idOf(customer.index)
  const recordNumber = String(CUSTOMERS_FROM + customer.index)
  const contact = `${customer.name}(C${id})`
  const person = customer.type === 'person'
  const { address } = customer
  addContact(company, recordNumber, customer.createdAt, {
    ...{ CONTACTNAME: contact, PRINTAS: customer.name, COMPANYNAME: person ? '' : customer.name },
    ...{ FIRSTNAME: person ? customer.firstName : '', LASTNAME: person ? customer.lastName : '' },
    ...{ EMAIL1: customer.email, PHONE1: customer.phone, 'MAILADDRESS.ADDRESS1': address.line1 },
    ...{ 'MAILADDRESS.CITY': address.city, 'MAILADDRESS.STATE': address.region, 'MAILADDRESS.ZIP': address.postalCode },
    ...{ 'MAILADDRESS.COUNTRY': COUNTRIES[address.country] ?? '', 'MAILADDRESS.COUNTRYCODE': address.country },
  })
  const limit: Fields = customer.creditLimit === null ? {} : { CREDITLIMIT: customer.creditLimit }
  company.books.addCustomer({
    id,
    parentId: customer.parentIndex === null || !all.has(customer.parentIndex) ? null : idOf(customer.parentIndex),
    currency: customer.currency,
    active: customer.active,
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
    details: customerDetails(recordNumber, customer.name, contact, { TERMNAME: `Net ${customer.termsDays}`, ...limit }),
  })
  for (const document of customer.documents) {
    if (document.kind === 'payment') addPayment(company, customer, document)
    else addDocument(company, customer, document)
  }
}

function addDocument(company: Company, customer: GeneratedCustomer, document: GeneratedDocument): void {
  const prefix = document.kind === 'invoice' ? 'INV' : 'CM'
  addReceivable(company, {
    id: String(DOCUMENTS_FROM + document.index),
    number: `${prefix}-${String(document.index).padStart(6, '0')}`,
    CUSTOMERID: idOf(customer.index),
    total: document.total,
    date: document.date,
    due: document.dueDate,
    kind: document.kind === 'invoice' ? 'invoice' : 'credit-memo',
    currency: customer.currency,
    createdAt: `${document.date}T12:00:00.000Z`,
    memo: document.memo,
  })
}

const METHODS = { check: 'Printed Check', cash: 'Cash', wire: 'EFT' } as const

/** A rest that no invoice takes stays as an overpayment. Every fourth one is reconciled with the bank. */
function addPayment(company: Company, customer: GeneratedCustomer, document: GeneratedDocument): void {
  const { books } = company
  const id = String(DOCUMENTS_FROM + document.index)
  const rate = RATES[customer.currency] ?? '1'
  const at = `${document.date}T12:00:00.000Z`
  books.post({
    id,
    kind: 'payment',
    number: `PYMT-${id}`,
    customerId: idOf(customer.index),
    date: document.date,
    currency: customer.currency,
    total: document.total,
    createdAt: at,
    details: {
      ...{
        FINANCIALENTITY: 'BOA',
        PAYMENTMETHOD: METHODS[document.method ?? 'check'],
        DOCNUMBER: `REF-${document.index}`,
      },
      ...{ DESCRIPTION: document.memo, EXCHANGE_RATE: rate, WHENPAID: document.date, MEGAENTITYID: '' },
      ...{ CLEARED: document.index % 4 === 0 ? 'T' : 'F', CLRDATE: document.index % 4 === 0 ? document.date : '' },
    },
  })
  const lines = document.applications.map(({ invoice, amount }) => {
    const invoiceId = String(DOCUMENTS_FROM + invoice)
    const settlement = books.settle({ source: id, creditId: id, invoiceId, amount, date: document.date })
    return {
      ...{ RECORDNO: String(LINES_FROM + document.index), RECORDKEY: invoiceId, settlement: settlement.id },
      ...{ TRX_PAYMENTAMOUNT: amount, PAYMENTAMOUNT: times(amount, rate), PAYMENTDATE: document.date },
    }
  })
  books.updateDocument(id, { details: { lines } })
}
