/** ARPYMTDETAIL: what a payment settles, with cash and with credits. One detail holds one kind of money. */
import type { Application, CreditUse } from '../../../schemas/allocation.ts'
import { fieldError } from '../../errors.ts'
import type { Context } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { isPositive, moneyText, sum } from '../../mapping/money.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { Allocation, CreditPart, PlannedApplication } from '../provider.ts'

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
      cash.push(['TRX_TOTALDISCOUNTTOAPPLY', application.discount])
    }
    return [detail(cash), ...parts]
  })
}

const detail = (nodes: readonly XmlNode[]): XmlNode => ['ARPYMTDETAIL', nodes]

/** Without its discount the invoice would stay open by that amount, so the cash alone is never booked. */
const discountRefused = (application: PlannedApplication, why: string) =>
  fieldError('field_not_supported', `/applications/${application.index ?? 0}/discount`, why)

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

export interface Settled {
  readonly applications: Application[]
  readonly credits: CreditUse[]
  /** Cash of all details. */
  readonly cash: string
  /** Records whose numbers the applications show: RECORDNO of invoices and of debit memos. */
  readonly invoiceKeys: readonly string[]
  readonly debitMemoKeys: readonly string[]
}
interface Group {
  readonly invoiceId: string
  readonly lines: VendorRecord[]
}

const value = (line: VendorRecord, name: string): string =>
  typeof line[name] === 'string' ? (line[name] as string).trim() : ''
const amountOf = (line: VendorRecord, name: string): string => value(line, name) || '0'

/** Cash and credits on the same invoice are several details and one application. */
export function settledBy(lines: readonly VendorRecord[], context: Context): Settled {
  const groups = new Map<string, Group>()
  for (const line of lines) {
    const invoiceId = invoiceIdOf(line)
    if (invoiceId === null) continue
    const group = groups.get(invoiceId) ?? { invoiceId, lines: [] }
    group.lines.push(line)
    groups.set(invoiceId, group)
  }
  const text = (amount: string) => moneyText(amount, context.currency)
  const ids = [...groups.keys()]
  return {
    applications: [...groups.values()].map((group) => applicationOf(group, text)),
    credits: lines.flatMap((line) =>
      creditUses(line).map(({ creditId, amount }) => ({
        creditId,
        amount: text(amount),
        invoiceId: invoiceIdOf(line),
      })),
    ),
    cash: sum(lines.map((line) => amountOf(line, CASH))),
    invoiceKeys: ids.filter((id) => !id.startsWith(DEBIT)),
    debitMemoKeys: ids.filter((id) => id.startsWith(DEBIT)).map((id) => id.slice(DEBIT.length)),
  }
}

/** One payment's credits as another's money: what was a credit there is this receipt's own cash. */
export const usesAsCash = (settled: Settled, uses: readonly CreditUse[], currency: string | null): Settled => ({
  ...settled,
  credits: [],
  applications: uses.map(({ invoiceId, amount }) => ({
    invoiceId,
    invoiceNumber: null,
    amount,
    cashAmount: amount,
    creditAmount: moneyText('0', currency),
    lineId: null,
    discount: null,
    discountDate: null,
  })),
})

/** What a receipt settled when it was made and since; the same invoice again is one more application. */
export const joined = (own: Settled, later: readonly Settled[]): Settled => ({
  ...own,
  applications: [...own.applications, ...later.flatMap(({ applications }) => applications)],
  invoiceKeys: [...new Set([own, ...later].flatMap(({ invoiceKeys }) => invoiceKeys))],
  debitMemoKeys: [...new Set([own, ...later].flatMap(({ debitMemoKeys }) => debitMemoKeys))],
})

/** Debit memos have this before their RECORDNO in our ids. */
export const DEBIT = 'debit-'

function invoiceIdOf(line: VendorRecord): string | null {
  if (value(line, 'RECORDKEY')) return value(line, 'RECORDKEY')
  return value(line, 'POSADJKEY') ? `${DEBIT}${value(line, 'POSADJKEY')}` : null
}

function applicationOf({ invoiceId, lines }: Group, text: (amount: string) => string): Application {
  const cash = sum(lines.map((line) => amountOf(line, CASH)))
  const credit = sum(lines.flatMap((line) => creditUses(line).map(({ amount }) => amount)))
  const discount = sum(
    lines.map((line) => value(line, 'TRX_DISCOUNTAMOUNT') || amountOf(line, 'TRX_TOTALDISCOUNTTOAPPLY')),
  )
  const entries = new Set(lines.map((line) => value(line, 'ENTRYKEY') || value(line, 'POSADJENTRYKEY')))
  const [entry = ''] = entries
  const date = lines.map((line) => value(line, 'DISCOUNTDATE')).find((one) => one !== '')
  return {
    invoiceId,
    invoiceNumber: null,
    amount: text(sum([cash, credit])),
    cashAmount: text(cash),
    creditAmount: text(credit),
    lineId: entries.size === 1 && entry !== '' ? entry : null,
    discount: isPositive(discount) ? text(discount) : null,
    discountDate: date === undefined ? null : `${date.slice(6, 10)}-${date.slice(0, 2)}-${date.slice(3, 5)}`,
  }
}

/** A detail holds one kind of money by the documentation; reading takes more. */
function creditUses(line: VendorRecord): { creditId: string; amount: string }[] {
  return Object.entries(CREDITS).flatMap(([kind, place]) => {
    const key = value(line, place.key) || (place.readKey ? value(line, place.readKey) : '')
    const amount = amountOf(line, place.amount)
    if (key === '' || !isPositive(amount)) return []
    const entry = place.entry ? value(line, place.entry) : ''
    return [{ creditId: `${kind}-${key}${entry ? `.${entry}` : ''}`, amount }]
  })
}
