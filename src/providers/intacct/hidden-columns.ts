/** Columns that an account, or the role of its user, does not let be queried: learnt from refusals, kept for a day. */
import type { Warning } from '../../../schemas/common.ts'
import type { GatewayError } from '../../errors.ts'
import type { Mapping, Row } from '../../mapping/mapping.ts'
import type { Account } from '../provider.ts'

const FACT = 'hidden columns'
const DAY_MS = 86_400_000

/** By object and column: when it was learnt. */
type Kept = Record<string, Record<string, number>>

export class HiddenColumns {
  readonly #account: Account
  readonly #identity: string
  #kept: Kept = {}
  #restored = false

  constructor(account: Account, identity: string) {
    this.#account = account
    this.#identity = identity
  }

  /** As far as it is known; upper-case names. */
  of(object: string): ReadonlySet<string> {
    const oldest = this.#account.now().getTime() - DAY_MS
    const columns = Object.entries(this.#kept[object] ?? {}).filter(([, at]) => at > oldest)
    return new Set(columns.map(([name]) => name))
  }

  /** What another process, or this one before its restart, has learnt. */
  async restore(): Promise<void> {
    if (this.#restored) return
    this.#restored = true
    const fact = await this.#account.facts?.read(FACT)
    if (!fact) return
    const { of, columns } = JSON.parse(fact.text) as { of?: string; columns?: Kept }
    if (of === this.#identity && columns) this.#kept = { ...columns, ...this.#kept }
  }

  async learn(object: string, names: Iterable<string>): Promise<void> {
    const at = this.#account.now().getTime()
    this.#kept[object] = { ...this.#kept[object], ...Object.fromEntries([...names].map((name) => [name, at])) }
    await this.#write()
  }

  /** Everything is asked of the account again. */
  async forget(): Promise<void> {
    this.#kept = {}
    this.#restored = true
    await this.#write()
  }

  async #write(): Promise<void> {
    await this.#account.facts?.write(FACT, JSON.stringify({ of: this.#identity, columns: this.#kept }))
  }

  /** The mapping of an object as lists of this account have it. */
  applyTo<T>(object: string, mapping: Mapping<T>): Mapping<T> {
    const hidden = this.of(object)
    if (hidden.size === 0) return mapping
    const rows = Object.entries(mapping as unknown as Record<string, Row<unknown>>)
    return Object.fromEntries(rows.map(([field, row]) => [field, withoutColumn(row, hidden)])) as unknown as Mapping<T>
  }

  /** A warning for each field of a list that is empty because its column is hidden. */
  warnings(object: string, mapping: object, wanted: ReadonlySet<string>): Warning[] {
    const hidden = this.of(object)
    if (hidden.size === 0) return []
    return Object.entries(mapping as Readonly<Record<string, Row<unknown>>>).flatMap(([field, row]) => {
      const column = wanted.has(field) ? hiddenColumnOf(row, hidden) : undefined
      return column === undefined ? [] : [{ pointer: `/${field}`, code: 'not_available', detail: reasonFor(column) }]
    })
  }
}

const reasonFor = (column: string): string =>
  `Sage Intacct does not let ${column} be queried in this account, so lists have no value of it.`

const hiddenColumnOf = (row: Row<unknown>, hidden: ReadonlySet<string>): string | undefined =>
  row.kind === 'absent' || row.access === 'write-only'
    ? undefined
    : row.paths.find((path) => hidden.has(path.toUpperCase()))

function withoutColumn(row: Row<unknown>, hidden: ReadonlySet<string>): Row<unknown> {
  const column = hiddenColumnOf(row, hidden)
  if (column === undefined || row.kind === 'absent') return row
  const reason = reasonFor(column)
  return row.kind === 'at' ? { ...row, column: null, reason } : { ...row, column: null, reason }
}

const NAME = '[A-Za-z_]\\w*(?:\\.\\w+)*'
const NAMES = `${NAME}(?:, ?${NAME})*`
/**
 * The whole message: recorded with plain names, and (Intacct/intacct-sdk-js #83) by object as `[ apbill: [A, B] ]`. Names are
 * columns of ours, so nothing that a caller sent is in it.
 */
const REFUSED = new RegExp(
  `^(?:There was an error processing the request\\. )?The following fields cannot be queried: (?:(${NAMES})|\\[ ?((?:${NAME}: ?\\[ ?${NAMES} ?\\],? ?)+) ?\\])\\.?$`,
  'i',
)
const GROUP = new RegExp(`(${NAME}): ?\\[ ?(${NAMES}) ?\\]`, 'g')

/** The columns that a refusal names: by object in lower case, under '' those of any. Null where it says something else. */
export function refusedColumns(error: GatewayError): ReadonlyMap<string, ReadonlySet<string>> | null {
  if (error.code !== 'filter_not_supported') return null
  const messages = (error.options.upstream?.message ?? '').split(' | ')
  const [, plain, grouped] =
    messages.map((message) => REFUSED.exec(message.trim())).find((match) => match !== null) ?? []
  const names = (list: string) => new Set(list.split(',').map((name) => name.trim().toUpperCase()))
  if (plain !== undefined) return new Map([['', names(plain)]])
  if (grouped === undefined) return null
  return new Map([...grouped.matchAll(GROUP)].map(([, object = '', list = '']) => [object.toLowerCase(), names(list)]))
}
