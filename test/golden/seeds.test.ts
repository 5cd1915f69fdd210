/** Each example and each query filter of the NetSuite guides has its wire text on each kind of account, and no file is left over. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SEEDS } from './recording.ts'
import { SEED_FOLDERS, SEED_NAMES, type SeedFolder, seedFile } from './seed-names.ts'

it.each(Object.keys(SEED_FOLDERS) as SeedFolder[])('%s', (folder) => {
  const files = readdirSync(join(SEEDS, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
  const wanted = SEED_FOLDERS[folder].flatMap((page) => SEED_NAMES[page].map(seedFile))
  expect(files.toSorted()).toEqual(wanted.toSorted())
})
