/** Turns Oracle's dialect, as far as SuiteQL knows it, into what the SQL engine understands; refuses the rest. */
import { isKnownFunction } from './sql-functions.ts'
import { rowLimit, rowNumber, type Translation, top } from './sql-limits.ts'
import { SQL_TABLES } from './sql-tables.ts'
import { SqlRefusal, type Token, tokensOf } from './sql-tokens.ts'

const DATE_COLUMNS = new Set(
  SQL_TABLES.flatMap(({ columns }) => Object.keys(columns).filter((name) => columns[name] === 'date')),
)
const TABLE_NAMES = SQL_TABLES.map((table) => table.name)
const KEYWORDS = new Set(
  (
    'select distinct all from where and or not in is null like escape between exists case when then else end as on ' +
    'inner left right full outer cross join group by having order asc desc union intersect over partition'
  ).split(' '),
)
/** Words of the engine that SuiteQL does not have. */
const FOREIGN = new Set(
  'limit glob regexp match isnull notnull collate indexed pragma with values returning'.split(' '),
)
const COMPARISONS = new Set(['=', '<', '>', '<=', '>=', '<>', '!='])

export interface Translated {
  readonly sql: string
  readonly parameters: number
  /** Every table that may take part. */
  readonly mentioned: ReadonlySet<string>
  /** Every word, in lower case. */
  readonly words: ReadonlySet<string>
  /** Alias (or name) to table, as the error text lists them. */
  readonly tables: ReadonlyMap<string, string>
}

export function translate(query: string): Translated {
  const tokens = tokensOf(query)
  if (word(tokens[0]) !== 'select') throw new SqlRefusal('Invalid or unsupported search: only SELECT can be run.')
  const output: (string | null)[] = tokens.map(plainText)
  const after: string[] = tokens.map(() => '')
  const translation = { tokens, output, after, limits: tokens.map(() => '') }
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if (token.kind === 'word') translateWord(translation, at, token)
  }
  const sql = tokens
    .map((_, at) => `${output[at] ?? ''}${after[at]}${translation.limits[at]}`)
    .filter(Boolean)
    .join(' ')
  const parameters = tokens.filter((token) => token.kind === 'parameter').length
  const words = new Set(tokens.flatMap((token) => word(token) ?? []))
  return { sql, parameters, mentioned: mentionedIn(tokens), words, tables: tablesOf(tokens) }
}

function word(token: Token | undefined): string | undefined {
  return token?.kind === 'word' ? token.text.toLowerCase() : undefined
}

/** To Oracle an empty literal is NULL. Names go into brackets, so that none is taken for a keyword or a text. */
function plainText(token: Token): string {
  switch (token.kind) {
    case 'string':
      return token.text === "''" ? 'NULL' : token.text
    case 'parameter':
      return `?${token.number}`
    case 'quoted':
      return bracketed(token.text.slice(1, -1))
    case 'word':
      return KEYWORDS.has(token.text.toLowerCase()) ? token.text.toUpperCase() : bracketed(token.text)
    default:
      return token.text === '||' ? '->' : token.text
  }
}

function bracketed(name: string): string {
  return `[${name.toLowerCase()}]`
}

function translateWord(translation: Translation, at: number, token: Token): void {
  const { tokens, output } = translation
  const name = token.text.toLowerCase()
  const isColumn = tokens[at - 1]?.text === '.'
  const next = tokens[at + 1]
  if (output[at] === null) return
  if (FOREIGN.has(name)) throw new SqlRefusal(`Invalid or unsupported search: ${token.text}.`)
  if (name === 'builtin' && next?.text === '.') builtIn(translation, at)
  else if (name === 'order' && word(next) === 'by') orderNulls(translation, at)
  else if (!isColumn && (name === 'fetch' || name === 'offset')) rowLimit(translation, at)
  else if (!isColumn && name === 'top' && word(tokens[at - 1]) === 'select') top(translation, at)
  else if (!isColumn && name === 'rownum') rowNumber(translation, at)
  else if (!isColumn && (name === 'sysdate' || name === 'current_date')) output[at] = 'sysdate$()'
  else if (name === 'date' && next?.kind === 'string') {
    output[at] = null
    output[at + 1] = `to_date(${next.text}, 'YYYY-MM-DD')`
  } else if (name === 'nulls' && /^(first|last)$/.test(word(next) ?? '')) {
    output[at] = `NULLS ${next!.text}`
    output[at + 1] = null
  } else if (next?.text === '(' && !KEYWORDS.has(name) && !isTableName(tokens, at)) {
    if (!isKnownFunction(name)) throw new SqlRefusal(`Function ${token.text} is unknown or not supported.`)
    output[at] = name
  } else if (DATE_COLUMNS.has(name)) dateComparison(translation, at)
}

function isTableName(tokens: readonly Token[], at: number): boolean {
  return /^(from|join)$/.test(word(tokens[at - 1]) ?? '')
}

/** BUILTIN.DF and BUILTIN.CF of a column. */
function builtIn(translation: Translation, at: number): void {
  const { tokens, output } = translation
  const name = word(tokens[at + 2])
  const close = closing(tokens, at + 3)
  const inner = tokens.slice(at + 4, close)
  const column = word(inner.at(-1))
  const isPlain = inner.length === 1 || (inner.length === 3 && inner[1]!.text === '.')
  if ((name !== 'df' && name !== 'cf') || column === undefined || !isPlain) {
    throw new SqlRefusal(`Invalid or unsupported search: BUILTIN.${tokens[at + 2]?.text} of an expression.`)
  }
  const source = inner.length === 3 ? `${bracketed(inner[0]!.text)}.` : ''
  for (let position = at; position <= close; position++) output[position] = null
  // The plus makes it an expression, so that the hidden column does not name the result.
  if (column === 'status') output[at] = `+${source}[status$${name === 'df' ? 'text' : 'code'}]`
  else output[at] = name === 'df' ? `builtin$df('${column}', ${source}[${column}])` : `${source}[${column}]`
}

function closing(tokens: readonly Token[], open: number): number {
  if (tokens[open]?.text !== '(') throw new SqlRefusal('Invalid or unsupported search: "(" is expected.')
  const depth = tokens[open]!.depth
  const close = tokens.findIndex((token, at) => at > open && token.text === ')' && token.depth === depth)
  if (close < 0) throw new SqlRefusal('Invalid or unsupported search: ")" is missing.')
  return close
}

/** Oracle sorts NULL as the largest value, SQLite as the smallest. */
function orderNulls({ tokens, after }: Translation, at: number): void {
  const depth = tokens[at]!.depth
  let start = at + 2
  for (let position = start; position <= tokens.length; position++) {
    const token = tokens[position]
    const ends = !token || token.depth < depth
    const stop = ends || (token.depth === depth && /^(fetch|offset|union|intersect)$/.test(word(token) ?? ''))
    if (!stop && !(token.text === ',' && token.depth === depth)) continue
    const item = tokens.slice(start, position)
    const last = word(item.at(-1))
    const explicit = item.some((one) => word(one) === 'nulls')
    if (item.length > 0 && !explicit && last !== 'id')
      after[position - 1] += last === 'desc' ? ' NULLS FIRST' : ' NULLS LAST'
    start = position + 1
    if (stop) return
  }
}

/** A text beside a date column is read in the account's date format, or refused: never compared as letters. */
function dateComparison({ tokens, output }: Translation, at: number): void {
  const wrap = (position: number) => {
    const kind = tokens[position]?.kind
    if (kind === 'string' || kind === 'parameter') output[position] = `account$date(${output[position]})`
  }
  const start = tokens[at - 1]?.text === '.' ? at - 2 : at
  if (COMPARISONS.has(tokens[start - 1]?.text ?? '')) wrap(start - 2)
  let next = at + 1
  if (word(tokens[next]) === 'not') next += 1
  if (COMPARISONS.has(tokens[next]?.text ?? '')) wrap(next + 1)
  else if (word(tokens[next]) === 'between') {
    wrap(next + 1)
    if (word(tokens[next + 2]) === 'and') wrap(next + 3)
  } else if (word(tokens[next]) === 'in') {
    const close = closing(tokens, next + 1)
    for (let position = next + 2; position < close; position++) wrap(position)
  }
}

function mentionedIn(tokens: readonly Token[]): Set<string> {
  const names = new Set(tokens.map((token) => token.text.replaceAll('"', '').toLowerCase()))
  return new Set(TABLE_NAMES.filter((name) => names.has(name)))
}

function tablesOf(tokens: readonly Token[]): Map<string, string> {
  const tables = new Map<string, string>()
  for (const [at, token] of tokens.entries()) {
    const name = word(token)
    if (name === undefined || !TABLE_NAMES.includes(name) || tokens[at - 1]?.text === '.') continue
    if (!/^(from|join|,)$/i.test(tokens[at - 1]?.text ?? '')) continue
    const next = tokens[word(tokens[at + 1]) === 'as' ? at + 2 : at + 1]
    const alias = word(next)
    tables.set(alias !== undefined && !KEYWORDS.has(alias) ? alias : name, name)
  }
  return tables
}
