/** The reads of the answer fuzz; their records are shared, since no read changes anything. */
import { called, type Debtor, type FuzzOperation, newCustomer, newDebtor, paid, STREET } from './operation.ts'
import type { FuzzWorld } from './world.ts'

interface Shared {
  readonly debtor: Debtor
  readonly paymentId: string
  /** Three customers of one name. */
  readonly word: string
}

/** A debtor with three payments, and two customers with an address beside it. Made once for all reads of a world. */
async function made(world: FuzzWorld, token: string): Promise<Shared> {
  const debtor = await newDebtor(world, token)
  const { customer, first, second } = debtor
  const payment = await paid(world, debtor, {
    amount: '80.00',
    applications: [
      { invoiceId: first.id, amount: '50.00' },
      { invoiceId: second.id, amount: '10.00' },
    ],
    ...{ method: 'check', reference: '12', memo: 'both' },
  })
  await paid(world, debtor, { amount: '20.00' })
  await paid(world, debtor, { amount: '5.00', applications: [{ invoiceId: first.id, amount: '5.00' }] })
  const details = { email: 'ap@fuzz.example', creditLimit: '1500.00', terms: { id: world.erp.seed.terms.id } }
  for (const word of ['A', 'B'])
    await newCustomer(world, token, { name: `Fuzz ${token} ${word}`, ...details, addresses: [STREET] })
  const data = [{ template: 'ARInvEmailTemplate' }, { template: 'ARStmtEmailTemplate' }]
  if (world.connection === 'intacct')
    await called(world, 'PUT', `/v1/customers/${customer.id}/email-templates`, { data })
  return { debtor, paymentId: payment.id, word: token }
}

const reading = (
  name: string,
  path: (shared: Shared, world: FuzzWorld) => string,
  more: Partial<FuzzOperation> & { method?: string } = {},
): FuzzOperation => ({
  name,
  effect: 'read',
  prepare: async (world, token) => ({
    method: more.method ?? 'GET',
    path: path(await world.once('reads', () => made(world, token)), world),
  }),
  ...more,
})
const REFERENCE = ['terms', 'bank-accounts', 'payment-methods', 'currencies', 'entities', 'customer-categories']
const query = (parts: Record<string, string>) => new URLSearchParams(parts).toString()

export const readOperations: readonly FuzzOperation[] = [
  reading('getCustomer', ({ debtor }) => `/v1/customers/${debtor.customer.id}`),
  reading('getCustomer after a login', ({ debtor }) => `/v1/customers/${debtor.customer.id}`, { login: true }),
  reading(
    'listCustomers',
    ({ word }, { connection }) => `/v1/customers?${query({ connection, filter: `name==*${word}*`, sort: 'name' })}`,
  ),
  reading(
    'listCustomers with addresses',
    ({ word }, { connection }) =>
      `/v1/customers?${query({ connection, filter: `name==*${word}*`, fields: connection === 'intacct' ? 'name,email,status' : 'name,addresses,customFields,status' })}`,
  ),
  reading('listOpenItems', ({ debtor }) => `/v1/customers/${debtor.customer.id}/open-items`),
  reading('checkCredit', ({ debtor }) => `/v1/customers/${debtor.customer.id}/credit-check?amount=10.00&currency=USD`),
  reading('getInvoice', ({ debtor }) => `/v1/invoices/${debtor.first.id}?include=lines,payments`),
  reading('listInvoices', ({ debtor }) => `/v1/invoices?${query({ customerId: debtor.customer.id, sort: 'date' })}`),
  reading('getPayment', ({ paymentId }) => `/v1/payments/${paymentId}`),
  reading('listPayments', ({ debtor }) => `/v1/payments?${query({ customerId: debtor.customer.id, limit: '50' })}`),
  reading(
    'listPayments unapplied',
    ({ debtor }) => `/v1/payments?${query({ customerId: debtor.customer.id, unapplied: 'true' })}`,
  ),
  reading('getCredit', ({ debtor }) => `/v1/credits/${debtor.memo.id}`),
  reading('checkConnection', (_shared, { connection }) => `/v1/connections/${connection}/check`, { method: 'POST' }),
  ...['customer', 'payment'].map((kind) =>
    reading(
      `getObjectDefinition ${kind}`,
      (_shared, { connection }) => `/v1/connections/${connection}/objects/${kind}`,
    ),
  ),
  ...REFERENCE.map((kind) =>
    reading(
      `listReferenceData ${kind}`,
      (_shared, { connection }) => `/v1/connections/${connection}/reference/${kind}`,
    ),
  ),
  reading('listEmailTemplates', ({ debtor }) => `/v1/email-templates?customerId=${debtor.customer.id}`, {
    only: 'intacct',
  }),
  reading('listCustomerEmailTemplates', ({ debtor }) => `/v1/customers/${debtor.customer.id}/email-templates`, {
    only: 'intacct',
  }),
]
