/** Cuts a query into words, names, texts, numbers, parameters and signs; anything else is refused. */

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'sign'
  readonly text: string
  /** How many parentheses are open around it; a parenthesis has the depth outside of itself. */
  readonly depth: number
  /** Of a parameter: its position from 1. */
  readonly number: number
}

/** The query cannot be run; the message is what the vendor's error goes on with. */
export class SqlRefusal extends Error {}

const PIECE =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|('(?:[^']|'')*')|"([^"]+)"|(\d+(?:\.\d+)?)|([A-Za-z_][\w$#]*)|(\?)|(\|\||<=|>=|<>|!=|[-+*/=<>(),.])/y

export function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  let depth = 0
  let parameters = 0
  PIECE.lastIndex = 0
  while (PIECE.lastIndex < query.length) {
    const start = PIECE.lastIndex
    const match = PIECE.exec(query)
    if (!match) throw new SqlRefusal(`Invalid or unsupported search near "${query.slice(start, start + 20)}".`)
    const [text, string, quoted, number, name, parameter, sign] = match
    if (text === ')') depth -= 1
    if (depth < 0) throw new SqlRefusal('Invalid or unsupported search: ")" without "(".')
    const add = (kind: Token['kind']) => tokens.push({ kind, text, depth, number: parameter ? ++parameters : 0 })
    if (string !== undefined) add('string')
    else if (quoted !== undefined) add(checkedName(quoted, 'quoted'))
    else if (number !== undefined) add('number')
    else if (name !== undefined) add(checkedName(name, 'word'))
    else if (parameter !== undefined) add('parameter')
    else if (sign !== undefined) add('sign')
    if (text === '(') depth += 1
  }
  if (depth !== 0) throw new SqlRefusal('Invalid or unsupported search: ")" is missing.')
  return tokens
}

/** Names of the engine's own things are no names of NetSuite. */
function checkedName<Kind extends Token['kind']>(name: string, kind: Kind): Kind {
  if (/^sqlite|\$|[\][]/i.test(name) || /^(rowid|_rowid_|oid)$/i.test(name))
    throw new SqlRefusal(`Unknown identifier '${name}'.`)
  return kind
}
