/** Filters in the words of `q`: what can be said is said exactly, and what cannot is refused by the field's name. */
import { describe, expect, it } from 'vitest'
import type { GatewayError } from '../../src/errors.ts'
import { accountDate, accountMoment, DATE_FORMAT } from '../../src/providers/netsuite/account-date.ts'
import type { RecordShape } from '../../src/providers/netsuite/catalog.ts'
import { customerRows } from '../../src/providers/netsuite/customer.ts'
import { fitsAgain, saidInWords } from '../../src/providers/netsuite/word-filter.ts'
import type { Filter } from '../../src/providers/provider.ts'

const types: RecordShape['types'] = {
  ...{ id: 'text', email: 'text', altName: 'text', creditLimit: 'decimal', isInactive: 'boolean', terms: 'reference' },
  ...{
    currency: 'reference',
    startDate: 'date',
    lastModifiedDate: 'instant',
    phone: 'text',
    custentity_region: 'text',
  },
} as const
const vocabulary = {
  mapping: customerRows as never,
  shape: { types, filterable: Object.keys(types).filter((name) => name !== 'phone') },
  currencyIds: new Map([['USD', '1']]),
  dateFormat: 'D.M.YYYY',
  timeZone: 'UTC',
}
const is = (field: string, operator: string, ...values: string[]) => ({ field, operator, values }) as Filter
const q = (filter: Filter) => saidInWords(filter, vocabulary).q
const refused = (filter: Filter): GatewayError => {
  try {
    saidInWords(filter, vocabulary)
  } catch (error) {
    return error as GatewayError
  }
  throw new Error('nothing was refused')
}

describe('what can be said', () => {
  it.each<[Filter, string]>([
    [is('email', 'equals', 'a b@c.example'), 'email IS "a b@c.example"'],
    [is('email', 'in', 'a', 'b'), '(email IS "a" OR email IS "b")'],
    [is('email', 'notEquals', 'a'), '(email IS_NOT "a" OR email EMPTY)'],
    [is('email', 'contains', "' OR 1=1 --"), 'email CONTAIN "\' OR 1=1 --"'],
    [is('name', 'startsWith', '漢字'), 'altName START_WITH "漢字"'],
    [is('email', 'like', '*.example'), 'email ENDWITH ".example"'],
    [is('email', 'isNull'), 'email EMPTY'],
    [is('creditLimit', 'greaterOrEqual', '10.50'), 'creditLimit GREATER_OR_EQUAL 10.50'],
    [is('creditLimit', 'in', '1', 'x'), 'creditLimit EQUAL 1'],
    [is('id', 'in', '5', '6', "7' OR"), 'id ANY_OF [5, 6]'],
    [is('id', 'equals', 'none'), 'id EQUAL -999999999'],
    [is('status', 'in', 'inactive'), 'isInactive IS true'],
    [is('status', 'notEquals', 'inactive'), 'isInactive IS false'],
    [is('terms', 'equals', '2'), 'terms ANY_OF [2]'],
    [is('terms', 'notIn', '2', '3'), '(terms ANY_OF_NOT [2, 3] OR terms EMPTY)'],
    [is('currency', 'equals', 'USD'), 'currency ANY_OF [1]'],
    [is('currency', 'equals', 'EUR'), 'id EQUAL -999999999'],
    [is('vendorFields.startDate', 'lessThan', '2026-03-09'), 'startDate BEFORE "9.3.2026"'],
    [is('customFields.custentity_region', 'equals', 'West'), 'custentity_region IS "West"'],
  ])('%j', (filter, words) => expect(q(filter)).toBe(words))
  it('keeps what belongs together in parentheses', () => {
    const either = { any: [is('email', 'equals', 'a'), { all: [is('email', 'isNull'), is('terms', 'equals', '2')] }] }
    expect(q({ all: [either, is('status', 'equals', 'active')] })).toBe(
      '((email IS "a" OR (email EMPTY AND terms ANY_OF [2])) AND isInactive IS false)',
    )
  })
})

describe('what is asked for roughly and looked at again', () => {
  it('has an hour more around a moment', () => {
    const said = saidInWords(is('updatedAt', 'greaterOrEqual', '2026-03-01T00:30:15Z'), vocabulary)
    expect(said.q).toBe('lastModifiedDate ON_OR_AFTER "28.2.2026 11:30 pm"')
    expect(['2026-03-01T00:30:14Z', '2026-03-01T00:30:15Z'].map((one) => fitsAgain(one, said.again[0]!))).toEqual([
      false,
      true,
    ])
  })
  it('asks around a quotation mark, which it cannot write', () => {
    const said = saidInWords(is('name', 'equals', 'The "Big" One'), vocabulary)
    expect(said.q).toBe('altName CONTAIN "The "')
    expect(['the "big" one', 'The Big One'].map((one) => fitsAgain(one, said.again[0]!))).toEqual([true, false])
  })
})

describe('what cannot be said is refused by its name', () => {
  it.each<[string, Filter]>([
    ['phone', is('phone', 'equals', '1')],
    ['stage', is('stage', 'equals', '13')],
    ['terms.name', is('terms.name', 'equals', 'Net 30')],
    ['email', is('email', 'greaterThan', 'a')],
    ['email', is('email', 'like', 'a*b')],
    ['email', is('email', 'in', 'a"b', 'c')],
    ['status', is('status', 'greaterThan', 'active')],
    ['updatedAt', { any: [is('updatedAt', 'lessThan', '2026-03-01T00:00:00Z'), is('email', 'isNull')] }],
  ])('%s: %j', (field, filter) => {
    const error = refused(filter)
    expect({ code: error.code, pointer: error.options.errors?.[0]?.pointer }).toEqual({
      code: 'filter_not_supported',
      pointer: `?${field}`,
    })
  })
})

it('writes days and moments as the account does', () => {
  expect(['M/D/YYYY', 'DD-Mon-YYYY', 'YYYY-MM-DD'].map((format) => accountDate('2026-03-09', format))).toEqual([
    '3/9/2026',
    '09-Mar-2026',
    '2026-03-09',
  ])
  expect(accountMoment(new Date('2026-08-04T10:05:59Z'), 'M/D/YYYY', 'America/Los_Angeles')).toBe('8/4/2026 3:05 am')
  expect(['M/D/YYYY', 'DD.MM.YYYY', 'D Mon YYYY'].every((one) => new RegExp(DATE_FORMAT).test(one))).toBe(true)
  expect(['YYYY', 'M/D/YY', '%m/%d/%Y'].some((one) => new RegExp(DATE_FORMAT).test(one))).toBe(false)
})
