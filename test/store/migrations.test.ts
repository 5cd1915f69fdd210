/** The tables of an older version are brought up to date with what is in them, whole or not at all. */
import { type Dialect, Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely'
import { Pool } from 'pg'
import { expect, it } from 'vitest'
import { MIGRATIONS } from '../../src/store/migrations.ts'
import { openStore } from '../../src/store/open.ts'
import type { Tables } from '../../src/store/rows.ts'
import { openDatabase } from '../../src/store/sqlite.ts'
import { type Database, onEveryDatabase } from './databases.ts'
import { intent } from './samples.ts'

const dialect = (url: string): Dialect =>
  url.startsWith('sqlite:')
    ? new SqliteDialect({ database: openDatabase(url.slice('sqlite:'.length)) })
    : new PostgresDialect({ pool: new Pool({ connectionString: url, max: 1 }) })

/** A database as the version before left it. */
async function old({ newUrl }: Database): Promise<{ url: string; db: Kysely<Tables> }> {
  const url = await newUrl()
  const db = new Kysely<Tables>({ dialect: dialect(url) })
  const released = { '001-intents': MIGRATIONS['001-intents']! }
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => released } }).migrateToLatest()
  if (error) throw error
  return { url, db }
}
const row = (state: string) => ({
  ...intent({ key: `key-${state}` }),
  state,
  key_held: 1,
  promised: 1,
  tries: 1,
  created_at: 1000,
  updated_at: 1000,
})

onEveryDatabase((database) => {
  it('keeps what was there, and takes up what was interrupted', async () => {
    const { url, db } = await old(database)
    const rows = ['accepted', 'sending', 'unknown', 'succeeded', 'failed'].map(row)
    await db
      .insertInto('intents')
      .values(rows as never)
      .execute()
    await db.destroy()
    const store = await database.open({ url })
    for (const { id, state, key } of rows)
      expect(await store.get(id)).toMatchObject({
        state,
        key,
        promised: true,
        createdAt: 1000,
        journal: null,
        hold: { owner: '', fencing: 0 },
        leaseUntil: 0,
        probes: 0,
        sentAt: null,
      })
    const due = await store.takeDue({ owner: 'one', until: Number.MAX_SAFE_INTEGER }, 10)
    // Of an older unknown one nothing is stored that could be looked for.
    expect(due.map(({ state }) => state).sort()).toEqual(['accepted', 'sending'])
  })

  it('leaves everything as it was when a step fails', async () => {
    const { url, db } = await old(database)
    await db.schema.alterTable('intents').addColumn('sent_at', 'bigint').execute()
    await db.destroy()
    await expect(openStore(url)).rejects.toThrow(/sent_at/)
    const again = new Kysely<Tables>({ dialect: dialect(url) })
    const tables = await again.introspection.getTables()
    const columns = tables.find(({ name }) => name === 'intents')!.columns.map(({ name }) => name)
    expect(columns).toContain('sent_at')
    expect(columns).not.toContain('journal')
    await again.schema.alterTable('intents').dropColumn('sent_at').execute()
    await again.destroy()
    await (await database.open({ url })).ready()
  })
})
