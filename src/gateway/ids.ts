/** Gateway ids: `<prefix>_<connection>_<escaped native id>`. They route by themselves, and no store is needed. */
import { GatewayError } from '../errors.ts'

export const ID_PREFIXES = {
  customer: 'cus',
  payment: 'pay',
  invoice: 'inv',
  credit: 'crd',
  emailTemplate: 'emt',
} as const
export type RecordKind = keyof typeof ID_PREFIXES

/** Operation ids carry no connection. */
export const operationId = (intentId: string): string => `op_${intentId}`

export const CONNECTION_NAME = /^[a-z0-9][a-z0-9-]{0,30}$/
const KINDS = new Map<string, RecordKind>(
  Object.entries(ID_PREFIXES).map(([kind, prefix]) => [prefix, kind as RecordKind]),
)
const SAFE = /[A-Za-z0-9\-._]/
// Control characters, the non-characters and lone surrogates cannot be sent to every ERP, so no record has them in its id.
const UNSENDABLE = /[\p{Cc}\uFFFE\uFFFF]|\p{Surrogate}/u
const ESCAPED = /^(?:[A-Za-z0-9\-._]|~[0-9A-F]{2})+$/

/** Every UTF-8 byte outside `A-Za-z0-9-._` becomes `~` and two upper-case hex digits. */
export function escapeNativeId(nativeId: string): string {
  let escaped = ''
  for (const byte of new TextEncoder().encode(nativeId)) {
    const character = String.fromCharCode(byte)
    escaped += byte < 128 && SAFE.test(character) ? character : `~${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return escaped
}

/** The native id again, or null when the text is not what `escapeNativeId` makes. */
export function unescapeNativeId(escaped: string): string | null {
  if (!ESCAPED.test(escaped)) return null
  const bytes: number[] = []
  for (let at = 0; at < escaped.length; at++) {
    if (escaped[at] === '~') {
      bytes.push(Number.parseInt(escaped.slice(at + 1, at + 3), 16))
      at += 2
    } else bytes.push(escaped.charCodeAt(at))
  }
  try {
    const nativeId = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
    return escapeNativeId(nativeId) === escaped && !UNSENDABLE.test(nativeId) ? nativeId : null
  } catch {
    return null
  }
}

export const gatewayId = (kind: RecordKind, connection: string, nativeId: string): string =>
  `${ID_PREFIXES[kind]}_${connection}_${escapeNativeId(nativeId)}`

export interface ParsedId {
  readonly connection: string
  readonly nativeId: string
}

/**
 * Takes an id apart. Throws `malformed_id`, or `wrong_id_kind` for the id of another kind of record.
 * `pointer` names the place in the caller's request.
 */
export function parseId(id: string, kind: RecordKind, pointer: string): ParsedId {
  const first = id.indexOf('_')
  const second = id.indexOf('_', first + 1)
  const found = first < 0 ? undefined : KINDS.get(id.slice(0, first))
  const connection = id.slice(first + 1, second)
  const nativeId = second < 0 ? null : unescapeNativeId(id.slice(second + 1))
  if (found !== undefined && found !== kind)
    throw refuse(
      'wrong_id_kind',
      pointer,
      `Expected the id of a ${kind} (${ID_PREFIXES[kind]}_…), got that of a ${found}.`,
    )
  if (found === undefined && id.startsWith('op_'))
    throw refuse('wrong_id_kind', pointer, `Expected the id of a ${kind}, got that of an operation.`)
  if (found === undefined || second < 0 || !CONNECTION_NAME.test(connection) || nativeId === null) {
    throw refuse('malformed_id', pointer, `Expected ${ID_PREFIXES[kind]}_<connection>_<id>.`)
  }
  return { connection, nativeId }
}

const refuse = (code: 'malformed_id' | 'wrong_id_kind', pointer: string, detail: string): GatewayError =>
  new GatewayError(code, detail, { errors: [{ pointer, code, detail }] })
