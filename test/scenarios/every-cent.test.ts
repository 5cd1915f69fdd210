/** Random payments, credits and voids: the API's answers, its open items and the ERP's books agree to the cent after every step. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErpName, Posted } from '../support/erps.ts'
import { cents as text } from '../support/erps.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

/** Each part is a test of its own, so that a slow machine shows which one is slow. */
const PARTS = process.env['LONG'] ? 60 : 4
const RUNS = 25
const STEPS = process.env['LONG'] ? 8 : 4

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 2 })
})
afterAll(() => gateway.close())

/** Amounts in cents, small enough to meet each other's limits often. */
const amount = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 12_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2500, 3000, 5000, 6000, 10_000) },
)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      cash: amount,
      applications: fc.uniqueArray(fc.record({ invoice: fc.nat({ max: 2 }), cents: amount }), {
        selector: (one) => one.invoice,
        maxLength: 3,
      }),
      credit: fc.option(amount, { nil: null }),
      /** Takes as much as is allowed instead of the amounts, so that many payments fit. */
      fitting: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), payment: fc.nat({ max: 5 }) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Pay = Extract<Step, { kind: 'pay' }>

/** What ought to be open, in cents. */
interface Model {
  readonly invoices: number[]
  memo: number
  readonly payments: {
    id: string
    rest: number
    applied: readonly (readonly [number, number])[]
    credit: number
    voided: boolean
  }[]
}

const money = (value: number): string => (value / 100).toFixed(2)
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** The step with amounts that fit what is open. */
function fitted(one: Pay, model: Model): Pay {
  if (!one.fitting) return one
  const applications = one.applications
    .map(({ invoice, cents }) => ({ invoice, cents: Math.min(cents, model.invoices[invoice] as number) }))
    .filter(({ cents }) => cents > 0)
  const applied = total(applications.map(({ cents }) => cents))
  const credit = Math.min(one.credit ?? 0, model.memo, applied)
  return { ...one, applications, credit: credit > 0 ? credit : null, cash: Math.max(one.cash, applied - credit, 1) }
}

/** The code of the refusal, or null when the books allow it. */
function refusal({ cash, applications, credit }: Pay, model: Model): string | null {
  const open = (invoice: number) => model.invoices[invoice] as number
  // What is used up is not among the open items: an invoice can still be read, a credit cannot.
  if (applications.some(({ invoice }) => open(invoice) === 0)) return 'allocation_exceeds_open_amount'
  if (credit !== null && model.memo === 0) return 'invalid_reference'
  if (applications.some(({ invoice, cents }) => cents > open(invoice)) || (credit ?? 0) > model.memo) {
    return 'allocation_exceeds_open_amount'
  }
  const applied = total(applications.map(({ cents }) => cents))
  return applied > cash + (credit ?? 0) || (credit ?? 0) > applied ? 'allocation_exceeds_amount' : null
}

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (connection) => {
  it.each(Array.from({ length: PARTS }, (_, part) => part + 1))('keeps every cent (part %i)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: STEPS }), async (steps) => {
        const world = await newWorld(connection)
        for (const one of steps) {
          if (one.kind === 'pay') await pay(world, fitted(one, world.model))
          else await undo(world, one.payment)
          await agree(world)
        }
      }),
      { numRuns: RUNS },
    )
  })
})

interface World {
  readonly customer: { id: string; nativeId: string }
  readonly connection: ErpName
  readonly invoices: readonly Posted[]
  readonly memo: Posted
  readonly model: Model
}

async function newWorld(connection: ErpName): Promise<World> {
  const erp = gateway.erps[connection]
  const { body: customer } = await gateway.request('POST', '/v1/customers', {
    body: { connection, name: `Property ${newKey()}`, currency: 'USD' },
  })
  const model: Model = { invoices: [10_000, 6000, 2501], memo: 3000, payments: [] }
  return {
    customer,
    connection,
    invoices: model.invoices.map((open, place) =>
      erp.invoice(customer.nativeId, { total: money(open), dueDate: `2026-05-0${place + 1}` }),
    ),
    memo: erp.creditMemo(customer.nativeId, { total: money(model.memo) }),
    model,
  }
}

async function pay({ customer, invoices, memo, model }: World, one: Pay): Promise<void> {
  const applications = one.applications.map(({ invoice, cents }) => ({
    invoiceId: invoices[invoice]?.id,
    amount: money(cents),
  }))
  const credits = one.credit === null ? [] : [{ creditId: memo.id, amount: money(one.credit) }]
  const body = { customer: { id: customer.id }, date: '2026-04-10', amount: money(one.cash), applications, credits }
  const answer = await gateway.request('POST', '/v1/payments', { key: newKey(), body })
  const code = refusal(one, model)
  expect({ status: answer.status, code: answer.body.code ?? null, applied: answer.body.applied ?? null }).toEqual(
    code === null ? { status: 201, code, applied: null } : { status: 422, code, applied: 'no' },
  )
  if (code !== null) return
  const applied = total(one.applications.map(({ cents }) => cents))
  const credit = one.credit ?? 0
  const payment = answer.body
  expect(payment).toMatchObject({
    amount: money(one.cash),
    appliedAmount: money(applied - credit),
    unappliedAmount: money(one.cash - applied + credit),
  })
  expect(sums(payment)).toEqual({ applications: money(applied), credits: money(credit) })
  expect(
    payment.applications
      .map((part: { invoiceId: string; amount: string }) => `${part.invoiceId} ${part.amount}`)
      .toSorted(),
  ).toEqual(applications.map((part) => `${part.invoiceId} ${part.amount}`).toSorted())
  for (const { invoice, cents } of one.applications)
    model.invoices[invoice] = (model.invoices[invoice] as number) - cents
  model.memo -= credit
  model.payments.push({
    id: payment.id,
    rest: one.cash - applied + credit,
    applied: one.applications.map(({ invoice, cents }) => [invoice, cents]),
    credit,
    voided: false,
  })
}

const sums = (payment: { applications: { amount: string }[]; credits: { amount: string }[] }) => ({
  applications: money(total(payment.applications.map((one) => Math.round(Number(one.amount) * 100)))),
  credits: money(total(payment.credits.map((one) => Math.round(Number(one.amount) * 100)))),
})

async function undo({ model }: World, index: number): Promise<void> {
  const payment = model.payments.filter((one) => !one.voided)[index]
  if (!payment) return
  const { status, body } = await gateway.request('POST', `/v1/payments/${payment.id}/void`, { key: newKey() })
  expect({ status, detail: body.detail, now: body.status }).toEqual({ status: 200, detail: undefined, now: 'voided' })
  payment.voided = true
  for (const [invoice, cents] of payment.applied) model.invoices[invoice] = (model.invoices[invoice] as number) + cents
  model.memo += payment.credit
}

/** What the model says, what the books say, and what the API says. */
async function agree({ customer, connection, invoices, memo, model }: World): Promise<void> {
  const { books } = gateway.erps[connection]
  expect([...invoices, memo].map((one) => one.open())).toEqual([...model.invoices, model.memo].map(money))
  const rests = model.payments.filter((one) => !one.voided && one.rest > 0).map((one) => money(one.rest))
  const kept = books
    .documents({ customerId: customer.nativeId, kind: ['payment', 'advance'] })
    .filter((one) => one.open !== '0')
  expect(kept.map((one) => text(one.open)).toSorted()).toEqual(rests.toSorted())
  const { body } = await gateway.request('GET', `/v1/customers/${customer.id}/open-items?currency=USD`)
  const owed = total(model.invoices)
  const credits = model.memo + total(model.payments.filter((one) => !one.voided).map((one) => one.rest))
  expect(body.totals).toEqual({ openInvoices: money(owed), openCredits: money(credits), net: money(owed - credits) })
  const fromApi = body.data.map(
    (one: { id: string; openAmount: string; paymentId: string | null }) =>
      `${one.paymentId ?? one.id} ${one.openAmount}`,
  )
  const wanted = [
    ...invoices.map((one, place) => [one.id, model.invoices[place] as number] as const),
    [memo.id, model.memo] as const,
    ...model.payments.filter((one) => !one.voided).map((one) => [one.id, one.rest] as const),
  ]
  expect(fromApi.toSorted()).toEqual(
    wanted
      .filter(([, open]) => open > 0)
      .map(([id, open]) => `${id} ${money(open)}`)
      .toSorted(),
  )
}
