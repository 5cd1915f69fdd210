/** XML both ways, compared with another parser that is strict (saxes). */
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
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

/** The same tree as ours, from saxes. */
function bySaxes(xml: string): XmlContent {
  interface Open {
    name: string
    attributes: [string, string][]
    text: string
    children: [string, XmlContent][]
  }
  const root: Open = { name: '', attributes: [], text: '', children: [] }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    open.push({ name, attributes: Object.entries(attributes) as [string, string][], text: '', children: [] })
  })
  const addText = (text: string) => {
    open.at(-1)!.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const done = open.pop()!
    open.at(-1)!.children.push([done.name, contentOf(done)])
  })
  parser.write(xml).close()
  return root.children[0]![1]

  function contentOf({ attributes, text, children }: Open): XmlContent {
    if (attributes.length === 0 && children.length === 0) return text
    const content: Record<string, string | XmlContent[]> = {}
    for (const [name, value] of attributes) content[`@${name}`] = value
    for (const [name, child] of children) {
      const list = content[name]
      if (Array.isArray(list)) list.push(child)
      else content[name] = [child]
    }
    if (text !== '' && !(children.length > 0 && /^[ \t\r\n]*$/.test(text))) content['#'] = text
    return content
  }
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
  it('reads what was written as saxes reads it', () => {
    fc.assert(
      fc.property(node, (root) => {
        const xml = renderDocument(root)
        const { name: rootName, content } = parseXml(xml)
        expect(rootName).toBe(root[0])
        expect(content).toEqual(bySaxes(xml))
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
