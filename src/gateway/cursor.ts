/** Cursors: where each connection's list stands, bound to the filters; opaque to callers, never expiring. */
import { createHash } from 'node:crypto'
import { GatewayError } from '../errors.ts'
import type { Position } from '../providers/provider.ts'

export interface CursorState {
  /** Per connection: the last record given, 'end' when there is no more; absent when not begun. */
  readonly positions: Readonly<Record<string, Position | 'end'>>
  /** How many fit in all, as counted on the first page. */
  readonly total: number | null
}

/** A short fingerprint of what the list was asked for. */
export const filterFingerprint = (asked: unknown): string =>
  createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 16)

export function encodeCursor(fingerprint: string, state: CursorState): string {
  const positions = Object.fromEntries(
    Object.entries(state.positions).map(([name, position]) => [
      name,
      position === 'end' ? 0 : [position.nativeId, ...position.values],
    ]),
  )
  return Buffer.from(JSON.stringify([1, fingerprint, state.total, positions])).toString('base64url')
}

/** Throws `invalid_cursor` when it is broken or was made for other filters. */
export function decodeCursor(fingerprint: string, cursor: string): CursorState {
  const parsed = readCursor(cursor)
  if (!parsed) throw refuse('It is not a cursor of this API.')
  if (parsed.fingerprint !== fingerprint)
    throw refuse('It belongs to other filters, another sort or other connections; send those, or start without it.')
  return parsed.state
}

function readCursor(cursor: string): { fingerprint: string; state: CursorState } | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(value) || value[0] !== 1 || typeof value[1] !== 'string') return null
    const [, fingerprint, total, stored] = value
    if (total !== null && !Number.isInteger(total)) return null
    if (typeof stored !== 'object' || stored === null) return null
    const positions: Record<string, Position | 'end'> = {}
    for (const [name, position] of Object.entries(stored as Record<string, unknown>)) {
      if (position === 0) positions[name] = 'end'
      else if (isPosition(position)) positions[name] = { nativeId: position[0] as string, values: position.slice(1) }
      else return null
    }
    return { fingerprint, state: { positions, total } }
  } catch {
    return null
  }
}

const isPosition = (value: unknown): value is (string | null)[] =>
  Array.isArray(value) &&
  typeof value[0] === 'string' &&
  value.every((part) => part === null || typeof part === 'string')

const refuse = (detail: string): GatewayError =>
  new GatewayError('invalid_cursor', detail, { errors: [{ pointer: '?cursor', code: 'invalid_cursor', detail }] })
