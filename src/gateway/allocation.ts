/**
 * Who settles what: the caller's applications and credits against the open items, the same on every ERP.
 *
 * `applications[].amount` is settled by cash and credits together. A credit pinned to an invoice goes there; the others
 * are used in the order given on the applications in the order given; cash fills what is left.
 */
import { type FieldError, GatewayError } from '../errors.ts'
import {
  compare,
  fractionDigits,
  isPositive,
  minorDigits,
  moneyText,
  smallest,
  subtract,
  sum,
} from '../mapping/money.ts'
import type { Allocation, CreditPart, NativeOpenItem, PlannedApplication } from '../providers/provider.ts'

/** One application, resolved to its open item. */
export interface WantedApplication {
  readonly invoice: NativeOpenItem
  readonly amount: string
  readonly discount: string | null
  readonly discountDate: string | null
  readonly lineId: string | null
  /** Place in the caller's list; null when the gateway chose it. */
  readonly index: number | null
}
/** One credit, resolved; `invoice` pins it. */
export interface WantedCredit {
  readonly credit: NativeOpenItem
  readonly amount: string
  readonly invoice: NativeOpenItem | null
  readonly index: number
}

/** Splits the amount. Throws `allocation_exceeds_open_amount` or `allocation_exceeds_amount` with pointers. */
export function allocate(
  amount: string,
  currency: string,
  applications: readonly WantedApplication[],
  credits: readonly WantedCredit[],
): Allocation {
  checkOpenAmounts(currency, applications, credits)
  const remaining = applications.map((application) => application.amount)
  const parts: CreditPart[][] = applications.map(() => [])
  const inOrder = [...credits.filter((wanted) => wanted.invoice), ...credits.filter((wanted) => !wanted.invoice)]
  for (const wanted of inOrder) {
    const left = spread(wanted, applications, remaining, parts)
    if (isPositive(left)) throw creditsTooLarge(wanted, left, currency)
  }
  const appliedCash = sum(remaining)
  if (compare(appliedCash, amount) > 0) throw cashTooSmall(amount, appliedCash, currency, applications)
  return {
    applications: applications.map((application, place) =>
      plan(application, remaining[place] as string, parts[place] as CreditPart[], currency),
    ),
    appliedCash: moneyText(appliedCash, currency),
    unapplied: moneyText(subtract(amount, appliedCash), currency),
  }
}

function spread(
  wanted: WantedCredit,
  applications: readonly WantedApplication[],
  remaining: string[],
  parts: CreditPart[][],
): string {
  let left = wanted.amount
  for (const [place, application] of applications.entries()) {
    if (wanted.invoice && wanted.invoice !== application.invoice) continue
    const part = smallest(left, remaining[place] as string)
    if (!isPositive(part)) continue
    parts[place]?.push({ credit: wanted.credit, amount: part, index: wanted.index })
    remaining[place] = subtract(remaining[place] as string, part)
    left = subtract(left, part)
  }
  return left
}

/** With the currency's digits, as providers send it. */
const plan = (
  application: WantedApplication,
  cash: string,
  credits: readonly CreditPart[],
  currency: string,
): PlannedApplication => ({
  ...application,
  amount: moneyText(application.amount, currency),
  discount: application.discount === null ? null : moneyText(application.discount, currency),
  cash: moneyText(cash, currency),
  credits: credits.map((part) => ({ ...part, amount: moneyText(part.amount, currency) })),
})

function checkOpenAmounts(
  currency: string,
  applications: readonly WantedApplication[],
  credits: readonly WantedCredit[],
): void {
  const errors: FieldError[] = []
  const words: string[] = []
  const check = (item: NativeOpenItem, wanted: string, pointer: string, what: string) => {
    if (compare(wanted, item.openAmount) <= 0) return
    const open = moneyText(item.openAmount, currency)
    errors.push({ pointer, code: 'too_large', detail: `at most ${open}` })
    words.push(
      `${what} ${item.number ?? item.nativeId} has ${open} ${currency} open; ${moneyText(wanted, currency)} was applied.`,
    )
  }
  const settledBy = new Map<NativeOpenItem, string>()
  for (const application of applications) {
    const before = settledBy.get(application.invoice) ?? '0'
    const after = sum([before, application.amount, application.discount ?? '0'])
    settledBy.set(application.invoice, after)
    check(application.invoice, after, `/applications/${application.index ?? 0}/amount`, 'Invoice')
  }
  const usedOf = new Map<NativeOpenItem, string>()
  for (const wanted of credits) {
    const after = sum([usedOf.get(wanted.credit) ?? '0', wanted.amount])
    usedOf.set(wanted.credit, after)
    check(wanted.credit, after, `/credits/${wanted.index}/amount`, 'Credit')
  }
  if (errors.length > 0) throw new GatewayError('allocation_exceeds_open_amount', words.join(' '), { errors })
}

function creditsTooLarge(wanted: WantedCredit, left: string, currency: string): GatewayError {
  const detail = `The credit leaves ${moneyText(left, currency)} ${currency} that no application uses.`
  return new GatewayError('allocation_exceeds_amount', detail, {
    errors: [{ pointer: `/credits/${wanted.index}/amount`, code: 'too_large', detail }],
  })
}

function cashTooSmall(
  amount: string,
  cash: string,
  currency: string,
  applications: readonly WantedApplication[],
): GatewayError {
  const short = moneyText(subtract(cash, amount), currency)
  const detail = `The applications need ${moneyText(cash, currency)} ${currency} of cash; the amount is ${moneyText(amount, currency)}.`
  return new GatewayError('allocation_exceeds_amount', detail, {
    errors: [
      { pointer: `/applications/${applications.length - 1}/amount`, code: 'too_large', detail: `${short} too much` },
    ],
  })
}

/** The oldest first: by due date, date, number. The rest stays unapplied. */
export function oldestFirst(amount: string, currency: string, items: readonly NativeOpenItem[]): WantedApplication[] {
  const open = items.filter((item) => item.currency === currency && isReceivable(item) && isPositive(item.openAmount))
  const key = (item: NativeOpenItem) =>
    [item.dueDate ?? item.date ?? '9999', item.date ?? '9999', item.number ?? '', item.nativeId].join('\u0000')
  const wanted: WantedApplication[] = []
  let left = amount
  for (const item of open.sort((one, other) => (key(one) < key(other) ? -1 : 1))) {
    const part = smallest(left, item.openAmount)
    if (!isPositive(part)) break
    wanted.push({ invoice: item, amount: part, discount: null, discountDate: null, lineId: null, index: null })
    left = subtract(left, part)
  }
  return wanted
}

const RECEIVABLES: ReadonlySet<string> = new Set(['invoice', 'debit-memo', 'journal'])
/** Whether the item is owed to us; everything else is a credit. */
export const isReceivable = (item: { readonly kind: string }): boolean => RECEIVABLES.has(item.kind)

/** Refuses more digits than the currency has, or the ERP's books (`bookDigits`): amounts are never rounded. */
export function checkDigits(
  currency: string,
  amounts: readonly (readonly [pointer: string, amount: string | null | undefined])[],
  bookDigits = Number.POSITIVE_INFINITY,
): void {
  const whose = bookDigits < minorDigits(currency) ? "the ERP's books have" : `${currency} has`
  const digits = Math.min(bookDigits, minorDigits(currency))
  const errors: FieldError[] = []
  for (const [pointer, amount] of amounts) {
    if (amount && fractionDigits(amount) > digits) {
      errors.push({ pointer, code: 'too_many_digits', detail: `${whose} ${digits} digits after the point` })
    }
  }
  if (errors.length > 0)
    throw new GatewayError('invalid_request', `An amount has more digits than ${whose}.`, { errors })
}
