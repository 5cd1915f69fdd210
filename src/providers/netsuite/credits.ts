/** Credits by themselves: a credit memo changes its own lines, a deposit is applied by deposit applications. */
import type { CreditRecord } from '../../../schemas/credit.ts'
import { GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { compare, isPositive, negate, subtract, sum } from '../../mapping/money.ts'
import { withWarnings } from '../../mapping/reading.ts'
import { creditOfPayment } from '../credit-of-payment.ts'
import type { AddedCreditUse, CreditKey, CreditRelease, Found, WriteOnce, WriteStep } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { jsonNumber } from './codecs.ts'
import { creditMemo, customerDeposit, DEPOSIT_EXTRAS } from './credit.ts'
import { linesMissed } from './never-empty.ts'
import {
  actualLines,
  compareLines,
  isSame,
  linesBody,
  type PlannedLine,
  plannedLines,
  warningsOf,
} from './payment-lines.ts'
import { getPayment } from './payment-operations.ts'
import { checkDate, documentOf, lessOf, withCurrent } from './payment-verbs.ts'
import type { Session } from './session.ts'
import { amountOf, ownIdOf } from './values.ts'
import { createStep, linesStep, removeStep } from './write-steps.ts'

type FoundCredit = Found<CreditRecord>
const EMPTY = { applications: [] }
const EXPANDED = '?expandSubResources=true'
const keyText = ({ kind, nativeId }: CreditKey): string => `${kind}-${nativeId}`

// Reading

export async function getCredit(session: Session, key: CreditKey): Promise<FoundCredit> {
  switch (key.kind) {
    case 'payment':
      return creditOfPayment(key, await getPayment(session, key.nativeId))
    case 'memo':
      return readMemo(session, key.nativeId)
    case 'deposit':
      return (await readDeposit(session, key.nativeId)).found
    default:
      throw new GatewayError('not_found', `NetSuite has no credits of the kind ${key.kind}.`)
  }
}

async function readMemo(session: Session, id: string): Promise<FoundCredit> {
  const raw = await session.client.get('creditMemo', id, EXPANDED)
  const found = await session.found(creditMemo, raw, id, EMPTY)
  const { amount, openAmount } = found.record
  return withWarnings(found, linesMissed(raw, amount && openAmount && subtract(amount, openAmount)))
}

interface DepositApplication {
  readonly id: string
  readonly raw: VendorRecord
}

async function readDeposit(
  session: Session,
  id: string,
): Promise<{ found: FoundCredit; applications: readonly DepositApplication[] }> {
  const raw = await session.client.get('customerDeposit', id)
  const unapplied = await openOf(session, id)
  const applications: DepositApplication[] = []
  for (const one of await applicationIds(session, id)) {
    applications.push({ id: one, raw: await session.client.get('depositApplication', one, EXPANDED) })
  }
  const record = {
    ...raw,
    [DEPOSIT_EXTRAS.unapplied]: unapplied,
    [DEPOSIT_EXTRAS.applications]: applications.map((one) => one.raw),
  }
  const found = await session.found(customerDeposit, record, id, EMPTY)
  return { found: { ...found, raw }, applications }
}

async function openOf(session: Session, id: string): Promise<string | null> {
  const q = 'SELECT t.foreignpaymentamountunused AS unapplied FROM transaction t WHERE t.id = ?'
  const { rows } = await session.client.query(q, [jsonNumber(id)], 1, 'deposit')
  const value = amountOf(rows[0]?.['unapplied'])
  return value !== null && compare(value, '0') < 0 ? negate(value) : value
}

/** In the order in which they were made. The word of their link is not documented, so only their type is asked for. */
async function applicationIds(session: Session, depositId: string): Promise<string[]> {
  const q =
    'SELECT DISTINCT l.nextdoc FROM nexttransactionlinelink l JOIN transaction t ON t.id = l.nextdoc ' +
    "WHERE l.previousdoc = ? AND t.type = 'DepAppl' ORDER BY l.nextdoc"
  const { rows } = await session.client.query(q, [jsonNumber(depositId)], 1000, 'deposit applications')
  return rows.map((row) => ownIdOf(row['nextdoc']))
}

// Applying

export async function applyCredit(
  session: Session,
  key: CreditKey,
  { allocation, date, before }: AddedCreditUse,
  once: WriteOnce,
): Promise<FoundCredit> {
  const added = plannedLines(allocation, false).filter((line) => line.sublist === 'apply')
  if (key.kind === 'deposit') {
    const body = { ...(date !== null && { tranDate: date }), ...linesBody(added) }
    const source = { type: 'customerDeposit', id: key.nativeId } as const
    await once.run([createStep('depositApplication', body, { source })])
    return readBack(keyText(key), () => getCredit(session, key))
  }
  checkDate(date, before.record.date)
  const current = actualLines(before.raw as VendorRecord)
  const lines = withCurrent(added, current)
  const kept = current.filter((line) => !lines.some((one) => isSame(one, line)))
  const wanted = [...kept, ...lines]
  await once.run([linesStep('creditMemo', key.nativeId, { before: current, wanted }, { changed: lines, dropped: [] })])
  return readBack(keyText(key), async () => {
    const found = await readMemo(session, key.nativeId)
    const { short } = compareLines(lines, found.raw as VendorRecord)
    return withWarnings(found, warningsOf({ short, extra: [] }, before.record.currency ?? ''))
  })
}

// Taking away

export async function unapplyCredit(
  session: Session,
  key: CreditKey,
  { released, before }: CreditRelease,
  once: WriteOnce,
): Promise<FoundCredit> {
  if (key.kind === 'deposit') {
    await once.run(await depositSteps(session, key, released))
  } else {
    const lines = actualLines(before.raw as VendorRecord)
    const { sent, left } = changeOf(lines, released)
    await once.run([linesStep('creditMemo', key.nativeId, { before: lines, wanted: left }, sent)])
  }
  return readBack(keyText(key), () => getCredit(session, key))
}

/** One record after the other, the newest first; what was changed before a failure is told as done. */
async function depositSteps(
  session: Session,
  key: CreditKey,
  released: CreditRelease['released'],
): Promise<readonly WriteStep[]> {
  const steps: WriteStep[] = []
  let wanted = released
  for (const { id, raw } of (await readDeposit(session, key.nativeId)).applications.toReversed()) {
    const lines = actualLines(raw)
    const { sent, left, rest } = changeOf(lines, wanted)
    if (sent.changed.length + sent.dropped.length === 0) continue
    const more = steps.length > 0 ? { continues: keyText(key) } : {}
    steps.push(
      left.length === 0
        ? removeStep('depositApplication', id, { seen: true, ...more })
        : linesStep('depositApplication', id, { before: lines, wanted: left }, sent, more),
    )
    wanted = rest
  }
  return steps
}

/** The lines that change, what then stands, and what of the wish other records have to give. */
function changeOf(
  lines: readonly PlannedLine[],
  released: CreditRelease['released'],
): {
  sent: { changed: readonly PlannedLine[]; dropped: readonly PlannedLine[] }
  left: readonly PlannedLine[]
  rest: CreditRelease['released']
} {
  const reduced = released.reduce(
    (rest, { invoiceId, amount }) => lessOf(rest, ({ doc }) => doc === documentOf(invoiceId), amount),
    lines,
  )
  const changed = reduced.filter((line, place) => line !== lines[place])
  const total = (all: readonly PlannedLine[], invoiceId: string) =>
    sum(all.filter(({ doc }) => doc === documentOf(invoiceId)).map((line) => line.amount))
  return {
    sent: {
      changed: changed.filter((line) => isPositive(line.amount)),
      dropped: changed.filter((line) => !isPositive(line.amount)),
    },
    left: reduced.filter((line) => isPositive(line.amount)),
    rest: released.map((one) => ({
      ...one,
      amount: sum([one.amount, total(reduced, one.invoiceId), negate(total(lines, one.invoiceId))]),
    })),
  }
}
