/** XML both ways: an exact reader (every value stays the text it was) and an ordered writer. */
import { SaxesParser } from 'saxes'

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
/** Names of HTML that texts of an ERP may carry; XML itself knows five. */
const NAMED_CHARACTERS = { nbsp: '\u00a0', cent: '¢', pound: '£', yen: '¥', euro: '€', copy: '©', reg: '®' }
const WHITESPACE_ONLY = /^[ \t\r\n]*$/

export interface XmlDocument {
  readonly name: string
  readonly content: XmlContent
}

/** An element that is still open. */
interface Open {
  readonly name: string
  /** Attributes and children; null as long as there are none. */
  members: Record<string, string | XmlContent[]> | null
  hasChildren: boolean
  text: string
}

/** Deeper than any document of an ERP; who walks through it does so by recursion. */
const DEPTH_LIMIT = 500
/** A page of 2,000 records with everything has less than half of it; millions would take seconds to walk through. */
const MOST_ELEMENTS = 1_000_000

/** Reads one whole, well-formed document. */
export function parseXml(xml: string): XmlDocument {
  const pieces = new XmlPieces()
  pieces.read(xml)
  return pieces.end()
}

/**
 * The reader, which takes a document in as many pieces as it comes in. Whitespace-only text is kept in an element without
 * children and dropped beside children. saxes and not fast-xml-parser: it takes only XML, and a fifth of the time (the
 * sandbox reads with the other).
 */
export class XmlPieces {
  readonly #parser = new SaxesParser({ position: false })
  readonly #open: Open[] = []
  #root: XmlDocument | null = null
  #elements = 0

  constructor() {
    const parser = this.#parser
    Object.assign(parser.ENTITIES, NAMED_CHARACTERS)
    parser.on('error', (error) => {
      throw new MalformedXml(error.message)
    })
    parser.on('doctype', () => {
      throw new MalformedXml('a document type is not taken')
    })
    parser.on('opentag', ({ name, attributes }) => this.#begin(name, attributes as Record<string, string>))
    const addText = (text: string) => {
      const element = this.#open.at(-1)
      if (element) element.text += text
    }
    parser.on('text', addText)
    parser.on('cdata', addText)
    parser.on('closetag', () => this.#finish())
  }

  read(piece: string): void {
    this.#parser.write(piece)
  }

  end(): XmlDocument {
    this.#parser.close()
    if (this.#root === null) throw new MalformedXml('no root element')
    return this.#root
  }

  #begin(name: string, attributes: Readonly<Record<string, string>>): void {
    const element: Open = { name, members: null, hasChildren: false, text: '' }
    for (const attribute in attributes) setMember(element, `${ATTRIBUTE}${attribute}`, attributes[attribute] as string)
    if (++this.#elements > MOST_ELEMENTS) throw new MalformedXml('it has more elements than a page of records')
    if (this.#open.push(element) > DEPTH_LIMIT) throw new MalformedXml('elements are nested too deep')
  }

  #finish(): void {
    const element = this.#open.pop() as Open
    const content = contentOf(element)
    const parent = this.#open.at(-1)
    if (parent) addChild(parent, element.name, content)
    else this.#root = { name: element.name, content }
  }
}

function setMember(element: Open, name: string, value: string | XmlContent[]): void {
  if (name === '__proto__') throw new MalformedXml('a name that is none')
  element.members ??= {}
  element.members[name] = value
}

function addChild(parent: Open, name: string, content: XmlContent): void {
  const members = parent.members
  const others = members && Object.hasOwn(members, name) ? members[name] : undefined
  if (Array.isArray(others)) others.push(content)
  else setMember(parent, name, [content])
  parent.hasChildren = true
}

function contentOf({ members, hasChildren, text }: Open): XmlContent {
  if (members === null) return text
  if (text !== '' && !(hasChildren && WHITESPACE_ONLY.test(text))) members[TEXT] = text
  return members
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
  const found: [string, XmlContent][] = []
  // A plain loop: this walks every field of every record.
  for (const name in content) {
    const value = content[name] as string | readonly XmlContent[]
    if (typeof value !== 'string') for (const one of value) found.push([name, one])
  }
  return found
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
