/** The text of a configuration file: JSON, in which comments, trailing commas and a byte order mark are taken. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'

export interface ReadFile {
  readonly value: unknown
  /** What is wrong, and where; never what stands there, which may be a secret. */
  readonly faults: readonly string[]
}

const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'what stands here is no JSON',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a name in quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace is expected',
  CloseBracketExpected: 'a closing bracket is expected',
  EndOfFileExpected: 'the file should end here',
  UnexpectedEndOfComment: 'the comment does not end',
  UnexpectedEndOfString: 'the text does not end on its line',
  InvalidUnicode: 'this is no Unicode escape',
  InvalidEscapeCharacter: 'there is no such escape',
  InvalidCharacter: 'a control character is not allowed in a text',
}

export function parseFile(bytes: Uint8Array): ReadFile {
  let text: string
  try {
    // Takes the byte order mark away.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { value: undefined, faults: ['the file is not UTF-8'] }
  }
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  // What follows the first error is mostly wrong because of it.
  const [first] = errors
  if (first || !tree) {
    const what = (first && WORDS[printParseErrorCode(first.error)]) ?? 'what stands here is no JSON'
    return { value: undefined, faults: [`${placeOf(text, first?.offset ?? 0)}: ${what}`] }
  }
  const faults: string[] = []
  return { value: valueFrom(tree, text, '', faults), faults }
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/)
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}

/** The value of a node. A name that stands twice is refused: which of both is meant, nobody can know. */
function valueFrom(node: Node, text: string, path: string, faults: string[]): unknown {
  const children = node.children ?? []
  if (node.type === 'array') return children.map((child, place) => valueFrom(child, text, step(path, place), faults))
  if (node.type !== 'object') return node.value
  const entries = new Map<string, unknown>()
  for (const { children: [key, member] = [] } of children) {
    if (!key || !member) continue
    const place = step(path, String(key.value))
    if (entries.has(String(key.value))) faults.push(`${place}: is there twice (${placeOf(text, key.offset)})`)
    entries.set(String(key.value), valueFrom(member, text, place, faults))
  }
  return Object.fromEntries(entries)
}

const step = (path: string, name: string | number): string => (path === '' ? String(name) : `${path}.${name}`)
