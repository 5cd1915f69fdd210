/** Reads one sent line of a payment's lists: which document, how much, which discount; refused when it does not fit. */
import type { BookDocument } from '../books.ts'
import { isAbove, isBelowZero, minus, plain, sum } from '../decimal.ts'
import type { Applications, Discount, PaymentList } from './applications.ts'
import { missingValues, noSuchLine, userError } from './errors.ts'
import type { Line } from './fields.ts'

export function applyLine(
  line: Line,
  path: string,
  open: ReadonlyMap<string, BookDocument>,
  amounts: Map<string, string>,
  discounts: Map<string, Discount>,
  before: Applications,
  list: PaymentList,
): void {
  const id = line['doc']
  if (typeof id !== 'string') throw missingValues(['Doc'])
  const document = open.get(id)
  if (!document) throw noSuchLine(list, { doc: id, line: 'null' }, `${path}.doc`)
  if (line['line'] !== undefined && line['line'] !== '0')
    throw noSuchLine(list, { doc: id, line: String(line['line']) }, path)
  const due = sum([document.open, ...usedBefore(before, list, id)])
  const discount = discountOf(line, discounts.get(id))
  const amount = line['amount'] === undefined || line['amount'] === null ? null : plain(String(line['amount']))
  if (line['apply'] === false || amount === '0') {
    amounts.delete(id)
    discounts.delete(id)
    return
  }
  const wanted = amount ?? amounts.get(id) ?? minus(due, discount?.amount ?? '0')
  if (isBelowZero(wanted)) throw userError('negative')
  const used = sum([wanted, discount?.amount ?? '0'])
  if (isAbove(used, due)) throw userError('moreThanOpen')
  amounts.set(id, wanted)
  if (discount) discounts.set(id, discount)
  else discounts.delete(id)
}

/** What a transaction's own line takes of the document's open amount so far. */
export function usedBefore(before: Applications, list: PaymentList, id: string): string[] {
  const discount = list === 'apply' ? before.discounts?.get(id)?.amount : undefined
  return [before[list].get(id) ?? '0', discount ?? '0']
}

/** `disc` and `discDate` of a line; what is not sent stays as it was. */
function discountOf(line: Line, before: Discount | undefined): Discount | undefined {
  const amount = line['disc'] === undefined ? (before?.amount ?? '0') : plain(String(line['disc'] ?? '0'))
  if (isBelowZero(amount)) throw userError('negative')
  const date = line['discDate'] === undefined ? before?.date : line['discDate']
  return amount === '0' ? undefined : { amount, ...(typeof date === 'string' && { date }) }
}
