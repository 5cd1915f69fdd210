/** A debtor with money received in advance on either ERP, and short ways to send verbs and to look at their answers. */
import { expect } from 'vitest'
import type { Erp, ErpName, Posted } from '../support/erps.ts'
import { type Answer, newKey, type RequestOptions, type TestGateway } from '../support/gateway.ts'

export const DATE = '2026-04-10'

/** `gateway` is asked for when a test runs: it is started before the tests and after their file is read. */
export function verbWorld(connection: ErpName, gateway: () => TestGateway) {
  const erp = (): Erp => gateway().erps[connection]
  const post = (path: string, body?: object, options: RequestOptions = {}) =>
    gateway().request('POST', path, { key: newKey(), ...(body && { body }), ...options })
  const get = async (path: string) => {
    const answer = await gateway().request('GET', path)
    expect({ path, status: answer.status, detail: answer.body.detail }).toMatchObject({ path, status: 200 })
    return answer.body
  }
  const ok = (answer: Answer) => {
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({ status: 200, detail: undefined })
    return answer.body
  }
  const refused = (answer: Answer, status: number, code: string, pointer?: string) => {
    expect(answer.body).toMatchObject({ status, code, applied: 'no' })
    if (pointer !== undefined) expect(answer.body.errors).toMatchObject([{ pointer }])
    return answer.body
  }
  /** A customer with invoices of 100.00 and 60.00, a memo of 30.00, and 50.00 received in advance. */
  const world = async (amount = '50.00', fields: object = {}) => {
    const { body: customer } = await gateway().request('POST', '/v1/customers', {
      body: { connection, name: `Verbs ${newKey()}`, currency: 'USD' },
    })
    const first = erp().invoice(customer.nativeId, { total: '100.00', dueDate: '2026-05-01' })
    const second = erp().invoice(customer.nativeId, { total: '60.00', dueDate: '2026-05-02' })
    const memo = erp().creditMemo(customer.nativeId, { total: '30.00' })
    const body = { customer: { id: customer.id }, date: DATE, amount, ...fields }
    const { body: payment } = await post('/v1/payments', body)
    expect(payment.detail).toBeUndefined()
    return { customer, first, second, memo, payment }
  }
  const on = (invoice: Posted, amount?: string) => ({
    invoiceId: invoice.id,
    ...(amount !== undefined && { amount }),
  })
  const applied = (payment: { applications: { invoiceId: string; amount: string }[] }) =>
    payment.applications.map((one) => [one.invoiceId, one.amount])
  return { erp, post, get, ok, refused, world, on, applied }
}
