/** Everything of a customer that is open: invoices, and what can pay them. */

import { garbledValue } from '../../mapping/garbled.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { compare, moneyText, negate } from '../../mapping/money.ts'
import type { NativeOpenItem } from '../provider.ts'
import { garbled } from './answers.ts'
import type { Page } from './client.ts'
import { jsonNumber } from './codecs.ts'
import { isInternalId } from './internal-id.ts'
import { neededCurrency } from './one-currency.ts'
import { childRecordsOf, openRecordsOf } from './open-records.ts'
import { isBadQuery, isQueryRefused } from './query-access.ts'
import type { Session } from './session.ts'
import { amountOf, dateOf, ownIdOf, recordIdOf, textOf } from './values.ts'

/**
 * Transaction types, the kind each is, and the statuses in which it cannot be used: invoices that wait for approval (D),
 * were rejected (E) or voided (V), payments that wait for approval (A). Journals that were booked to the customer are left
 * out: their open amounts are on lines, which is not documented for SuiteQL.
 */
const KINDS: Readonly<Record<string, { kind: NativeOpenItem['kind']; unusable: string }>> = {
  CustInvc: { kind: 'invoice', unusable: 'DEV' },
  CustCred: { kind: 'memo', unusable: 'V' },
  CustDep: { kind: 'deposit', unusable: 'V' },
  CustPymt: { kind: 'payment', unusable: 'ARV' },
}
const PAGE = 1000
/** Members of one list of parameters. */
const AT_ONCE = 500

/**
 * The receivables account is on a line of its own for payments, on the first one for everything else; its type finds it.
 * A role that may not see accounting lines is refused the whole query, so it is asked without from then on.
 */
const AR_ACCOUNT =
  '(SELECT MIN(l.account) FROM transactionaccountingline l JOIN account a ON a.id = l.account ' +
  "WHERE l.transaction = t.id AND a.accttype = 'AcctRec')"
const ACCOUNTS = 'araccount'
/** Accounts without Multiple Currencies have no such column. */
const CURRENCY = 'currency'

const queryOf = (customers: number, missing: ReadonlySet<string>): string =>
  [
    "SELECT t.id, t.type, t.tranid, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS trandate, TO_CHAR(t.duedate, 'YYYY-MM-DD') AS duedate,",
    missing.has(CURRENCY) ? '' : 't.currency, BUILTIN.DF(t.currency) AS currency_name,',
    't.foreigntotal, t.foreignamountunpaid, t.foreignpaymentamountunused,',
    `t.status${missing.has(ACCOUNTS) ? '' : `, ${AR_ACCOUNT} AS araccount`} FROM transaction t WHERE`,
    customers === 1 ? 't.entity = ?' : `t.entity IN (${Array.from({ length: customers }, () => '?').join(', ')})`,
    "AND ((t.type = 'CustInvc' AND t.foreignamountunpaid > 0)",
    "OR (t.type IN ('CustCred', 'CustDep', 'CustPymt') AND t.foreignpaymentamountunused > 0)) AND t.id > ? ORDER BY t.id",
  ]
    .filter((part) => part !== '')
    .join(' ')

export async function listOpenItems(session: Session, customerId: string): Promise<NativeOpenItem[]> {
  // A customer that is not there has nothing open; whether it is there is for whoever pays or asks to find out.
  return isInternalId(customerId) ? itemsOf(session, [customerId]) : []
}

/** Of all sub-customers, however deep: a payment of their parent may settle what they owe. */
export async function listFamilyItems(session: Session, customerId: string): Promise<NativeOpenItem[]> {
  if (!isInternalId(customerId)) return []
  const family = await descendantsOf(session, customerId)
  const items: NativeOpenItem[] = []
  for (let start = 0; start < family.length; start += AT_ONCE)
    items.push(...(await itemsOf(session, family.slice(start, start + AT_ONCE))))
  return items
}

/** Level by level; one that was seen already ends the way down. */
async function descendantsOf(session: Session, customerId: string): Promise<string[]> {
  const seen = new Set([customerId])
  let level = [customerId]
  while (level.length > 0) {
    if (session.queriesRefused) {
      const found = (await childRecordsOf(session, level)).filter((id) => !seen.has(id))
      for (const id of found) seen.add(id)
      level = found
      continue
    }
    const q = `SELECT c.id FROM customer c WHERE c.parent IN (${level
      .slice(0, AT_ONCE)
      .map(() => '?')
      .join(', ')}) ORDER BY c.id`
    const { rows } = await session.client.query(q, level.slice(0, AT_ONCE).map(jsonNumber), PAGE, 'sub-customers')
    const found = rows.map((row) => ownIdOf(row['id'])).filter((id) => !seen.has(id))
    for (const id of found) seen.add(id)
    level = [...level.slice(AT_ONCE), ...found]
  }
  seen.delete(customerId)
  return [...seen]
}

async function itemsOf(session: Session, customerIds: readonly string[]): Promise<NativeOpenItem[]> {
  if (session.queriesRefused) return openRecordsOf(session, customerIds)
  try {
    return await itemsByQuery(session, customerIds)
  } catch (error) {
    if (!isQueryRefused(error)) throw error
    return openRecordsOf(session, customerIds)
  }
}

async function itemsByQuery(session: Session, customerIds: readonly string[]): Promise<NativeOpenItem[]> {
  const items: NativeOpenItem[] = []
  for (let last = '-1000000'; ; ) {
    const page = await openRows(session, customerIds, last)
    for (const row of page.rows) {
      const item = await openItem(session, row)
      if (item) items.push(item)
    }
    const next = page.rows.at(-1)?.['id']
    if (!page.hasMore || next === undefined) return items
    last = ownIdOf(next)
  }
}

async function openRows(session: Session, customerIds: readonly string[], last: string): Promise<Page> {
  const missing = new Set(session.missing.of('open items'))
  const params = [...customerIds, last].map(jsonNumber)
  for (;;) {
    try {
      const page = await session.client.query(queryOf(customerIds.length, missing), params, PAGE, 'open items')
      await session.missing.learn('open items', missing)
      return page
    } catch (error) {
      const gone =
        isBadQuery(error) && /\bcurrency\b/i.test(error.options.upstream?.message ?? '') ? CURRENCY : ACCOUNTS
      if (!isBadQuery(error) || missing.has(gone)) throw error
      missing.add(gone)
    }
  }
}

const currencyOf = async (session: Session, row: VendorRecord): Promise<string | null> =>
  session.missing.of('open items').has(CURRENCY)
    ? neededCurrency(session)
    : session.currencies.currencyCode({ id: row['currency'], refName: row['currency_name'] })

async function openItem(session: Session, row: VendorRecord): Promise<NativeOpenItem | null> {
  const type = KINDS[textOf(row['type']) ?? '']
  const letter = (textOf(row['status']) ?? '').replace(/^.*:/, '')
  const currency = await currencyOf(session, row)
  // The sums rest on every row: one of another kind, or without a currency, is none that was asked for.
  if (!type || currency === null)
    throw garbled('NetSuite answered an open item of no kind or currency that was asked for.')
  if (type.unusable.includes(letter || ' ')) return null
  const id = ownIdOf(row['id'])
  // Credits count negative in some columns; what is open of them is an amount like any other.
  const amount = (name: string) => {
    const value = amountOf(row[name])
    if (value === null) throw garbled('NetSuite answered an open item without its amounts.')
    return moneyText(compare(value, '0') < 0 ? negate(value) : value, currency)
  }
  return {
    nativeId: id,
    kind: type.kind,
    number: textOf(row['tranid']),
    date: dateOf(row['trandate']) ?? garbledValue('a date', undefined),
    dueDate: dateOf(row['duedate']),
    currency,
    amount: amount('foreigntotal'),
    openAmount: amount(type.kind === 'invoice' ? 'foreignamountunpaid' : 'foreignpaymentamountunused'),
    discount: null,
    paymentId: type.kind === 'payment' ? id : null,
    arAccountId: recordIdOf(row['araccount']),
  }
}
