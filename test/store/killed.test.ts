/** kill -9 of the process right after the store answered: what was answered is there. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildChild } from './built-child.ts'
import { onEveryDatabase } from './databases.ts'

const folder = mkdtempSync(join(tmpdir(), 'killed-'))
let child: string
beforeAll(() => {
  child = buildChild(folder, new URL('./killed-child.ts', import.meta.url))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

onEveryDatabase(({ open, newUrl }) => {
  it.each(['accepted', 'sending', 'succeeded'])('%s', async (state) => {
    const url = await newUrl()
    const { signal, stdout, stderr } = spawnSync(process.execPath, [child, url, state], { encoding: 'utf8' })
    expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' })
    const ids = stdout.trim().split('\n')
    expect(ids.length).toBeGreaterThanOrEqual(10)
    const store = await open({ url })
    for (const id of ids)
      expect(await store.get(id)).toMatchObject({ state, journal: state === 'accepted' ? null : '{"steps":[]}' })
    // Somebody else goes on where it ended.
    await store.abandonLeases()
    const due = await store.takeDue({ owner: 'next', until: Number.MAX_SAFE_INTEGER }, 100)
    const taken = due.map(({ id }) => id)
    if (state === 'succeeded') for (const id of ids) expect(taken).not.toContain(id)
    else expect(taken).toEqual(expect.arrayContaining(ids))
  })
})
