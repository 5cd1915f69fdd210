/**
 * Words that choose a code and the refused fields for a message that is on no list. They say nothing of whether anything was done,
 * of logins, limits or permissions; what the call itself sent is taken out of the message before.
 */
import type { FailureCode } from '../../errors.ts'
import { pathsOfField, pathsOfLabels, TEXT_FIELDS } from './field-labels.ts'

export interface Worded {
  readonly code: FailureCode
  readonly paths: readonly string[]
}

interface WordRow {
  /** All of them, in any order; none has a repetition that could meet itself. */
  readonly words: readonly RegExp[]
  readonly code: FailureCode
  readonly paths?: readonly string[]
}

const isText = (field: string): boolean => (TEXT_FIELDS as readonly string[]).includes(field.toLowerCase())

/** Most exact first. */
const WORDS: readonly WordRow[] = [
  { words: [/external ?id/i, /already|duplicate|unique/i], code: 'conflict', paths: ['externalId'] },
  { words: [/already exists|duplicate|must be unique/i], code: 'conflict' },
  { words: [/period/i, /closed|locked/i], code: 'period_closed', paths: ['tranDate'] },
  { words: [/record has been locked/i], code: 'not_changeable' },
  {
    words: [/account/i, /subsidiary/i, /cannot be used|not valid/i],
    code: 'invalid_reference',
    paths: ['account', 'arAcct'],
  },
  {
    words: [/dependent record|child record|referred to by|referenced by|in use\b|has transactions/i],
    code: 'conflict',
  },
  { words: [/deposited|reconcil|bank deposit|been cleared/i], code: 'not_changeable' },
  {
    words: [/cannot be|can not be|may not be/i, /changed|edited|deleted|voided|modified|removed/i],
    code: 'not_changeable',
  },
  { words: [/read-?only/i], code: 'not_changeable' },
  {
    words: [/exceed|more than|greater than|over-?appl/i, /open|due|remaining|balance|total|invoice/i],
    code: 'allocation_exceeds_open_amount',
    paths: ['apply', 'credit'],
  },
  {
    words: [/currenc(?:y|ies)/i, /does not match|do not match|differ|mismatch/i],
    code: 'currency_mismatch',
    paths: ['currency'],
  },
  {
    words: [/does not exist|could not be found|invalid record|reference key|invalid reference/i],
    code: 'invalid_reference',
  },
]

/** Null when nothing in the message is known. */
export function wordsOf(message: string): Worded | null {
  const labels = /values?(?:\(s\))? for:? ([^.\r\n]{1,200})/i.exec(message)?.[1]
  if (labels !== undefined) return { code: 'field_required', paths: pathsOfLabels(labels) }
  const field = /invalid field value/i.test(message) ? /field: ?(\w{1,80})/i.exec(message)?.[1] : undefined
  if (field !== undefined) return { code: isText(field) ? 'rejected' : 'invalid_reference', paths: pathsOfField(field) }
  const key = /invalid (\w{1,80}) reference key/i.exec(message)?.[1]
  if (key !== undefined) return { code: 'invalid_reference', paths: pathsOfField(key) }
  const row = WORDS.find(({ words }) => words.every((word) => word.test(message)))
  return row ? { code: row.code, paths: row.paths ?? [] } : null
}
