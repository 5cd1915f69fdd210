/** The metadata catalog: each record type's JSON schema, written from the sandbox's field lists. */
import type { SandboxAnswer, SandboxRequest } from '../server.ts'
import { NetSuiteError } from './errors.ts'
import { type Field, type FieldTable, labelOf } from './fields.ts'
import type { RecordType } from './record-type.ts'
import { selfLink } from './record-view.ts'
import type { NetSuiteState } from './state.ts'

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
      .map((type) => ({ name: type.name, links: [{ ...selfLink(`${base}/${type.name}`), rel: 'canonical' }] }))
    return schemaAnswer('application/json', { items })
  }
  const type = types.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
  if (!type) {
    const detail = `Record type '${name}' does not exist.`
    throw new NetSuiteError(404, { code: 'NONEXISTENT_ID', detail, url: `${base}/${name}` })
  }
  const schema = { ...objectSchema(type.fields), 'x-ns-filterable': filterable(type.fields) }
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

function schemaAnswer(contentType: string, value: unknown): SandboxAnswer {
  return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(value) }
}

function filterable(fields: FieldTable): string[] {
  return Object.keys(fields).filter((name) => fields[name]!.filterable)
}

function objectSchema(fields: FieldTable): Record<string, unknown> {
  const properties = Object.entries(fields).map(([name, field]) => [name, fieldSchema(name, field)])
  return { type: 'object', properties: Object.fromEntries(properties) }
}

function fieldSchema(name: string, field: Field): Record<string, unknown> {
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
      return { ...common, type: 'object', properties: { id: text, refName: text, externalId: text } }
    }
    case 'subrecord':
      return { ...common, ...objectSchema(field.items ?? {}) }
    case 'sublist': {
      const items = { type: 'array', items: objectSchema(field.items ?? {}) }
      return { ...common, type: 'object', properties: { items } }
    }
  }
}
