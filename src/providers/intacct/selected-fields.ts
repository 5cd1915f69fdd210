/** The fields of a record that were asked for, and what no record is without. */
import { isEmpty } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { AnswerRecord } from './answer.ts'

/** A selected field is never left out, an empty one is an empty element: what is not there cannot be read, and is no text. */
export function withEvery(record: AnswerRecord, select: readonly string[]): AnswerRecord {
  const lacking = select.filter((name) => !Object.hasOwn(record.fields, name.toUpperCase()))
  return lacking.length === 0 ? record : { ...record, fields: without(record.fields, lacking) }
}
const NOT_SHOWN = Object.freeze({})
const without = (fields: VendorRecord, names: readonly string[]): VendorRecord => ({
  ...fields,
  ...Object.fromEntries(names.map((name) => [name, NOT_SHOWN])),
})

const MONEY = ['CURRENCY', 'TRX_TOTALENTERED', 'TRX_TOTALDUE']
const EVERY = [
  'CUSTOMERID',
  'CUSTOMERNAME',
  'STATE',
  'RECORDID',
  'DOCNUMBER',
  'AUWHENCREATED',
  'WHENMODIFIED',
  ...MONEY,
]
const ITEM = [...EVERY, 'WHENCREATED']
const RECEIPT = [
  ...[...EVERY, 'RECEIPTDATE', 'FINANCIALENTITY', 'UNDEPOSITEDACCOUNTNO', 'PAYMENTMETHOD', 'DESCRIPTION'],
  ...['CLRDATE', 'CLEARED', 'BASECURR', 'TOTALENTERED', 'EXCHANGE_RATE'],
]
/** What `read` shows of every record, empty or not (recorded answers); it has no select of its own. */
export const SHOWN: Readonly<Record<string, readonly string[]>> = {
  CUSTOMER: ['CUSTOMERID', 'NAME', 'CURRENCY', 'STATUS', 'ONHOLD', 'COMMENTS', 'WHENCREATED', 'WHENMODIFIED'],
  ARINVOICE: ITEM,
  ARADJUSTMENT: ITEM,
  ARPYMT: RECEIPT,
  ARADVANCE: RECEIPT,
}

/** What every record has a value of: an empty one cannot be read. Receipts without cash have no amount. */
const FILLED: Readonly<Record<string, readonly string[]>> = {
  CUSTOMER: ['CUSTOMERID', 'NAME'],
  ARINVOICE: ['WHENCREATED', ...MONEY],
  ARADJUSTMENT: ['WHENCREATED', ...MONEY],
  ARPYMT: ['RECEIPTDATE', ...MONEY],
  ARADVANCE: ['RECEIPTDATE', ...MONEY],
}

/** What a list can be sorted by and nothing is without: records of receipts may have no amount. */
export const isFilled = (object: string, column: string): boolean =>
  object === 'CUSTOMER' && FILLED['CUSTOMER']?.includes(column) === true

/** The fields of a record that is shown to callers; columns that the account hides are empty for another reason. */
export function withFilled(object: string, fields: VendorRecord, hidden: ReadonlySet<string>): VendorRecord {
  const empty = (FILLED[object] ?? []).filter(
    (name) => Object.hasOwn(fields, name) && isEmpty(fields[name]) && !hidden.has(name),
  )
  return empty.length === 0 ? fields : without(fields, empty)
}
