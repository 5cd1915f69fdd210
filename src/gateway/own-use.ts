/** What a payment itself settles: it counts as open again when its applications are changed. */
import type { ApplicationWrite, CreditUseWrite } from '../../schemas/allocation.ts'
import type { PaymentRecord } from '../../schemas/payment.ts'
import { isPositive, sum } from '../mapping/money.ts'
import type { NativeOpenItem } from '../providers/provider.ts'
import { gatewayId } from './ids.ts'
import { openItemKey } from './open-items.ts'

/** What the payment itself settles, as the caller would write it. */
export function keptApplications(connectionName: string, record: PaymentRecord): ApplicationWrite[] {
  return (record.applications ?? []).flatMap((application) =>
    application.invoiceId === null
      ? []
      : [
          {
            invoiceId: gatewayId('invoice', connectionName, application.invoiceId),
            amount: application.amount,
            lineId: application.lineId ?? null,
            discount: application.discount ?? null,
          },
        ],
  )
}
export const keptCredits = (connectionName: string, record: PaymentRecord): CreditUseWrite[] =>
  (record.credits ?? []).map((use) => ({
    creditId: gatewayId('credit', connectionName, use.creditId),
    amount: use.amount,
    invoiceId: null,
  }))

/** Open items plus what the payment itself uses of them. */
export function withOwnUse(
  items: readonly NativeOpenItem[],
  record: PaymentRecord,
  currency: string,
): NativeOpenItem[] {
  const byKey = new Map(items.map((item) => [openItemKey(item), item]))
  const give = (key: string, amount: string, number: string | null) => {
    const dash = key.indexOf('-')
    const item = byKey.get(key) ?? {
      nativeId: dash < 0 ? key : key.slice(dash + 1),
      kind: kindOf(key),
      number,
      date: null,
      dueDate: null,
      currency,
      amount,
      openAmount: '0',
      discount: null,
      paymentId: null,
    }
    byKey.set(key, { ...item, openAmount: sum([item.openAmount, amount]) })
  }
  for (const application of record.applications ?? []) {
    if (application.invoiceId !== null)
      give(application.invoiceId, sum([application.amount, application.discount ?? '0']), application.invoiceNumber)
  }
  for (const use of record.credits ?? []) give(use.creditId, use.amount, null)
  return [...byKey.values()].filter((item) => isPositive(item.openAmount))
}

const WORDS: Readonly<Record<string, NativeOpenItem['kind']>> = { debit: 'debit-memo', journal: 'journal' }
function kindOf(key: string): NativeOpenItem['kind'] {
  const match = /^(debit|journal|memo|deposit|payment|advance|overpayment|negative-invoice|inline)-/.exec(key)
  if (!match) return 'invoice'
  return WORDS[match[1] as string] ?? (match[1] as NativeOpenItem['kind'])
}
