/** The operations of a NetSuite connection, bound to one call. */
import type { CheckPlan, Connection, ListQuery } from '../provider.ts'
import { applyCredit, getCredit, unapplyCredit } from './credits.ts'
import {
  createAddress,
  createCustomer,
  deleteAddress,
  deleteCustomer,
  getCustomer,
  listCustomers,
  updateCustomer,
} from './customer-operations.ts'
import { upsertCustomer } from './customer-upsert.ts'
import { getInvoice, listInvoices } from './invoice.ts'
import { getObjectDefinition } from './object-definition.ts'
import { listOpenItems } from './open-items.ts'
import { passthrough } from './passthrough.ts'
import { createPayment, deletePayment, getPayment, listPayments, updatePayment } from './payment-operations.ts'
import { applyPayment, unapplyPayment } from './payment-verbs.ts'
import type { Session } from './session.ts'
import { stepRunner } from './step-runner.ts'
import { voidPayment } from './void.ts'

export const operations = (session: Session): Connection => ({
  listCustomers: (query) => listCustomers(session, query),
  getCustomer: (id, options) => getCustomer(session, id, options),
  createCustomer: (input, once) => createCustomer(session, input, once),
  updateCustomer: (id, changes, once) => updateCustomer(session, id, changes, once),
  deleteCustomer: (id, once) => deleteCustomer(session, id, once),
  upsertCustomer: (externalId, input, once) => upsertCustomer(session, externalId, input, once),
  createAddress: (customerId, address, once) => createAddress(session, customerId, address, once),
  deleteAddress: (customerId, addressId, once) => deleteAddress(session, customerId, addressId, once),
  listOpenItems: (customerId) => listOpenItems(session, customerId),
  listInvoices: (query) => listInvoices(session, query),
  getInvoice: (id, options) => getInvoice(session, id, options),
  listPayments: (query) => listPayments(session, query),
  getPayment: (id, options) => getPayment(session, id, options),
  createPayment: (plan, once) => createPayment(session, plan, once),
  updatePayment: (id, changes, once) => updatePayment(session, id, changes, once),
  deletePayment: (id, once) => deletePayment(session, id, once),
  voidPayment: (id, how, once) => voidPayment(session, id, how, once),
  applyPayment: (id, added, once) => applyPayment(session, id, added, once),
  unapplyPayment: (id, wanted, once) => unapplyPayment(session, id, wanted, once),
  getCredit: (key) => getCredit(session, key),
  applyCredit: (key, added, once) => applyCredit(session, key, added, once),
  unapplyCredit: (key, wanted, once) => unapplyCredit(session, key, wanted, once),
  listReferenceData: (kind) => session.references.list(kind),
  getObjectDefinition: (kind) => getObjectDefinition(session, kind),
  passthrough: (request) => passthrough(session, request),
  steps: stepRunner(session),
  check: () => check(session),
})

const ONE: ListQuery = { filter: null, sort: [], after: null, limit: 1, fields: new Set(), include: new Set() }
const count = (total: number | null, what: string) => (total === null ? undefined : `${total} ${what}`)

const check = (session: Session): CheckPlan => [
  { name: 'authenticate', run: async () => void (await session.client.login()) as undefined },
  { name: 'customers', run: async () => count((await listCustomers(session, ONE)).total, 'customers') },
  { name: 'payments', run: async () => count((await listPayments(session, ONE)).total, 'payments') },
  { name: 'invoices', run: async () => count((await listInvoices(session, ONE)).total, 'invoices') },
]
