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
import { voidPayment } from './void.ts'

export const operations = (session: Session): Connection => ({
  listCustomers: (query) => listCustomers(session, query),
  getCustomer: (id, options) => getCustomer(session, id, options),
  createCustomer: (input, once) => createCustomer(session, input, once),
  updateCustomer: (id, changes, once) => updateCustomer(session, id, changes, once),
  deleteCustomer: (id) => deleteCustomer(session, id),
  upsertCustomer: (externalId, input, once) => upsertCustomer(session, externalId, input, once),
  createAddress: (customerId, address) => createAddress(session, customerId, address),
  deleteAddress: (customerId, addressId) => deleteAddress(session, customerId, addressId),
  listOpenItems: (customerId) => listOpenItems(session, customerId),
  listInvoices: (query) => listInvoices(session, query),
  getInvoice: (id, options) => getInvoice(session, id, options),
  listPayments: (query) => listPayments(session, query),
  getPayment: (id, options) => getPayment(session, id, options),
  createPayment: (plan, once) => createPayment(session, plan, once),
  updatePayment: (id, changes, once) => updatePayment(session, id, changes, once),
  deletePayment: (id) => deletePayment(session, id),
  voidPayment: (id, how) => voidPayment(session, id, how),
  applyPayment: (id, added) => applyPayment(session, id, added),
  unapplyPayment: (id, wanted) => unapplyPayment(session, id, wanted),
  getCredit: (key) => getCredit(session, key),
  applyCredit: (key, added, once) => applyCredit(session, key, added, once),
  unapplyCredit: (key, wanted) => unapplyCredit(session, key, wanted),
  listReferenceData: (kind) => session.references.list(kind),
  getObjectDefinition: (kind) => getObjectDefinition(session, kind),
  passthrough: (request) => passthrough(session, request),
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
