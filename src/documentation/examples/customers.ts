/** Examples of the customer operations: what the sandboxes' first customers look like. */
import type { AddressWrite, Customer, CustomerCreate, CustomerPatch } from '../../../schemas/customer.ts'
import type { OpenItemList } from '../../../schemas/open-item.ts'
import type { Example, OperationExamples } from './example.ts'
import { answeredBy, LATER_OPERATION, lastPage } from './shared.ts'

const acme: Customer = {
  object: 'customer',
  id: 'cus_netsuite_456',
  connection: 'netsuite',
  provider: 'netsuite',
  nativeId: '456',
  number: 'ACME-001',
  externalId: 'acme',
  type: 'company',
  name: 'Acme Corporation',
  companyName: 'Acme Corporation',
  status: 'active',
  stage: { id: '13', name: 'CUSTOMER-Closed Won' },
  onHold: false,
  email: 'contact@acmecorp.com',
  phone: '555-0100',
  entity: { id: '1', name: 'Parent Company' },
  currency: 'USD',
  terms: { id: '2', name: 'Net 30' },
  category: { id: '1', name: 'Corporate' },
  salesRep: { id: '123', name: 'Sales Desk' },
  creditLimit: '50000.00',
  balance: '1250.00',
  overdueBalance: '1250.00',
  addresses: [
    {
      id: '701',
      label: 'Main Office',
      isDefaultBilling: true,
      isDefaultShipping: true,
      addressee: 'Acme Corporation',
      line1: '1 Main Street',
      city: 'San Francisco',
      region: 'CA',
      postalCode: '94102',
      country: 'US',
    },
  ],
  customFields: { custentity_region: 'West' },
  createdAt: '2025-12-25T10:00:00Z',
  updatedAt: '2025-12-25T10:00:00Z',
}

const acmeOfIntacct: Customer = {
  object: 'customer',
  id: 'cus_intacct_ACME',
  connection: 'intacct',
  provider: 'intacct',
  nativeId: 'ACME',
  number: 'ACME',
  type: 'company',
  name: 'Acme Corporation',
  companyName: 'Acme Corporation',
  status: 'active',
  onHold: false,
  email: 'ap@acme.example',
  phone: '555-0100',
  website: 'https://acme.example',
  currency: 'USD',
  terms: { id: 'Net 30', name: 'Net 30' },
  category: { id: 'SaaS', name: 'SaaS' },
  creditLimit: '5000.00',
  balance: '205.50',
  addresses: [{ id: 'display', line1: '1 Main St', city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' }],
  vendorFields: { RECORDNO: '33' },
  createdAt: '2026-01-05T10:00:00Z',
  updatedAt: '2026-01-30T17:05:09Z',
}

const created: Customer = {
  object: 'customer',
  id: 'cus_netsuite_1251',
  connection: 'netsuite',
  provider: 'netsuite',
  nativeId: '1251',
  number: 'CUST1251',
  type: 'company',
  name: 'Juniper Paper',
  companyName: 'Juniper Paper',
  status: 'active',
  email: 'accounts@juniper-paper.example',
  phone: '555-0142',
  currency: 'USD',
  terms: { id: '2', name: 'Net 30' },
  creditLimit: '25000.00',
  balance: '0.00',
  createdAt: '2026-03-31T09:30:00Z',
  updatedAt: '2026-03-31T09:30:00Z',
}

const newCompany = (connection: string): CustomerCreate => ({
  connection,
  name: 'Juniper Paper',
  email: 'accounts@juniper-paper.example',
  phone: '555-0142',
  currency: 'USD',
  terms: { name: 'Net 30' },
  creditLimit: '25000.00',
  addresses: [
    {
      label: 'Head office',
      isDefaultBilling: true,
      isDefaultShipping: true,
      line1: '88 Mill Lane',
      city: 'Austin',
      region: 'TX',
      postalCode: '78701',
      country: 'US',
    },
  ],
})
const newPerson: CustomerCreate = {
  connection: 'netsuite',
  firstName: 'Ines',
  lastName: 'Holm',
  email: 'ines.holm@customer.example',
  phone: '555-0143',
}

const openItems: OpenItemList = {
  object: 'list',
  customer: { id: 'cus_netsuite_456', number: 'ACME-001', name: 'Acme Corporation' },
  currency: 'USD',
  data: [
    {
      id: 'inv_netsuite_5001',
      kind: 'invoice',
      number: 'INV-5001',
      date: '2026-02-02',
      dueDate: '2026-03-04',
      currency: 'USD',
      amount: '1000.00',
      openAmount: '1000.00',
      daysOverdue: 27,
      discount: null,
      paymentId: null,
    },
    {
      id: 'crd_netsuite_memo-6001',
      kind: 'memo',
      number: 'CM-6001',
      date: '2026-02-02',
      dueDate: null,
      currency: 'USD',
      amount: '500.00',
      openAmount: '500.00',
      daysOverdue: null,
      discount: null,
      paymentId: null,
    },
  ],
  totals: { openInvoices: '1000.00', openCredits: '500.00', net: '500.00' },
  totalsByCurrency: [{ currency: 'USD', openInvoices: '1000.00', openCredits: '500.00', net: '500.00' }],
}

const example = <T>(summary: string, value: T): Example<T> => ({ summary, value })
const changed: CustomerPatch = { phone: '555-0199', creditLimit: '75000.00', terms: { name: 'Net 60' } }
const newAddress: AddressWrite = {
  label: 'Warehouse',
  isDefaultShipping: true,
  line1: '12 Hill Road',
  city: 'Austin',
  region: 'TX',
  postalCode: '78702',
  country: 'US',
}
const later = (operation: string) => ({
  unknown: example('The ERP has not answered yet', { ...LATER_OPERATION, operation }),
})
const taken = { detail: 'This entity already exists.', pointer: '/number' }

export const customerExamples: Readonly<Record<string, OperationExamples>> = {
  listCustomers: {
    answers: {
      200: {
        merged: example('Customers of both connections', {
          object: 'list',
          data: [acmeOfIntacct, acme].map(({ addresses: _inSingleRecordsOnly, ...listed }) => listed),
          page: lastPage(2),
          connections: answeredBy('intacct', 'netsuite'),
        }),
      },
    },
  },
  getCustomer: {
    answers: {
      200: {
        netsuite: example('A customer of NetSuite', acme),
        intacct: example('A customer of Intacct', acmeOfIntacct),
      },
    },
  },
  listOpenItems: { answers: { 200: { netsuite: example('An open invoice and a credit memo', openItems) } } },
  createCustomer: {
    request: {
      netsuite: example('A company in NetSuite', newCompany('netsuite')),
      intacct: example('The same company in Intacct', newCompany('intacct')),
      person: example('A person', newPerson),
      smallest: example('The smallest one', { connection: 'intacct', name: 'Juniper Paper' } satisfies CustomerCreate),
    },
    answers: { 201: { netsuite: example('The customer as NetSuite has it', created) }, 202: later('createCustomer') },
    problems: { conflict: taken },
  },
  updateCustomer: {
    request: {
      terms: example('Another phone, limit and terms', changed),
      deactivate: example('No longer in use', { status: 'inactive' } satisfies CustomerPatch),
      clear: example('Clear a field', { comments: null } satisfies CustomerPatch),
    },
    answers: {
      200: {
        netsuite: example('The customer as it is now', {
          ...acme,
          phone: '555-0199',
          creditLimit: '75000.00',
          terms: { id: '3', name: 'Net 60' },
        } satisfies Customer),
      },
      202: later('updateCustomer'),
    },
  },
  deleteCustomer: {
    answers: { 202: later('deleteCustomer') },
    problems: { conflict: { detail: 'The customer has transactions; set its status to inactive.' } },
  },
  createAddress: {
    request: { shipping: example('A second place', newAddress) },
    answers: {
      201: {
        netsuite: example('The customer with both addresses', {
          ...acme,
          addresses: [...(acme.addresses ?? []), { id: '9001', isDefaultBilling: false, ...newAddress }],
        } satisfies Customer),
      },
      202: later('createAddress'),
    },
    problems: {
      not_supported: {
        detail: 'The connection cannot add an address by itself; write the whole list.',
        connection: 'intacct',
      },
    },
  },
  deleteAddress: {
    answers: { 202: later('deleteAddress') },
    problems: { not_supported: { detail: 'The connection cannot remove an address.', connection: 'intacct' } },
  },
}
