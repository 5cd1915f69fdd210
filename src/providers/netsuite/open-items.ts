/** Everything of a customer that is open: invoices, and what can pay them. */

import { isEmpty } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { compare, moneyText, negate } from '../../mapping/money.ts'
import type { NativeOpenItem } from '../provider.ts'
import { isInternalId } from './client.ts'
import { jsonNumber } from './codecs.ts'
import type { Session } from './session.ts'

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

const QUERY = [
  "SELECT t.id, t.type, t.tranid, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS trandate, TO_CHAR(t.duedate, 'YYYY-MM-DD') AS duedate,",
  't.currency, BUILTIN.DF(t.currency) AS currency_name, t.foreigntotal, t.foreignamountunpaid, t.foreignpaymentamountunused, t.status',
  "FROM transaction t WHERE t.entity = ? AND ((t.type = 'CustInvc' AND t.foreignamountunpaid > 0)",
  "OR (t.type IN ('CustCred', 'CustDep', 'CustPymt') AND t.foreignpaymentamountunused > 0)) AND t.id > ? ORDER BY t.id",
].join(' ')

export async function listOpenItems(session: Session, customerId: string): Promise<NativeOpenItem[]> {
  // A customer that is not there has nothing open; whether it is there is for whoever pays or asks to find out.
  if (!isInternalId(customerId)) return []
  const items: NativeOpenItem[] = []
  for (let last = '-1000000'; ; ) {
    const page = await session.client.query(QUERY, [jsonNumber(customerId), jsonNumber(last)], PAGE, 'open items')
    for (const row of page.rows) {
      const item = await openItem(session, row)
      if (item) items.push(item)
    }
    const next = page.rows.at(-1)?.['id']
    if (!page.hasMore || next === undefined) return items
    last = String(next)
  }
}

async function openItem(session: Session, row: VendorRecord): Promise<NativeOpenItem | null> {
  const type = KINDS[String(row['type'])]
  const letter = String(row['status'] ?? '').replace(/^.*:/, '')
  const currency = await session.references.currencyCode({ id: row['currency'], refName: row['currency_name'] })
  if (!type || type.unusable.includes(letter || ' ') || currency === null) return null
  const id = String(row['id'])
  // Credits count negative in some columns; what is open of them is an amount like any other.
  const amount = (name: string) => {
    const value = String(row[name] ?? '0')
    return moneyText(compare(value, '0') < 0 ? negate(value) : value, currency)
  }
  const word = (name: string) => (isEmpty(row[name]) ? null : String(row[name]))
  return {
    nativeId: id,
    kind: type.kind,
    number: word('tranid'),
    date: word('trandate'),
    dueDate: word('duedate'),
    currency,
    amount: amount('foreigntotal'),
    openAmount: amount(type.kind === 'invoice' ? 'foreignamountunpaid' : 'foreignpaymentamountunused'),
    discount: null,
    paymentId: type.kind === 'payment' ? id : null,
  }
}
