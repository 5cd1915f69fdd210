/** The fields of an account, out of its metadata catalog (JSON Schema; Oracle help section_1546938065). */
import type {
  FieldType,
  ObjectDefinition,
  ObjectField,
  ObjectKind,
  ObjectRelationship,
} from '../../../schemas/object-definition.ts'
import { GatewayError } from '../../errors.ts'
import { fieldAt } from '../../mapping/describe.ts'
import type { Row } from '../../mapping/mapping.ts'
import { type Property, readProperties, targetOf, typeOf } from './catalog.ts'
import { TABLES } from './reference-tables.ts'
import type { Session } from './session.ts'

const TYPES: Readonly<Record<Exclude<ObjectKind, 'email-template'>, string>> = {
  customer: 'customer',
  payment: 'customerPayment',
  invoice: 'invoice',
}
const CUSTOM = /^cust(entity|body)/

export async function getObjectDefinition(session: Session, kind: ObjectKind): Promise<ObjectDefinition> {
  if (kind === 'email-template')
    throw new GatewayError('not_supported', 'NetSuite assigns no e-mail templates to customers.', { applied: 'no' })
  await session.learn([kind])
  const mapping = session.mappings[kind]
  const schema = await session.client.metadata(TYPES[kind])
  const properties = Object.entries(readProperties(schema['properties']))
  // The catalog names what is required nowhere: the form decides. Should an account's schema do so, it is believed.
  const required = Array.isArray(schema['required']) ? new Set<unknown>(schema['required']) : null
  const known = properties.filter(([name]) => name !== 'links')
  return {
    kind,
    fields: known.flatMap(([name, property]) => fieldsOf(mapping, name, property, required)),
    relationships: known
      .filter(([, property]) => typeOf(property) === 'reference')
      .map(([name, property]) => relationshipOf(mapping, name, property)),
  }
}

/** A subrecord's fields stand beside it under dotted names; lines of a list do not. */
function fieldsOf(
  mapping: object,
  path: string,
  property: Property,
  required: ReadonlySet<unknown> | null,
): ObjectField[] {
  const type = typeOf(property)
  const name = nameOf(mapping, path, type)
  const row = rowOf(mapping, name)
  const values = (property.properties?.['id']?.enum ?? property.enum)?.map(String)
  const field: ObjectField = {
    name,
    vendorName: path,
    label: property.title ?? null,
    type,
    required: required?.has(path) ?? null,
    readOnly: property.readOnly === true || (row !== null && row.kind !== 'absent' && row.access === 'read-only'),
    custom: property['x-ns-custom-field'] === true || CUSTOM.test(path),
    ...(values && { values }),
  }
  const inner = type === 'object' ? Object.entries(property.properties ?? {}) : []
  return [field, ...inner.flatMap(([member, one]) => fieldsOf(mapping, `${path}.${member}`, one, null))]
}

function nameOf(mapping: object, path: string, type: FieldType): string | null {
  if (path === 'id') return 'nativeId'
  const field = fieldAt(mapping, path)
  if (field !== null) return field
  if (CUSTOM.test(path)) return `customFields.${path}`
  return type === 'list' ? null : `vendorFields.${path}`
}
const rowOf = (mapping: object, name: string | null): Row<unknown> | null =>
  (mapping as Readonly<Record<string, Row<unknown>>>)[name ?? ''] ?? null

function relationshipOf(mapping: object, name: string, property: Property): ObjectRelationship {
  const target = property.$ref === undefined ? null : targetOf(property.$ref)
  const row = rowOf(mapping, nameOf(mapping, name, 'reference'))
  const kind = row?.kind === 'at' ? row.codec.referenceKind : undefined
  const table = kind === undefined ? undefined : TABLES[kind as keyof typeof TABLES]?.table
  return { name, object: target === null || target === 'nsResource' ? (table ?? null) : target, key: name }
}
