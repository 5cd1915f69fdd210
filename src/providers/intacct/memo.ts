/**
 * DESCRIPTION of receipts: the caller's memo and, where no custom field takes it, the mark by which a write is found again.
 * Whoever reads gets the memo as it was sent: exactly one mark is taken off, and a memo that looks like one gets another.
 */
import { fieldError } from '../../errors.ts'
import { isEmpty, text } from '../../mapping/codec.ts'
import { type CustomRow, custom } from '../../mapping/mapping.ts'
import { type Desk, defaultsOf } from './account.ts'

export const MEMO_COLUMN = 'DESCRIPTION'

const MARK = /(?:^| )\[gw:[0-9a-z]{26}\]$/
/** A blank and the mark. */
const MARK_LENGTH = ' [gw:]'.length + 26
/** Not documented: the widest that descriptions of Intacct's screens take is 1000 (uncertain). */
const DESCRIPTION_LENGTH = 1000

const markOf = (intentId: string): string => `[gw:${intentId}]`

/** Where a write leaves its mark in the receipts that it makes, and what stands there. */
export interface Mark {
  /** DESCRIPTION, or the custom field of the connection. */
  readonly field: string
  readonly value: string
}

export function markFor(desk: Desk, intentId: string): Mark {
  const { intentField } = defaultsOf(desk)
  return intentField === undefined
    ? { field: MEMO_COLUMN, value: markOf(intentId) }
    : { field: intentField, value: intentId }
}

/** The fields of a receipt that carry its memo and its mark. */
export function described(mark: Mark, memo: string): Record<string, string> {
  if (mark.field !== MEMO_COLUMN) {
    // Reading takes a mark off: text of the caller that looks like one must not be taken for it.
    const text = MARK.test(memo) ? `${memo} ${markOf(mark.value)}` : memo
    return { ...(text !== '' && { [MEMO_COLUMN]: text }), [mark.field]: mark.value }
  }
  if ([...memo].length > DESCRIPTION_LENGTH - MARK_LENGTH) {
    const detail = `Of the ${DESCRIPTION_LENGTH} characters of a description the gateway needs ${MARK_LENGTH} to find the record again; set defaults.intentField to have them all.`
    throw fieldError('rejected', '/memo', detail)
  }
  return { [MEMO_COLUMN]: memo === '' ? mark.value : `${memo} ${mark.value}` }
}

/** The caller's memo; '' where there is none. */
export const memoIn = (description: unknown): string =>
  typeof description === 'string' ? description.replace(MARK, '') : ''

export const isMarked = (text: string): boolean => MARK.test(text)

/** A row that reads without the mark; operations write the mark themselves. */
export const memoRow: CustomRow<string> = custom<string>({
  title: 'text',
  paths: [MEMO_COLUMN],
  column: MEMO_COLUMN,
  order: 'text',
  decode: ({ [MEMO_COLUMN]: description }, context) => {
    if (isEmpty(description)) return description === undefined ? undefined : null
    return memoIn(text.decode(description, context)) || null
  },
  encode: (memo) => ({ [MEMO_COLUMN]: memo ?? '' }),
})
