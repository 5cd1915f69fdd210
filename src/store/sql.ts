/** The store in SQL, written once for every database; only the dialect differs. */
import type { ExpressionBuilder, Kysely } from 'kysely'
import { type FactStore, SqlFactStore } from './facts.ts'
import { IntentKeys } from './keys.ts'
import { OPEN, RUNNING } from './reader.ts'
import { keepReplacement, readReplacements } from './replacements.ts'
import { type Tables, toIntent } from './rows.ts'
import type { Doubt, Ending, Hold, Intent, IntentStore, LeaseRequest, Replacements } from './store.ts'

const RENEWED_AT_ONCE = 50

export interface SqlStoreOptions {
  /** Whether other processes use the database at the same time. */
  readonly shared: boolean
  /** The clock of the stored times; where processes share a database, theirs must agree to well within a lease. */
  readonly now?: (() => number) | undefined
}

export class SqlIntentStore extends IntentKeys implements IntentStore {
  readonly shared: boolean
  readonly facts: FactStore

  constructor(db: Kysely<Tables>, { shared, now = Date.now }: SqlStoreOptions) {
    super(db, now)
    this.shared = shared
    this.facts = new SqlFactStore(db)
  }

  async markSending(id: string, hold: Hold, journal: string | null): Promise<Intent | null> {
    const now = this.now()
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
      await keepReplacement(this.db, { replaced, replacement: resourceId, at: this.now() })
    const row = await this.db
      .updateTable('intents')
      .set(this.ended('succeeded', ending))
      .where('id', '=', id)
      .where('state', 'in', [...OPEN, 'succeeded'])
      .where('answer_status', 'is', null)
      .returningAll()
      .executeTakeFirst()
    return row ? toIntent(row) : null
  }

  fail(id: string, hold: Hold, ending: Ending): Promise<Intent | null> {
    return this.changed(id, hold, OPEN, () => this.ended('failed', ending))
  }

  markUnknown(id: string, hold: Hold, { probeAt, ...kept }: Doubt): Promise<Intent | null> {
    return this.changed(id, hold, ['sending', 'unknown'], (column) => ({
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
      updated_at: this.now(),
      // A look that learns nothing new leaves what the first answer said.
      ...(kept.journal !== undefined && { journal: kept.journal }),
      ...(kept.problem !== undefined && { problem: kept.problem }),
      ...(kept.resourceId !== undefined && { resource_id: kept.resourceId }),
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
        .where('lease_until', '>', this.now())
        .returning('id')
        .execute()
      renewed += rows.length
    }
    return renewed
  }

  async takeDue({ owner, until }: LeaseRequest, limit: number): Promise<Intent[]> {
    const now = this.now()
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
}

/** Nobody works on it, and somebody should. */
const isDue = (now: number) => (column: ExpressionBuilder<Tables, 'intents'>) =>
  column.and([
    column('state', 'in', OPEN),
    column('lease_until', '<=', now),
    column.or([column('state', 'in', RUNNING), column('probe_at', '<=', now)]),
  ])
