/** One gateway with its sandboxes that runs cases of the answer fuzz one after the other. */
import type { Exchange, Fault, WireAnswer } from '../support/fault-proxy.ts'
import { type Call, type Case, drawn, type Hit } from './cases.ts'
import { judged, type Outcome } from './judge.ts'
import type { FuzzOperation, Prepared } from './operation.ts'
import type { Profile } from './oracle.ts'
import { differences } from './slices.ts'
import { type FuzzWorld, startWorld } from './world.ts'

/** Operations with what they do when nothing goes wrong; shared by all lanes of a run. */
export interface Known extends Profile {
  readonly exchanges: readonly { readonly isWrite: boolean; readonly title: string; readonly answer: WireAnswer }[]
}
export type Profiles = Map<FuzzOperation, Promise<Known>>

/** Cases after which the books begin anew, so that they stay small. */
const CASES_A_SEED = 250

interface Ready {
  readonly token: string
  readonly prepared: Prepared
}

export class Lane {
  world: FuzzWorld
  readonly #name: string
  readonly #profiles: Profiles
  /** The records of all reads. */
  #reads: { readonly token: string; readonly customers: readonly string[] } | null = null
  #made = 0

  private constructor(world: FuzzWorld, name: string, profiles: Profiles) {
    this.world = world
    this.#name = name
    this.#profiles = profiles
  }

  static async start(connection: FuzzWorld['connection'], name: string, profiles: Profiles): Promise<Lane> {
    return new Lane(await startWorld(connection), name, profiles)
  }

  /** A new gateway with new sandboxes: what one answer did to the old one is over. */
  async renew(): Promise<void> {
    const { connection } = this.world
    await this.world.close()
    this.#reads = null
    this.world = await startWorld(connection)
  }

  /** What is asked once for an account is asked before anything is counted. */
  async warm(operations: readonly FuzzOperation[]): Promise<void> {
    for (const operation of operations) await this.#unchanged(operation)
  }

  async run(operation: FuzzOperation, seed: number, index: number): Promise<Outcome> {
    const known = await this.#known(operation)
    const plan = drawn(known, this.world.connection, seed, index)
    const ready = await this.#prepare(operation)
    const hit = await this.#arm(operation, plan)
    try {
      return await judged(this.world, {
        operation,
        known,
        plan,
        hit,
        call: this.#call(ready),
        prepared: ready.prepared,
      })
    } finally {
      this.world.erp.proxy.mend()
      // A list of currencies that could be true is believed for five minutes: it is no fault of the next case.
      if (hit.mutated?.plausible && /\bFROM currency\b/i.test(hit.exchange?.body ?? '')) this.world.advance(301)
      if (operation.login) await this.world.calm()
      // A second refusal of queries in a row would be believed, as it should be: the account says it has changed.
      if (plan.kind === 'text' && hit.exchange?.path.includes('suiteql'))
        await this.world.request('POST', `/v1/connections/${this.world.connection}/check`)
    }
  }

  /** The operation without any fault, before it is changed. */
  #known(operation: FuzzOperation): Promise<Known> {
    let known = this.#profiles.get(operation)
    if (!known) {
      known = this.#look(operation)
      // The next one looks for itself.
      known.catch(() => this.#profiles.delete(operation))
      this.#profiles.set(operation, known)
    }
    return known
  }

  async #look(operation: FuzzOperation): Promise<Known> {
    const first = await this.#unchanged(operation)
    const second = await this.#unchanged(operation)
    const paths = (all: readonly { readonly path: string }[]) => all.map(({ path }) => path)
    const unsteady = {
      books: new Set([
        ...paths(differences(first.before.leaves, second.before.leaves, new Set())),
        ...paths(differences(first.after.leaves, second.after.leaves, new Set())),
      ]),
      answer: new Set(paths(differences(first.answer, second.answer, new Set()))),
    }
    return { ...second, unsteady }
  }

  async #unchanged(operation: FuzzOperation) {
    const { erp, slices } = this.world
    const ready = await this.#prepare(operation)
    const before = slices.slice()
    const { status, body, text } = await this.#call(ready)()
    if (status >= 300 || status === 202) throw new Error(`${operation.name} answers ${status} by itself: ${text}`)
    const exchanges = erp.proxy.exchanges
      .filter((one) => operation.login || !erp.isLogin(one))
      .map((one) => ({ isWrite: erp.isWrite(one), title: titleOf(one), answer: one.answer as WireAnswer }))
    return { before, after: slices.slice(), answer: slices.leavesOf(body), exchanges }
  }

  async #prepare(operation: FuzzOperation): Promise<Ready> {
    const { slices, erp } = this.world
    if (++this.#made % CASES_A_SEED === 0) {
      this.world.reset()
      this.#reads = null
    }
    const reads = operation.effect === 'read' ? this.#reads : null
    const token = reads?.token ?? `q${this.#name}${this.#made.toString(36).padStart(4, '0')}z`
    slices.begin(token, reads?.customers)
    const prepared = await operation.prepare(this.world, token)
    if (operation.effect === 'read') this.#reads = { token, customers: slices.customers }
    if (operation.login) await this.world.endLogin()
    // Reference lists are kept for five minutes.
    if (operation.name.startsWith('listReferenceData')) this.world.advance(301)
    erp.proxy.forget()
    return { token, prepared }
  }

  #call({ token, prepared: { method, path, body } }: Ready): Call {
    const key = method === 'GET' ? {} : { key: `fuzz-${token}` }
    return () => this.world.request(method, path, { ...(body && { body }), ...key })
  }

  async #arm(operation: FuzzOperation, plan: Case): Promise<Hit> {
    const { erp } = this.world
    const hit: Hit = { exchange: null, mutated: null }
    let seen = 0
    const matches = (exchange: Exchange) => {
      if (!operation.login && erp.isLogin(exchange)) return false
      if (seen++ !== plan.exchange) return false
      hit.exchange = exchange
      return true
    }
    const change = (answer: WireAnswer, exchange: Exchange) => {
      const mutated = plan.mutate(answer, exchange)
      hit.mutated = mutated
      return mutated.answer
    }
    const { cut, instead } = plan
    const fault: Fault = cut ? { kind: cut } : { kind: 'change', change, ...(instead && { instead }) }
    erp.proxy.fail(matches, fault)
    return hit
  }
}

function titleOf({ method, path, body }: Exchange): string {
  const functions = [...body.matchAll(/<function\b[^>]*>\s*<([A-Za-z_]+)[^>]*>(?:\s*<(?:object>)?([A-Za-z_]+))?/g)]
  if (functions.length > 0) return functions.map(([, name, object]) => `${name} ${object ?? ''}`.trim()).join(' + ')
  return `${method} ${path
    .split('?')[0]
    ?.replace(/.*\/(record|query)\/v1\//, '')
    .replaceAll(/\d+/g, '…')}`
}
