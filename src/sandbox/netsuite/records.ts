/** The record service: /record/v1/{type}[/{id}] with its methods, parameters and answers. */
import type { SandboxAnswer, SandboxRequest } from '../server.ts'
import { batchRead, isBatchRead } from './batch-read.ts'
import { EXTERNAL_ID, type NameValidation, readBody, type Values } from './body.ts'
import {
  errorAnswer,
  invalidContent,
  invalidFieldValue,
  invalidParameter,
  invalidRequest,
  methodNotAllowed,
  NetSuiteError,
  notFound,
  ownLimit,
  permission,
  userError,
} from './errors.ts'
import { metadataAnswer } from './metadata.ts'
import { json, pageLinks, pageNumber } from './paging.ts'
import { compileQuery } from './query-filter.ts'
import type { RecordType } from './record-type.ts'
import { recordUrl, selfLink, type ViewOptions, viewOfSublist, viewOfValue } from './record-view.ts'
import { type NetSuiteState, RECORD_TYPE_OF } from './state.ts'
import { TRANSFORMS } from './transforms.ts'
import { CODED, worded } from './words.ts'

const RECORD_ROOT = '/services/rest/record/v1/'

export function recordAnswer(state: NetSuiteState, request: SandboxRequest): SandboxAnswer {
  const segments = request.path.slice(RECORD_ROOT.length).split('/').map(decode)
  const [typeName = '', key, part, ...more] = segments
  if (typeName === 'metadata-catalog') return metadataAnswer(state, state.profile.types, request, segments.slice(1))
  // Letter case of record names does not matter in practice: Oracle's own samples mix it.
  const type = typeNamed(state, typeName)
  if (!type) throw unknownType(state, typeName)
  if (!key && isBatchRead(request)) return batchRead(state, request, (one) => resultOf(state, type, one, request))
  if (request.headers['prefer']?.includes('respond-async'))
    throw ownLimit('has no asynchronous requests but batch reads.')
  if (/type=(create-form|select-options)/.test(request.headers['accept'] ?? '')) throw ownLimit('has no forms.')
  if (key === undefined || key === '') return collectionAnswer(state, type, request)
  if (part?.startsWith('!')) return transformed(state, type, key, more[0] ?? '', request)
  if (more.length > 0) throw invalidRequest('The URL is not supported.')
  if (request.method === 'PUT') return upsert(state, type, key, request)
  const id = idOf(state, type, key)
  if (id === undefined) throw missing(type, key)
  if (part !== undefined) return sublistAnswer(state, type, id, part, request)
  switch (request.method) {
    case 'GET':
      return recordView(state, type, id, request)
    case 'PATCH':
      return patch(state, type, id, request)
    case 'DELETE':
      if (!type.remove) throw permission()
      state.books.transaction(() => type.remove!(state, id))
      return { status: 204 }
    default:
      throw methodNotAllowed(request.method)
  }
}

function typeNamed(state: NetSuiteState, name: string): RecordType | undefined {
  return state.profile.types.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
}

/** `POST …/!transform/{target}` */
function transformed(
  state: NetSuiteState,
  type: RecordType,
  key: string,
  target: string,
  request: SandboxRequest,
): SandboxAnswer {
  const made = typeNamed(state, target)
  const way = TRANSFORMS.find(({ from, to }) => from === type.name && to === made?.name)
  if (!way || !made) throw ownLimit(`has no transform of ${type.name} to ${target}.`)
  if (request.method !== 'POST') throw methodNotAllowed(request.method)
  const id = idOf(state, type, key)
  if (id === undefined) throw missing(type, key)
  const values = bodyOf(state, made, request)
  return written(
    state,
    made,
    state.books.transaction(() => way.make(state, id, values)),
  )
}

/** What one task of a batch read finds: the record, or why there is none. */
function resultOf(state: NetSuiteState, type: RecordType, key: string, request: SandboxRequest): SandboxAnswer {
  const id = idOf(state, type, key)
  if (id !== undefined) return recordView(state, type, id, request)
  return errorAnswer(missing(type, key), state.profile.errorType)
}

/** The id for a path segment: an internal id or `eid:` and the external id. */
function idOf(state: NetSuiteState, type: RecordType, key: string): string | undefined {
  const id = key.startsWith('eid:') ? state.names.byExternalId(type.name, key.slice(4)) : key
  return id !== undefined && type.exists(state, id) ? id : undefined
}

function collectionAnswer(state: NetSuiteState, type: RecordType, request: SandboxRequest): SandboxAnswer {
  if (request.method === 'GET') return listView(state, type, request)
  if (request.method !== 'POST') throw methodNotAllowed(request.method)
  if (!type.create) throw permission()
  const values = bodyOf(state, type, request)
  if (values['id'] !== undefined && values['id'] !== null) throw invalidContent('id')
  const id = state.books.transaction(() => type.create!(state, values))
  if (!state.profile.answersWithRecord) return written(state, type, id)
  return { ...recordView(state, type, id, request), status: 201 }
}

function patch(state: NetSuiteState, type: RecordType, id: string, request: SandboxRequest): SandboxAnswer {
  if (!type.update) throw permission()
  const values = bodyOf(state, type, request)
  if (values['id'] !== undefined && values['id'] !== id) throw invalidContent('id')
  const replace = new Set((request.query.get('replace') ?? '').split(',').filter(Boolean))
  for (const name of replace) {
    if (type.fields[name]?.kind !== 'sublist') throw invalidParameter(`There is no sublist ${name}.`, 'replace')
  }
  state.books.transaction(() => type.update!(state, id, values, replace))
  return written(state, type, id)
}

/** PUT is an upsert, by external id only; the status does not tell which it was. */
function upsert(state: NetSuiteState, type: RecordType, key: string, request: SandboxRequest): SandboxAnswer {
  if (!key.startsWith('eid:')) throw invalidRequest('PUT needs an external ID in the URL: eid:<externalId>.')
  if (!type.create) throw permission()
  const id = idOf(state, type, key)
  if (id !== undefined) return patch(state, type, id, request)
  const externalId = key.slice(4)
  if (!EXTERNAL_ID.test(externalId)) throw invalidFieldValue(externalId, 'externalId')
  const values = bodyOf(state, type, request)
  if (values['externalId'] !== undefined && values['externalId'] !== externalId) {
    throw invalidContent('externalId')
  }
  return written(
    state,
    type,
    state.books.transaction(() => type.create!(state, { ...values, externalId })),
  )
}

function bodyOf(state: NetSuiteState, type: RecordType, request: SandboxRequest): Values {
  const header = request.headers['x-netsuite-propertynamevalidation'] ?? 'Warning'
  if (!['Error', 'Warning', 'Ignore'].includes(header)) {
    const detail = 'The value must be Error, Warning or Ignore.'
    throw new NetSuiteError(400, { code: 'INVALID_HEADER', detail, header: 'X-NetSuite-PropertyNameValidation' })
  }
  const contentType = request.headers['content-type'] ?? ''
  if (!/^application\/(json|vnd\.oracle\.resource\+json)\b/.test(contentType)) {
    throw new NetSuiteError(415, { code: 'INVALID_CONTENT', detail: CODED.INVALID_CONTENT })
  }
  return readBody(state, type.fields, request.body, header as NameValidation)
}

function written(state: NetSuiteState, type: RecordType, id: string): SandboxAnswer {
  return { status: 204, headers: { location: recordUrl(state, type.name, id) } }
}

function recordView(state: NetSuiteState, type: RecordType, id: string, request: SandboxRequest): SandboxAnswer {
  const options = viewOptions(request)
  const wanted = request.query
    .get('fields')
    ?.split(',')
    .map((name) => name.trim())
  for (const name of wanted ?? []) {
    const kind = type.fields[name]?.kind
    if (kind === undefined || kind === 'sublist') throw invalidParameter(`Field ${name} cannot be selected.`, 'fields')
  }
  const href = recordUrl(state, type.name, id)
  const view: Record<string, unknown> = { links: [selfLink(href)], id }
  for (const [name, field] of Object.entries(type.fields)) {
    if (wanted && !wanted.includes(name)) continue
    view[name] =
      field.kind === 'sublist'
        ? viewOfSublist(state, `${href}/${name}`, field.items ?? {}, () => type.lines(state, id, name), options)
        : viewOfValue(state, field, type.value(state, id, name), options)
  }
  return json('singular', view)
}

function sublistAnswer(
  state: NetSuiteState,
  type: RecordType,
  id: string,
  name: string,
  request: SandboxRequest,
): SandboxAnswer {
  const field = type.fields[name]
  if (field?.kind !== 'sublist' || request.method !== 'GET') throw notFound()
  const href = `${recordUrl(state, type.name, id)}/${name}`
  const lines = () => type.lines(state, id, name)
  const options = { ...viewOptions(request), expandSubResources: true }
  return json('collection', {
    ...(viewOfSublist(state, href, field.items ?? {}, lines, options) as object),
    hasMore: false,
  })
}

function listView(state: NetSuiteState, type: RecordType, request: SandboxRequest): SandboxAnswer {
  const limit = pageNumber(request, 'limit', 1000)
  const offset = pageNumber(request, 'offset', 0)
  if (limit < 1 || limit > 1000) throw invalidParameter('The limit must be from 1 to 1000.', 'limit')
  if (offset % limit !== 0) throw invalidParameter('The offset must be divisible by the limit.', 'offset')
  if (offset / limit >= 1000) throw invalidParameter('No more than 1000 pages can be read.', 'offset')
  const q = request.query.get('q')
  let ids = type.ids(state)
  if (q !== null) {
    const fits = compileQuery(state.profile.parseQuery(q, type.fields), type.fields)
    ids = ids.filter((id) => fits((field) => type.value(state, id, field)))
  }
  const page = ids.slice(offset, offset + limit)
  return json('collection', {
    links: pageLinks(recordUrl(state, type.name), q, limit, offset, ids.length),
    count: page.length,
    hasMore: offset + limit < ids.length,
    items: page.map((id) => ({ links: [selfLink(recordUrl(state, type.name, id))], id })),
    offset,
    totalResults: ids.length,
  })
}

function viewOptions(request: SandboxRequest): ViewOptions {
  return {
    expandSubResources: request.query.get('expandSubResources') === 'true',
    simpleEnumFormat: request.query.get('simpleEnumFormat') === 'true',
  }
}

/** A missing entity is a clean 404; a transaction id that is not of this type was seen as a 400. */
function missing(type: RecordType, key: string): NetSuiteError {
  const isTransaction = Object.values(RECORD_TYPE_OF).includes(type.name)
  return !isTransaction || key.startsWith('eid:') ? notFound() : userError('wrongType')
}

function unknownType(state: NetSuiteState, name: string): NetSuiteError {
  const url = recordUrl(state, name)
  return new NetSuiteError(404, { code: 'NONEXISTENT_ID', detail: worded(CODED.UNKNOWN_TYPE, { name }), url })
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw invalidRequest('The URL is malformed.')
  }
}
