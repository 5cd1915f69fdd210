/** What a request may ask for beside its content: Accept, Prefer, and text that both ERPs can hold. */
import { GatewayError } from '../errors.ts'

const JSON_TYPES = new Set(['application/json', 'application/problem+json', 'application/*', '*/*'])

/** Throws `not_acceptable` when the caller takes no JSON. */
export function checkAccept(header: string | undefined): void {
  if (header === undefined || header === '*/*') return
  for (const range of header.split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    if (JSON_TYPES.has(type ?? '') && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return
  }
  throw new GatewayError('not_acceptable', 'This API answers application/json.')
}

export interface Preferences {
  /** Seconds, from `wait=`; null when not asked. */
  readonly waitSeconds: number | null
  readonly lenient: boolean
  /** A 202 as soon as the write begins to leave. */
  readonly respondAsync: boolean
}

/** Reads `Prefer` (RFC 7240). Unknown preferences are ignored, as the RFC asks. */
export function readPreferences(header: string | string[] | undefined): Preferences {
  let waitSeconds: number | null = null
  let lenient = false
  let respondAsync = false
  for (const part of (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')) {
    const [name, value] = part
      .split(';')[0]!
      .split('=')
      .map((word) => word.trim().replace(/^"|"$/g, ''))
    if (name?.toLowerCase() === 'wait') waitSeconds = readWait(value)
    if (name?.toLowerCase() === 'respond-async') respondAsync = true
    if (name?.toLowerCase() === 'handling') lenient = value?.toLowerCase() === 'lenient'
  }
  return { waitSeconds, lenient, respondAsync }
}

function readWait(value: string | undefined): number {
  const seconds = Number(value)
  if (value === undefined || value === '' || !Number.isInteger(seconds) || seconds < 0) {
    throw new GatewayError('invalid_request', 'Prefer: wait= needs a whole number of seconds.', {
      errors: [{ pointer: 'header:Prefer', code: 'invalid', detail: 'wait= needs a whole number of seconds' }],
    })
  }
  return seconds
}

// Control characters other than TAB, LF and CR, the two non-characters, and lone surrogates: XML cannot hold them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u

/** Deeper than any body of the API; keeps hostile nesting from exhausting the stack. */
const DEPTH_LIMIT = 32

function tooDeep(pointer: string): GatewayError {
  const detail = `Nothing may be nested deeper than ${DEPTH_LIMIT} levels.`
  return new GatewayError('invalid_request', detail, {
    errors: [{ pointer: pointer.split('/').slice(0, 3).join('/'), code: 'too_deep', detail }],
  })
}

/** Throws `invalid_request` for the first text that no ERP could hold; walks names too. */
export function checkText(value: unknown, pointer: string, depth = 0): void {
  if (depth > DEPTH_LIMIT) throw tooDeep(pointer)
  if (typeof value === 'string') {
    if (ILLEGAL.test(value)) {
      throw new GatewayError('invalid_request', 'A text holds a character that is not allowed.', {
        errors: [
          {
            pointer: pointer || '/',
            code: 'illegal_character',
            detail: 'Control characters, U+FFFE, U+FFFF and lone surrogates are not allowed.',
          },
        ],
      })
    }
  } else if (Array.isArray(value)) {
    for (const [place, member] of value.entries()) checkText(member, `${pointer}/${place}`, depth + 1)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      checkText(name, pointer, depth)
      checkText(member, `${pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`, depth + 1)
    }
  }
}
