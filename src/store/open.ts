/** From a database URL to a store that is ready for use. */
import { openSqliteStore } from './sqlite.ts'
import type { IntentStore } from './store.ts'

const SQLITE = 'sqlite:'

/** `sqlite:<relative or absolute path>`, or `sqlite::memory:` for tests. `now` is the clock of the stored times. */
export async function openStore(url: string, now?: () => number): Promise<IntentStore> {
  const path = url.startsWith(SQLITE) ? url.slice(SQLITE.length) : ''
  // The URL is not repeated: one of another kind may hold a password.
  if (path === '') throw new Error('DATABASE_URL must be sqlite:<path>.')
  return openSqliteStore(path, now)
}
