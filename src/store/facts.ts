/** What the gateway keeps of ERP accounts between calls and restarts: small texts by connection and name, and their age. */
import type { Kysely } from 'kysely'
import type { Tables } from './rows.ts'

/** As SQL has it. */
export interface AccountFactTable {
  connection: string
  name: string
  text: string
  /** PostgreSQL's driver gives a bigint as text. */
  read_at: number | string
}

export interface AccountFact {
  readonly text: string
  /** Milliseconds. */
  readonly readAt: number
}

/** Nothing is promised by a fact: one that is lost is asked for again. */
export interface FactStore {
  get(connection: string, name: string): Promise<AccountFact | null>
  /** Replaces what was kept under the name. */
  keep(connection: string, name: string, fact: AccountFact): Promise<void>
}

export class SqlFactStore implements FactStore {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async get(connection: string, name: string): Promise<AccountFact | null> {
    const row = await this.#db
      .selectFrom('account_facts')
      .select(['text', 'read_at'])
      .where('connection', '=', connection)
      .where('name', '=', name)
      .executeTakeFirst()
    return row ? { text: row.text, readAt: Number(row.read_at) } : null
  }

  async keep(connection: string, name: string, { text, readAt }: AccountFact): Promise<void> {
    await this.#db
      .insertInto('account_facts')
      .values({ connection, name, text, read_at: readAt })
      .onConflict((conflict) => conflict.columns(['connection', 'name']).doUpdateSet({ text, read_at: readAt }))
      .execute()
  }
}
