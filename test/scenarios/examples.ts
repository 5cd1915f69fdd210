/**
 * What the examples of the documents that the project began with have in common: one customer with three invoices and a
 * credit memo, made anew for each of them; the JSON is the same for every ERP, only ids differ.
 */
import { beforeEach, expect } from 'vitest'
import type { ProfileName } from '../../src/sandbox/netsuite/profile.ts'
import { GOLDEN_NOW, type Recording } from '../golden/recording.ts'
import { cents, type Erp, type ErpName, openDocuments, type Posted } from '../support/erps.ts'
import { type Answer, newKey, type RequestOptions, startGateway, type TestGateway } from '../support/gateway.ts'

export const DATE = '2026-03-25'

/** The accounts that the examples are called on: both ERPs, and NetSuite in each of its kinds. */
export interface ExampleAccount {
  readonly title: string
  readonly connection: ErpName
  readonly profile: ProfileName
}
export const ACCOUNTS: readonly ExampleAccount[] = [
  { title: 'netsuite', connection: 'netsuite', profile: '2026.1' },
  { title: "netsuite, the guide's account", connection: 'netsuite', profile: 'guide' },
  { title: 'netsuite, without OneWorld and SuiteQL', connection: 'netsuite', profile: 'single' },
  { title: 'intacct', connection: 'intacct', profile: '2026.1' },
]

/** A gateway whose wire text is the same every time: one moment, one request at a time, and the account's lists known. */
export async function startExamples(
  { connection, profile }: Omit<ExampleAccount, 'title'>,
  recording: Recording,
): Promise<TestGateway> {
  if (connection === 'intacct') return startGateway({ customers: 30, profile })
  const gateway = await startGateway({ customers: 4, profile, clock: () => GOLDEN_NOW, concurrency: 1 })
  const body = { connection, companyName: 'First', currency: 'USD', terms: { name: 'Net 30' } }
  const { body: customer } = await gateway.request('POST', '/v1/customers', { body })
  const payment = { customer: { id: customer.id }, date: DATE, amount: '1.00', method: 'check' }
  const paid = await gateway.request('POST', '/v1/payments', { key: newKey(), body: payment })
  expect(paid.status).toBe(201)
  return recording.watch(gateway)
}

export function examples(gateway: () => TestGateway, connection: ErpName, recording: Recording) {
  let count = 0
  let payments = 0
  beforeEach(() => {
    if (connection !== 'netsuite') return
    gateway().erps.netsuite.reset()
    count = 0
    payments = 0
  })
  const erp = (): Erp => gateway().erps[connection]
  const call = async (method: string, path: string, status: number, options: RequestOptions = {}): Promise<Answer> => {
    const answer = await gateway().request(method, path, options)
    expect({ path, status: answer.status, detail: answer.body?.detail }).toMatchObject({ path, status })
    return answer
  }
  /** The customer of the examples, with its invoices and its credit memo, anew for each of them. */
  const acme = async () => {
    const number = `ACME-9${String(++count).padStart(2, '0')}`
    const { body } = await call('POST', '/v1/customers', 201, {
      body: {
        connection,
        number,
        companyName: `Acme Corporation ${count}`,
        currency: 'USD',
        terms: { name: 'Net 30' },
      },
    })
    const invoice = (total: string, dueDate: string) =>
      erp().invoice(body.nativeId, { total, date: '2026-02-02', dueDate })
    const invoices = [
      invoice('1000.00', '2026-03-04'),
      invoice('500.00', '2026-03-11'),
      invoice('250.00', '2026-03-18'),
    ] as const
    const memo = erp().creditMemo(body.nativeId, { total: '500.00' })
    recording.called(count === 1 ? 'customer' : `customer ${count}`, body.nativeId)
    for (const [place, { nativeId }] of invoices.entries()) recording.called(`invoice ${place + 1}`, nativeId)
    recording.called('credit memo', memo.nativeId)
    return { customer: body, invoices, memo }
  }
  type Acme = Awaited<ReturnType<typeof acme>>
  /** What is open in the books, to the cent. */
  const openInBooks = (customer: { nativeId: string }) =>
    openDocuments(erp().books, customer.nativeId).map(({ id, kind, open }) => ({ id, kind, open: cents(open) }))
  const opens = (...items: readonly Posted[]) => items.map((item) => item.open())
  const receive = async (customer: { id: string }, fields: object, status = 201) => {
    const body = { customer: { id: customer.id }, date: DATE, ...fields }
    const answer = await call('POST', '/v1/payments', status, { key: newKey(), body })
    if (status === 201) recording.called(`payment ${++payments}`, answer.body.nativeId)
    return answer
  }
  /** Voids, and expects the books to be as they were before the payment. */
  const voidRestores = async ({ customer }: Acme, payment: { id: string }, before: unknown) => {
    const { body } = await call('POST', `/v1/payments/${payment.id}/void`, 200, { key: newKey() })
    expect(body).toMatchObject({ id: payment.id, status: 'voided' })
    expect(openInBooks(customer)).toEqual(before)
    const open = await call('GET', `/v1/customers/${customer.id}/open-items`, 200)
    expect(open.body.totals).toEqual({ openInvoices: '1750.00', openCredits: '500.00', net: '1250.00' })
  }
  const found = async (query: string): Promise<string[]> => {
    const { body } = await call('GET', `${query}&connection=${connection}&limit=200`, 200)
    return body.data.map((one: { id: string }) => one.id)
  }
  /** A list that this account cannot be asked for, told by the field's name and the connection's. */
  const refused = async (query: string, field: string): Promise<void> => {
    const { body } = await call('GET', `${query}&connection=${connection}&limit=200`, 422)
    expect(body).toMatchObject({ code: 'filter_not_supported' })
    expect(body.detail).toMatch(new RegExp(`^${connection}: ${field} cannot be used`))
  }
  return { erp, call, acme, openInBooks, opens, receive, voidRestores, found, refused }
}
