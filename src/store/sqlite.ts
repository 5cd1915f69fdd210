/** The store in one SQLite file: for a single process; every commit is on the disk before it is answered. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, SqliteDialect } from 'kysely'
import Database from 'libsql'
import { migrate } from './migrations.ts'
import type { Tables } from './rows.ts'
import { SqlIntentStore } from './sql.ts'

/** How long a statement waits for another process, such as a backup, before it fails. */
const BUSY_TIMEOUT_MS = 5000
const MEMORY = ':memory:'

/** The database itself, its folder and file made where missing. The folder is for the owner only: answers are kept in it. */
export function openDatabase(path: string): Database.Database {
  if (path !== MEMORY) mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS })
  database.pragma('journal_mode = WAL')
  // FULL: with NORMAL a power cut may lose the newest promises, and with them the reason not to pay twice.
  database.pragma('synchronous = FULL')
  return database
}

export async function openSqliteStore(path: string, now?: () => number): Promise<SqlIntentStore> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openDatabase(path) }) })
  try {
    await migrate(db)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return new SqlIntentStore(db, { shared: false, now })
}
