/** The store in PostgreSQL: for several processes at once, which agree through leases. */
import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import { type ClientBase, DatabaseError, Pool } from 'pg'
import { migrate } from './migrations.ts'
import type { Tables } from './rows.ts'
import { SqlIntentStore } from './sql.ts'

/** A caller waits while these last, and no write leaves without the store's word: a dead database has to show within seconds. */
const CONNECT_TIMEOUT_MS = 5000
const STATEMENT_TIMEOUT_MS = 8000
/** Longer than the server's own limit: it is for servers that do not answer at all. */
const ANSWER_TIMEOUT_MS = 10_000
const CONNECTIONS = 10
/** Another process may be migrating. */
const MIGRATION_TIMEOUT_MS = 300_000

/**
 * What every session says of itself, whatever the server's or the role's own settings are. A commit is on the disk
 * (of the standbys too, where there are synchronous ones) before it is answered, and statements see what others committed.
 */
const SESSION = "set synchronous_commit to on; set default_transaction_isolation to 'read committed'"

export async function openPostgresStore(url: string, now?: () => number): Promise<SqlIntentStore> {
  await prepare(url)
  const pool = newPool(url, {
    max: CONNECTIONS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
  })
  const dialect = new PostgresDialect({ pool: withoutBrokenConnections(pool) })
  return new SqlIntentStore(new Kysely<Tables>({ dialect }), { shared: true, now })
}

/** Checks the server and brings its tables up to date, over a connection of its own that may wait longer. */
async function prepare(url: string): Promise<void> {
  const pool = newPool(url, { max: 1, query_timeout: MIGRATION_TIMEOUT_MS })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    const { rows } = await db.executeQuery<{ fsync: string }>(CompiledQuery.raw('show fsync'))
    if (rows[0]?.fsync !== 'on')
      throw new Error('The PostgreSQL of DATABASE_URL runs with fsync off: a power cut would lose promised writes.')
    await migrate(db)
  } finally {
    await db.destroy()
  }
}

function newPool(url: string, settings: { max: number; statement_timeout?: number; query_timeout: number }): Pool {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'receivables-gateway',
    // Waited for, whatever the types say: nobody gets the connection before.
    onConnect: (client: ClientBase) => client.query(SESSION) as unknown as undefined,
    ...settings,
  })
  // A connection that breaks while nobody uses it is replaced by the next call; unheard, the event would end the process.
  pool.on('error', () => {})
  return pool
}

/** A pool that throws a connection away once it failed otherwise than by an answer of the server: it may be dead, and hold up the next call. */
function withoutBrokenConnections(pool: Pool): PostgresPool {
  return {
    connect: async () => {
      const client = await pool.connect()
      let broken = false
      const query = async (sql: string, parameters: readonly unknown[]) => {
        try {
          return await client.query(sql, [...parameters])
        } catch (error) {
          broken ||= !(error instanceof DatabaseError)
          throw error
        }
      }
      return { query, release: () => client.release(broken) } as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  }
}
