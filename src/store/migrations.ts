/** The tables, step by step; they are made by themselves at the start. A step that was released is never changed. */
import { type Kysely, type Migration, Migrator } from 'kysely'
import { REPLACEMENTS } from './replacements.ts'

const ACCOUNT_FACTS: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('account_facts')
      .addColumn('connection', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('read_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('account_facts_key', ['connection', 'name'])
      .execute()
  },
}

/** Text, integers and `bigint` milliseconds only: the types that SQLite and PostgreSQL share. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-intents': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('intents')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('caller', 'text', (column) => column.notNull())
        .addColumn('connection', 'text', (column) => column.notNull())
        .addColumn('operation', 'text', (column) => column.notNull())
        .addColumn('key', 'text')
        .addColumn('key_held', 'integer', (column) => column.notNull())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('promised', 'integer', (column) => column.notNull())
        .addColumn('answer_status', 'integer')
        .addColumn('answer_headers', 'text')
        .addColumn('answer_body', 'text')
        .addColumn('problem', 'text')
        .addColumn('resource_id', 'text')
        .addColumn('tries', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute()
      // Partial: a released intent keeps its key for people to read, and holds it no longer.
      await db.schema
        .createIndex('intents_key')
        .on('intents')
        .unique()
        .columns(['caller', 'connection', 'operation', 'key'])
        .where('key_held' as never, '=', 1)
        .execute()
      await db.schema.createIndex('intents_state').on('intents').columns(['state', 'updated_at']).execute()
      await db.schema.createIndex('intents_resource').on('intents').columns(['resource_id', 'operation']).execute()
      await db.schema.createIndex('intents_caller').on('intents').columns(['caller', 'id']).execute()
    },
  },
  '002-leases': {
    async up(db: Kysely<unknown>) {
      const table = db.schema.alterTable('intents')
      // One by one: SQLite adds no two columns in one statement.
      await table.addColumn('journal', 'text').execute()
      // What an older version left open belongs to nobody, and so is due.
      await table.addColumn('owner', 'text', (column) => column.notNull().defaultTo('')).execute()
      await table.addColumn('fencing', 'integer', (column) => column.notNull().defaultTo(0)).execute()
      await table.addColumn('lease_until', 'bigint', (column) => column.notNull().defaultTo(0)).execute()
      await table.addColumn('probes', 'integer', (column) => column.notNull().defaultTo(0)).execute()
      await table.addColumn('probe_at', 'bigint').execute()
      await table.addColumn('sent_at', 'bigint').execute()
    },
  },
  '003-replacements': REPLACEMENTS,
  '004-account-facts': ACCOUNT_FACTS,
}

/** Brings the database to the newest step. Kysely locks other processes out where the database can (not SQLite: it has one process). */
export async function migrate<Tables>(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } }).migrateToLatest()
  if (error) throw error
}
