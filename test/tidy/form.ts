/** Rules about the form of files and functions. */
import { isNode, lineOf, type ParsedFile, type Rule, type SyntaxNode } from './project.ts'

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
export const fileLength: Rule = (files) =>
  files
    .map((file) => ({ file, lines: file.text.trimEnd().split('\n').length }))
    .flatMap(({ file, lines }) => (lines > FILE_LINES ? [`${file.path} has ${lines} lines`] : []))

/** A table is as long as its rows, in a function too. */
const DATA = /^src\/sandbox\/seed\//
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
