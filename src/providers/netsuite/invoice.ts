/** Invoices and open items, all through SuiteQL: reading a record opens it for editing, which is slow and can be locked. */
import type { INVOICE_STATUSES, InvoiceRecord } from '../../../schemas/invoice.ts'
import { GatewayError } from '../../errors.ts'
import { isEmpty } from '../../mapping/codec.ts'
import { type Mapping, readOnly, type VendorRecord } from '../../mapping/mapping.ts'
import { compare, moneyText, negate } from '../../mapping/money.ts'
import type { Found, ListQuery, ReadOptions, RecordPage } from '../provider.ts'
import { isInternalId } from './client.ts'
import { computed, currencyCode, date, idOf, instant, money, nameOf, text } from './codecs.ts'
import type { Fragment, Table } from './columns.ts'
import { listRecords } from './lists.ts'
import type { Session } from './session.ts'

type Status = (typeof INVOICE_STATUSES)[number]
type Payer = NonNullable<InvoiceRecord['customer']>
/** A open, B paid in full, D pending approval, V voided; E (rejected) and any other word are `unknown`. */
const STATUSES: Readonly<Record<string, Status>> = { B: 'paid', D: 'draft', V: 'voided' }

function readStatus(record: VendorRecord): Status | undefined {
  if (record['status'] === undefined) return undefined
  const letter = idOf(record['status'])?.replace(/^.*:/, '') ?? ''
  if (letter !== 'A') return STATUSES[letter] ?? 'unknown'
  const [total, open] = [record['total'], record['amountRemaining']]
  return !isEmpty(total) && !isEmpty(open) && compare(String(open), String(total)) < 0 ? 'partiallyPaid' : 'open'
}

export const invoice: Mapping<InvoiceRecord> = {
  number: readOnly('tranId', text, { column: 't.tranid' }),
  reference: readOnly('otherRefNum', text, { column: 't.otherrefnum' }),
  customer: computed<Payer>({
    title: 'customer reference',
    paths: ['entity'],
    column: 't.entity',
    sql: 'reference',
    decode: ({ entity }) => {
      const id = idOf(entity)
      if (entity === undefined) return undefined
      return id === null ? null : { id, name: nameOf(entity) }
    },
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
const letters = (code: string): string => `t.status IN ('${code}', 'CustInvc:${code}')`
const words = (sql: string): Fragment => ({ sql, params: [] })
const table: Table = {
  name: 'invoices',
  from: 'transaction t',
  alias: 't',
  mapping: invoice,
  scope: { sql: "t.type = 'CustInvc'", params: [] },
  sure: new Set([
    'id',
    'type',
    'tranid',
    'trandate',
    'duedate',
    'entity',
    'currency',
    'foreigntotal',
    'foreignamountunpaid',
    'status',
    'lastmodifieddate',
  ]),
  words: {
    status: {
      open: words(`(${letters('A')} AND t.foreignamountunpaid >= t.foreigntotal)`),
      partiallyPaid: words(`(${letters('A')} AND t.foreignamountunpaid < t.foreigntotal)`),
      paid: words(letters('B')),
      draft: words(letters('D')),
      voided: words(letters('V')),
    },
  },
}

export const listInvoices = (session: Session, query: ListQuery): Promise<RecordPage<InvoiceRecord>> =>
  listRecords(session, table, invoice, query)

export async function getInvoice(
  session: Session,
  id: string,
  options: ReadOptions = {},
): Promise<Found<InvoiceRecord>> {
  const include = options.include ?? new Set<string>()
  const filter = { field: 'id', operator: 'equals', values: [id] } as const
  const query: ListQuery = { filter, sort: [], after: null, limit: 1, fields: options.fields ?? null, include }
  const found = isInternalId(id) ? (await listInvoices(session, query)).items[0] : undefined
  if (!found) throw new GatewayError('not_found', `NetSuite has no invoice ${id}.`)
  const more: Record<string, unknown> = {
    ...(include.has('lines') && { lines: await lineRows(session, id) }),
    ...(include.has('payments') && { payments: await paymentRows(session, id) }),
  }
  const currency = found.record.currency ?? null
  const record = {
    ...found.record,
    ...(include.has('lines') && { lines: readLines(more, currency) ?? [] }),
    ...(include.has('payments') && { payments: readPayments(more, currency) ?? [] }),
  }
  return { nativeId: id, record, raw: { ...(found.raw as VendorRecord), ...more } }
}

// Lines and payments

const lineRows = async (session: Session, id: string): Promise<readonly VendorRecord[]> => {
  const q =
    "SELECT l.id, l.memo, l.foreignamount FROM transactionline l WHERE l.transaction = ? AND l.mainline = 'F' AND l.taxline = 'F' ORDER BY l.id"
  return (await session.client.query(q, [Number(id)], 1000, 'invoice lines')).rows
}
const paymentRows = async (session: Session, id: string): Promise<readonly VendorRecord[]> => {
  const q =
    "SELECT l.nextdoc, l.foreignamount, p.type, TO_CHAR(p.trandate, 'YYYY-MM-DD') AS trandate FROM nexttransactionlinelink l " +
    "JOIN transaction p ON p.id = l.nextdoc WHERE l.previousdoc = ? AND l.linktype = 'Payment' ORDER BY l.nextdoc"
  const { rows } = await session.client.query(q, [Number(id)], 1000, 'invoice payments')
  const applied = rows.filter((row) => row['type'] === 'DepAppl').map((row) => String(row['nextdoc']))
  if (applied.length === 0) return rows
  const deposits = await depositsOf(session, applied)
  return rows.map((row) => {
    const deposit = deposits.get(String(row['nextdoc']))
    return deposit === undefined ? row : { ...row, type: 'CustDep', nextdoc: deposit }
  })
}

/** The customer deposit that each deposit application was made out of. */
async function depositsOf(session: Session, applications: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const q =
    'SELECT DISTINCT l.previousdoc, l.nextdoc FROM nexttransactionlinelink l JOIN transaction t ON t.id = l.previousdoc ' +
    `WHERE t.type = 'CustDep' AND l.nextdoc IN (${applications.map(() => '?').join(', ')})`
  const { rows } = await session.client.query(q, applications.map(Number), 1000, 'deposits')
  return new Map(rows.map((row) => [String(row['nextdoc']), String(row['previousdoc'])]))
}

/** Income lines are credits, so their amounts are negative. */
function readLines(record: VendorRecord, currency: string | null): InvoiceRecord['lines'] {
  const rows = record['lines'] as readonly VendorRecord[] | undefined
  return rows?.map((row) => ({
    id: String(row['id']),
    description: isEmpty(row['memo']) ? null : String(row['memo']),
    amount: isEmpty(row['foreignamount']) ? null : moneyText(negate(String(row['foreignamount'])), currency),
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
function readPayments(record: VendorRecord, currency: string | null): InvoiceRecord['payments'] {
  const rows = record['payments'] as readonly VendorRecord[] | undefined
  return rows?.map((row) => {
    const amount = String(row['foreignamount'] ?? '0')
    return {
      id: `${PAID_BY[String(row['type'])] ?? ''}${row['nextdoc']}`,
      amount: moneyText(compare(amount, '0') < 0 ? negate(amount) : amount, currency),
      date: isEmpty(row['trandate']) ? null : String(row['trandate']),
    }
  })
}
