/** Where each field of an invoice is at Intacct (ARINVOICE; debit memos, ARADJUSTMENT, share it). */
import type { InvoiceRecord } from '../../../schemas/invoice.ts'
import { type Context, currency, isEmpty, money, text, unknownWord } from '../../mapping/codec.ts'
import { custom, type Mapping, readOnly, type VendorRecord } from '../../mapping/mapping.ts'
import { isZero } from '../../mapping/money.ts'
import { readPart } from '../../mapping/reading.ts'
import type { Condition } from '../provider.ts'
import { isKey } from './account.ts'
import { auditTimestamp, timestamp, userDate } from './codecs.ts'
import { all, any, compareNode, isIn, type Predicate, unsupported } from './query.ts'
import { customerOf } from './references.ts'

export const INVOICE_LINES = '#LINES'
export const INVOICE_PAYMENTS = '#PAYMENTS'
/** Only one invoice at a time has them. */
export const INVOICE_LIST_LACKS: readonly (keyof InvoiceRecord)[] = ['lines', 'payments']

type Status = NonNullable<InvoiceRecord['status']>

const WORDS: ReadonlyMap<string, Status> = new Map(
  Object.entries({
    draft: 'draft',
    posted: 'open',
    'partially paid': 'partiallyPaid',
    paid: 'paid',
    reversed: 'voided',
    voided: 'voided',
  } as const),
)
const SELECTED = 'Selected'

/** `Selected` is an invoice that a draft payment holds: open or partially paid. */
function statusOf(record: VendorRecord, context: Context): Status {
  const word = text.decode(record['STATE'], context)
  if (word.toLowerCase() !== SELECTED.toLowerCase())
    return WORDS.get(word.toLowerCase()) ?? unknownWord(word, 'unknown', context)
  const paid = record['TRX_TOTALPAID']
  return isEmpty(paid) || isZero(text.decode(paid, context)) ? 'open' : 'partiallyPaid'
}

const computed = <T>(name: string) =>
  custom<T>({
    title: name,
    paths: [],
    access: 'read-only',
    decode: (record, context) => {
      const value = record[name] as T | ((context: Context) => T) | undefined
      return typeof value === 'function' ? (value as (context: Context) => T)(context) : value
    },
    encode: () => ({}),
  })

export const invoiceMapping: Mapping<InvoiceRecord> = {
  // DOCNUMBER is the customer's reference; one connector takes it for the number, so it is read where there is no other.
  number: readOnly(['RECORDID', 'DOCNUMBER'], text),
  reference: readOnly('DOCNUMBER', text),
  customer: custom<NonNullable<InvoiceRecord['customer']>>({
    title: 'customer',
    paths: ['CUSTOMERID', 'CUSTOMERNAME'],
    column: 'CUSTOMERID',
    referenceKind: 'customers',
    access: 'read-only',
    decode: customerOf,
    encode: () => ({}),
  }),
  date: readOnly('WHENCREATED', userDate),
  dueDate: readOnly('WHENDUE', userDate),
  status: custom<Status>({
    title: 'status',
    paths: ['STATE', 'TRX_TOTALPAID'],
    access: 'read-only',
    decode: (record, context) =>
      isEmpty(record['STATE'])
        ? undefined
        : (readPart(context, '', 'STATE', () => statusOf(record, context)) ?? 'unknown'),
    encode: () => ({}),
  }),
  currency: readOnly('CURRENCY', currency),
  total: readOnly('TRX_TOTALENTERED', money),
  openAmount: readOnly('TRX_TOTALDUE', money),
  lines: computed(INVOICE_LINES),
  payments: computed(INVOICE_PAYMENTS),
  createdAt: readOnly('AUWHENCREATED', auditTimestamp),
  updatedAt: readOnly('WHENMODIFIED', timestamp),
}

export function invoiceSpecial(condition: Condition): Predicate | undefined {
  const { field, operator, values } = condition
  if (field === 'id') {
    const isNot = operator === 'notEquals' || operator === 'notIn'
    if (!isNot && operator !== 'equals' && operator !== 'in') throw unsupported(condition, 'An id has no order.')
    // What is no key is the id of nothing; debit memos are of another object.
    return isIn('RECORDNO', values.filter(isKey), isNot ? 'notin' : 'in')
  }
  if (field !== 'status') return undefined
  if (operator !== 'equals' && operator !== 'in') throw unsupported(condition, 'Only equals and in are possible.')
  return any(values.map((value) => statusPredicate(condition, value)))
}

function statusPredicate(condition: Condition, status: string): Predicate {
  const state = (word: string) => compareNode('equals', 'STATE', word)
  const selected = (paid: 'equals' | 'greaterThan') => all([state(SELECTED), compareNode(paid, 'TRX_TOTALPAID', '0')])
  switch (status as Status) {
    case 'draft':
      return state('Draft')
    case 'open':
      return any([state('Posted'), selected('equals')])
    case 'partiallyPaid':
      return any([state('Partially Paid'), selected('greaterThan')])
    case 'paid':
      return state('Paid')
    case 'voided':
      return state('Reversed')
    default:
      throw unsupported(condition, `Sage Intacct cannot search for the status ${status}.`)
  }
}
