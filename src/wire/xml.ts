/** XML both ways: an exact reader (every value stays the text it was) and an ordered writer. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'

/**
 * One element's content: its text, or its attributes (`@name`), its own text (`#`) and its children. Children are
 * always lists, so that one record and many look alike.
 */
export type XmlContent = string | XmlElement
export interface XmlElement {
  readonly [name: string]: string | readonly XmlContent[]
}

/** Not XML, or XML that this gateway does not take. */
export class MalformedXml extends Error {}

const TEXT = '#'
const ATTRIBUTE = '@'
// XML 1.0 production 2, the other way round; the surrogate halves are only allowed as pairs.
const ILLEGAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
// The names that the parser decodes; it leaves others as they are, and a name that nobody defined is not XML.
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|amp|lt|gt|quot|apos|nbsp|cent|pound|yen|euro|copy|reg);|&/gi
const CDATA = /<!\[CDATA\[[\s\S]*?\]\]>/g
/** What may follow the root: comments, processing instructions, whitespace. */
const EPILOGUE = /(?:<!--[\s\S]*?-->|<\?[\s\S]*?\?>|\s)+$/
const WHITESPACE_ONLY = /^[ \t\r\n]*$/

// The parser's own defaults turn 00123 into 123, leave &#233; alone and accept half a document.
const parser = new XMLParser({
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  htmlEntities: true,
  jPath: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  isArray: (_name: string, _path: unknown, _leaf: boolean, isAttribute: boolean) => !isAttribute,
})

export interface XmlDocument {
  readonly name: string
  readonly content: XmlContent
}

/** Reads one whole document. Whitespace-only text is kept in an element without children and dropped beside children. */
export function parseXml(xml: string): XmlDocument {
  if (/<!DOCTYPE/i.test(xml)) throw new MalformedXml('a document type is not taken')
  if (ILLEGAL.test(xml)) throw new MalformedXml('a character that XML does not allow')
  checkReferences(xml)
  const valid = XMLValidator.validate(xml)
  if (valid !== true) throw new MalformedXml(`${valid.err.msg} (line ${valid.err.line})`)
  const root = rootOf(parseTree(xml))
  if (!endsWith(xml, root.name)) throw new MalformedXml('something behind the root element')
  return root
}

/** The validator takes text behind the root, and the parser drops it. */
function endsWith(xml: string, name: string): boolean {
  const end = xml.slice(-4096).replace(EPILOGUE, '')
  return end.endsWith('/>') || new RegExp(`</${name.replaceAll('.', '\\.')}\\s*>$`).test(end)
}

function parseTree(xml: string): Record<string, unknown> {
  try {
    return parser.parse(xml) as Record<string, unknown>
  } catch (error) {
    throw new MalformedXml((error as Error).message)
  }
}

/** The validator takes a bare `&`, and references to characters that cannot be. */
function checkReferences(xml: string): void {
  if (!xml.includes('&')) return
  for (const [reference, digits, hexDigits] of xml.replace(CDATA, '').matchAll(REFERENCE)) {
    if (reference === '&') throw new MalformedXml('an ampersand that begins no reference')
    const code = digits ? Number(digits) : hexDigits ? Number.parseInt(hexDigits, 16) : null
    if (code !== null && (code > 0x10ffff || ILLEGAL.test(String.fromCodePoint(code)))) {
      throw new MalformedXml(`the reference ${reference}`)
    }
  }
}

/** The validator takes two roots. */
function rootOf(tree: Record<string, unknown>): XmlDocument {
  const { [TEXT]: _outside, ...roots } = tree
  const [root, ...others] = Object.entries(roots)
  const elements = root?.[1]
  if (!root || others.length > 0 || !Array.isArray(elements) || elements.length !== 1) {
    throw new MalformedXml('not exactly one root element')
  }
  return { name: root[0], content: tidy(elements[0] as XmlContent) }
}

function tidy(content: XmlContent): XmlContent {
  if (typeof content === 'string') return content
  const tidied: Record<string, string | readonly XmlContent[]> = {}
  const hasChildren = Object.values(content).some((value) => Array.isArray(value))
  for (const [name, value] of Object.entries(content)) {
    if (Array.isArray(value)) tidied[name] = (value as readonly XmlContent[]).map(tidy)
    else if (name !== TEXT || !hasChildren || !WHITESPACE_ONLY.test(value as string)) tidied[name] = value
  }
  return tidied
}

/** The children with this name, whatever its case (Intacct writes `<APBILL>` and `<apbill>`). */
export function childrenOf(content: XmlContent | undefined, name: string): readonly XmlContent[] {
  if (content === undefined || typeof content === 'string') return []
  const exact = content[name]
  if (Array.isArray(exact)) return exact
  const wanted = name.toLowerCase()
  return Object.entries(content).flatMap(([key, value]) =>
    typeof value !== 'string' && key.toLowerCase() === wanted ? value : [],
  )
}

export const childOf = (content: XmlContent | undefined, name: string): XmlContent | undefined =>
  childrenOf(content, name)[0]

/** An element's own text; null when the element is not there. */
export function textOf(content: XmlContent | undefined): string | null {
  if (content === undefined) return null
  if (typeof content === 'string') return content
  const text = content[TEXT]
  return typeof text === 'string' ? text : ''
}

export function attributeOf(content: XmlContent | undefined, name: string): string | null {
  const value = typeof content === 'object' ? content[`${ATTRIBUTE}${name}`] : undefined
  return typeof value === 'string' ? value : null
}

/** Every child element with its name, in the order of their first appearance. */
export function elementsOf(content: XmlContent | undefined): readonly (readonly [string, XmlContent])[] {
  if (content === undefined || typeof content === 'string') return []
  return Object.entries(content).flatMap(([name, value]) =>
    typeof value === 'string' ? [] : value.map((one) => [name, one] as const),
  )
}

/** An element to write: name, text or children in order, attributes. */
export type XmlNode = readonly [
  name: string,
  content: string | readonly XmlNode[],
  attributes?: Readonly<Record<string, string>>,
]

const NAME = /^[A-Za-z_][\w.-]*$/
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader turns a bare carriage return into a line feed, and all of them in an attribute into spaces.
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}

function escaped(text: string, pattern: RegExp): string {
  if (ILLEGAL.test(text)) throw new TypeError('a character that XML does not allow')
  return text.replace(pattern, (character) => ESCAPES[character] as string)
}

/** Writes elements in exactly this order, without whitespace between them. */
export function renderXml(nodes: readonly XmlNode[]): string {
  return nodes.map(renderNode).join('')
}

function renderNode([name, content, attributes = {}]: XmlNode): string {
  if (!NAME.test(name)) throw new TypeError(`not the name of an element: ${name}`)
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value, /[&<>"\r\n\t]/g)}"`)
  const inner = typeof content === 'string' ? escaped(content, /[&<>\r]/g) : renderXml(content)
  return inner === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inner}</${name}>`
}

export const renderDocument = (root: XmlNode): string => `<?xml version="1.0" encoding="UTF-8"?>${renderXml([root])}`
