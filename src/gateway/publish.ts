/** Provider records with native ids become answers with gateway ids: the one place that does it. */
import type { Credit, CreditRecord } from '../../schemas/credit.ts'
import type { Customer, CustomerRecord } from '../../schemas/customer.ts'
import type { EmailTemplate, EmailTemplateRecord } from '../../schemas/email-template.ts'
import type { Invoice, InvoiceRecord } from '../../schemas/invoice.ts'
import { CREDIT_KINDS } from '../../schemas/open-item.ts'
import type { Payment, PaymentRecord } from '../../schemas/payment.ts'
import type { Found, PaymentFields } from '../providers/provider.ts'
import type { OpenConnection } from './connections.ts'
import { gatewayId } from './ids.ts'

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
  // Only written: a mapping without a place for them reads them as null.
  const { draft: _draft, autoApply: _autoApply, ...record } = found.record as PaymentFields
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
