/** The NetSuite provider before its sandbox over real HTTP, and the books to ask after every money operation. */

import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { PaymentCreate } from '../../schemas/payment.ts'
import { GatewayError } from '../../src/errors.ts'
import { planChange, planPayment } from '../../src/gateway/payment-plan.ts'
import { createLogger } from '../../src/logging.ts'
import { netsuite } from '../../src/providers/netsuite/index.ts'
import type { Connection, Filter, ListQuery, RecordPage } from '../../src/providers/provider.ts'
import {
  type NetSuiteSandbox,
  type NetSuiteSandboxOptions,
  startNetSuiteSandbox,
} from '../../src/sandbox/netsuite/index.ts'
import { newIntentId } from '../../src/store/intent-id.ts'
import { createSend, type Line } from '../../src/wire/send.ts'
import { lineTo } from '../support/line.ts'
import { onceFor } from '../support/once.ts'

export let sandbox: NetSuiteSandbox
let line: Line
const signal = () => AbortSignal.timeout(20_000)

/** Starts the sandbox for the tests of one file; every test finds the first day's data. */
export function inSandbox(more: NetSuiteSandboxOptions = {}): void {
  beforeAll(async () => {
    sandbox = await startNetSuiteSandbox({ customers: 250, clock: () => new Date('2026-03-10T09:00:00Z'), ...more })
    line = lineTo(sandbox.url, netsuite.classify, { name: 'netsuite' })
  })
  afterAll(async () => {
    line.sockets.close()
    await sandbox.close()
  })
  beforeEach(() => sandbox.reset())
}

const settings = (baseUrl: string, more: Record<string, unknown>) => ({
  accountId: sandbox.accountId,
  baseUrl,
  auth: { type: 'oauth2', ...sandbox.credentials.oauth2 },
  defaults: {
    arAccountId: '119',
    depositAccountId: '10',
    subsidiaryId: '1',
    paymentMethods: { check: '2', cash: '1', wire: '3', ach: '8' },
  },
  ...more,
})
/** A connection with a clock as the sandbox's. */
export function connect(
  more: Record<string, unknown> = {},
  now = () => new Date('2026-03-10T09:00:00Z'),
  { through = line, beforeWrite = async () => {} }: { through?: Line; beforeWrite?: () => Promise<void> } = {},
): Connection {
  const bound = netsuite.connect(settings(through.origin, more) as never, { connection: 'ns', now })
  last = bound(
    createSend(through, {
      operation: 'test',
      signal: signal(),
      deadline: signal(),
      log: createLogger('silent'),
      beforeWrite,
      onExchange: () => {},
    }),
  )
  return last
}

let last: Connection
let intents = 0
/** For the newest connection. */
export const once = () => onceFor(last, newIntentId(Date.parse('2026-03-10T09:00:00Z') + ++intents))
export const failure = async (promise: Promise<unknown>): Promise<GatewayError> =>
  promise.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => {
      if (error instanceof GatewayError) return error
      throw error
    },
  )
export const open = (id: string): string => Number(sandbox.books.document(id).open).toFixed(2)
export const pay = async (connection: Connection, body: Partial<PaymentCreate>, customer = '456') => {
  const full = { customer: { id: `cus_ns_${customer}` }, date: '2026-03-10', amount: '1.00', ...body } as PaymentCreate
  return connection.createPayment(await planPayment({ name: 'ns', baseCurrency: null }, connection, full), once())
}
export const change = async (connection: Connection, id: string, body: Record<string, unknown>) => {
  const before = await connection.getPayment(id)
  const { applications: _a, credits: _c, ...input } = body
  return connection.updatePayment(
    id,
    { input, allocation: await planChange('ns', connection, body as never, before), before },
    once(),
  )
}
export const query = (filter: Filter | null = null, more: Partial<ListQuery> = {}): ListQuery => ({
  filter,
  sort: [],
  after: null,
  limit: 50,
  fields: null,
  include: new Set(),
  ...more,
})
export const where = (field: string, operator: string, ...values: string[]) => ({ field, operator, values }) as Filter
export async function all<T>(list: (wanted: ListQuery) => Promise<RecordPage<T>>, wanted: ListQuery) {
  const items: RecordPage<T>['items'][number][] = []
  for (let after: ListQuery['after'] = null; ; ) {
    const page = await list({ ...wanted, after })
    items.push(...page.items)
    if (!page.hasMore) return items
    after = page.items.at(-1)?.position ?? null
  }
}
