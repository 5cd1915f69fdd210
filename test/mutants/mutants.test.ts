/** Without any one of the things that make a write happen once, a named test fails; the long run sees each of them fail. */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MUTANTS, type Mutant } from './mutants.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const COPIED = [
  'src',
  'routes',
  'schemas',
  'test',
  'openapi',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vitest.config.ts',
]

it.each(MUTANTS)(
  '$name: there is something to take out, and a test that would notice',
  ({ file, from, test, fails }) => {
    expect(readFileSync(join(ROOT, file), 'utf8').split(from)).toHaveLength(2)
    expect(readFileSync(join(ROOT, test), 'utf8')).toContain(fails)
  },
)

describe.runIf(process.env['LONG'] !== undefined)('taken out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'))
  beforeAll(() => {
    for (const name of COPIED) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(MUTANTS)('$name', { timeout: 300_000 }, async (mutant) => {
    const path = join(folder, mutant.file)
    const whole = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      whole.replace(mutant.from, () => mutant.to),
    )
    try {
      const { failed, passed } = await run(folder, mutant)
      expect(failed, `${passed} passed`).toBeGreaterThan(0)
    } finally {
      writeFileSync(path, whole)
    }
    // The same test passes without it: nothing else made it fail.
    expect(await run(folder, mutant)).toMatchObject({ failed: 0, passed: expect.any(Number) })
  })
})

/** Only tests that ran count: a copy that cannot be loaded is no proof. */
async function run(folder: string, { test, fails }: Mutant): Promise<{ passed: number; failed: number }> {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs')
  const asked = ['run', test, '-t', fails, '--root', folder, '--reporter=json', `--outputFile=${report}`]
  const child = spawn(process.execPath, [vitest, ...asked], { cwd: folder, stdio: 'ignore' })
  await new Promise((resolve) => child.once('exit', resolve))
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
  if (!numPassedTests && !numFailedTests) throw new Error(`No test of ${test} ran.`)
  return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 }
}
