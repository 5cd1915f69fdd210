/** Provider records with native ids become answers with gateway ids: the one place that does it. */
import type { Credit, CreditRecord } from '../../schemas/credit.ts'
import type { Customer, CustomerRecord } from '../../schemas/customer.ts'
import type { CustomerEmailTemplate, EmailTemplate, EmailTemplateRecord } from '../../schemas/email-template.ts'
import type { Invoice, InvoiceRecord } from '../../schemas/invoice.ts'
import { CREDIT_KINDS } from '../../schemas/open-item.ts'
import type { Payment, PaymentRecord } from '../../schemas/payment.ts'
import type { Found } from '../providers/provider.ts'
import type { OpenConnection } from './connections.ts'
import { gatewayId } from './ids.ts'
import { keyOnConnection } from './open-items.ts'

interface PublishOptions {
  readonly raw?: boolean
}

const envelope = (connection: OpenConnection) => ({ connection: connection.name, provider: connection.provider.name })
const extras = (found: Found<unknown>, options: PublishOptions) => ({
  ...(options.raw && { raw: found.raw }),
  ...(found.warnings && found.warnings.length > 0 && { warnings: [...found.warnings] }),
})

export function publishCustomer(
  connection: OpenConnection,
  found: Found<CustomerRecord>,
  options: PublishOptions = {},
): Customer {
  const { record } = found
  const parent = record.parent?.id
    ? { ...record.parent, id: gatewayId('customer', connection.name, record.parent.id) }
    : record.parent
  return {
    object: 'customer',
    id: gatewayId('customer', connection.name, found.nativeId),
    ...envelope(connection),
    nativeId: found.nativeId,
    ...record,
    ...(parent !== undefined && { parent }),
    ...(record.emailTemplates && {
      emailTemplates: record.emailTemplates.map((one) => ({
        ...one,
        id: one.id ? gatewayId('emailTemplate', connection.name, one.id) : null,
      })),
    }),
    ...extras(found, options),
  }
}

export function publishEmailTemplate(
  connection: OpenConnection,
  found: Found<EmailTemplateRecord>,
  options: PublishOptions = {},
): EmailTemplate {
  const { record } = found
  return {
    object: 'email-template',
    id: gatewayId('emailTemplate', connection.name, found.nativeId),
    ...envelope(connection),
    nativeId: found.nativeId,
    ...record,
    ...customerReference(connection.name, record),
    ...extras(found, options),
  }
}

const customerReference = <T extends { customer?: { id: string } | null | undefined }>(
  connection: string,
  record: T,
) =>
  record.customer ? { customer: { ...record.customer, id: gatewayId('customer', connection, record.customer.id) } } : {}

export interface PaymentExtras extends PublishOptions {
  readonly idempotencyKey?: string | null
  readonly replaces?: string | null
  readonly replacedBy?: string | null
}

export function publishPayment(
  connection: OpenConnection,
  found: Omit<Found<PaymentRecord>, 'nativeId'> & { nativeId: string | null },
  options: PaymentExtras = {},
): Payment {
  const { record } = found
  const { name } = connection
  const invoice = (id: string | null) => (id === null ? null : gatewayId('invoice', name, id))
  return {
    object: 'payment',
    id: found.nativeId === null ? null : gatewayId('payment', name, found.nativeId),
    ...envelope(connection),
    nativeId: found.nativeId,
    ...record,
    ...customerReference(name, record),
    ...(record.applications && {
      applications: record.applications.map((application) => ({
        ...application,
        invoiceId: invoice(application.invoiceId),
      })),
    }),
    ...(record.credits && {
      credits: record.credits.map((use) => ({
        ...use,
        creditId: gatewayId('credit', name, use.creditId),
        invoiceId: invoice(use.invoiceId),
      })),
    }),
    ...(record.void?.reversalId && {
      void: { ...record.void, reversalId: gatewayId('payment', name, record.void.reversalId) },
    }),
    ...(options.idempotencyKey !== undefined && { idempotencyKey: options.idempotencyKey }),
    ...(options.replaces !== undefined && { replaces: options.replaces }),
    ...(options.replacedBy !== undefined && { replacedBy: options.replacedBy }),
    ...extras(found as Found<PaymentRecord>, options),
  }
}

export function publishInvoice(
  connection: OpenConnection,
  found: Found<InvoiceRecord>,
  options: PublishOptions = {},
): Invoice {
  const { record } = found
  const { name } = connection
  return {
    object: 'invoice',
    id: gatewayId('invoice', name, found.nativeId),
    ...envelope(connection),
    nativeId: found.nativeId,
    ...record,
    ...customerReference(name, record),
    ...(record.payments && {
      payments: record.payments.map((payment) => ({ ...payment, id: settlingId(name, payment.id) })),
    }),
    ...extras(found, options),
  }
}

export function publishCredit(
  connection: OpenConnection,
  found: Found<CreditRecord>,
  options: PublishOptions = {},
): Credit {
  const { nativeId, record } = found
  const { name } = connection
  const payment = (id: string | null) => (id === null ? null : gatewayId('payment', name, id))
  const { kind, customer, applications, paymentId, ...rest } = record
  return {
    object: 'credit',
    id: gatewayId('credit', name, `${kind}-${nativeId}`),
    ...envelope(connection),
    nativeId,
    kind,
    ...rest,
    customer: customer && { ...customer, id: gatewayId('customer', name, customer.id) },
    applications: applications.map((application) => ({
      ...application,
      invoiceId: application.invoiceId === null ? null : gatewayId('invoice', name, application.invoiceId),
      paymentId: payment(application.paymentId),
    })),
    paymentId: payment(paymentId),
    ...extras(found, options),
  }
}

/** An invoice is settled by payments, and by credits whose native id carries their kind (`memo-6001`). */
const settlingId = (connection: string, nativeId: string): string =>
  gatewayId(CREDIT_KEY.test(nativeId) ? 'credit' : 'payment', connection, nativeId)
const CREDIT_KEY = new RegExp(`^(${CREDIT_KINDS.join('|')}|journal)-`)

const OURS = /^(cus|pay|inv|crd|emt|op)_/

interface Accepted {
  parent?: { id?: string | null | undefined; name?: string | null | undefined } | null | undefined
  emailTemplates?: CustomerEmailTemplate[] | null | undefined
}

/**
 * What the caller wrote, with native ids. `parent.id` is a customer id (`cus_…`) or the ERP's own id; what looks like
 * one of ours is read as ours.
 */
export function acceptCustomer<T extends Accepted>(connection: string, body: T): T {
  const id = body.parent?.id
  const { emailTemplates } = body
  return {
    ...body,
    ...(id &&
      OURS.test(id) && { parent: { ...body.parent, id: keyOnConnection(id, 'customer', connection, '/parent/id') } }),
    ...(emailTemplates && { emailTemplates: acceptEmailTemplates(connection, emailTemplates, '/emailTemplates') }),
  }
}

export const acceptEmailTemplates = (
  connection: string,
  templates: readonly CustomerEmailTemplate[],
  pointer: string,
): CustomerEmailTemplate[] =>
  templates.map((one, index) =>
    one.id && OURS.test(one.id)
      ? { ...one, id: keyOnConnection(one.id, 'emailTemplate', connection, `${pointer}/${index}/id`) }
      : one,
  )
