/** Reading invoices. */
import type { InvoiceRecord } from '../../../schemas/invoice.ts'
import { type Context, isEmpty, money, text } from '../../mapping/codec.ts'
import { toUnified } from '../../mapping/mapping.ts'
import { readPart, withWarnings } from '../../mapping/reading.ts'
import type { Found, ListQuery, ReadOptions, RecordPage } from '../provider.ts'
import { refuseUnlisted } from '../unlisted.ts'
import { contextOf, type Desk, isKey, notFound } from './account.ts'
import { type AnswerRecord, linesOf, rawOf } from './answer.ts'
import { INVOICE_LINES, INVOICE_LIST_LACKS, INVOICE_PAYMENTS, invoiceSpecial } from './invoice.ts'
import { paymentsOf } from './invoice-payments.ts'
import { listRecords } from './listing.ts'
import { DEBIT } from './payment-details.ts'
import { all, compareNode, compileFilter, selectColumns } from './query.ts'
import { keyOf } from './record-keys.ts'
import { withFilled } from './selected-fields.ts'

const OBJECT = 'ARINVOICE'

function foundInvoice(
  desk: Desk,
  [object, id]: readonly [object: string, id: string],
  record: AnswerRecord,
  wanted: ReadonlySet<string> | null,
  extra: object = {},
): Found<InvoiceRecord> {
  const fields = { ...withFilled(object, record.fields, desk.hidden.of(object)), ...extra }
  return {
    nativeId: id,
    ...toUnified(desk.mappings.invoice, fields, contextOf(desk, fields), wanted),
    // Only made for who asks.
    get raw() {
      return rawOf(record.content)
    },
  }
}

export async function listInvoices(desk: Desk, query: ListQuery): Promise<RecordPage<InvoiceRecord>> {
  const mapping = desk.mappings.invoice
  refuseUnlisted(query.fields, INVOICE_LIST_LACKS)
  const context = contextOf(desk)
  const lacks = new Set<string>(INVOICE_LIST_LACKS)
  const wanted = new Set(
    Object.keys(mapping).filter((field) => !lacks.has(field) && (query.fields?.has(field) ?? true)),
  )
  const filter = compileFilter(query.filter, { mapping, context, special: invoiceSpecial })
  const source = {
    object: OBJECT,
    prefix: '',
    select: selectColumns(mapping, [...wanted, 'currency']),
    // A negative invoice is a credit: nothing can be paid on it, and it is among the open items.
    filter: {
      ...filter,
      predicate: all([filter.predicate, compareNode('greaterOrEqual', 'TRX_TOTALENTERED', '0')]),
    },
  }
  const page = await listRecords(desk.client, { mapping, context, sources: [source] }, query)
  const hidden = desk.hidden.warnings(OBJECT, mapping, wanted)
  return {
    ...page,
    items: page.items.map(({ record, position }) =>
      Object.assign(withWarnings(foundInvoice(desk, [OBJECT, keyOf(record)], record, wanted), hidden), {
        position,
      }),
    ),
  }
}

export async function getInvoice(desk: Desk, id: string, options: ReadOptions = {}): Promise<Found<InvoiceRecord>> {
  const [object, key, list] = id.startsWith(DEBIT)
    ? (['ARADJUSTMENT', id.slice(DEBIT.length), 'ARADJUSTMENTITEMS'] as const)
    : ([OBJECT, id, 'ARINVOICEITEMS'] as const)
  const record = isKey(key) ? (await desk.client.read(object, [key]))[0] : undefined
  if (!record) throw notFound('invoice', id)
  const asked = (field: string) => options.include?.has(field) || options.fields?.has(field)
  const paid = asked('payments') ? await paymentsOf(desk, id, record) : null
  const extra = {
    ...(asked('lines') && { [INVOICE_LINES]: invoiceLines(record, list) }),
    ...(paid && { [INVOICE_PAYMENTS]: paid.payments }),
  }
  const wanted = options.fields ? new Set([...options.fields, ...(options.include ?? [])]) : null
  return withWarnings(foundInvoice(desk, [object, id], record, wanted, extra), paid?.unread ?? [])
}

/** Read where the invoice is, so that what cannot be read of a line costs only itself. */
const invoiceLines =
  (record: AnswerRecord, list: string) =>
  (context: Context): NonNullable<InvoiceRecord['lines']> =>
    linesOf(record, list).map((line, index) => {
      const part = <T>(field: string, place: string, read: () => T) =>
        readPart(context, `/${index}/${field}`, place, read)
      const amount = (field: string, [place, other]: readonly [string, string]) =>
        part(field, place, () => money.decode(line[place] ?? line[other], context))
      const { ENTRYDESCRIPTION: description } = line
      return {
        id: part('id', 'RECORDNO', () => text.decode(line['RECORDNO'], context)) ?? '',
        description: part('description', 'ENTRYDESCRIPTION', () =>
          isEmpty(description) ? null : text.decode(description, context),
        ),
        amount: amount('amount', ['TRX_AMOUNT', 'AMOUNT']),
        openAmount: amount('openAmount', ['TRX_TOTALDUE', 'TOTALDUE']),
      }
    })
