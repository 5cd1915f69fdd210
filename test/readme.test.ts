/** The README's calls work as they stand, in their order, against a fresh start; their answers are what it says. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { createLogger } from '../src/logging.ts'
import { PROVIDERS } from '../src/providers/index.ts'
import { type SandboxMode, startSandboxMode } from '../src/sandbox-mode.ts'
import { openStore } from '../src/store/open.ts'
import { runShell } from './support/shell.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
/** A call and the answers printed below it. */
const CALLS = [...readme.matchAll(/```sh\n([^`]*\bcurl [^`]*)```\n```json\n([^`]*)```/g)].map(
  ([, script = '', answers = '']) => ({ script, answers }),
)

const hasCurl = ((): boolean => {
  try {
    execFileSync('curl', ['--version'])
    return true
  } catch {
    return false
  }
})()

/** Several documents one after the other; each begins at the start of a line. */
const documents = (text: string): unknown[] =>
  text
    .trim()
    .split(/\n(?=\{)/)
    .map((one) => JSON.parse(one))

describe('the README', () => {
  let sandbox: SandboxMode
  let app: FastifyInstance
  let port: string

  beforeAll(async () => {
    sandbox = await startSandboxMode(PROVIDERS)
    app = await buildApp({
      config: sandbox.config,
      store: await openStore('sqlite::memory:'),
      log: createLogger('silent'),
    })
    port = new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port
  })
  afterAll(async () => {
    await app.close()
    await sandbox.close()
  })

  test('has five calls with their answers', () => {
    expect(CALLS).toHaveLength(5)
  })

  test('tells the truth about all of them', async (context) => {
    if (!hasCurl) return context.skip('curl is not installed')
    for (const { script, answers } of CALLS) {
      const output = await runShell(script.replaceAll(':3000/', `:${port}/`))
      const expected = documents(answers)
      const given = documents(output)
      expect(given, script).toHaveLength(expected.length)
      for (const [place, answer] of given.entries()) expect(answer, script).toMatchObject(expected[place] as object)
    }
  })
})

describe('the documents', () => {
  const root = new URL('../', import.meta.url)
  const folders = ['.', 'docs', 'openapi', 'src', 'src/providers']
  const files = folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  )

  test.each(files)('%s links to what is there', (file) => {
    const base = new URL(file, root)
    const links = [...readFileSync(base, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map((link) => link[1] as string)
    const local = links.filter((link) => !/^[a-z]+:/.test(link))
    expect(local.filter((link) => !existsSync(new URL(link.split('#')[0] || base, base)))).toEqual([])
  })
})
