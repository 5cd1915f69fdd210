/** kill -9 at the two moments that matter: a promise that may have been sent is never sent again. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Intents } from '../../src/gateway/intents.ts'
import { openStore } from '../../src/store/open.ts'
import { anywhere, fakeCall, fakeProblem, leasesOf, recover } from './fakes.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'crash-'))

// Node 20 runs no TypeScript, so the child is built once.
beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const settings = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      allowImportingTsExtensions: false,
      rewriteRelativeImportExtensions: true,
      rootDir: root,
      outDir: folder,
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: [],
    files: [fileURLToPath(new URL('./crash-child.ts', import.meta.url))],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings))
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const url = (name: string) => `sqlite:${join(folder, name)}`
function crash(name: string, moment: string): void {
  const { signal, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'test/store/crash-child.js'), url(name), moment],
    { encoding: 'utf8' },
  )
  expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' })
}
const scope = { caller: 'billing', connection: 'netsuite', operation: 'createPayment', key: 'crash-key' }
const answer = { status: 201, body: { done: true }, resourceId: 'pay_netsuite_1' }

it('after sending began: unknown, and never performed again', async () => {
  crash('sending.db', 'sending')
  const store = await openStore(url('sending.db'))
  expect(await store.find(scope)).toMatchObject({ state: 'sending', tries: 1 })
  const intents = new Intents(store, { retentionDays: 30, leases: leasesOf(store) })
  await recover(store)
  expect(await store.find(scope)).toMatchObject({ state: 'unknown' })
  let performed = 0
  const perform = async () => {
    performed++
    return answer
  }
  const again = await intents.write({
    call: fakeCall(),
    connection: 'netsuite',
    key: scope.key,
    fingerprint: 'f',
    ...anywhere,
    perform,
    problemOf: fakeProblem,
  })
  expect(again).toMatchObject({ status: 202, body: { status: 'unknown' } })
  expect(performed).toBe(0)
  await store.close()
})

it('before sending began: the key is free again', async () => {
  crash('accepted.db', 'accepted')
  const store = await openStore(url('accepted.db'))
  expect(await store.find(scope)).toMatchObject({ state: 'accepted' })
  const intents = new Intents(store, { retentionDays: 30, leases: leasesOf(store) })
  await recover(store)
  const again = await intents.write({
    call: fakeCall(),
    connection: 'netsuite',
    key: scope.key,
    fingerprint: 'other',
    ...anywhere,
    perform: async () => answer,
    problemOf: fakeProblem,
  })
  expect(again).toMatchObject({ status: 201, replayed: false })
  await store.close()
})
