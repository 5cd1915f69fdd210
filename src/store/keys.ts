/** The part of the store that takes keys, frees them, and ends intents. */
import type { ExpressionBuilder, Kysely, Updateable, UpdateObject } from 'kysely'
import { IntentReader, OPEN, RUNNING } from './reader.ts'
import { type IntentTable, newRow, type Tables, toIntent } from './rows.ts'
import type { Claim, Ending, Hold, Intent, IntentState, LeaseRequest, NewIntent } from './store.ts'

/** How often a claim is tried when the intent that held the key goes away in between. */
const CLAIM_TRIES = 5

export class IntentKeys extends IntentReader {
  protected readonly now: () => number

  constructor(db: Kysely<Tables>, now: () => number) {
    super(db)
    this.now = now
  }

  async claim(wanted: NewIntent, lease: LeaseRequest): Promise<Claim> {
    const row = newRow(wanted, lease, this.now())
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
    const now = this.now()
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
      .set(this.ended('failed', {}))
      .where('id', '=', id)
      .where('state', '=', 'accepted')
      .where('promised', '=', 0)
      .returning('id')
      .executeTakeFirst()
    return freed !== undefined
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
    await this.changed(id, hold, OPEN, (column) => ({
      ...this.ended('failed', ending),
      // Where anything may have left, the key goes on leading to this intent and its fence.
      key_held: column.case().when('sent_at', 'is', null).then(0).else(column.ref('key_held')).end(),
    }))
  }

  protected async changed(
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

  protected ended(
    state: IntentState,
    { answer = null, problem = null, resourceId = null }: Ending,
  ): Updateable<IntentTable> {
    return {
      state,
      answer_status: answer?.status ?? null,
      answer_headers: answer ? JSON.stringify(answer.headers) : null,
      answer_body: answer?.body ?? null,
      problem,
      resource_id: resourceId,
      probe_at: null,
      lease_until: 0,
      updated_at: this.now(),
    }
  }
}

/** It ended without an answer that could be repeated: whoever sends the key again may do the work. */
const isFree = ({ state, answer }: Intent): boolean => state === 'failed' && answer === null
