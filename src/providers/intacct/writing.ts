/** Function bodies out of flat, dotted fields. */
import { nest } from '../../mapping/mapping.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { FunctionCall } from './envelope.ts'

/** Elements in the order in which the fields were given. */
export function elements(tree: Readonly<Record<string, unknown>>): readonly XmlNode[] {
  return Object.entries(tree).map(([name, value]) =>
    typeof value === 'object' && value !== null
      ? ([name, elements(value as Record<string, unknown>)] as const)
      : ([name, String(value ?? '')] as const),
  )
}

export const fieldElements = (flat: Readonly<Record<string, unknown>>): readonly XmlNode[] => elements(nest(flat))

/** Generic functions nest what reading shows dotted, and take their elements in any order. */
export const objectFunction = (
  name: 'create' | 'update',
  object: string,
  flat: Readonly<Record<string, unknown>>,
  more: readonly XmlNode[] = [],
): FunctionCall => [name, [[object, [...fieldElements(flat), ...more]]]]

export const customerFunction = (
  name: 'create' | 'update',
  flat: Readonly<Record<string, unknown>>,
  lists: readonly XmlNode[] = [],
): FunctionCall => objectFunction(name, 'CUSTOMER', flat, lists)

/** Generic functions delete by RECORDNO only. */
export const deleteFunction = (object: string, key: string): FunctionCall => [
  'delete',
  [
    ['object', object],
    ['keys', key],
  ],
]
