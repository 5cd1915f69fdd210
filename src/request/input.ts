/** Whether a record is still the version that the caller means, and what of the caller's content is written. */
import type { FastifyRequest } from 'fastify'
import type { Warning } from '../../schemas/common.ts'
import type { OpenConnection } from '../gateway/connections.ts'
import { checkIfMatch } from '../gateway/etag.ts'
import { dropUnsupported } from '../gateway/lenient.ts'
import { callOf } from './call.ts'

/** With `If-Match`: reads the record as the caller would and compares. Check-then-write: not atomic at the ERPs. */
export async function checkVersion(request: FastifyRequest, read: () => Promise<object>): Promise<void> {
  const header = request.headers['if-match']
  if (header !== undefined) checkIfMatch(header, await read())
}

/** What the caller wrote; with `Prefer: handling=lenient` without what the connection has no place for. */
export async function acceptedInput<T extends object>(
  request: FastifyRequest,
  connection: OpenConnection,
  kind: 'customer' | 'payment',
  input: T,
): Promise<{ input: T; warnings: readonly Warning[] }> {
  const call = callOf(request)
  if (!call.lenient) return { input, warnings: [] }
  const mappings = await connection.mappingsOf(connection.bind(call), true)
  return dropUnsupported(mappings[kind], input)
}
