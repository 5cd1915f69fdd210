/** The date format of the account's user: seen in its records, or asked of Intacct where they leave it open. */
import { FAILURES, GatewayError } from '../../errors.ts'
import type { Account } from '../provider.ts'
import type { AnswerRecord } from './answer.ts'
import { type DateFormat, DOCUMENTED, formatsOf, isDateFormat } from './date-format.ts'

const FACT = 'date format'
const DAY_MS = 86_400_000
/** After a failure that may pass. */
const PAUSE_MS = 10 * 60_000

/** Names of fields with dates; memos and numbers may look like them. */
const DATED = /^(?:AU)?WHEN[A-Z]+$|DATE$/
const TIME = / \d{1,2}:\d{2}/

/** What the records at hand say: the formats that every date in them fits, and whether a date without a time decides that. */
interface Seen {
  readonly formats: ReadonlySet<DateFormat>
  /** Moments may be written in another way than dates. */
  readonly byDates: boolean
}
interface Known extends Pick<Seen, 'byDates'> {
  readonly format: DateFormat
  /** By Intacct itself. */
  readonly asked: boolean
  readonly at: number
}

export interface UserFormatting {
  readonly dateFormat: DateFormat | null
  readonly gmtOffset: string | null
}

export class UserFormat {
  readonly #account: Account
  /** Whose format it is. */
  readonly #identity: string
  #known: Known | null = null
  #quietUntil = 0
  #restored = false

  constructor(account: Account, identity: string) {
    this.#account = account
    this.#identity = identity
  }

  /** The format to read by; the documented one while nothing speaks against it. */
  get current(): DateFormat {
    return this.#known?.format ?? DOCUMENTED
  }

  /** Makes sure that the format of these records is known before they are read. */
  async learn(records: readonly AnswerRecord[], ask: () => Promise<UserFormatting>): Promise<void> {
    const seen = seenIn(records)
    if (seen === null) return
    await this.#restore()
    const known = this.#fresh()
    if (known && seen.formats.has(known.format) && (known.asked || known.byDates)) return
    const [only = DOCUMENTED, ...others] = seen.formats
    const proven = seen.formats.size > 0 && others.length === 0
    // One odd date must not turn all others around: Intacct is asked before records are believed against what was known.
    const expected = only === (known?.format ?? DOCUMENTED)
    if (!(proven && seen.byDates && expected) && (await this.#asked(ask))) return
    if (proven && (expected || !known?.byDates)) this.#known = { ...seen, format: only, ...this.#now(false) }
  }

  /** Asked anew, for `check`. */
  async ask(ask: () => Promise<UserFormatting>): Promise<UserFormatting> {
    const formatting = await ask()
    if (formatting.dateFormat !== null) await this.#learned(formatting.dateFormat)
    return formatting
  }

  /** Whether Intacct said it now. */
  async #asked(ask: () => Promise<UserFormatting>): Promise<boolean> {
    const { at } = this.#now(true)
    if (at < this.#quietUntil) return false
    try {
      const { dateFormat } = await this.ask(ask)
      this.#quietUntil = at + (dateFormat === null ? DAY_MS : PAUSE_MS)
      return dateFormat !== null
    } catch (error) {
      // What was read is worth more than how its dates are written.
      if (!(error instanceof GatewayError)) throw error
      this.#quietUntil = at + (FAILURES[error.code].retryable ? PAUSE_MS : DAY_MS)
      return false
    }
  }

  #now = (asked: boolean) => ({ asked, at: this.#account.now().getTime() })

  #fresh(): Known | null {
    return this.#known && this.#known.at > this.#now(true).at - DAY_MS ? this.#known : null
  }

  async #learned(format: DateFormat): Promise<void> {
    this.#known = { format, byDates: true, ...this.#now(true) }
    await this.#account.facts?.write(FACT, JSON.stringify({ of: this.#identity, format }))
  }

  async #restore(): Promise<void> {
    if (this.#restored) return
    this.#restored = true
    const fact = await this.#account.facts?.read(FACT)
    if (!fact || this.#known) return
    const kept = JSON.parse(fact.text) as { of?: unknown; format?: unknown }
    if (kept.of === this.#identity && typeof kept.format === 'string' && isDateFormat(kept.format))
      this.#known = { format: kept.format, byDates: true, asked: true, at: fact.readAt.getTime() }
  }
}

/** Null where there is no date in numbers. */
function seenIn(records: readonly AnswerRecord[]): Seen | null {
  const dates: string[] = []
  const moments: string[] = []
  for (const { fields } of records) {
    for (const name in fields) {
      const value = fields[name]
      if (typeof value !== 'string' || value === '' || !DATED.test(name)) continue
      if (TIME.test(value)) moments.push(value.slice(0, value.search(TIME)))
      else dates.push(value)
    }
  }
  const possible = [...dates, ...moments].map(formatsOf).filter((formats) => formats.length > 0)
  if (possible.length === 0) return null
  const formats = possible.reduce<ReadonlySet<DateFormat>>(
    (common, some) => new Set(some.filter((format) => common.has(format))),
    new Set(possible[0]),
  )
  const byDates = dates.some((date) => formatsOf(date).length === 1)
  return { formats, byDates }
}
