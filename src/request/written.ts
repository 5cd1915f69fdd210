/** A record that was written, as the answer of the write; and whether it is still the version that the caller means. */
import type { FastifyRequest } from 'fastify'
import type { Warning } from '../../schemas/common.ts'
import type { CreditRecord } from '../../schemas/credit.ts'
import type { CustomerRecord } from '../../schemas/customer.ts'
import type { PaymentRecord } from '../../schemas/payment.ts'
import type { WriteAnswer } from '../gateway/call.ts'
import type { OpenConnection } from '../gateway/connections.ts'
import { checkIfMatch, etagOf } from '../gateway/etag.ts'
import { dropUnsupported } from '../gateway/lenient.ts'
import { type PaymentExtras, publishCredit, publishCustomer, publishPayment } from '../gateway/publish.ts'
import type { Found } from '../providers/provider.ts'
import { callOf } from './call.ts'

type Status = 200 | 201

function answer(body: { id: string | null }, path: string, status: Status): WriteAnswer {
  const headers = { etag: etagOf(body), ...(status === 201 && { location: `${path}/${body.id}` }) }
  return { status, body, headers, resourceId: body.id }
}

export function customerWritten(
  connection: OpenConnection,
  found: Found<CustomerRecord>,
  status: Status,
  warnings: readonly Warning[] = [],
): WriteAnswer {
  const body = publishCustomer(connection, { ...found, warnings: [...warnings, ...(found.warnings ?? [])] })
  return answer(body, '/v1/customers', status)
}

export function paymentWritten(
  connection: OpenConnection,
  found: Found<PaymentRecord>,
  status: Status,
  key: string | null = null,
  warnings: readonly Warning[] = [],
  more: PaymentExtras = {},
): WriteAnswer {
  const told = { ...found, warnings: [...warnings, ...(found.warnings ?? [])] }
  const body = publishPayment(connection, told, { ...more, ...(key !== null && { idempotencyKey: key }) })
  return answer(body, '/v1/payments', status)
}

export const creditWritten = (connection: OpenConnection, found: Found<CreditRecord>): WriteAnswer =>
  answer(publishCredit(connection, found), '/v1/credits', 200)

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
