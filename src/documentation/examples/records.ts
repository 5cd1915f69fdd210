/** Records of the sandboxes as answers show them, without the fields that are empty. A test compares them with real answers. */
import type { Customer } from '../../../schemas/customer.ts'
import type { Invoice } from '../../../schemas/invoice.ts'
import type { Operation } from '../../../schemas/operation.ts'
import type { Payment } from '../../../schemas/payment.ts'

/** Without addresses: lists leave them out. */
export const ACME_LISTED = {
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
  currency: 'USD',
  terms: { id: '2', name: 'Net 30' },
  category: { id: '1', name: 'Corporate' },
  salesRep: { id: '123', name: 'Sales Desk' },
  creditLimit: '50000.00',
  balance: '1250.00',
  overdueBalance: '1750.00',
  createdAt: '2025-12-25T10:00:00Z',
  updatedAt: '2025-12-25T10:00:00Z',
} satisfies Customer

export const MAIN_OFFICE = {
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
}

export const ACME = {
  ...ACME_LISTED,
  entity: { id: '1', name: 'Parent Company' },
  addresses: [MAIN_OFFICE],
  customFields: { custentity_region: 'West' },
} satisfies Customer

export const ACME_OF_INTACCT_LISTED = {
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
  vendorFields: { RECORDNO: '33' },
  createdAt: '2026-01-05T10:00:00Z',
  updatedAt: '2026-01-30T17:05:09Z',
} satisfies Customer

export const ACME_OF_INTACCT = {
  ...ACME_OF_INTACCT_LISTED,
  addresses: [
    {
      id: 'display',
      isDefaultBilling: true,
      isDefaultShipping: true,
      line1: '1 Main St',
      city: 'Austin',
      region: 'TX',
      postalCode: '78701',
      country: 'US',
      phone: '555-0100',
      contactName: 'Acme Corporation(CACME)',
    },
  ],
} satisfies Customer

/** A payment that the sandbox is born with. */
export const WIRE = {
  object: 'payment',
  id: 'pay_netsuite_100002',
  connection: 'netsuite',
  provider: 'netsuite',
  nativeId: '100002',
  number: 'PMT-100002',
  customer: { id: 'cus_netsuite_1001', number: 'CUST1001', name: 'Copper Tools 1' },
  date: '2025-12-25',
  amount: '2711.03',
  currency: 'USD',
  exchangeRate: '1',
  method: 'wire',
  methodRef: { id: '3', name: 'Wire Transfer' },
  memo: 'Thank you',
  baseAmount: '2711.03',
  appliedAmount: '2686.03',
  unappliedAmount: '25.00',
  status: 'deposited',
  statusText: 'Deposited',
  createdAt: '2025-12-25T12:00:00Z',
  updatedAt: '2025-12-25T12:00:00Z',
} satisfies Payment

/** The payment that `createPayment`'s first example makes. */
export const CHEQUE = {
  object: 'payment',
  id: 'pay_netsuite_10001',
  connection: 'netsuite',
  provider: 'netsuite',
  nativeId: '10001',
  number: 'PMT-10001',
  idempotencyKey: '5f1c2a34-7d1e-4c57-9f0a-2f6f0c1f9b11',
  customer: { id: 'cus_netsuite_456', number: 'ACME-001', name: 'Acme Corporation' },
  date: '2026-03-31',
  amount: '40.00',
  currency: 'USD',
  exchangeRate: '1',
  method: 'check',
  methodRef: { id: '2', name: 'Check' },
  reference: '1234',
  depositTo: { kind: 'bankAccount', id: '10' },
  arAccount: { id: '119', name: 'Accounts Receivable' },
  memo: 'Part of INV-5001 and INV-5002',
  baseAmount: '40.00',
  appliedAmount: '40.00',
  unappliedAmount: '0.00',
  status: 'deposited',
  statusText: 'Deposited',
  applications: [
    {
      invoiceId: 'inv_netsuite_5001',
      invoiceNumber: 'INV-5001',
      amount: '25.00',
      cashAmount: '25.00',
      creditAmount: '0.00',
    },
    {
      invoiceId: 'inv_netsuite_5002',
      invoiceNumber: 'INV-5002',
      amount: '15.00',
      cashAmount: '15.00',
      creditAmount: '0.00',
    },
  ],
  credits: [],
  createdAt: '2026-03-31T09:30:00Z',
  updatedAt: '2026-03-31T09:30:00Z',
} satisfies Payment

export const INVOICE = {
  object: 'invoice',
  id: 'inv_netsuite_5001',
  connection: 'netsuite',
  provider: 'netsuite',
  nativeId: '5001',
  number: 'INV-5001',
  reference: 'PO-77',
  customer: { id: 'cus_netsuite_456', number: 'ACME-001', name: 'Acme Corporation' },
  date: '2026-02-02',
  dueDate: '2026-03-04',
  status: 'open',
  currency: 'USD',
  total: '1000.00',
  openAmount: '1000.00',
  createdAt: '2025-12-25T10:00:00Z',
  updatedAt: '2025-12-25T10:00:00Z',
} satisfies Invoice

/** What a 202 says. */
export const LATER_OPERATION = {
  object: 'operation',
  id: 'op_01kn3t8y2m4q7v9x1b5d8f0h2j',
  status: 'running',
  operation: 'createPayment',
  connection: 'netsuite',
  idempotencyKey: '5f1c2a34-7d1e-4c57-9f0a-2f6f0c1f9b11',
  resource: null,
  result: null,
  problem: null,
  tries: 1,
  createdAt: '2026-03-31T09:30:00.000Z',
  updatedAt: '2026-03-31T09:30:30.000Z',
} satisfies Operation
