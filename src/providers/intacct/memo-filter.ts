/** Conditions on the memo, which DESCRIPTION holds with or without a mark behind it: the mark is never what is found. */
import type { XmlNode } from '../../wire/xml.ts'
import type { Condition } from '../provider.ts'
import { isMarked, MEMO_COLUMN } from './memo.ts'
import { all, any, compareNode, isIn, isNotNull, isNull, type Predicate, patternOf, unsupported } from './query.ts'

/** `_` stands for one character. */
const MARK = `[gw:${'_'.repeat(26)}]`
const LAST_MARK = `[gw:${'z'.repeat(26)}]`

const matching = (name: 'like' | 'notlike', pattern: string): XmlNode => [
  name,
  [
    ['field', MEMO_COLUMN],
    ['value', pattern],
  ],
]
const like = (pattern: string): XmlNode => matching('like', pattern)
const unlike = (pattern: string): XmlNode => matching('notlike', pattern)

const marked = any([like(MARK), like(`% ${MARK}`)])
const unmarked = all([unlike(MARK), unlike(`% ${MARK}`)])

export function memoPredicate(condition: Condition): Predicate {
  const { operator, values } = condition
  switch (operator) {
    case 'equals':
    case 'in':
      return any([isIn(MEMO_COLUMN, values.filter(isPlain)), ...values.map(withMark)])
    // A record without a memo is not the value.
    case 'notEquals':
    case 'notIn':
      return any([isNull(MEMO_COLUMN), all([notIn(values.filter(isPlain)), ...values.map(withoutMark)])])
    case 'isNull':
      return any([isNull(MEMO_COLUMN), like(MARK)])
    case 'isNotNull':
      return all([isNotNull(MEMO_COLUMN), unlike(MARK)])
    case 'contains':
    case 'startsWith':
    case 'like':
      return found(patternOf(condition, values[0] ?? ''))
    case 'notLike':
      return notFound(patternOf(condition, values[0] ?? ''))
    default:
      throw unsupported(condition, 'A memo has no order.')
  }
}

/** As DESCRIPTION it would be read as a shorter memo and its mark. */
const isPlain = (memo: string): boolean => !isMarked(memo)
const notIn = (memos: readonly string[]): Predicate => (memos.length === 0 ? true : isIn(MEMO_COLUMN, memos, 'notin'))

const found = (pattern: string): Predicate => any([all([like(pattern), unmarked]), like(`${pattern} ${MARK}`)])
const notFound = (pattern: string): Predicate =>
  any([isNull(MEMO_COLUMN), all([any([unlike(pattern), marked]), unlike(`${pattern} ${MARK}`)])])

/** `%` and `_` have no documented escape: one character instead of each, and between the first and the last mark behind it. */
const loose = (memo: string): string => memo.replace(/[%_]/g, '_')
const isLoose = (memo: string): boolean => /[%_]/.test(memo)
const between = (memo: string) => [`${memo} [gw:`, `${memo} ${LAST_MARK}`] as const

function withMark(memo: string): Predicate {
  const pattern = like(`${loose(memo)} ${MARK}`)
  if (!isLoose(memo)) return pattern
  const [first, last] = between(memo)
  const bounds = [compareNode('greaterOrEqual', MEMO_COLUMN, first), compareNode('lessOrEqual', MEMO_COLUMN, last)]
  return all([pattern, ...bounds])
}

function withoutMark(memo: string): Predicate {
  const pattern = unlike(`${loose(memo)} ${MARK}`)
  if (!isLoose(memo)) return pattern
  const [first, last] = between(memo)
  const bounds = [compareNode('lessThan', MEMO_COLUMN, first), compareNode('greaterThan', MEMO_COLUMN, last)]
  return any([pattern, ...bounds])
}
