/** Strong ETags over what callers can write and `updatedAt`; balances move without the record being changed. */
import { createHash } from 'node:crypto'
import { GatewayError } from '../errors.ts'

const MOVING = new Set([
  'balance',
  'overdueBalance',
  'aging',
  'currencies',
  'raw',
  'warnings',
  'idempotencyKey',
  'replaces',
  'replacedBy',
  'unappliedAmount',
  'openAmount',
  'payments',
  'lines',
])

export function etagOf(answer: object): string {
  const kept = Object.entries(answer).filter(([name]) => !MOVING.has(name))
  return `"${createHash('sha256').update(JSON.stringify(kept)).digest('base64url').slice(0, 27)}"`
}

/** Throws `precondition_failed` when `If-Match` names neither this version nor `*`. Check-then-write: not atomic at the ERPs. */
export function checkIfMatch(header: string, answer: object): void {
  if (header.trim() === '*') return
  const current = etagOf(answer)
  if (header.split(',').some((tag) => tag.trim() === current)) return
  throw new GatewayError('precondition_failed', 'The record is not in the version that If-Match names.', {
    errors: [{ pointer: 'header:If-Match', code: 'precondition_failed', detail: `The current version is ${current}.` }],
  })
}
