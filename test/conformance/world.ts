/** Short ways to the records that promises are about: fresh customers, invoices in the books, payments through the API. */
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { type Answer, newKey } from '../support/gateway.ts'
import type { World } from './promises.ts'

let made = 0
/** A name that nobody else has; contact names are unique in a whole Intacct company. */
export const newName = (word = 'Probe'): string => `${word} ${++made} ${randomUUID().slice(0, 8)}`

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely and checked where they are used
type Body = any

/** Creates a customer and gives it back as it was answered. */
export async function newCustomer({ request, connection }: World, fields: object = {}): Promise<Body> {
  const answer = await request('POST', '/v1/customers', { body: { connection, name: newName(), ...fields } })
  expect(answer.body).toMatchObject({ object: 'customer' })
  expect(answer.status).toBe(201)
  return answer.body
}

/** A customer in US dollars with two open invoices (100.00 and 60.00) and a credit memo (30.00). */
export async function newDebtor(world: World) {
  const customer = await newCustomer(world, { currency: 'USD' })
  const { erp } = world
  const first = erp.invoice(customer.nativeId, { total: '100.00', dueDate: '2026-05-01' })
  const second = erp.invoice(customer.nativeId, { total: '60.00', dueDate: '2026-05-02' })
  const memo = erp.creditMemo(customer.nativeId, { total: '30.00' })
  return { customer, first, second, memo }
}

export const DAY = '2026-04-10'

/** Records a payment under a key of its own, and expects 201 unless told otherwise. */
export async function pay({ request }: World, customerId: string, fields: object, status = 201): Promise<Answer> {
  const answer = await request('POST', '/v1/payments', {
    key: newKey(),
    body: { customer: { id: customerId }, date: DAY, ...fields },
  })
  expect({ status: answer.status, code: answer.body?.code, detail: answer.body?.detail }).toMatchObject({ status })
  return answer
}

export async function read({ request }: World, path: string): Promise<Body> {
  const answer = await request('GET', path)
  expect({ status: answer.status, detail: answer.body?.detail }).toEqual({ status: 200, detail: undefined })
  return answer.body
}

/** Expects a problem document with this code, and gives it back. */
export function problem(answer: Answer, status: number, code: string): Body {
  expect({ status: answer.status, code: answer.body?.code, detail: answer.body?.detail }).toMatchObject({
    status,
    code,
  })
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(answer.body).toMatchObject({
    status,
    requestId: expect.any(String),
    title: expect.any(String),
    instance: expect.any(String),
  })
  return answer.body
}

/** An id of this connection that no record has. */
export const nobody = {
  customer: (connection: string) => `cus_${connection}_99999999`,
  payment: (connection: string) => `pay_${connection}_99999999`,
  invoice: (connection: string) => `inv_${connection}_99999999`,
}

/** The open item that is the rest of a payment. */
export async function restOf(world: World, customerId: string, paymentId: string): Promise<{ id: string }> {
  const open = await read(world, `/v1/customers/${customerId}/open-items`)
  return open.data.find((one: { paymentId: string }) => one.paymentId === paymentId)
}
