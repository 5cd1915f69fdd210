/** Stores on real databases for tests: the same tests on each kind. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, inject, it } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import type { IntentStore } from '../../src/store/store.ts'
import { newDatabase } from '../support/postgres.ts'

export interface Database {
  /** The URL of a database that is empty. */
  newUrl(): Promise<string>
  /** Opens a store, which is closed after the test; in a database of its own unless told. */
  open(options?: { url?: string; now?: () => number }): Promise<IntentStore>
}

/** Runs the tests on every kind of database. */
export function onEveryDatabase(tests: (database: Database) => void): void {
  describe('SQLite', () => {
    const folder = mkdtempSync(join(tmpdir(), 'store-'))
    let files = 0
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
    tests(opener(async () => `sqlite:${join(folder, `${++files}.db`)}`))
  })
  describe('PostgreSQL', () => {
    const url = inject('postgresUrl')
    if (url) tests(opener(() => newDatabase(url)))
    else it('does the same', ({ skip }) => skip('there is no PostgreSQL here'))
  })
}

function opener(newUrl: () => Promise<string>): Database {
  const opened: IntentStore[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()))
  })
  return {
    newUrl,
    open: async ({ url, now } = {}) => {
      const store = await openStore(url ?? (await newUrl()), now)
      opened.push(store)
      return store
    },
  }
}
