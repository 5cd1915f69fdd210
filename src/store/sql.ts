/** The store in SQL, written once for every database; only the dialect differs. */
import type { ExpressionBuilder, Kysely, Updateable, UpdateObject } from 'kysely'
import { type FactStore, SqlFactStore } from './facts.ts'
import { IntentReader, OPEN, RUNNING } from './reader.ts'
import { keepReplacement, readReplacements } from './replacements.ts'
import { type IntentTable, newRow, type Tables, toIntent } from './rows.ts'
import type {
  Claim,
  Doubt,
  Ending,
  Hold,
  Intent,
  IntentState,
  IntentStore,
  LeaseRequest,
  NewIntent,
  Replacements,
} from './store.ts'

/** How often a claim is tried when the intent that held the key goes away in between. */
const CLAIM_TRIES = 5
const RENEWED_AT_ONCE = 50

export interface SqlStoreOptions {
  /** Whether other processes use the database at the same time. */
  readonly shared: boolean
  /** The clock of the stored times; where processes share a database, theirs must agree to well within a lease. */
  readonly now?: (() => number) | undefined
}

export class SqlIntentStore extends IntentReader implements IntentStore {
  readonly shared: boolean
  readonly facts: FactStore
  readonly #now: () => number

  constructor(db: Kysely<Tables>, { shared, now = Date.now }: SqlStoreOptions) {
    super(db)
    this.shared = shared
    this.facts = new SqlFactStore(db)
    this.#now = now
  }

  async claim(wanted: NewIntent, lease: LeaseRequest): Promise<Claim> {
    const row = newRow(wanted, lease, this.#now())
    for (let attempt = 1; attempt <= CLAIM_TRIES; attempt++) {
      const inserted = await this.db
        .insertInto('intents')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst()
      if (inserted) return { intent: toIntent(inserted), claimed: true }
      const holder = await this.find(wanted)
      if (holder && !isFree(holder)) return { intent: holder, claimed: false }
      const taken = holder && (await this.#takeFree(holder, wanted, lease))
      if (taken) return { intent: taken, claimed: true }
    }
    throw new Error(`The key of intent ${wanted.id} could be neither taken nor found.`)
  }

  /**
   * A key that was freed after something may have left. The same content goes on with the first intent, and so with its
   * fence; for other content the key is let go. Null: look again.
   */
  async #takeFree(holder: Intent, { fingerprint }: NewIntent, { owner, until }: LeaseRequest): Promise<Intent | null> {
    const goesOn = holder.fingerprint === fingerprint
    const now = this.#now()
    const row = await this.db
      .updateTable('intents')
      .set(
        goesOn
          ? {
              state: 'accepted',
              owner,
              fencing: holder.hold.fencing + 1,
              lease_until: until,
              probes: 0,
              updated_at: now,
            }
          : { key_held: 0 },
      )
      .where('id', '=', holder.id)
      .where('state', '=', 'failed')
      .where('answer_status', 'is', null)
      .where('fencing', '=', holder.hold.fencing)
      .returningAll()
      .executeTakeFirst()
    return row && goesOn ? toIntent(row) : null
  }

  async markSending(id: string, hold: Hold, journal: string | null): Promise<Intent | null> {
    const now = this.#now()
    const row = await this.db
      .updateTable('intents')
      .set((column) => ({ state: 'sending', journal, tries: column('tries', '+', 1), sent_at: now, updated_at: now }))
      .where('id', '=', id)
      .where('state', 'in', OPEN)
      .where('owner', '=', hold.owner)
      .where('fencing', '=', hold.fencing)
      .where('lease_until', '>', now)
      .returningAll()
      .executeTakeFirst()
    return row ? toIntent(row) : null
  }

  async takeBack(id: string): Promise<boolean> {
    const gone = await this.db
      .deleteFrom('intents')
      .where('id', '=', id)
      .where('state', '=', 'accepted')
      .where('promised', '=', 0)
      .where('sent_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (gone) return true
    const freed = await this.db
      .updateTable('intents')
      .set(this.#ended('failed', {}))
      .where('id', '=', id)
      .where('state', '=', 'accepted')
      .where('promised', '=', 0)
      .returning('id')
      .executeTakeFirst()
    return freed !== undefined
  }

  async markPromised(id: string): Promise<Intent | null> {
    const row = await this.db
      .updateTable('intents')
      .set({ promised: 1 })
      .where('id', '=', id)
      .where('state', 'in', RUNNING)
      .returningAll()
      .executeTakeFirst()
    return row ? toIntent(row) : this.get(id)
  }

  async succeed(id: string, ending: Ending): Promise<Intent | null> {
    const { resourceId, replaced } = ending
    // Kept first, and true already: whoever ends the intent after a crash in between keeps it again.
    if (resourceId && replaced && replaced !== resourceId)
      await keepReplacement(this.db, { replaced, replacement: resourceId, at: this.#now() })
    const row = await this.db
      .updateTable('intents')
      .set(this.#ended('succeeded', ending))
      .where('id', '=', id)
      .where('state', 'in', [...OPEN, 'succeeded'])
      .where('answer_status', 'is', null)
      .returningAll()
      .executeTakeFirst()
    return row ? toIntent(row) : null
  }

  fail(id: string, hold: Hold, ending: Ending): Promise<Intent | null> {
    return this.#change(id, hold, OPEN, () => this.#ended('failed', ending))
  }

  markUnknown(id: string, hold: Hold, { probeAt, ...kept }: Doubt): Promise<Intent | null> {
    return this.#change(id, hold, ['sending', 'unknown'], (column) => ({
      state: 'unknown',
      // Whoever asks from now on gets a 202, and has to go on getting one while it is being looked for.
      promised: 1,
      // The state here is the one before: the first doubt counts no probe.
      probes: column
        .case()
        .when('state', '=', 'unknown')
        .then(column('probes', '+', 1))
        .else(0)
        .end(),
      probe_at: probeAt,
      lease_until: 0,
      updated_at: this.#now(),
      // A look that learns nothing new leaves what the first answer said.
      ...(kept.journal !== undefined && { journal: kept.journal }),
      ...(kept.problem !== undefined && { problem: kept.problem }),
      ...(kept.resourceId !== undefined && { resource_id: kept.resourceId }),
    }))
  }

  async release(id: string, hold: Hold, ending: Ending): Promise<void> {
    const forgotten = await this.db
      .deleteFrom('intents')
      .where('id', '=', id)
      .where('promised', '=', 0)
      .where('sent_at', 'is', null)
      .where('state', 'in', RUNNING)
      .where('owner', '=', hold.owner)
      .where('fencing', '=', hold.fencing)
      .returning('id')
      .executeTakeFirst()
    if (forgotten) return
    await this.#change(id, hold, OPEN, (column) => ({
      ...this.#ended('failed', ending),
      // Where anything may have left, the key goes on leading to this intent and its fence.
      key_held: column.case().when('sent_at', 'is', null).then(0).else(column.ref('key_held')).end(),
    }))
  }

  async renewLeases({ owner, until }: LeaseRequest, ids: readonly string[]): Promise<number> {
    let renewed = 0
    for (let from = 0; from < ids.length; from += RENEWED_AT_ONCE) {
      // Always as many, so that it is one statement whatever their number is.
      const some = Array.from({ length: RENEWED_AT_ONCE }, (_, place) => ids[from + place] ?? '')
      const rows = await this.db
        .updateTable('intents')
        .set({ lease_until: until })
        .where('id', 'in', some)
        .where('owner', '=', owner)
        .where('state', 'in', OPEN)
        .where('lease_until', '>', this.#now())
        .returning('id')
        .execute()
      renewed += rows.length
    }
    return renewed
  }

  async takeDue({ owner, until }: LeaseRequest, limit: number): Promise<Intent[]> {
    const now = this.#now()
    const wanted = this.db.selectFrom('intents').select('id').where(isDue(now)).orderBy('id').limit(limit)
    const rows = await this.db
      // Of its own, so that it is read once; two processes at once each take other rows instead of waiting for each other.
      .with('due', () => (this.shared ? wanted.forUpdate().skipLocked() : wanted))
      .updateTable('intents')
      .set((column) => ({ owner, fencing: column('fencing', '+', 1), lease_until: until }))
      .where('id', 'in', (query) => query.selectFrom('due').select('id'))
      .returningAll()
      .execute()
    return rows.map(toIntent).sort((one, other) => (one.id < other.id ? -1 : 1))
  }

  async abandonLeases(): Promise<void> {
    await this.db.updateTable('intents').set({ lease_until: 0 }).where('state', 'in', OPEN).execute()
  }

  replacements(id: string): Promise<Replacements> {
    return readReplacements(this.db, id)
  }

  async sweep(olderThan: number, batch: number): Promise<number> {
    const old = this.db
      .selectFrom('intents')
      .select('id')
      .where('state', 'in', ['succeeded', 'failed'])
      .where('updated_at', '<', olderThan)
      .limit(batch)
    const gone = await this.db.deleteFrom('intents').where('id', 'in', old).returning('id').execute()
    return gone.length
  }

  async #change(
    id: string,
    hold: Hold,
    from: readonly IntentState[],
    values: (column: ExpressionBuilder<Tables, 'intents'>) => UpdateObject<Tables, 'intents'>,
  ): Promise<Intent | null> {
    const row = await this.db
      .updateTable('intents')
      .set(values)
      .where('id', '=', id)
      .where('state', 'in', from)
      .where('owner', '=', hold.owner)
      .where('fencing', '=', hold.fencing)
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
      probe_at: null,
      lease_until: 0,
      updated_at: this.#now(),
    }
  }
}

/** It ended without an answer that could be repeated: whoever sends the key again may do the work. */
const isFree = ({ state, answer }: Intent): boolean => state === 'failed' && answer === null

/** Nobody works on it, and somebody should. */
const isDue = (now: number) => (column: ExpressionBuilder<Tables, 'intents'>) =>
  column.and([
    column('state', 'in', OPEN),
    column('lease_until', '<=', now),
    column.or([column('state', 'in', RUNNING), column('probe_at', '<=', now)]),
  ])
