/** More of a payment applied, or taken away: its own lines change, and nothing else. */
import type { PaymentRecord } from '../../../schemas/payment.ts'
import { fieldError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { isPositive, smallest, subtract, sum } from '../../mapping/money.ts'
import type { AddedApplications, Found, Release, ReplacedPayment, WriteOnce } from '../provider.ts'
import { actualLines, isSame, type PlannedLine, plannedLines } from './payment-lines.ts'
import { settled } from './payment-operations.ts'
import type { Session } from './session.ts'
import { linesStep, settleStep } from './write-steps.ts'

export async function applyPayment(
  session: Session,
  id: string,
  { allocation, date, before }: AddedApplications,
  once: WriteOnce,
): Promise<Found<PaymentRecord>> {
  checkDate(date, before.record.date ?? null)
  const current = actualLines(before.raw as VendorRecord)
  const changed = withCurrent(plannedLines(allocation, session.hasDiscounts), current)
  const kept = current.filter((line) => !changed.some((one) => isSame(one, line)))
  return changeLines(session, id, { before, current, wanted: [...kept, ...changed], changed, dropped: [] }, once)
}

export async function unapplyPayment(
  session: Session,
  id: string,
  { released, before }: Release,
  once: WriteOnce,
): Promise<ReplacedPayment> {
  const current = actualLines(before.raw as VendorRecord)
  const reduced = released.reduce<readonly PlannedLine[]>((lines, { invoiceId, cash, credits }) => {
    const onInvoice = (line: PlannedLine) => line.sublist === 'apply' && line.doc === documentOf(invoiceId)
    const amount = sum([cash, ...credits.map((credit) => credit.amount)])
    return credits.reduce<readonly PlannedLine[]>(
      (rest, credit) => lessOf(rest, isLineOf(credit.creditId), credit.amount),
      lessOf(lines, onInvoice, amount),
    )
  }, current)
  const changed = reduced.filter((line, place) => line !== current[place] && isPositive(line.amount))
  const dropped = reduced.filter((line) => !isPositive(line.amount))
  const wanted = reduced.filter((line) => isPositive(line.amount))
  return { ...(await changeLines(session, id, { before, current, wanted, changed, dropped }, once)), replaces: null }
}

interface LineChange {
  readonly before: Found<PaymentRecord>
  /** All lines as they are, and as they are to be. */
  readonly current: readonly PlannedLine[]
  readonly wanted: readonly PlannedLine[]
  /** Those that are sent, with the whole amount that each is to have. */
  readonly changed: readonly PlannedLine[]
  readonly dropped: readonly PlannedLine[]
}

async function changeLines(
  session: Session,
  id: string,
  { before, current, wanted, changed, dropped }: LineChange,
  once: WriteOnce,
): Promise<Found<PaymentRecord>> {
  await once.run([
    linesStep('customerPayment', id, { before: current, wanted }, { changed, dropped }),
    settleStep(id, current, wanted, before.record.currency ?? ''),
  ])
  return settled(session, id)
}

/** Applications are lines of their transaction: they have no date of their own. */
export function checkDate(date: string | null, own: string | null): void {
  if (date === null || date === own) return
  const detail = `NetSuite dates what it applies like the record that applies it (${own}).`
  throw fieldError('field_not_supported', '/date', detail)
}

/** The added lines with what stands on them already: a line has one amount. */
export const withCurrent = (added: readonly PlannedLine[], current: readonly PlannedLine[]): PlannedLine[] =>
  added.map((line) => {
    const before = current.find((one) => isSame(line, one))
    if (!before) return line
    const discount = sum([line.discount ?? '0', before.discount ?? '0'])
    return {
      ...line,
      line: before.line,
      amount: sum([line.amount, before.amount]),
      discount: isPositive(discount) ? discount : null,
      discountDate: line.discountDate ?? before.discountDate ?? null,
    }
  })

/** `journal-9` and `5001`: the word tells the kind, the line has the id alone. */
export const documentOf = (invoiceId: string): string => invoiceId.slice(invoiceId.lastIndexOf('-') + 1)

function isLineOf(creditId: string): (line: PlannedLine) => boolean {
  const sublist = creditId.startsWith('deposit-') ? 'deposit' : 'credit'
  return (line) => line.sublist === sublist && line.doc === documentOf(creditId)
}

/** Takes an amount off the lines that fit, the last one first; a line that is used up stays with zero. */
export function lessOf(
  lines: readonly PlannedLine[],
  fits: (line: PlannedLine) => boolean,
  amount: string,
): readonly PlannedLine[] {
  let left = amount
  return lines
    .toReversed()
    .map((line) => {
      if (!fits(line) || !isPositive(left)) return line
      const part = smallest(left, line.amount)
      left = subtract(left, part)
      return { ...line, amount: subtract(line.amount, part) }
    })
    .toReversed()
}
