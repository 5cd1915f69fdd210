/** Columns that queries of this account have to do without: found out by a refusal, kept for a day, forgotten by `check`. */
import type { Mapping, Row } from '../../mapping/mapping.ts'
import type { Account } from '../provider.ts'
import { baseUrlOf, type Settings } from './settings.ts'

const FACT = 'missing columns'
/** Features and roles change. */
const KEPT_MS = 24 * 3_600_000

interface Kept {
  readonly of: string
  readonly since: number
  readonly lists: Readonly<Record<string, readonly string[]>>
}

export class MissingColumns {
  readonly #account: Account
  readonly #identity: string
  #since = 0
  #lists = new Map<string, ReadonlySet<string>>()
  #recalled = false

  constructor(settings: Settings, account: Account) {
    this.#account = account
    this.#identity = `${settings.accountId} ${baseUrlOf(settings)}`
  }

  /** As far as it is known now. */
  of(list: string): ReadonlySet<string> {
    const now = this.#account.now().getTime()
    return now < this.#since + KEPT_MS ? (this.#lists.get(list) ?? NONE) : NONE
  }

  async recall(): Promise<void> {
    if (this.#recalled) return
    this.#recalled = true
    const fact = await this.#account.facts?.read(FACT)
    const kept = fact ? (JSON.parse(fact.text) as Kept) : null
    // The connection may have been pointed at another account since.
    if (kept?.of !== this.#identity) return
    this.#since = kept.since
    this.#lists = new Map(Object.entries(kept.lists).map(([list, names]) => [list, new Set(names)]))
  }

  /** What a query has succeeded without. */
  async learn(list: string, names: Iterable<string>): Promise<void> {
    const known = this.of(list)
    const all = new Set([...known, ...names])
    if (all.size === known.size) return
    const now = this.#account.now().getTime()
    if (now >= this.#since + KEPT_MS) {
      this.#lists.clear()
      this.#since = now
    }
    this.#lists.set(list, all)
    await this.#write()
  }

  async forget(): Promise<void> {
    this.#lists.clear()
    this.#recalled = true
    await this.#write()
  }

  async #write(): Promise<void> {
    const lists = Object.fromEntries([...this.#lists].map(([list, names]) => [list, [...names]]))
    const kept: Kept = { of: this.#identity, since: this.#since, lists }
    await this.#account.facts?.write(FACT, JSON.stringify(kept))
  }
}
const NONE: ReadonlySet<string> = new Set()

export const missingReason = (column: string): string =>
  `Lists of this account have no column ${column}, or the gateway's role may not see it.`

/** The columns that a row reads: `c.email` in `LOWER(c.email)`. */
const columnsOf = (column: string): string[] =>
  [...column.matchAll(/\b[a-z]\.(\w+)/g)].map((match) => match[1] as string)

/** The same mapping with what lists have to do without: it neither filters nor sorts, and says why. */
export function withoutColumns<T>(mapping: Mapping<T>, missing: ReadonlySet<string>): Mapping<T> {
  if (missing.size === 0) return mapping
  const rows = Object.entries(mapping as unknown as Record<string, Row<unknown>>)
  const left = (row: Row<unknown>): Row<unknown> => {
    if (row.kind === 'absent' || row.column === null) return row
    const gone = columnsOf(row.column).find((name) => missing.has(name))
    if (gone === undefined) return row
    const reason = row.reason ?? missingReason(gone)
    return row.kind === 'at' ? { ...row, column: null, reason } : { ...row, column: null, reason }
  }
  return Object.fromEntries(rows.map(([field, row]) => [field, left(row)])) as unknown as Mapping<T>
}
