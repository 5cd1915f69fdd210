/** What a call sent. Intacct echoes it in its messages, so nothing of it may decide what a message means. */
import type { SentRequest } from '../../wire/exchange.ts'
import { plain } from './answer.ts'
import { FIRST_MARK, LAST_MARK, type Message, normal } from './failure-template.ts'

export interface Sent {
  /** Contents of elements and attributes as a message would show them, each once. */
  readonly values: ReadonlySet<string>
  readonly controlIds: ReadonlySet<string>
  /** It logs in; null where nobody knows what was sent. */
  readonly exchange: 'login' | 'session' | null
}

const NOTHING: Sent = { values: new Set(), controlIds: new Set(), exchange: null }
/** Shorter ones are in every sentence. */
const SHORTEST = 4
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export function sentBy(request: SentRequest | undefined): Sent {
  if (request === undefined) return NOTHING
  const { body = '', login } = request
  const found = [...body.matchAll(/>([^<>]+)<|="([^"<>]*)"/g)].map(([, text, attribute]) => text ?? attribute ?? '')
  const ids = [...body.matchAll(/<controlid>([^<]*)<|\scontrolid="([^"]*)"/g)].map(
    ([, one, other]) => one ?? other ?? '',
  )
  return {
    values: new Set(found.map((text) => plain(unescaped(text))).filter((text) => text.length >= SHORTEST)),
    controlIds: new Set(ids.map((id) => normal(unescaped(id)))),
    exchange: login ? 'login' : 'session',
  }
}

/** The text with a mark for each value that the call sent, where that is a part of it and not the whole. */
export function marked(text: string, sent: Sent): Message {
  const parts = valuesIn(text, sent).slice(0, LAST_MARK - FIRST_MARK)
  const marks = new Map(parts.map((part, index) => [String.fromCharCode(FIRST_MARK + index), normal(part)]))
  const rest = parts.reduce((now, part, index) => now.replaceAll(part, String.fromCharCode(FIRST_MARK + index)), text)
  return { text: normal(rest), sentAs: (mark) => marks.get(mark) ?? mark }
}

export const withoutSent = (text: string, sent: Sent): string =>
  valuesIn(text, sent).reduce((rest, part) => rest.replaceAll(part, '…'), text)

/** Longer ones first: a shorter one may be a part of them. */
const valuesIn = (text: string, sent: Sent): readonly string[] =>
  [...sent.values]
    .filter((value) => value.length < text.length && text.includes(value))
    .sort((one, other) => other.length - one.length)

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : 0
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : (NAMED[name] ?? whole)
  })
