/** An ARPYMT that applies credits and no cash; and what is left of one after a part was taken away. */
import { GatewayError } from '../../errors.ts'
import { isEmpty, text } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { today } from '../../mapping/zone.ts'
import type { Allocation, PlannedApplication } from '../provider.ts'
import { contextOf, type Desk, defaultsOf, zoneOf } from './account.ts'
import { userDate, writeDate } from './codecs.ts'
import type { FunctionCall } from './envelope.ts'
import { described, type Mark, MEMO_COLUMN, markFor, memoIn } from './memo.ts'
import { DEFAULT_METHOD } from './payment.ts'
import { DETAIL_LIST, detailNodes } from './payment-details.ts'
import { referenceIdOf } from './references.ts'
import { reverseFunction } from './reversal.ts'
import { type PartsOf, plannedOf } from './settled-parts.ts'
import type { Settlement } from './settlements.ts'
import { type MakeStep, priorOfSettlement, type ReverseStep } from './step.ts'
import { objectFunction } from './writing.ts'

interface Header {
  readonly customerId: string
  readonly currency: string
  /** YYYY-MM-DD; null: today. */
  readonly date: string | null
  /** The record whose account, method and texts it takes over; a receipt, or the record that it replaces. */
  readonly like?: VendorRecord
}

/** A bank account and a method are given for credits too, as the documentation's examples do. */
export function applyFunction(
  desk: Desk,
  { customerId, currency, date, like = {} }: Header,
  applications: readonly PlannedApplication[],
  mark: Mark,
): FunctionCall {
  const day = writeDate(date ?? today(desk.now(), zoneOf(desk.settings)))
  const allocation: Allocation = { applications, appliedCash: '0', unapplied: '0' }
  return objectFunction(
    'create',
    'ARPYMT',
    {
      ...accountOf(desk, like),
      PAYMENTMETHOD: like['PAYMENTMETHOD'] || DEFAULT_METHOD,
      CUSTOMERID: customerId,
      ...(like['DOCNUMBER'] ? { DOCNUMBER: like['DOCNUMBER'] } : {}),
      RECEIPTDATE: day,
      PAYMENTDATE: day,
      CURRENCY: currency,
      ...described(mark, memoIn(like[MEMO_COLUMN])),
    },
    [[DETAIL_LIST, detailNodes(allocation, desk.settings.customDiscounts === true)]],
  )
}

/** Undeposited funds cannot be named with foreign currency (BL02000051), so a bank account is preferred. */
function accountOf(desk: Desk, like: VendorRecord): Record<string, unknown> {
  const { bankAccountId, undepositedAccountNo } = defaultsOf(desk)
  const bank = like['FINANCIALENTITY'] || bankAccountId
  if (bank) return { FINANCIALENTITY: bank }
  const funds = like['UNDEPOSITEDACCOUNTNO'] || undepositedAccountNo
  if (funds) return { UNDEPOSITEDACCOUNTNO: funds }
  const detail = 'Sage Intacct needs an account for applying credits too: set defaults.bankAccountId.'
  throw new GatewayError('field_required', detail)
}

/** The record's own date: what is taken away was never there, as where an ERP changes the record itself. */
export const dateOf = (desk: Desk, fields: VendorRecord): string =>
  userDate.decode(fields['RECEIPTDATE'] ?? fields['WHENCREATED'], contextOf(desk))

/** What is made again takes these over; none of them may be unreadable. */
const KEPT = ['FINANCIALENTITY', 'UNDEPOSITEDACCOUNTNO', 'PAYMENTMETHOD', 'DOCNUMBER', MEMO_COLUMN]
const keptOf = (fields: VendorRecord): VendorRecord =>
  Object.fromEntries(
    KEPT.map((name) => [
      name,
      isEmpty(fields[name]) ? '' : text.decode(fields[name], { currency: null, timeZone: 'UTC' }),
    ]),
  )

/** A posted record cannot change: it is reversed, and what stays of it is made again. */
function remadeFunctions(
  desk: Desk,
  { record: { fields } }: Settlement,
  { key, parts }: PartsOf,
  mark: Mark,
): FunctionCall[] {
  const date = dateOf(desk, fields)
  const { currency } = contextOf(desk, fields)
  const reversal = reverseFunction(key, date)
  if (parts.length === 0) return [reversal]
  const like = keptOf(fields)
  const header = { customerId: referenceIdOf(fields['CUSTOMERID']), currency: referenceIdOf(currency), date, like }
  return [reversal, applyFunction(desk, header, plannedOf(parts, currency), mark)]
}

/** Takes parts of records without cash away: each is reversed, and what stays of it is made again, all in one transaction. */
export function releaseStep(
  desk: Desk,
  settlements: readonly Settlement[],
  changed: readonly PartsOf[],
  about: { readonly nativeId: string; readonly customerId: string },
  intentId: string,
): MakeStep | ReverseStep {
  const mark = markFor(desk, intentId)
  const pairs = changed.toReversed().flatMap((parts) => {
    const settlement = settlements.find(({ key }) => key === parts.key)
    return settlement ? [{ settlement, parts }] : []
  })
  const functions = pairs.flatMap(({ settlement, parts }) => remadeFunctions(desk, settlement, parts, mark))
  const reversed = pairs.map(({ settlement }) => priorOfSettlement(settlement))
  const { nativeId, customerId } = about
  const sent = { title: 'reverse_arpayment', functions, nativeId, reversed }
  return functions.length > reversed.length
    ? { kind: 'make', ...sent, object: 'ARPYMT', customerId, mark }
    : { kind: 'reverse', ...sent }
}
