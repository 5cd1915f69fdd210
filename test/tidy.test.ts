/** The layout rules hold for this project, and each of them finds what it is there to find. */
import { describe, expect, test } from 'vitest'
import * as form from './tidy/form.ts'
import * as imports from './tidy/imports.ts'
import { parseProject, type Rule, readProject } from './tidy/project.ts'
import { RULES } from './tidy/rules.ts'
import { vendorNames } from './tidy/vendor-names.ts'

const project = readProject(new URL('../', import.meta.url))

describe('this project', () => {
  test('is read', () => {
    expect(project.length).toBeGreaterThan(100)
  })
  for (const [name, rule] of Object.entries(RULES)) {
    test(name, () => {
      expect(rule(project)).toEqual([])
    })
  }
})

/** Files by path; the rules see them as a project. */
const files = (texts: Readonly<Record<string, string>>) =>
  parseProject(Object.entries(texts).map(([path, text]) => ({ path, text })))
const lines = (count: number) => 'x()\n'.repeat(count)
const PROVIDER = 'export const p = 1'

/** For each rule: what it must find, and what it must let pass. */
const SAMPLES: readonly {
  rule: Rule
  bad: readonly Record<string, string>[]
  good: readonly Record<string, string>[]
}[] = [
  {
    rule: imports.arrows,
    bad: [
      {
        'routes/a.ts': "import { p } from '../src/providers/netsuite/index.ts'",
        'src/providers/netsuite/index.ts': PROVIDER,
      },
      { 'src/providers/a/x.ts': "import { p } from '../b/y.ts'", 'src/providers/b/y.ts': PROVIDER },
      { 'src/sandbox/a.ts': "import type { E } from '../errors.ts'", 'src/errors.ts': 'export type E = 1' },
      { 'src/wire/a.ts': "export { g } from '../gateway/g.ts'", 'src/gateway/g.ts': 'export const g = 1' },
      { 'src/gateway/a.ts': "const s = await import('../sandbox/s.ts')", 'src/sandbox/s.ts': PROVIDER },
      { 'schemas/a.ts': "type C = import('../src/config.ts').C", 'src/config.ts': 'export type C = 1' },
    ],
    good: [
      {
        'src/providers/a/x.ts': "import { y } from './y.ts'\nimport type { C } from '../provider.ts'",
        'src/providers/a/y.ts': PROVIDER,
        'src/providers/provider.ts': 'export type C = 1',
      },
      { 'src/main.ts': "import { p } from './providers/index.ts'", 'src/providers/index.ts': PROVIDER },
    ],
  },
  {
    rule: imports.cycles,
    bad: [
      {
        'src/a.ts': "import { b } from './b.ts'",
        'src/b.ts': "import { c } from './c.ts'",
        'src/c.ts': "import { a } from './a.ts'",
      },
    ],
    good: [{ 'src/a.ts': "import { b } from './b.ts'", 'src/b.ts': "import type { A } from './a.ts'" }],
  },
  {
    rule: vendorNames,
    bad: [
      { 'src/gateway/a.ts': "if (provider === 'netsuite') x()" },
      { 'src/wire/a.ts': 'const intacctHeaders = {}' },
      { 'routes/a.ts': 'x(`SELECT 1 -- SuiteQL`)' },
      { 'src/mapping/a.ts': 'class A { #suiteql = 1 }' },
      { 'src/providers/intacct/a.ts': "const title = 'not NetSuite'" },
      { 'schemas/a.ts': "const DESCRIPTION = { [description]: 1, vendor: 'intacct' }" },
    ],
    good: [
      { 'src/wire/a.ts': '/** Intacct reads are POSTs. */\nexport const a = 1' },
      { 'schemas/a.ts': "Type.String({ description: 'Only on Intacct.', examples: ['cus_netsuite_456'] })" },
      { 'routes/a.ts': "idParameter('A customer.', 'cus_netsuite_456')" },
      { 'src/providers/netsuite/a.ts': 'const suiteql = netsuite', 'test/a.test.ts': 'intacct()' },
    ],
  },
  {
    rule: imports.providerFolders,
    bad: [{ 'src/providers/xero/index.ts': '' }],
    good: [Object.fromEntries(imports.PROVIDER_FILES.map((name) => [`src/providers/xero/${name}.ts`, '']))],
  },
  {
    rule: form.leftovers,
    bad: [
      { 'src/a.ts': `// ${'TO'}DO later` },
      { 'test/a.test.ts': `test.${'on'}ly('x', y)` },
      { 'test/b.test.ts': `describe.${'sk'}ip('x', y)` },
      { 'test/c.test.ts': "test('x', (context) => context.skip())" },
    ],
    good: [{ 'test/a.test.ts': "test('x', (context) => context.skip('no browser here'))\nconst todo = list.skip(1)" }],
  },
  {
    rule: form.fileLength,
    bad: [{ 'src/a.ts': lines(form.FILE_LINES + 1) }],
    good: [{ 'src/a.ts': lines(form.FILE_LINES) }],
  },
  {
    rule: form.functionLength,
    bad: [{ 'src/a.ts': `const f = () => {\n${lines(form.FUNCTION_LINES - 1)}}` }],
    good: [
      {
        'src/a.ts': `function f() {\n${lines(40)}const g = () => {\n${lines(40)}}\n}`,
        'test/a.test.ts': `describe('', () => {\n${lines(99)}})`,
      },
    ],
  },
  {
    rule: form.fileNames,
    bad: [{ 'src/openItems.ts': '' }, { 'src/wire/utils.ts': '' }, { 'test/helper.ts': '' }],
    good: [{ 'src/open-items.ts': '', 'test/open-items.test.ts': '' }],
  },
  {
    rule: imports.deadFiles,
    bad: [{ 'src/a.ts': '', 'src/main.ts': '' }],
    good: [
      { 'src/main.ts': "import './a.ts'", 'src/a.ts': '' },
      { 'test/x/a.test.ts': "fork(new URL('./child.ts', import.meta.url))", 'test/x/child.ts': '' },
    ],
  },
  { rule: form.namedExports, bad: [{ 'src/a.ts': 'export default 1' }], good: [{ 'src/a.ts': 'export const a = 1' }] },
  {
    rule: form.openingSentence,
    bad: [{ 'src/a.ts': "import './b.ts'" }],
    good: [{ 'src/a.ts': '/** Says. */' }, { 'src/a.ts': '/**\n * Says more.\n */' }],
  },
  {
    rule: form.processAccess,
    bad: [{ 'src/gateway/a.ts': "process.env['X']" }, { 'src/wire/a.ts': 'console.log(1)' }],
    good: [{ 'src/main.ts': 'process.exit(1)', 'src/gateway/a.ts': 'const process = 1' }],
  },
]

describe('the rules themselves', () => {
  test('every rule has samples', () => {
    expect(SAMPLES.map((sample) => sample.rule)).toEqual(Object.values(RULES))
  })
  for (const { rule, bad, good } of SAMPLES) {
    const name = Object.entries(RULES).find(([, one]) => one === rule)?.[0]
    test.each(bad)(`${name}: finds sample %#`, (sample) => {
      expect(rule(files(sample))).not.toEqual([])
    })
    test.each(good)(`${name}: lets sample %# pass`, (sample) => {
      expect(rule(files(sample))).toEqual([])
    })
  }
})
