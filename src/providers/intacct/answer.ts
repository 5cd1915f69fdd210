/** Reading an answer: the three levels of the envelope, and records as flat upper-case names. */
import { GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { WireResponse } from '../../wire/exchange.ts'
import { xmlOf } from '../../wire/parsed.ts'
import { shortened } from '../../wire/shortened.ts'
import { attributeOf, childOf, childrenOf, elementsOf, MalformedXml, textOf, type XmlContent } from '../../wire/xml.ts'

/** One `<error>`, its texts without markup and without the support id. */
export interface AnswerError {
  readonly number: string
  readonly text: string
  /** `description2`, `description` and `correction`, each whole; empty ones left out. */
  readonly texts: readonly string[]
  readonly correction: string
  readonly supportId: string | null
  /** With `showadditionalerrorinfo`: an id that stays, and its message id (`IA.THE_NUMBER_ALREADY_EXISTS`) as words. */
  readonly errorId: string | null
  readonly words: string
}

/** What one function answered. */
export interface FunctionResult {
  readonly status: string
  readonly function: string
  /** Which function it answers; null where the answer does not say. */
  readonly controlId: string | null
  readonly errors: readonly AnswerError[]
  /** The key that legacy functions answer instead of data. */
  readonly key: string | null
  readonly data: XmlContent | undefined
}

export interface Answer {
  readonly controlStatus: string
  readonly authenticationStatus: string | null
  /** Errors beside control or authentication. */
  readonly errors: readonly AnswerError[]
  readonly sessionTimestamp: string | null
  readonly sessionTimeout: string | null
  readonly results: readonly FunctionResult[]
}

// The wire classifies an answer before the operation reads it: one parsing is enough for both.
const parsed = new WeakMap<WireResponse, Answer | MalformedXml>()

/** Throws `MalformedXml` when the body is no answer of Intacct. */
export function readAnswer(response: WireResponse): Answer {
  let answer = parsed.get(response)
  if (answer === undefined) {
    answer = parseAnswer(response)
    parsed.set(response, answer)
  }
  if (answer instanceof MalformedXml) throw answer
  return answer
}

function parseAnswer(response: WireResponse): Answer | MalformedXml {
  if (!isXml(response)) return new MalformedXml('the content is not XML')
  try {
    const { name, content } = xmlOf(response)
    if (name.toLowerCase() !== 'response') return new MalformedXml(`the document is <${name}>`)
    return answerOf(content)
  } catch (error) {
    if (error instanceof MalformedXml) return error
    throw error
  }
}

/** Cloudflare and proxies answer HTML, some doubles no content type at all. */
function isXml(response: WireResponse): boolean {
  const type = response.headers['content-type']
  if (type !== undefined && !/\bxml\b/i.test(type)) return false
  return !/^\s*<(?:!doctype\s+)?html/i.test(response.body)
}

function answerOf(response: XmlContent): Answer {
  const operation = childOf(response, 'operation')
  const authentication = childOf(operation, 'authentication')
  return {
    controlStatus: textOf(childOf(childOf(response, 'control'), 'status')) ?? '',
    authenticationStatus: textOf(childOf(authentication, 'status')),
    errors: [...errorsOf(response), ...errorsOf(operation)],
    sessionTimestamp: textOf(childOf(authentication, 'sessiontimestamp')),
    sessionTimeout: textOf(childOf(authentication, 'sessiontimeout')),
    results: childrenOf(operation, 'result').map((result) => ({
      status: textOf(childOf(result, 'status')) ?? '',
      function: textOf(childOf(result, 'function')) ?? '',
      controlId: textOf(childOf(result, 'controlid')),
      errors: errorsOf(result),
      key: textOf(childOf(result, 'key')),
      data: childOf(result, 'data'),
    })),
  }
}

const errorsOf = (content: XmlContent | undefined): readonly AnswerError[] =>
  childrenOf(childOf(content, 'errormessage'), 'error').map(errorOf)

const SUPPORT_ID = /\[(?:Support ID|Request ID):([^\]]*)\]/i

function errorOf(error: XmlContent): AnswerError {
  const part = (name: string) => shortened(textOf(childOf(error, name)) ?? '').trim()
  const raw = [part('description'), part('description2')].filter((text) => text !== '').join(' ')
  const supportId = SUPPORT_ID.exec(raw)?.[1]?.trim() ?? null
  return {
    number: part('errorno'),
    text: withoutId(raw),
    texts: ['description2', 'description', 'correction']
      .map(part)
      .map(withoutId)
      .filter((text) => text !== ''),
    correction: plain(part('correction')),
    supportId: supportId === null ? null : unescapedId(supportId),
    ...additionalInfo(error),
  }
}

function additionalInfo(error: XmlContent): Pick<AnswerError, 'errorId' | 'words'> {
  const info = childOf(error, 'additionalinfo')
  const messageId = shortened(textOf(childOf(childOf(info, 'cdescription'), 'messageid')) ?? '')
  return {
    errorId: shortened(textOf(childOf(info, 'errorid')) ?? '') || null,
    words: messageId.replace(/^IA\./i, '').replaceAll('_', ' ').toLowerCase(),
  }
}

const withoutId = (text: string): string => plain(text.replace(new RegExp(SUPPORT_ID, 'gi'), ''))

/** Texts may hold markup; the SDK strips it too. */
export const plain = (text: string): string =>
  text
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\s+/g, ' ')
    .trim()

function unescapedId(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

/** A record, and everything the ERP said of it. */
export interface AnswerRecord {
  /** Flat: `DISPLAYCONTACT.EMAIL1`, in upper case, whether the answer nests, dots or lowers its names. */
  readonly fields: VendorRecord
  readonly content: XmlContent
}

/** Records of `<data>`; element names differ in case by function, so every element is one. */
export const recordsOf = (result: FunctionResult): readonly AnswerRecord[] =>
  elementsOf(result.data).map(([, content]) => ({ fields: fieldsOf(content), content }))

/** Lists of owned lines (`ARPYMTDETAILS`) are no fields; read them with `linesOf`. */
function fieldsOf(content: XmlContent, prefix = '', fields: Record<string, unknown> = {}): VendorRecord {
  for (const [name, child] of elementsOf(content)) {
    const path = prefix + name.toUpperCase()
    if (isLeaf(child)) fields[path] = once(fields[path], textOf(child))
    else if (!hasLines(name.toUpperCase(), child)) {
      // Where a value is expected this is none, and not the same as nothing.
      if (!PARTS.has(name.toUpperCase())) fields[path] = child
      fieldsOf(child, `${path}.`, fields)
    }
  }
  return fields
}

/** A field that stands there twice with two values is neither: a list is no value that anything reads. */
const once = (before: unknown, value: string | null): unknown =>
  before === undefined || before === null || before === value ? value : [before, value]

function isLeaf(content: XmlContent): boolean {
  if (typeof content === 'string') return true
  for (const name in content) if (typeof content[name] !== 'string') return false
  return true
}

/** What a record holds once; whatever else has children that have children is a list of lines. */
const PARTS = new Set(['DISPLAYCONTACT', 'CONTACTINFO', 'BILLTO', 'SHIPTO', 'CONTACT', 'MAILADDRESS'])
const hasLines = (name: string, content: XmlContent): boolean =>
  !PARTS.has(name) && elementsOf(content).some(([, child]) => !isLeaf(child))

/** The owned lines of a record: `linesOf(record, 'ARPYMTDETAILS')`, whatever the lines' own names' case. */
export const linesOf = (record: AnswerRecord, list: string): readonly VendorRecord[] =>
  childrenOf(record.content, list)
    .flatMap((lines) => elementsOf(lines))
    .filter(([, line]) => !isLeaf(line))
    .map(([, line]) => fieldsOf(line))

/** Whether the answer shows such a list at all; it may be empty. */
export const hasList = (record: AnswerRecord, list: string): boolean => childrenOf(record.content, list).length > 0

/** How many records there are in all and after this page; null where the answer does not say. */
export function countsOf(result: FunctionResult): { total: number | null; remaining: number | null } {
  return { total: countOf(result, 'totalcount'), remaining: countOf(result, 'numremaining') }
}
function countOf(result: FunctionResult, name: string): number | null {
  const text = attributeOf(result.data, name) ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

/**
 * The results in the order of the calls. They are told apart by their control ids, as the functions have them; what answers
 * another function, or one of them twice, is no answer to this request.
 */
export function resultsFor(
  results: readonly FunctionResult[],
  calls: readonly { readonly name: string; readonly controlId: string }[],
): readonly FunctionResult[] {
  if (results.length !== calls.length) throw garbled(`${calls.length} results`)
  return calls.map(({ name, controlId }, index) => {
    const own = results.filter((result) => result.controlId === controlId)
    // Without a control id there is only the place.
    const result = own.length === 1 ? own[0] : results.every((one) => !one.controlId) ? results[index] : undefined
    if (!result || (result.function !== '' && result.function.toLowerCase() !== name.toLowerCase()))
      throw garbled(`the result of ${name}`)
    return result
  })
}

/** A record as JSON, untouched: names as sent, one element a value, several a list. */
export function rawOf(content: XmlContent): unknown {
  const elements = elementsOf(content)
  if (elements.length === 0) return textOf(content)
  const raw = new Map<string, unknown>()
  for (const [name, child] of elements) {
    const before = raw.get(name)
    const value = rawOf(child)
    if (!raw.has(name)) raw.set(name, value)
    else if (Array.isArray(before)) before.push(value)
    else raw.set(name, [before, value])
  }
  return Object.fromEntries(raw)
}

/** Something the answer has to have. */
export function garbled(what: string): GatewayError {
  return new GatewayError('provider_garbled', `The answer of Sage Intacct lacks ${what}.`)
}
