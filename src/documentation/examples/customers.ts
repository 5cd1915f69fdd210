/** Examples of the customer operations. */
import type { CreditCheck } from '../../../schemas/credit-check.ts'
import type { AddressWrite, Customer, CustomerCreate, CustomerPatch } from '../../../schemas/customer.ts'
import type { EmailTemplate, EmailTemplateSet } from '../../../schemas/email-template.ts'
import type { OpenItemList } from '../../../schemas/open-item.ts'
import { example, type OperationExamples, page } from './example.ts'
import { ACME, ACME_LISTED, ACME_OF_INTACCT, ACME_OF_INTACCT_LISTED, LATER_OPERATION, MAIN_OFFICE } from './records.ts'

const newCompany = (connection: string) =>
  ({
    connection,
    name: 'Juniper Paper',
    email: 'accounts@juniper-paper.example',
    phone: '555-0142',
    currency: 'USD',
    terms: { name: 'Net 30' },
    creditLimit: '25000.00',
    addresses: [
      {
        isDefaultBilling: true,
        isDefaultShipping: true,
        line1: '88 Mill Lane',
        city: 'Austin',
        region: 'TX',
        postalCode: '78701',
        country: 'US',
      },
    ],
  }) satisfies CustomerCreate
const newPerson: CustomerCreate = {
  connection: 'netsuite',
  firstName: 'Ines',
  lastName: 'Holm',
  email: 'ines.holm@customer.example',
  phone: '555-0143',
}

const { connection, addresses, ...given } = newCompany('netsuite')
const created: Customer = {
  object: 'customer',
  id: 'cus_netsuite_1251',
  connection,
  provider: 'netsuite',
  nativeId: '1251',
  number: 'CUST1251',
  type: 'company',
  companyName: 'Juniper Paper',
  status: 'active',
  ...given,
  terms: { id: '2', name: 'Net 30' },
  addresses: addresses.map((address) => ({ id: '9000', ...address })),
  balance: '0.00',
  createdAt: '2026-03-31T09:30:00Z',
  updatedAt: '2026-03-31T09:30:00Z',
}

const invoice = (number: number, date: string, dueDate: string, amount: string) => ({
  ...{
    id: `inv_netsuite_${number}`,
    kind: 'invoice' as const,
    number: `INV-${number}`,
    date,
    dueDate,
    currency: 'USD',
  },
  ...{ amount, openAmount: amount, daysOverdue: 27, discount: null, paymentId: null },
})
const totals = { openInvoices: '1750.00', openCredits: '500.00', net: '1250.00' }
const openItems: OpenItemList = {
  object: 'list',
  customer: { id: 'cus_netsuite_456', number: 'ACME-001', name: 'Acme Corporation' },
  currency: 'USD',
  data: [
    invoice(5001, '2026-02-02', '2026-03-04', '1000.00'),
    invoice(5002, '2026-02-09', '2026-03-11', '500.00'),
    invoice(5003, '2026-02-16', '2026-03-18', '250.00'),
    {
      ...{ id: 'crd_netsuite_memo-6001', kind: 'memo', number: 'CM-6001', date: '2026-02-02', dueDate: null },
      ...{
        currency: 'USD',
        amount: '500.00',
        openAmount: '500.00',
        daysOverdue: null,
        discount: null,
        paymentId: null,
      },
    },
  ],
  totals,
  totalsByCurrency: [{ currency: 'USD', ...totals }],
}

const creditCheck: CreditCheck = {
  ...{
    currency: 'USD',
    creditLimit: '50000.00',
    openInvoices: '1750.00',
    openCredits: '500.00',
    available: '48750.00',
  },
  ...{ onHold: false, approved: true, reason: '1500.00 USD fits into the 48750.00 USD that are available.' },
}

const changes: CustomerPatch = { phone: '555-0199', creditLimit: '75000.00', terms: { name: 'Net 60' } }
const warehouse: AddressWrite = {
  ...{ label: 'Warehouse', isDefaultShipping: true, line1: '12 Hill Road', city: 'Austin', region: 'TX' },
  ...{ postalCode: '78702', country: 'US' },
}
const later = (operation: string) => ({
  unknown: example('The ERP has not answered yet', { ...LATER_OPERATION, operation }),
})

const writes: Readonly<Record<string, OperationExamples>> = {
  createCustomer: {
    request: {
      netsuite: example('A company in NetSuite', newCompany('netsuite')),
      intacct: example('The same company in Intacct', newCompany('intacct')),
      person: example('A person', newPerson),
      smallest: example<CustomerCreate>('The smallest one', { connection: 'intacct', name: 'Juniper Paper' }),
    },
    answers: { 201: { netsuite: example('The customer as NetSuite has it', created) }, 202: later('createCustomer') },
  },
  updateCustomer: {
    request: {
      terms: example('Another phone, limit and terms', changes),
      clear: example<CustomerPatch>('Clear a field', { comments: null }),
      deactivate: example<CustomerPatch>('No longer in use', { status: 'inactive' }),
    },
    answers: {
      200: {
        netsuite: example<Customer>('The customer as it is now', {
          ...ACME,
          phone: '555-0199',
          creditLimit: '75000.00',
          terms: { id: '3', name: 'Net 60' },
        }),
      },
      202: later('updateCustomer'),
    },
  },
  deleteCustomer: {
    answers: { 202: later('deleteCustomer') },
    problems: { conflict: { detail: 'The customer has transactions; set its status to inactive.' } },
  },
  createAddress: {
    request: { shipping: example('A second place', warehouse) },
    answers: {
      201: {
        netsuite: example<Customer>('The customer with both addresses', {
          ...ACME,
          addresses: [
            { ...MAIN_OFFICE, isDefaultShipping: false },
            { id: '9001', isDefaultBilling: false, ...warehouse },
          ],
        }),
      },
      202: later('createAddress'),
    },
    problems: { not_supported: { detail: 'The connection cannot add one address; write the whole list.' } },
  },
  deleteAddress: {
    answers: { 202: later('deleteAddress') },
    problems: { not_supported: { detail: 'The connection cannot remove one address; write the whole list.' } },
  },
}

const invoiceMail: EmailTemplate = {
  ...{ object: 'email-template', id: 'emt_intacct_170', connection: 'intacct', provider: 'intacct', nativeId: '170' },
  ...{ customer: { id: 'cus_intacct_ACME', number: 'ACME', name: null } },
  ...{ template: 'ARInvEmailTemplate', documentType: null },
}
const statementMail: EmailTemplate = { ...invoiceMail, template: 'ARStmtEmailTemplate' }
const noTemplates = {
  not_supported: { detail: 'The ERP chooses e-mail templates by transaction form, not by customer.' },
}

const emailTemplateExamples: Readonly<Record<string, OperationExamples>> = {
  listEmailTemplates: {
    answers: {
      200: {
        one: example('With `connection=intacct`', {
          ...page(invoiceMail),
          connections: [{ id: 'intacct', status: 'ok' }],
        }),
      },
    },
    problems: noTemplates,
  },
  getEmailTemplate: {
    answers: { 200: { intacct: example('An e-mail template of Intacct', invoiceMail) } },
    problems: noTemplates,
  },
  listCustomerEmailTemplates: {
    answers: { 200: { intacct: example('The only one', { object: 'list', data: [invoiceMail] }) } },
    problems: noTemplates,
  },
  replaceCustomerEmailTemplates: {
    request: {
      change: example<EmailTemplateSet>('Another template in its place', {
        data: [{ id: 'emt_intacct_170', template: 'ARStmtEmailTemplate' }],
      }),
    },
    answers: {
      200: { intacct: example('The set as it is now', { object: 'list', data: [statementMail] }) },
      202: later('replaceCustomerEmailTemplates'),
    },
    problems: noTemplates,
  },
}

export const customerExamples: Readonly<Record<string, OperationExamples>> = {
  listCustomers: {
    answers: {
      200: {
        both: example('With `name=Acme Corporation`, on both connections', page(ACME_OF_INTACCT_LISTED, ACME_LISTED)),
      },
    },
  },
  getCustomer: {
    answers: {
      200: {
        netsuite: example('A customer of NetSuite', ACME),
        intacct: example('A customer of Intacct', ACME_OF_INTACCT),
      },
    },
  },
  checkCredit: {
    answers: {
      200: {
        approved: example('With `amount=1500.00`', creditCheck),
        refused: example<CreditCheck>('With `amount=50000.00`', {
          ...creditCheck,
          approved: false,
          reason: '50000.00 USD is more than the 48750.00 USD that is available.',
        }),
        noLimit: example<CreditCheck>('Without a limit, for people to decide', {
          ...{ ...creditCheck, creditLimit: null, available: null, approved: null },
          reason: 'The customer has no credit limit.',
        }),
      },
    },
  },
  listOpenItems: { answers: { 200: { netsuite: example('Invoices and a credit memo', openItems) } } },
  ...writes,
  ...emailTemplateExamples,
}
