/** POST /query/v1/suiteql: one SELECT, bound parameters, pages; rows whose values are texts and whose NULLs are absent. */
import type { Database, SqlValue } from 'sql.js'
import type { SandboxAnswer, SandboxRequest } from '../server.ts'
import { isObject } from './body.ts'
import { invalidContent, invalidParameter, invalidQuery, methodNotAllowed, NetSuiteError } from './errors.ts'
import { refuseMissing } from './features.ts'
import { json, pageLinks, pageNumber } from './paging.ts'
import { accountDate, isDateNumber } from './sql-dates.ts'
import { type Translated, translate } from './sql-dialect.ts'
import { numberText } from './sql-functions.ts'
import type { SqlMirror } from './sql-mirror.ts'
import { SqlRefusal } from './sql-tokens.ts'
import type { NetSuiteState } from './state.ts'

/** Rows that one query can reach. */
const MOST_ROWS = 100_000

export async function suiteQlAnswer(
  state: NetSuiteState,
  mirror: SqlMirror,
  request: SandboxRequest,
): Promise<SandboxAnswer> {
  if (request.method !== 'POST') throw methodNotAllowed(request.method)
  if (!/(^|[\s,;])transient([\s,;]|$)/.test(request.headers['prefer'] ?? '')) {
    const detail = 'The header Prefer must be transient.'
    throw new NetSuiteError(400, { code: 'INVALID_HEADER', detail, header: 'Prefer' })
  }
  const limit = pageNumber(request, 'limit', 1000)
  const offset = pageNumber(request, 'offset', 0)
  if (limit < 1 || limit > 1000) throw invalidParameter('The limit must be from 1 to 1000.', 'limit')
  if (offset % limit !== 0) throw invalidParameter('The offset must be divisible by the limit.', 'offset')
  const { query, parameters } = readQuery(request.body)
  const { rows, total } = await run(state, mirror, query, parameters, limit, offset)
  const answer = json('collection', {
    links: pageLinks(`${state.url}/services/rest/query/v1/suiteql`, null, limit, offset, total),
    count: rows.length,
    hasMore: offset + limit < total,
    items: rows,
    offset,
    totalResults: total,
  })
  return { ...answer, headers: { ...answer.headers, 'preference-applied': 'transient' } }
}

function readQuery(body: string): { query: string; parameters: SqlValue[] } {
  let parsed: unknown
  try {
    parsed = JSON.parse(withEscapedBreaks(body))
  } catch {
    throw invalidContent()
  }
  if (!isObject(parsed) || typeof parsed['q'] !== 'string') throw invalidContent('q')
  const sent = parsed['params'] ?? []
  if (!Array.isArray(sent)) throw invalidContent('params')
  const parameters = sent.map((value, position): SqlValue => {
    if (typeof value === 'string') return value === '' ? null : value
    if (typeof value === 'number') return value
    // null cannot be bound; other types are refused by the sandbox as a precaution.
    throw invalidContent(`params[${position}]`)
  })
  return { query: parsed['q'], parameters }
}

/** Line breaks inside a JSON text are taken as they are: the README of the npm package `netsuite-rest` sends queries so. */
function withEscapedBreaks(body: string): string {
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
  return body.replace(/"(?:[^"\\]|\\.)*"/gs, (text) => text.replace(/[\n\r\t]/g, (sign) => escapes[sign]!))
}

type Item = Record<string, unknown>

async function run(
  { profile }: NetSuiteState,
  mirror: SqlMirror,
  query: string,
  parameters: SqlValue[],
  limit: number,
  offset: number,
) {
  let translated: Translated | undefined
  try {
    translated = translate(query)
    refuseMissing(profile, translated.words)
    if (translated.parameters !== parameters.length) {
      throw new SqlRefusal(`The query has ${translated.parameters} parameters, ${parameters.length} were given.`)
    }
    const database = await mirror.database(translated.mentioned)
    return read(database, translated.sql, parameters, limit, offset)
  } catch (error) {
    throw searchError(error, translated)
  }
}

function read(database: Database, sql: string, parameters: SqlValue[], limit: number, offset: number) {
  const statement = database.prepare(sql, parameters)
  try {
    const names = columnNames(statement.getColumnNames())
    const rows: Item[] = []
    let total = 0
    while (total < MOST_ROWS && statement.step()) {
      if (total >= offset && rows.length < limit) rows.push(itemOf(names, statement.get()))
      total += 1
    }
    return { rows, total }
  } finally {
    statement.free()
  }
}

/** Lower case; an expression without a name of its own is expr1, expr2 …; the sandbox's hidden columns stay hidden. */
function columnNames(names: readonly string[]): (string | null)[] {
  let expressions = 0
  return names.map((name) => {
    if (/^[a-z_]\w*\$\w+$/i.test(name)) return null
    if (/^[a-z_][\w#]*$/i.test(name)) return name.toLowerCase()
    expressions += 1
    return `expr${expressions}`
  })
}

function itemOf(names: readonly (string | null)[], values: readonly SqlValue[]): Item {
  const item: Item = { links: [] }
  for (const [at, name] of names.entries()) {
    const value = values[at] ?? null
    if (name === null || value === null || value === '') continue
    if (isDateNumber(value)) item[name] = accountDate(value)
    else item[name] = typeof value === 'number' ? numberText(value) : String(value)
  }
  return item
}

/** The engine's words in the vendor's: never an empty list for a query that cannot be run. */
function searchError(error: unknown, translated: Translated | undefined): unknown {
  if (!(error instanceof Error)) return error
  const tables = [...(translated?.tables ?? [])].map(([alias, name]) => `${alias}=${name}`).join(', ')
  const column = /^no such column: (?:.*\.)?\[?([^\]]+)\]?$/.exec(error.message)?.[1]
  const table = /^no such table: (.+)$/.exec(error.message)?.[1]
  let text = `Invalid or unsupported search: ${error.message}`
  if (error instanceof SqlRefusal) text = error.message
  else if (column !== undefined) text = `Unknown identifier '${column}'. Available identifiers are: {${tables}}.`
  else if (table !== undefined) text = `Record '${table}' was not found.`
  return invalidQuery(text)
}
