/**
 * Whether an amount fits into a customer's credit. The rule: on hold, no; without a limit in the currency that is asked
 * about, nobody can say (null); else yes when `amount` is at most the limit less what is owed. Exactly the limit is yes.
 */
import type { CreditCheck } from '../../schemas/credit-check.ts'
import { compare, moneyText, subtract, sum } from '../mapping/money.ts'
import type { NativeOpenItem } from '../providers/provider.ts'
import { isReceivable } from './allocation.ts'

/** What the ERP says of the customer; the limit is in the customer's own currency. */
export interface Credit {
  readonly currency: string | null
  readonly creditLimit: string | null
  readonly onHold: boolean
}

/** Asked for, else the customer's, else the one that all items have. */
export function currencyOfCheck(
  asked: string | null,
  customer: Credit,
  items: readonly NativeOpenItem[],
): string | null {
  const others = new Set(items.map((item) => item.currency))
  return asked ?? customer.currency ?? (others.size === 1 ? ([...others][0] as string) : null)
}

export function checkCredit(
  currency: string | null,
  amount: string | null,
  customer: Credit,
  items: readonly NativeOpenItem[],
): CreditCheck {
  const { onHold } = customer
  const otherCurrency = customer.currency !== null && currency !== null && customer.currency !== currency
  const creditLimit = customer.creditLimit === null || otherCurrency ? null : moneyText(customer.creditLimit, currency)
  const own = currency === null ? [] : items.filter((item) => item.currency === currency)
  const left = [...new Set(items.map((item) => item.currency))].filter((one) => one !== currency).sort()
  // Without any currency there are no sums, unless there is nothing to add up.
  const open = (wanted: boolean): string | null =>
    currency === null && items.length > 0
      ? null
      : moneyText(sum(own.filter((item) => isReceivable(item) === wanted).map((item) => item.openAmount)), currency)
  const [openInvoices, openCredits] = [open(true), open(false)]
  const available =
    creditLimit === null || openInvoices === null || openCredits === null
      ? null
      : moneyText(subtract(creditLimit, subtract(openInvoices, openCredits)), currency)
  const fits = available === null ? null : compare(amount ?? '0', available) <= 0
  const approved = onHold ? false : fits
  const said = [
    onHold ? 'The customer is on hold.' : null,
    available === null
      ? whyNot(customer, currency, otherCurrency)
      : fitting(available, amount, currency, fits === true),
    left.length > 0 ? `Left out: items in ${left.join(', ')}.` : null,
  ]
  const reason = said.filter((one) => one !== null).join(' ')
  return { currency, creditLimit, openInvoices, openCredits, available, onHold, approved, reason }
}

function whyNot(customer: Credit, currency: string | null, otherCurrency: boolean): string {
  if (customer.creditLimit === null) return 'The customer has no credit limit.'
  if (!otherCurrency) return 'The customer has no currency and items in several; name one.'
  const limit = `${moneyText(customer.creditLimit, customer.currency)} ${customer.currency}`
  return `The credit limit is ${limit}, and nothing says how much that is in ${currency}.`
}

function fitting(available: string, amount: string | null, currency: string | null, fits: boolean): string {
  const money = (value: string) => [moneyText(value, currency), currency].filter((one) => one !== null).join(' ')
  if (amount !== null) {
    const verb = fits ? 'fits into' : 'is more than'
    return `${money(amount)} ${verb} the ${money(available)} that ${fits ? 'are' : 'is'} available.`
  }
  return fits ? `${money(available)} are available.` : `The limit is exceeded by ${money(subtract('0', available))}.`
}
