/** The store in PostgreSQL: for several processes at once, which agree through leases. */
import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import { type ClientBase, DatabaseError, Pool, type PoolConfig } from 'pg'
import { migrate } from './migrations.ts'
import type { Tables } from './rows.ts'
import { SqlIntentStore } from './sql.ts'

/** A caller waits while these last, and no write leaves without the store's word: a dead database has to show within seconds. */
const TIMEOUTS = {
  connectMs: 5000,
  /** Kept by the server. */
  statementMs: 8000,
  /** Longer than that: it is for servers that do not answer at all. */
  answerMs: 10_000,
}
const CONNECTIONS = 10
/** Another process may be migrating. */
const MIGRATION_TIMEOUT_MS = 300_000

/**
 * What every session says of itself, whatever the server's or the role's own settings are. A commit is on the disk
 * (of the standbys too, where there are synchronous ones) before it is answered, and statements see what others committed.
 */
const SESSION = "set synchronous_commit to on; set default_transaction_isolation to 'read committed'"

export async function openPostgresStore(
  url: string,
  now?: () => number,
  { connectMs, statementMs, answerMs } = TIMEOUTS,
): Promise<SqlIntentStore> {
  const common = { connectionString: url, connectionTimeoutMillis: connectMs }
  await prepare({ ...common, max: 1, query_timeout: MIGRATION_TIMEOUT_MS })
  const pool = newPool({ ...common, max: CONNECTIONS, statement_timeout: statementMs, query_timeout: answerMs })
  const dialect = new PostgresDialect({ pool: withoutBrokenConnections(pool) })
  return new SqlIntentStore(new Kysely<Tables>({ dialect }), { shared: true, now })
}

/** Checks the server and brings its tables up to date, over a connection of its own that may wait longer. */
async function prepare(settings: PoolConfig): Promise<void> {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: newPool(settings) }) })
  try {
    const { rows } = await db.executeQuery<{ fsync: string }>(CompiledQuery.raw('show fsync'))
    if (rows[0]?.fsync !== 'on')
      throw new Error('The PostgreSQL of DATABASE_URL runs with fsync off: a power cut would lose promised writes.')
    await migrate(db)
  } finally {
    await db.destroy()
  }
}

function newPool(settings: PoolConfig): Pool {
  const pool = new Pool({
    keepAlive: true,
    application_name: 'receivables-gateway',
    onConnect: (client: ClientBase) => {
      client.on('error', unheard)
      // Waited for, whatever the types say: nobody gets the connection before.
      return client.query(SESSION) as unknown as undefined
    },
    ...settings,
  })
  pool.on('error', unheard)
  return pool
}

/**
 * A connection that breaks says so to the statement on it, and besides by an event, on the client while it is lent and on
 * the pool while it is not; an event that nobody hears ends the process. It holds the password, so it is not logged either.
 */
const unheard = () => {}

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
