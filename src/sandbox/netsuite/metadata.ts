/** The metadata catalog: each record type's JSON schema, written from the sandbox's field lists. */
import type { SandboxAnswer, SandboxRequest } from '../server.ts'
import { NetSuiteError } from './errors.ts'
import { type Field, type FieldTable, labelOf } from './fields.ts'
import type { RecordType } from './record-type.ts'
import { recordUrl } from './record-view.ts'
import type { NetSuiteState } from './state.ts'
import { CODED, worded } from './words.ts'

export function metadataAnswer(
  state: NetSuiteState,
  types: readonly RecordType[],
  request: SandboxRequest,
  rest: readonly string[],
): SandboxAnswer {
  const base = `${state.url}/services/rest/record/v1/metadata-catalog`
  const name = rest[0]
  if (name === undefined || name === '') {
    const wanted = request.query.get('select')?.toLowerCase().split(',')
    const items = types
      .filter((type) => !wanted || wanted.includes(type.name.toLowerCase()))
      .map((type) => ({ name: type.name, links: catalogLinks(state, base, type.name) }))
    return schemaAnswer('application/json', { items })
  }
  if (name === 'nsLink') return schemaAnswer('application/schema+json', { ...LINK_SCHEMA, $schema: DRAFT })
  const type = types.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
  if (!type) {
    const detail = worded(CODED.UNKNOWN_TYPE, { name })
    throw new NetSuiteError(404, { code: 'NONEXISTENT_ID', detail, url: `${base}/${name}` })
  }
  const { properties } = objectSchema(type.fields)
  const schema = {
    ...{ type: 'object', properties: { ...properties, links: LINKS } },
    ...{ 'x-ns-filterable': filterable(type.fields), $schema: DRAFT },
  }
  const accept = request.headers['accept'] ?? ''
  if (!accept.includes('application/swagger+json')) return schemaAnswer('application/schema+json', schema)
  const document = {
    openapi: '3.0.1',
    info: { title: 'NetSuite REST Record API', version: 'v1' },
    paths: {},
    components: { schemas: { [type.name]: schema } },
  }
  return schemaAnswer('application/swagger+json', document)
}

/** As Oracle help section_1545129726 and section_1540810174 show them; references and rows inline, as public clients read them. */
const DRAFT = 'https://json-schema.org/draft-06/hyper-schema#'
const LINK_SCHEMA = {
  type: 'object',
  properties: {
    rel: { title: 'Relationship', type: 'string', readOnly: true },
    href: { title: 'Hypertext Reference', type: 'string', readOnly: true },
  },
}
const LINKS = {
  ...{ title: 'Links', type: 'array', readOnly: true },
  items: { $ref: '/services/rest/record/v1/metadata-catalog/nsLink' },
}

function catalogLinks(state: NetSuiteState, base: string, name: string) {
  const href = `${base}/${name}`
  const kinds = ['json', 'swagger+json', 'schema+json'].map((kind) => `application/${kind}`)
  return [
    ...kinds.map((mediaType, at) => ({ rel: at === 0 ? 'canonical' : 'alternate', href, mediaType })),
    { rel: 'describes', href: recordUrl(state, name) },
  ]
}

function schemaAnswer(contentType: string, value: unknown): SandboxAnswer {
  return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(value) }
}

function filterable(fields: FieldTable): string[] {
  return Object.keys(fields).filter((name) => fields[name]!.filterable)
}

function objectSchema(fields: FieldTable) {
  const properties = Object.entries(fields).map(([name, field]) => [name, fieldSchema(name, field)])
  return { type: 'object', properties: Object.fromEntries(properties) as Record<string, unknown> }
}

function fieldSchema(name: string, field: Field): unknown {
  const common = {
    title: labelOf(name, field),
    nullable: true,
    ...(field.readOnly && { readOnly: true }),
    ...(name.startsWith('cust') && name.includes('_') && { 'x-ns-custom-field': true }),
  }
  switch (field.kind) {
    case 'text':
      return { ...common, type: 'string', ...(field.maxLength !== undefined && { maxLength: field.maxLength }) }
    case 'boolean':
      return { ...common, type: 'boolean' }
    case 'double':
      return { ...common, type: 'number', format: 'double' }
    case 'integer':
      return { ...common, type: 'integer', format: 'int64' }
    case 'date':
    case 'date-time':
      return { ...common, type: 'string', format: field.kind }
    case 'enum': {
      const id = { type: 'string', enum: Object.keys(field.values ?? {}) }
      return { ...common, type: 'object', properties: { id, refName: { type: 'string' } } }
    }
    case 'reference': {
      const text = { type: 'string' }
      return { ...common, type: 'object', properties: { id: text, refName: text, externalId: text, links: LINKS } }
    }
    case 'subrecord':
      return { ...common, ...objectSchema(field.items ?? {}) }
    case 'sublist': {
      const items = { type: 'array', items: objectSchema(field.items ?? {}) }
      return { ...common, type: 'object', properties: { items } }
    }
  }
}
