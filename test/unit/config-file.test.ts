/** The configuration file as people write it: comments, trailing commas, a byte order mark; and where it is wrong. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { parseFile } from '../../src/config-file.ts'
import { PROVIDERS } from '../../src/providers/index.ts'

const parsed = (text: string) => parseFile(Buffer.from(text))
const folder = mkdtempSync(join(tmpdir(), 'config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const messageOf = (content: string | Buffer): string => {
  const path = join(folder, 'gateway.json')
  writeFileSync(path, content)
  try {
    loadConfig(path, {}, PROVIDERS)
    return 'accepted'
  } catch (error) {
    return (error as Error).message
  }
}
const fileOf = (keySha256: string) => `\uFEFF{
  // the ledger of the US
  "connections": { "us": {
    "provider": "netsuite", "accountId": "1234567_SB1", /* http://… is in a comment */
    "auth": { "type": "tba", "consumerKey": "a//b", "consumerSecret": "/*", "tokenId": "c", "tokenSecret": "d", },
  } },
  "callers": [{ "name": "billing", "keySha256": "${keySha256}", "scopes": ["customers:read"], "connections": ["*"] },],
}
`

describe('a configuration file', () => {
  it('may have comments, trailing commas, a byte order mark and the line ends of any system', () => {
    expect(messageOf(fileOf('a'.repeat(64)))).toBe('accepted')
    expect(messageOf(fileOf('a'.repeat(64)).replaceAll('\n', '\r\n'))).toBe('accepted')
    expect(parsed('{"a": "http://x /* no comment */", "__proto__": 1}').value).toEqual(
      JSON.parse('{"a": "http://x /* no comment */", "__proto__": 1}'),
    )
  })
  it('is refused with the line and the column, and nothing of what stands there', () => {
    for (const [text, place] of [
      ['{\n  "a": 1\n  "hunter2": 2\n}', 'line 3, column 3: a comma is expected'],
      ['{\r\n  "a": hunter2\r\n}', 'line 2, column 8: what stands here is no JSON'],
      ['{ "a": "hunter2\n" }', 'line 1, column 8: the text does not end on its line'],
      ['{ "a": "\\hunter2" }', 'line 1, column 8: there is no such escape'],
      ['{ "a": 1 } hunter2', 'line 1, column 12: '],
      ['{ "a": 1', 'line 1, column 9: a closing brace is expected'],
      ["{ 'hunter2': 1 }", 'line 1, column 3: '],
      ['{ "a": 01 }', 'line 1, column 9: '],
      ['[1,,2]', 'line 1, column 4: a value is expected'],
      ['', 'line 1, column 1: a value is expected'],
      ['/* hunter2', 'line 1, column 1: the comment does not end'],
    ] as const) {
      const message = messageOf(text)
      expect(message).toContain(place)
      expect(message).not.toContain('hunter2')
    }
    expect(messageOf(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).toContain('the file is not UTF-8')
  })
  it('names what stands in it twice', () => {
    expect(parsed('{"a": [{"b": 1,\n "b": 1}], "a": 2}').faults).toEqual([
      'a.0.b: is there twice (line 2, column 2)',
      'a: is there twice (line 2, column 12)',
    ])
    const twice = fileOf('a'.repeat(64)).replace('"accountId"', '"accountId": "1", "accountId"')
    expect(messageOf(twice)).toContain('connections.us.accountId: is there twice (line 4, column')
  })
  it('does not open the gateway to the key of sandbox mode', () => {
    const key = createHash('sha256').update('sandbox').digest('hex')
    expect(messageOf(fileOf(key))).toContain('callers.0.keySha256: is the key of sandbox mode')
  })
})
