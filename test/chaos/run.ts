/** A chaos run: sandboxes that fail, gateways that are killed, clients that repeat, and a look into the books at the end. */
import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { randomFrom } from '../../src/sandbox/faults.ts'
import type { ErpName } from '../support/erps.ts'
import { Notes, send, type World } from './client.ts'
import type { GatewayProcess } from './gateway-process.ts'
import { API_KEY, Doors, gatewaysOf } from './instances.ts'
import { type KillerPlan, torment } from './killer.ts'
import { careless, judge, payers } from './ledger.ts'
import { type Lived, live } from './life.ts'
import { payCarelessly } from './naive.ts'
import type { ChaosOptions } from './options.ts'
import { cents, planLife } from './plan.ts'
import type { Report } from './report.ts'
import { type LedgerView, type SandboxProcess, startSandboxProcess } from './sandbox-process.ts'
import { storm } from './storm.ts'

const CUSTOMERS = 40
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

export async function chaos(options: ChaosOptions): Promise<Report> {
  const started = performance.now()
  const sandbox = await startSandboxProcess(options.sandboxMain, CUSTOMERS)
  const doors = new Doors(randomFrom(options.seed + 3))
  const over = new AbortController()
  setMaxListeners(0, over.signal)
  const late = new Error(`The run took longer than ${options.seconds} s.`)
  const timer = setTimeout(() => over.abort(late), options.seconds * 1000)
  const stop = () => over.abort(new Error('The run was stopped.'))
  for (const signal of SIGNALS) process.once(signal, stop)
  const instances = gatewaysOf(options, sandbox, {
    changed: () => doors.opened(),
    // Without its database a gateway does not start; whoever started it tries again.
    defect: (error) => doors.databaseDown || over.abort(error),
  })
  doors.instances = instances
  try {
    return await new Run(options, sandbox, instances, { doors, started, over: over.signal }).report()
  } finally {
    clearTimeout(timer)
    for (const signal of SIGNALS) process.off(signal, stop)
    for (const instance of instances) instance.kill()
    sandbox.stop()
  }
}

class Run {
  readonly #options: ChaosOptions
  readonly #sandbox: SandboxProcess
  readonly #instances: readonly GatewayProcess[]
  readonly #started: number
  readonly #doors: Doors
  readonly #note = new Notes()
  readonly #world: World
  readonly #calm = new AbortController()
  readonly #plan: KillerPlan
  readonly #lives: Lived[] = []
  readonly #broken: string[] = []
  #begun = 0

  constructor(
    options: ChaosOptions,
    sandbox: SandboxProcess,
    instances: readonly GatewayProcess[],
    { doors, started, over }: { doors: Doors; started: number; over: AbortSignal },
  ) {
    this.#options = options
    this.#sandbox = sandbox
    this.#instances = instances
    this.#started = started
    this.#doors = doors
    this.#world = {
      url: () => doors.url(over),
      ...{ apiKey: API_KEY, over, note: this.#note, patienceMs: Math.min(180_000, options.seconds * 500) },
    }
    setMaxListeners(0, this.#calm.signal)
    const random = randomFrom(options.seed + 1)
    this.#plan = {
      ...{ random, kills: options.kills, freeze: options.freeze, calm: this.#calm.signal },
      cutPoints: options.cutPoints.map((name) =>
        name.startsWith('resolver') ? name : `${name}:${1 + Math.floor(random() * 3)}`,
      ),
      reached: new Set(),
      seen: { kills: 0, freezes: 0 },
    }
  }

  async report(): Promise<Report> {
    const { erps, seed, instances, faults } = this.#options
    const before = new Map(await Promise.all(erps.map(async (erp) => [erp, await this.#sandbox.books(erp)] as const)))
    if (faults) for (const erp of erps) await this.#sandbox.faults(erp, storm(seed))
    const storms = this.#instances.map((instance) => torment(instance, this.#plan))
    const database = this.#restartDatabase()
    await this.#live(before)
    this.#calm.abort()
    await Promise.all([...storms, database])
    const met = await this.#faultsMet()
    for (const erp of erps) await this.#sandbox.faults(erp, { rules: [] })
    const open = await this.#tried(() => this.#openOperations())
    const books = new Map(await Promise.all(erps.map(async (erp) => [erp, await this.#sandbox.books(erp)] as const)))
    const verdicts = erps.map((erp) =>
      judge(
        books.get(erp) as LedgerView,
        before.get(erp) as LedgerView,
        this.#lives.filter(({ life }) => life.erp === erp),
      ),
    )
    const naive = erps.flatMap((erp) => [...careless(books.get(erp) as LedgerView).values()])
    const { cutPoints, kills: _, ...asked } = this.#options
    return {
      ...{ seed, instances, store: asked.databaseUrl.split(':')[0] ?? '', erps },
      seconds: (performance.now() - this.#started) / 1000,
      payments: this.#lives.length,
      followed: this.#lives.filter(({ life }) => life.follow !== 'none').length,
      answers: Object.fromEntries([...this.#note.answers].sort()),
      ...{ faults: met, ...this.#plan.seen, starts: this.#instances.reduce((sum, { starts }) => sum + starts, 0) },
      slowestEndMs: Math.max(...this.#instances.map((instance) => instance.slowestEndMs)),
      reached: [...this.#plan.reached],
      notReached: cutPoints.filter((name) => !this.#plan.reached.has(name)),
      waits: this.#note.waits,
      duplicates: verdicts.flatMap((one) => one.duplicates),
      lost: verdicts.flatMap((one) => one.lost),
      differences: [...verdicts.flatMap((one) => one.differences), ...(await this.#tried(() => this.#toldOtherwise()))],
      lies: this.#note.lies,
      unended: [...this.#note.unended, ...open],
      refused: this.#note.refused,
      broken: [...this.#broken, ...this.#note.defects],
      naive: { payments: naive.length, duplicates: naive.filter((count) => count > 1).length },
      errors: this.#instances.flatMap(({ errors }) => errors),
    }
  }

  /** Clients take one life after the other; one of them in ten is beside a careless one. */
  async #live(before: ReadonlyMap<ErpName, LedgerView>): Promise<void> {
    const random = randomFrom(this.#options.seed + 2)
    const { erps, clients } = this.#options
    const customers = new Map(erps.map((erp) => [erp, payers(before.get(erp) as LedgerView)]))
    const client = async () => {
      while (this.#more()) {
        const index = this.#begun++
        const erp = erps[index % erps.length] as ErpName
        const life = planLife(index, erp, customers.get(erp) as string[], random)
        const careless =
          index % 5 < erps.length ? payCarelessly(this.#world, this.#sandbox, life, `naive${index}`) : null
        try {
          this.#keep(await live(this.#world, this.#sandbox, life))
        } catch (error) {
          this.#broken.push(
            `${life.erp} ${life.name} (${life.follow}): ${error instanceof Error ? error.message : error}`,
          )
        }
        await careless?.catch(() => {})
      }
    }
    await Promise.all(Array.from({ length: clients }, client))
  }

  #keep(lived: Lived): void {
    this.#lives.push(lived)
    if (lived.failed !== null)
      this.#broken.push(`${lived.life.erp} ${lived.life.name} (${lived.life.follow}): ${lived.failed}`)
    const { payments, erps, say } = this.#options
    if (this.#lives.length % 200 === 0)
      say(`${this.#lives.length} of ${payments * erps.length} payments, ${this.#plan.reached.size} cut points reached`)
  }

  #more(): boolean {
    const { payments, erps, cutPoints } = this.#options
    if (this.#world.over.aborted) return false
    if (this.#begun < payments * erps.length) return true
    return this.#plan.reached.size < cutPoints.length && !this.#timeIsShort()
  }

  #timeIsShort(): boolean {
    return performance.now() - this.#started > this.#options.seconds * 800
  }

  /** A run that took too long still tells what it saw. */
  async #tried(look: () => Promise<string[]>): Promise<string[]> {
    try {
      return await look()
    } catch (error) {
      this.#broken.push(error instanceof Error ? error.message : String(error))
      return []
    }
  }

  async #restartDatabase(): Promise<void> {
    const { restartDatabase, payments, erps } = this.#options
    if (!restartDatabase) return
    while (this.#lives.length < (payments * erps.length) / 2 && !this.#calm.signal.aborted) await pause(50)
    this.#doors.databaseDown = true
    await restartDatabase()
    // One that began to start while it was down may still end.
    await pause(10 * Math.max(...this.#instances.map(({ startMs }) => startMs)), undefined, {
      signal: this.#calm.signal,
    }).catch(() => {})
    this.#doors.databaseDown = false
  }

  async #faultsMet(): Promise<Record<string, number>> {
    const met: Record<string, number> = {}
    for (const erp of this.#options.erps) {
      for (const { fault, met: count } of (await this.#sandbox.faults(erp, null)).rules)
        met[fault.kind] = (met[fault.kind] ?? 0) + count
    }
    return met
  }

  /** After the storm every operation has to end by itself. */
  async #openOperations(): Promise<string[]> {
    for (;;) {
      const open: string[] = []
      for (const status of ['running', 'unknown']) {
        const answer = await send(this.#world, 'GET', { path: `/v1/operations?status=${status}&limit=200` })
        for (const one of answer?.body?.data ?? []) open.push(`${one.operation} ${one.id} is still ${one.status}`)
        if (answer?.status !== 200) open.push(`the operations cannot be listed: ${answer?.status ?? 'no answer'}`)
      }
      if (open.length === 0 || this.#timeIsShort()) return open
      await pause(100)
    }
  }

  /** What the gateway says of each payment at the end is what its client holds to be true. */
  async #toldOtherwise(): Promise<string[]> {
    const wrong: string[] = []
    const left = this.#lives.filter(({ paymentId }) => paymentId !== null)
    const ask = async () => {
      for (let lived = left.pop(); lived; lived = left.pop()) {
        const { life, paymentId, expected } = lived
        const answer = await send(this.#world, 'GET', { path: `/v1/payments/${paymentId}` })
        const { amount = '0', appliedAmount = '0', memo = '' } = answer?.body ?? {}
        if (
          answer?.status !== 200 ||
          memo !== life.name ||
          cents(amount) !== expected?.amount ||
          cents(appliedAmount) !== expected.applied
        )
          wrong.push(
            `${life.erp} ${life.name}: reads ${answer?.status} ${amount} applied ${appliedAmount} memo "${memo}"`,
          )
      }
    }
    await Promise.all(Array.from({ length: 4 }, ask))
    return wrong
  }
}
