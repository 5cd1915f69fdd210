/**
 * What is open of a customer where the role may not use SuiteQL: every invoice, credit memo and payment of the customer is
 * read by itself. Customer deposits are left out: their records do not show how much of them is left.
 */

import { isEmpty } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { isPositive, moneyText } from '../../mapping/money.ts'
import type { NativeOpenItem } from '../provider.ts'
import { currencyOfAll } from './one-currency.ts'
import type { RecordType } from './record-types.ts'
import type { Session } from './session.ts'
import { amountOf, dateOf, idOf, recordIdOf, textOf } from './values.ts'

interface Source {
  readonly type: RecordType
  readonly kind: NativeOpenItem['kind']
  /** The properties that name the customer, the whole amount, what is open, and the receivables account. */
  readonly owner: string
  readonly amount: string
  readonly open: readonly string[]
  readonly account: string
  /** Letters and words of statuses in which it cannot be used. */
  readonly unusable: RegExp
}
const SOURCES: readonly Source[] = [
  {
    ...{ type: 'invoice', kind: 'invoice', owner: 'entity', amount: 'total', open: ['amountRemaining'] },
    ...{ account: 'account', unusable: /^[DEV]$/ },
  },
  {
    ...{ type: 'creditMemo', kind: 'memo', owner: 'entity', amount: 'total', open: ['unapplied', 'amountRemaining'] },
    ...{ account: 'account', unusable: /^V$/ },
  },
  {
    ...{ type: 'customerPayment', kind: 'payment', owner: 'customer', amount: 'payment', open: ['unapplied'] },
    ...{ account: 'arAcct', unusable: /^([ARV]|UNAPPROVED|REJECTED|VOIDED)$/ },
  },
]
const PAGE = 1000

export async function openRecordsOf(session: Session, customerIds: readonly string[]): Promise<NativeOpenItem[]> {
  const items = await Promise.all(SOURCES.map((source) => openOf(session, source, customerIds)))
  return items.flat()
}

/** The direct sub-customers. */
export const childRecordsOf = async (session: Session, customerIds: readonly string[]): Promise<readonly string[]> =>
  everyId(session, 'customer', `parent ANY_OF [${customerIds.join(', ')}]`)

async function everyId(session: Session, type: RecordType, q: string): Promise<readonly string[]> {
  const ids: string[] = []
  for (let offset = 0; ; offset += PAGE) {
    const page = await session.client.ids(type, q, PAGE, offset)
    ids.push(...page.ids)
    if (!page.hasMore) return ids
  }
}

async function openOf(session: Session, source: Source, customerIds: readonly string[]): Promise<NativeOpenItem[]> {
  const ids = await everyId(session, source.type, `${source.owner} ANY_OF [${customerIds.join(', ')}]`)
  const items = await Promise.all(
    ids.map(async (id) => openItem(session, source, id, await session.client.get(source.type, id))),
  )
  return items.filter((item) => item !== null)
}

async function openItem(
  session: Session,
  { kind, amount, open, account, unusable }: Source,
  id: string,
  record: VendorRecord,
): Promise<NativeOpenItem | null> {
  const currency = isEmpty(record['currency'])
    ? await currencyOfAll(session)
    : await session.currencies.currencyCode(record['currency'])
  const left = open.map((name) => amountOf(record[name])).find((value) => value !== null)
  if (currency === null || left === undefined || left === null || !isPositive(left)) return null
  if (unusable.test(idOf(record['status']) ?? '')) return null
  return {
    nativeId: id,
    kind,
    number: textOf(record['tranId']),
    date: dateOf(record['tranDate']),
    dueDate: dateOf(record['dueDate']),
    currency,
    amount: moneyText(amountOf(record[amount]) ?? left, currency),
    openAmount: moneyText(left, currency),
    discount: null,
    paymentId: kind === 'payment' ? id : null,
    arAccountId: recordIdOf(record[account]),
  }
}
