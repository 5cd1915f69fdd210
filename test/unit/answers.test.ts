/** How much of an answer is read, in which encodings, and that large ones stop nobody else. */
import { createServer, type ServerResponse } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { WireResponse } from '../../src/wire/exchange.ts'
import { parseExactJson, parseJson } from '../../src/wire/json.ts'
import { exactJsonOf, jsonOf, parseAhead, xmlOf } from '../../src/wire/parsed.ts'
import { ANSWER_LIMIT_BYTES, ERROR_LIMIT_BYTES } from '../../src/wire/sockets.ts'
import { parseXml } from '../../src/wire/xml.ts'
import { callOn, failure, openLine, READ, serve, WRITE } from './wire-world.ts'

async function erpThat(answer: (response: ServerResponse) => void) {
  const ended: Promise<unknown>[] = []
  const port = await serve(
    createServer((_request, response) => {
      ended.push(new Promise((resolve) => response.once('close', resolve)))
      answer(response)
    }),
  )
  return { line: openLine(`http://127.0.0.1:${port}`), ended }
}
const said = (type: string, bytes: Buffer | string) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': type })
  response.end(bytes)
}

describe('an answer without end', () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x')
  it('is read up to the limit, and its socket is closed', async () => {
    let sent = 0
    const { line, ended } = await erpThat((response) => {
      const more = () => {
        sent += chunk.length
        if (!response.destroyed) response.write(chunk, () => setImmediate(more))
      }
      more()
    })
    expect(await failure(callOn(line)(WRITE))).toMatchObject({ code: 'provider_garbled', applied: 'unknown' })
    await ended[0]
    expect(sent).toBeLessThan(ANSWER_LIMIT_BYTES * 3)
    expect(await failure(callOn(line)(READ))).toMatchObject({ code: 'provider_garbled', applied: 'no' })
  })
  it('is not read at all where its length says so', async () => {
    const { line } = await erpThat((response) => {
      response.writeHead(200, { 'content-length': String(ANSWER_LIMIT_BYTES + 1) })
      response.write('x')
    })
    expect(await failure(callOn(line)(WRITE))).toMatchObject({ code: 'provider_garbled', applied: 'unknown' })
  })
  it('that says no is read up to a smaller limit', async () => {
    for (const [length, code] of [
      [ERROR_LIMIT_BYTES, null],
      [ERROR_LIMIT_BYTES + 1, 'provider_garbled'],
    ] as const) {
      const { line } = await erpThat((response) => void response.writeHead(400).end(Buffer.alloc(length, 'x')))
      const sent = callOn(line)(WRITE)
      if (code === null) expect((await sent).body.length).toBe(length)
      else expect(await failure(sent)).toMatchObject({ code, applied: 'unknown' })
    }
  })
  it('of exactly the limit is an answer', async () => {
    const { line } = await erpThat(said('text/plain', Buffer.alloc(ANSWER_LIMIT_BYTES, 'x')))
    expect((await callOn(line)(READ)).body.length).toBe(ANSWER_LIMIT_BYTES)
  })
})

describe('encodings', () => {
  it.each([
    ['application/json', Buffer.from('"é€"'), '"é€"'],
    ['application/json; charset=UTF-8', Buffer.from('"é"'), '"é"'],
    ['application/json; charset="utf-8"', Buffer.from('\ufeff"é"'), '"é"'],
    ['text/xml; charset=ISO-8859-1', Buffer.from([0xe9, 0x80]), 'é\u0080'],
    ['text/xml;charset=us-ascii', Buffer.from('abc'), 'abc'],
  ])('%s is read', async (type, bytes, text) => {
    const { line } = await erpThat(said(type, bytes))
    expect((await callOn(line)(READ)).body).toBe(text)
  })
  it.each([
    ['application/json', Buffer.from([0x22, 0xe9, 0x22])],
    ['application/json; charset=utf-8', Buffer.from([0xc3])],
    ['text/xml; charset=us-ascii', Buffer.from('é')],
    ['text/xml; charset=utf-16', Buffer.from('a')],
    ['text/xml; charset=windows-1252', Buffer.from('a')],
  ])('%s is not guessed', async (type, bytes) => {
    const { line } = await erpThat(said(type, bytes))
    expect(await failure(callOn(line)(WRITE))).toMatchObject({ code: 'provider_garbled', applied: 'unknown' })
  })
  it('nothing compressed is taken for text', async () => {
    const { line } = await erpThat((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end('abc')
    })
    expect(await failure(callOn(line)(WRITE))).toMatchObject({ code: 'provider_garbled', applied: 'unknown' })
  })
})

describe('an answer that is cut off', () => {
  it.each([
    ['with a length', { 'content-length': '100' }],
    ['in chunks', {}],
  ])('%s is none', async (_, headers) => {
    const { line } = await erpThat((response) => {
      response.writeHead(200, headers)
      response.write('{"id":"1"}', () => response.socket?.destroy())
    })
    expect(await failure(callOn(line)(WRITE))).toMatchObject({ code: 'provider_failed', applied: 'unknown' })
  })
})

it('an answer that cannot be classified is unreadable, and not a broken connection', async () => {
  const { line } = await erpThat(said('text/plain', 'x'))
  const broken = openLine(line.origin, 2, () => {
    throw new TypeError('a defect')
  })
  expect(await failure(callOn(broken)(WRITE))).toMatchObject({ code: 'provider_garbled', applied: 'unknown' })
})

const response = (body: string): WireResponse => ({ status: 200, headers: {}, body })
const RECORD = {
  id: '1',
  name: 'Ünï "quoted" \\ back\\" \n line 😀',
  balance: -12.5e3,
  long: null as unknown,
  lines: [[], {}, [true, false, null], { a: { b: [0, -0.5, 'x\u2028'] } }],
  '': '',
}
const LARGE = Array.from({ length: 6000 }, () => RECORD)

/** Whether others had a turn while it worked. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0
  let working = true
  const counting = (async () => {
    while (working) {
      await turn()
      turns++
    }
  })()
  await work
  working = false
  await counting
  return turns
}

describe('large answers are parsed piece by piece', () => {
  it('JSON, as when it is parsed at once', async () => {
    const body = JSON.stringify(LARGE, null, 1).replace(
      '"long": null',
      '"long": 12345678901234567.10, "__proto__": {"x": 1}',
    )
    const large = response(body)
    expect(await turnsDuring(parseAhead(large))).toBeGreaterThan(3)
    expect(jsonOf(large)).toEqual(parseJson(body))
    const exact = response(body)
    await parseAhead(exact, true)
    expect(exactJsonOf(exact)).toEqual(parseExactJson(body))
  })
  it('XML, as when it is parsed at once, wherever it is cut', async () => {
    const record = '<r a="1&amp;2">Ünï 😀😀\r\n<![CDATA[<x>]]>&#x1F600;<?p i?><!-- c --><b/><c> </c></r>'
    const body = `<?xml version="1.0"?>\n<all>${record.repeat(12_000)}</all>`
    const large = response(body)
    expect(await turnsDuring(parseAhead(large))).toBeGreaterThan(3)
    expect(xmlOf(large)).toEqual(parseXml(body))
  })
  it.each([
    '{"a":1,}',
    '[1,]',
    '[1 2]',
    '{"a" 1}',
    '{1:1}',
    '[01]',
    '[1.]',
    '[+1]',
    '[tru]',
    '["\t"]',
    '["\\x"]',
    '["a]',
    '[1]]',
    '[1',
    '{"a":}',
    '[,1]',
    '{,}',
    '[}',
    '{]',
    '',
    '[1] x',
    '['.repeat(600) + ']'.repeat(600),
  ])('%j is no JSON there either', async (end) => {
    const body = `[${'"x",'.repeat(200_000)}${end}`
    const large = response(end === '' ? body : `${body}]`)
    await parseAhead(large)
    expect(() => jsonOf(large)).toThrow(SyntaxError)
  })
  it('millions of values are no page', async () => {
    const json = response(`[${'1,'.repeat(2_000_000)}1]`)
    await parseAhead(json)
    expect(() => jsonOf(json)).toThrow(SyntaxError)
    const xml = response(`<a>${'<b/>'.repeat(1_000_000)}</a>`)
    await parseAhead(xml)
    expect(() => xmlOf(xml)).toThrow('more elements')
  })
  it('half a document is none', async () => {
    const large = response(`<a>${'<b/>'.repeat(200_000)}`)
    await parseAhead(large)
    expect(() => xmlOf(large)).toThrow('unclosed')
  })
})
