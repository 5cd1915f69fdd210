/** A record that was written, as the answer of the write. */
import type { Warning } from '../../schemas/common.ts'
import type { CreditRecord } from '../../schemas/credit.ts'
import type { CustomerRecord } from '../../schemas/customer.ts'
import type { PaymentRecord } from '../../schemas/payment.ts'
import type { Found } from '../providers/provider.ts'
import { type Asked, differences } from './asked.ts'
import type { WriteAnswer } from './call.ts'
import type { OpenConnection } from './connections.ts'
import { etagOf } from './etag.ts'
import { type PaymentExtras, publishCredit, publishCustomer, publishPayment } from './publish.ts'

type Status = 200 | 201

function answer(body: { id: string | null }, path: string, status: Status): WriteAnswer {
  const headers = { etag: etagOf(body), ...(status === 201 && { location: `${path}/${body.id}` }) }
  return { status, body, headers, resourceId: body.id }
}

/** What there is to say beside the record. */
interface Beside {
  readonly warnings?: readonly Warning[]
  /** What was asked for, to be compared with what the ERP has. */
  readonly asked?: Asked | undefined
}

/** What was known before comes first; a field that has a warning already gets no second one. */
function warningsOf(mapping: object, found: Found<object>, { warnings = [], asked }: Beside): Warning[] {
  const known = [...warnings, ...(found.warnings ?? [])]
  const isTold = ({ pointer }: Warning) =>
    known.some((one) => one.pointer === pointer || pointer?.startsWith(`${one.pointer}/`))
  const compared = asked ? differences(mapping, asked, found.record as Asked) : []
  return [...known, ...compared.filter((one) => !isTold(one))]
}

export function customerWritten(
  connection: OpenConnection,
  found: Found<CustomerRecord>,
  status: Status,
  beside: Beside = {},
): WriteAnswer {
  const warnings = warningsOf(connection.mappings.customer, found, beside)
  return answer(publishCustomer(connection, { ...found, warnings }), '/v1/customers', status)
}

export function paymentWritten(
  connection: OpenConnection,
  found: Found<PaymentRecord>,
  status: Status,
  { key = null, links = {}, ...beside }: Beside & { key?: string | null; links?: PaymentExtras } = {},
): WriteAnswer {
  const warnings = warningsOf(connection.mappings.payment, found, beside)
  const body = publishPayment(
    connection,
    { ...found, warnings },
    { ...links, ...(key !== null && { idempotencyKey: key }) },
  )
  return answer(body, '/v1/payments', status)
}

export const creditWritten = (connection: OpenConnection, found: Found<CreditRecord>): WriteAnswer =>
  answer(publishCredit(connection, found), '/v1/credits', 200)
