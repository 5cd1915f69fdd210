/** What is written and what the code does say the same: failures, operations, environment variables. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import type { Document, OperationObject } from '../src/documentation/document.ts'
import { generatedFiles } from '../src/documentation/generated.ts'
import { registerDocumentation } from '../src/documentation.ts'
import { FAILURE_CODES, FAILURES, type FailureCode } from '../src/errors.ts'
import { describe as describeOperation } from '../src/openapi.ts'

const ROOT = new URL('../', import.meta.url).pathname
const files = await generatedFiles()
const document = JSON.parse(files['openapi/openapi.json'] as string) as Document
const operations: OperationObject[] = Object.values(document.paths).flatMap((item) => Object.values(item))

describe('failures', () => {
  const rows = [
    ...(files['openapi/failures.md'] as string).matchAll(
      /^\| `(\w+)` \| (\d+) \| (yes|no) \| (\w+) \| \*\*(.+?)\.\*\* (.+) \|$/gm,
    ),
  ]

  test('the page has exactly those of the table, with what the table says', () => {
    expect(rows.map(([, code]) => code)).toEqual(FAILURE_CODES)
    for (const [, code, status, retryable, applied, title] of rows) {
      expect(FAILURES[code as FailureCode]).toMatchObject({
        status: Number(status),
        retryable: retryable === 'yes',
        applied,
        title,
      })
    }
  })

  test('the document has exactly those of the table', () => {
    const { ProblemCode } = document.components['schemas'] as { ProblemCode: { enum: string[] } }
    expect(ProblemCode.enum).toEqual(FAILURE_CODES)
  })

  /** What no operation can answer: another method is another operation, and nothing asks for a confirmation yet. */
  const AT_NO_OPERATION = ['method_not_allowed']
  test('each is met at some operation, and described there', () => {
    const told = JSON.stringify(Object.values(document.paths)) + JSON.stringify(document.components['responses'])
    const met = FAILURE_CODES.filter((code) => told.includes(`\`${code}\`: ${FAILURES[code].title}.`))
    expect(FAILURE_CODES.filter((code) => !met.includes(code))).toEqual(
      FAILURE_CODES.filter((code) => AT_NO_OPERATION.includes(code)),
    )
  })
})

describe('operations', () => {
  test('have names of their own', () => {
    const names = operations.map((operation) => operation.operationId)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[a-z]+[A-Za-z]+$/.test(name))).toEqual([])
  })

  const route = describeOperation({
    operationId: 'readThing',
    tag: 'health',
    summary: 'Thing',
    description: 'A thing.',
    scope: null,
    asks: 'nothing',
    answers: { 200: { description: 'It.' } },
  })
  const documentWith = async (config: object) => {
    const app = Fastify()
    await registerDocumentation(app, {})
    app.get('/thing', { ...route, config }, async () => null)
    await app.ready()
    return app.swagger() as unknown as Document
  }

  test('are called in the document what their routes call them', async () => {
    expect(Object.keys((await documentWith(route.config)).paths)).toEqual(['/thing'])
    await expect(documentWith({ ...route.config, operation: 'readOther' })).rejects.toThrow(
      'get /thing is no operation',
    )
  })
})

describe('environment variables', () => {
  const READS = /\benv(?:\.|\[')([A-Z][A-Z_]+)/g
  const sourcesIn = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(join(ROOT, folder, path), 'utf8'))
  const readIn = (...folders: string[]) =>
    new Set(folders.flatMap(sourcesIn).flatMap((text) => [...text.matchAll(READS)].map(([, name]) => name as string)))
  const readme = () => readFileSync(join(ROOT, 'README.md'), 'utf8')
  /** Names in the first cell of a table's row. */
  const documented = () =>
    new Set(
      [...readme().matchAll(/^\|([^|]+)\|/gm)].flatMap(([, cell]) =>
        [...(cell as string).matchAll(/`([A-Z][A-Z_]{2,})`/g)].map(([, name]) => name as string),
      ),
    )

  test('that the gateway reads are in the README', () => {
    const read = readIn('src')
    expect(read.size).toBeGreaterThan(3)
    expect([...read].filter((name) => !documented().has(name))).toEqual([])
  })

  test('that the README lists are read', () => {
    const read = readIn('src', 'test')
    expect([...documented()].filter((name) => !read.has(name))).toEqual([])
  })
})
