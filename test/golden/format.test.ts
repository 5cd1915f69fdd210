/** Folding is for people: what is on the wire must come back to the byte. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fold, parseGolden, printGolden, unfold } from './format.ts'

it('folds JSON and unfolds it to the same text', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(unfold(fold(json))).toBe(json)
    }),
  )
  expect(fold('{"a":[1.50,"b: {c}"],"d":{},"e":[]}')).toBe(
    '{\n  "a": [\n    1.50,\n    "b: {c}"\n  ],\n  "d": {},\n  "e": []\n}',
  )
})
it('keeps placeholders together, within strings and without', () => {
  const text = '{"params":[{id of customer},"{intent}"]}'
  expect(fold(text)).toBe('{\n  "params": [\n    {id of customer},\n    "{intent}"\n  ]\n}')
  expect(unfold(fold(text))).toBe(text)
})
it('folds XML and unfolds it to the same text', () => {
  const text = '<?xml version="1.0"?><a b="1"><c>x &gt; y</c><d/><e></e><f><g>two  words </g></f></a>'
  expect(fold(text)).toBe(
    '<?xml version="1.0"?>\n<a b="1">\n  <c>x &gt; y</c>\n  <d/>\n  <e></e>\n  <f>\n    <g>two  words </g>\n  </f>\n</a>',
  )
  expect(unfold(fold(text))).toBe(text)
})
it('leaves alone what it could not put together again', () => {
  for (const text of ['<?xml version="1.0"?><a>\n  <b/></a>', '{ "spaced": 1 }', 'a=b&c=d', '<html>\n<p>'])
    expect(fold(text)).toBe(text)
})
it('reads what it writes', () => {
  const golden = {
    comments: ['# source: none'],
    blocks: [
      { mark: '>>>', title: 'POST /x', headers: { a: 'b: c' }, body: '{"a":1}' },
      { mark: '<<<', title: '204', headers: {}, body: '' },
    ],
  } as const
  expect(parseGolden(printGolden(golden))).toEqual(golden)
})
