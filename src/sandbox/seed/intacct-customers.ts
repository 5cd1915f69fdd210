/** The Intacct sandbox's made-up customers, with their invoices, credit memos and payments. */
import type { Company, Fields } from '../intacct/company.ts'
import { times } from '../intacct/formats.ts'
import type { GeneratedCustomer, GeneratedDocument } from './generator.ts'
import { addContact, addReceivable, customerDetails, DOCUMENTS_FROM, LINES_FROM } from './intacct-records.ts'
import { RATES } from './intacct-references.ts'

/** RECORDNO of a made-up customer: this plus its index. */
export const CUSTOMERS_FROM = 1000

const COUNTRIES: Readonly<Record<string, string>> = { US: 'United States', DE: 'Germany', GB: 'United Kingdom' }

function idOf(index: number): string {
  return `C${String(index).padStart(5, '0')}`
}

export function seedCustomer(
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
