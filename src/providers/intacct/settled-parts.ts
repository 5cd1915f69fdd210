/** What records settle, as parts that can be taken away one by one and written again. Pure. */
import { isPositive, moneyText, smallest, subtract, sum } from '../../mapping/money.ts'
import type { CreditPart, NativeOpenItem, PlannedApplication } from '../provider.ts'
import { DEBIT, type SettledPart } from './payment-details.ts'

/** The parts of one record. */
export interface PartsOf {
  /** RECORDNO. */
  readonly key: string
  readonly parts: readonly SettledPart[]
}

/** Takes the amount off the parts that fit, the newest record's last part first; `left` is what nobody has. */
export function takenOff(
  records: readonly PartsOf[],
  fits: (part: SettledPart) => boolean,
  amount: string,
): { records: PartsOf[]; left: string } {
  let left = amount
  const reduced = records.toReversed().map(({ key, parts }) => {
    const kept = parts.toReversed().flatMap((part) => {
      const taken = fits(part) ? smallest(left, part.amount) : '0'
      if (!isPositive(taken)) return [part]
      left = subtract(left, taken)
      const rest = subtract(part.amount, taken)
      // A discount stays with what is left of the cash beside which it was taken.
      return isPositive(rest) ? [{ ...part, amount: rest }] : []
    })
    return { key, parts: kept.toReversed() }
  })
  return { records: reduced.toReversed(), left }
}

export const totalOf = (parts: readonly SettledPart[]): string => sum(parts.map((part) => part.amount))

/** The records whose parts differ, as they are wanted. */
export const changedOf = (before: readonly PartsOf[], after: readonly PartsOf[]): PartsOf[] =>
  after.filter(({ parts }, place) => totalOf(parts) !== totalOf(before[place]?.parts ?? []))

/** Parts as what a payment settles: cash and credits of one invoice and line together. */
export function plannedOf(parts: readonly SettledPart[], currency: string | null): PlannedApplication[] {
  const text = (amount: string) => moneyText(amount, currency)
  const groups = new Map<string, SettledPart[]>()
  for (const part of parts) {
    const name = `${part.invoiceId} ${part.lineId ?? ''}`
    groups.set(name, [...(groups.get(name) ?? []), part])
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [SettledPart]
    const cash = group.filter((part) => part.creditId === null)
    const discount = sum(cash.map((part) => part.discount ?? '0'))
    return {
      invoice: invoiceItem(first.invoiceId),
      lineId: first.lineId,
      amount: text(totalOf(group)),
      cash: text(totalOf(cash)),
      credits: group.flatMap(({ creditId, amount }) =>
        creditId === null
          ? []
          : [{ credit: creditItem(creditId), amount: text(amount), index: 0 } satisfies CreditPart],
      ),
      discount: isPositive(discount) ? text(discount) : null,
      discountDate: null,
      index: null,
    }
  })
}

const invoiceItem = (id: string): NativeOpenItem =>
  id.startsWith(DEBIT) ? itemOf('debit-memo', id.slice(DEBIT.length)) : itemOf('invoice', id)

/** `overpayment-2096`; the kind may have a dash of its own. */
export function creditItem(creditId: string): NativeOpenItem {
  const dash = creditId.lastIndexOf('-')
  return itemOf(creditId.slice(0, dash) as NativeOpenItem['kind'], creditId.slice(dash + 1))
}

/** Only its name matters: what is written again was checked when it was written first. */
const itemOf = (kind: NativeOpenItem['kind'], nativeId: string): NativeOpenItem => ({
  ...{ kind, nativeId, number: null, date: null, dueDate: null, currency: '', amount: '0', openAmount: '0' },
  ...{ discount: null, paymentId: null },
})
