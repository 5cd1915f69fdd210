/** ARPYMTDETAIL: what a payment settles, with cash and with credits. One detail holds one kind of money. */
import type { Application, CreditUse } from '../../../schemas/allocation.ts'
import type { Warning } from '../../../schemas/common.ts'
import { fieldError } from '../../errors.ts'
import { type Context, digitsOf, isEmpty } from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { isPositive, moneyText, sum } from '../../mapping/money.ts'
import { contextAt, readPart } from '../../mapping/reading.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { Allocation, CreditPart, PlannedApplication } from '../provider.ts'
import { isKey } from './account.ts'
import { userDate } from './codecs.ts'

export const DETAIL_LIST = 'ARPYMTDETAILS'

/** Kinds of credit by the kind in our ids: where a detail names the credit and the amount. */
interface CreditPlace {
  readonly key: string
  readonly entry?: string
  readonly amount: string
  /** Where the key may be read instead (recorded detail fields). */
  readonly readKey?: string
}
const CREDITS: Readonly<Record<string, CreditPlace>> = {
  memo: { key: 'ADJUSTMENTKEY', amount: 'TRX_ADJUSTMENTAMOUNT' },
  inline: { key: 'INLINEKEY', entry: 'INLINEENTRYKEY', amount: 'TRX_INLINEAMOUNT' },
  advance: { key: 'ADVANCEKEY', amount: 'TRX_POSTEDADVANCEAMOUNT', readKey: 'POSTEDADVANCEKEY' },
  overpayment: { key: 'OVERPAYMENTKEY', amount: 'TRX_POSTEDOVERPAYMENTAMOUNT', readKey: 'POSTEDOVERPAYMENTKEY' },
  'negative-invoice': { key: 'NEGATIVEINVOICEKEY', amount: 'TRX_NEGATIVEINVOICEAMOUNT' },
}
const CASH = 'TRX_PAYMENTAMOUNT'

// Writing

/** Details of a plan. `discounts`: the company takes custom discounts. */
export function detailNodes(plan: Allocation, discounts: boolean): XmlNode[] {
  return plan.applications.flatMap((application) => {
    const parts = application.credits.map((part) => detail([...invoiceNodes(application), ...creditNodes(part)]))
    if (!isPositive(application.cash)) {
      if (application.discount !== null)
        throw discountRefused(application, 'A discount goes beside cash, and this invoice gets none.')
      return parts
    }
    const cash: XmlNode[] = [...invoiceNodes(application), [CASH, application.cash]]
    if (application.discount !== null) {
      if (!discounts)
        throw discountRefused(
          application,
          'Custom discounts are not enabled for this connection (setting customDiscounts).',
        )
      // Either of both goes into a detail (developer docs, AR payments): a date takes what the terms give on that day.
      if (application.discountDate !== null)
        throw discountRefused(application, 'A discount of its own has no date in Sage Intacct.', 'discountDate')
      cash.push(['TRX_TOTALDISCOUNTTOAPPLY', application.discount])
    }
    return [detail(cash), ...parts]
  })
}

const detail = (nodes: readonly XmlNode[]): XmlNode => ['ARPYMTDETAIL', nodes]

/** Without its discount the invoice would stay open by that amount, so the cash alone is never booked. */
const discountRefused = (application: PlannedApplication, why: string, field = 'discount') =>
  fieldError('field_not_supported', `/applications/${application.index ?? 0}/${field}`, why)

function invoiceNodes({ invoice, lineId }: PlannedApplication): XmlNode[] {
  const [key, entry] =
    invoice.kind === 'debit-memo' ? (['POSADJKEY', 'POSADJENTRYKEY'] as const) : (['RECORDKEY', 'ENTRYKEY'] as const)
  return lineId === null
    ? [[key, invoice.nativeId]]
    : [
        [key, invoice.nativeId],
        [entry, lineId],
      ]
}

function creditNodes({ credit, amount, index }: CreditPart): XmlNode[] {
  const place = CREDITS[credit.kind]
  if (place === undefined)
    throw fieldError(
      'invalid_reference',
      `/credits/${index}/creditId`,
      `Sage Intacct has no credits of the kind ${credit.kind}.`,
    )
  const [key = '', entry] = credit.nativeId.split('.')
  const nodes: XmlNode[] = [[place.key, key]]
  if (place.entry !== undefined && entry !== undefined) nodes.push([place.entry, entry])
  return [...nodes, [place.amount, amount]]
}

// Reading

/** One kind of money on one invoice. */
export interface SettledPart {
  /** `101`, `debit-412`. */
  readonly invoiceId: string
  readonly lineId: string | null
  /** Null: cash. */
  readonly creditId: string | null
  readonly amount: string
  readonly discount: string | null
  readonly discountDate: string | null
}
export interface Settled {
  readonly parts: readonly SettledPart[]
  readonly applications: Application[]
  readonly credits: CreditUse[]
  /** Cash of all details. */
  readonly cash: string
  /** Records whose numbers the applications show: RECORDNO of invoices and of debit memos. */
  readonly invoiceKeys: readonly string[]
  readonly debitMemoKeys: readonly string[]
  /** Details that could not be read: they are in nothing of this. */
  readonly unread: readonly Warning[]
}

/** Blank where there is none; what is no text cannot be read. */
function value(line: VendorRecord, name: string): string {
  const found = line[name]
  if (isEmpty(found)) return ''
  return typeof found === 'string' ? found.trim() : garbledValue('text', found)
}
function keyIn(line: VendorRecord, name: string): string {
  const key = value(line, name)
  return key === '' || isKey(key) ? key : garbledValue('a record number', key)
}
const amountOf = (line: VendorRecord, name: string): string => digitsOf(value(line, name) || '0', 'an amount')

export function settledBy(lines: readonly VendorRecord[], context: Context): Settled {
  const unread: Warning[] = []
  const own = contextAt(context, '/applications', unread)
  const parts = lines.flatMap((line) => readPart(own, '', 'ARPYMTDETAIL', () => partsOf(line, own)) ?? [])
  return { ...settledOf(parts, context.currency), unread }
}

/** Cash and credits on the same invoice are several parts and one application. */
export function settledOf(parts: readonly SettledPart[], currency: string | null): Settled {
  const text = (amount: string) => moneyText(amount, currency)
  const ids = [...new Set(parts.map((part) => part.invoiceId))]
  return {
    parts,
    applications: ids.map((id) =>
      applicationOf(
        id,
        parts.filter((part) => part.invoiceId === id),
        text,
      ),
    ),
    credits: parts.flatMap(({ creditId, amount, invoiceId }) =>
      creditId === null ? [] : [{ creditId, amount: text(amount), invoiceId }],
    ),
    cash: sum(parts.filter((part) => part.creditId === null).map((part) => part.amount)),
    invoiceKeys: ids.filter((id) => !id.startsWith(DEBIT)),
    debitMemoKeys: ids.filter((id) => id.startsWith(DEBIT)).map((id) => id.slice(DEBIT.length)),
    unread: [],
  }
}

/** What is this receipt's own money under the name of a credit. */
export const asCash = (parts: readonly SettledPart[], ownCreditId: string): SettledPart[] =>
  parts.map((part) => (part.creditId === ownCreditId ? { ...part, creditId: null } : part))

/** Debit memos have this before their RECORDNO in our ids. */
export const DEBIT = 'debit-'

/** Null: the detail names none, and settles nothing. */
function invoiceIdOf(line: VendorRecord): string | null {
  const key = keyIn(line, 'RECORDKEY')
  if (key !== '') return key
  const debit = keyIn(line, 'POSADJKEY')
  if (debit !== '') return `${DEBIT}${debit}`
  const settles = isPositive(amountOf(line, CASH)) || creditUses(line).length > 0
  return settles || line['RECORDKEY'] === undefined ? garbledValue('what is paid', undefined) : null
}

/** A detail holds one kind of money by the documentation; reading takes more. */
function partsOf(line: VendorRecord, context: Context): SettledPart[] {
  const invoiceId = invoiceIdOf(line)
  if (invoiceId === null) return []
  const entry = keyIn(line, 'ENTRYKEY') || keyIn(line, 'POSADJENTRYKEY')
  const place = { invoiceId, lineId: entry === '' ? null : entry }
  const credits = creditUses(line).map((use) => ({ ...place, ...use, discount: null, discountDate: null }))
  const cash = sum([amountOf(line, CASH)])
  if (credits.length > 0 && !isPositive(cash)) return credits
  // A detail shows the money that it is of.
  if (credits.length === 0 && isEmpty(line[CASH])) garbledValue('an amount', line[CASH])
  const discount = value(line, 'TRX_DISCOUNTAMOUNT')
    ? amountOf(line, 'TRX_DISCOUNTAMOUNT')
    : amountOf(line, 'TRX_TOTALDISCOUNTTOAPPLY')
  const date = value(line, 'DISCOUNTDATE')
  return [
    {
      ...place,
      creditId: null,
      amount: cash,
      discount: isPositive(discount) ? discount : null,
      discountDate: date === '' ? null : readPart(context, '', 'DISCOUNTDATE', () => userDate.decode(date, context)),
    },
    ...credits,
  ]
}

function applicationOf(
  invoiceId: string,
  parts: readonly SettledPart[],
  text: (amount: string) => string,
): Application {
  const total = (some: readonly SettledPart[]) => sum(some.map((part) => part.amount))
  const discount = sum(parts.map((part) => part.discount ?? '0'))
  const entries = new Set(parts.map((part) => part.lineId))
  const [entry = null] = entries
  return {
    invoiceId,
    invoiceNumber: null,
    amount: text(total(parts)),
    cashAmount: text(total(parts.filter((part) => part.creditId === null))),
    creditAmount: text(total(parts.filter((part) => part.creditId !== null))),
    lineId: entries.size === 1 ? entry : null,
    discount: isPositive(discount) ? text(discount) : null,
    discountDate: parts.find((part) => part.discountDate !== null)?.discountDate ?? null,
  }
}

function creditUses(line: VendorRecord): { creditId: string; amount: string }[] {
  return Object.entries(CREDITS).flatMap(([kind, place]) => {
    const key = keyIn(line, place.key) || (place.readKey ? keyIn(line, place.readKey) : '')
    const amount = amountOf(line, place.amount)
    if (!isPositive(amount)) return []
    if (key === '') garbledValue('the credit', line[place.key])
    const entry = place.entry ? keyIn(line, place.entry) : ''
    return [{ creditId: `${kind}-${key}${entry ? `.${entry}` : ''}`, amount }]
  })
}
