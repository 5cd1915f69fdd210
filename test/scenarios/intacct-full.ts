/** A gateway with an Intacct connection whose company has everything switched on, and short ways to its payments. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { type Answer, newKey, OPERATOR_KEY, startGateway, type TestGateway } from '../support/gateway.ts'

export const DATE = '2026-04-10'
/** Everything that a company can switch on. */
export const FULL = 'intacct-full'

export let gateway: TestGateway
/** To be called once by every file that uses the gateway: its hooks belong to the file. */
export function beginWithFullCompany(): void {
  beforeAll(async () => {
    gateway = await startGateway({
      customers: 20,
      more: {
        [FULL]: {
          like: 'intacct',
          settings: { customDiscounts: true, inlineCredits: true, title: 'Everything switched on' },
        },
      },
    })
  })
  afterAll(() => gateway.close())
  beforeEach(() => gateway.erps.intacct.reset())
}

export const request: TestGateway['request'] = (method, path, options = {}) =>
  gateway.request(method, path, { as: OPERATOR_KEY, ...options })
export const id = (kind: string, key: string) => `${kind}_${FULL}_${key}`
export const open = (...keys: string[]) => keys.map((key) => gateway.erps.intacct.books.openAmount(key))
export const customer = (key = 'ACME') => ({ id: id('cus', key) })
export const on = (invoice: string, amount: string, more: object = {}) => ({
  invoiceId: id('inv', invoice),
  amount,
  ...more,
})

export const post = (body: object): Promise<Answer> =>
  request('POST', '/v1/payments', { key: newKey(), body: { customer: customer(), date: DATE, ...body } })
export const ok = (answer: Answer, status: number) => {
  expect({ status: answer.status, detail: answer.body?.detail }).toEqual({ status, detail: undefined })
  return answer.body
}
export const pay = async (body: object) => ok(await post(body), 201)
export const patch = (payment: { id: string }, body: object) => request('PATCH', `/v1/payments/${payment.id}`, { body })
export const read = async (payment: { id: string }) => ok(await request('GET', `/v1/payments/${payment.id}`), 200)
export const refused = (answer: Answer, status: number, code: string, pointer?: string) => {
  expect(answer.body).toMatchObject({ status, code, applied: 'no' })
  if (pointer !== undefined)
    expect(answer.body.errors.map((one: { pointer: string }) => one.pointer)).toEqual([pointer])
}
