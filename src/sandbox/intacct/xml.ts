/** Reads one XML document strictly: what a validating parser of the vendor would refuse is refused here. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** One element: children in document order, text exactly as sent (CDATA and references resolved). */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** All text directly inside, joined; for an element with children normally white space. */
  readonly text: string
}

export class XmlError extends Error {}

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  jPath: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

/** Characters that no XML 1.0 document may hold; `u` makes a lone surrogate one of them. */
const ILLEGAL_CHARACTER = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
const TOKEN =
  /<!--(?<comment>[\s\S]*?)-->|<!\[CDATA\[(?<cdata>[\s\S]*?)\]\]>|<\?(?<instruction>[\s\S]*?)\?>|<(?<tag>\/?(?:[^<>"'!?]|"[^"<]*"|'[^'<]*')(?:[^<>"']|"[^"<]*"|'[^'<]*')*)>|(?<text>[^<]+)/y
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,8})|#x([0-9a-fA-F]{1,7}));/g
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export function parseXml(source: string): XmlElement {
  const document = source.startsWith('\uFEFF') ? source.slice(1) : source
  if (ILLEGAL_CHARACTER.test(document)) throw new XmlError('PCDATA invalid Char value.')
  checkTokens(document)
  const verdict = XMLValidator.validate(document)
  if (verdict !== true) throw new XmlError(`${verdict.err.msg} Line: ${verdict.err.line}, column: ${verdict.err.col}.`)
  let nodes: OrderedNode[]
  try {
    nodes = PARSER.parse(document) as OrderedNode[]
  } catch (error) {
    throw new XmlError(error instanceof Error ? error.message : String(error))
  }
  const roots = nodes.map(elementOf).filter((element) => element !== null)
  if (roots.length !== 1) throw new XmlError('Extra content at the end of the document.')
  return roots[0]!
}

/** fast-xml-parser lets these pass: DOCTYPE, text around the root, undefined entities, `]]>` and `--` where they may not be. */
function checkTokens(document: string): void {
  let depth = 0
  let rootSeen = false
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex
    const groups = TOKEN.exec(document)?.groups
    if (!groups) throw new XmlError(`StartTag: invalid element name. Offset: ${at}.`)
    if (groups['text'] !== undefined) {
      if (depth === 0 && groups['text'].trim() !== '') throw new XmlError('Extra content at the end of the document.')
      if (groups['text'].includes(']]>')) throw new XmlError("Sequence ']]>' not allowed in content.")
      checkReferences(groups['text'])
    } else if (groups['tag'] !== undefined) {
      checkReferences(groups['tag'])
      if (depth === 0 && rootSeen) throw new XmlError('Extra content at the end of the document.')
      rootSeen = true
      if (groups['tag'].startsWith('/')) depth -= 1
      else if (!groups['tag'].endsWith('/')) depth += 1
    } else if (groups['comment'] !== undefined) checkComment(groups['comment'])
    else if (groups['cdata'] !== undefined && depth === 0) throw new XmlError('CDATA outside the document element.')
    else if (groups['instruction'] !== undefined) checkInstruction(groups['instruction'], at)
  }
}

function checkComment(text: string): void {
  if (text.includes('--') || text.endsWith('-')) throw new XmlError('Comment must not contain "--" (double-hyphen).')
}

function checkInstruction(text: string, offset: number): void {
  if (!/^[A-Za-z_][\w.-]*(?:\s|$)/.test(text)) throw new XmlError('xmlParsePI: no target name.')
  if (/^xml(?:\s|$)/i.test(text) && (offset !== 0 || !/^xml\s+version\s*=/.test(text))) {
    throw new XmlError('XML declaration allowed only at the start of the document.')
  }
}

function checkReferences(text: string): void {
  if (!text.includes('&')) return
  const rest = text.replace(REFERENCE, (whole, _name, decimal, hexadecimal) => {
    if (decimal === undefined && hexadecimal === undefined) return ''
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal)
    const legal = code <= 0x10ffff && !ILLEGAL_CHARACTER.test(String.fromCodePoint(code))
    return legal ? '' : whole
  })
  if (rest.includes('&')) throw new XmlError('xmlParseEntityRef: no name, or entity not defined.')
}

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (_whole, name, decimal, hexadecimal) =>
    name === undefined
      ? String.fromCodePoint(decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal))
      : NAMED[name]!,
  )
}

/** fast-xml-parser's ordered form: one key with the content, `:@` with the attributes. */
type OrderedNode = Record<string, OrderedNode[] | string | Record<string, string>>

/** Null for text, which the caller reads itself. */
function elementOf(node: OrderedNode): XmlElement | null {
  const name = Object.keys(node).find((key) => key !== ':@')
  if (name === undefined || name === '#text' || name === '#cdata' || name.startsWith('?')) return null
  const content = node[name] as OrderedNode[]
  let text = ''
  const children: XmlElement[] = []
  for (const part of content) {
    const plain = part['#text']
    const cdata = part['#cdata']
    if (typeof plain === 'string') text += decoded(plain)
    else if (Array.isArray(cdata)) text += cdata.map((piece) => String(piece['#text'] ?? '')).join('')
    else {
      const child = elementOf(part)
      if (child) children.push(child)
    }
  }
  return { name, attributes: attributesOf(node), children, text }
}

function attributesOf(node: OrderedNode): Record<string, string> {
  const raw = (node[':@'] ?? {}) as Record<string, string>
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, decoded(value.replace(/[\t\n\r]/g, ' '))]),
  )
}

/** The first child of that name, if any. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name)
}

/** The text of the first child of that name; undefined when there is none. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return childOf(element, name)?.text
}
