/** Reads the ERPs' own books after a chaos run and compares them, to the cent, with what the clients were told. */
import type { Lived } from './life.ts'
import { cents } from './plan.ts'
import type { BookedDocument, LedgerView } from './sandbox-process.ts'

/** The memo that a client gave, whatever a gateway put behind it. */
const memoOf = ({ details }: BookedDocument): string =>
  /^\S*/.exec(String(details['memo'] ?? details['DESCRIPTION'] ?? ''))?.[0] ?? ''
/** Money that came in; a record that only applies credits has no amount. */
const isReceipt = ({ kind, total }: BookedDocument): boolean =>
  (kind === 'payment' || kind === 'advance') && cents(total) !== 0

export interface LiveState {
  readonly payments: readonly BookedDocument[]
  readonly reversed: number
  /** What the invoice was settled by, in cents. */
  readonly applied: number
}

/** Everything in the books under one memo and on one invoice. */
export function liveOf(books: LedgerView, memo: string, invoice: string): LiveState {
  const mine = books.documents.filter((document) => isReceipt(document) && memoOf(document) === memo)
  const document = books.documents.find(({ id }) => id === invoice)
  return {
    payments: mine.filter(({ voided }) => !voided),
    reversed: mine.filter(({ voided }) => voided).length,
    applied: document ? cents(document.total) - cents(document.open) : 0,
  }
}

export interface Verdict {
  readonly duplicates: string[]
  readonly lost: string[]
  /** Anything else in which the books are not what the clients were told. */
  readonly differences: string[]
}

export function judge(books: LedgerView, before: LedgerView, lives: readonly Lived[]): Verdict {
  const verdict: Verdict = { duplicates: [], lost: [], differences: [] }
  const byId = new Map(books.documents.map((document) => [document.id, document]))
  const byMemo = new Map<string, BookedDocument[]>()
  for (const document of books.documents.filter(isReceipt))
    byMemo.set(memoOf(document), [...(byMemo.get(memoOf(document)) ?? []), document])
  for (const lived of lives) judgeOne(lived, { byId, byMemo }, verdict)
  // What was there before has nothing to do with the run.
  for (const old of before.documents) {
    const now = byId.get(old.id)
    if (!now || now.total !== old.total || now.open !== old.open || now.voided !== old.voided)
      verdict.differences.push(`${old.kind} ${old.id} was not touched by any client and has changed`)
  }
  const known = new Set([...before.documents.map(({ id }) => id), ...lives.map(({ invoice }) => invoice)])
  const names = new Set(lives.map(({ life }) => life.name))
  for (const document of books.documents) {
    if (known.has(document.id) || !isReceipt(document) || names.has(memoOf(document))) continue
    if (memoOf(document).startsWith('naive')) continue
    verdict.differences.push(`${document.kind} ${document.id} of ${document.total} is no client's`)
  }
  return verdict
}

interface Index {
  readonly byId: ReadonlyMap<string, BookedDocument>
  readonly byMemo: ReadonlyMap<string, readonly BookedDocument[]>
}

function judgeOne({ life, invoice, expected, reversed }: Lived, { byId, byMemo }: Index, verdict: Verdict): void {
  const mine = byMemo.get(life.name) ?? []
  const payments = mine.filter(({ voided }) => !voided)
  const gone = mine.length - payments.length
  const wanted = expected ? 1 : 0
  const what = `${life.erp} ${life.name} (${life.follow})`
  if (payments.length > wanted) verdict.duplicates.push(`${what}: ${payments.length} payments instead of ${wanted}`)
  else if (payments.length < wanted) verdict.lost.push(`${what}: no payment`)
  if (gone !== reversed) verdict.differences.push(`${what}: ${gone} reversed payments instead of ${reversed}`)
  const settled = byId.get(invoice)
  const applied = settled ? cents(settled.total) - cents(settled.open) : -1
  if (applied !== (expected?.applied ?? 0))
    verdict.differences.push(
      `${what}: ${applied} cents of its invoice are settled instead of ${expected?.applied ?? 0}`,
    )
  const [payment] = payments
  if (!expected || !payment || payments.length > 1) return
  const [total, rest] = [cents(payment.total), cents(payment.open)]
  if (total !== expected.amount || rest !== expected.amount - expected.applied)
    verdict.differences.push(`${what}: ${total} cents with ${rest} unapplied instead of ${expected.amount}`)
}

/** Payments of the careless client: how often its receipts are there more than once, and not at all. */
export function careless(books: LedgerView): Map<string, number> {
  const found = new Map<string, number>()
  for (const document of books.documents) {
    const memo = memoOf(document)
    if (isReceipt(document) && !document.voided && memo.startsWith('naive')) found.set(memo, (found.get(memo) ?? 0) + 1)
  }
  return found
}

/** Customers whose invoices can be in the currency of the run. */
export const payers = ({ customers }: LedgerView): string[] =>
  customers.filter(({ active, currency }) => active && (currency ?? 'USD') === 'USD').map(({ id }) => id)
