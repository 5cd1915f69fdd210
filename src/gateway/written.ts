/** A record that was written, as the answer of the write. */
import type { Warning } from '../../schemas/common.ts'
import type { CreditRecord } from '../../schemas/credit.ts'
import type { CustomerRecord } from '../../schemas/customer.ts'
import type { PaymentRecord } from '../../schemas/payment.ts'
import type { Found } from '../providers/provider.ts'
import type { WriteAnswer } from './call.ts'
import type { OpenConnection } from './connections.ts'
import { etagOf } from './etag.ts'
import { type PaymentExtras, publishCredit, publishCustomer, publishPayment } from './publish.ts'

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
