/** The collected errors of Sage Intacct, and each of them as the answer that carries it. */
import { readdirSync, readFileSync } from 'node:fs'
import type { FailureCode } from '../../src/errors.ts'
import type { SentRequest, WireResponse } from '../../src/wire/exchange.ts'
import { renderXml, type XmlNode } from '../../src/wire/xml.ts'

export interface CorpusEntry {
  readonly description?: string
  readonly text: string
  readonly correction?: string
  readonly number: string
  readonly status: number
  readonly level: 'control' | 'authentication' | 'function' | 'edge'
  readonly function?: string
  readonly messageId?: string
  readonly on: string
  readonly source: string
  readonly certainty?: 'uncertain'
  readonly expected: {
    readonly code: FailureCode
    readonly pointer: string | null
    readonly applied: 'no' | 'yes' | 'unknown'
    readonly retryable: boolean
    readonly login?: 'refused' | 'ended'
  }
}

const FOLDER = new URL('../corpus/intacct/', import.meta.url)

export const CORPUS: ReadonlyMap<string, readonly CorpusEntry[]> = new Map(
  readdirSync(FOLDER).map((name) => [
    name.replace('.json', ''),
    JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')),
  ]),
)
export const ENTRIES = [...CORPUS].flatMap(([from, entries]) => entries.map((entry) => ({ ...entry, from })))

/** What stands where the message is to be read: some errors have it in the description, some in the number. */
export const messageOf = (entry: CorpusEntry): string => entry.text || entry.description || entry.number

const errorOf = (entry: CorpusEntry): XmlNode => [
  'errormessage',
  [
    [
      'error',
      [
        ['errorno', entry.number],
        ['description', entry.description ?? ''],
        ['description2', entry.text],
        ['correction', entry.correction ?? ''],
        ...(entry.messageId
          ? [['additionalinfo', [['cdescription', [['messageid', entry.messageId]]]]] as XmlNode]
          : []),
      ],
    ],
  ],
]
const GOOD = [['status', 'success']] as XmlNode[]
const BAD = [['status', 'failure']] as XmlNode[]

export function answerWith(entry: CorpusEntry): WireResponse {
  if (entry.level === 'edge') {
    const page = `<html><head><title>${entry.text}</title></head><body><h1>${entry.text}</h1></body></html>`
    return { status: entry.status, headers: { 'content-type': 'text/html' }, body: page }
  }
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${renderXml([['response', documentOf(entry)]])}`
  return { status: entry.status, headers: { 'content-type': 'text/xml; encoding="UTF-8"' }, body }
}

function documentOf(entry: CorpusEntry): XmlNode[] {
  const error = errorOf(entry)
  if (entry.level === 'control') return [['control', BAD], error]
  const control: XmlNode = ['control', GOOD]
  if (entry.level === 'authentication') return [control, ['operation', [['authentication', BAD], error]]]
  const result: XmlNode = ['result', [...BAD, ['function', entry.function ?? 'create'], ['controlid', 'idem-1'], error]]
  return [control, ['operation', [['authentication', GOOD], result]]]
}

export const isRead = (on: string): boolean => on === 'login' || /^(?:get|list)[A-Z]/.test(on)

/** The call that is answered, with what it sent. */
export const requestOf = (on: string, sent: readonly string[] = []): SentRequest => ({
  path: '/ia/xml/xmlgw.phtml',
  body: renderXml([
    ['content', [['function', [['controlid', 'idem-1'], ...sent.map((value): XmlNode => ['VALUE', value])]]]],
  ]),
  effect: isRead(on) ? 'read' : 'write',
  login: on === 'login',
})
