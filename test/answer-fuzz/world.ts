/** A gateway over both sandboxes for the answer fuzz: its clock is moved by hand, and so are the looks for open writes. */
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { Connections } from '../../src/gateway/connections.ts'
import { Leases } from '../../src/gateway/leases.ts'
import { Resolver } from '../../src/gateway/resolver.ts'
import { fieldsOf } from '../../src/gateway/resumed.ts'
import { createLogger } from '../../src/logging.ts'
import { PROVIDERS } from '../../src/providers/index.ts'
import { asGatewayError, toProblem } from '../../src/request/problems.ts'
import type { Books } from '../../src/sandbox/books.ts'
import { openStore } from '../../src/store/open.ts'
import type { Erp, ErpName } from '../support/erps.ts'
import { configFile, OPERATOR_KEY, type Request, requester, startSandboxes } from '../support/gateway.ts'
import { Slices } from './slices.ts'

export interface FuzzWorld {
  readonly connection: ErpName
  readonly erp: Erp
  readonly request: Request
  readonly slices: Slices
  /** Moves every clock: of the gateway, its store and the sandboxes. */
  advance(seconds: number): void
  /** The day is almost over: what is dated today would be dated otherwise than before. */
  isLate(): boolean
  /** The session or token in use ends at the next exchange. */
  endLogin(): Promise<void>
  /** Takes faults of the sandbox back. */
  calm(): Promise<void>
  /** Lets time pass and open writes be looked for, until this one ends; null when it does not. */
  settled(location: string): Promise<unknown>
  /** What is made once, until the seed is put back. */
  once<Made>(name: string, make: () => Promise<Made>): Promise<Made>
  /** The seed again, with numbers that were never given before. */
  reset(): void
  close(): Promise<void>
}

const WINDOW_SECONDS = 1
/** Always the same day, so that a seed gives the same; it is that day in the zones of all sandboxes for the hours after it. */
const MORNING = Date.parse('2026-06-15T12:00:00Z')
const LATE_MS = 8 * 3_600_000
/** Customers of Intacct have external ids only where a field of the account is named for them. */
const WITH_IDS = {
  'intacct-ids': {
    like: 'intacct' as const,
    settings: { defaults: { bankAccountId: 'BOA', locationId: '100', externalIdField: 'EXTERNALID' } },
  },
}
const MOST_LOOKS = 16

/** Every table's new numbers far from all others: a label of one record must not stand for another's number. */
function numbersApart(books: Books): void {
  const tables = [...books.snapshot().sequences.keys()]
  for (const [place, table] of tables.entries()) books.startSequence(table, (place + 2) * 1_000_000)
}

export async function startWorld(connection: ErpName): Promise<FuzzWorld> {
  let ahead = 0
  const started = Date.now()
  const passed = () => Date.now() - started + ahead
  const now = () => new Date(MORNING + passed())
  const sandboxes = await startSandboxes(2, true, '2026.1', now)
  const intents = { leaseSeconds: 60, consistencyWindowSeconds: WINDOW_SECONDS }
  const config = readConfig(configFile(sandboxes.connections, { intents, more: WITH_IDS }), {}, PROVIDERS)
  const log = createLogger('silent')
  const store = await openStore('sqlite::memory:', () => now().getTime())
  const app = await buildApp({ config, store, log, now })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const connections = new Connections(config.connections, config.defaultConnection, now, store.facts)
  const leases = new Leases(store, { leaseSeconds: intents.leaseSeconds, now, log })
  const resolver = new Resolver({
    ...{ store, connections, leases, log, now, consistencyWindowSeconds: WINDOW_SECONDS, everyMs: 60_000 },
    problemOf: (error, { connection: of, ...context }) =>
      toProblem(asGatewayError(error), {
        ...context,
        connection: of?.name ?? null,
        ...(of && { mapping: of.mappings[fieldsOf(context.operation)] }),
      }),
  })
  const erp = sandboxes.erps[connection]
  numbersApart(erp.books)
  const ask = requester(url)
  const request: Request = (method, path, options) => ask(method, path, { as: OPERATOR_KEY, ...options })
  const control = async (method: string, body?: object) => {
    const { origin } = new URL(sandboxes[connection].url)
    await fetch(`${origin}/__sandbox/faults`, { method, ...(body && { body: JSON.stringify(body) }) })
  }
  const slices = new Slices(erp.books, connection === 'intacct' ? sandboxes.intacct.company : null)
  const made = new Map<string, Promise<unknown>>()
  const advance = (seconds: number) => {
    ahead += seconds * 1000
  }
  return {
    ...{ connection, erp, request, slices, advance },
    isLate: () => passed() > LATE_MS,
    endLogin: () =>
      control('POST', { rules: [{ match: { effect: 'any', times: 1 }, fault: { kind: 'expiredSession' } }] }),
    calm: () => control('DELETE'),
    settled: async (location) => {
      for (let look = 0; look < MOST_LOOKS; look++) {
        const { body } = await request('GET', location)
        if (['succeeded', 'failed'].includes(body.status)) return body
        advance(2 + look)
        await resolver.tick()
      }
      return null
    },
    once: <Made>(name: string, make: () => Promise<Made>) => {
      const one = (made.get(name) as Promise<Made> | undefined) ?? make()
      made.set(name, one)
      return one
    },
    reset: () => {
      made.clear()
      const { sequences } = erp.books.snapshot()
      erp.reset()
      for (const [name, next] of sequences) erp.books.startSequence(name, next)
    },
    close: async () => {
      await app.close()
      await connections.close()
      await sandboxes.close()
    },
  }
}
