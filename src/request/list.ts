/** A list from its query string to its answer: filters, sort, fields, pages; the same for every resource. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { MONEY_PATTERN, type Warning } from '../../schemas/common.ts'
import { StringEnum } from '../../schemas/kit.ts'
import type { GatewayError } from '../errors.ts'
import type { OpenConnection } from '../gateway/connections.ts'
import type { SEARCH_FIELDS } from '../gateway/filter-fields.ts'
import { type FlatFilter, parseSort, parseWords } from '../gateway/filters.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { mergeLists } from '../gateway/lists.ts'
import type { Connection, Found, ListQuery, OperationName, RecordPage } from '../providers/provider.ts'
import { refuseUnlisted } from '../providers/unlisted.ts'
import { callOf } from './call.ts'
import { problemOf } from './errors.ts'
import { asRefusedBy, listSources } from './list-sources.ts'
import { unsupported } from './locate.ts'

const INLINE: Readonly<Record<FlatFilter['type'], TSchema>> = {
  text: Type.String({ minLength: 1, maxLength: 4000 }),
  money: Type.String({ pattern: MONEY_PATTERN }),
  date: Type.String({ format: 'date', examples: ['2026-03-31'] }),
  instant: Type.String({ format: 'date-time', examples: ['2026-03-31T09:30:00Z'] }),
  boolean: Type.Boolean(),
  currency: Type.String({ pattern: '^[A-Z]{3}$', examples: ['USD'] }),
  customerId: Type.String({ minLength: 1, maxLength: 400, examples: ['cus_netsuite_456'] }),
  word: Type.String(),
}

const SEARCH = [
  'Conditions in RSQL, such as `name==Acme*;currency=in=(USD,EUR)`, beside the other filters. Operators: `==`, `!=`, `=gt=`, `=ge=`, `=lt=`,',
  '`=le=`, `=in=(…)`, `=out=(…)`, `=null=true|false`; `;` is and, `,` is or, parentheses group. Text ignores case; `*` after `==` and `!=`',
  'stands for any characters. Values with spaces or other signs go in quotes. Fields are those of the record; `id` and customers take ids of',
  "this API (`id=in=(…)` reads a batch), references the ERP's ids or, with `.name`, names; `vendorFields.X` and `customFields.X` compare what the",
  'ERP itself keeps in X. The ERP does the searching: what it cannot search for is refused with `filter_not_supported`.',
].join(' ')

/** What every list takes beside its filters. */
export const MAX_LIMIT = 200
const paging = (sortable: readonly string[]) => ({
  filter: Type.Optional(Type.String({ minLength: 1, maxLength: 12_000, description: SEARCH })),
  connection: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 31 }), {
      description: 'Only these connections; repeatable. All that the key may use otherwise.',
    }),
  ),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MAX_LIMIT, default: 50, description: 'How many on a page.' }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 8000, description: '`page.nextCursor` of the page before.' }),
  ),
  sort: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: `Comma separated, \`-\` before a field for descending: ${sortable.join(', ')}. Otherwise by connection and native id.`,
      examples: [`-${sortable[0]}`],
    }),
  ),
  fields: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 2000,
      description: 'Only these fields, comma separated; asked of the ERP like that.',
    }),
  ),
  include: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'More than the record: `raw` adds the untouched ERP record.',
    }),
  ),
  partial: Type.Optional(
    Type.Boolean({
      default: false,
      description: 'true: a connection that fails is told in `connections` instead of failing the list.',
    }),
  ),
})

/** The query schema of a list; unknown parameters are refused. */
export function listQuery(
  table: Readonly<Record<string, FlatFilter>>,
  sortable: Readonly<Record<string, string>>,
): TSchema {
  const filters = Object.entries(table).map(([name, filter]): [string, TSchema] => {
    const { description } = filter
    if (filter.words) return [name, Type.Optional(Type.Array(StringEnum(filter.words), { description }))]
    return [name, Type.Optional({ ...INLINE[filter.type], description } as TSchema)]
  })
  return Type.Object(
    { ...Object.fromEntries(filters), ...paging(Object.keys(sortable)) },
    { additionalProperties: false },
  )
}

export interface ListDefinition<T, A> {
  readonly resource: keyof typeof SEARCH_FIELDS
  readonly filters: Readonly<Record<string, FlatFilter>>
  readonly sortable: Readonly<Record<string, 'text' | 'number'>>
  /** Names that `fields` may hold. */
  readonly fields: readonly string[]
  readonly include: readonly string[]
  /** Where a connection may lack it: unless it is asked for by name, such a connection is told apart and left out. */
  readonly operation?: OperationName
  readonly list: (bound: Connection, query: ListQuery) => Promise<RecordPage<T>>
  readonly publish: (connection: OpenConnection, found: Found<T>, options: { raw: boolean }) => A
}

const ALWAYS = ['object', 'id', 'connection', 'provider', 'nativeId', 'raw', 'warnings']
type Query = Readonly<Record<string, unknown>> & {
  limit?: number
  cursor?: string
  sort?: string
  fields?: string
  include?: string
  partial?: boolean
}

export async function runList<T, A extends object>(
  gateway: Gateway,
  request: FastifyRequest,
  reply: FastifyReply,
  definition: ListDefinition<T, A>,
) {
  const call = callOf(request)
  const query = request.query as Query
  const { asked, sources: found } = listSources(gateway, request, definition.resource, definition.filters)
  const lacking = lackingOf(found, request, definition)
  const sources = found.filter(({ connection }) => !lacking.has(connection.name))
  const fields = parseWords('fields', query.fields, [...definition.fields, ...ALWAYS])
  const include = parseWords('include', query.include, definition.include) ?? new Set<string>()
  for (const { connection } of sources) refuseAdded(connection, definition.resource, fields)
  const sort = parseSort(definition.sortable, query.sort)
  const page = await mergeLists(
    sources.map(({ connection, filter }) => ({
      name: connection.name,
      list: (one: ListQuery) =>
        definition.list(connection.bind(call), { ...one, filter }).catch((error: unknown) => {
          throw asRefusedBy(connection, request, definition.filters, asked, error)
        }),
    })),
    {
      resource: definition.resource,
      filter: asked,
      sort,
      orders: definition.sortable,
      limit: query.limit ?? 50,
      cursor: query.cursor ?? null,
      partial: query.partial ?? false,
      // What is sorted by must be read even when it is not shown.
      fields: fields && new Set([...fields, ...sort.map((one) => one.field)]),
      include,
    },
  )
  const byName = new Map(sources.map(({ connection }) => [connection.name, connection]))
  const data = page.items.map(({ source, item }) => {
    const answer = definition.publish(byName.get(source) as OpenConnection, item, { raw: include.has('raw') })
    return fields ? only(answer, fields) : answer
  })
  if (page.nextCursor !== null) reply.header('link', `<${nextUrl(request, page.nextCursor)}>; rel="next"`)
  return {
    object: 'list' as const,
    data,
    page: { nextCursor: page.nextCursor, hasMore: page.nextCursor !== null, total: page.total },
    connections: found.map(({ connection: { name } }) =>
      outcome(request, name, lacking.get(name) ?? page.failures.get(name), page.warnings.get(name)),
    ),
  }
}

/** Mappings by what they list; other lists show what their schema names. */
const MAPPED: Readonly<Partial<Record<string, keyof OpenConnection['provider']['mappings']>>> = {
  customers: 'customer',
  payments: 'payment',
  invoices: 'invoice',
}

/** What the gateway adds to single records only is refused where a list is asked for it: left out, it would seem not to be there. */
function refuseAdded(connection: OpenConnection, resource: string, fields: ReadonlySet<string> | null): void {
  const kind = MAPPED[resource]
  if (kind === undefined || fields === null) return
  const mapping = connection.provider.mappings[kind]
  refuseUnlisted(
    fields,
    [...fields].filter((field) => !Object.hasOwn(mapping, field) && !ALWAYS.includes(field)),
  )
}

/** Connections that have no such list, with the reason. Whoever names one, or has no other, gets the reason as an error. */
function lackingOf(
  sources: readonly { readonly connection: OpenConnection }[],
  request: FastifyRequest,
  { operation }: { readonly operation?: OperationName },
): ReadonlyMap<string, GatewayError> {
  if (operation === undefined) return new Map()
  const lacking = sources
    .filter(({ connection }) => connection.bind(callOf(request))[operation] === undefined)
    .map(({ connection }) => [connection.name, unsupported(connection, operation)] as const)
  const named = (request.query as { connection?: string[] }).connection !== undefined
  const [first] = lacking
  if (first && (named || lacking.length === sources.length)) throw first[1]
  return new Map(lacking)
}

function outcome(
  request: FastifyRequest,
  id: string,
  failure: GatewayError | undefined,
  warnings: readonly Warning[] | undefined,
) {
  if (!failure) return { id, status: 'ok' as const, ...(warnings && { warnings: [...warnings] }) }
  const status = failure.code === 'provider_timeout' ? ('timeout' as const) : ('error' as const)
  return { id, status, problem: problemOf(request, failure) }
}

/** The record with only the wanted fields; ids always stay. */
export function only<A extends object>(answer: A, fields: ReadonlySet<string>): A {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => fields.has(name) || ALWAYS.includes(name))) as A
}

function nextUrl(request: FastifyRequest, cursor: string): string {
  const [path, search = ''] = request.url.split('?')
  const parameters = new URLSearchParams(search)
  parameters.set('cursor', cursor)
  return `${path}?${parameters}`
}
