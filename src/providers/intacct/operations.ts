/** The operations of a connection to Sage Intacct, bound to one call's way out. */

import type { Send } from '../../wire/exchange.ts'
import type { Account, CheckPlan, Connection } from '../provider.ts'
import type { Desk, Mappings, State } from './account.ts'
import { Client } from './client.ts'
import { customerMapping } from './customer.ts'
import {
  createAddress,
  createCustomer,
  deleteAddress,
  deleteCustomer,
  getCustomer,
  listCustomers,
  updateCustomer,
} from './customers.ts'
import { invoiceMapping } from './invoice.ts'
import { getInvoice, listInvoices } from './invoices.ts'
import { listOpenItems } from './open-items.ts'
import { paymentMapping } from './payment.ts'
import { listPayments } from './payment-list.ts'
import { createPayment, deletePayment, getPayment, updatePayment, voidPayment } from './payments.ts'
import { ReferenceNames } from './references.ts'
import { Sessions } from './session.ts'
import type { Defaults, Settings } from './settings.ts'

export const mappingsFor = (defaults?: Defaults): Mappings => ({
  customer: customerMapping(defaults),
  payment: paymentMapping(defaults),
  invoice: invoiceMapping,
})

export function connect(settings: Settings, account: Account): (send: Send) => Connection {
  const sessions = new Sessions(settings, account.now)
  const state: State = {
    settings,
    mappings: mappingsFor(settings.defaults),
    references: new ReferenceNames(account.now),
    now: account.now,
  }
  return (send) => operationsOf({ ...state, client: new Client(settings, sessions, send) })
}

function operationsOf(desk: Desk): Connection {
  return {
    listCustomers: (query) => listCustomers(desk, query),
    getCustomer: (id, options) => getCustomer(desk, id, options),
    createCustomer: (input, once) => createCustomer(desk, input, once),
    updateCustomer: (id, changes, once) => updateCustomer(desk, id, changes, once),
    deleteCustomer: (id, once) => deleteCustomer(desk, id, once),
    createAddress: (customerId, address, once) => createAddress(desk, customerId, address, once),
    deleteAddress: (customerId, addressId, once) => deleteAddress(desk, customerId, addressId, once),
    listOpenItems: (customerId) => listOpenItems(desk, customerId),
    listInvoices: (query) => listInvoices(desk, query),
    getInvoice: (id, options) => getInvoice(desk, id, options),
    listPayments: (query) => listPayments(desk, query),
    getPayment: (id, options) => getPayment(desk, id, options),
    createPayment: (plan, once) => createPayment(desk, plan, once),
    updatePayment: (id, changes, once) => updatePayment(desk, id, changes, once),
    deletePayment: (id, once) => deletePayment(desk, id, once),
    voidPayment: (id, how, once) => voidPayment(desk, id, how, once),
    check: () => checkPlan(desk),
  }
}

function checkPlan({ client }: Desk): CheckPlan {
  const probe = async (object: string) => {
    const { total } = await client.query({ object, select: ['RECORDNO'], pageSize: 1 })
    return total === null ? undefined : `${total} ${object}`
  }
  return [
    {
      name: 'authenticate',
      run: async () => {
        const { endpoint } = await client.session()
        return endpoint === null ? undefined : `Intacct names ${endpoint} as this company's endpoint.`
      },
    },
    { name: 'customers', run: () => probe('CUSTOMER') },
    { name: 'payments', run: () => probe('ARPYMT') },
    {
      name: 'metadata',
      run: async () => {
        await client.lookup('CUSTOMER')
        return undefined
      },
    },
  ]
}
