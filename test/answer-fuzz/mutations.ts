/** How one answer of an ERP is changed. Each kind takes the true answer and gives what arrives instead. */
import type { ErpName } from '../support/erps.ts'
import type { ChangedAnswer, Exchange, WireAnswer } from '../support/fault-proxy.ts'
import { type Edit, type Member, membersOf, oneOf } from './members.ts'
import type { Random } from './random.ts'
import { errorAnswer, statusesOf, TEXTS } from './texts.ts'

export interface Mutated {
  readonly answer: ChangedAnswer
  /** What was done, for people. */
  readonly note: string
  /** It could be true: nobody can see from this answer alone that it is not. */
  readonly plausible?: true
  /** A value is not there; where it may be absent, that says nothing wrong. */
  readonly missing?: true
  /** The ERP's own words for a refused login: nobody is to try again for a while. */
  readonly refusesLogin?: true
  /** Only one record of several is hit. */
  readonly ofRecord?: boolean
}

/** Null: the answer has nothing that could be changed so. */
type Mutate = (answer: WireAnswer, random: Random, of: { erp: ErpName; exchange: Exchange }) => Mutated | null

const STATUSES = [200, 201, 204, 400, 401, 403, 404, 409, 412, 422, 429, 500, 502, 503, 504]
const HTML =
  '<!DOCTYPE html>\n<html lang="en"><head><title>Service temporarily unavailable</title></head><body><h1>Please try again later</h1><p>Reference #18.2f1d</p></body></html>'
const WORDS =
  /^(status|state|isinactive|isperson|voided|posting|type|recordtype|undepfunds|paymentmethod|onhold|taxable|creditholdoverride|billable)$/i
/** States of the world are any text; those of payments have words of their own. */
const isRegion = ({ name, value }: Member) => /^state$/i.test(name) && /^[A-Z]{2}$/.test(String(value))
const DATES = /^\d{4}-\d\d-\d\d|^\d{1,2}\/\d{1,2}\/\d{4}/
const NUMBER = /^-?\d+(\.\d+)?$/
/** What a true answer may lack: NetSuite leaves out what is empty, and nobody can tell one from the other. */
const MAY_LACK = /^(duedate|refnum|refname|tranid|code|currencylist)$/i
/** Texts that may look like numbers. */
const FREE_TEXT = /^(checknum|checknumber|docnumber|otherrefnum|tranid|refnum|memo|zip|code|[a-z]*accountno|[a-z]+id)$/i
const OWN_ID = /^(id|recordno)$/i
/** Level and code of what says, on any exchange, that the login is refused: the connection rests for a minute. */
const REFUSES_LOGIN: Readonly<Record<ErpName, RegExp>> = {
  netsuite: /LOGIN/,
  intacct: /^(control|authentication) (GW-0011|invalidRequest|XL03000006|PL04000055|\w*JPP0002)$/,
}
/** An empty element of these says something by itself: no bank account, not cleared. */
const SAYS_NO = /^(financialentity|clrdate|cleared)$/i

const edited = (answer: WireAnswer, member: Member, edit: Edit, more: Partial<Mutated> = {}): Mutated => ({
  answer: { ...answer, body: member.edited(edit) },
  note: `${member.place} ${JSON.stringify(edit)?.slice(0, 80)} was ${JSON.stringify(member.value)?.slice(0, 40)}`,
  ...(member.ofRecord && { ofRecord: true }),
  ...more,
})
/** One of a list: there may be fewer, and more. */
const isEntry = ({ name }: Member) => /^\d+$/.test(name)
const mayLack = ({ name }: Member) => MAY_LACK.test(name)
/** Customers of Intacct may have no currency of their own. */
const mayBeEmpty = ({ name }: Member, { body }: Exchange) =>
  SAYS_NO.test(name) || (name === 'CURRENCY' && body.includes('<object>CUSTOMER<'))
const isText = ({ value }: Member) => typeof value === 'string' && value !== ''
const page = (status: number, answer: WireAnswer): ChangedAnswer => ({
  ...{ status, body: HTML },
  headers: { ...without(answer.headers, 'location'), 'content-type': 'text/html; charset=UTF-8' },
})
const without = (headers: WireAnswer['headers'], name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))

export const MUTATIONS: Readonly<Record<string, Mutate>> = {
  status: (answer, random) => {
    const status = random.of(STATUSES.filter((one) => one !== answer.status))
    const small = status < 300 && answer.status < 300
    return {
      answer: { ...answer, status },
      note: `${answer.status} became ${status}`,
      ...(small && { plausible: true }),
    }
  },
  text: (answer, random, { erp, exchange }) => {
    const text = random.of(TEXTS[erp])
    const { status, level } = random.of(statusesOf(erp, text))
    const changed = errorAnswer(erp, { text, status, level }, exchange)
    return {
      answer: changed,
      note: `${status} ${level} ${text.code}: ${text.text.slice(0, 90)} (was ${answer.status})`,
      // A column that is not there: lists have less then, and other columns are read instead.
      ...(text.code === 'INVALID_PARAMETER' && { plausible: true }),
      ...((text.refusesLogin || REFUSES_LOGIN[erp].test(`${level} ${text.code}`)) && { refusesLogin: true }),
    }
  },
  removed: (answer, random) => {
    const member = oneOf(random, membersOf(answer.body), () => true)
    return (
      member &&
      edited(
        answer,
        member,
        { kind: 'remove' },
        isEntry(member) || mayLack(member) ? { plausible: true } : { missing: true },
      )
    )
  },
  doubled: (answer, random) => {
    const member = oneOf(random, membersOf(answer.body), () => true)
    return (
      member &&
      // A document with a name twice is none, as below; XML has entries twice all the time.
      edited(
        answer,
        member,
        { kind: 'double', second: member.value },
        isEntry(member) ? { plausible: true } : { ofRecord: false },
      )
    )
  },
  'doubled otherwise': (answer, random) => {
    const member = oneOf(random, membersOf(answer.body), isText)
    const second = member && NUMBER.test(String(member.value)) ? '13' : 'another'
    // Which of both counts nobody says: the document is none.
    return member && edited(answer, member, { kind: 'double', second }, { ofRecord: false })
  },
  renamed: (answer, random) => {
    const member = oneOf(random, membersOf(answer.body), ({ name }) => !/^\d+$/.test(name))
    const name = member && random.of([`${member.name}2`, member.name.toUpperCase(), member.name.toLowerCase()])
    const more = member && mayLack(member) ? { plausible: true as const } : { missing: true as const }
    return member && edited(answer, member, { kind: 'rename', name: name ?? '' }, more)
  },
  retyped: (answer, random, { exchange }) => {
    const member = oneOf(random, membersOf(answer.body), () => true)
    const value = random.of<unknown>([12345, '12345', true, {}, { value: 'x' }, [], ['x', 'y'], null])
    const isXml = answer.body.trimStart().startsWith('<')
    // In XML an element without anything inside is empty, whatever it was to be.
    const isNull =
      value === null ||
      (isXml ? Object.keys(Object(value)).length === 0 && isObject(value) : Array.isArray(value) && value.length === 0)
    // XML knows only texts, and a text may be any.
    // One number for another is read as it stands, whatever it is written with.
    const isNumber = typeof value === 'number' && NUMBER.test(String(member?.value))
    // A reference may come as its bare id.
    const isId = typeof value === 'number' && isReference(member?.value)
    // T and F are booleans: the other one may be meant.
    const isFlag = value === true && /^([TF]|true|false)$/.test(String(member?.value))
    const isWord =
      isNumber || isId || isFlag || answer.body.trimStart().startsWith('<')
        ? !isObject(value)
        : typeof value === 'string'
    const couldBe = isNull ? member && (mayLack(member) || (isXml && mayBeEmpty(member, exchange))) : isWord
    const more = couldBe ? { plausible: true as const } : isNull ? { missing: true as const } : {}
    return member && edited(answer, member, { kind: 'value', value }, more)
  },
  word: (answer, random) => {
    const member = oneOf(
      random,
      membersOf(answer.body),
      (one) => WORDS.test(one.name) && !isObject(one.value) && !isRegion(one),
    )
    return member && edited(answer, member, { kind: 'value', value: random.of(['Zweifelhaft', 'X', '??', 'maybe']) })
  },
  date: (answer, random, { erp }) => {
    const member = oneOf(random, membersOf(answer.body), ({ value }) => DATES.test(String(value)))
    const words = ['31/12/2026', '10.04.2026', '2026-13-45', '0000-00-00', '20260410', '12-Apr-2026', '1775779200000']
    const value = random.of(words)
    // A month in letters is a date of Intacct, and any date may be another one.
    const isDate = erp === 'intacct' && value === '12-Apr-2026'
    return member && edited(answer, member, { kind: 'value', value }, isDate ? { plausible: true } : {})
  },
  number: (answer, random) => {
    const isNumber = ({ name, value }: Member) => NUMBER.test(String(value)) && !FREE_TEXT.test(name)
    const member = oneOf(random, membersOf(answer.body), isNumber)
    const huge = ['99999999999999999999.99', '-1', '0.001']
    const value = random.of(['1e400', 'NaN', '0x10', '1,000.00', '100.00 USD', '$5', 'Infinity', ...huge])
    return member && edited(answer, member, { kind: 'value', value }, huge.includes(value) ? { plausible: true } : {})
  },
  html: (answer, random) => {
    const status = random.of([200, 200, 302, 403, 404, 429, 500, 502, 503])
    return { answer: page(status, answer), note: `a web page with ${status}` }
  },
  empty: (answer, random) => {
    const status = random.of([answer.status, answer.status, 200, 400, 404, 429, 500, 503])
    const headers = status < 300 ? answer.headers : without(answer.headers, 'location')
    return { answer: { status, headers, body: '' }, note: `an empty body with ${status}` }
  },
  swapped: (answer, random) => {
    const others = ['999999', '1', '456', '5001', 'ACME', '101']
    const location = answer.headers['location']
    if (location && random.next() < 0.7) {
      const other = location.replace(/[^/]+$/, random.of(others))
      return { answer: { ...answer, headers: { ...answer.headers, location: other } }, note: `location ${other}` }
    }
    const members = membersOf(answer.body).filter(
      ({ name, place }) => OWN_ID.test(name) && !/\.\w+\.id$/.test(place.replace(/items\.\d+\./, '')),
    )
    const member = members.length > 0 ? random.of(members) : null
    const own = member === members[0] && !member?.ofRecord
    return member && edited(answer, member, { kind: 'value', value: random.of(others) }, own ? {} : { plausible: true })
  },
  bytes: (answer, random) => {
    const member = oneOf(random, membersOf(answer.body), isText)
    if (!member) return null
    const [before = '', after = ''] = member.edited({ kind: 'value', value: 'a@here@z' }).split('@here@')
    const bad = random.of([[0xff, 0xfe], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xe9]])
    const body = Buffer.concat([Buffer.from(before), Buffer.from(bad), Buffer.from(after)])
    return { answer: { ...answer, body }, note: `${member.place} with bytes ${bad}` }
  },
  header: (answer, random) => {
    const name = random.of([
      'content-type',
      'location',
      'content-type: text/html',
      'content-type: application/json; charset=utf-16',
    ])
    const [key = '', value] = name.split(': ')
    if (!(key in answer.headers)) return null
    const headers = { ...without(answer.headers, key), ...(value && { [key]: value }) }
    return { answer: { ...answer, headers }, note: `header ${name} ${value ? 'instead' : 'lost'}` }
  },
  truncated: (answer, random) => {
    if (answer.body.length < 4) return null
    const length = 1 + random.below(answer.body.length - 2)
    return {
      answer: { ...answer, body: answer.body.slice(0, length) },
      note: `only ${length} of ${answer.body.length}`,
    }
  },
}

const isReference = (value: unknown) => typeof value === 'object' && value !== null && 'id' in value
const isObject = (value: unknown) => typeof value === 'object' && value !== null

/** Of the kinds above and a reset; those that are many are drawn more often. */
const DRAWN = ['text', 'text', 'text', 'text', 'status', 'status', 'removed', 'retyped', 'retyped']
export const KINDS = [...Object.keys(MUTATIONS), 'reset', ...DRAWN]
/** What an ERP can say that did nothing: never its own success. */
export const KINDS_BEFORE = ['text', 'text', 'text', 'text', 'html', 'html', 'empty', 'status', 'reset']
