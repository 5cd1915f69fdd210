/**
 * Filters in the words of `q`, the record service's own (Oracle help section_1545222128): `email IS "a@b.example"`. It can
 * say less than SuiteQL; what it cannot is refused. Values are quoted, and a value that holds a quote cannot be said at all.
 */
import type { Codec } from '../../mapping/codec.ts'
import type { Condition, Filter } from '../provider.ts'
import { accountDate, accountMoment } from './account-date.ts'
import { notSupported } from './columns.ts'
import { isInternalId } from './internal-id.ts'
import { type Place, placeOf, type Vocabulary } from './word-place.ts'

/** A filter as `q` says it, and what has to be looked at again in the records that it finds. */
export interface Said {
  readonly q: string | null
  readonly again: readonly Condition[]
}
/** No record fits. */
const NOTHING = 'id EQUAL -999999999'

export function saidInWords(filter: Filter | null, vocabulary: Vocabulary): Said {
  const again: Condition[] = []
  return { q: wordsOf(filter, vocabulary, again), again }
}

/** `again` is null where a condition stands beside others by OR: what it lets through then cannot be looked at alone. */
function wordsOf(filter: Filter | null, vocabulary: Vocabulary, again: Condition[] | null): string | null {
  if (filter === null) return null
  if ('all' in filter) return filter.all.length === 0 ? null : joined(filter.all, 'AND', vocabulary, again)
  if ('any' in filter) {
    if (filter.any.length === 0) return NOTHING
    return joined(filter.any, 'OR', vocabulary, filter.any.length === 1 ? again : null)
  }
  return conditionInWords(filter, vocabulary, again)
}

function joined(
  parts: readonly Filter[],
  word: 'AND' | 'OR',
  vocabulary: Vocabulary,
  again: Condition[] | null,
): string | null {
  const said = parts.map((part) => wordsOf(part, vocabulary, again))
  // A part that fits everything: nothing is left of an OR, and nothing is added to an AND.
  const some = said.filter((one) => one !== null)
  if (some.length === 0 || (word === 'OR' && some.length < said.length)) return null
  return some.length === 1 ? (some[0] as string) : `(${some.join(` ${word} `)})`
}

function conditionInWords(condition: Condition, vocabulary: Vocabulary, again: Condition[] | null): string {
  const { field, operator, values } = condition
  const place = placeOf(field, vocabulary)
  if (place === null) throw unsayable(condition, `the account's record service cannot filter by it.`)
  const { name, kind } = place
  if (operator === 'isNull') return `${name} EMPTY`
  if (operator === 'isNotNull') return `${name} EMPTY_NOT`
  switch (kind) {
    case 'text':
      return shortEnough(aroundQuotes(place, condition, again) ?? textInWords(place, condition), condition)
    case 'number':
      return numberInWords(place, condition)
    case 'date':
      return dateInWords(place, condition, vocabulary)
    case 'instant':
      if (again === null) throw unsayable(condition, 'a moment cannot stand there beside other conditions by OR.')
      again.push(condition)
      return momentInWords(place, condition, vocabulary)
    default: {
      const said = membership(place, condition, vocabulary)
      if (operator === 'equals' || operator === 'in') return said
      if (operator !== 'notEquals' && operator !== 'notIn') throw unsayable(condition, 'its values have no order.')
      if (values.length === 0 || said === NOTHING) return `(${name} EMPTY OR ${name} EMPTY_NOT)`
      if (kind === 'boolean') return membership(place, condition, vocabulary, true)
      return `(${said.replace(' ANY_OF ', ' ANY_OF_NOT ')} OR ${name} EMPTY)`
    }
  }
}

/** It stands in the URL. Oracle names no limit (uncertain); many servers in front of others take no more than 8 KB. */
const LONGEST = 7_500

function shortEnough(said: string, condition: Condition): string {
  if (encodeURIComponent(said).length <= LONGEST) return said
  throw unsayable(condition, 'a text this long cannot be asked for there.')
}

function textInWords({ name }: Place, condition: Condition): string {
  const { operator, values } = condition
  const quoted = (value: string) => quote(value, condition)
  const is = values.map((value) => `${name} IS ${quoted(value)}`)
  const any = is.length === 0 ? NOTHING : is.length === 1 ? (is[0] as string) : `(${is.join(' OR ')})`
  const [value = ''] = values
  switch (operator) {
    case 'equals':
    case 'in':
      return any
    case 'notEquals':
    case 'notIn': {
      const none = values.map((one) => `${name} IS_NOT ${quoted(one)}`)
      return `(${[none.join(' AND '), `${name} EMPTY`].filter((part) => part !== '').join(' OR ')})`
    }
    case 'contains':
      return `${name} CONTAIN ${quoted(value)}`
    case 'startsWith':
      return `${name} START_WITH ${quoted(value)}`
    case 'like':
      return likeInWords(name, condition, value)
    default:
      throw unsayable(condition, 'texts have no order there.')
  }
}

/**
 * How a quote is written inside a value is not documented, so the longest part between quotes is asked for, and the records
 * found are looked at again. Null where there is no quote, or where only one value of a field of ours can be looked at.
 */
function aroundQuotes({ name }: Place, condition: Condition, again: Condition[] | null): string | null {
  const { field, operator, values } = condition
  const [value = ''] = values
  const single = values.length === 1 && ['equals', 'contains', 'startsWith'].includes(operator)
  if (again === null || !single || field.includes('.') || !QUOTES.test(value)) return null
  const part = value.split(QUOTES).reduce((longest, one) => (one.length > longest.length ? one : longest), '')
  if (part.trim() === '') return null
  again.push(condition)
  return `${name} CONTAIN "${part}"`
}
const QUOTES = /["\\]+/

function likeInWords(name: string, condition: Condition, pattern: string): string {
  const [, before, text = '', after] = /^(\*?)([^*]*)(\*?)$/.exec(pattern) ?? []
  if (text === '') throw unsayable(condition, 'only one part of a text can be asked for.')
  const word = before && after ? 'CONTAIN' : after ? 'START_WITH' : before ? 'ENDWITH' : 'IS'
  return `${name} ${word} ${quote(text, condition)}`
}

const COMPARISONS: Readonly<Record<string, string>> = {
  ...{ greaterThan: 'GREATER', greaterOrEqual: 'GREATER_OR_EQUAL' },
  ...{ lessThan: 'LESS', lessOrEqual: 'LESS_OR_EQUAL' },
}
const NUMBER = /^-?\d+(\.\d+)?$/

function numberInWords({ name }: Place, condition: Condition): string {
  const { operator } = condition
  const values = condition.values.filter((value) => NUMBER.test(value) && (name !== 'id' || isInternalId(value)))
  const [value] = values
  const word = COMPARISONS[operator]
  if (word !== undefined) return value === undefined ? NOTHING : `${name} ${word} ${value}`
  if (operator === 'equals' || operator === 'in')
    return values.length === 0
      ? NOTHING
      : values.length === 1
        ? `${name} EQUAL ${value}`
        : `${name} ANY_OF [${values.join(', ')}]`
  if (operator !== 'notEquals' && operator !== 'notIn') throw unsayable(condition, 'it is no text.')
  const none = values.map((one) => `${name} EQUAL_NOT ${one}`).join(' AND ')
  return none === '' ? `(${name} EMPTY OR ${name} EMPTY_NOT)` : `((${none}) OR ${name} EMPTY)`
}

const DATE_WORDS: Readonly<Record<string, string>> = {
  ...{ greaterThan: 'AFTER', greaterOrEqual: 'ON_OR_AFTER', lessThan: 'BEFORE', lessOrEqual: 'ON_OR_BEFORE' },
}

function dateInWords({ name }: Place, condition: Condition, { dateFormat }: Vocabulary): string {
  const { operator, values } = condition
  const days = values.map((value) => `"${accountDate(value, dateFormat)}"`)
  const word = DATE_WORDS[operator]
  if (word !== undefined) return `${name} ${word} ${days[0]}`
  if (operator === 'equals' || operator === 'in')
    return days.length === 0 ? NOTHING : `(${days.map((day) => `${name} ON ${day}`).join(' OR ')})`
  if (operator !== 'notEquals' && operator !== 'notIn') throw unsayable(condition, 'it is no text.')
  return `((${days.map((day) => `${name} ON_NOT ${day}`).join(' AND ')}) OR ${name} EMPTY)`
}

const HOUR_MS = 3_600_000

/**
 * Literals of moments have minutes only, on the account's clocks, which go through an hour twice in autumn: an hour more is
 * asked for, and the records found are looked at again.
 */
function momentInWords({ name }: Place, condition: Condition, { dateFormat, timeZone }: Vocabulary): string {
  const { operator, values } = condition
  const late = operator === 'greaterThan' || operator === 'greaterOrEqual'
  if (!late && operator !== 'lessThan' && operator !== 'lessOrEqual')
    throw unsayable(condition, 'a moment can only be a bound there.')
  const bound = new Date(Date.parse(values[0] ?? '') + (late ? -HOUR_MS : HOUR_MS))
  return `${name} ${late ? 'ON_OR_AFTER' : 'ON_OR_BEFORE'} "${accountMoment(bound, dateFormat, timeZone)}"`
}

/** Whether a value of a record fits a condition that was asked for roughly. */
export function fitsAgain(value: unknown, { operator, values }: Condition): boolean {
  const [found, wanted] = [String(value ?? '').toLowerCase(), (values[0] ?? '').toLowerCase()]
  if (operator === 'equals') return found === wanted
  if (operator === 'contains') return found.includes(wanted)
  if (operator === 'startsWith') return found.startsWith(wanted)
  const [time, bound] = [Date.parse(String(value)), Date.parse(values[0] ?? '')]
  if (Number.isNaN(time)) return false
  if (operator === 'greaterThan') return time > bound
  if (operator === 'greaterOrEqual') return time >= bound
  return operator === 'lessThan' ? time < bound : time <= bound
}

/** Ids, currencies and booleans. */
function membership(place: Place, { values }: Condition, { currencyIds }: Vocabulary, not = false): string {
  const { name, kind, codec } = place
  if (kind === 'boolean') {
    const wanted = new Set(values.map((value) => (isTrueIn(codec, value) ? !not : not)))
    if (wanted.size === 0) return NOTHING
    return [...wanted]
      .map((value) => `${name} IS ${value}`)
      .join(' OR ')
      .replace(/^(.* OR .*)$/, '($1)')
  }
  const ids = values
    .map((value) => (kind === 'currency' ? (currencyIds.get(value) ?? '') : value))
    .filter((id) => isInternalId(id))
  return ids.length === 0 ? NOTHING : `${name} ANY_OF [${ids.join(', ')}]`
}
const isTrueIn = (codec: Codec<unknown> | null, value: string): boolean =>
  codec === null || codec.title === 'boolean' ? value === 'true' : codec.encode(value, undefined as never) === true

function quote(value: string, condition: Condition): string {
  if (QUOTES.test(value))
    throw unsayable(condition, 'a value with a quotation mark or a backslash cannot be written there.')
  return `"${value}"`
}

const unsayable = ({ field, operator }: Condition, why: string) =>
  notSupported(field, `with ${operator}`, `The gateway's role may not use SuiteQL in this account, and ${why}`)
