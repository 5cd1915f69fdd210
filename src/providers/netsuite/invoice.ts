/** The invoice of NetSuite, field by field; read only (names of release 2026.1, SuiteQL columns of `transaction t`). */
import type { INVOICE_STATUSES, InvoiceRecord } from '../../../schemas/invoice.ts'
import { type Context, unknownWord } from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import { type Mapping, readOnly, type VendorRecord } from '../../mapping/mapping.ts'
import { compare, moneyText, negate } from '../../mapping/money.ts'
import { computed, currencyCode, date, instant, money, text } from './codecs.ts'
import { customerOf, NAME_OF_ENTITY } from './customer-names.ts'
import { amountOf, dateOf, idOf, ownIdOf, textOf } from './values.ts'

type Status = (typeof INVOICE_STATUSES)[number]
type Payer = NonNullable<InvoiceRecord['customer']>
/** A open, B paid in full, D pending approval, V voided; E (rejected) and any other word are `unknown`, with a warning. */
const STATUSES: Readonly<Record<string, Status>> = { B: 'paid', D: 'draft', V: 'voided' }

function readStatus(record: VendorRecord, context: Context): Status | undefined {
  if (record['status'] === undefined) return undefined
  const letter = idOf(record['status'])?.replace(/^.*:/, '') ?? ''
  if (letter !== 'A') return STATUSES[letter] ?? unknownWord(letter, 'unknown', context)
  const [total, open] = [amountOf(record['total']), amountOf(record['amountRemaining'])]
  return total !== null && open !== null && compare(open, total) < 0 ? 'partiallyPaid' : 'open'
}

export const invoice: Mapping<InvoiceRecord> = {
  number: readOnly('tranId', text, { column: 't.tranid' }),
  reference: readOnly('otherRefNum', text, { column: 't.otherrefnum' }),
  customer: computed<Payer>({
    title: 'customer reference',
    paths: ['entity'],
    column: 't.entity',
    sql: 'reference',
    nameColumn: NAME_OF_ENTITY,
    word: 'entity',
    decode: ({ entity }, context) => (entity === undefined ? undefined : customerOf(entity, context)),
  }),
  date: readOnly('tranDate', date, { column: 't.trandate' }),
  dueDate: readOnly('dueDate', date, { column: 't.duedate' }),
  status: computed<Status>({
    title: 'status letter and what is open',
    paths: ['status'],
    column: 't.status',
    sql: 'enum',
    needs: ['total', 'openAmount'],
    decode: readStatus,
  }),
  currency: readOnly('currency', currencyCode, { column: 't.currency' }),
  total: readOnly('total', money, { column: 't.foreigntotal' }),
  openAmount: readOnly('amountRemaining', money, { column: 't.foreignamountunpaid' }),
  lines: computed({
    title: 'transaction lines (include=lines)',
    paths: ['lines'],
    decode: (record, { currency }) => readLines(record, currency),
  }),
  payments: computed({
    title: 'payment links (include=payments)',
    paths: ['payments'],
    decode: (record, { currency }) => readPayments(record, currency),
  }),
  createdAt: readOnly('createdDate', instant, { column: 't.createddate' }),
  updatedAt: readOnly('lastModifiedDate', instant, { column: 't.lastmodifieddate' }),
}
const negated = (amount: string | null, currency: string | null): string | null =>
  amount === null ? null : moneyText(negate(amount), currency)
/** Income lines are credits, so their amounts are negative. */
export function readLines(record: VendorRecord, currency: string | null): InvoiceRecord['lines'] {
  const rows = record['lines'] as readonly VendorRecord[] | undefined
  return rows?.map((row) => ({
    id: ownIdOf(row['id']),
    description: textOf(row['memo']),
    amount: negated(amountOf(row['foreignamount']), currency),
    openAmount: null,
  }))
}

/** What settled the invoice, in the ids of payments and credits. */
const PAID_BY: Readonly<Record<string, string>> = {
  CustPymt: '',
  CustCred: 'memo-',
  CustDep: 'deposit-',
  DepAppl: 'deposit-',
}
export function readPayments(record: VendorRecord, currency: string | null): InvoiceRecord['payments'] {
  const rows = record['payments'] as readonly VendorRecord[] | undefined
  return rows?.map((row) => {
    const amount = amountOf(row['foreignamount']) ?? garbledValue('an amount', undefined)
    return {
      id: `${PAID_BY[textOf(row['type']) ?? ''] ?? ''}${ownIdOf(row['nextdoc'])}`,
      amount: moneyText(compare(amount, '0') < 0 ? negate(amount) : amount, currency),
      date: dateOf(row['trandate']),
    }
  })
}
