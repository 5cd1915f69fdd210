/** The compiled gateway and sandboxes as files, away from dist/: Node 20 runs no TypeScript, and processes need files. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

export interface Built {
  readonly folder: string
  readonly gatewayMain: string
  readonly sandboxMain: string
  remove(): void
}

/** About a second: the types are checked elsewhere. `root` is another copy of the project, where one is asked for. */
export function buildProject(root = ROOT): Built {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-built-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const compilerOptions = {
    outDir: folder,
    rootDir: root,
    tsBuildInfoFile: join(folder, '.tsbuildinfo'),
    sourceMap: false,
    noCheck: true,
    typeRoots: [join(ROOT, 'node_modules/@types')],
  }
  const files = ['src/main.ts', 'src/sandbox/main.ts'].map((file) => join(root, file))
  const config = { extends: join(root, 'tsconfig.build.json'), compilerOptions, include: [], files }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder])
  const gatewayMain = join(folder, 'src/main.js')
  if (!existsSync(gatewayMain)) throw new Error(`The gateway could not be built.\n${stdout}`)
  return {
    folder,
    gatewayMain,
    sandboxMain: join(folder, 'src/sandbox/main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
