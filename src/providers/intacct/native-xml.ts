/** JSON as XML and back, for passthrough: `"@name"` is an attribute, `"#"` text beside attributes, a list repeats its element. */
import { fieldError, type GatewayError } from '../../errors.ts'
import { exactDigits } from '../../wire/json.ts'
import type { XmlContent, XmlElement, XmlNode } from '../../wire/xml.ts'

const NAME = /^[A-Za-z_][\w.-]*$/
/** Deeper than any function of the API. */
const DEPTH_LIMIT = 50

const refused = (pointer: string, detail: string): GatewayError => fieldError('invalid_request', pointer, detail)
const step = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** An element out of its JSON; members keep their order. */
export function elementOf(name: string, value: unknown, pointer: string, depth = 0): XmlNode {
  if (depth > DEPTH_LIMIT) throw refused('/body', `The body is nested more than ${DEPTH_LIMIT} levels deep.`)
  const plain = textOfScalar(value)
  if (plain !== null) return [name, plain]
  if (value === null || value === undefined) return [name, []]
  if (Array.isArray(value)) throw refused(pointer, 'A list repeats an element; it cannot hold or be a list itself.')
  const attributes: Record<string, string> = {}
  const children: XmlNode[] = []
  let text: string | null = null
  for (const [member, inner] of Object.entries(value)) {
    const at = `${pointer}/${step(member)}`
    if (member === '#') text = scalar(inner, at)
    else if (member.startsWith('@')) attributes[checkedName(member.slice(1), at)] = scalar(inner, at)
    else children.push(...elementsOf(checkedName(member, at), inner, at, depth + 1))
  }
  if (text !== null && children.length > 0) throw refused(pointer, '"#" stands beside attributes, not beside elements.')
  return [name, text ?? children, attributes]
}

const elementsOf = (name: string, value: unknown, pointer: string, depth: number): XmlNode[] =>
  Array.isArray(value)
    ? value.map((one, index) => elementOf(name, one, `${pointer}/${index}`, depth))
    : [elementOf(name, value, pointer, depth)]

function checkedName(name: string, pointer: string): string {
  if (!NAME.test(name)) throw refused(pointer, 'That cannot be the name of an element or attribute.')
  return name
}

function scalar(value: unknown, pointer: string): string {
  const text = value === null ? '' : textOfScalar(value)
  if (text === null) throw refused(pointer, 'Only text, a number or a boolean can stand here.')
  return text
}

/** Numbers keep the digits that they were written with. */
function textOfScalar(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return exactDigits(value)
}

/** An element as JSON in the same notation; only what is there twice becomes a list. */
export function jsonOf(content: XmlContent): unknown {
  if (typeof content === 'string') return content
  return membersOf(content, (elements) =>
    elements.length === 1 ? jsonOf(elements[0] as XmlContent) : elements.map(jsonOf),
  )
}

/** The same, but what is directly inside is always a list: one record and many look alike. */
export function recordsJsonOf(content: XmlContent): unknown {
  return typeof content === 'string' ? content : membersOf(content, (elements) => elements.map(jsonOf))
}

/** Attributes come first, as they do in XML. */
function membersOf(element: XmlElement, elements: (all: readonly XmlContent[]) => unknown): Record<string, unknown> {
  const members = Object.entries(element)
  const ordered = [
    ...members.filter(([name]) => name.startsWith('@')),
    ...members.filter(([name]) => !name.startsWith('@')),
  ]
  return Object.fromEntries(ordered.map(([name, value]) => [name, typeof value === 'string' ? value : elements(value)]))
}
