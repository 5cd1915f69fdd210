/** The operations of a connection to Sage Intacct, bound to one call's way out. */

import type { Send } from '../../wire/exchange.ts'
import type { Account, Connection } from '../provider.ts'
import { type Desk, defaultsOf, type Mappings, RecordNumbers, type State } from './account.ts'
import { check } from './check.ts'
import { Client } from './client.ts'
import { applyCredit, getCredit, unapplyCredit } from './credits.ts'
import { customerMapping } from './customer.ts'
import { upsertCustomer } from './customer-upsert.ts'
import { createAddress, createCustomer, deleteAddress, deleteCustomer, updateCustomer } from './customer-writing.ts'
import { getCustomer, listCustomers } from './customers.ts'
import { getEmailTemplate, listEmailTemplates } from './email-template.ts'
import { listCustomerEmailTemplates, replaceCustomerEmailTemplates } from './email-templates.ts'
import { HiddenColumns } from './hidden-columns.ts'
import { invoiceMapping } from './invoice.ts'
import { getInvoice, listInvoices } from './invoices.ts'
import { getObjectDefinition } from './object-definition.ts'
import { listOpenItems } from './open-items.ts'
import { passthrough, type WayOut } from './passthrough.ts'
import { paymentMapping } from './payment.ts'
import { getPayment } from './payment-history.ts'
import { listPayments } from './payment-list.ts'
import { applyPayment, unapplyPayment } from './payment-verbs.ts'
import { createPayment, deletePayment, updatePayment, voidPayment } from './payments.ts'
import { readList } from './reference-lists.ts'
import { ReferenceNames } from './references.ts'
import { Sessions } from './session.ts'
import type { Defaults, Settings } from './settings.ts'
import { stepRunner } from './steps.ts'
import { UserFormat } from './user-format.ts'

/** Amounts beyond two places are rounded (developer docs, AR payments), in every currency. */
const AMOUNT_DIGITS = 2

export const mappingsFor = (defaults?: Defaults): Mappings => ({
  customer: customerMapping(defaults),
  payment: paymentMapping(defaults),
  invoice: invoiceMapping,
})

export function connect(settings: Settings, account: Account): (send: Send) => Connection {
  const sessions = new Sessions(settings, account.now)
  const identity = `${settings.userId}@${settings.companyId}`
  const state: State = {
    settings,
    mappings: mappingsFor(settings.defaults),
    references: new ReferenceNames(account.now),
    recordNumbers: new RecordNumbers(),
    format: new UserFormat(account, identity),
    hidden: new HiddenColumns(account, identity),
    now: account.now,
  }
  return (send) => {
    const mappings = ownMappings(state)
    return operationsOf({ ...state, mappings, client: new Client(state, sessions, send) }, { settings, sessions, send })
  }
}

/** Without the columns that this account is known to hide. */
const ownMappings = ({ mappings, hidden }: State): Mappings => ({
  customer: hidden.applyTo('CUSTOMER', mappings.customer),
  payment: hidden.applyTo('ARPYMT', mappings.payment),
  invoice: hidden.applyTo('ARINVOICE', mappings.invoice),
})

function operationsOf(desk: Desk, way: WayOut): Connection {
  return {
    listCustomers: (query) => listCustomers(desk, query),
    getCustomer: (id, options) => getCustomer(desk, id, options),
    createCustomer: (input, once) => createCustomer(desk, input, once),
    updateCustomer: (id, changes, once) => updateCustomer(desk, id, changes, once),
    deleteCustomer: (id, once) => deleteCustomer(desk, id, once),
    upsertCustomer: (externalId, input, once) => upsertCustomer(desk, externalId, input, once),
    createAddress: (customerId, address, once) => createAddress(desk, customerId, address, once),
    deleteAddress: (customerId, addressId, once) => deleteAddress(desk, customerId, addressId, once),
    listEmailTemplates: (query) => listEmailTemplates(desk, query),
    getEmailTemplate: (id) => getEmailTemplate(desk, id),
    listCustomerEmailTemplates: (customerId) => listCustomerEmailTemplates(desk, customerId),
    replaceCustomerEmailTemplates: (customerId, wanted, once) =>
      replaceCustomerEmailTemplates(desk, customerId, wanted, once),
    listOpenItems: (customerId) => listOpenItems(desk, customerId),
    listInvoices: (query) => listInvoices(desk, query),
    getInvoice: (id, options) => getInvoice(desk, id, options),
    listPayments: (query) => listPayments(desk, query),
    getPayment: (id, options) => getPayment(desk, id, options),
    createPayment: (plan, once) => createPayment(desk, plan, once),
    updatePayment: (id, changes, once) => updatePayment(desk, id, changes, once),
    deletePayment: (id, once) => deletePayment(desk, id, once),
    voidPayment: (id, how, once) => voidPayment(desk, id, how, once),
    listReferenceData: (wanted) =>
      desk.references.list(wanted, (kind) => readList(desk.client, kind, defaultsOf(desk))),
    getObjectDefinition: (kind) => getObjectDefinition(desk, kind),
    passthrough: (request) => passthrough(way, request),
    applyPayment: (id, added, once) => applyPayment(desk, id, added, once),
    unapplyPayment: (id, wanted, once) => unapplyPayment(desk, id, wanted, once),
    getCredit: (key) => getCredit(desk, key),
    applyCredit: (key, added, once) => applyCredit(desk, key, added, once),
    unapplyCredit: (key, wanted, once) => unapplyCredit(desk, key, wanted, once),
    mappings: async () => {
      await desk.hidden.restore()
      return ownMappings(desk)
    },
    amountDigits: AMOUNT_DIGITS,
    steps: stepRunner(desk),
    check: () => check(desk),
  }
}
