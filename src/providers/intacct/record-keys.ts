/** RECORDNO, by which records are told apart and pages follow each other. */
import type { Warning } from '../../../schemas/common.ts'
import { type Context, isEmpty } from '../../mapping/codec.ts'
import { readPart } from '../../mapping/reading.ts'
import { isKey } from './account.ts'
import { type AnswerRecord, garbled } from './answer.ts'
import type { SortColumn } from './query.ts'
import { isFilled } from './selected-fields.ts'

export const KEY = 'RECORDNO'

/** Where a list can put it: by its key, and by what it is sorted by. */
export const hasPlace = (
  object: string,
  record: AnswerRecord,
  columns: readonly SortColumn[],
  context: Context,
): boolean =>
  hasKey(record) &&
  columns.every((column) => {
    const value = record.fields[column.column]
    return isEmpty(value)
      ? !isFilled(object, column.column)
      : typeof value === 'string' && writtenValue(column, value, context) !== null
  })

/** Filters take dates in the documented notation, whatever the user's is. Null: it cannot be read. */
export const writtenValue = ({ column, codec }: SortColumn, text: string, context: Context): string | null =>
  codec?.title !== 'date' && codec?.title !== 'timestamp'
    ? text
    : readPart({ ...context, warn: () => {} }, '', column, () =>
        String(codec.encode(codec.decode(text, context), context)),
      )

export const hasKey = ({ fields: { [KEY]: key } }: AnswerRecord): boolean => typeof key === 'string' && isKey(key)

/** Where the record is nothing without its key. */
export function keyOf(record: AnswerRecord): string {
  if (!hasKey(record)) throw garbled('a readable RECORDNO')
  return record.fields[KEY] as string
}

/** The last key of a page; one that is not behind the one before would be read for ever. */
export function laterOf(records: readonly AnswerRecord[], before: string | null): string {
  const last = records.at(-1)?.fields[KEY]
  if (typeof last !== 'string' || !isKey(last) || (before !== null && BigInt(last) <= BigInt(before)))
    throw garbled('a later RECORDNO')
  return last
}

/** Records of a list that cannot be told from others are left out of it. */
export const withoutId = (object: string, count: number): Warning[] =>
  count === 0
    ? []
    : [{ pointer: null, code: 'garbled', detail: `${count} ${object} without a readable id or place: left out.` }]
