/** SQLite flushes to the disk once for all statements of a turn, and each is there when it answers. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import type Libsql from 'libsql'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { GroupedSqliteDialect } from '../../src/store/grouped-sqlite.ts'
import type { Tables } from '../../src/store/rows.ts'
import { SqlIntentStore } from '../../src/store/sql.ts'
import { openDatabase, openSqliteStore } from '../../src/store/sqlite.ts'
import type { IntentStore } from '../../src/store/store.ts'
import { ended, hold, intent, lease } from './samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'grouping-'))
let files = 0
let path: string
let database: Libsql.Database
let db: Kysely<Tables>
let store: IntentStore
beforeEach(async () => {
  path = join(folder, `${++files}.db`)
  await (await openSqliteStore(path)).close()
  database = openDatabase(path)
  db = new Kysely({ dialect: new GroupedSqliteDialect(database) })
  store = new SqlIntentStore(db, { shared: false })
  return () => store.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * How many commits the write-ahead log has (SQLite's file format, section 4.1): a header of 32 bytes with the page size
 * at 8, then frames of 24 bytes and a page; the four bytes at 4 of a frame are not zero only where a commit ends.
 */
function commits(): number {
  const log = readFileSync(`${path}-wal`)
  if (log.length === 0) return 0
  const frameSize = 24 + log.readUInt32BE(8)
  let count = 0
  for (let at = 32; at + frameSize <= log.length; at += frameSize) if (log.readUInt32BE(at + 4) !== 0) count++
  return count
}
const many = (count: number) => Array.from({ length: count }, (_, index) => intent({ key: `key-${index}-long` }))

it('claims fifty at once with one commit, and one after the other with one each', async () => {
  const before = commits()
  await Promise.all(many(50).map((one) => store.claim(one, lease)))
  expect(commits() - before).toBe(1)
  for (const one of many(3)) await store.claim({ ...one, key: `${one.key}-2` }, lease)
  expect(commits() - before).toBe(4)
})

it('answers when others can read it, and not before', async () => {
  const other = openDatabase(path)
  const stored = other.prepare('select state from intents where id = ?')
  await Promise.all(
    many(20).map(async (one) => {
      const { intent: claimed } = await store.claim(one, lease)
      expect(stored.get([claimed.id])).toMatchObject({ state: 'accepted' })
      await store.markSending(claimed.id, hold, null)
      expect(stored.get([claimed.id])).toMatchObject({ state: 'sending' })
      await store.succeed(claimed.id, ended)
      expect(stored.get([claimed.id])).toMatchObject({ state: 'succeeded' })
    }),
  )
  other.close()
})

it('lets a statement that fails fail alone', async () => {
  const wrong = { ...intent({ key: 'key-wrong' }), fingerprint: null as unknown as string }
  const wanted = many(4)
  const outcomes = await Promise.allSettled(
    [...wanted.slice(0, 2), wrong, ...wanted.slice(2)].map((one) => store.claim(one, lease)),
  )
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  for (const { id } of wanted) expect(await store.get(id)).toMatchObject({ state: 'accepted' })
})

it('keeps the order in which statements came', async () => {
  const [one] = many(1)
  const claimed = store.claim(one!, lease)
  const seen = store.get(one!.id)
  const sent = store.markSending(one!.id, hold, 'journal')
  const after = store.get(one!.id)
  expect((await claimed).claimed).toBe(true)
  expect([await seen, await sent, await after]).toMatchObject([
    { state: 'accepted' },
    { tries: 1 },
    { state: 'sending' },
  ])
})

it('says of every statement whether it was kept when the disk is full, and goes on once it is not', async () => {
  const limit = (pages: number) => database.pragma(`max_page_count = ${pages}`)
  const wanted = many(40)
  await Promise.all(wanted.map((one) => store.claim(one, lease)))
  const [{ page_count: pages }] = database.pragma('page_count') as [{ page_count: number }]
  limit(pages + 20)
  // Without rows to return, SQLite undoes the whole transaction, and what came after would be kept one by one.
  const problem = 'x'.repeat(5000)
  const write = () =>
    Promise.allSettled(
      wanted.map(({ id }) => db.updateTable('intents').set({ problem }).where('id', '=', id).execute()),
    )
  const outcomes = await write()
  expect(outcomes.map(({ status }) => status)).toContain('rejected')
  const kept = await Promise.all(wanted.map(({ id }) => store.get(id)))
  expect(kept.map((one) => one?.problem === problem)).toEqual(outcomes.map(({ status }) => status === 'fulfilled'))
  limit(100_000)
  expect((await write()).map(({ status }) => status)).not.toContain('rejected')
})

it('answers what was asked before it was closed', async () => {
  const [one, two] = many(2)
  const claims = [store.claim(one!, lease), store.claim(two!, lease)]
  await new Promise((resolve) => process.nextTick(resolve))
  await store.close()
  const outcomes = await Promise.allSettled(claims)
  store = await openSqliteStore(path)
  for (const [place, outcome] of outcomes.entries()) {
    const kept = await store.get([one!, two!][place]!.id)
    expect(kept !== null).toBe(outcome.status === 'fulfilled')
  }
})
