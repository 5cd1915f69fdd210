/** From a database URL to a store that is ready for use. */
import { openSqliteStore } from './sqlite.ts'
import type { IntentStore } from './store.ts'

const SQLITE = 'sqlite:'
const POSTGRES = /^postgres(ql)?:\/\//

/**
 * `sqlite:<relative or absolute path>`, `sqlite::memory:` for tests, or `postgres://<user>:<password>@<host>/<database>`.
 * `now` is the clock of the stored times.
 */
export async function openStore(url: string, now?: () => number): Promise<IntentStore> {
  if (POSTGRES.test(url) && URL.canParse(url)) {
    // Loaded only where it is used.
    const { openPostgresStore } = await import('./postgres.ts')
    return openPostgresStore(url, now)
  }
  const path = url.startsWith(SQLITE) ? url.slice(SQLITE.length) : ''
  // The URL is not repeated: it may hold a password.
  if (path === '')
    throw new Error('DATABASE_URL must be sqlite:<path> or postgres://<user>:<password>@<host>:<port>/<database>.')
  return openSqliteStore(path, now)
}
