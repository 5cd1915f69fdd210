/** The guide of Intacct names every field and function of the vendor's page, and the code has a home for each. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generatedSections, withSection } from '../src/documentation/generated.ts'
import { describeMapping } from '../src/mapping/describe.ts'
import { PROVIDERS } from '../src/providers/index.ts'

const PATH = 'docs/intacct.md'
const section = generatedSections()[PATH] as string
const rows = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
const cells = rows.map((row) => row.split(' | ').map((cell) => cell.replaceAll('|', '').trim()))

test('every row has a home', () => {
  expect(cells.length).toBeGreaterThan(150)
  for (const [name, home, ...more] of cells) {
    expect(name).toMatch(/\S/)
    expect(home, name).toMatch(/\S/)
    expect(more).toEqual([])
  }
})

test('a field that is named as a home exists', () => {
  const { mappings } = PROVIDERS.find(({ name }) => name === 'intacct') as (typeof PROVIDERS)[number]
  const known = new Set(Object.keys(describeMapping(mappings.customer)))
  const homes = cells.flatMap(([, home = '']) => [...home.matchAll(/`([a-z][A-Za-z]+)(?:\[\]|\.[A-Za-z[\]]+)*`/g)])
  const named = new Set(homes.map(([, field]) => field as string))
  const calls = new Set(['id', 'display', 'primary', 'billTo', 'shipTo', 'query', 'caseinsensitive', 'showprivate'])
  expect([...named].filter((field) => !known.has(field) && !calls.has(field))).toEqual([])
  for (const field of ['contacts', 'delivery', 'restriction', 'terms', 'creditLimit']) expect(named).toContain(field)
})

test('a section is put into its place, again and again', () => {
  const first = withSection('# Guide\n\nWords.\n', 'one')
  expect(first).toMatch(/^# Guide\n\nWords\.\n\n<!-- [^\n]* -->\n\none\n\n<!-- [^\n]* -->\n$/)
  expect(withSection(first, 'one')).toBe(first)
  expect(withSection(`${first}\nAfter.\n`, 'two')).toMatch(/two\n\n<!-- to here -->\n\nAfter\.\n$/)
})

test('the guide has the section that the code says', () => {
  const guide = readFileSync(new URL(`../${PATH}`, import.meta.url), 'utf8')
  expect(withSection(guide, section) === guide, `${PATH} is out of date: run "npm run generate"`).toBe(true)
})
