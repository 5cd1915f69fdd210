/** What only SQLite's files are about: where they lie, and how they are written. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { openDatabase } from '../../src/store/sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('makes the folder for its owner only, and the file', async () => {
  const path = join(folder, 'made', 'gateway.db')
  const store = await openStore(`sqlite:${path}`)
  await store.ready()
  expect(store.shared).toBe(false)
  expect(existsSync(path)).toBe(true)
  expect(statSync(join(folder, 'made')).mode & 0o777).toBe(0o700)
  await store.close()
})

it('writes ahead, flushes every commit and waits for locks', () => {
  const database = openDatabase(join(folder, 'pragmas.db'))
  const pragma = (name: string) => Object.values((database.pragma(name) as object[])[0]!)[0]
  expect([pragma('journal_mode'), pragma('synchronous'), pragma('busy_timeout')]).toEqual(['wal', 2, 5000])
  database.close()
})
