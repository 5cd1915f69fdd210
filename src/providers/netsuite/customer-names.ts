/**
 * Whose a record is. In other records NetSuite shows a customer as one text, which is its number and its name
 * ("ACME-001 Acme Corporation") where the account numbers its customers, and the name alone elsewhere. Where the one
 * ends only the customer itself tells.
 */
import { GatewayError } from '../../errors.ts'
import type { Context } from '../../mapping/codec.ts'
import type { Client } from './client.ts'
import { jsonNumber } from './codecs.ts'
import { isInternalId } from './internal-id.ts'
import { isUnanswerable } from './query-access.ts'
import { isObject, nameOf, recordIdOf } from './values.ts'

interface Words {
  readonly number: string
  readonly name: string
}
/** What each text was found to be, by the customer's id and the text: another name is another text. Null: it stays whole. */
export type RememberedNames = Map<string, Words | null>
const MOST_REMEMBERED = 10_000
/** Members of one list of parameters. */
const AT_ONCE = 500
/** What GET of the customer gives as its name. */
const NAME = "CASE WHEN c.isperson = 'T' THEN c.firstname || ' ' || c.lastname ELSE c.companyname END"

/** The name of the customer that a transaction is of, for filters. */
export const NAME_OF_ENTITY = `(SELECT ${NAME} FROM customer c WHERE c.id = t.entity)`

/** A customer as another record names it; null where there is no id. */
export function customerOf(
  reference: unknown,
  { warn }: Context,
): { id: string; number?: string | null; name: string | null } | null {
  const id = recordIdOf(reference)
  if (id === null) return null
  const { number, name, isUnsure } = isObject(reference) ? reference : {}
  if (typeof number === 'string' && typeof name === 'string') return { id, number, name }
  const whole = nameOf(reference)
  // Lists have a name beside every id; records may come without it.
  if (isObject(reference) && reference['refName'] === null) warn?.('garbled', 'NetSuite gave no name.', '/name')
  if (isUnsure) warn?.('garbled', 'It may be number and name in one: the customer itself could not be read.', '/name')
  return { id, name: whole }
}

export class CustomerNames {
  readonly #client: Client
  readonly #remembered: RememberedNames
  readonly #wanted = new Map<string, string>()
  #asking: Promise<void> | null = null

  constructor(client: Client, remembered: RememberedNames) {
    this.#client = client
    this.#remembered = remembered
  }

  /** The reference with `number` and `name`, as far as they are known; for what is no reference nothing is asked. */
  async named(reference: unknown): Promise<unknown> {
    if (!isObject(reference)) return reference
    const { id } = reference
    const text = reference['refName']
    // A single word is no number with a name behind it.
    if (typeof id !== 'string' || !isInternalId(id) || typeof text !== 'string' || !text.includes(' ')) return reference
    const key = keyOf(id, text)
    if (!this.#remembered.has(key)) {
      this.#wanted.set(id, text)
      // The records of one page ask at the same time.
      this.#asking ??= Promise.resolve().then(() => this.#ask())
      await this.#asking
    }
    return { ...reference, ...(this.#remembered.get(key) ?? { isUnsure: !this.#remembered.has(key) }) }
  }

  async #ask(): Promise<void> {
    const wanted = new Map(this.#wanted)
    this.#wanted.clear()
    this.#asking = null
    if (this.#remembered.size > MOST_REMEMBERED) this.#remembered.clear()
    const all = [...wanted]
    for (let from = 0; from < all.length; from += AT_ONCE) await this.#askOf(new Map(all.slice(from, from + AT_ONCE)))
  }

  async #askOf(texts: ReadonlyMap<string, string>): Promise<void> {
    const ids = [...texts.keys()]
    const q = `SELECT c.id, c.entityid, ${NAME} AS name FROM customer c WHERE c.id IN (${ids.map(() => '?').join(', ')}) ORDER BY c.id`
    try {
      const { rows } = await this.#client.query(q, ids.map(jsonNumber), AT_ONCE, 'customer names')
      for (const row of rows) {
        const id = recordIdOf(row) ?? ''
        const text = texts.get(id)
        const parts = text === undefined ? undefined : apart(text, row)
        if (text !== undefined && parts !== undefined) this.#remembered.set(keyOf(id, text), parts)
      }
    } catch (error) {
      // A name is worth no failure: without an answer the record is shown with the ERP's own text.
      if (!(error instanceof GatewayError)) throw error
      if (isUnanswerable(error)) for (const [id, text] of texts) this.#remembered.set(keyOf(id, text), null)
    }
  }
}

/** Accounts make the text in other ways too (with the parent's, by a template): what does not fit stays whole. */
function apart(text: string, row: Readonly<Record<string, unknown>>): Words | null | undefined {
  const { entityid: number, name } = row
  if (typeof number !== 'string' || typeof name !== 'string') return undefined
  return text === `${number} ${name}` || text === name ? { number, name } : null
}

const keyOf = (id: string, text: string): string => `${id} ${text}`
