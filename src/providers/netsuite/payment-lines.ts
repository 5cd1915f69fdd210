/**
 * The apply, credit and deposit lines of a payment. They are lists that NetSuite fills in advance with everything open;
 * a line is addressed by `doc` (and `line` where a document has several), never added.
 */

import type { Warning } from '../../../schemas/common.ts'
import { fieldError } from '../../errors.ts'
import { type Context, isEmpty } from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { compare, isPositive, moneyText, smallest, subtract, sum } from '../../mapping/money.ts'
import { readPart } from '../../mapping/reading.ts'
import type { Allocation, NativeOpenItem, PaymentFields } from '../provider.ts'
import { itemsOf, type Line } from './addresses.ts'
import { jsonNumber } from './codecs.ts'
import { dateOf, idOf, isTrue, nameOf, ownIdOf, amountOf as readAmount, recordIdOf, textOf } from './values.ts'

type Applications = NonNullable<PaymentFields['applications']>
type Credits = NonNullable<PaymentFields['credits']>

// Reading

/** Open documents are in the lists too, with `apply: false`. */
const isUsed = (line: Line): boolean => {
  // Every line says whether it is applied; an amount beside nothing leaves that open.
  const isOpen = line['apply'] === undefined || (isEmpty(line['apply']) && isPositive(amountOf(line)))
  if (isOpen) garbledValue('whether the line is applied', undefined)
  return isTrue(line['apply']) && isPositive(amountOf(line))
}
const usedLines = (sublist: unknown): readonly Line[] | undefined => itemsOf(sublist)?.filter(isUsed)
/** A line that is applied has an amount; any other may come without. */
const amountOf = (line: Line): string =>
  readAmount(line['amount']) ?? (isTrue(line['apply']) ? garbledValue('an amount', undefined) : '0')
const lineNumber = (line: Line): string | null => {
  const number = recordIdOf(line['line'])
  return number === '0' ? null : number
}
const discountAt = (line: Line): string | null => {
  const discount = readAmount(line['disc'])
  return discount === null || !isPositive(discount) ? null : discount
}
const isJournal = (line: Line): boolean => /journal/i.test(textOf(line['type']) ?? '')
/** What a used line settles; without it the line says nothing. */
const documentIn = (line: Line): string => ownIdOf(idOf(line['doc']))

/** A line that cannot be read is left out and told. Writes look at the record itself, and do not go on without it. */
export function readApplications(record: VendorRecord, context: Context): Applications | undefined {
  const lines = readableLines(record, 'apply', context)
  if (!lines) return undefined
  const credits = ['credit', 'deposit'].flatMap((sublist) => readableLines(record, sublist, context) ?? [])
  // NetSuite keeps no link between a credit and an invoice: credits are counted first, on the lines in their order.
  let creditLeft = sum(credits.map(amountOf))
  const { currency } = context
  return lines.map((line) => {
    const amount = amountOf(line)
    const creditAmount = smallest(amount, creditLeft)
    creditLeft = subtract(creditLeft, creditAmount)
    const id = documentIn(line)
    const discount = discountAt(line)
    return {
      invoiceId: isJournal(line) ? `journal-${id}` : id,
      invoiceNumber: textOf(line['refNum']),
      amount: moneyText(amount, currency),
      cashAmount: moneyText(subtract(amount, creditAmount), currency),
      creditAmount: moneyText(creditAmount, currency),
      lineId: lineNumber(line),
      discount: discount === null ? null : moneyText(discount, currency),
      discountDate: dateOf(line['discDate']),
    }
  })
}

export function readCredits(record: VendorRecord, context: Context): Credits | undefined {
  const [credits, deposits] = ['credit', 'deposit'].map((sublist) => readableLines(record, sublist, context))
  if (!credits && !deposits) return undefined
  const use = (kind: string, line: Line) => ({
    creditId: `${kind}-${documentIn(line)}`,
    amount: moneyText(amountOf(line), context.currency),
    invoiceId: null,
  })
  return [
    ...(credits ?? []).map((line) => use(creditKind(line), line)),
    ...(deposits ?? []).map((line) => use('deposit', line)),
  ]
}

/** The used lines of which everything can be read that is shown. */
function readableLines(record: VendorRecord, sublist: string, context: Context): readonly Line[] | undefined {
  return itemsOf(record[sublist])?.filter(
    (line) => readPart(context, '', `${sublist} lines`, () => isUsed(line) && isReadable(line)) ?? false,
  )
}
const isReadable = (line: Line): boolean => {
  const shown = [documentIn(line), lineNumber(line), discountAt(line), dateOf(line['discDate']), textOf(line['refNum'])]
  return shown.length > 0 && textOf(line['type']) !== undefined
}
const creditKind = (line: Line): string =>
  /payment/i.test(`${textOf(line['type']) ?? ''} ${nameOf(line['doc']) ?? ''}`) ? 'payment' : 'memo'

// Writing

type Sublist = 'apply' | 'credit' | 'deposit'
const SUBLISTS: readonly Sublist[] = ['apply', 'credit', 'deposit']
const CREDIT_SUBLISTS: Readonly<Partial<Record<NativeOpenItem['kind'], Sublist>>> = {
  memo: 'credit',
  payment: 'credit',
  deposit: 'deposit',
}

/** One planned line; `pointer` is the caller's place, null where `autoApply` chose it. */
export interface PlannedLine {
  readonly sublist: Sublist
  readonly doc: string
  readonly line: string | null
  readonly amount: string
  /** Settled beside the amount, where the account's apply lines have it. */
  readonly discount?: string | null
  readonly discountDate?: string | null
  readonly pointer: string | null
  readonly label: string
}

export function plannedLines({ applications }: Allocation, withDiscounts: boolean): PlannedLine[] {
  const lines: PlannedLine[] = applications.map(({ invoice, amount, lineId, index, discount, discountDate }) => {
    if (discount !== null && !withDiscounts) {
      // Release 2026.1 has no discount on apply lines; the cash alone is never booked instead.
      throw fieldError(
        'field_not_supported',
        `/applications/${index ?? 0}/discount`,
        'The apply lines of this NetSuite account have no discount.',
      )
    }
    return {
      sublist: 'apply',
      doc: invoice.nativeId,
      line: lineId,
      amount,
      discount,
      discountDate,
      pointer: index === null ? null : `/applications/${index}`,
      label: invoice.number ?? invoice.nativeId,
    }
  })
  const credits = new Map<string, PlannedLine>()
  for (const part of applications.flatMap((application) => application.credits)) {
    const { credit, index } = part
    const sublist = CREDIT_SUBLISTS[credit.kind]
    if (!sublist)
      throw fieldError(
        'invalid_reference',
        `/credits/${index}/creditId`,
        `NetSuite has no credits of the kind ${credit.kind}.`,
      )
    const key = `${sublist} ${credit.nativeId}`
    const amount = sum([credits.get(key)?.amount ?? '0', part.amount])
    credits.set(key, {
      sublist,
      doc: credit.nativeId,
      line: null,
      amount,
      pointer: `/credits/${index}`,
      label: credit.number ?? credit.nativeId,
    })
  }
  return [...lines, ...credits.values()]
}

/** Lines to send: the planned ones, and `apply: false` for those that are to go. */
export function linesBody(
  planned: readonly PlannedLine[],
  dropped: readonly PlannedLine[] = [],
): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const sublist of SUBLISTS) {
    const items = [
      ...planned
        .filter((line) => line.sublist === sublist)
        .map((line) => ({ ...keyOf(line), apply: true, amount: jsonNumber(line.amount), ...discountOf(line) })),
      ...dropped.filter((line) => line.sublist === sublist).map((line) => ({ ...keyOf(line), apply: false })),
    ]
    if (items.length > 0) body[sublist] = { items }
  }
  return body
}
const discountOf = ({ discount, discountDate }: PlannedLine) =>
  discount ? { disc: jsonNumber(discount), ...(discountDate && { discDate: discountDate }) } : {}
const keyOf = ({ doc, line }: PlannedLine) => ({ doc: { id: doc }, ...(line !== null && { line: Number(line) }) })

/** What a read record really uses, in the same shape as the plan. */
export function actualLines(record: VendorRecord): PlannedLine[] {
  return SUBLISTS.flatMap((sublist) =>
    (usedLines(record[sublist]) ?? []).map((line) => {
      const doc = documentIn(line)
      return {
        sublist,
        doc,
        line: lineNumber(line),
        amount: amountOf(line),
        discount: discountAt(line),
        discountDate: dateOf(line['discDate']),
        pointer: null,
        label: textOf(line['refNum']) ?? doc,
      }
    }),
  )
}

export const isSame = (left: PlannedLine, right: PlannedLine) =>
  left.sublist === right.sublist &&
  left.doc === right.doc &&
  (left.line === null || right.line === null || left.line === right.line)

/** Planned lines that the record does not honour, and used lines that nobody planned. */
export function compareLines(
  planned: readonly PlannedLine[],
  record: VendorRecord,
): { short: PlannedLine[]; extra: PlannedLine[] } {
  const actual = actualLines(record)
  const honoured = (wanted: PlannedLine) =>
    actual.some(
      (line) =>
        isSame(wanted, line) &&
        compare(wanted.amount, line.amount) === 0 &&
        compare(wanted.discount ?? '0', line.discount ?? '0') === 0,
    )
  return { short: planned.filter((line) => !honoured(line)), extra: unplanned(planned, actual) }
}
export const unplanned = (planned: readonly PlannedLine[], actual: readonly PlannedLine[]): PlannedLine[] =>
  actual.filter((line) => !planned.some((wanted) => isSame(wanted, line)))

export const warningsOf = ({ short, extra }: ReturnType<typeof compareLines>, currency: string): Warning[] => [
  ...short.map((line) => ({
    pointer: line.pointer === null ? null : `${line.pointer}/amount`,
    code: 'not_applied',
    detail: `NetSuite kept the payment but did not apply ${moneyText(line.amount, currency)} ${currency} ${line.sublist === 'apply' ? 'to' : 'from'} ${line.label}.`,
  })),
  ...extra.map((line) => ({
    pointer: null,
    code: 'applied_unasked',
    detail: `NetSuite applied ${moneyText(line.amount, currency)} ${currency} ${line.sublist === 'apply' ? 'to' : 'from'} ${line.label}, which was not asked for.`,
  })),
]
