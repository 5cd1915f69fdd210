/** The examples of the document tell the truth: a fresh sandbox takes every request, and answers what the examples show. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXAMPLES } from '../src/documentation/examples/index.ts'
import { newKey, startGateway, type TestGateway } from './support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 250 })
})
afterAll(() => gateway.close())

/** What depends on the day or on chance. */
const VOLATILE = new Set([
  'createdAt',
  'updatedAt',
  'daysOverdue',
  'overdueBalance',
  'idempotencyKey',
  'durationMs',
  'reversalId',
])
const steady = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(steady)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (VOLATILE.has(name) ? [] : [[name, steady(member)]])),
  )
}

interface Shown {
  readonly operation: string
  readonly answer: string
  readonly status: number
  readonly call: readonly [method: string, path: string]
  /** Name of the request example. */
  readonly request?: string
}
/** In an order in which they can follow each other: the first payment has the number of the example. */
const SHOWN: readonly Shown[] = [
  { operation: 'listCustomers', answer: 'both', status: 200, call: ['GET', '/v1/customers?name=Acme%20Corporation'] },
  { operation: 'getCustomer', answer: 'netsuite', status: 200, call: ['GET', '/v1/customers/cus_netsuite_456'] },
  { operation: 'getCustomer', answer: 'intacct', status: 200, call: ['GET', '/v1/customers/cus_intacct_ACME'] },
  {
    operation: 'listOpenItems',
    answer: 'netsuite',
    status: 200,
    call: ['GET', '/v1/customers/cus_netsuite_456/open-items'],
  },
  {
    operation: 'listEmailTemplates',
    answer: 'one',
    status: 200,
    call: ['GET', '/v1/email-templates?connection=intacct'],
  },
  {
    operation: 'getEmailTemplate',
    answer: 'intacct',
    status: 200,
    call: ['GET', '/v1/email-templates/emt_intacct_170'],
  },
  {
    operation: 'listCustomerEmailTemplates',
    answer: 'intacct',
    status: 200,
    call: ['GET', '/v1/customers/cus_intacct_ACME/email-templates'],
  },
  {
    operation: 'replaceCustomerEmailTemplates',
    answer: 'intacct',
    status: 200,
    call: ['PUT', '/v1/customers/cus_intacct_ACME/email-templates'],
    request: 'change',
  },
  {
    operation: 'listReferenceData',
    answer: 'terms',
    status: 200,
    call: ['GET', '/v1/connections/netsuite/reference/terms'],
  },
  {
    operation: 'listReferenceData',
    answer: 'banks',
    status: 200,
    call: ['GET', '/v1/connections/netsuite/reference/bank-accounts'],
  },
  {
    operation: 'passthrough',
    answer: 'record',
    status: 200,
    call: ['POST', '/v1/connections/netsuite/passthrough'],
    request: 'record',
  },
  {
    operation: 'passthrough',
    answer: 'intacct',
    status: 200,
    call: ['POST', '/v1/connections/intacct/passthrough'],
    request: 'intacctRead',
  },
  { operation: 'listInvoices', answer: 'one', status: 200, call: ['GET', '/v1/invoices?number=INV-5001'] },
  { operation: 'getInvoice', answer: 'netsuite', status: 200, call: ['GET', '/v1/invoices/inv_netsuite_5001'] },
  {
    operation: 'getInvoice',
    answer: 'lines',
    status: 200,
    call: ['GET', '/v1/invoices/inv_intacct_102?include=lines,payments'],
  },
  { operation: 'listPayments', answer: 'one', status: 200, call: ['GET', '/v1/payments?number=PMT-100002'] },
  { operation: 'getPayment', answer: 'netsuite', status: 200, call: ['GET', '/v1/payments/pay_netsuite_100002'] },
  { operation: 'checkConnection', answer: 'well', status: 200, call: ['POST', '/v1/connections/netsuite/check'] },
  {
    operation: 'createCustomer',
    answer: 'netsuite',
    status: 201,
    call: ['POST', '/v1/customers'],
    request: 'netsuite',
  },
  {
    operation: 'createAddress',
    answer: 'netsuite',
    status: 201,
    call: ['POST', '/v1/customers/cus_netsuite_456/addresses'],
    request: 'shipping',
  },
  {
    operation: 'createPayment',
    answer: 'dryRun',
    status: 200,
    call: ['POST', '/v1/payments?dryRun=true'],
    request: 'netsuite',
  },
  { operation: 'createPayment', answer: 'netsuite', status: 201, call: ['POST', '/v1/payments'], request: 'netsuite' },
  {
    operation: 'updatePayment',
    answer: 'netsuite',
    status: 200,
    call: ['PATCH', '/v1/payments/pay_netsuite_100007'],
    request: 'memo',
  },
  {
    operation: 'voidPayment',
    answer: 'deleted',
    status: 200,
    call: ['POST', '/v1/payments/pay_netsuite_100017/void'],
    request: 'plain',
  },
  {
    operation: 'applyPayment',
    answer: 'netsuite',
    status: 200,
    call: ['POST', '/v1/payments/pay_netsuite_100002/apply'],
    request: 'one',
  },
  {
    operation: 'unapplyPayment',
    answer: 'netsuite',
    status: 200,
    call: ['POST', '/v1/payments/pay_netsuite_100002/unapply'],
    request: 'part',
  },
  { operation: 'getCredit', answer: 'memo', status: 200, call: ['GET', '/v1/credits/crd_netsuite_memo-6001'] },
  {
    operation: 'applyCredit',
    answer: 'memo',
    status: 200,
    call: ['POST', '/v1/credits/crd_netsuite_memo-6001/apply'],
    request: 'memo',
  },
  {
    operation: 'unapplyCredit',
    answer: 'rest',
    status: 200,
    call: ['POST', '/v1/credits/crd_netsuite_payment-100002/unapply'],
    request: 'rest',
  },
]

test.each(SHOWN)('$operation answers $answer', async ({ operation, answer, status, call: [method, path], request }) => {
  const body = request === undefined ? undefined : EXAMPLES[operation]?.request?.[request]?.value
  const real = await gateway.request(method, path, { body, ...(method !== 'GET' && { key: newKey() }) })
  expect(real.status, real.text).toBe(status)
  expect(real.body).toMatchObject(steady(EXAMPLES[operation]?.answers[status]?.[answer]?.value) as object)
})

test('a reversal looks as shown', async () => {
  const real = await gateway.request('POST', '/v1/payments/pay_intacct_10017/void', { key: newKey() })
  const shown = steady(EXAMPLES['voidPayment']?.answers[200]?.['reversed']?.value) as { void: object }
  expect(real.body).toMatchObject({
    ...shown,
    void: { how: 'reversed', reversalId: expect.stringMatching(/^pay_intacct_\d+$/) },
  })
})

test('a replaced payment looks as shown', async () => {
  const real = await gateway.request('POST', '/v1/payments/pay_intacct_10002/unapply?confirm=reverse', {
    key: newKey(),
    body: { applications: [{ invoiceId: 'inv_intacct_10001', amount: '5.00' }] },
  })
  const {
    id: _,
    nativeId: _n,
    number: _m,
    ...shown
  } = steady(EXAMPLES['unapplyPayment']?.answers[200]?.['replaced']?.value) as Record<string, unknown>
  expect(real.body).toMatchObject(shown)
})

/** Where each request example goes; the ids are those that the docs page is filled with. */
const PLACES: Readonly<Record<string, readonly [method: string, path: string]>> = {
  createCustomer: ['POST', '/v1/customers'],
  updateCustomer: ['PATCH', '/v1/customers/cus_intacct_ACME'],
  createAddress: ['POST', '/v1/customers/cus_intacct_ACME/addresses'],
  replaceCustomerEmailTemplates: ['PUT', '/v1/customers/cus_intacct_ACME/email-templates'],
  upsertCustomer: ['PUT', '/v1/customers/by-external-id/netsuite/juniper'],
  passthrough: ['POST', '/v1/connections/netsuite/passthrough'],
  'passthrough intacctRead': ['POST', '/v1/connections/intacct/passthrough'],
  'passthrough intacctQuery': ['POST', '/v1/connections/intacct/passthrough'],
  'passthrough intacctLegacy': ['POST', '/v1/connections/intacct/passthrough'],
  createPayment: ['POST', '/v1/payments'],
  updatePayment: ['PATCH', '/v1/payments/pay_netsuite_100007'],
  voidPayment: ['POST', '/v1/payments/pay_intacct_10017/void'],
  applyPayment: ['POST', '/v1/payments/pay_netsuite_100002/apply'],
  unapplyPayment: ['POST', '/v1/payments/pay_netsuite_100002/unapply'],
  applyCredit: ['POST', '/v1/credits/crd_netsuite_memo-6001/apply'],
  unapplyCredit: ['POST', '/v1/credits/crd_netsuite_payment-100002/unapply'],
}
const REQUESTS = Object.entries(EXAMPLES).flatMap(([operation, { request = {} }]) =>
  Object.entries(request).map(([name, { value }]) => ({ operation, name, value })),
)

test.each(REQUESTS)('the request $name of $operation works, and works again', async ({ operation, name, value }) => {
  const [method, path] = (PLACES[`${operation} ${name}`] ?? PLACES[operation]) as [string, string]
  for (let times = 0; times < 2; times++) {
    const real = await gateway.request(method, path, { body: value, key: newKey() })
    expect([200, 201], real.text).toContain(real.status)
  }
})
