/** The store in SQL, written once for every database; only the dialect differs. */
import type { Kysely, Updateable } from 'kysely'
import { type FactStore, SqlFactStore } from './facts.ts'
import { type IntentTable, newRow, type Tables, toIntent } from './rows.ts'
import type {
  Claim,
  Ending,
  Intent,
  IntentScope,
  IntentState,
  IntentStore,
  ListIntents,
  NewIntent,
  ResourceScope,
} from './store.ts'

const RUNNING: readonly IntentState[] = ['accepted', 'sending']
const OPEN: readonly IntentState[] = [...RUNNING, 'unknown']
const STATES_OF = { running: RUNNING, succeeded: ['succeeded'], failed: ['failed'], unknown: ['unknown'] } as const
/** How often a claim is tried when the intent that held the key goes away in between. */
const CLAIM_TRIES = 5

export class SqlIntentStore implements IntentStore {
  readonly facts: FactStore
  readonly #db: Kysely<Tables>
  readonly #now: () => number

  constructor(db: Kysely<Tables>, now: () => number = Date.now) {
    this.#db = db
    this.facts = new SqlFactStore(db)
    this.#now = now
  }

  async claim(wanted: NewIntent): Promise<Claim> {
    const row = newRow(wanted, this.#now())
    for (let attempt = 1; attempt <= CLAIM_TRIES; attempt++) {
      const inserted = await this.#db
        .insertInto('intents')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst()
      if (inserted) return { intent: toIntent(inserted), claimed: true }
      const holder = await this.find(wanted)
      if (holder) return { intent: holder, claimed: false }
    }
    throw new Error(`The key of intent ${wanted.id} could be neither taken nor found.`)
  }

  async markSending(id: string): Promise<Intent | null> {
    const row = await this.#db
      .updateTable('intents')
      .set((column) => ({ state: 'sending', tries: column('tries', '+', 1), updated_at: this.#now() }))
      .where('id', '=', id)
      .where('state', '=', 'accepted')
      .returningAll()
      .executeTakeFirst()
    return row ? toIntent(row) : null
  }

  async takeBack(id: string): Promise<boolean> {
    const gone = await this.#db
      .deleteFrom('intents')
      .where('id', '=', id)
      .where('state', '=', 'accepted')
      .where('promised', '=', 0)
      .returning('id')
      .executeTakeFirst()
    return gone !== undefined
  }

  async markPromised(id: string): Promise<Intent | null> {
    const row = await this.#db
      .updateTable('intents')
      .set({ promised: 1 })
      .where('id', '=', id)
      .where('state', 'in', RUNNING)
      .returningAll()
      .executeTakeFirst()
    return row ? toIntent(row) : this.get(id)
  }

  async succeed(id: string, ending: Ending): Promise<Intent | null> {
    const row = await this.#db
      .updateTable('intents')
      .set(this.#ended('succeeded', ending))
      .where('id', '=', id)
      .where('state', 'in', [...OPEN, 'succeeded'])
      .where('answer_status', 'is', null)
      .returningAll()
      .executeTakeFirst()
    return row ? toIntent(row) : null
  }

  fail(id: string, ending: Ending): Promise<Intent | null> {
    return this.#end(id, OPEN, this.#ended('failed', ending))
  }

  markUnknown(id: string, ending: Ending): Promise<Intent | null> {
    return this.#end(id, ['sending'], this.#ended('unknown', ending))
  }

  async release(id: string, ending: Ending): Promise<void> {
    const forgotten = await this.#db
      .deleteFrom('intents')
      .where('id', '=', id)
      .where('promised', '=', 0)
      .where('state', 'in', RUNNING)
      .returning('id')
      .executeTakeFirst()
    if (!forgotten) await this.#end(id, OPEN, { ...this.#ended('failed', ending), key_held: 0 })
  }

  async get(id: string): Promise<Intent | null> {
    const row = await this.#db.selectFrom('intents').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? toIntent(row) : null
  }

  async find(scope: IntentScope): Promise<Intent | null> {
    const row = await this.#db
      .selectFrom('intents')
      .selectAll()
      .where('caller', '=', scope.caller)
      .where('connection', '=', scope.connection)
      .where('operation', '=', scope.operation)
      .where('key', '=', scope.key)
      .where('key_held', '=', 1)
      .executeTakeFirst()
    return row ? toIntent(row) : null
  }

  async findByResource(scope: ResourceScope): Promise<Intent | null> {
    const row = await this.#db
      .selectFrom('intents')
      .selectAll()
      .where('resource_id', '=', scope.resourceId)
      .where('operation', '=', scope.operation)
      .where('caller', '=', scope.caller)
      .where('state', '=', 'succeeded')
      .where('answer_status', 'is not', null)
      .orderBy('id', 'desc')
      .executeTakeFirst()
    return row ? toIntent(row) : null
  }

  async list({ caller, status, limit }: ListIntents): Promise<Intent[]> {
    const all = this.#db.selectFrom('intents').selectAll().where('caller', '=', caller)
    const wanted = status === null ? all : all.where('state', 'in', STATES_OF[status])
    // Ids sort by time.
    const rows = await wanted.orderBy('id', 'desc').limit(limit).execute()
    return rows.map(toIntent)
  }

  async sweep(olderThan: number, batch: number): Promise<number> {
    const old = this.#db
      .selectFrom('intents')
      .select('id')
      .where('state', 'in', ['succeeded', 'failed'])
      .where('updated_at', '<', olderThan)
      .limit(batch)
    const gone = await this.#db.deleteFrom('intents').where('id', 'in', old).returning('id').execute()
    return gone.length
  }

  async interruptRunning(): Promise<{ released: number; unknown: number }> {
    return this.#db.transaction().execute(async (db) => {
      const accepted = await db.selectFrom('intents').select('id').where('state', '=', 'accepted').execute()
      const one = new SqlIntentStore(db, this.#now)
      for (const { id } of accepted) await one.release(id, {})
      const unknown = await db
        .updateTable('intents')
        .set({ state: 'unknown', updated_at: this.#now() })
        .where('state', '=', 'sending')
        .returning('id')
        .execute()
      return { released: accepted.length, unknown: unknown.length }
    })
  }

  async ready(): Promise<void> {
    await this.#db.selectFrom('intents').select('id').limit(1).execute()
  }

  close(): Promise<void> {
    return this.#db.destroy()
  }

  async #end(id: string, from: readonly IntentState[], values: Updateable<IntentTable>): Promise<Intent | null> {
    const row = await this.#db
      .updateTable('intents')
      .set(values)
      .where('id', '=', id)
      .where('state', 'in', from)
      .returningAll()
      .executeTakeFirst()
    return row ? toIntent(row) : null
  }

  #ended(state: IntentState, { answer = null, problem = null, resourceId = null }: Ending): Updateable<IntentTable> {
    return {
      state,
      answer_status: answer?.status ?? null,
      answer_headers: answer ? JSON.stringify(answer.headers) : null,
      answer_body: answer?.body ?? null,
      problem,
      resource_id: resourceId,
      updated_at: this.#now(),
    }
  }
}
