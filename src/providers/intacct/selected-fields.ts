/** The fields of a record that a query has selected. */
import type { AnswerRecord } from './answer.ts'

/** A selected field is never left out, an empty one is an empty element: what is not there cannot be read, and is no text. */
export function withEvery(record: AnswerRecord, select: readonly string[]): AnswerRecord {
  const lacking = select.filter((name) => !Object.hasOwn(record.fields, name.toUpperCase()))
  if (lacking.length === 0) return record
  return { ...record, fields: { ...record.fields, ...Object.fromEntries(lacking.map((name) => [name, NOT_SHOWN])) } }
}
const NOT_SHOWN = Object.freeze({})
