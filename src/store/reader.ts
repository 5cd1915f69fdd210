/** The half of the store in SQL that only reads. */
import type { Kysely } from 'kysely'
import { type Tables, toIntent } from './rows.ts'
import type { Intent, IntentCounts, IntentScope, IntentState, ListIntents, ResourceScope } from './store.ts'

export const RUNNING: readonly IntentState[] = ['accepted', 'sending']
export const OPEN: readonly IntentState[] = [...RUNNING, 'unknown']
const STATES_OF = { running: RUNNING, succeeded: ['succeeded'], failed: ['failed'], unknown: ['unknown'] } as const

export class IntentReader {
  protected readonly db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.db = db
  }

  async get(id: string): Promise<Intent | null> {
    const row = await this.db.selectFrom('intents').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? toIntent(row) : null
  }

  async find(scope: IntentScope): Promise<Intent | null> {
    const row = await this.db
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
    const row = await this.db
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

  async othersSucceeded(resourceId: string, since: number, except: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('intents')
      .select('id')
      .where('resource_id', '=', resourceId)
      .where('state', '=', 'succeeded')
      .where('updated_at', '>=', since)
      .where('id', '!=', except)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  async isMade(resourceId: string, { by, except }: { by: readonly string[]; except: string }): Promise<boolean> {
    const row = await this.db
      .selectFrom('intents')
      .select('id')
      .where('resource_id', '=', resourceId)
      .where('operation', 'in', by)
      .where('state', '=', 'succeeded')
      // One that could not be read back has no answer yet; 200 is a record that was there before.
      .where((column) => column.or([column('answer_status', 'is', null), column('answer_status', '=', 201)]))
      .where('id', '!=', except)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  async openOthers(other: { connection: string; operations: readonly string[]; except: string }): Promise<Intent[]> {
    const rows = await this.db
      .selectFrom('intents')
      .selectAll()
      .where('connection', '=', other.connection)
      .where('operation', 'in', other.operations)
      .where('state', 'in', ['sending', 'unknown'])
      .where('id', '!=', other.except)
      .orderBy('id')
      .execute()
    return rows.map(toIntent)
  }

  async list({ caller, status, limit }: ListIntents): Promise<Intent[]> {
    const all = this.db.selectFrom('intents').selectAll().where('caller', '=', caller)
    const wanted = status === null ? all : all.where('state', 'in', STATES_OF[status])
    // Ids sort by time.
    const rows = await wanted.orderBy('id', 'desc').limit(limit).execute()
    return rows.map(toIntent)
  }

  /** An intent is promised when it is claimed: whoever sent it counts on it from then on. */
  async count(promisedBefore: number): Promise<IntentCounts> {
    const { fn } = this.db
    const row = await this.db
      .selectFrom('intents')
      .select([
        fn.countAll().filterWhere('state', 'in', RUNNING).as('running'),
        fn.countAll().filterWhere('state', '=', 'unknown').as('unknown'),
        fn.countAll().filterWhere('state', '=', 'unknown').filterWhere('created_at', '<', promisedBefore).as('overdue'),
      ])
      .where('state', 'in', OPEN)
      .executeTakeFirstOrThrow()
    return { running: Number(row.running), unknown: Number(row.unknown), overdue: Number(row.overdue) }
  }

  async ready(): Promise<void> {
    await this.db.selectFrom('intents').select('id').limit(1).execute()
  }

  close(): Promise<void> {
    return this.db.destroy()
  }
}
