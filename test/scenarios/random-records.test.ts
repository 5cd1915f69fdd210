/** Random customers and payments: what is accepted reads back equal, field by field; what is not is refused at its place. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newName } from '../conformance/world.ts'
import type { ErpName } from '../support/erps.ts'
import { type Answer, newKey, OPERATOR_KEY, startGateway, type TestGateway } from '../support/gateway.ts'

const RUNS = process.env['LONG'] ? 2000 : 100
const TIMEOUT = 60_000 + RUNS * 500

/** Intacct takes discounts only where the connection says that the company does. */
const WITH_DISCOUNTS = 'intacct-discounts'

let gateway: TestGateway
beforeAll(async () => {
  const settings = { customDiscounts: true }
  gateway = await startGateway({ customers: 2, more: { [WITH_DISCOUNTS]: { like: 'intacct', settings } } })
})
afterAll(() => gateway.close())

const request: TestGateway['request'] = (method, path, options = {}) =>
  gateway.request(method, path, { as: OPERATOR_KEY, ...options })

// Generators

/** What no ERP can hold is refused before anything is sent; another test is about that. */
const WRONG = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/u
const text = (maxLength: number) =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.string({ minLength: 1, maxLength, unit: 'binary' }) },
      { weight: 2, arbitrary: fc.string({ minLength: 1, maxLength, unit: 'grapheme' }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('00123', ' x ', "' OR 1=1 --", ']]>', '<b>&amp;</b>', 'a#~#b', 'null', '1e3'),
      },
    )
    .filter((value) => value.length <= maxLength && !WRONG.test(value))
const word = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/)
const email = fc.tuple(word, word).map(([local, domain]) => `${local}@${domain}.example`)
const money = fc.integer({ min: 0, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const fields = (arbitraries: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .record(Object.fromEntries(Object.entries(arbitraries).map(([name, value]) => [name, maybe(value)])))
    .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)))

const address = fields({
  line1: text(60),
  line2: text(60),
  city: text(40),
  region: text(30),
  postalCode: text(20),
}).map((made) => ({ ...made, line1: made['line1'] ?? '1 Main St', country: 'US', isDefaultBilling: true }))

const contact = fc.record({ name: text(40), email, category: text(20) })
/** Names are unique in a whole Intacct company, so every contact gets one of its own. */
const contacts = fc
  .array(contact, { maxLength: 3 })
  .map((list) => list.map((one) => ({ ...one, role: 'other', phone: null, name: newName(one.name) })))
const restriction = fc.oneof(
  fc.constantFrom('unrestricted', 'rootOnly').map((type) => ({ type, locations: [], departments: [] })),
  fc.record({
    type: fc.constant('restricted'),
    locations: fc.uniqueArray(fc.constantFrom('100', '200'), { minLength: 1 }),
    departments: fc.uniqueArray(fc.constantFrom('SALES', 'OPS')),
  }),
)
const delivery = fc.subarray(['print', 'email'])

const COMMON = {
  ...{ email, altEmail: email, phone: text(20), altPhone: text(20), mobile: text(20), fax: text(20) },
  ...{ comments: text(200), creditLimit: money, resaleNumber: text(25), taxId: text(25), onHold: fc.boolean() },
  ...{ status: fc.constantFrom('active', 'inactive'), currency: fc.constantFrom('USD', 'EUR'), delivery },
  ...{ taxable: fc.boolean(), addresses: address.map((one) => [one]) },
}
const named = (id: string, name: string) => ({ id, name })
const OWN: Readonly<Record<ErpName, Record<string, fc.Arbitrary<unknown>>>> = {
  netsuite: {
    ...{ website: word.map((name) => `https://${name}.example`), externalId: word.map((id) => `${id}-${newKey()}`) },
    customFields: text(50).map((value) => ({ custentity_region: value })),
    stage: fc.constantFrom(named('13', 'CUSTOMER-Closed Won'), named('8', 'PROSPECT-In Discussion')),
    terms: fc.constantFrom({ id: '1' }, { name: 'Net 30' }, named('3', 'Net 60')),
    category: fc.constantFrom({ id: '1' }, { name: 'Reseller' }),
    salesRep: fc.constantFrom({ id: '123' }, { name: 'Sales Desk West' }),
    ...{ partner: fc.constant({ id: '301' }), territory: fc.constantFrom({ id: '1' }, { name: 'South' }) },
    ...{ priceLevel: fc.constant({ id: '2' }), shippingMethod: fc.constant({ name: 'Ground' }) },
    ...{ receivablesAccount: fc.constantFrom({ id: '119' }, { id: '120' }), billingSchedule: fc.constant({ id: '1' }) },
    ...{ tax: fc.constant({ id: '-7' }), parent: fc.constant({ id: 'cus_netsuite_456' }) },
    vendorFields: fields({
      ...{ printOnCheckAs: text(40), accountNumber: text(40), homePhone: text(20), shipComplete: fc.boolean() },
      ...{ startDate: fc.constant('2026-01-31'), language: fc.constant({ id: 'de_DE' }) },
    }),
  },
  intacct: {
    ...{ website: text(60), emailOptIn: fc.boolean(), restriction, contacts },
    customFields: fc
      .oneof(
        text(50).filter((value) => !value.includes('#~#')),
        fc.uniqueArray(word, { minLength: 2, maxLength: 4 }),
      )
      .map((value) => ({ REGION: value })),
    emailTemplates: fc.constantFrom([{ template: 'ARInvEmailTemplate', documentType: null }], []),
  },
}
const names = fc.oneof(
  fc.record({ name: text(60).map((name) => newName(name)) }),
  fc.record({ companyName: text(40).map((name) => newName(name)) }),
  fc.record({ firstName: text(20), lastName: word.map((name) => newName(name)) }),
)
const customers = (connection: ErpName) =>
  fc.tuple(names, fields({ ...COMMON, ...OWN[connection] })).map((parts) => Object.assign({}, ...parts) as object)

// What comes back

/** Refused at a place of the caller's, and nothing was written. */
function refusal(answer: Answer): string {
  const { status, applied, errors } = answer.body
  expect({ status, applied, body: answer.text }).toMatchObject({ applied: 'no' })
  expect([400, 409, 422], answer.text).toContain(status)
  expect(errors.length, answer.text).toBeGreaterThan(0)
  for (const { pointer } of errors) expect(pointer, answer.text).toMatch(/^\//)
  return errors[0].pointer
}

/** Lists of the ERP's own order are compared without order; the rest as it was written. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value) && value.every((one) => typeof one === 'object')
    ? value.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
    : value

function comesBack(written: object, body: Record<string, unknown>): void {
  const warned = new Set(((body['warnings'] ?? []) as { pointer: string }[]).map(({ pointer }) => pointer))
  const wanted = Object.fromEntries(
    Object.entries(written)
      .filter(([field]) => !warned.has(`/${field}`))
      .map(([field, value]) => [field, sorted(value)]),
  )
  expect(Object.fromEntries(Object.keys(wanted).map((field) => [field, sorted(body[field])]))).toMatchObject(wanted)
}

/** Most have to be accepted, or the test would be about nothing. */
async function each<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<string | null>): Promise<void> {
  const refused: string[] = []
  let runs = 0
  await fc.assert(
    fc.asyncProperty(arbitrary, async (value) => {
      runs++
      const pointer = await check(value)
      if (pointer !== null) refused.push(pointer)
    }),
    { numRuns: RUNS, endOnFailure: !process.env['LONG'] },
  )
  expect(refused.length / runs, [...new Set(refused)].join()).toBeLessThan(0.4)
}

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (connection) => {
  it(
    'gives a customer back as it was written',
    async () => {
      await each(customers(connection), async (customer) => {
        const made = await request('POST', '/v1/customers', { body: { connection, ...customer } })
        if (made.status !== 201) return refusal(made)
        comesBack(customer, made.body)
        const read = await request('GET', `/v1/customers/${made.body.id}`)
        const { warnings: _, ...record } = made.body
        expect(read.body).toEqual(record)
        return null
      })
    },
    TIMEOUT,
  )

  it(
    'gives a payment back as it was written',
    async () => {
      const via = connection === 'intacct' ? WITH_DISCOUNTS : connection
      await each(payments(connection), async ({ cash, parts, ...fieldsOf }) => {
        const body = { connection: via, name: newName('Payer'), currency: 'USD' }
        const { body: customer } = await request('POST', '/v1/customers', { body })
        const applications = parts.map(({ total, lineOf, discount }) => {
          const invoice = gateway.erps[connection].invoice(customer.nativeId, { total: (total / 100).toFixed(2) })
          return {
            invoiceId: `inv_${via}_${invoice.nativeId}`,
            amount: ((total - discount) / 100).toFixed(2),
            ...(discount > 0 && { discount: (discount / 100).toFixed(2) }),
            ...(lineOf && connection === 'intacct' && { lineId: lineOf(invoice.nativeId) }),
          }
        })
        const applied = applications.reduce((sum, one) => sum + Math.round(Number(one.amount) * 100), 0)
        const payment = { ...fieldsOf, amount: ((applied + cash) / 100).toFixed(2), applications }
        const answer = await request('POST', '/v1/payments', {
          key: newKey(),
          body: { customer: { id: customer.id }, ...payment },
        })
        if (answer.status !== 201) return refusal(answer)
        comesBack(payment, answer.body)
        const read = await request('GET', `/v1/payments/${answer.body.id}`)
        const { warnings: _, idempotencyKey: _key, ...record } = answer.body
        expect(read.body).toEqual(record)
        return null
      })
    },
    TIMEOUT,
  )
})

/** Each application gets an invoice of its own, that it settles as a whole. */
const payments = (connection: ErpName) => {
  const lineOf = (invoice: string) => {
    const [line] = gateway.erps.intacct.books.document(invoice).details['lines'] as { RECORDNO: string }[]
    return line?.RECORDNO ?? ''
  }
  const part = fc.record({
    total: fc.integer({ min: 100, max: 500_000 }),
    discount: connection === 'netsuite' ? fc.constant(0) : fc.constantFrom(0, 0, 50),
    lineOf: fc.constantFrom(null, lineOf),
  })
  return fc
    .tuple(
      fc.record({
        cash: fc.integer({ min: 1, max: 100_000 }),
        parts: fc.array(part, { maxLength: 3 }),
        date: fc
          .date({ min: new Date('2026-03-01'), max: new Date('2026-04-30'), noInvalidDate: true })
          .map((day) => day.toISOString().slice(0, 10)),
      }),
      fields({
        ...{ memo: text(100), reference: text(30), method: fc.constantFrom('check', 'cash', 'wire', 'ach') },
        depositTo: fc.constantFrom(
          { kind: 'undepositedFunds' },
          { kind: 'bankAccount', id: connection === 'intacct' ? 'SAVE' : '10' },
        ),
        ...(connection === 'netsuite' && {
          externalId: word.map((id) => `${id}-${newKey()}`),
          department: fc.constantFrom({ id: '1' }, { name: 'Service' }),
          class: fc.constantFrom({ id: '2' }, { name: 'Hardware' }),
          location: fc.constantFrom(named('1', 'Head Office'), { name: 'Warehouse' }),
          methodRef: fc.constantFrom({ id: '5' }, { name: 'VISA' }),
          customFields: text(50).map((value) => ({ custbody_channel: value })),
        }),
      }),
    )
    .map(([own, { method, ...more }]) => ({
      ...more,
      ...own,
      // Both would have to agree.
      ...(method !== undefined && more['methodRef'] === undefined && { method }),
    }))
}
