/** The operations of a NetSuite connection, bound to one call. */
import type { Connection, StepRunner } from '../provider.ts'
import { check } from './check.ts'
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
import { getInvoice, listInvoices } from './invoice-operations.ts'
import { getObjectDefinition } from './object-definition.ts'
import { listFamilyItems, listOpenItems } from './open-items.ts'
import { passthrough } from './passthrough.ts'
import { withEntity } from './payment-entity.ts'
import { listPayments } from './payment-list.ts'
import { createPayment, deletePayment, getPayment, updatePayment } from './payment-operations.ts'
import { applyPayment, unapplyPayment } from './payment-verbs.ts'
import type { Session } from './session.ts'
import { stepRunner } from './step-runner.ts'
import { voidPayment } from './void.ts'

export function operations(session: Session): Connection {
  const { customers, payments, invoices, records } = runners(session)
  return {
    listCustomers: (query) => customers(() => listCustomers(session, query)),
    getCustomer: (id, options) => customers(() => getCustomer(session, id, options)),
    createCustomer: (input, once) => customers(() => createCustomer(session, input, once)),
    updateCustomer: (id, changes, once) => customers(() => updateCustomer(session, id, changes, once)),
    deleteCustomer: (id, once) => deleteCustomer(session, id, once),
    upsertCustomer: (externalId, input, once) => customers(() => upsertCustomer(session, externalId, input, once)),
    createAddress: (customerId, address, once) => customers(() => createAddress(session, customerId, address, once)),
    deleteAddress: (customerId, addressId, once) =>
      customers(() => deleteAddress(session, customerId, addressId, once)),
    listOpenItems: (customerId) => records(() => listOpenItems(session, customerId)),
    listFamilyItems: (customerId) => records(() => listFamilyItems(session, customerId)),
    listInvoices: (query) => invoices(() => listInvoices(session, query)),
    getInvoice: (id, options) => invoices(() => getInvoice(session, id, options)),
    listPayments: (query) => payments(() => listPayments(session, query)),
    getPayment: (id, options) => payments(() => getPayment(session, id, options)),
    createPayment: (plan, once) =>
      payments(() => withEntity(session, plan, (whole) => createPayment(session, whole, once))),
    updatePayment: (id, changes, once) => payments(() => updatePayment(session, id, changes, once)),
    deletePayment: (id, once) => deletePayment(session, id, once),
    voidPayment: (id, how, once) => payments(() => voidPayment(session, id, how, once)),
    applyPayment: (id, added, once) => payments(() => applyPayment(session, id, added, once)),
    unapplyPayment: (id, wanted, once) => payments(() => unapplyPayment(session, id, wanted, once)),
    getCredit: (key) => payments(() => getCredit(session, key)),
    applyCredit: (key, added, once) => applyCredit(session, key, added, once),
    unapplyCredit: (key, wanted, once) => unapplyCredit(session, key, wanted, once),
    listReferenceData: (kind) => session.references.list(kind),
    getObjectDefinition: (kind) => getObjectDefinition(session, kind),
    passthrough: (request) => passthrough(session, request),
    mappings: async (ask) => {
      await (ask ? session.learn() : session.recall())
      return session.mappings
    },
    steps: stepsOf(session),
    check: () => check(session),
  }
}

/** Steps may be sent or looked for by another process than the one that planned them: it has to know the names too. */
function stepsOf(session: Session): StepRunner {
  const runner = stepRunner(session)
  return {
    send: async (step, context) => {
      await session.learn(['payment'])
      return runner.send(step, context)
    },
    probe: async (step, context) => {
      await session.learn(['payment'])
      return runner.probe(step, context)
    },
  }
}

type Run = <R>(operation: () => Promise<R>) => Promise<R>
/** Each operation knows what the account calls the fields of the records that it reads or writes. */
const runners = (session: Session): Readonly<Record<'customers' | 'payments' | 'invoices' | 'records', Run>> => ({
  customers: (operation) => session.named(['customer'], operation),
  payments: (operation) => session.named(['payment'], operation),
  invoices: (operation) => session.named(['invoice'], operation),
  records: (operation) => session.named([], operation),
})
