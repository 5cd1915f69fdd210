/** JSON read piece by piece (RFC 8259), because `JSON.parse` does the whole at once and nobody else has a turn meanwhile. */

const DEPTH_LIMIT = 500
/** A page of 1,000 rows with everything has a tenth of it; millions would take seconds to walk through. */
const MOST_VALUES = 2_000_000
const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const LITERALS: Readonly<Record<string, readonly [text: string, value: unknown]>> = {
  t: ['true', true],
  f: ['false', false],
  n: ['null', null],
}

type Container = { readonly list: unknown[] } | { readonly members: Record<string, unknown>; name: string }
/** What may come next. */
type Next = 'value' | 'value or ]' | 'name' | 'name or }' | 'comma or close'

export class JsonPieces {
  readonly #text: string
  readonly #numberOf: (digits: string) => unknown
  #at = 0
  #until = 0
  #next: Next = 'value'
  #root: unknown
  #values = 0
  readonly #open: Container[] = []

  constructor(text: string, numberOf: (digits: string) => unknown) {
    this.#text = text
    this.#numberOf = numberOf
  }

  /** Reads on as far as this piece goes, and to the end of what begins in it. */
  read(piece: string): void {
    this.#until += piece.length
    this.#skipSpace()
    while (this.#at < this.#until) {
      this.#step(this.#text[this.#at] as string)
      this.#skipSpace()
    }
  }

  end(): unknown {
    if (this.#next !== 'comma or close' || this.#open.length > 0) throw this.#wrong()
    return this.#root
  }

  #step(first: string): void {
    const next = this.#next
    if (next === 'comma or close') this.#afterValue(first)
    else if ((next === 'name or }' && first === '}') || (next === 'value or ]' && first === ']')) this.#close()
    else if (next === 'name' || next === 'name or }') this.#name(first)
    else this.#value(first)
  }

  #afterValue(first: string): void {
    const container = this.#open.at(-1)
    if (!container) throw this.#wrong()
    const isList = 'list' in container
    if (first === ',') {
      this.#at++
      this.#next = isList ? 'value' : 'name'
    } else if (first === (isList ? ']' : '}')) this.#close()
    else throw this.#wrong()
  }

  #name(first: string): void {
    const container = this.#open.at(-1)
    if (first !== '"' || !container || 'list' in container) throw this.#wrong()
    container.name = this.#string()
    this.#skipSpace()
    if (this.#text[this.#at] !== ':') throw this.#wrong()
    this.#at++
    this.#next = 'value'
  }

  #value(first: string): void {
    if (first === '{') this.#openContainer({ members: {}, name: '' }, 'name or }')
    else if (first === '[') this.#openContainer({ list: [] }, 'value or ]')
    else this.#add(first === '"' ? this.#string() : this.#scalar(first))
  }

  #scalar(first: string): unknown {
    const literal = LITERALS[first]
    if (literal) {
      if (!this.#text.startsWith(literal[0], this.#at)) throw this.#wrong()
      this.#at += literal[0].length
      return literal[1]
    }
    NUMBER.lastIndex = this.#at
    const digits = NUMBER.exec(this.#text)?.[0]
    if (digits === undefined) throw this.#wrong()
    this.#at += digits.length
    return this.#numberOf(digits)
  }

  /** From quote to quote; what is between them is `JSON.parse`'s affair. */
  #string(): string {
    let end = this.#at
    do end = this.#text.indexOf('"', end + 1)
    while (end > 0 && this.#isEscaped(end))
    if (end < 0) throw this.#wrong()
    const text: string = JSON.parse(this.#text.slice(this.#at, end + 1))
    this.#at = end + 1
    return text
  }

  #isEscaped(place: number): boolean {
    let backslashes = 0
    while (this.#text[place - 1 - backslashes] === '\\') backslashes++
    return backslashes % 2 === 1
  }

  #openContainer(container: Container, next: Next): void {
    if (this.#open.push(container) > DEPTH_LIMIT) throw this.#wrong()
    this.#at++
    this.#next = next
  }

  #close(): void {
    const container = this.#open.pop() as Container
    this.#at++
    this.#add('list' in container ? container.list : container.members)
  }

  #add(value: unknown): void {
    if (++this.#values > MOST_VALUES) throw this.#wrong()
    const container = this.#open.at(-1)
    if (!container) this.#root = value
    else if ('list' in container) container.list.push(value)
    // As an own member, like `JSON.parse` has it.
    else if (container.name === '__proto__')
      Object.defineProperty(container.members, '__proto__', {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      })
    else container.members[container.name] = value
    this.#next = 'comma or close'
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.#at
    SPACE.exec(this.#text)
    this.#at = SPACE.lastIndex
  }

  #wrong(): SyntaxError {
    return new SyntaxError(`not JSON at character ${this.#at}`)
  }
}
