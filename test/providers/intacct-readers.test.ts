/** Accounts that show less than others, or show it in another way, and answers that are not whole. */
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { checkDigits } from '../../src/gateway/allocation.ts'
import type { Context } from '../../src/mapping/codec.ts'
import { addressFields, readAddresses } from '../../src/providers/intacct/addresses.ts'
import { type FunctionResult, resultsFor } from '../../src/providers/intacct/answer.ts'
import { timestamp, userDate } from '../../src/providers/intacct/codecs.ts'
import { countryCode } from '../../src/providers/intacct/countries.ts'
import { formatsOf, readDay } from '../../src/providers/intacct/date-format.ts'
import { refusedColumns } from '../../src/providers/intacct/hidden-columns.ts'
import { settledBy } from '../../src/providers/intacct/payment-details.ts'
import { condition, everything, intacctWorld, NOW, once, refusal } from './intacct-world.ts'

const asked = (requests: readonly { readonly body: string }[], word: string) =>
  requests.filter(({ body }) => body.includes(word)).length

describe.each(['/dmY', '.ymd', '-Ydm'])('a user whose dates are %s', (dateFormat) => {
  const world = intacctWorld({ dateFormat, customers: 3 })
  it('reads what it wrote, and asks for the format at most once', async () => {
    const plan = await world.planFor('ACME', '10.00', [{ invoice: '101', cash: '10.00' }], { date: '2026-04-05' })
    const made = await world.connection.createPayment(plan, once())
    expect(made.record).toMatchObject({ date: '2026-04-05', updatedAt: NOW.toISOString().replace('.000', '') })
    expect(made.warnings ?? []).toEqual([])
    const listed = await world.list('listPayments', { sort: [{ field: 'date', direction: 'descending' }] })
    expect(listed.find(({ nativeId }) => nativeId === made.nativeId)?.record).toMatchObject({ date: '2026-04-05' })
    expect(asked(world.sandbox.requests, 'readUserFormatting')).toBeLessThan(2)
  })
  it('pages by date', async () => {
    const sort = [{ field: 'date', direction: 'ascending' as const }]
    const whole = await world.list('listInvoices', { sort })
    const small = await world.list('listInvoices', { sort, limit: 2 })
    expect(small.map(({ nativeId }) => nativeId)).toEqual(whole.map(({ nativeId }) => nativeId))
    const dates = whole.map(({ record }) => String(record['date']))
    expect(dates).toEqual([...dates].sort())
  })
})

describe('a company that does not let columns be queried', () => {
  const world = intacctWorld({ customers: 3, hiddenColumns: { CUSTOMER: ['EMAILOPTIN', 'RESALENO'] } })
  it('lists without them, says so, and remembers', async () => {
    const page = await world.connection.listCustomers(everything)
    expect(page.items.length).toBeGreaterThan(2)
    for (const { record, warnings = [] } of page.items) {
      expect(record).toMatchObject({ emailOptIn: null, resaleNumber: null })
      expect(warnings.map(({ pointer, code }) => [pointer, code])).toEqual([
        ['/resaleNumber', 'not_available'],
        ['/emailOptIn', 'not_available'],
      ])
    }
    expect(asked(world.sandbox.requests, 'EMAILOPTIN')).toBe(1)
    await world.connection.listCustomers(everything)
    expect(asked(world.sandbox.requests, 'EMAILOPTIN')).toBe(1)
    const mappings = await world.connection.mappings?.(false)
    expect(mappings?.customer.emailOptIn).toMatchObject({ column: null, reason: expect.stringContaining('EMAILOPTIN') })
    for (const { run } of world.connection.check()) await run()
    await world.connection.listCustomers(everything)
    expect(asked(world.sandbox.requests, 'EMAILOPTIN')).toBe(2)
  })
  it('refuses a filter by one, before and after it is known', async () => {
    const filter = condition('resaleNumber', 'equals', 'R1')
    expect((await refusal(world.connection.listCustomers({ ...everything, filter }))).code).toBe('filter_not_supported')
    await world.connection.listCustomers(everything)
    expect((await refusal(world.connection.listCustomers({ ...everything, filter }))).code).toBe('filter_not_supported')
  })
})

it.each([
  ['The following fields cannot be queried: EMAILOPTIN', { '': ['EMAILOPTIN'] }],
  ['The following fields cannot be queried: A, B.', { '': ['A', 'B'] }],
  [
    'There was an error processing the request. The following fields cannot be queried: [ customer: [A, B.C], arpymt: [D] ]',
    { customer: ['A', 'B.C'], arpymt: ['D'] },
  ],
  ['Nothing about "The following fields cannot be queried: NAME"', null],
  ['The following fields cannot be queried: NAME; drop them', null],
])('names the columns of: %s', (message, names) => {
  const upstream = { provider: 'intacct', status: 200, code: 'XL03000006', message, supportId: null }
  const found = refusedColumns(new GatewayError('filter_not_supported', message, { upstream }))
  expect(found && Object.fromEntries([...found].map(([object, set]) => [object, [...set]]))).toEqual(names)
})

describe('dates of a format', () => {
  it.each([
    ['01/02/2026', '/mdY', '2026-01-02'],
    ['01/02/2026', '/dmY', '2026-02-01'],
    ['31/01/2026', '/mdY', null],
    ['02/31/2026', '/mdY', null],
    ['31.01.26', '.dmy', '2026-01-31'],
    ['31.01.26', '.dmY', null],
    ['01-02-2026', '/mdY', null],
    ['2026-01-31', '/dmY', '2026-01-31'],
    ['2026-02-31', '/dmY', null],
    ['2026/31/01', '/Ydm', '2026-01-31'],
    ['31-Jan-2026', '/mdY', '2026-01-31'],
    ['31-Foo-2026', '/mdY', null],
    ['20260131', '/mdY', null],
  ])('%s as %s is %s', (text, format, day) => {
    expect(readDay(text, format)).toBe(day)
  })
  it('are evidence where day and month cannot be both', () => {
    expect([formatsOf('31/01/2026'), formatsOf('01/31/2026'), formatsOf('01/02/2026'), formatsOf('memo')]).toEqual([
      ['/dmY'],
      ['/mdY'],
      ['/mdY', '/dmY'],
      [],
    ])
  })
  it('never come out of other text', () => {
    const context: Context = { currency: null, timeZone: 'UTC', dateFormat: '/dmY' }
    expect(timestamp.decode('31/01/2026 03:05:09 PM', context)).toBe('2026-01-31T15:05:09Z')
    for (const text of ['31/01/2026 25:00:00', '31/01/2026 03:05:09 XM', '31/01/2026garbage', '', '0', 'today'])
      expect(() => timestamp.decode(text, context), text).toThrow(/expected a moment/)
    for (const text of ['31/01/2026 99:00:00', '32/01/2026', '31/01/2026,'])
      expect(() => userDate.decode(text, context)).toThrow()
  })
})

describe('answers', () => {
  const result = (name: string, controlId: string | null): FunctionResult => ({
    ...{ status: 'success', function: name, controlId, errors: [], key: null, data: undefined },
  })
  const calls = [
    { name: 'query', controlId: 'read-1' },
    { name: 'query', controlId: 'read-2' },
  ]
  it('are told apart by their control ids, whatever their order', () => {
    const found = resultsFor([result('query', 'read-2'), result('query', 'read-1')], calls)
    expect(found.map(({ controlId }) => controlId)).toEqual(['read-1', 'read-2'])
  })
  it.each([
    ['one missing', [result('query', 'read-1')]],
    ['one twice', [result('query', 'read-1'), result('query', 'read-1')]],
    ['one too many', [result('query', 'read-1'), result('query', 'read-2'), result('query', 'read-2')]],
    ['of another function', [result('query', 'read-1'), result('create', 'read-2')]],
    ['of another request', [result('query', 'read-1'), result('query', 'gw_9')]],
  ])('are none with %s', (_, results) => {
    expect(() => resultsFor(results, calls)).toThrow(/lacks/)
  })
})

describe('countries without a code', () => {
  const record = { 'DISPLAYCONTACT.CONTACTNAME': 'Acme', 'DISPLAYCONTACT.MAILADDRESS.COUNTRY': 'Kingdom of Atlantis' }
  it('are told of, and survive being written back', () => {
    const told: unknown[] = []
    const context: Context = { currency: null, timeZone: 'UTC', warn: (...what) => told.push(what) }
    const places = 'PRINTAS PHONE1 MAILADDRESS.ADDRESS1 MAILADDRESS.ADDRESS2 MAILADDRESS.CITY MAILADDRESS.STATE'
    const empty = places.split(' ').map((path) => [`DISPLAYCONTACT.${path}`, ''])
    const [address] = readAddresses({ ...Object.fromEntries(empty), ...record }, context)
    expect(address?.country).toBeNull()
    // What is missing is not taken for empty.
    expect(told.shift()).toEqual(['garbled', expect.stringContaining('MAILADDRESS.ZIP'), '/0'])
    expect(told).toEqual([['unknown_word', expect.stringContaining('Kingdom of Atlantis'), '/0/country']])
    const replaced = { record, prefix: 'DISPLAYCONTACT' }
    const written = addressFields({ ...address, line1: 'New' }, 'customer', replaced)
    expect(written).toMatchObject({ 'MAILADDRESS.ADDRESS1': 'New', 'MAILADDRESS.CITY': '' })
    expect(Object.keys(written).filter((path) => path.includes('COUNTRY'))).toEqual([])
    expect(addressFields({ country: 'DE' }, 'customer', replaced)).toMatchObject({ 'MAILADDRESS.COUNTRY': 'Germany' })
  })
  it('keep their own name, and are cleared where they are known', () => {
    const known = { ...record, 'DISPLAYCONTACT.MAILADDRESS.COUNTRY': 'Hong Kong' }
    const replaced = { record: known, prefix: 'DISPLAYCONTACT' }
    expect(addressFields({ country: 'HK' }, 'contact', replaced)['MAILADDRESS.COUNTRY']).toBe('Hong Kong')
    expect(addressFields({}, 'contact', replaced)['MAILADDRESS.COUNTRY']).toBe('')
  })
  it.each([
    ['Hong Kong', 'HK'],
    ["Cote d'Ivoire", 'CI'],
    ['C\u00F4te d\u2019Ivoire', 'CI'],
    ['Korea, Republic of', 'KR'],
    ['St. Lucia', 'LC'],
    ['Viet Nam', 'VN'],
    ['Atlantis', null],
  ])('%s is %s', (name, code) => {
    expect(countryCode(name)).toBe(code)
  })
})

describe('amounts', () => {
  it('have no more digits than the books', () => {
    expect(() => checkDigits('KWD', [['/amount', '10.125']])).not.toThrow()
    expect(() => checkDigits('KWD', [['/amount', '10.125']], 2)).toThrow(/books have/)
    expect(() => checkDigits('JPY', [['/amount', '10.5']], 2)).toThrow(/JPY has/)
  })
  it('that cannot be read cost their own detail only', () => {
    const lines = [
      { RECORDKEY: '101', TRX_PAYMENTAMOUNT: '1,5' },
      { RECORDKEY: '102', TRX_PAYMENTAMOUNT: '7.5' },
    ]
    const { applications, unread } = settledBy(lines, { currency: 'USD', timeZone: 'UTC' })
    expect(applications).toMatchObject([{ invoiceId: '102', amount: '7.50' }])
    expect(unread).toMatchObject([{ pointer: '/applications', code: 'garbled' }])
  })
})
