/** What is known of ERP accounts: kept by connection and name, replaced, and there after a restart. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openStore } from '../../src/store/open.ts'

const folder = mkdtempSync(join(tmpdir(), 'facts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('keeps one text by connection and name, and the newest', async () => {
  const url = `sqlite:${join(folder, 'facts.db')}`
  const store = await openStore(url)
  expect(await store.facts.get('one', 'names')).toBeNull()
  await store.facts.keep('one', 'names', { text: 'old', readAt: 1 })
  await store.facts.keep('one', 'names', { text: 'néw "text"', readAt: 1_800_000_000_000 })
  await store.facts.keep('two', 'names', { text: 'other', readAt: 2 })
  await store.close()
  const again = await openStore(url)
  expect(await again.facts.get('one', 'names')).toEqual({ text: 'néw "text"', readAt: 1_800_000_000_000 })
  expect(await again.facts.get('two', 'names')).toEqual({ text: 'other', readAt: 2 })
  expect(await again.facts.get('one', 'others')).toBeNull()
  await again.close()
})
