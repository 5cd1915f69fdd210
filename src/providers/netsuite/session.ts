/** One call in one account: the client, the reference data, and what the account remembers between calls. */

import type { PaymentRecord } from '../../../schemas/payment.ts'
import { type Context, isEmpty } from '../../mapping/codec.ts'
import { type Mapping, type Row, toUnified, type VendorRecord } from '../../mapping/mapping.ts'
import type { Send } from '../../wire/exchange.ts'
import type { Account, Found, ReadOptions } from '../provider.ts'
import type { Line } from './addresses.ts'
import { itemsOf } from './addresses.ts'
import { type Authorizer, createAuthorizer } from './authentication.ts'
import { Client } from './client.ts'
import { idOf } from './codecs.ts'
import { nothingRemembered, References, type Remembered } from './references.ts'
import { baseUrlOf, type Defaults, type Settings, timeZoneOf } from './settings.ts'

/** Long-lived state of one account. */
export interface Memory {
  readonly settings: Settings
  readonly account: Account
  readonly authorizer: Authorizer
  readonly remembered: Remembered
  /** Columns by list that this account has refused. */
  readonly missing: Map<string, Set<string>>
}
export const createMemory = (settings: Settings, account: Account): Memory => ({
  settings,
  account,
  authorizer: createAuthorizer(settings, account),
  remembered: nothingRemembered(),
  missing: new Map(),
})

export class Session {
  readonly client: Client
  readonly references: References
  readonly settings: Settings
  readonly defaults: Defaults
  readonly timeZone: string
  /** Payments that a step of this call has just read, so that the answer need not read them again. */
  readonly freshPayments = new Map<string, Found<PaymentRecord>>()
  /** Customers whose addresses this call has just read. */
  readonly freshAddresses = new Set<string>()
  readonly #memory: Memory

  constructor(memory: Memory, send: Send) {
    this.client = new Client(send, baseUrlOf(memory.settings), memory.authorizer)
    this.references = new References(this.client, memory.remembered, () => memory.account.now().getTime())
    this.settings = memory.settings
    this.defaults = memory.settings.defaults ?? {}
    this.timeZone = timeZoneOf(memory.settings)
    this.#memory = memory
  }

  now(): Date {
    return this.#memory.account.now()
  }

  missingColumns(list: string): Set<string> {
    const { missing } = this.#memory
    let columns = missing.get(list)
    if (!columns) {
      columns = new Set()
      missing.set(list, columns)
    }
    return columns
  }

  /** The record with what reading it needs and NetSuite leaves out: ISO codes of currencies, our word for the payment method. */
  async prepared(record: VendorRecord): Promise<VendorRecord> {
    const prepared: Record<string, unknown> = { ...record }
    for (const name of ['currency', 'primaryBookBaseCurrency']) {
      if (!isEmpty(record[name])) prepared[name] = await this.#withSymbol(record[name])
    }
    for (const list of ['currencyList', 'itemPricing']) {
      const lines = itemsOf(record[list])
      if (lines) prepared[list] = { items: await Promise.all(lines.map((item) => this.#withItemSymbol(item))) }
    }
    const method = record['paymentOption'] ?? record['paymentMethod']
    if (!isEmpty(method)) prepared['methodWord'] = this.#methodWord(idOf(method))
    return prepared
  }

  currencyOf(prepared: VendorRecord): string | null {
    return (prepared['currency'] as { symbol?: string } | null | undefined)?.symbol ?? null
  }

  /**
   * A whole record. NetSuite leaves empty properties out of it, so what is missing is empty, not unasked for;
   * `empty` names what empty is for fields that cannot be null.
   */
  async found<T>(
    mapping: Mapping<T>,
    raw: VendorRecord,
    nativeId: string,
    empty: Readonly<Record<string, unknown>>,
    options: ReadOptions = {},
  ): Promise<Found<T>> {
    const prepared = await this.prepared(raw)
    const context: Context = { currency: this.currencyOf(prepared), timeZone: this.timeZone }
    const record = toUnified(mapping, prepared, context, options.fields) as Record<string, unknown>
    for (const [field, row] of Object.entries(mapping as Record<string, Row<unknown>>)) {
      const unread = row.kind !== 'absent' && row.access === 'write-only'
      if (field in record || unread || (options.fields && !options.fields.has(field))) continue
      record[field] = empty[field] ?? null
    }
    return { nativeId, record: record as T, raw }
  }

  async #withSymbol(currency: unknown): Promise<unknown> {
    const symbol = await this.references.currencyCode(currency)
    return symbol === null ? null : { id: idOf(currency), symbol }
  }
  async #withItemSymbol(item: Line): Promise<Line> {
    return isEmpty(item['currency']) ? item : { ...item, currency: await this.#withSymbol(item['currency']) }
  }
  #methodWord(id: string | null): string {
    const known = Object.entries(this.defaults.paymentMethods ?? {}).find(([, configured]) => configured === id)
    return known?.[0] ?? 'other'
  }
}
