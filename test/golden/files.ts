/** The golden files of a provider: `<operationId>[.<case>].http`, and what all of them share in `common.http`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OperationName } from '../../src/providers/provider.ts'
import { type Golden, parseGolden } from './format.ts'

export interface GoldenFile {
  readonly name: string
  readonly path: string
  readonly operation: OperationName
  readonly golden: Golden
}
export const GOLDEN_PROVIDERS = ['netsuite', 'intacct'] as const
export type GoldenProvider = (typeof GOLDEN_PROVIDERS)[number]

const folderOf = (provider: GoldenProvider): string => join(import.meta.dirname, provider)
const read = (path: string): Golden => parseGolden(readFileSync(path, 'utf8'))

export const commonOf = (provider: GoldenProvider): Golden => read(join(folderOf(provider), 'common.http'))

export function goldenFiles(provider: GoldenProvider): GoldenFile[] {
  return readdirSync(folderOf(provider))
    .filter((name) => name.endsWith('.http') && name !== 'common.http')
    .sort()
    .map((name) => {
      const path = join(folderOf(provider), name)
      return {
        name: name.replace(/\.http$/, ''),
        path,
        operation: name.split('.')[0] as OperationName,
        golden: read(path),
      }
    })
}
