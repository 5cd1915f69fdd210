/** What a metadata catalog says of a record type: its properties with their types, and which of them `q` may name. */
import type { FieldType } from '../../../schemas/object-definition.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { isObject } from './values.ts'

/** What the catalog says of a property, as far as it is used. */
export interface Property {
  readonly title?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly readOnly?: boolean
  readonly properties?: Readonly<Record<string, Property>>
  readonly items?: Property
  readonly $ref?: string
  readonly 'x-ns-custom-field'?: boolean
  readonly 'x-ns-filterable'?: unknown
}

/** By a closed grammar: what a catalog says in another way says nothing. Lists of properties may be of any depth. */
export function readProperty(value: unknown): Property {
  if (!isObject(value)) return {}
  const { title, type, format, enum: words, readOnly, properties, items, $ref } = value
  return {
    ...(typeof title === 'string' && { title }),
    // What the format is not known of, the type is not known of.
    ...(typeof type === 'string' && (format === undefined || typeof format === 'string') && { type }),
    ...(typeof format === 'string' && { format }),
    ...(Array.isArray(words) && { enum: words.filter((word) => typeof word === 'string' || typeof word === 'number') }),
    ...(readOnly === true && { readOnly }),
    ...(isObject(properties) && { properties: readProperties(properties) }),
    ...(items !== undefined && { items: readProperty(items) }),
    ...(typeof $ref === 'string' && { $ref }),
    ...(value['x-ns-custom-field'] === true && { 'x-ns-custom-field': true }),
    'x-ns-filterable': value['x-ns-filterable'],
  }
}
export const readProperties = (properties: unknown): Readonly<Record<string, Property>> =>
  isObject(properties)
    ? Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, readProperty(one)]))
    : {}

/** A record type of one account. */
export interface RecordShape {
  /** By name; members of sublists with the sublist's name before them, as `apply.disc`. */
  readonly types: Readonly<Record<string, FieldType>>
  readonly filterable: readonly string[]
}

/** In the catalog references, enumerations, subrecords and sublists are all objects. */
export function typeOf(property: Property): FieldType {
  const { type, format, properties, $ref } = property
  const target = $ref === undefined ? null : targetOf($ref)
  if (target !== null) return /Collection$/.test(target) ? 'list' : target.includes('-') ? 'object' : 'reference'
  if (type === 'array' || properties?.['items']) return 'list'
  if (properties?.['id']?.enum || property.enum) return 'choice'
  if (properties?.['id'] && properties['refName']) return 'reference'
  if (type === 'object') return 'object'
  if (type === 'boolean' || type === 'integer') return type
  if (type === 'number') return 'decimal'
  if (type !== 'string') return 'unknown'
  return format === 'date' ? 'date' : format === 'date-time' ? 'instant' : 'text'
}
export const targetOf = ($ref: string): string => $ref.split('/').at(-1) ?? ''

/** Reads either form of the catalog: a JSON schema, or the OpenAPI document that holds it among its components. */
export function shapeOf(document: VendorRecord, type: string): RecordShape | null {
  const written = isObject(document['components']) ? document['components']['schemas'] : undefined
  const components = written === undefined ? undefined : readProperties(written)
  const root = components === undefined ? readProperty(document) : components[type]
  if (root?.properties === undefined || Object.keys(root.properties).length === 0) return null
  const types: Record<string, FieldType> = {}
  for (const [name, property] of Object.entries(root.properties)) {
    types[name] = typeOf(property)
    if (types[name] !== 'list') continue
    for (const [member, one] of Object.entries(membersOf(property, components ?? {})))
      types[`${name}.${member}`] = typeOf(one)
  }
  const filterable = root['x-ns-filterable']
  return { types, filterable: Array.isArray(filterable) ? filterable.map(String) : [] }
}

/** The fields of a sublist's lines, written in place or among the components. */
function membersOf(list: Property, components: Readonly<Record<string, Property>>): Readonly<Record<string, Property>> {
  const followed = (property: Property | undefined) =>
    property?.$ref === undefined ? property : components[targetOf(property.$ref)]
  const collection = followed(list)
  const items = followed(collection?.items ?? collection?.properties?.['items'])
  return followed(items?.items ?? items)?.properties ?? {}
}
