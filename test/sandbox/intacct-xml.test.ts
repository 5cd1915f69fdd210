/** The sandbox's parser against saxes, a strict XML parser that it does not use. */
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { escaped, spread } from '../../src/sandbox/intacct/markup.ts'
import { parseXml, type XmlElement } from '../../src/sandbox/intacct/xml.ts'

interface Node {
  name: string
  attributes: Record<string, string>
  children: Node[]
  text: string
}

function witness(source: string): Node {
  const parser = new SaxesParser({ xmlns: false })
  const open: Node[] = []
  let root: Node | undefined
  let failure: Error | undefined
  parser.on('error', (error) => {
    failure ??= error
  })
  parser.on('doctype', () => {
    failure ??= new Error('doctype')
  })
  parser.on('opentag', (tag) => {
    const node: Node = {
      name: tag.name,
      attributes: { ...tag.attributes } as Record<string, string>,
      children: [],
      text: '',
    }
    if (open.length > 0) open.at(-1)!.children.push(node)
    else root = node
    open.push(node)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const addText = (text: string) => {
    if (open.length > 0) open.at(-1)!.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(source).close()
  if (failure) throw failure
  return root!
}

function outcome(parse: (source: string) => Node | XmlElement, source: string): unknown {
  try {
    return parse(source)
  } catch {
    return 'refused'
  }
}

const PIECES = [
  ...[
    '<a>',
    '</a>',
    '<a/>',
    '<b x="1">',
    '</b>',
    '<A.B>',
    '</A.B>',
    '<c x="&lt;"/>',
    "<c y='\"'/>",
    '<c x="1" x="2"/>',
    '<c x=1/>',
    '<c x="<"/>',
  ],
  ...[
    'text',
    ' ',
    '\r\n',
    '\r',
    '\t',
    '&amp;',
    '&lt;',
    '&#65;',
    '&#x1F600;',
    '&#0;',
    '&nbsp;',
    '&',
    '&#13;',
    '>',
    ']]>',
    '"',
    "'",
    '\u0001',
    '😀',
  ],
  ...[
    '<![CDATA[<&]]>',
    '<![CDATA[]]>',
    '<!--c-->',
    '<!--a--b-->',
    '<!---->',
    '<?pi x?>',
    '<?xml version="1.0"?>',
    '<!DOCTYPE a>',
    '<',
    '</',
    '<1/>',
  ],
]

describe('the strict parser', () => {
  it('accepts and refuses what saxes does, and reads the same', () => {
    const inner = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((parts) => parts.join(''))
    const documents = fc.oneof(
      inner,
      inner.map((text) => `<r>${text}</r>`),
      inner.map((text) => `<?xml version="1.0" encoding="UTF-8"?>\n<r><a>${text}</a></r>\n<!--end-->`),
    )
    fc.assert(
      fc.property(documents, (source) => {
        expect({ source, is: outcome(parseXml, source) }).toEqual({ source, is: outcome(witness, source) })
      }),
      { numRuns: 3000, seed: 7 },
    )
  })

  it.each([
    ['two roots', '<a/><b/>'],
    ['text after the root', '<a/>x'],
    ['a document type', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
    ['half a document', '<a><b>'],
    ['nothing', ''],
    ['a page of HTML', '<!doctype html><html><body><p>x</body></html>'],
    ['a lone surrogate', `<a>\uD800</a>`],
  ])('refuses %s', (_name, source) => {
    expect(() => parseXml(source)).toThrow()
  })

  it('keeps what it writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text))
        expect(parseXml(`<a>${escaped(text)}</a>`).text).toBe(text)
      }),
    )
  })

  it('breaks lines between tags and never inside a value', () => {
    const markup = '<a><b></b><c> x </c><d/><e><f>1</f></e></a>'
    expect(spread(markup)).toBe('<a>\n<b></b>\n<c> x </c>\n<d/>\n<e>\n<f>1</f>\n</e>\n</a>')
  })
})
