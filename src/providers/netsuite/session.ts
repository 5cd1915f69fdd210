/** One call in one account: the client, the reference data, and what the account remembers between calls. */
import type { PaymentRecord } from '../../../schemas/payment.ts'
import { listedBy, mappingOfAccount } from '../../mapping/account.ts'
import { type Context, isEmpty } from '../../mapping/codec.ts'
import { type Mapping, type Row, toUnified, type VendorRecord } from '../../mapping/mapping.ts'
import { withWarnings } from '../../mapping/reading.ts'
import type { Send } from '../../wire/exchange.ts'
import type { Account, Found, ListQuery, ProviderMappings, ReadOptions, RecordPage } from '../provider.ts'
import { itemsOf, type Line } from './addresses.ts'
import { type Authorizer, createAuthorizer } from './authentication.ts'
import type { RecordShape } from './catalog.ts'
import { Client } from './client.ts'
import { symbolOf } from './codecs.ts'
import { Currencies, currencyIdOf } from './currencies.ts'
import { customerRows } from './customer.ts'
import { CustomerNames } from './customer-names.ts'
import { invoice } from './invoice.ts'
import { MissingColumns, withoutColumns } from './missing-columns.ts'
import { AccountNames, isUnknownName, type NamedType } from './names.ts'
import { unshown } from './never-empty.ts'
import { currencyOfAll, withOneCurrency } from './one-currency.ts'
import { paymentRows } from './payment.ts'
import { isQueryRefused, QueryAccess } from './query-access.ts'
import { listByRecords, type RecordList } from './record-lists.ts'
import { nothingRemembered, References, type Remembered } from './references.ts'
import { baseUrlOf, type Defaults, type Settings, timeZoneOf } from './settings.ts'
import { isObject } from './values.ts'
import { wordFor } from './word-place.ts'

/** Long-lived state of one account. */
export interface Memory {
  readonly settings: Settings
  readonly account: Account
  readonly authorizer: Authorizer
  readonly remembered: Remembered
  readonly names: AccountNames
  readonly access: QueryAccess
  /** What the account's forms were found to want. */
  readonly wants: Set<'payment entity'>
  readonly missing: MissingColumns
}
export const createMemory = (settings: Settings, account: Account): Memory => ({
  settings,
  account,
  authorizer: createAuthorizer(settings, account),
  remembered: nothingRemembered(),
  names: new AccountNames(settings, account),
  access: new QueryAccess(settings, account),
  wants: new Set(),
  missing: new MissingColumns(settings, account),
})

/** The rows of each kind of record, the record type whose catalog names their places, and its list. */
const KINDS = {
  customer: { rows: customerRows, type: 'customer', list: 'customers' },
  payment: { rows: paymentRows, type: 'customerPayment', list: 'payments' },
  invoice: { rows: invoice, type: 'invoice', list: 'invoices' },
} as const satisfies Record<keyof ProviderMappings, { rows: object; type: NamedType; list: string }>
export type RecordKind = keyof typeof KINDS
const ALL_KINDS = Object.keys(KINDS) as RecordKind[]

export class Session {
  readonly client: Client
  readonly references: References
  readonly currencies: Currencies
  readonly #customers: CustomerNames
  readonly settings: Settings
  readonly defaults: Defaults
  readonly timeZone: string
  /** Payments that a step of this call has just read, so that the answer need not read them again. */
  readonly freshPayments = new Map<string, Found<PaymentRecord>>()
  /** Customers whose addresses this call has just read. */
  readonly freshAddresses = new Set<string>()
  readonly #memory: Memory

  constructor(memory: Memory, send: Send) {
    this.client = new Client(send, baseUrlOf(memory.settings), memory.authorizer, memory.access)
    const now = () => memory.account.now().getTime()
    this.references = new References(this.client, memory.remembered, now)
    this.currencies = new Currencies(this.client, memory.remembered.currencies, now)
    this.#customers = new CustomerNames(this.client, memory.remembered.customers)
    this.settings = memory.settings
    this.defaults = memory.settings.defaults ?? {}
    this.timeZone = timeZoneOf(memory.settings)
    this.#memory = memory
  }

  /** What this account calls the fields of its records, as far as it is known now. */
  get mappings(): ProviderMappings {
    const mappingOf = <T>(kind: RecordKind, rows: Mapping<T>) => this.#mappingOf(kind, rows)
    return {
      get customer() {
        return mappingOf('customer', customerRows)
      },
      get payment() {
        return mappingOf('payment', paymentRows)
      },
      get invoice() {
        return mappingOf('invoice', invoice)
      },
    }
  }
  #mappingOf<T>(kind: RecordKind, rows: Mapping<T>): Mapping<T> {
    const shape = this.shapeOf(kind)
    const own = mappingOfAccount(rows, shape && ((place) => Object.hasOwn(shape.types, place)))
    const mapping = shape && !Object.hasOwn(shape.types, 'currency') ? withOneCurrency(own) : own
    return this.queriesRefused
      ? listedBy(mapping, (row) => shape && wordFor(row, shape))
      : withoutColumns(mapping, this.missing.of(KINDS[kind].list))
  }
  /** Null while the account has not told. */
  shapeOf(kind: RecordKind): RecordShape | null {
    return this.#memory.names.shape(KINDS[kind].type)
  }
  /** What writing a record of this kind needs. */
  contextOf(kind: RecordKind, currency: string | null = null): Context {
    return { currency, timeZone: this.timeZone, typeOf: (place) => this.shapeOf(kind)?.types[place] }
  }

  /** Release 2026.1 shows no discount on apply lines; other accounts do. */
  get hasDiscounts(): boolean {
    return this.shapeOf('payment')?.types['apply.disc'] !== undefined
  }

  /** Without asking the ERP. */
  async recall(): Promise<void> {
    await Promise.all([this.#memory.access.recall(), this.#memory.missing.recall()])
    await Promise.all(ALL_KINDS.map((kind) => this.#memory.names.recall(KINDS[kind].type)))
  }
  async learn(kinds: readonly RecordKind[] = ALL_KINDS): Promise<void> {
    await Promise.all([this.#memory.access.recall(), this.#memory.missing.recall()])
    await Promise.all(kinds.map((kind) => this.#memory.names.learn(this.client, KINDS[kind].type)))
  }
  /** Asks for everything anew that is remembered of the account's fields and of what the role may do. */
  async relearn(): Promise<void> {
    await Promise.all([this.#memory.missing.forget(), this.#memory.access.forget()])
    await Promise.all(ALL_KINDS.map((kind) => this.#memory.names.refresh(this.client, KINDS[kind].type, true)))
  }
  get wants(): Memory['wants'] {
    return this.#memory.wants
  }
  /** A list through SuiteQL, or record by record where the role may not use that. */
  async listed<T>(
    list: RecordList<T>,
    query: ListQuery,
    byQuery: () => Promise<RecordPage<T>>,
  ): Promise<RecordPage<T>> {
    if (!this.queriesRefused) {
      try {
        return await byQuery()
      } catch (error) {
        if (!isQueryRefused(error)) throw error
      }
    }
    return listByRecords(this, list, query)
  }

  get queriesRefused(): boolean {
    return this.#memory.access.refused
  }

  /**
   * Runs an operation with the account's names known. If the account then refuses a name, it is asked for its names again;
   * where they are others now and nothing has been written yet, the operation runs once more.
   */
  async named<R>(kinds: readonly RecordKind[], operation: () => Promise<R>): Promise<R> {
    await this.learn(kinds)
    try {
      return await operation()
    } catch (error) {
      if (!isUnknownName(error) || this.client.hasWritten) throw error
      const changed = await Promise.all(kinds.map((kind) => this.#memory.names.refresh(this.client, KINDS[kind].type)))
      if (!changed.includes(true)) throw error
      return operation()
    }
  }

  now(): Date {
    return this.#memory.account.now()
  }

  get missing(): MissingColumns {
    return this.#memory.missing
  }

  /** The record with what reading it needs and NetSuite leaves out: ISO codes, the customer's name, our word for the method. */
  async prepared(record: VendorRecord): Promise<VendorRecord> {
    const prepared: Record<string, unknown> = { ...record }
    for (const name of ['customer', 'entity'])
      if (!isEmpty(record[name])) prepared[name] = await this.#customers.named(record[name])
    for (const name of ['currency', 'primaryBookBaseCurrency']) {
      if (!isEmpty(record[name])) prepared[name] = await this.#withSymbol(record[name])
    }
    if (isEmpty(record['currency'])) {
      const symbol = await currencyOfAll(this)
      if (symbol !== null) prepared['currency'] = { symbol }
    }
    for (const list of ['currencyList', 'itemPricing']) {
      const lines = itemsOf(record[list])
      if (lines) prepared[list] = { items: await Promise.all(lines.map((item) => this.#withItemSymbol(item))) }
    }
    const method = record['paymentOption'] ?? record['paymentMethod']
    // What is no reference is left to the row of the field, which says so.
    if (typeof method === 'string' || isObject(method)) {
      const id = isObject(method) ? method['id'] : method
      if (typeof id === 'string' || typeof id === 'number') prepared['methodWord'] = this.#methodWord(String(id))
    }
    return prepared
  }

  currencyOf(prepared: VendorRecord): string | null {
    return symbolOf(prepared['currency'])
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
    const reading = toUnified(mapping, prepared, context, options.fields)
    const record = reading.record as Record<string, unknown>
    for (const [field, row] of Object.entries(mapping as Record<string, Row<unknown>>)) {
      const unread = row.kind !== 'absent' && row.access === 'write-only'
      // A list that the account has no place for, or that cannot be read, is empty, not null.
      if (record[field] === null && empty[field] !== undefined) record[field] = empty[field]
      if (field in record || unread || (options.fields && !options.fields.has(field))) continue
      record[field] = empty[field] ?? null
    }
    const of = { mapping, raw, lists: empty, warnings: reading.warnings, wanted: options.fields }
    return withWarnings({ nativeId, ...reading, raw }, unshown(record, of, this.currencies.areKnownToBeSome))
  }

  async #withSymbol(currency: unknown): Promise<unknown> {
    return { id: currencyIdOf(currency), symbol: await this.currencies.currencyCode(currency) }
  }
  async #withItemSymbol(item: Line): Promise<Line> {
    return isEmpty(item['currency']) ? item : { ...item, currency: await this.#withSymbol(item['currency']) }
  }
  #methodWord(id: string): string {
    return Object.entries(this.defaults.paymentMethods ?? {}).find(([, own]) => own === id)?.[0] ?? 'other'
  }
}
