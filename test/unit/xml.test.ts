/** XML both ways, compared with another parser (fast-xml-parser, set up to keep every value). */
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import {
  childOf,
  childrenOf,
  MalformedXml,
  parseXml,
  renderDocument,
  textOf,
  type XmlContent,
  type XmlNode,
} from '../../src/wire/xml.ts'

const other = new XMLParser({
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  htmlEntities: true,
  jPath: false,
  trimValues: false,
  ignoreDeclaration: true,
  isArray: (_name: string, _path: unknown, _leaf: boolean, isAttribute: boolean) => !isAttribute,
})

/** The same tree as ours, from fast-xml-parser. */
function byFastXmlParser(xml: string): XmlContent {
  const [root] = Object.values(other.parse(xml) as Record<string, XmlContent[]>)
  return tidy(root?.[0] as XmlContent)
}

/** It keeps the whitespace between children, which means nothing. */
function tidy(content: XmlContent): XmlContent {
  if (typeof content === 'string') return content
  const hasChildren = Object.values(content).some((value) => Array.isArray(value))
  const kept = Object.entries(content).filter(
    ([name, value]) => name !== '#' || !hasChildren || !/^[ \t\r\n]*$/.test(value as string),
  )
  return Object.fromEntries(kept.map(([name, value]) => [name, Array.isArray(value) ? value.map(tidy) : value]))
}

// Names that JavaScript objects have are refused or renamed by the parser; no ERP uses them.
const name = fc.constantFrom('a', 'CUSTOMER', 'DISPLAYCONTACT.EMAIL1', 'x-y', '_z', 'data')
const isLegal = (character: string): boolean => {
  const code = character.codePointAt(0) as number
  return code >= 0x20 ? code !== 0xfffe && code !== 0xffff : [9, 10, 13].includes(code)
}
const legal = (value: string) => [...value].every(isLegal) && !/\p{Surrogate}/u.test(value)
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      ']]>',
      ' x ',
      '\r\n',
      '\t',
      '&amp;',
      '&#233;',
      '<a/>',
      '0012',
      '1e5',
      '\'"',
      '   ',
      '',
      '__proto__',
    ),
  )
  .filter(legal)
const attributes = fc.dictionary(fc.constantFrom('key', 'controlid'), text, { maxKeys: 2 })
const { node } = fc.letrec<{ node: XmlNode }>((tie) => ({
  node: fc.tuple(name, fc.oneof({ maxDepth: 4 }, text, fc.array(tie('node'), { maxLength: 4 })), attributes),
}))

describe('parseXml', () => {
  it('reads what was written as another parser reads it', () => {
    fc.assert(
      fc.property(node, (root) => {
        const xml = renderDocument(root)
        const { name: rootName, content } = parseXml(xml)
        expect(rootName).toBe(root[0])
        expect(content).toEqual(byFastXmlParser(xml))
      }),
      { numRuns: 500 },
    )
  })

  it('gives back every legal text', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(textOf(parseXml(renderDocument(['a', value])).content)).toBe(value)
      }),
      { numRuns: 1000 },
    )
  })

  it('reads CDATA, references and comments', () => {
    const xml =
      '<?xml version="1.0"?>\n<r><!-- c --><a><![CDATA[x]]]]><![CDATA[>&amp;]]></a><b>&#233;&#x1F600;&lt;&amp;amp;</b>\n</r>\n'
    expect(parseXml(xml).content).toEqual({ a: ['x]]>&amp;'], b: ['é😀<&amp;'] })
  })

  it('keeps values as text, one child as a list, and whitespace only where there are no children', () => {
    const xml = '<r>\n  <a>00123</a><b>1.50</b><c>true</c><d>  </d><e/><f n="007">x </f>\n</r>'
    expect(parseXml(xml).content).toEqual({
      a: ['00123'],
      b: ['1.50'],
      c: ['true'],
      d: ['  '],
      e: [''],
      f: [{ '@n': '007', '#': 'x ' }],
    })
  })

  it.each([
    '',
    'not xml',
    '<a>',
    '<a',
    '<a></b>',
    '<a><b></a></b>',
    '<a/>junk',
    '<a></a>junk',
    '<a/><b/>',
    '<a/><a/>',
    'junk<a/>',
    '<a>x & y</a>',
    '<a>&undefined;</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>\u0001</a>',
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<html><body>Service unavailable<br></body></html>',
  ])('refuses %j', (xml) => {
    expect(() => parseXml(xml)).toThrow(MalformedXml)
  })

  it('finds children whatever the case of their names', () => {
    const { content } = parseXml('<r><arpymtdetail>1</arpymtdetail><ARPYMTDETAIL>2</ARPYMTDETAIL></r>')
    expect(childrenOf(content, 'Arpymtdetail')).toEqual(['1', '2'])
    expect(childOf(content, 'none')).toBeUndefined()
  })
})

describe('renderDocument', () => {
  it('keeps the order of elements', () => {
    expect(
      renderDocument([
        'r',
        [
          ['2', 'x'],
          ['1', 'y'],
        ].map(([key, value]) => [`e${key}`, value!] as const),
      ]),
    ).toBe('<?xml version="1.0" encoding="UTF-8"?><r><e2>x</e2><e1>y</e1></r>')
  })

  it('refuses what XML cannot hold', () => {
    for (const value of ['\u0000', '\u001f', '\uffff', '\ud800', 'x\udc00y'])
      expect(() => renderDocument(['a', value])).toThrow(TypeError)
    for (const bad of ['', '1a', 'a b', 'a>', 'ä']) expect(() => renderDocument([bad, ''])).toThrow(TypeError)
  })
})
