/**
 * What one account calls its fields. Accounts differ by release, features and forms; the metadata catalog tells, and is kept
 * between calls and restarts. An account that does not show it is taken to have the names of release 2026.1.
 */
import { GatewayError } from '../../errors.ts'
import type { Account } from '../provider.ts'
import { type RecordShape, shapeOf } from './catalog.ts'
import type { Client } from './client.ts'
import { baseUrlOf, type Settings } from './settings.ts'

/** The record types whose names differ between accounts. */
export const NAMED_TYPES = ['customer', 'customerPayment', 'invoice'] as const
export type NamedType = (typeof NAMED_TYPES)[number]

/** How long the catalog is believed where the settings do not say. */
const HOURS = 24
/** A catalog that failed is not asked again at once, nor is one that was just read. */
const PAUSE_MS = 60_000

interface Known {
  /** Null: the account does not show its catalog. */
  readonly shape: RecordShape | null
  /** Milliseconds. */
  readonly readAt: number
  readonly until: number
}

/** Refusals that say something of the login, the load or the line; any other is the catalog's own affair. */
const NOT_THE_CATALOG = new Set([
  'provider_refused',
  'rate_limited',
  'overloaded',
  'provider_unavailable',
  'provider_timeout',
])

/** A body that NetSuite cannot read, perhaps for a property that the account has not: it says so by this code, in no certain words. */
export const isUnknownName = (error: unknown): boolean =>
  error instanceof GatewayError &&
  error.code === 'rejected' &&
  error.applied === 'no' &&
  error.options.upstream?.code === 'INVALID_CONTENT'

export class AccountNames {
  readonly #account: Account
  readonly #identity: string
  readonly #keptMs: number
  readonly #known = new Map<NamedType, Known>()
  readonly #loading = new Map<NamedType, Promise<void>>()

  constructor(settings: Settings, account: Account) {
    this.#account = account
    this.#identity = `${settings.accountId} ${baseUrlOf(settings)}`
    this.#keptMs = (settings.metadataHours ?? HOURS) * 3_600_000
  }

  /** As far as it is known now. */
  shape(type: NamedType): RecordShape | null {
    return this.#known.get(type)?.shape ?? null
  }

  /** What the store still knows, without asking the ERP. */
  async recall(type: NamedType): Promise<void> {
    if (this.#known.has(type)) return
    const known = await this.#kept(type)
    if (known) this.#known.set(type, known)
  }

  /** Makes sure that the names are known and young enough. */
  async learn(client: Client, type: NamedType): Promise<void> {
    await this.recall(type)
    const known = this.#known.get(type)
    if (known && this.#now() < known.until) return
    await this.#loadOnce(client, type)
  }

  /** Asks again; tells whether the account says something else now. */
  async refresh(client: Client, type: NamedType, always = false): Promise<boolean> {
    const before = this.#known.get(type)
    if (!always && before && this.#now() - before.readAt < PAUSE_MS) return false
    await this.#loadOnce(client, type)
    return JSON.stringify(this.shape(type)) !== JSON.stringify(before?.shape ?? null)
  }

  /** Calls that need it at the same time share one request. One whose own request ended with its caller asks itself. */
  async #loadOnce(client: Client, type: NamedType): Promise<void> {
    const running = this.#loading.get(type)
    if (running) {
      try {
        return await running
      } catch (error) {
        if (error instanceof GatewayError && error.code === 'provider_refused') throw error
      }
    }
    const load = this.#load(client, type).finally(() => this.#loading.delete(type))
    this.#loading.set(type, load)
    await load
  }

  async #load(client: Client, type: NamedType): Promise<void> {
    const before = this.#known.get(type)
    try {
      this.#keep(type, shapeOf(await client.metadata(type, 'swagger'), type), this.#keptMs)
    } catch (error) {
      if (!(error instanceof GatewayError) || NOT_THE_CATALOG.has(error.code)) throw error
      const refused =
        error.code === 'provider_permission' || error.code === 'not_found' || error.code === 'not_supported'
      // What was known before is better than nothing; a failure that says nothing of the account is not kept for long.
      if (refused) this.#keep(type, null, this.#keptMs)
      else this.#known.set(type, this.#young(before?.shape ?? null, PAUSE_MS))
    }
    await this.#write(type)
  }

  #keep(type: NamedType, shape: RecordShape | null, lifeMs: number): void {
    this.#known.set(type, this.#young(shape, lifeMs))
  }
  #young(shape: RecordShape | null, lifeMs: number): Known {
    return { shape, readAt: this.#now(), until: this.#now() + lifeMs }
  }
  #now(): number {
    return this.#account.now().getTime()
  }

  // What outlives the process

  async #kept(type: NamedType): Promise<Known | null> {
    const fact = await this.#account.facts?.read(`metadata ${type}`)
    if (!fact) return null
    const { of, shape } = JSON.parse(fact.text) as { of: string; shape: RecordShape | null }
    const readAt = fact.readAt.getTime()
    // The connection may have been pointed at another account since.
    return of === this.#identity ? { shape, readAt, until: readAt + this.#keptMs } : null
  }

  async #write(type: NamedType): Promise<void> {
    const known = this.#known.get(type)
    if (!known || known.until - known.readAt < this.#keptMs) return
    await this.#account.facts?.write(`metadata ${type}`, JSON.stringify({ of: this.#identity, shape: known.shape }))
  }
}
