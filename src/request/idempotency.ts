/** Reads the header Idempotency-Key: bare or as a quoted string, 8 to 255 visible ASCII characters. */
import { GatewayError } from '../errors.ts'

const IDEMPOTENCY_HEADER = 'Idempotency-Key'
const POINTER = `header:${IDEMPOTENCY_HEADER}`
const KEY = /^[\x21-\x7E]{8,255}$/
/** An RFC 9651 string: only the quote and the backslash are escaped. */
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/

/**
 * The key, or null when there is none. Node joins a repeated header with a comma and a space, and a space is no
 * visible character, so several keys are refused however they arrive.
 */
export function idempotencyKey(header: string | readonly string[] | undefined, required: boolean): string | null {
  const values = header === undefined ? [] : typeof header === 'string' ? [header] : header
  if (values.length === 0) {
    if (required) throw refusal('idempotency_key_missing', `This operation needs the header ${IDEMPOTENCY_HEADER}.`)
    return null
  }
  if (values.length > 1) throw refusal('invalid_request', `Send one ${IDEMPOTENCY_HEADER}.`)
  const key = unquoted(values[0]!.trim())
  if (key === null || !KEY.test(key)) {
    throw refusal(
      'invalid_request',
      `${IDEMPOTENCY_HEADER} must be one key of 8 to 255 visible ASCII characters, bare or in quotes.`,
    )
  }
  return key
}

/** `"k"` and `k` are one key. Null when a quoted string is not ended or goes on after its end. */
function unquoted(value: string): string | null {
  if (!value.startsWith('"')) return value
  const inner = QUOTED.exec(value)?.[1]
  return inner === undefined ? null : inner.replace(/\\(["\\])/g, '$1')
}

const refusal = (code: 'invalid_request' | 'idempotency_key_missing', detail: string): GatewayError =>
  new GatewayError(code, detail, { errors: [{ pointer: POINTER, code, detail }] })
