/** The query filters of the NetSuite guides, word for word through passthrough, beside the unified filter that means the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GOLDEN_NOW, recordSeeds } from '../golden/recording.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { pageThrough } from '../support/pages.ts'

const { watch, shown } = recordSeeds('seed-native-filters', 'guide/word for word')
let gateway: TestGateway
beforeAll(async () => {
  const clock = () => GOLDEN_NOW
  gateway = watch(await startGateway({ customers: 4, profile: 'guide', clock, concurrency: 1 }))
  const { request, erps } = gateway
  const { body: john } = await request('POST', '/v1/customers', {
    body: { connection: 'netsuite', firstName: 'John', lastName: 'Smith', email: 'john.smith@email.com' },
  })
  const { body: acme } = await request('POST', '/v1/customers', {
    body: { connection: 'netsuite', companyName: 'Acme Two', status: 'inactive', currency: 'USD' },
  })
  erps.netsuite.invoice(acme.nativeId, { total: '20000.00' })
  for (const [place, payment] of PAYMENTS.entries()) {
    const customer = { id: place % 2 ? john.id : 'cus_netsuite_456' }
    const body = { customer, currency: 'USD', ...payment }
    const made = await request('POST', '/v1/payments', { key: `native-${place}`, body })
    expect({ status: made.status, detail: made.body.detail }).toEqual({ status: 201, detail: undefined })
  }
})
afterAll(() => gateway.close())

const undeposited = { depositTo: { kind: 'undepositedFunds' } }
const PAYMENTS = [
  { date: '2025-12-25', amount: '10.00', method: 'check' },
  { date: '2025-12-01', amount: '5000.00', method: 'cash', ...undeposited },
  { date: '2025-12-31', amount: '5000.01', method: 'check', ...undeposited },
  { date: '2026-01-01', amount: '1.00', applications: [] },
]

/** By the name, the record and the words of the guide. */
const FILTERS = [
  ['Find Customers by Company Name', 'customer', "companyName LIKE 'Acme%'", 'filter=companyName==Acme*'],
  ['Find Customers by Email', 'customer', "email='john.smith@email.com'", 'email=john.smith@email.com'],
  ['Find Inactive Customers', 'customer', 'inactive=true', 'status=inactive'],
  ['Find Customers by Status', 'customer', "entityStatus='13'", 'stage=13'],
  ['Find Customers with High Balance', 'customer', 'balance > 10000', 'filter=balance=gt=10000'],
  ['Find Payments by Date', 'customerPayment', "tranDate='2025-12-25'", 'date=2025-12-25'],
  ['Find by Customer', 'customerPayment', "customer='456'", 'customerId=cus_netsuite_456'],
  ['Find Unapplied Payments', 'customerPayment', 'unapplied > 0', 'unapplied=true'],
  ['Find by Payment Method', 'customerPayment', "paymentMethod='2'", 'methodId=2'],
  [
    'Find by Date Range',
    'customerPayment',
    "tranDate BETWEEN '2025-12-01' AND '2025-12-31'",
    'dateFrom=2025-12-01&dateTo=2025-12-31',
  ],
  ['Find High-Value Payments', 'customerPayment', 'payment > 5000', 'filter=amount=gt=5000'],
  ['Find Undeposited Funds', 'customerPayment', 'undepFunds=true', 'undeposited=true'],
] as const

describe('Query Filters', () => {
  it.each(FILTERS)('%s', async (_name, type, q, unified) => {
    const body = { method: 'GET', path: `/services/rest/record/v1/${type}?q=${encodeURIComponent(q)}` }
    const native = await shown(() => gateway.request('POST', '/v1/connections/netsuite/passthrough', { body }))
    expect({ status: native.status, erp: native.body.status }).toEqual({ status: 200, erp: 200 })
    const found = native.body.body.items.map((item: { id: string }) => item.id)
    const path = `/v1/${type === 'customer' ? 'customers' : 'payments'}?connection=netsuite&limit=200&${unified}`
    const records = await shown(() => pageThrough(gateway.request, path))
    expect(records.map((one) => one.nativeId).toSorted()).toEqual(found.toSorted())
    expect(found.length).toBeGreaterThan(0)
  })
})
