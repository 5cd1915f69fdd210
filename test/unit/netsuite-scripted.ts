/** A NetSuite of a few fixed answers, for behaviour that a sandbox does not have. */
import { GatewayError } from '../../src/errors.ts'
import { classify } from '../../src/providers/netsuite/failures.ts'
import { netsuite } from '../../src/providers/netsuite/index.ts'
import type { AccountFacts, Connection, NativeOpenItem, PaymentPlan, WriteOnce } from '../../src/providers/provider.ts'
import type { Send, WireRequest, WireResponse } from '../../src/wire/exchange.ts'
import { onceFor } from '../support/once.ts'

export type Answer = Partial<WireResponse> | Record<string, unknown>
export type Rule = [method: string, path: RegExp, ...answers: Answer[]]
const json = (body: unknown): WireResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
export const CURRENCIES: Rule = [
  'POST',
  /suiteql/,
  { items: [{ id: '1', symbol: 'USD', name: 'USA' }], hasMore: false },
]

/** A NetSuite of a few fixed answers; the last answer of a rule stays. */
export function scripted(rules: Rule[], settings: Record<string, unknown> = {}, facts?: AccountFacts) {
  const seen: {
    method: string
    path: string
    origin: string | undefined
    body: Record<string, unknown>
    effect: string
  }[] = []
  const send: Send = async (request: WireRequest) => {
    // An account that does not show its names is taken to have those of release 2026.1.
    if (request.path.includes('/metadata-catalog/') && !rules.some(([, path]) => path.source.includes('catalog')))
      throw new GatewayError('provider_permission', 'The role may not read the catalog.', { applied: 'no' })
    seen.push({
      method: request.method,
      path: request.path,
      origin: request.origin,
      body: request.body ? JSON.parse(request.body) : {},
      effect: request.effect,
    })
    const rule = rules.find(([method, path]) => method === request.method && path.test(request.path))
    if (!rule) throw new Error(`no answer for ${request.method} ${request.path}`)
    const answer = rule.length > 3 ? (rule.splice(2, 1)[0] as Answer) : (rule[2] as Answer)
    const response =
      'status' in answer && typeof answer['status'] === 'number'
        ? ({ headers: {}, body: '', ...answer } as WireResponse)
        : json(answer)
    const { path, body, effect } = request
    const failure = classify(response, { path, body, effect, login: false })
    if (failure)
      throw new GatewayError(failure.code, failure.detail, {
        applied: failure.applied,
        ended: failure.ended,
        vendorPaths: failure.vendorPaths,
        upstream: { provider: 'netsuite', ...failure.upstream },
      })
    return response
  }
  const auth = { type: 'tba', consumerKey: 'k', consumerSecret: 's', tokenId: 't', tokenSecret: 'u' }
  const account = { connection: 'ns', now: () => new Date('2026-03-10T20:00:00Z'), ...(facts && { facts }) }
  const all = {
    accountId: '1',
    baseUrl: 'https://erp.example/ns',
    auth,
    timeZone: 'America/Los_Angeles',
    defaults: { depositAccountId: '10' },
    ...settings,
  }
  const connection: Connection = netsuite.connect(all as never, account)(send)
  newest = connection
  return { connection, seen, writes: () => seen.filter((one) => one.effect === 'write') }
}

export const item = (nativeId: string, kind: NativeOpenItem['kind'] = 'invoice'): NativeOpenItem => ({
  ...{
    nativeId,
    kind,
    number: `N-${nativeId}`,
    date: null,
    dueDate: null,
    currency: 'USD',
    amount: '100.00',
    openAmount: '100.00',
  },
  ...{ discount: null, paymentId: null },
})
export const plan = (
  amounts: Record<string, string>,
  more: Partial<PaymentPlan['applications'][number]> = {},
): PaymentPlan => ({
  customerId: '456',
  amount: '90.00',
  currency: 'USD',
  input: { date: '2026-03-10' },
  unapplied: '0.00',
  appliedCash: '90.00',
  applications: Object.entries(amounts).map(([id, amount], index) => ({
    invoice: item(id),
    amount,
    cash: amount,
    credits: [],
    lineId: null,
    discount: null,
    discountDate: null,
    index,
    ...more,
  })),
})
export const line = (doc: string, amount: number, more = {}) => ({
  doc: { id: doc, refName: `Invoice #${doc}` },
  apply: true,
  amount,
  line: 0,
  refNum: `N-${doc}`,
  type: 'Invoice',
  ...more,
})
export const record = (apply: unknown[], more = {}) => ({
  ...{
    id: '77',
    tranId: 'PMT-77',
    tranDate: '2026-04-10',
    customer: { id: '456' },
    currency: { id: '1', refName: 'USA' },
    payment: 90,
    unapplied: 0,
    status: { id: 'C', refName: 'Deposited' },
  },
  ...{ apply: { items: apply }, credit: { items: [] }, deposit: { items: [] } },
  ...more,
})
export const created: Answer = {
  status: 204,
  headers: { location: 'https://other.example/services/rest/record/v1/customerPayment/77' },
}
export const done: Answer = { status: 204 }
export const refused = (detail: string): Answer => ({
  status: 400,
  body: JSON.stringify({ 'o:errorDetails': [{ detail, 'o:errorCode': 'USER_ERROR' }] }),
})
export const NOTHING: Answer = {
  status: 404,
  body: JSON.stringify({
    'o:errorDetails': [{ detail: 'The record instance does not exist.', 'o:errorCode': 'NONEXISTENT_ID' }],
  }),
}
const intentId = '0mh8k2f3q4abcdefghjkmnpqrs'
let newest: Connection
/** For the newest connection. */
export const once: WriteOnce = {
  intentId,
  promisedAt: 0,
  run: (steps, told) => onceFor(newest, intentId).run(steps, told),
}
