/** What the answer fuzz calls: an operation with records of its own, made anew for every case. */
import type { ErpName } from '../support/erps.ts'
import type { FuzzWorld } from './world.ts'

export interface Prepared {
  readonly method: string
  readonly path: string
  readonly body?: object
}

export interface FuzzOperation {
  readonly name: string
  readonly effect: 'read' | 'write'
  /** Both when absent. */
  readonly only?: ErpName
  /** The session has ended before: logins are exchanges of the case. */
  readonly login?: true
  /** `token` is a word that no other case has in its names. */
  readonly prepare: (world: FuzzWorld, token: string) => Promise<Prepared>
}

export const DAY = '2026-04-10'
export const STREET = {
  line1: '123 Main Street',
  city: 'San Francisco',
  region: 'CA',
  postalCode: '94102',
  country: 'US',
}

/** Calls without any fault, before the case begins. */
export async function called(world: FuzzWorld, method: string, path: string, body?: object) {
  const key = `prepare-${Math.random()}`
  const answer = await world.request(method, path, { ...(body && { body }), ...(method !== 'GET' && { key }) })
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`)
  return answer.body
}

export const newCustomer = (world: FuzzWorld, token: string, fields: object = {}) =>
  called(world, 'POST', '/v1/customers', {
    connection: world.connection,
    name: `Fuzz ${token}`,
    currency: 'USD',
    ...fields,
  })

const TEMPLATE = 'qtemplate'
/** As `newCustomer`, straight into the books: most cases are about payments, and need somebody who pays. */
async function copiedCustomer(world: FuzzWorld, token: string): Promise<{ id: string; nativeId: string }> {
  const { slices, connection } = world
  const { nativeId: from } = await world.once('template', async () => {
    const made = await newCustomer(world, TEMPLATE)
    slices.begin(token)
    return made
  })
  const nativeId = slices.copyCustomer(from, [TEMPLATE, token])
  return { id: `cus_${connection}_${nativeId}`, nativeId }
}

/** Somebody with invoices of 100.00 and 60.00 and a memo of 30.00. */
export async function newDebtor(world: FuzzWorld, token: string) {
  const customer = await copiedCustomer(world, token)
  const first = world.erp.invoice(customer.nativeId, { total: '100.00', dueDate: '2026-05-01' })
  const second = world.erp.invoice(customer.nativeId, { total: '60.00', dueDate: '2026-05-02' })
  const memo = world.erp.creditMemo(customer.nativeId, { total: '30.00' })
  return { customer, first, second, memo }
}

export type Debtor = Awaited<ReturnType<typeof newDebtor>>

export const paid = (world: FuzzWorld, { customer }: Debtor, fields: object) =>
  called(world, 'POST', '/v1/payments', { customer: { id: customer.id }, date: DAY, ...fields })
