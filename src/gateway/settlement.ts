/** Settling later and taking it back: what the rest of a payment, or a credit alone, settles; and who gives back what. */
import type { ApplicationWrite } from '../../schemas/allocation.ts'
import type { CreditApply, CreditRecord, PaymentApply } from '../../schemas/credit.ts'
import type { PaymentRecord } from '../../schemas/payment.ts'
import { fieldError, GatewayError } from '../errors.ts'
import { compare, moneyText, sum } from '../mapping/money.ts'
import type { Allocation, Connection, CreditKey, Found, NativeOpenItem } from '../providers/provider.ts'
import { allocate, type WantedApplication, type WantedCredit } from './allocation.ts'
import { ItemResolver } from './item-resolver.ts'
import { openItemKey } from './open-items.ts'
import { checkAmounts, checkCurrencies, checkShape } from './payment-plan.ts'
import { receivablesAccount } from './receivables-account.ts'

/** Whose money, and in which currency. */
interface Owner {
  readonly customerId: string
  readonly currency: string
}

export function ownerOf(record: Pick<PaymentRecord | CreditRecord, 'customer' | 'currency'>): Owner {
  const { customer, currency } = record
  if (!customer?.id || !currency)
    throw new GatewayError('provider_garbled', "The ERP's record names no customer or currency.", { applied: 'no' })
  return { customerId: customer.id, currency }
}

/** Only what is posted settles; what a draft is to settle is changed with it. */
export function checkSettles({ status, statusText }: PaymentRecord): void {
  if (status === 'draft')
    throw new GatewayError('not_changeable', 'The payment is a draft: change its applications with PATCH.')
  if (status === 'voided')
    throw new GatewayError('not_changeable', `The payment is voided (${statusText ?? status}); it settles nothing.`)
}

/** The addition to what the payment settles, out of its rest and the credits. */
export async function planApply(
  connectionName: string,
  connection: Connection,
  { applications, credits = [] }: PaymentApply,
  { nativeId, record }: Found<PaymentRecord>,
): Promise<Allocation> {
  const { customerId, currency } = ownerOf(record)
  checkShape(applications, credits)
  checkAmounts(currency, undefined, applications, credits, connection.amountDigits)
  const items = await connection.listOpenItems(customerId)
  const resolver = new ItemResolver(connectionName, connection, customerId, items)
  const wanted = await resolver.applications(applications)
  const used = await resolver.credits(credits)
  const own = used.find(({ credit }) => credit.paymentId === nativeId)
  if (own) {
    const detail = 'It is the rest of this payment, which is used without being named.'
    throw fieldError('invalid_reference', `/credits/${own.index}/creditId`, detail)
  }
  checkCurrencies(currency, wanted, used)
  receivablesAccount(record.arAccount?.id ?? null, wanted, used)
  return allocate(record.unappliedAmount ?? '0', currency, wanted, used)
}

/** The addition to what the credit settles. */
export async function planCreditApply(
  connectionName: string,
  connection: Connection,
  { applications }: CreditApply,
  key: CreditKey,
  record: CreditRecord,
): Promise<Allocation> {
  const { customerId, currency } = ownerOf(record)
  checkShape(applications, [])
  checkAmounts(currency, undefined, applications, [], connection.amountDigits)
  const items = await connection.listOpenItems(customerId)
  const wanted = await new ItemResolver(connectionName, connection, customerId, items).applications(applications)
  checkCurrencies(currency, wanted, [])
  const credit = items.find((item) => openItemKey(item) === openItemKey(key))
  checkCreditCovers(applications, credit, record)
  if (key.kind !== 'deposit') receivablesAccount(credit?.arAccountId ?? null, wanted, [])
  return allocate('0', currency, wanted, [wholeOf(credit as NativeOpenItem, wanted)])
}

/** Everything that is wanted comes out of the one credit. */
const wholeOf = (credit: NativeOpenItem, wanted: readonly WantedApplication[]): WantedCredit => ({
  credit,
  amount: sum(wanted.map(({ amount }) => amount)),
  invoice: null,
  index: 0,
})

function checkCreditCovers(
  applications: readonly ApplicationWrite[],
  credit: NativeOpenItem | undefined,
  { number, currency }: CreditRecord,
): void {
  const open = moneyText(credit?.openAmount ?? '0', currency)
  const wanted = sum(applications.map(({ amount }) => amount))
  if (credit && compare(wanted, open) <= 0) return
  const detail = `The credit ${number ?? ''} has ${open} ${currency} open; ${moneyText(wanted, currency)} was applied.`
  throw fieldError(
    'allocation_exceeds_open_amount',
    `/applications/${applications.length - 1}/amount`,
    detail.replace('  ', ' '),
    'too_large',
  )
}
