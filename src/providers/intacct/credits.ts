/** Credits by themselves: read with what uses them, applied by records that move no cash, released by reversing those. */
import type { Warning } from '../../../schemas/common.ts'
import type { CreditRecord } from '../../../schemas/credit.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import { toUnified } from '../../mapping/mapping.ts'
import { compare, isDecimal, isPositive, moneyText, sum } from '../../mapping/money.ts'
import { withWarnings } from '../../mapping/reading.ts'
import { creditOfPayment } from '../credit-of-payment.ts'
import type { AddedCreditUse, CreditKey, CreditRelease, Found, WriteOnce } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { contextOf, type Desk, isKey, notFound } from './account.ts'
import { type AnswerRecord, linesOf, rawOf } from './answer.ts'
import { CREDIT_EMPTY, CREDIT_EXTRAS, creditMapping } from './credit.ts'
import { applyFunction, releaseStep } from './credit-application.ts'
import { invoiceNumbers } from './invoice-numbers.ts'
import { markFor } from './memo.ts'
import { DEBIT } from './payment-details.ts'
import { ADVANCE, getPayment, withoutNumber } from './payment-history.ts'
import { withFilled } from './selected-fields.ts'
import { changedOf, takenOff } from './settled-parts.ts'
import { isCreditOnly, type Settlement, settlementsOf } from './settlements.ts'
import type { MakeStep } from './step.ts'

type FoundCredit = Found<CreditRecord>
const keyText = ({ kind, nativeId }: CreditKey): string => `${kind}-${nativeId}`

// Reading

export async function getCredit(desk: Desk, key: CreditKey): Promise<FoundCredit> {
  switch (key.kind) {
    case 'advance':
      return creditOfPayment(key, await getPayment(desk, `${ADVANCE}${key.nativeId}`))
    case 'overpayment':
      return creditOfPayment(key, await getPayment(desk, key.nativeId))
    case 'memo':
      return readCredit(desk, key, 'ARADJUSTMENT')
    case 'negative-invoice':
      return readCredit(desk, key, 'ARINVOICE')
    case 'inline':
      return readInline(desk, key)
    default:
      throw notFound(`credit of the kind ${key.kind}`, key.nativeId)
  }
}

async function readCredit(desk: Desk, key: CreditKey, object: string): Promise<FoundCredit> {
  const record = isKey(key.nativeId) ? (await desk.client.read(object, [key.nativeId]))[0] : undefined
  return foundCredit(desk, key, record)
}

/** A negative line of an invoice, with the invoice's number and dates. */
async function readInline(desk: Desk, key: CreditKey): Promise<FoundCredit> {
  if (!desk.settings.inlineCredits)
    throw new GatewayError('not_supported', 'Inline credits are not switched on for this connection (inlineCredits).')
  const [invoice = '', entry] = key.nativeId.split('.')
  const record = isKey(invoice) ? (await desk.client.read('ARINVOICE', [invoice]))[0] : undefined
  const line = record && linesOf(record, 'ARINVOICEITEMS').find(({ RECORDNO: lineKey }) => lineKey === entry)
  if (!record || !line) throw notFound(key.kind, key.nativeId)
  const { TRX_AMOUNT: amount, TRX_TOTALDUE: due = amount, ENTRYDESCRIPTION: text = null } = line
  const fields = { ...record.fields, TRX_TOTALENTERED: amount, TRX_TOTALDUE: due, DESCRIPTION: text }
  return foundCredit(desk, key, { ...record, fields })
}

async function foundCredit(desk: Desk, key: CreditKey, record: AnswerRecord | undefined): Promise<FoundCredit> {
  // Above zero it is owed to us: a debit memo or an invoice.
  const total = record?.fields['TRX_TOTALENTERED'] || '0'
  if (!record || (typeof total === 'string' && isDecimal(total) && isPositive(total)))
    throw notFound(key.kind, key.nativeId)
  const context = contextOf(desk, record.fields)
  const { applications, unread } = await applicationsOf(desk, key, record)
  const object = key.kind === 'memo' ? 'ARADJUSTMENT' : 'ARINVOICE'
  const fields = {
    ...withFilled(object, record.fields, NONE_HIDDEN),
    [CREDIT_EXTRAS.kind]: key.kind,
    [CREDIT_EXTRAS.applications]: applications,
  }
  const reading = toUnified(creditMapping, fields, context)
  const found = {
    nativeId: key.nativeId,
    ...reading,
    record: { ...CREDIT_EMPTY, ...reading.record },
    raw: rawOf(record.content),
  }
  return withWarnings(found, [...unread, ...withoutNumber(applications)])
}

/** `read` has no columns that could be hidden. */
const NONE_HIDDEN: ReadonlySet<string> = new Set()

const isUsed = ({ fields: { TRX_TOTALENTERED: amount, TRX_TOTALDUE: due } }: AnswerRecord): boolean =>
  !amount || !due || !isDecimal(String(amount)) || !isDecimal(String(due)) || compare(String(amount), String(due)) !== 0

/** By invoice, and by the receipt with cash in which it was used. */
async function applicationsOf(
  desk: Desk,
  key: CreditKey,
  record: AnswerRecord,
): Promise<{ applications: CreditRecord['applications']; unread: readonly Warning[] }> {
  if (!isUsed(record)) return { applications: [], unread: [] }
  const { currency } = contextOf(desk, record.fields)
  const settlements = await settlementsOf(desk, record.fields['CUSTOMERID'])
  const uses = settlements.found.flatMap((settlement) =>
    settlement.settled.parts
      .filter((part) => part.creditId === keyText(key))
      .map(({ invoiceId, amount }) => ({ invoiceId, amount, paymentId: receiptOf(settlement) })),
  )
  const groups = new Map<string, typeof uses>()
  for (const use of uses) {
    const name = `${use.invoiceId} ${use.paymentId ?? ''}`
    groups.set(name, [...(groups.get(name) ?? []), use])
  }
  const ids = [...new Set(uses.map((use) => use.invoiceId))]
  const numbers = await invoiceNumbers(
    desk,
    ids.filter((id) => !id.startsWith(DEBIT)),
    ids.filter((id) => id.startsWith(DEBIT)).map((id) => id.slice(DEBIT.length)),
  )
  const applications = [...groups.values()].map((group) => {
    const { invoiceId, paymentId } = group[0]!
    const amount = moneyText(sum(group.map((use) => use.amount)), currency)
    return { invoiceId, invoiceNumber: numbers.get(invoiceId) ?? null, amount, paymentId }
  })
  return { applications, unread: settlements.unread }
}

/** A record without cash is no payment of its own. */
const receiptOf = ({ key, record, settled }: Settlement): string | null =>
  isCreditOnly(record.fields, settled) ? null : key

// Writing

export async function applyCredit(
  desk: Desk,
  key: CreditKey,
  { allocation, date, before }: AddedCreditUse,
  once: WriteOnce,
): Promise<FoundCredit> {
  const { customer, currency } = before.record
  const header = { customerId: customer?.id ?? '', currency: currency ?? '', date }
  const mark = markFor(desk, once.intentId)
  const step: MakeStep = {
    kind: 'make',
    title: 'create ARPYMT',
    functions: [applyFunction(desk, header, allocation.applications, mark)],
    ...{ object: 'ARPYMT', customerId: header.customerId, mark, nativeId: keyText(key), reversed: [] },
  }
  await once.run([step])
  return readBack(keyText(key), () => getCredit(desk, key))
}

export async function unapplyCredit(
  desk: Desk,
  key: CreditKey,
  { released, before }: CreditRelease,
  once: WriteOnce,
): Promise<FoundCredit> {
  const read = await settlementsOf(desk, before.record.customer?.id)
  const [unread] = read.unread
  // What is made again is made of what was read.
  if (unread) throw new GatewayError('provider_garbled', unread.detail, { applied: 'no' })
  const settlements = read.found.filter(({ record, settled }) => isCreditOnly(record.fields, settled))
  const records = settlements.map(({ key: recordKey, settled }) => ({ key: recordKey, parts: settled.parts }))
  const wanted = released.reduce((current, { invoiceId, amount, index }) => {
    const isUse = (part: (typeof current)[number]['parts'][number]) =>
      part.invoiceId === invoiceId && part.creditId === keyText(key)
    const { records: reduced, left } = takenOff(current, isUse, amount)
    // Somebody was faster since it was read.
    if (isPositive(left))
      throw fieldError('not_changeable', `/applications/${index}/amount`, 'The credit settles less of it by now.')
    return reduced
  }, records)
  const about = { nativeId: keyText(key), customerId: before.record.customer?.id ?? '' }
  await once.run([releaseStep(desk, settlements, changedOf(records, wanted), about, once.intentId)])
  return readBack(keyText(key), () => getCredit(desk, key))
}
