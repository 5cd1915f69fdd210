/** Every write operation of the NetSuite provider as a case, with somebody else who gets in its way. */
import type { CustomerRecord } from '../../schemas/customer.ts'
import type { PaymentCreate } from '../../schemas/payment.ts'
import { planChange, planPayment } from '../../src/gateway/payment-plan.ts'
import { planApply, planCreditApply } from '../../src/gateway/settlement.ts'
import type { Connection, CreditKey, Found, WriteOnce } from '../../src/providers/provider.ts'
import { type Operation, otherwise } from './netsuite-steps-world.ts'

const PAYMENT: Partial<PaymentCreate> = {
  amount: '900.10',
  applications: [
    { invoiceId: 'inv_ns_5001', amount: '1000.00' },
    { invoiceId: 'inv_ns_5002', amount: '300.05' },
  ],
  credits: [{ creditId: 'crd_ns_memo-6001', amount: '500.00' }],
}

const pay = async (connection: Connection, once: WriteOnce, more: Partial<PaymentCreate> = {}, customer = '456') => {
  const body = { customer: { id: `cus_ns_${customer}` }, date: '2026-03-10', amount: '1.00', ...more } as PaymentCreate
  return connection.createPayment(await planPayment({ name: 'ns', baseCurrency: null }, connection, body), once)
}
const paid = async (connection: Connection): Promise<string> =>
  (await pay(connection, otherwise(connection), PAYMENT)).nativeId
const change = async (connection: Connection, id: string, body: Record<string, unknown>, once: WriteOnce) => {
  const before = await connection.getPayment(id)
  const { applications: _a, credits: _c, ...input } = body
  const allocation = await planChange('ns', connection, body as never, before)
  return connection.updatePayment(id, { input, allocation, before }, once)
}
const spoilPayment = (connection: Connection, id: string) =>
  change(connection, id, { memo: 'by hand', applications: [], credits: [] }, otherwise(connection))
const release = (invoiceId: string, cash: string) => ({ invoiceId, cash, credits: [], index: 0 })
const present = <T>(operation: T | undefined): T => {
  if (!operation) throw new Error('The provider has no such operation.')
  return operation
}

export const PAYMENTS: readonly Operation[] = [
  { name: 'createPayment', run: (connection, once) => pay(connection, once, PAYMENT), spoil: null },
  {
    name: "createPayment with the caller's external id",
    refusedTwice: 'conflict',
    run: (connection, once) => pay(connection, once, { ...PAYMENT, externalId: 'bank-77' }),
    spoil: (connection) => pay(connection, otherwise(connection), { amount: '3.00', externalId: 'bank-77' }),
  },
  {
    name: 'updatePayment of the header',
    prepare: paid,
    run: (connection, once, id) =>
      change(connection, id, { memo: 'second\nline', reference: '007', depositTo: { kind: 'undepositedFunds' } }, once),
    spoil: (connection, id) => change(connection, id, { memo: 'by hand' }, otherwise(connection)),
  },
  {
    name: 'updatePayment of amount and lines',
    prepare: paid,
    run: (connection, once, id) => {
      const applications = [
        { invoiceId: 'inv_ns_5003', amount: '100.00' },
        { invoiceId: 'inv_ns_5001', amount: '400.50' },
      ]
      return change(connection, id, { amount: '500.50', applications, credits: [] }, once)
    },
    spoil: spoilPayment,
  },
  {
    name: 'applyPayment',
    prepare: paid,
    run: async (connection, once, id) => {
      const before = await connection.getPayment(id)
      const applications = [{ invoiceId: 'inv_ns_5002', amount: '50.00' }]
      const allocation = await planApply('ns', connection, { applications }, before)
      return present(connection.applyPayment)(id, { allocation, date: null, before }, once)
    },
    spoil: spoilPayment,
  },
  {
    name: 'unapplyPayment',
    prepare: paid,
    run: async (connection, once, id) => {
      const before = await connection.getPayment(id)
      const released = [release('5002', '300.05'), { ...release('5001', '10.00'), index: 1 }]
      return present(connection.unapplyPayment)(id, { released, before, confirmed: false }, once)
    },
    spoil: spoilPayment,
  },
  {
    name: 'deletePayment',
    refusedTwice: 'not_found',
    prepare: paid,
    run: (connection, once, id) => connection.deletePayment(id, once),
    spoil: null,
  },
  {
    name: 'voidPayment by deleting',
    refusedTwice: 'not_found',
    prepare: paid,
    run: (connection, once, id) => present(connection.voidPayment)(id, { memo: 'bounced' }, once),
    spoil: null,
  },
]

const MEMO: CreditKey = { kind: 'memo', nativeId: '6001' }
const DEPOSIT: CreditKey = { kind: 'deposit', nativeId: '7001' }
const useCredit = async (connection: Connection, key: CreditKey, invoice: string, amount: string, once: WriteOnce) => {
  const before = await present(connection.getCredit)(key)
  const applications = [{ invoiceId: `inv_ns_${invoice}`, amount }]
  const allocation = await planCreditApply('ns', connection, { applications }, key, before.record)
  return present(connection.applyCredit)(key, { allocation, date: null, before }, once)
}
const releaseCredit = async (connection: Connection, key: CreditKey, amounts: [string, string][], once: WriteOnce) => {
  const before = await present(connection.getCredit)(key)
  const released = amounts.map(([invoiceId, amount], index) => ({ invoiceId, amount, index }))
  return present(connection.unapplyCredit)(key, { released, before }, once)
}
const usedMemo = async (connection: Connection) => {
  await useCredit(connection, MEMO, '5001', '300.00', otherwise(connection))
  return ''
}
/** Two deposit applications. */
const usedDeposit = async (connection: Connection) => {
  const first = await useCredit(connection, DEPOSIT, '5101', '60.00', otherwise(connection))
  await useCredit(connection, DEPOSIT, '5101', '40.00', otherwise(connection))
  return first.nativeId
}

export const CREDITS: readonly Operation[] = [
  {
    name: 'applyCredit of a memo',
    prepare: usedMemo,
    run: (connection, once) => useCredit(connection, MEMO, '5001', '50.00', once),
    spoil: (connection) => useCredit(connection, MEMO, '5003', '20.00', otherwise(connection)),
  },
  {
    name: 'unapplyCredit of a memo',
    prepare: usedMemo,
    run: (connection, once) => releaseCredit(connection, MEMO, [['5001', '100.00']], once),
    spoil: (connection) => useCredit(connection, MEMO, '5003', '20.00', otherwise(connection)),
  },
  {
    name: 'applyCredit of a deposit',
    run: (connection, once) => useCredit(connection, DEPOSIT, '5101', '60.00', once),
    spoil: null,
  },
  {
    name: 'unapplyCredit of a deposit',
    refusedTwice: 'not_found',
    prepare: usedDeposit,
    run: (connection, once) => releaseCredit(connection, DEPOSIT, [['5101', '70.00']], once),
    spoil: null,
  },
]

const address = (label: string) => ({ label, line1: '1 Dock Street', city: 'Oakland', country: 'US' })
const made = async (connection: Connection): Promise<string> => {
  const input = { name: 'Before', email: 'a@before.example', addresses: [{ ...address('HQ'), isDefaultBilling: true }] }
  return (await connection.createCustomer(input, otherwise(connection))).nativeId
}
const spoilCustomer = (connection: Connection, id: string) =>
  connection.updateCustomer(id, { email: 'by@hand.example', addresses: [] }, otherwise(connection))
const firstAddress = ({ record }: Found<CustomerRecord>): string => record.addresses?.[0]?.id ?? ''

export const CUSTOMERS: readonly Operation[] = [
  {
    name: 'createCustomer',
    run: (connection, once) => connection.createCustomer({ name: 'New', addresses: [address('HQ')] }, once),
    spoil: null,
  },
  {
    name: "createCustomer with the caller's external id",
    refusedTwice: 'conflict',
    run: (connection, once) => connection.createCustomer({ name: 'New', externalId: 'crm-1' }, once),
    spoil: (connection) => connection.createCustomer({ name: 'Other', externalId: 'crm-1' }, otherwise(connection)),
  },
  {
    name: 'updateCustomer',
    prepare: made,
    run: (connection, once, id) =>
      connection.updateCustomer(id, { name: 'After', email: null, creditLimit: '12.50', terms: { id: '2' } }, once),
    spoil: spoilCustomer,
  },
  {
    name: 'updateCustomer with its addresses',
    prepare: made,
    run: async (connection, once, id) => {
      const kept = { ...address('Main'), id: firstAddress(await connection.getCustomer(id)), isDefaultShipping: true }
      return connection.updateCustomer(id, { comments: 'x', addresses: [address('Dock'), kept] }, once)
    },
    spoil: spoilCustomer,
  },
  {
    name: 'upsertCustomer that creates',
    refusedTwice: 'conflict',
    run: (connection, once) => present(connection.upsertCustomer)('crm-2', { name: 'New' }, once),
    spoil: null,
  },
  {
    name: 'upsertCustomer that changes',
    prepare: async (connection) =>
      (await connection.createCustomer({ name: 'Old', externalId: 'crm-2' }, otherwise(connection))).nativeId,
    run: (connection, once) => present(connection.upsertCustomer)('crm-2', { name: 'New', phone: '555-0100' }, once),
    spoil: (connection, id) => connection.updateCustomer(id, { phone: '555-0199' }, otherwise(connection)),
  },
  {
    name: 'deleteCustomer',
    refusedTwice: 'not_found',
    prepare: made,
    run: (connection, once, id) => connection.deleteCustomer(id, once),
    spoil: null,
  },
  {
    name: 'createAddress',
    prepare: made,
    run: (connection, once, id) =>
      present(connection.createAddress)(id, { ...address('Dock'), isDefaultBilling: true }, once),
    spoil: (connection, id) => present(connection.createAddress)(id, address('By hand'), otherwise(connection)),
  },
  {
    name: 'deleteAddress',
    prepare: made,
    run: async (connection, once, id) =>
      present(connection.deleteAddress)(id, firstAddress(await connection.getCustomer(id)), once),
    spoil: (connection, id) => present(connection.createAddress)(id, address('By hand'), otherwise(connection)),
  },
]
