/** From what the caller sent to a checked plan: open items read, numbers looked up, currency and allocation settled. */
import type { PaymentCreate, PaymentPatch, PaymentRecord } from '../../schemas/payment.ts'
import { fieldError, GatewayError } from '../errors.ts'
import { compare, isCurrency, moneyText, subtract } from '../mapping/money.ts'
import type { Allocation, Connection, Found, PaymentPlan } from '../providers/provider.ts'
import { allocate, checkDigits, type WantedApplication, type WantedCredit } from './allocation.ts'
import type { Asked } from './asked.ts'
import { type Applications, type Credits, ItemResolver, once } from './item-resolver.ts'
import { keyOnConnection, openItemKey } from './open-items.ts'
import { keptApplications, keptCredits, withOwnUse } from './own-use.ts'
import { chooseOldest, receivablesAccount } from './receivables-account.ts'

/** Checks everything that can be known before the ERP is asked to write. Throws the problem with the caller's pointers. */
export async function planPayment(
  place: { readonly name: string; readonly baseCurrency: string | null; readonly arAccountId?: string | null },
  connection: Connection,
  body: PaymentCreate,
): Promise<PaymentPlan> {
  const {
    connection: _routed,
    customer,
    amount,
    currency: asked,
    applications: wantedApplications,
    credits: wantedCredits,
    autoApply,
    ...input
  } = body
  const applications = wantedApplications ?? []
  const credits = wantedCredits ?? []
  if (autoApply && applications.length + credits.length > 0) {
    throw fieldError(
      'invalid_request',
      '/autoApply',
      'autoApply chooses the invoices itself; leave applications and credits away.',
    )
  }
  checkShape(applications, credits)
  if (asked && !isCurrency(asked))
    throw fieldError('invalid_request', '/currency', `${asked} is not an ISO 4217 currency.`)
  const customerId = keyOnConnection(customer.id, 'customer', place.name, '/customer/id')
  const needsItems = Boolean(autoApply) || applications.length + credits.length > 0
  const items = needsItems ? await connection.listOpenItems(customerId) : []
  const resolver = new ItemResolver(place.name, connection, customerId, items)
  const wanted = await resolver.applications(applications)
  const used = await resolver.credits(credits)
  const currency =
    asked ?? wanted[0]?.invoice.currency ?? (await customerCurrency(connection, customerId, place.baseCurrency))
  checkAmounts(currency, amount, applications, credits, connection.amountDigits)
  checkCurrencies(currency, wanted, used)
  const askedAccount = input.arAccount?.id ?? null
  const chosen = autoApply ? chooseOldest(amount, currency, items, askedAccount ?? place.arAccountId ?? null) : wanted
  return {
    customerId,
    amount: moneyText(amount, currency),
    currency,
    input,
    arAccountId: receivablesAccount(askedAccount, chosen, used),
    ...allocate(amount, currency, chosen, used),
  }
}

/** The end state of a PATCH that changes applications: what the payment itself holds counts as open again. */
export async function planChange(
  connectionName: string,
  connection: Connection,
  body: PaymentPatch,
  before: Found<PaymentRecord>,
): Promise<Allocation | null> {
  const { record } = before
  const currency = record.currency ?? null
  if (currency !== null)
    checkAmounts(currency, body.amount, body.applications ?? [], body.credits ?? [], connection.amountDigits)
  if (body.applications === undefined && body.credits === undefined) {
    const applied = record.appliedAmount ?? '0'
    if (body.amount && compare(body.amount, applied) < 0) {
      const detail = `${applied} of the payment is applied; the amount cannot be less.`
      throw new GatewayError('allocation_exceeds_amount', detail, {
        errors: [{ pointer: '/amount', code: 'too_small', detail }],
      })
    }
    return null
  }
  const applications = body.applications ?? (body.applications === null ? [] : keptApplications(connectionName, record))
  const credits = body.credits ?? (body.credits === null ? [] : keptCredits(connectionName, record))
  checkShape(applications, credits)
  const customerId = record.customer?.id
  if (!customerId || currency === null)
    throw new GatewayError('provider_garbled', "The ERP's payment names no customer or currency.")
  const items = withOwnUse(await connection.listOpenItems(customerId), record, currency)
  const resolver = new ItemResolver(connectionName, connection, customerId, items)
  const wanted = await resolver.applications(applications)
  const used = await resolver.credits(credits)
  checkCurrencies(currency, wanted, used)
  receivablesAccount(body.arAccount?.id ?? record.arAccount?.id ?? null, wanted, used)
  return allocate(body.amount ?? record.amount ?? '0', currency, wanted, used)
}

async function customerCurrency(connection: Connection, customerId: string, base: string | null): Promise<string> {
  const customer = await connection
    .getCustomer(customerId, { fields: new Set(['currency']) })
    .catch((error: unknown) => {
      if (error instanceof GatewayError && error.code === 'not_found') {
        throw fieldError('invalid_reference', '/customer/id', 'There is no such customer.')
      }
      throw error
    })
  const currency = customer.record.currency ?? base
  if (!currency) {
    const detail = 'The customer has no currency of its own; name one, or set defaults.currency of the connection.'
    throw fieldError('field_required', '/currency', detail)
  }
  return currency
}

/** Exactly one of id and number; nothing twice; a discount date only with a discount. */
export function checkShape(applications: Applications, credits: Credits): void {
  const seen = new Set<string>()
  for (const [place, application] of applications.entries()) {
    const at = `/applications/${place}`
    if ((application.invoiceId === undefined) === (application.invoiceNumber === undefined)) {
      throw fieldError('invalid_request', at, 'Give either invoiceId or invoiceNumber.')
    }
    if (application.discountDate && !application.discount)
      throw fieldError('invalid_request', `${at}/discountDate`, 'A discountDate needs a discount.')
    once(
      seen,
      `invoice ${application.invoiceId ?? `#${application.invoiceNumber}`} ${application.lineId ?? ''}`,
      at,
      'The same invoice and line stands here twice.',
    )
  }
  for (const [place, credit] of credits.entries()) {
    once(
      seen,
      `credit ${credit.creditId} ${credit.invoiceId ?? ''}`,
      `/credits/${place}`,
      'The same credit and invoice stands here twice.',
    )
  }
}

export function checkAmounts(
  currency: string,
  amount: string | undefined,
  applications: Applications,
  credits: Credits,
  bookDigits: number | undefined,
): void {
  const amounts: [string, string | null | undefined][] = [
    ['/amount', amount],
    ...applications.flatMap((application, place): [string, string | null | undefined][] => [
      [`/applications/${place}/amount`, application.amount],
      [`/applications/${place}/discount`, application.discount],
    ]),
    ...credits.map((credit, place): [string, string] => [`/credits/${place}/amount`, credit.amount]),
  ]
  checkDigits(currency, amounts, bookDigits)
}

export function checkCurrencies(
  currency: string,
  applications: readonly WantedApplication[],
  credits: readonly WantedCredit[],
): void {
  const places = [
    ...applications.map((application) => ({
      item: application.invoice,
      pointer: `/applications/${application.index}`,
    })),
    ...credits.map((credit) => ({ item: credit.credit, pointer: `/credits/${credit.index}` })),
  ]
  const errors = places
    .filter(({ item }) => item.currency !== currency)
    .map(({ item, pointer }) => ({
      pointer,
      code: 'currency_mismatch',
      detail: `It is in ${item.currency}; the payment is in ${currency}.`,
    }))
  if (errors.length > 0)
    throw new GatewayError('currency_mismatch', errors.map((error) => error.detail).join(' '), { errors })
}

/** A plan as the payment it would become, for a dry run. */
export function previewOf(plan: PaymentPlan): PaymentRecord {
  const { autoApply: _a, draft: _d, ...input } = plan.input as Record<string, unknown>
  return {
    ...(input as Partial<PaymentRecord>),
    date: plan.input.date,
    customer: { id: plan.customerId },
    amount: plan.amount,
    currency: plan.currency,
    ...(plan.arAccountId != null && { arAccount: { ...plan.input.arAccount, id: plan.arAccountId } }),
    appliedAmount: plan.appliedCash,
    unappliedAmount: plan.unapplied,
    applications: plan.applications.map((application) => ({
      invoiceId: openItemKey(application.invoice),
      invoiceNumber: application.invoice.number,
      amount: application.amount,
      cashAmount: application.cash,
      creditAmount: moneyText(subtract(application.amount, application.cash), plan.currency),
      lineId: application.lineId,
      discount: application.discount,
      discountDate: application.discountDate,
    })),
    credits: plan.applications.flatMap((application) =>
      application.credits.map((part) => ({
        creditId: openItemKey(part.credit),
        amount: part.amount,
        invoiceId: openItemKey(application.invoice),
      })),
    ),
  }
}

/** The plan in the words of a payment, for the comparison with what the ERP has booked. */
export const askedOf = ({ customerId, amount, currency, applications, input }: PaymentPlan): Asked => ({
  ...input,
  customer: { id: customerId },
  amount,
  currency,
  applications: applications.map((one) => ({ invoiceId: one.invoice.nativeId, amount: one.amount })),
})
