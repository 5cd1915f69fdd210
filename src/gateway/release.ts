/** What is released when a payment or a credit stops settling invoices: credits first, the last used first, then cash. */
import type { Application } from '../../schemas/allocation.ts'
import type { ApplicationRelease, CreditRecord } from '../../schemas/credit.ts'
import type { PaymentRecord } from '../../schemas/payment.ts'
import { fieldError, GatewayError } from '../errors.ts'
import { compare, isPositive, moneyText, smallest, subtract, sum } from '../mapping/money.ts'
import type { CreditRelease, ReleasedApplication } from '../providers/provider.ts'
import { checkDigits } from './allocation.ts'
import { once } from './item-resolver.ts'
import { keyOnConnection } from './open-items.ts'

/** A part of a credit on an invoice. */
interface CreditPart {
  readonly invoiceId: string | null
  readonly creditId: string
  readonly amount: string
}

/** One entry of what the caller wants, with native ids. */
interface Wanted {
  readonly invoiceId: string
  readonly amount: string | null
  readonly index: number
}

/** What a payment gives back. Without `credits` only its own money is meant: the payment as a credit. */
export function planRelease(
  connectionName: string,
  releases: readonly ApplicationRelease[],
  record: PaymentRecord,
  credits: 'with credits' | 'cash only',
  bookDigits?: number,
): ReleasedApplication[] {
  const currency = record.currency ?? null
  const parts = credits === 'with credits' ? creditParts(record) : []
  return wantedOf(connectionName, releases, currency, bookDigits).map(({ invoiceId, amount, index }) => {
    const onInvoice = parts.filter((part) => part.invoiceId === invoiceId)
    const cash = sum((record.applications ?? []).filter((one) => one.invoiceId === invoiceId).map(cashOf))
    const applied = sum([cash, ...onInvoice.map((part) => part.amount)])
    let left = checked({ amount, index, applied, currency, who: 'payment' })
    const released = onInvoice.toReversed().flatMap(({ creditId, amount: used }) => {
      const part = smallest(left, used)
      left = subtract(left, part)
      return isPositive(part) ? [{ creditId, amount: moneyText(part, currency) }] : []
    })
    return { invoiceId, index, credits: released, cash: moneyText(left, currency) }
  })
}

/** What a credit gives back. What was used in a payment belongs to that payment. */
export function planCreditRelease(
  connectionName: string,
  releases: readonly ApplicationRelease[],
  record: CreditRecord,
  bookDigits?: number,
): CreditRelease['released'] {
  const { currency } = record
  return wantedOf(connectionName, releases, currency, bookDigits).map(({ invoiceId, amount, index }) => {
    const uses = record.applications.filter((one) => one.invoiceId === invoiceId)
    const applied = sum(uses.map((use) => use.amount))
    const own = sum(uses.filter((use) => use.paymentId === null).map((use) => use.amount))
    const wanted = checked({ amount, index, applied, currency, who: 'credit' })
    if (compare(wanted, own) > 0) {
      const detail = `${moneyText(subtract(applied, own), currency)} ${currency} of it was used in a payment; unapply it there.`
      throw fieldError('not_changeable', `/applications/${index}/invoiceId`, detail)
    }
    return { invoiceId, amount: moneyText(wanted, currency), index }
  })
}

function wantedOf(
  connectionName: string,
  releases: readonly ApplicationRelease[],
  currency: string | null,
  bookDigits: number | undefined,
): Wanted[] {
  const seen = new Set<string>()
  if (currency !== null)
    checkDigits(
      currency,
      releases.map(({ amount }, index) => [`/applications/${index}/amount`, amount]),
      bookDigits,
    )
  return releases.map(({ invoiceId: id, amount = null }, index) => {
    const pointer = `/applications/${index}/invoiceId`
    const invoiceId = keyOnConnection(id, 'invoice', connectionName, pointer)
    once(seen, invoiceId, pointer, 'The same invoice stands here twice.')
    return { invoiceId, amount, index }
  })
}

/** How much is released: what is asked for, or all that is applied. */
function checked({
  amount,
  index,
  applied,
  currency,
  who,
}: {
  amount: string | null
  index: number
  applied: string
  currency: string | null
  who: string
}): string {
  if (!isPositive(applied))
    throw fieldError('invalid_reference', `/applications/${index}/invoiceId`, `The ${who} does not settle it.`)
  if (amount === null || compare(amount, applied) <= 0) return amount ?? applied
  const most = moneyText(applied, currency)
  throw new GatewayError('allocation_exceeds_amount', `The ${who} settles ${most} ${currency ?? ''} of it.`, {
    errors: [{ pointer: `/applications/${index}/amount`, code: 'too_large', detail: `at most ${most}` }],
  })
}

const creditOf = (application: Application): string => application.creditAmount ?? '0'
const cashOf = (application: Application): string =>
  application.cashAmount ?? subtract(application.amount, creditOf(application))

/**
 * The credits by invoice, in the order of their use. Where the ERP keeps no link they are on the applications in their
 * order, as `creditAmount` counts them.
 */
function creditParts({ applications = [], credits = [] }: PaymentRecord): CreditPart[] {
  const linked = credits.filter((use) => use.invoiceId !== null)
  const loose = credits.filter((use) => use.invoiceId === null).map((use) => ({ ...use }))
  const parts: CreditPart[] = [...linked]
  for (const application of applications) {
    const { invoiceId } = application
    const known = sum(linked.filter((use) => use.invoiceId === invoiceId).map((use) => use.amount))
    let room = subtract(creditOf(application), known)
    for (const use of loose) {
      const part = smallest(room, use.amount)
      if (!isPositive(part)) continue
      parts.push({ invoiceId, creditId: use.creditId, amount: part })
      use.amount = subtract(use.amount, part)
      room = subtract(room, part)
    }
  }
  return parts
}
