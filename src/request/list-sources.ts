/** Which connections a list asks, each with its part of the filters; and a refused filter as the caller's own parameter. */
import type { FastifyRequest } from 'fastify'
import { type FieldError, fieldError, GatewayError } from '../errors.ts'
import type { OpenConnection } from '../gateway/connections.ts'
import { SEARCH_FIELDS } from '../gateway/filter-fields.ts'
import { type FlatFilter, parseFilters } from '../gateway/filters.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { connectionsNamed, filterFor, names, parseRsql } from '../gateway/rsql.ts'
import type { Filter } from '../providers/provider.ts'
import { callOf } from './call.ts'

type Parameters = Readonly<Record<string, FlatFilter>>
type Query = Readonly<Record<string, unknown>> & { readonly connection?: string[]; readonly filter?: string }

export interface ListSources {
  /** All filters as they were asked for, with the gateway's ids; a cursor belongs to them. */
  readonly asked: Filter | null
  /** In the order of their names, with native ids. */
  readonly sources: readonly { readonly connection: OpenConnection; readonly filter: Filter | null }[]
}

export function listSources(
  gateway: Gateway,
  request: FastifyRequest,
  resource: keyof typeof SEARCH_FIELDS,
  parameters: Parameters,
): ListSources {
  const query = request.query as Query
  const { filter, boundTo } = parseFilters(parameters, query)
  const fields = SEARCH_FIELDS[resource]
  const searched = query.filter === undefined ? null : parseRsql(query.filter, fields)
  const chosen = chooseConnections(gateway, request, query.connection, boundTo)
  if (searched === null) return { asked: filter, sources: chosen.map((connection) => ({ connection, filter })) }
  for (const name of connectionsNamed(searched, fields)) gateway.connections.get(name, callOf(request).caller)
  const sources = chosen.flatMap((connection) => {
    const own = filterFor(searched, connection.name, fields)
    return own === false ? [] : [{ connection, filter: own === true ? filter : both(filter, own) }]
  })
  if (sources.length === 0 && chosen.length > 0)
    throw fieldError(
      'invalid_request',
      '?filter',
      'Its ids belong to other connections than those that are asked.',
      'invalid',
    )
  if (sources.length === 1) request.connectionName = sources[0]?.connection.name ?? null
  return { asked: both(filter, searched), sources }
}

const both = (flat: Filter | null, searched: Filter): Filter => (flat === null ? searched : { all: [flat, searched] })

/** The named ones, or all that the caller may use; an id in the flat filters leaves only its own. */
function chooseConnections(
  gateway: Gateway,
  request: FastifyRequest,
  named: readonly string[] | undefined,
  boundTo: string | null,
): OpenConnection[] {
  const { caller } = callOf(request)
  if (boundTo !== null) {
    if (named && !named.includes(boundTo))
      throw fieldError('invalid_request', '?connection', `The id in the filters belongs to "${boundTo}".`)
    request.connectionName = boundTo
    return [gateway.connections.get(boundTo, caller)]
  }
  if (!named) return gateway.connections.allowed(caller)
  if (named.length === 1) request.connectionName = named[0] as string
  return [...new Set(named)].sort().map((name) => gateway.connections.get(name, caller))
}

/** Providers know fields, not parameters: a refusal is given its connection, and points at what the caller wrote. */
export function asRefusedBy(
  connection: OpenConnection,
  request: FastifyRequest,
  parameters: Parameters,
  asked: Filter | null,
  error: unknown,
): unknown {
  if (!(error instanceof GatewayError)) return error
  if (error.code !== 'filter_not_supported') return error.with({ connection: connection.name })
  const query = request.query as Query
  const errors = (error.options.errors ?? []).map((one): FieldError => {
    const field = one.pointer.replace(/^\?/, '')
    const parameter = Object.entries(parameters).find(
      ([name, flat]) => flat.field === field && query[name] !== undefined,
    )
    if (parameter) return { ...one, pointer: `?${parameter[0]}` }
    if (query.filter !== undefined && asked && names(asked, field)) return { ...one, pointer: '?filter' }
    return field in query ? one : { ...one, pointer: '?sort' }
  })
  // The ERP names a field of its own that it does not know in its own words only.
  if (errors.length === 0 && query.filter !== undefined)
    errors.push({ pointer: '?filter', code: error.code, detail: error.message })
  const options = { ...error.options, errors, connection: connection.name }
  return new GatewayError(error.code, `${connection.name}: ${error.message}`, options)
}
