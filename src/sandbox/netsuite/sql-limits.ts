/** How Oracle's dialect limits rows (FETCH FIRST, TOP, ROWNUM), written as the engine's LIMIT. */
import { SqlRefusal, type Token } from './sql-tokens.ts'

/** A query being translated: what stands for each token, and what comes after it. */
export interface Translation {
  readonly tokens: readonly Token[]
  readonly output: (string | null)[]
  readonly after: string[]
  /** Behind all else at the end of a SELECT. */
  readonly limits: string[]
}

/** OFFSET n ROWS FETCH FIRST|NEXT n ROWS ONLY. */
export function rowLimit({ tokens, output }: Translation, at: number): void {
  let position = at
  let offset = '0'
  let limit = '-1'
  const clear = (count: number) => {
    for (let done = 0; done < count; done++) output[position++] = null
  }
  const words = (...wanted: RegExp[]) =>
    wanted.every((pattern, step) => pattern.test(tokens[position + step]?.text ?? ''))
  const count = /^(\d+|\?)$/
  if (words(/^offset$/i, count, /^rows?$/i)) {
    offset = output[position + 1]!
    clear(3)
  }
  if (words(/^fetch$/i, /^(first|next)$/i, count, /^rows?$/i, /^only$/i)) {
    limit = output[position + 2]!
    clear(5)
  }
  if (position === at) throw new SqlRefusal('Invalid or unsupported search: FETCH FIRST n ROWS ONLY is expected.')
  output[at] = `LIMIT ${limit} OFFSET ${offset}`
}

export function top(translation: Translation, at: number): void {
  const { tokens, output } = translation
  if (!/^(\d+|\?)$/.test(tokens[at + 1]?.text ?? ''))
    throw new SqlRefusal('Invalid or unsupported search: TOP n is expected.')
  limitScope(translation, at, output[at + 1]!)
  output[at] = null
  output[at + 1] = null
}

/** ROWNUM counts before sorting, so together with ORDER BY or GROUP BY of the same SELECT it is refused here. */
export function rowNumber(translation: Translation, at: number): void {
  const { tokens, output } = translation
  const operator = tokens[at + 1]?.text ?? ''
  const value = tokens[at + 2]?.text ?? ''
  const isOne = operator === '=' && value === '1'
  if (!isOne && !(/^<=?$/.test(operator) && /^(\d+|\?)$/.test(value))) {
    throw new SqlRefusal('Invalid or unsupported search: ROWNUM can only be compared by < or <=.')
  }
  const depth = tokens[at]!.depth
  const [start, end] = scopeOf(tokens, at)
  const clash = tokens
    .slice(start, end)
    .some((token) => token.depth === depth && /^(order|group|union)$/i.test(token.text))
  if (clash)
    throw new SqlRefusal('Invalid or unsupported search: ROWNUM cannot be combined with ORDER BY, GROUP BY or UNION.')
  limitScope(translation, at, operator === '<' ? `(${output[at + 2]} - 1)` : output[at + 2]!)
  output[at] = '1'
  output[at + 1] = '='
  output[at + 2] = '1'
}

/** The SELECT in which a token stands: from its opening parenthesis (or the start) to its end. */
function scopeOf(tokens: readonly Token[], at: number): [number, number] {
  const depth = tokens[at]!.depth
  let start = at
  while (start > 0 && tokens[start - 1]!.depth >= depth && !isOpening(tokens[start - 1]!, depth)) start--
  let end = at
  while (end < tokens.length && !(tokens[end]!.text === ')' && tokens[end]!.depth === depth - 1)) end++
  return [start, end]
}

function isOpening(token: Token, depth: number): boolean {
  return token.text === '(' && token.depth === depth - 1
}

function limitScope({ tokens, limits }: Translation, at: number, limit: string): void {
  const [, end] = scopeOf(tokens, at)
  if (limits[end - 1] !== '') throw new SqlRefusal('Invalid or unsupported search: two limits in one SELECT.')
  limits[end - 1] = ` LIMIT ${limit}`
}
