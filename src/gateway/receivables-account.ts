/** Receivables accounts: what a payment settles is on its own, where the ERP keeps items of several apart. */
import { type FieldError, GatewayError } from '../errors.ts'
import type { NativeOpenItem } from '../providers/provider.ts'
import { oldestFirst, type WantedApplication, type WantedCredit } from './allocation.ts'

/** Null where nobody says. Deposits are no receivables: every payment may use them. */
const accountOf = ({ kind, arAccountId }: NativeOpenItem): string | null =>
  kind === 'deposit' ? null : (arAccountId ?? null)

/**
 * The account that the payment has (`own`), or has to have: that of what it settles. Several are refused here, with the
 * places that do not fit, because the ERP would refuse them without.
 */
export function receivablesAccount(
  own: string | null,
  applications: readonly WantedApplication[],
  credits: readonly WantedCredit[],
): string | null {
  const places = [
    ...applications.map(({ invoice, index }) => ({ account: accountOf(invoice), pointer: `/applications/${index}` })),
    ...credits.map(({ credit, index }) => ({ account: accountOf(credit), pointer: `/credits/${index}` })),
  ]
  const account = own ?? places.find((place) => place.account !== null)?.account ?? null
  const errors = places
    .filter((place) => place.account !== null && place.account !== account)
    .map((place): FieldError => {
      const detail = `It is on the receivables account ${place.account}; the payment is on ${account}, and settles nothing of another.`
      return { pointer: place.pointer, code: 'other_account', detail }
    })
  if (errors.length > 0)
    throw new GatewayError('invalid_reference', errors.map(({ detail }) => detail).join(' '), { errors })
  return account
}

/** What `autoApply` takes: of one account only, that of the oldest item where the payment's is not known. */
export function chooseOldest(
  amount: string,
  currency: string,
  items: readonly NativeOpenItem[],
  own: string | null,
): WantedApplication[] {
  const of = (account: string | null) =>
    oldestFirst(
      amount,
      currency,
      items.filter((item) => account === null || (accountOf(item) ?? account) === account),
    )
  const chosen = of(own)
  const first = chosen[0] ? accountOf(chosen[0].invoice) : null
  return own === null && first !== null ? of(first) : chosen
}
