/** Whether two calls say the same: a hash over their content in one canonical form. */
import { createHash } from 'node:crypto'
import { GatewayError } from '../errors.ts'

/** Fields whose text is a decimal, wherever they stand in our own vocabulary. */
const DECIMAL_FIELDS = new Set(['amount', 'discount', 'creditLimit', 'exchangeRate'])
/** Below these the names are the ERP's, and what looks like money may be text. */
const FOREIGN_FIELDS = new Set(['customFields', 'vendorFields'])
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/
/** Deeper than any body of the contract; keeps hostile nesting from exhausting the stack. */
const DEPTH_LIMIT = 100

export interface CallContent {
  /** The path with its ids. */
  readonly path: string
  readonly query?: unknown
  readonly body?: unknown
}

/** SHA-256 in hex. The order of object members and the writing of amounts do not matter; the order of arrays does. */
export function fingerprint({ path, query, body }: CallContent): string {
  return createHash('sha256')
    .update(canonical({ path, query: query ?? {}, body }, 0))
    .digest('hex')
}

function canonical(value: unknown, depth: number, name = '', ours = true): string {
  if (depth > DEPTH_LIMIT)
    throw new GatewayError('invalid_request', `The body is nested more than ${DEPTH_LIMIT} levels deep.`)
  if (typeof value === 'string')
    return JSON.stringify(ours && DECIMAL_FIELDS.has(name) ? canonicalDecimal(value) : value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1, '', ours)).join()}]`
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member, depth + 1, key, ours && !FOREIGN_FIELDS.has(key))}`).join()}}`
}

/** `1500.0`, `01500` and `1500.00` are one amount. Text that is no decimal stays as it is. */
function canonicalDecimal(text: string): string {
  const match = DECIMAL.exec(text)
  if (!match) return text
  const whole = match[2]!.replace(/^0+(?=\d)/, '')
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  const digits = fraction === '' ? whole : `${whole}.${fraction}`
  return digits === '0' ? digits : `${match[1]}${digits}`
}
