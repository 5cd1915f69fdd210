/** An ERP made of one list, and instances of the gateway around one store: what is lost, frozen or late is the test's to say. */
import { pino } from 'pino'
import { type FailureCode, GatewayError } from '../../src/errors.ts'
import type { WriteAnswer } from '../../src/gateway/call.ts'
import type { Connections, WriteBinding } from '../../src/gateway/connections.ts'
import { Intents } from '../../src/gateway/intents.ts'
import { Leases } from '../../src/gateway/leases.ts'
import { Resolver } from '../../src/gateway/resolver.ts'
import type { WriteResult } from '../../src/gateway/write-request.ts'
import type { Candidates, Connection, Probe, StepContext, StepResult, WriteStep } from '../../src/providers/provider.ts'
import type { IntentStore } from '../../src/store/store.ts'
import { anywhere, fakeCall, fakeProblem } from './fakes.ts'

/** How the ERP, or the way to it, treats one write. `late`: it is taken, and shows itself only after some time. */
export const TREATMENTS = ['works', 'lostBefore', 'lostAfter', 'late', 'refused', 'throttled', 'frozen'] as const
export type Treatment = (typeof TREATMENTS)[number]

export const WINDOW_MS = 900_000
export const LEASE_MS = 30_000
const LATE_MS = 600_000

export interface ErpOptions {
  /** Whether it refuses a second record with the same fence, as the real ones do. */
  readonly fenced: boolean
  /**
   * How a write is looked for: by its fence; by what every record looks like; or not at all, because a request that comes
   * again under its id gets the first answer.
   */
  readonly found?: 'by fence' | 'by looks' | 'never: it replays'
}

export class StepErp {
  /** Fence and moment from which it shows. */
  readonly records: { fence: string; from: number; made: number }[] = []
  /** Treatments of the next writes; `works` when empty. */
  readonly next: Treatment[] = []
  readonly frozen: (() => void)[] = []
  /** With which code looking fails. */
  probeFails: FailureCode | null = null
  /** Single records cannot be read. */
  readsFail = false
  readonly #now: () => number
  readonly #fenced: boolean
  readonly #found: NonNullable<ErpOptions['found']>

  constructor(now: () => number, { fenced, found = 'by fence' }: ErpOptions) {
    this.#now = now
    this.#fenced = fenced || found !== 'by fence'
    this.#found = found
  }

  count(fence: string): number {
    return this.records.filter((record) => record.fence === fence).length
  }

  /** The ERP through the way out of one call. */
  bind(binding: WriteBinding | undefined): Connection {
    const steps = {
      send: (_step: WriteStep, context: StepContext) => this.#send(context, binding),
      probe: async (_step: WriteStep, context: StepContext) => this.#probe(context),
    }
    const found = async (nativeId: string) => {
      if (this.readsFail) throw new GatewayError('provider_garbled', 'Half an answer.')
      return { nativeId, record: { applications: [], credits: [] }, raw: null }
    }
    return { steps, getPayment: found } as unknown as Connection
  }

  async #send(context: StepContext, binding: WriteBinding | undefined): Promise<StepResult> {
    const { promisedAt, mine } = context
    const fence = fenceOf(context)
    const treatment = this.next.shift() ?? 'works'
    if (treatment === 'frozen') await new Promise<void>((resolve) => this.frozen.push(resolve))
    await binding?.beforeWrite()
    if (treatment === 'lostBefore') throw new GatewayError('provider_failed', 'Reset.')
    if (treatment === 'refused') throw new GatewayError('rejected', 'No.')
    if (treatment === 'throttled') throw new GatewayError('rate_limited', 'Not now.')
    const there = this.records.some((record) => record.fence === fence)
    const from = this.#now() + (treatment === 'late' ? LATE_MS : 0)
    if (there && this.#found === 'by looks') {
      // It refuses what it has, and does not say where it is.
      const nativeId = await mine?.(this.#alike(promisedAt))
      if (!nativeId) throw new GatewayError('provider_garbled', 'It is there, and not found.')
      return { nativeId }
    }
    if (!(this.#fenced && there)) this.records.push({ fence, from, made: this.#now() })
    if (treatment === 'lostAfter' || treatment === 'late') throw new GatewayError('provider_timeout', 'No answer.')
    return { nativeId: fence }
  }

  #probe(context: StepContext): Probe {
    if (this.probeFails) throw new GatewayError(this.probeFails, 'No.')
    if (this.#found === 'never: it replays') return { outcome: 'repeatable' }
    if (this.#found === 'by looks') return this.#alike(context.promisedAt)
    const fence = fenceOf(context)
    const shown = this.records.some((record) => record.fence === fence && record.from <= this.#now())
    return shown ? { outcome: 'done', result: { nativeId: fence } } : { outcome: 'absent' }
  }

  /** All records look the same. */
  #alike(promisedAt: number): Candidates {
    const shown = this.records.filter(({ from, made }) => from <= this.#now() && made >= promisedAt)
    return { outcome: 'candidates', nativeIds: shown.map(({ fence }) => fence), alike: () => true }
  }
}

/** One a step; that of the first names the record. */
const fenceOf = ({ intentId, index }: StepContext): string => (index === 0 ? intentId : `${intentId}.${index}`)

/** One process of the gateway. */
export class Instance {
  readonly intents: Intents
  readonly resolver: Resolver
  readonly #erp: StepErp

  constructor(store: IntentStore, erp: StepErp, now: () => Date) {
    const log = pino({ level: 'silent' })
    const leases = new Leases(store, { leaseSeconds: LEASE_MS / 1000, now, log })
    const connection = {
      name: 'netsuite',
      provider: { name: 'netsuite' },
      mappings: {},
      bind: (_call: unknown, binding: WriteBinding) => erp.bind(binding),
    }
    this.#erp = erp
    this.intents = new Intents(store, { retentionDays: 30, leases, now })
    this.resolver = new Resolver({
      store,
      connections: { find: () => connection } as unknown as Connections,
      leases,
      consistencyWindowSeconds: WINDOW_MS / 1000,
      everyMs: 1000,
      log,
      now,
      problemOf: (error) => fakeProblem(error),
    })
  }

  /** A payment with this key; what it throws is its answer too. */
  pay(key: string, steps: readonly WriteStep[] = [{ kind: 'create' }]): Promise<WriteResult | GatewayError> {
    return this.intents
      .write({
        call: fakeCall({ deadlineMs: 600_000 }),
        connection: 'netsuite',
        key,
        fingerprint: 'f',
        ...anywhere,
        problemOf: (error) => fakeProblem(error),
        reread: async (resourceId) => ({ status: 201, body: { object: 'payment' }, resourceId }),
        perform: async ({ once, binding }): Promise<WriteAnswer> => {
          once.bind(this.#erp.bind(binding).steps)
          const [made] = await once.run(steps)
          return { status: 201, body: { object: 'payment' }, resourceId: `pay_netsuite_${made?.nativeId}` }
        },
      })
      .catch((error: unknown) => error as GatewayError)
  }
}
