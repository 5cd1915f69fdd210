/** Operations of the NetSuite provider that break off in the middle, and the books to compare how they end. */
import { afterAll, beforeAll } from 'vitest'
import { Journal } from '../../src/gateway/journal.ts'
import { netsuite } from '../../src/providers/netsuite/index.ts'
import type { Connection, WriteOnce } from '../../src/providers/provider.ts'
import { newIntentId } from '../../src/store/intent-id.ts'
import type { Line } from '../../src/wire/send.ts'
import { type Exchange, type Fault, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { lineTo } from '../support/line.ts'
import { onceFor } from '../support/once.ts'
import { connect, sandbox } from './netsuite-world.ts'

export const NOW = Date.parse('2026-03-10T09:00:00Z')
export let proxy: FaultProxy
let line: Line

/** A proxy in front of the sandbox of `inSandbox`. */
export function behindProxy(): void {
  beforeAll(async () => {
    proxy = await startFaultProxy(sandbox.url)
    line = lineTo(proxy.url, netsuite.classify, { name: 'netsuite' })
  })
  afterAll(async () => {
    line.sockets.close()
    await proxy.close()
  })
}

/** One write operation: what must be there before, the call, and how somebody else gets in its way. */
export interface Operation {
  readonly name: string
  readonly prepare?: (connection: Connection) => Promise<string>
  readonly run: (connection: Connection, once: WriteOnce, id: string) => Promise<unknown>
  /** Null where the fence is the gateway's own: nothing else can have it. */
  readonly spoil: ((connection: Connection, id: string) => Promise<unknown>) | null
  /** What is gone cannot go twice, and an external id of the caller's is never taken for our own. */
  readonly refusedTwice?: 'conflict' | 'not_found'
  readonly settings?: Record<string, unknown>
}

export const isWrite = ({ method, path }: Exchange): boolean => path.includes('/record/v1/') && method !== 'GET'
export const writes = (): string[] => proxy.exchanges.filter(isWrite).map(({ method, path }) => `${method} ${path}`)

export interface Attempt {
  readonly id: string
  readonly intentId: string
  readonly outcome: { readonly value?: unknown; readonly error?: unknown }
  /** As the store has it after the last write that left. */
  readonly stored: string | null
}

/** Runs the operation on the first day's data; `fault` meets its nth write. */
export async function attempt(operation: Operation, fault: Fault | null = null, nth = 1): Promise<Attempt> {
  sandbox.reset()
  proxy.mend()
  const id = (await operation.prepare?.(connect(operation.settings))) ?? ''
  const journal = newJournal()
  let stored: string | null = null
  const beforeWrite = async () => {
    stored = journal.leaving()
  }
  const connection = connect(operation.settings, undefined, { through: line, beforeWrite })
  journal.bind(connection.steps)
  proxy.forget()
  let seen = 0
  if (fault) proxy.fail((exchange) => isWrite(exchange) && ++seen === nth, fault)
  const outcome = await operation.run(connection, journal, id).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  proxy.mend()
  return { id, intentId: journal.intentId, outcome, stored }
}

const newJournal = (): Journal =>
  new Journal({ id: newIntentId(NOW), createdAt: NOW }, { requestId: 'req_1', instance: '/', resource: null })

/** Another process finds what is stored, and goes on with a connection of its own. */
export async function resume(operation: Operation, { intentId, stored }: Attempt, mayResend: boolean): Promise<void> {
  const journal = Journal.restore({ id: intentId, createdAt: NOW, journal: stored })
  if (!journal) throw new Error('Nothing was stored.')
  journal.bind(connect(operation.settings, undefined, { through: line }).steps)
  await journal.resume(mayResend)
}

/** Every customer, document and settlement, without what is made anew for every write. */
export const books = () => {
  const plain = <T>(records: readonly T[]): unknown =>
    JSON.parse(JSON.stringify(records, (name, value) => (name === 'externalId' ? fenceless(value) : value)))
  return {
    customers: plain(sandbox.books.customers()),
    documents: plain(sandbox.books.documents()),
    settlements: plain(sandbox.books.settlements().map(({ id: _, ...settlement }) => settlement)),
  }
}
const fenceless = (value: unknown) => (/^gw_/.test(String(value)) ? 'gw_' : value)

/** For what stands before or beside the operation that is tested. */
export const otherwise = (connection: Connection): WriteOnce => onceFor(connection, newIntentId(NOW - 1), NOW)
