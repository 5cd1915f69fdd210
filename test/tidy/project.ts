/** The project's own source text as data: what the layout rules look at, read from the disk or made up by a test. */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { parseAst } from 'vitest/node'

/** A node of the syntax tree (ESTree with TypeScript); comments are not in it. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [property: string]: unknown
}

export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly path: string
  readonly text: string
}

export interface Import {
  readonly path: string
  /** It is gone when the program runs. */
  readonly typeOnly: boolean
}

/** A file and what the rules need to know of it. */
export interface ParsedFile extends SourceFile {
  /** Every node after its parent, with the nodes around it, innermost last. */
  readonly nodes: readonly { readonly node: SyntaxNode; readonly around: readonly SyntaxNode[] }[]
  /** Project files that it imports. */
  readonly imports: readonly Import[]
  /** Project files that it names in a text, such as a process that it starts. */
  readonly mentions: readonly string[]
}

const ROOTS = ['src', 'routes', 'schemas', 'test']
/** The client generators are projects of their own. */
const SKIPPED = new Set(['test/clients', 'node_modules'])

export function readProject(root: URL): ParsedFile[] {
  return parseProject(ROOTS.flatMap((folder) => readFolder(root, folder)))
}

function readFolder(root: URL, folder: string): SourceFile[] {
  return readdirSync(new URL(folder, root), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (SKIPPED.has(path) || SKIPPED.has(entry.name)) return []
    if (entry.isDirectory()) return readFolder(root, path)
    return entry.name.endsWith('.ts') ? [{ path, text: readFileSync(new URL(path, root), 'utf8') }] : []
  })
}

export function parseProject(files: readonly SourceFile[]): ParsedFile[] {
  const paths = new Set(files.map((file) => file.path))
  return files.map((file) => parseFile(file, paths))
}

function parseFile(file: SourceFile, paths: ReadonlySet<string>): ParsedFile {
  const nodes: ParsedFile['nodes'][number][] = []
  walk(parseAst(file.text, { lang: 'ts' }) as unknown as SyntaxNode, [], nodes)
  const imports: Import[] = []
  const mentions = new Set<string>()
  for (const { node, around } of nodes) {
    const target =
      node.type === 'Literal' && typeof node['value'] === 'string' ? resolve(file.path, node['value'], paths) : null
    if (target === null) continue
    const parent = around.at(-1)
    if (parent && IMPORTING.has(parent.type) && parent['source'] === node)
      imports.push({ path: target, typeOnly: isTypeOnly(parent) })
    else mentions.add(target)
  }
  return { ...file, nodes, imports, mentions: [...mentions] }
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

const isTypeOnly = (node: SyntaxNode): boolean =>
  node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type'

/** The project file that a relative path means; built files stand for their source. */
function resolve(from: string, specifier: string, paths: ReadonlySet<string>): string | null {
  if (!/\.(ts|js)$/.test(specifier)) return null
  const source = specifier.replace(/\.js$/, '.ts')
  const relative = posix.normalize(posix.join(posix.dirname(from), source))
  if (specifier.startsWith('.') && paths.has(relative)) return relative
  return paths.has(source.replace(/^dist\//, '')) ? source.replace(/^dist\//, '') : null
}

function walk(
  node: SyntaxNode,
  around: readonly SyntaxNode[],
  found: { node: SyntaxNode; around: readonly SyntaxNode[] }[],
): void {
  found.push({ node, around })
  const inside = [...around, node]
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, inside, found)
  }
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

export const lineOf = (text: string, place: number): number => text.slice(0, place).split('\n').length

/** What is wrong, a sentence each. */
export type Rule = (files: readonly ParsedFile[]) => string[]
