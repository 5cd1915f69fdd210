/** Parses `q`, the filter of record lists: words for operators, double quotes, AND before OR, parentheses. */
import { invalidQuery } from './errors.ts'

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly field: string; readonly operator: string; readonly values: readonly string[] }

/** Operators that take no value, and those that take a list; all others take one value. */
const WITHOUT_VALUE = new Set(['EMPTY', 'EMPTY_NOT'])
const WITH_LIST = new Set(['BETWEEN', 'BETWEEN_NOT', 'WITHIN', 'WITHIN_NOT', 'ANY_OF', 'ANY_OF_NOT'])
const WITH_ONE = new Set(
  ['IS', 'CONTAIN', 'START_WITH', 'EQUAL', 'GREATER', 'GREATER_OR_EQUAL', 'LESS', 'LESS_OR_EQUAL']
    .concat(['ON', 'AFTER', 'BEFORE', 'ON_OR_AFTER', 'ON_OR_BEFORE'])
    .flatMap((operator) => [operator, `${operator}_NOT`])
    // Spelt so: "ENDWITH", but "END_WITH_NOT" (Oracle help section_1545222128).
    .concat(['ENDWITH', 'END_WITH_NOT']),
)
const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|([()[\],])|([^\s()[\],"]+))/y

export function parseQuery(text: string): Condition {
  return new QueryParser(tokensOf(text)).whole()
}

class QueryParser {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  whole(): Condition {
    const condition = this.#alternatives()
    const rest = this.#tokens[this.#at]
    if (rest !== undefined) throw invalidQuery(`"${rest}" is not expected.`)
    return condition
  }

  #alternatives(): Condition {
    const any = [this.#conjunction()]
    while (this.#skip('OR')) any.push(this.#conjunction())
    return any.length === 1 ? any[0]! : { any }
  }

  #conjunction(): Condition {
    const all = [this.#single()]
    while (this.#skip('AND')) all.push(this.#single())
    return all.length === 1 ? all[0]! : { all }
  }

  #single(): Condition {
    if (this.#skip('(')) {
      const inner = this.#alternatives()
      this.#expect(')')
      return inner
    }
    const field = this.#take()
    const operator = this.#take()
    if (!/^[A-Za-z_][\w.]*$/.test(field)) throw invalidQuery(`"${field}" is no field.`)
    if (WITHOUT_VALUE.has(operator)) return { field, operator, values: [] }
    if (WITH_LIST.has(operator)) return { field, operator, values: this.#list() }
    if (!WITH_ONE.has(operator)) throw invalidQuery(`Unknown operator ${operator}.`)
    return { field, operator, values: [literal(this.#take())] }
  }

  #list(): string[] {
    this.#expect('[')
    const values = [literal(this.#take())]
    while (this.#skip(',')) values.push(literal(this.#take()))
    this.#expect(']')
    return values
  }

  #take(): string {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw invalidQuery('The query ends too early.')
    this.#at += 1
    return token
  }

  #skip(wanted: string): boolean {
    if (this.#tokens[this.#at] !== wanted) return false
    this.#at += 1
    return true
  }

  #expect(wanted: string): void {
    if (!this.#skip(wanted)) throw invalidQuery(`"${wanted}" is expected.`)
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text)
    if (!match) throw invalidQuery('The query cannot be read.')
    tokens.push(match[1] ?? match[2] ?? match[3]!)
  }
  if (tokens.length === 0) throw invalidQuery('The query is empty.')
  return tokens
}

/** How `"` is escaped inside a value is undocumented; the sandbox takes a backslash. */
function literal(token: string): string {
  if (/^[()[\],]$/.test(token)) throw invalidQuery(`A value is expected instead of "${token}".`)
  return token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token
}
