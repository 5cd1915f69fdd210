/** The layout rules of src/DESIGN.md as functions: files in, sentences about what is wrong out. */
import { isNode, lineOf, type ParsedFile, type SyntaxNode } from './project.ts'

export type Rule = (files: readonly ParsedFile[]) => string[]

/** Where a file belongs; the first pattern that fits counts. */
const LAYERS: readonly (readonly [layer: string, pattern: RegExp])[] = [
  ['errors', /^src\/(errors|logging)\.ts$/],
  ['schemas', /^schemas\//],
  ['mapping', /^src\/mapping\//],
  ['wire', /^src\/wire\//],
  ['contract', /^src\/providers\/provider\.ts$/],
  ['registry', /^src\/providers\/index\.ts$/],
  ['provider', /^src\/providers\/[^/]+\//],
  ['store', /^src\/store\//],
  ['gateway', /^src\/gateway\//],
  ['description', /^src\/(config|openapi)\.ts$/],
  ['request', /^src\/request\//],
  ['routes', /^routes\//],
  ['sandbox', /^src\/sandbox\//],
  ['app', /^src\//],
  ['test', /^test\//],
]
const BELOW_PROVIDERS = ['errors', 'schemas', 'mapping', 'wire', 'contract']
const BELOW_ROUTES = [...BELOW_PROVIDERS, 'store', 'gateway', 'description', 'request']

/** What each layer may import; a file of its own layer always. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  schemas: ['errors'],
  mapping: ['errors', 'schemas'],
  wire: ['errors', 'schemas'],
  contract: ['errors', 'schemas', 'mapping', 'wire'],
  registry: ['contract', 'provider'],
  provider: BELOW_PROVIDERS,
  store: ['errors', 'schemas'],
  gateway: [...BELOW_PROVIDERS, 'store'],
  description: [...BELOW_PROVIDERS, 'gateway'],
  request: [...BELOW_PROVIDERS, 'gateway', 'description'],
  routes: BELOW_ROUTES.filter((layer) => layer !== 'store' && layer !== 'wire'),
  sandbox: [],
  app: [...BELOW_ROUTES, 'routes', 'registry', 'sandbox'],
}

const layerOf = (path: string): string => LAYERS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'app'
const providerOf = (path: string): string | undefined => /^src\/providers\/([^/]+)\//.exec(path)?.[1]

/** Imports point one way only. */
export const arrows: Rule = (files) =>
  files.flatMap((file) => {
    const from = layerOf(file.path)
    const allowed = ARROWS[from]
    if (!allowed) return []
    return file.imports.flatMap(({ path }) => {
      const to = layerOf(path)
      const fits = to === from ? providerOf(path) === providerOf(file.path) : allowed.includes(to)
      return fits
        ? []
        : [`${file.path} imports ${path}: ${from} may not import ${to}${to === from ? ' of another vendor' : ''}`]
    })
  })

/** No file imports itself, however far round; types may, they are gone when the program runs. */
export const cycles: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push(`a cycle of imports: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`)
      return
    }
    if (done.has(path)) return
    for (const target of byPath.get(path)?.imports ?? []) if (!target.typeOnly) visit(target.path, [...trail, path])
    done.add(path)
  }
  for (const file of files) visit(file.path, [])
  return found
}

const VENDOR = /netsuite|intacct|suiteql|suitetalk|suitescript|arpymt|custpymt/i
/** Where a vendor is at home: its folders, the registry, the simulators, and the text of the documentation page. */
const VENDOR_HOMES = /^(test\/|src\/providers\/(index\.ts|[^/]+\/)|src\/sandbox|src\/documentation)/
/** Elsewhere the names are words for readers only: comments, and what these properties and calls show in the API's documentation. */
const SHOWN_TO_READERS = new Set(['description', 'summary', 'title', 'examples', 'example'])
/** Calls whose texts are descriptions and examples. */
const SHOWN_BY = new Set(['idParameter', 'text'])

/** A vendor's name outside its own folders is documentation, never something that the code decides by. */
export const vendorNames: Rule = (files) =>
  files
    .filter((file) => !VENDOR_HOMES.test(file.path) || providerOf(file.path))
    .flatMap((file) => {
      const own = providerOf(file.path)
      const foreign = (word: string) => VENDOR.test(word) && !(own && !otherVendor(own).test(word))
      return file.nodes
        .filter(({ node, around }) => foreign(wordOf(node)) && !around.some(isShown))
        .map(
          ({ node }) =>
            `${file.path}:${lineOf(file.text, node.start)} names a vendor in code: ${wordOf(node).slice(0, 60)}`,
        )
    })

const otherVendor = (own: string): RegExp =>
  own === 'netsuite'
    ? /intacct|arpymt/i
    : own === 'intacct'
      ? /netsuite|suiteql|suitetalk|suitescript|custpymt/i
      : VENDOR

function wordOf(node: SyntaxNode): string {
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier') return String(node['name'])
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : ''
  if (node.type === 'TemplateElement') return String((node['value'] as { raw: string }).raw)
  return ''
}

function isShown(node: SyntaxNode): boolean {
  if (node.type === 'Property') return SHOWN_TO_READERS.has(keyOf(node))
  return node.type === 'CallExpression' && isNode(node['callee']) && SHOWN_BY.has(String(node['callee']['name']))
}
const keyOf = (property: SyntaxNode): string =>
  isNode(property['key']) ? String(property['key']['name'] ?? property['key']['value']) : ''

/** Files that every provider folder has, so that who knows one knows all. */
export const PROVIDER_FILES = ['index', 'settings', 'client', 'customer', 'payment', 'query', 'failures']

export const providerFolders: Rule = (files) => {
  const paths = new Set(files.map((file) => file.path))
  const names = new Set(files.flatMap((file) => providerOf(file.path) ?? []))
  return [...names].flatMap((name) =>
    PROVIDER_FILES.map((file) => `src/providers/${name}/${file}.ts`)
      .filter((path) => !paths.has(path))
      .map((path) => `${path} is missing`),
  )
}

const TEST_WORDS = new Set(['test', 'it', 'describe', 'suite'])
// Put together here, or this file would break its own rule.
const NOTES = new RegExp(
  `\\b(${['TO', 'FIX', 'XX'].map((word, place) => word + ['DO', 'ME', 'X'][place]).join('|')})\\b`,
)

/** Nothing is left lying: no notes to oneself, no test that is singled out or left out without a reason. */
export const leftovers: Rule = (files) =>
  files.flatMap((file) => {
    const notes = file.text
      .split('\n')
      .flatMap((line, place) =>
        NOTES.test(line) ? [`${file.path}:${place + 1} has a note to oneself: ${line.trim()}`] : [],
      )
    const calls = file.nodes
      .filter(({ node }) => isLeftOut(node))
      .map(({ node }) => `${file.path}:${lineOf(file.text, node.start)} leaves tests out without a reason`)
    return [...notes, ...calls]
  })

function isLeftOut(node: SyntaxNode): boolean {
  if (node.type !== 'CallExpression' || !isNode(node['callee']) || node['callee'].type !== 'MemberExpression')
    return false
  const { object, property } = node['callee'] as unknown as { object: SyntaxNode; property: SyntaxNode }
  const verb = String(property['name'])
  if (TEST_WORDS.has(String(object['name']))) return ['only', 'skip', 'todo'].includes(verb)
  return (
    verb === 'skip' &&
    (node['arguments'] as unknown[]).length === 0 &&
    /^(context|task|ctx)$/.test(String(object['name']))
  )
}

export const FILE_LINES = 250
export const FUNCTION_LINES = 60
/** Tables are as long as their rows. */
const DATA = /^src\/sandbox\/seed\//

export const fileLength: Rule = (files) =>
  files
    .filter((file) => !DATA.test(file.path))
    .map((file) => ({ file, lines: file.text.trimEnd().split('\n').length }))
    .flatMap(({ file, lines }) => (lines > FILE_LINES ? [`${file.path} has ${lines} lines`] : []))

/** Of the product's functions, without those inside them; a test's `describe` is a chapter, not a function. */
export const functionLength: Rule = (files) =>
  files
    .filter((file) => !file.path.startsWith('test/') && !DATA.test(file.path))
    .flatMap((file) =>
      [...ownLines(file)]
        .filter(([, lines]) => lines > FUNCTION_LINES)
        .map(([node, lines]) => `${file.path}:${lineOf(file.text, node.start)} is a function of ${lines} lines`),
    )

/** How many lines each function has for itself; a line belongs to the innermost function that has all of it. */
function ownLines(file: ParsedFile): Map<SyntaxNode, number> {
  const lines = new Map<SyntaxNode, number>()
  for (const { node, around } of file.nodes) {
    if (!isFunction(node)) continue
    const length = lineOf(file.text, node.end) - lineOf(file.text, node.start) + 1
    lines.set(node, length)
    const outer = around.findLast(isFunction)
    if (outer) lines.set(outer, (lines.get(outer) as number) - (length - 1))
  }
  return lines
}
const isFunction = (node: SyntaxNode): boolean =>
  ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type)

/** Kebab-case, and never a drawer for everything. */
export const fileNames: Rule = (files) =>
  files.flatMap(({ path }) => {
    const name = path.split('/').at(-1) as string
    if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/.test(name)) return [`${path} is not named in kebab-case`]
    return /^(utils?|helpers?|misc)\b/.test(name) ? [`${path} is named after nothing`] : []
  })

/** What npm or vitest starts. */
const ENTRIES = /^(src\/(main|generate)\.ts|src\/sandbox\/main\.ts|test\/bench\/main\.ts|test\/.*\.test\.ts)$/

/** No file that nobody imports or starts. */
export const deadFiles: Rule = (files) => {
  const used = new Set(files.flatMap((file) => [...file.imports.map(({ path }) => path), ...file.mentions]))
  return files
    .filter(({ path }) => !ENTRIES.test(path) && !used.has(path))
    .map(({ path }) => `${path} is imported by nobody`)
}

export const namedExports: Rule = (files) =>
  files.flatMap((file) =>
    file.nodes.some(({ node }) => node.type === 'ExportDefaultDeclaration')
      ? [`${file.path} has a default export`]
      : [],
  )

/** Every file opens with a sentence that says what it is for. */
export const openingSentence: Rule = (files) =>
  files
    .filter((file) => !/^(\/\*\*|\/\/)\s*\S|^\/\*\*\n \* \S/.test(file.text))
    .map((file) => `${file.path} does not say what it is for`)

/** The environment is read where the process starts, and output goes through the log. */
const PROCESS_FILES = /^(src\/(main|generate)\.ts|src\/sandbox\/main\.ts|test\/)/
export const processAccess: Rule = (files) =>
  files
    .filter((file) => !PROCESS_FILES.test(file.path))
    .flatMap((file) =>
      file.nodes
        .filter(
          ({ node, around }) =>
            node.type === 'Identifier' &&
            ['process', 'console'].includes(String(node['name'])) &&
            isRead(node, around.at(-1)),
        )
        .map(({ node }) => `${file.path}:${lineOf(file.text, node.start)} uses ${node['name']}`),
    )
const isRead = (node: SyntaxNode, parent: SyntaxNode | undefined): boolean =>
  parent?.type === 'MemberExpression' && parent['object'] === node

export const RULES: Readonly<Record<string, Rule>> = {
  'imports point one way': arrows,
  'no cycles of imports': cycles,
  'vendor names only at home': vendorNames,
  'the same files in every provider': providerFolders,
  'nothing is left lying': leftovers,
  [`no file over ${FILE_LINES} lines`]: fileLength,
  [`no function over ${FUNCTION_LINES} lines`]: functionLength,
  'file names': fileNames,
  'no dead files': deadFiles,
  'named exports only': namedExports,
  'every file says what it is for': openingSentence,
  'process and console only at the edge': processAccess,
}
