/** The account's currencies: internal ids and ISO codes, and which one is the books' own. */
import type { ReferenceEntry } from '../../../schemas/reference-data.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import { isCurrency } from '../../mapping/money.ts'
import type { Client } from './client.ts'
import { isInternalId } from './internal-id.ts'
import { isQueryRefused, isUnanswerable } from './query-access.ts'
import { readByRecords } from './reference-records.ts'
import { isObject, textOf } from './values.ts'

/** How long the list of currencies is believed. */
const KEPT_MS = 5 * 60_000

/** What one account remembers between calls. */
export interface RememberedCurrencies {
  codes: { readonly codes: ReadonlyMap<string, string>; readonly loadedAt: number } | null
  base: { readonly code: string | null; readonly until: number } | null
}

export class Currencies {
  readonly #client: Client
  readonly #remembered: RememberedCurrencies
  readonly #now: () => number
  #loading: Promise<ReadonlyMap<string, string>> | null = null
  /** The list that this call got: what it lacks is not asked for again with every record of a page. */
  #own: ReadonlyMap<string, string> | null = null

  constructor(client: Client, remembered: RememberedCurrencies, now: () => number) {
    this.#client = client
    this.#remembered = remembered
    this.#now = now
  }

  /** The internal id of an ISO code; null in an account without currencies. */
  async currencyId(code: string, pointer = '/currency'): Promise<string | null> {
    const known = (codes: ReadonlyMap<string, string>) => [...codes].find(([, symbol]) => symbol === code)?.[0] ?? null
    const id = known(await this.#currencies()) ?? known(await this.#newestCurrencies())
    if (id === null && (await this.#currencies()).size > 0) {
      throw fieldError('invalid_reference', pointer, `The NetSuite account has no currency ${code}.`)
    }
    return id
  }

  get areKnownToBeNone(): boolean {
    return this.#remembered.codes?.codes.size === 0
  }
  get areKnownToBeSome(): boolean {
    return (this.#remembered.codes?.codes.size ?? 0) > 0
  }

  /** An account without Multiple Currencies has no table of them. */
  async hasCurrencies(): Promise<boolean> {
    return (await this.#currencies()).size > 0
  }

  /** The currency of the books, as far as the account tells. */
  async baseCurrency(): Promise<string | null> {
    const codes = [...(await this.#currencies()).values()]
    if (codes.length <= 1) return codes[0] ?? null
    const kept = this.#remembered.base
    if (kept && this.#now() < kept.until) return kept.code
    const code = await this.#baseCurrency()
    this.#remembered.base = { code, until: this.#now() + KEPT_MS }
    return code
  }
  async #baseCurrency(): Promise<string | null> {
    try {
      const q = "SELECT symbol FROM currency WHERE isbasecurrency = 'T'"
      return textOf((await this.#client.query(q, [], 1, 'base currency')).rows[0]?.['symbol'])
    } catch (error) {
      if (!isUnanswerable(error)) throw error
      return null
    }
  }

  /** The ISO code of a currency reference; null when even fresh data does not know it. */
  async currencyCode(currency: unknown): Promise<string | null> {
    const id = currencyIdOf(currency)
    if (id === null) return null
    const code = (await this.#currencies()).get(id) ?? (await this.#newestCurrencies()).get(id)
    // The account's own word for a currency may look like a code and be none: "USA".
    return code || (isObject(currency) ? codeIn(currency['refName']) : null)
  }

  async #currencies(): Promise<ReadonlyMap<string, string>> {
    const kept = this.#remembered.codes
    return this.#own ?? (kept && this.#now() - kept.loadedAt < KEPT_MS ? kept.codes : this.#load())
  }
  /** A list that an earlier call got may lack what a record names. */
  async #newestCurrencies(): Promise<ReadonlyMap<string, string>> {
    return this.#own ?? this.#load()
  }
  #load(): Promise<ReadonlyMap<string, string>> {
    // The records of one page ask at the same time.
    this.#loading ??= this.#loadCurrencies().finally(() => {
      this.#loading = null
    })
    return this.#loading
  }

  async #loadCurrencies(): Promise<ReadonlyMap<string, string>> {
    const codes = new Map<string, string>()
    let isWhole = true
    try {
      // `name` may be a country ("USA"); `symbol` is the ISO code.
      const page = await this.#client.query('SELECT id, symbol, name FROM currency ORDER BY id', [], 1000, 'currency')
      for (const row of page.rows) {
        const [id, symbol] = [currencyIdOf(row['id']), codeIn(row['symbol'])]
        isWhole &&= id !== null && symbol !== null
        if (id !== null) codes.set(id, symbol ?? codeIn(row['name']) ?? '')
      }
    } catch (error) {
      // An account without the multi-currency feature has no such table.
      if (!isUnanswerable(error)) throw error
      for (const { id, code, name } of await this.#currencyRecords(error)) codes.set(id, code ?? name ?? '')
    }
    this.#own = codes
    // Every currency has an id and a symbol: a list that lacks one is asked for again by the next call.
    if (isWhole) this.#remembered.codes = { codes, loadedAt: this.#now() }
    return codes
  }

  async #currencyRecords(refusal: unknown): Promise<readonly ReferenceEntry[]> {
    if (!isQueryRefused(refusal)) return []
    try {
      return (await readByRecords(this.#client, 'currencies')) ?? []
    } catch (error) {
      const hidden = ['not_found', 'not_supported', 'provider_permission', 'rejected']
      if (error instanceof GatewayError && hidden.includes(error.code)) return []
      throw error
    }
  }
}

const codeIn = (value: unknown): string | null => (typeof value === 'string' && isCurrency(value) ? value : null)

/** The internal id of a currency, where one can be read: it costs no record more than its currency. */
export function currencyIdOf(currency: unknown): string | null {
  const id = isObject(currency) ? currency['id'] : currency
  const text = Number.isSafeInteger(id) ? `${id}` : id
  return typeof text === 'string' && isInternalId(text) ? text : null
}
