/** The configured ERP accounts, opened once, and bound to one call at a time. */
import { GatewayError } from '../errors.ts'
import type { AccountFacts, Connection, DefaultPlace, Provider, ProviderMappings } from '../providers/provider.ts'
import type { FactStore } from '../store/facts.ts'
import type { Send } from '../wire/exchange.ts'
import { Governor } from '../wire/governor.ts'
import { markedSecrets, Secrets } from '../wire/secrets.ts'
import { createSend, type Line } from '../wire/send.ts'
import { Sockets } from '../wire/sockets.ts'
import type { Call, Caller } from './call.ts'
import { LoginGuard, type Rest } from './login-guard.ts'

/** One entry of the configuration, already checked. */
export interface ConnectionConfig {
  readonly name: string
  readonly title: string
  readonly provider: Provider
  readonly settings: unknown
}

/** How a connection is bound for a write: the promise is made durable before the first byte, and may outlive the call. */
export interface WriteBinding {
  readonly beforeWrite: () => Promise<void>
  readonly signal: AbortSignal
}

/** Longer than any deadline (`limits.deadlineSeconds` is 900 at most): slots that are held for so long are lost. */
const STUCK_MS = 960_000

const nothing = async () => {}

/** One opened ERP account. */
export class OpenConnection {
  readonly name: string
  readonly title: string
  readonly provider: Provider
  readonly governor: Governor
  readonly #line: Line
  readonly mappings: ProviderMappings
  readonly baseCurrency: string | null
  readonly defaultPlaces: readonly DefaultPlace[]
  /** The receivables account of payments that name none; null when it is not configured. */
  readonly arAccountId: string | null
  readonly #connect: (send: Send) => Connection
  readonly #login: LoginGuard
  /** Answers that were on no closed list, by the level of the ERP that they came from. */
  readonly unrecognised = new Map<string, number>()
  /** How the newest exchange ended, for `status`. */
  #state: 'unchecked' | 'ok' | 'degraded' | 'down' = 'unchecked'

  constructor(config: ConnectionConfig, now: () => Date, facts: FactStore | null) {
    const { origin, concurrency } = config.provider.address(config.settings as never)
    this.name = config.name
    this.title = config.title
    this.provider = config.provider
    this.governor = new Governor(concurrency)
    this.baseCurrency = config.provider.baseCurrency?.(config.settings as never) ?? null
    this.arAccountId = config.provider.receivablesAccount?.(config.settings as never) ?? null
    this.defaultPlaces = config.provider.defaultPlaces?.(config.settings as never) ?? []
    this.mappings = config.provider.mappingsWith?.(config.settings as never) ?? config.provider.mappings
    this.#line = {
      connection: config.name,
      provider: config.provider.name,
      origin,
      sockets: new Sockets(concurrency),
      secrets: new Secrets(markedSecrets(config.provider.settings, config.settings)),
      governor: this.governor,
      classify: config.provider.classify,
      onUnrecognised: (level) => this.unrecognised.set(level, (this.unrecognised.get(level) ?? 0) + 1),
    }
    this.#login = new LoginGuard(now)
    const account = { connection: config.name, now, ...(facts && { facts: factsOf(config.name, facts, now) }) }
    this.#connect = config.provider.connect(config.settings as never, account)
  }

  get status() {
    return this.isStuck ? 'down' : this.#state
  }

  /** All slots were lost by a defect; only a new start brings them back. */
  get isStuck(): boolean {
    return this.governor.stuckForMs > STUCK_MS
  }

  /** What the ERP answered, as it may be shown. */
  withoutSecrets<T>(value: T): T {
    return this.#line.secrets.value(value) as T
  }

  /** Since when, until when and why nothing is sent, after a refused login; null while it is not so. */
  get rest(): Rest | null {
    return this.#login.rest
  }

  /** What the fields of this very account are; `ask: false` is content with what is known without asking the ERP. */
  async mappingsOf(bound: Connection, ask: boolean): Promise<ProviderMappings> {
    return (await bound.mappings?.(ask)) ?? this.mappings
  }

  /** The operations of this account for one call. `through` may look at every request before it is sent. */
  bind(call: Call, write?: WriteBinding, through: (send: Send) => Send = (send) => send): Connection {
    const send = createSend(this.#line, {
      operation: call.operation,
      log: call.log,
      get signal() {
        return write?.signal ?? call.signal
      },
      deadline: call.signal,
      beforeWrite: write?.beforeWrite ?? nothing,
      onExchange: (milliseconds) => {
        call.timing.exchanges++
        call.timing.upstreamMs += milliseconds
      },
    })
    const guarded: Send = async (request) => {
      const release = this.#login.admit(request)
      try {
        const response = await send(request)
        if (!request.login) this.#login.succeeded()
        this.#state = 'ok'
        return response
      } catch (error) {
        const judged = this.#login.judge(error)
        this.#note(judged)
        throw judged
      } finally {
        release()
      }
    }
    return this.#connect(through(guarded))
  }

  #note(error: unknown): void {
    if (!(error instanceof GatewayError)) return
    if (error.code === 'provider_unavailable' || error.code === 'provider_refused') this.#state = 'down'
    else if (error.status >= 500 || error.code === 'rate_limited') this.#state = 'degraded'
    else this.#state = 'ok'
  }

  close(): void {
    this.#line.sockets.close()
  }
}

/** A store that is down is told of by what depends on it; what is known of an account is asked of the ERP again. */
const factsOf = (connection: string, facts: FactStore, now: () => Date): AccountFacts => ({
  read: async (name) => {
    const fact = await facts.get(connection, name).catch(() => null)
    return fact && { text: fact.text, readAt: new Date(fact.readAt) }
  },
  write: (name, text) => facts.keep(connection, name, { text, readAt: now().getTime() }).catch(nothing),
})

/** All opened accounts, by name. */
export class Connections {
  readonly #byName: ReadonlyMap<string, OpenConnection>
  readonly defaultName: string | null

  constructor(
    configs: readonly ConnectionConfig[],
    defaultName: string | null,
    now: () => Date = () => new Date(),
    facts: FactStore | null = null,
  ) {
    this.#byName = new Map(configs.map((config) => [config.name, new OpenConnection(config, now, facts)]))
    this.defaultName = defaultName
  }

  /** The connection of that name, if the caller may use it. Throws `unknown_connection` or `forbidden`. */
  get(name: string, caller: Caller): OpenConnection {
    const connection = this.#byName.get(name)
    if (!connection) throw new GatewayError('unknown_connection', `There is no connection "${name}".`)
    if (!mayUse(caller, name)) {
      throw new GatewayError('forbidden', `This key may not use the connection "${name}".`, { connection: name })
    }
    return connection
  }

  /** Throws `overloaded` where a connection can never send again. */
  checkSlots(): void {
    for (const { name, isStuck } of this.#byName.values())
      if (isStuck) throw new GatewayError('overloaded', `The connection "${name}" has no slot that works.`)
  }

  /** For the gateway's own work, which asks for no caller; null when the connection is not configured any more. */
  find(name: string): OpenConnection | null {
    return this.#byName.get(name) ?? null
  }

  /** All of them, for figures about the process. */
  all(): OpenConnection[] {
    return [...this.#byName.values()]
  }

  /** Every connection that the caller may use, by name. */
  allowed(caller: Caller): OpenConnection[] {
    return this.all()
      .filter((connection) => mayUse(caller, connection.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  close(): void {
    for (const connection of this.#byName.values()) connection.close()
  }
}

const mayUse = (caller: Caller, name: string): boolean => caller.connections.has('*') || caller.connections.has(name)
