/** RECORDNO, by which records are told apart and pages follow each other. */
import type { Warning } from '../../../schemas/common.ts'
import { isEmpty } from '../../mapping/codec.ts'
import { isKey } from './account.ts'
import { type AnswerRecord, garbled } from './answer.ts'

export const KEY = 'RECORDNO'

/** Where a list can put it: by its key, and by what it is sorted by. */
export const hasPlace = (record: AnswerRecord, columns: readonly { readonly column: string }[]): boolean =>
  hasKey(record) && columns.every(({ column }) => isReadable(record.fields[column]))
const isReadable = (value: unknown): boolean => isEmpty(value) || typeof value === 'string'

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
