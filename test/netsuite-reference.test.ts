/** The guide of NetSuite names every field and operation of the two records, with homes that exist, and every difference. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { generatedSections, withSection } from '../src/documentation/generated.ts'
import { DIFFERENCES } from '../src/documentation/netsuite-differences.ts'
import { describeMapping } from '../src/mapping/describe.ts'
import { PROVIDERS } from '../src/providers/index.ts'
import { NAMES_2026_1 } from './support/netsuite-names.ts'

const PATH = 'docs/netsuite.md'
const section = generatedSections()[PATH] as string
const provider = PROVIDERS.find(({ name }) => name === 'netsuite') as (typeof PROVIDERS)[number]

/** Rows of the table after these words, cell by cell. */
function tableAfter(words: string): string[][] {
  const rows = (section.split(words)[1] ?? '').trim().split('\n')
  const end = rows.findIndex((row) => !row.startsWith('|'))
  return rows.slice(2, end < 0 ? undefined : end).map((row) =>
    row
      .slice(2, -2)
      .split(/(?<!\\) \| /)
      .map((cell) => cell.trim()),
  )
}
const unquoted = (text: string): string => text.replaceAll('`', '')

describe.each([
  ['Fields of a customer:', 'customer', 44],
  ['Fields of a payment:', 'customerPayment', 24],
] as const)('%s', (words, record, count) => {
  const rows = tableAfter(words)
  const known = new Set(
    Object.entries(NAMES_2026_1[record] ?? {}).flatMap(([kind, names]) =>
      kind === 'values' ? Object.keys(names) : String(names).split(/\s+/),
    ),
  )

  test('names every field, each with a home', () => {
    expect(rows).toHaveLength(count)
    for (const cells of rows) {
      expect(cells).toHaveLength(3)
      for (const cell of cells) expect(cell).toMatch(/\S/)
    }
  })

  test('says of each name what the release has', () => {
    for (const [field = '', now = ''] of rows) {
      const name = now === 'the same' ? unquoted(field) : unquoted(now)
      if (now === '–') expect([...known], field).not.toContain(unquoted(field))
      else expect([...known], field).toContain(name)
    }
  })

  test('has homes that exist', () => {
    const fields = new Set(
      Object.keys(describeMapping(provider.mappings[record === 'customer' ? 'customer' : 'payment'])),
    )
    for (const [field, , home = ''] of rows) {
      const first = /^`([a-zA-Z]+)/.exec(home)?.[1]
      if (first !== undefined) expect([...fields, 'id'], field).toContain(first)
      else expect(home, field).toMatch(/^(nowhere|no `number`)/)
    }
  })
})

test('operations and filters have a route or a parameter', async () => {
  const rows = tableAfter('below `/services/rest/record/v1`:')
  expect(rows).toHaveLength(25)
  const document = JSON.parse(readFileSync(new URL('../openapi/openapi.json', import.meta.url), 'utf8'))
  const parameters = new Set(
    ['/v1/customers', '/v1/payments'].flatMap((path) =>
      document.paths[path].get.parameters.map((one: { name: string }) => one.name),
    ),
  )
  for (const [, here = ''] of rows) {
    const route = /`(GET|POST|PATCH|DELETE) (\/v1[^`?]*)/.exec(here)
    if (route) expect(document.paths[route[2] as string], here).toHaveProperty((route[1] as string).toLowerCase())
    const names = [...here.matchAll(/(?:`|&)([a-zA-Z]+)=/g)].map(([, name]) => name)
    for (const name of names) if (!route) expect([...parameters], here).toContain(name)
  }
})

test('tells every difference', () => {
  expect(DIFFERENCES).toHaveLength(30)
  expect(tableAfter('the rest is marked.')).toHaveLength(DIFFERENCES.length)
})

test('the guide has the section that the code says', () => {
  const guide = readFileSync(new URL(`../${PATH}`, import.meta.url), 'utf8')
  expect(withSection(guide, section) === guide, `${PATH} is out of date: run "npm run generate"`).toBe(true)
})
