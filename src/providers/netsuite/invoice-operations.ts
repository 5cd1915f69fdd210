/** Invoices, all through SuiteQL: reading a record opens it for editing, which is slow and can be locked. */
import type { InvoiceRecord } from '../../../schemas/invoice.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { withWarnings } from '../../mapping/reading.ts'
import type { Found, ListQuery, ReadOptions, RecordPage } from '../provider.ts'
import { itemsOf } from './addresses.ts'
import type { Fragment, Table } from './columns.ts'
import { isInternalId } from './internal-id.ts'
import { invoice, readLines, readPayments } from './invoice.ts'
import { listRecords } from './lists.ts'
import type { RecordList } from './record-lists.ts'
import type { Session } from './session.ts'
import { moneyOf, ownIdOf, recordIdOf, textOf } from './values.ts'

const letters = (code: string): string => `t.status IN ('${code}', 'CustInvc:${code}')`
const words = (sql: string): Fragment => ({ sql, params: [] })
const table: Table = {
  name: 'invoices',
  from: 'transaction t',
  alias: 't',
  mapping: invoice,
  scope: { sql: "t.type = 'CustInvc'", params: [] },
  empty: { status: 'unknown' },
  never: ['customer', 'date', 'total', 'openAmount', 'currency'],
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
  session.listed(byRecords, query, () =>
    listRecords(session, { ...table, types: session.shapeOf('invoice')?.types }, invoice, query),
  )
const UNLISTED = ['lines', 'payments']
const byRecords: RecordList<InvoiceRecord> = { kind: 'invoice', type: 'invoice', unlisted: UNLISTED }

export async function getInvoice(
  session: Session,
  id: string,
  options: ReadOptions = {},
): Promise<Found<InvoiceRecord>> {
  const include = options.include ?? new Set<string>()
  if (session.queriesRefused) return readRecord(session, id, options)
  const filter = { field: 'id', operator: 'equals', values: [id] } as const
  // These two are asked for by themselves.
  const fields = options.fields ? new Set([...options.fields].filter((field) => !UNLISTED.includes(field))) : null
  const query: ListQuery = { filter, sort: [], after: null, limit: 1, fields, include }
  const page = isInternalId(id) ? await listInvoices(session, query) : null
  const found = page?.items[0]
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
  const raw = { ...(found.raw as VendorRecord), ...more }
  return withWarnings({ ...found, nativeId: id, record, raw }, page?.warnings ?? [])
}

/** Without SuiteQL: the record itself, which opens it for editing. Who paid it is not in the record. */
async function readRecord(
  session: Session,
  id: string,
  { include = new Set<string>(), fields = null }: ReadOptions,
): Promise<Found<InvoiceRecord>> {
  if (include.has('payments')) {
    const detail =
      "The gateway's role may not use SuiteQL in this account, and the invoice itself does not show who paid it."
    throw fieldError('field_not_supported', '?include', detail)
  }
  const mapping = session.mappings.invoice
  const raw = await session.client.get('invoice', id, include.has('lines') ? '?expandSubResources=true' : '')
  const wanted = new Set([...(fields ?? Object.keys(mapping))].filter((field) => !UNLISTED.includes(field)))
  const found = await session.found(mapping, raw, id, { status: 'unknown' }, { fields: wanted })
  return include.has('lines') ? { ...found, record: { ...found.record, lines: itemLines(found.record, raw) } } : found
}

const itemLines = ({ currency }: InvoiceRecord, raw: VendorRecord): InvoiceRecord['lines'] =>
  (itemsOf(raw['item']) ?? []).map((line) => ({
    id: recordIdOf(line['line']) ?? '',
    description: textOf(line['description']),
    amount: moneyOf(line['amount'], currency ?? null),
    openAmount: null,
  }))

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
  const applied = rows.filter((row) => row['type'] === 'DepAppl').map((row) => ownIdOf(row['nextdoc']))
  if (applied.length === 0) return rows
  const deposits = await depositsOf(session, applied)
  return rows.map((row) => {
    const deposit = deposits.get(ownIdOf(row['nextdoc']))
    return deposit === undefined ? row : { ...row, type: 'CustDep', nextdoc: deposit }
  })
}

/** The customer deposit that each deposit application was made out of. */
async function depositsOf(session: Session, applications: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const q =
    'SELECT DISTINCT l.previousdoc, l.nextdoc FROM nexttransactionlinelink l JOIN transaction t ON t.id = l.previousdoc ' +
    `WHERE t.type = 'CustDep' AND l.nextdoc IN (${applications.map(() => '?').join(', ')})`
  const { rows } = await session.client.query(q, applications.map(Number), 1000, 'deposits')
  return new Map(rows.map((row) => [ownIdOf(row['nextdoc']), ownIdOf(row['previousdoc'])]))
}
