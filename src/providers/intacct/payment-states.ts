/**
 * What a payment's STATE means. Its words are those of the screen (release notes 2024 R2) and of the REST reference; which
 * of them the XML gateway answers is not documented, so all are read, and any other word is `unknown`.
 */
import type { PaymentRecord } from '../../../schemas/payment.ts'
import { type Context, isEmpty, text, unknownWord } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { readPart } from '../../mapping/reading.ts'
import type { Condition } from '../provider.ts'
import { userDate } from './codecs.ts'
import { all, any, compareNode, isIn, isNotNull, isNull, type Predicate, unsupported } from './query.ts'

type Status = NonNullable<PaymentRecord['status']>

const WORDS: ReadonlyMap<string, 'draft' | 'posted' | 'reconciled' | 'voided'> = new Map(
  Object.entries({
    // Letters are what `readByQuery` and older companies show (developer docs, AR payments).
    d: 'draft',
    a: 'posted',
    c: 'posted',
    draft: 'draft',
    posted: 'posted',
    submitted: 'posted',
    complete: 'posted',
    completed: 'posted',
    confirmed: 'posted',
    paid: 'posted',
    'partially paid': 'posted',
    'partially applied': 'posted',
    applied: 'posted',
    reconciled: 'reconciled',
    cleared: 'reconciled',
    reversed: 'voided',
    voided: 'voided',
  } as const),
)
/** The second record that a reversal makes; no payment of its own. */
const REVERSAL = /^reversal$/i
const CLEARED = new Set(['t', 'true', 'c', 'cleared', 'm', 'matched'])

export function stateOf(record: VendorRecord): string | null {
  const state = record['STATE'] ?? record['DISPLAYSTATE']
  return typeof state === 'string' ? state : null
}

export function statusOf(record: VendorRecord, context?: Context): Status {
  const state = stateOf(record) ?? ''
  const word =
    WORDS.get(state.trim().toLowerCase()) ??
    (context && state !== '' ? unknownWord(state, 'unknown', context) : 'unknown')
  if (word !== 'posted') return word
  const cleared = !isEmpty(record['CLRDATE']) || CLEARED.has(String(record['CLEARED'] ?? '').toLowerCase())
  if (cleared) return 'reconciled'
  return isEmpty(record['FINANCIALENTITY']) ? 'posted' : 'deposited'
}

/** As callers see it; where a value beside the word counts, it has to be one that can be read. */
export const statusIn = (record: VendorRecord, context: Context): Status | undefined =>
  readPart(context, '', STATE, () => readableStatus(record, context)) ?? (isShown(record) ? 'unknown' : undefined)

const isShown = ({ STATE: state, DISPLAYSTATE: shown }: VendorRecord): boolean => !isEmpty(state) || !isEmpty(shown)

function readableStatus(record: VendorRecord, context: Context): Status | undefined {
  const { STATE: state, DISPLAYSTATE: shown, CLRDATE: clearedOn, CLEARED: cleared, FINANCIALENTITY: bank } = record
  for (const value of [state, shown, cleared, bank]) if (!isEmpty(value)) text.decode(value, context)
  if (!isEmpty(clearedOn)) userDate.decode(clearedOn, context)
  return isShown(record) ? statusOf(record, context) : undefined
}

/** The second record of a reversal is no payment of its own. */
export const isReversal = (record: VendorRecord): boolean => REVERSAL.test(stateOf(record) ?? '')

/**
 * An ARPYMT that is no receipt: the record of a reversal, and (by their record types, as the developer docs list them)
 * advances, which are listed from their own object, and overpayments that were split off their receipt.
 */
export const isNoReceipt = (record: VendorRecord): boolean =>
  isReversal(record) || record['RECORDTYPE'] === 'rr' || record['RECORDTYPE'] === 'ro'

const STATE = 'STATE'
const CLEARED_ON = 'CLRDATE'
const BANK = 'FINANCIALENTITY'
const NOT_POSTED = ['Draft', 'Reversed', 'Reversal', 'Voided', 'Reconciled']

/** What is left of a draft or of a reversed payment is no money that could be used: lists do not show it. */
export const isPosted: Predicate = isIn(STATE, ['Draft', 'Reversed', 'Voided'], 'notin')

/** Statuses as conditions: by the words that are known, the rest counts as posted. */
export function statusPredicate(condition: Condition): Predicate {
  const { operator, values } = condition
  if (operator === 'equals' || operator === 'in') return any(values.map((value) => fits(condition, value)))
  throw unsupported(condition, 'Only equals and in are possible.')
}

function fits(condition: Condition, status: string): Predicate {
  const open = [isIn(STATE, NOT_POSTED, 'notin'), isNull(CLEARED_ON)]
  switch (status as Status) {
    case 'draft':
      return compareNode('equals', STATE, 'Draft')
    case 'voided':
      return isIn(STATE, ['Reversed', 'Voided'])
    case 'reconciled':
      return any([
        compareNode('equals', STATE, 'Reconciled'),
        all([isIn(STATE, NOT_POSTED, 'notin'), isNotNull(CLEARED_ON)]),
      ])
    case 'posted':
      return all([...open, isNull(BANK)])
    case 'deposited':
      return all([...open, isNotNull(BANK)])
    case 'pending':
      return false
    default:
      throw unsupported(condition, `Sage Intacct cannot search for the status ${status}.`)
  }
}
