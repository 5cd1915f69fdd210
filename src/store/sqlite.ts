/** The store in one SQLite file: for a single process; every commit is on the disk before it is answered. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import Database from 'libsql'
import { GroupedSqliteDialect } from './grouped-sqlite.ts'
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

/** Migrations need a transaction of their own: a process that dies in the middle leaves the tables as they were. */
class MigrationDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      // SQLite does; kysely's own adapter does not make use of it.
      override get supportsTransactionalDdl(): boolean {
        return true
      }
    })()
  }
}

export async function openSqliteStore(path: string, now?: () => number): Promise<SqlIntentStore> {
  const database = openDatabase(path)
  try {
    await migrate(new Kysely<Tables>({ dialect: new MigrationDialect({ database }) }))
  } catch (error) {
    database.close()
    throw error
  }
  return new SqlIntentStore(new Kysely<Tables>({ dialect: new GroupedSqliteDialect(database) }), { shared: false, now })
}
