/** The fields of a company, out of `lookup`: what can be queried, custom fields among them. */
import type {
  FieldType,
  ObjectDefinition,
  ObjectField,
  ObjectKind,
  ObjectRelationship,
} from '../../../schemas/object-definition.ts'
import { fieldAt } from '../../mapping/describe.ts'
import type { Row } from '../../mapping/mapping.ts'
import { childOf, childrenOf, textOf, type XmlContent } from '../../wire/xml.ts'
import type { Desk } from './account.ts'

const OBJECTS: Readonly<Record<ObjectKind, string>> = {
  customer: 'CUSTOMER',
  payment: 'ARPYMT',
  invoice: 'ARINVOICE',
  'email-template': 'CUSTOMEREMAILTEMPLATE',
}
/** DATATYPE as recorded lookups have it. */
const TYPES: Readonly<Record<string, FieldType>> = {
  BOOLEAN: 'boolean',
  INTEGER: 'integer',
  SEQUENCE: 'integer',
  DECIMAL: 'decimal',
  NUMBER: 'decimal',
  CURRENCY: 'decimal',
  PERCENT: 'decimal',
  DATE: 'date',
  TIMESTAMP: 'instant',
  DATETIME: 'instant',
  ENUM: 'choice',
  TEXT: 'text',
}

export async function getObjectDefinition(desk: Desk, kind: ObjectKind): Promise<ObjectDefinition> {
  const { data } = await desk.client.lookup(OBJECTS[kind])
  const type = childOf(data, 'Type')
  const mapping = mappingOf(desk, kind)
  const found = childrenOf(childOf(type, 'Fields'), 'Field')
  const named = found.filter((field) => (textOf(childOf(field, 'ID'))?.trim() ?? '') !== '')
  const nameless = found.length - named.length
  return {
    kind,
    fields: named.map((field) => fieldOf(kind, mapping, field)),
    relationships: childrenOf(childOf(type, 'Relationships'), 'Relationship').map(relationshipOf),
    ...(nameless > 0 && {
      warnings: [{ pointer: '/fields', code: 'garbled', detail: `${nameless} fields without a name: left out.` }],
    }),
  }
}

function mappingOf(desk: Desk, kind: ObjectKind): object {
  return kind === 'email-template' ? EMAIL_TEMPLATE : desk.mappings[kind]
}
const place = (path: string) => ({ kind: 'at', paths: [path], access: 'read-write' })
/** The whole record: `schemas/email-template.ts` and nothing beside it. */
const EMAIL_TEMPLATE = {
  customer: place('CUSTOMERID'),
  template: place('EMAILTEMPLATENAME'),
  documentType: place('DOCPARID'),
}
/** What an id of this API is made of. */
const NATIVE_ID: Readonly<Record<ObjectKind, string>> = {
  customer: 'CUSTOMERID',
  payment: 'RECORDNO',
  invoice: 'RECORDNO',
  'email-template': 'RECORDNO',
}

function fieldOf(kind: ObjectKind, mapping: object, content: XmlContent): ObjectField {
  const text = (name: string) => textOf(childOf(content, name))?.trim() ?? ''
  const is = (name: string) => text(name).toLowerCase() === 'true'
  const vendorName = text('ID')
  const words = childrenOf(childOf(content, 'VALIDVALUES'), 'VALIDVALUE').flatMap((value) => textOf(value) ?? [])
  const values = [...new Set(words)]
  const custom = is('ISCUSTOM')
  const name = nameOf(kind, mapping, vendorName, custom)
  const row = (mapping as Readonly<Record<string, Row<unknown>>>)[name]
  return {
    name,
    vendorName,
    label: text('LABEL') || null,
    type: values.length > 0 ? 'choice' : (TYPES[text('DATATYPE').toUpperCase()] ?? 'unknown'),
    required: is('REQUIRED'),
    readOnly: is('READONLY') || (row !== undefined && row.kind !== 'absent' && row.access === 'read-only'),
    custom,
    ...(values.length > 0 && { values }),
  }
}

function nameOf(kind: ObjectKind, mapping: object, vendorName: string, custom: boolean): string {
  const field = fieldAt(mapping, vendorName)
  if (field !== null) return field
  if (vendorName === NATIVE_ID[kind]) return 'nativeId'
  return `${custom ? 'customFields' : 'vendorFields'}.${vendorName}`
}

function relationshipOf(content: XmlContent): ObjectRelationship {
  const text = (name: string) => textOf(childOf(content, name))?.trim() || null
  return { name: text('OBJECTPATH') ?? text('OBJECTNAME') ?? '', object: text('OBJECTNAME'), key: text('RELATEDBY') }
}
