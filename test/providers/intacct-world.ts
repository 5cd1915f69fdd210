/** A connection to the Intacct sandbox as the gateway makes one, for the provider's tests. */
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { Journal } from '../../src/gateway/journal.ts'
import { subtract, sum } from '../../src/mapping/money.ts'
import { intacct } from '../../src/providers/intacct/index.ts'
import type {
  Connection,
  Filter,
  ListQuery,
  NativeOpenItem,
  PaymentPlan,
  PlannedApplication,
  RecordPage,
} from '../../src/providers/provider.ts'
import {
  type IntacctSandbox,
  type IntacctSandboxOptions,
  startIntacctSandbox,
} from '../../src/sandbox/intacct/index.ts'
import { newIntentId } from '../../src/store/intent-id.ts'
import { createSend, type Line } from '../../src/wire/send.ts'
import { lineTo } from '../support/line.ts'
import { record } from '../support/traffic.ts'

export const NOW = new Date('2026-04-15T10:00:00Z')
const log = pino({ level: 'silent' })
let current: Connection
let writing: Journal | undefined
/** A write of its own, over the connection of the test or another one. */
export function once(connection = current, id = newIntentId(NOW.getTime())): Journal {
  const origin = { requestId: 'req_1', instance: '/', resource: null }
  writing = new Journal({ id, createdAt: NOW.getTime() }, origin)
  writing.bind(connection.steps)
  return writing
}
/** What the store has of a write, in a process that knows nothing else of it. */
export function resumed(journal: Journal, connection: Connection): Journal {
  const stored = { id: journal.intentId, createdAt: journal.promisedAt, journal: journal.text }
  writing = Journal.restore(stored) as Journal
  writing.bind(connection.steps)
  return writing
}

const DEFAULTS = { bankAccountId: 'BOA', undepositedAccountNo: '1090', advanceAccountNo: '2100', locationId: '100' }

/** What a test file works with; filled before its tests. */
export interface World {
  sandbox: IntacctSandbox
  books: IntacctSandbox['books']
  connection: Connection
  /** A connection with other settings; each call binds it to a way out with a deadline. */
  connect: (settings?: object) => () => Connection
  list: <L extends Lists>(operation: L, query?: Partial<ListQuery>) => Promise<Listed[]>
  planFor: (customerId: string, amount: string, parts: readonly Part[], input?: object) => Promise<PaymentPlan>
}
export type Lists = 'listCustomers' | 'listPayments' | 'listInvoices'
export type Listed = RecordPage<Record<string, unknown>>['items'][number]
/** An invoice, the cash on it, and a credit with its amount. */
export interface Part {
  readonly invoice: string
  readonly cash: string
  readonly credit?: readonly [string, string]
}

export const everything: ListQuery = {
  filter: null,
  sort: [],
  after: null,
  limit: 50,
  fields: null,
  include: new Set(),
}
export const condition = (field: string, operator: string, ...values: string[]) =>
  ({ field, operator, values }) as Filter

/** Starts a sandbox for the file and puts its seed back after every test. */
export function intacctWorld(options: IntacctSandboxOptions = {}): World {
  const world = {} as World
  const lines: Line[] = []
  beforeAll(async () => {
    world.sandbox = await startIntacctSandbox({ clock: () => NOW, ...options })
    world.books = world.sandbox.books
    world.connect = (changes = {}) => {
      const settings = { ...settingsOf(world.sandbox), ...changes }
      const { origin } = new URL(settings.endpoint)
      const line = lineTo(origin, intacct.classify, { name: 'intacct', concurrency: 2 })
      lines.push(line)
      return connectTo(line, settings)
    }
    world.list = (operation, query) => allPages(world.connection, operation, query)
    world.planFor = (customerId, amount, parts, input) => plan(world.connection, customerId, amount, parts, input)
  })
  beforeEach(() => {
    world.connection = world.connect()()
    current = world.connection
  })
  afterEach(() => {
    for (const { body } of world.sandbox.requests.splice(0)) record(body)
    world.sandbox.reset()
  })
  afterAll(async () => {
    for (const line of lines) line.sockets.close()
    await world.sandbox.close()
  })
  return world
}

const settingsOf = (sandbox: IntacctSandbox) => ({
  endpoint: sandbox.url,
  ...sandbox.credentials,
  timeZone: 'UTC',
  customDiscounts: true,
  defaults: DEFAULTS,
})

function connectTo(line: Line, settings: object): () => Connection {
  const bind = intacct.connect(settings as never, { connection: 'intacct', now: () => NOW })
  return () => {
    const signal = AbortSignal.timeout(20_000)
    const beforeWrite = async () => {
      writing?.leaving()
    }
    const call = { operation: 'test', signal, deadline: signal, log, beforeWrite, onExchange: () => {} }
    return bind(createSend(line, call))
  }
}

async function allPages(connection: Connection, operation: Lists, query: Partial<ListQuery> = {}): Promise<Listed[]> {
  const items: Listed[] = []
  for (let after: ListQuery['after'] = null; ; ) {
    const page: RecordPage<unknown> = await connection[operation]({ ...everything, ...query, after })
    items.push(...(page.items as unknown as Listed[]))
    if (!page.hasMore) return items
    after = page.items.at(-1)!.position
  }
}

/** What the gateway plans: amounts by invoice, and credits on them. */
async function plan(
  connection: Connection,
  customerId: string,
  amount: string,
  parts: readonly Part[],
  input: object = {},
): Promise<PaymentPlan> {
  const items = await connection.listOpenItems(customerId)
  const find = (id: string) =>
    items.find((item) => `${item.kind}-${item.nativeId}` === id || item.nativeId === id) as NativeOpenItem
  const applications = parts.map(
    ({ invoice, cash, credit }, index): PlannedApplication => ({
      invoice: find(invoice),
      cash,
      credits: credit ? [{ credit: find(credit[0]), amount: credit[1], index: 0 }] : [],
      amount: sum([cash, credit?.[1] ?? '0']),
      lineId: null,
      discount: null,
      discountDate: null,
      index,
    }),
  )
  const appliedCash = sum(parts.map(({ cash }) => cash))
  const unapplied = subtract(amount, appliedCash)
  return {
    customerId,
    amount,
    currency: 'USD',
    applications,
    appliedCash,
    unapplied,
    input: { date: '2026-04-01', ...input },
  }
}

/** The error that a promise is rejected with. */
export async function refusal(promise: Promise<unknown>): Promise<GatewayError> {
  const error = await promise.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(GatewayError)
  return error as GatewayError
}
export const pointersOf = (error: GatewayError) => error.options.errors?.map(({ pointer }) => pointer)
