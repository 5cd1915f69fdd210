/** The SQL-like text of `readByQuery`: `NAME = 'Jane\'s Deli' AND TOTALDUE > 100`. */
import { unprocessable } from '../errors.ts'

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  /** `operator` in the words of `query`. */
  | {
      readonly kind: 'comparison'
      readonly field: string
      readonly operator: string
      readonly values: readonly string[]
    }

interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'symbol'
  readonly text: string
}

const TOKENS =
  /\s*(?:'(?<string>(?:\\[\s\S]|[^'\\])*)'|(?<number>-?\d+(?:\.\d+)?)(?![\w.])|(?<symbol><=|>=|[=<>(),])|(?<word>[A-Za-z_][\w.]*))/y
const COMPARISONS: Readonly<Record<string, string>> = {
  '=': 'equalto',
  '<': 'lessthan',
  '<=': 'lessthanorequalto',
  '>': 'greaterthan',
  '>=': 'greaterthanorequalto',
}

/** Null for an empty text: everything. Throws DL02000001, as recorded for ORDER BY and other things it does not know. */
export function parseQuery(text: string): Condition | null {
  if (text.trim() === '') return null
  const reader = new Reader(tokensOf(text))
  const condition = disjunction(reader)
  const rest = reader.peek()
  if (rest) throw wrong(`Unexpected ${rest.text}.`)
  return condition
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  TOKENS.lastIndex = 0
  while (text.slice(TOKENS.lastIndex).trim() !== '') {
    const at = TOKENS.lastIndex
    const groups = TOKENS.exec(text)?.groups
    if (!groups) throw wrong(`Syntax error near ${text.slice(at, at + 20).trim()}.`)
    const [kind, found] = Object.entries(groups).find(([, value]) => value !== undefined)!
    const value = kind === 'string' ? found!.replace(/\\([\s\S])/g, '$1') : found!
    tokens.push({ kind: kind as Token['kind'], text: value })
  }
  return tokens
}

class Reader {
  readonly #tokens: readonly Token[]
  #at = 0
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }
  peek(): Token | undefined {
    return this.#tokens[this.#at]
  }
  next(): Token {
    const token = this.#tokens[this.#at]
    if (!token) throw wrong('Unexpected end of the query.')
    this.#at += 1
    return token
  }
  /** Takes the word (any case) or the symbol if it is there. */
  take(text: string): boolean {
    const token = this.peek()
    if (!token || token.kind === 'string' || token.text.toUpperCase() !== text) return false
    this.#at += 1
    return true
  }
  expect(text: string): void {
    if (!this.take(text)) throw wrong(`Expected ${text}, found ${this.peek()?.text ?? 'the end'}.`)
  }
}

function disjunction(reader: Reader): Condition {
  const parts = [conjunction(reader)]
  while (reader.take('OR')) parts.push(conjunction(reader))
  return parts.length === 1 ? parts[0]! : { kind: 'or', parts }
}

function conjunction(reader: Reader): Condition {
  const parts = [negation(reader)]
  while (reader.take('AND')) parts.push(negation(reader))
  return parts.length === 1 ? parts[0]! : { kind: 'and', parts }
}

function negation(reader: Reader): Condition {
  if (reader.take('NOT')) return { kind: 'not', part: negation(reader) }
  if (reader.take('(')) {
    const inner = disjunction(reader)
    reader.expect(')')
    return inner
  }
  return comparison(reader)
}

function comparison(reader: Reader): Condition {
  const field = reader.next()
  if (field.kind !== 'word') throw wrong(`Expected a field, found ${field.text}.`)
  const made = (operator: string, values: readonly string[] = []): Condition => {
    return { kind: 'comparison', field: field.text, operator, values }
  }
  if (reader.take('IS')) {
    const negative = reader.take('NOT')
    reader.expect('NULL')
    return made(negative ? 'isnotnull' : 'isnull')
  }
  const negative = reader.take('NOT')
  if (reader.take('LIKE')) return made(negative ? 'notlike' : 'like', [literal(reader)])
  if (reader.take('IN')) return made(negative ? 'notin' : 'in', list(reader))
  const symbol = reader.next()
  const operator = symbol.kind === 'symbol' && !negative ? COMPARISONS[symbol.text] : undefined
  if (!operator) throw wrong(`Unknown operator ${symbol.text}.`)
  return made(operator, [literal(reader)])
}

function list(reader: Reader): string[] {
  reader.expect('(')
  const values = [literal(reader)]
  while (reader.take(',')) values.push(literal(reader))
  reader.expect(')')
  return values
}

function literal(reader: Reader): string {
  const token = reader.next()
  if (token.kind !== 'string' && token.kind !== 'number') throw wrong(`Expected a value, found ${token.text}.`)
  return token.text
}

function wrong(detail: string) {
  return unprocessable(`Query Failed: ${detail}`)
}
