/**
 * Every property that the gateway sends to a NetSuite account of release 2026.1 is in that release's published list, with
 * its type. The golden requests show every field; what all other tests send is checked where their gateway is closed.
 */
import { expect, it } from 'vitest'
import { goldenFiles } from './golden/files.ts'
import { exchangesOf } from './golden/replay.ts'
import { type Sent, wrongNames } from './support/netsuite-requests.ts'

/** Without the bodies that a caller composes, and those to accounts that have other names than this release. */
const requests = goldenFiles('netsuite')
  .filter(({ operation, name }) => operation !== 'passthrough' && !name.endsWith('.guide'))
  .flatMap(({ name, golden }) =>
    exchangesOf(golden).map(({ request }) => {
      const [method = '', path = ''] = request.title.split(' ')
      return { name, sent: { method, path, body: request.body } }
    }),
  )
const writes = requests.filter(({ sent: { method, path } }) => path.includes('/record/v1/') && method !== 'GET')

it('has requests to look at', () => {
  expect(writes.length).toBeGreaterThan(20)
})

it.each(writes)('$name: $sent.method $sent.path', ({ sent }) => {
  expect(wrongNames(sent)).toEqual([])
})

it('finds what is not in the list', () => {
  const sent = (path: string, body: object): Sent => ({
    method: 'POST',
    path: `/services/rest/record/v1/${path}`,
    body: JSON.stringify(body),
  })
  expect(wrongNames(sent('customer', { inactive: true, isPerson: 'F', custentity_x: 1, companyName: null }))).toEqual([
    'customer.inactive: unknown',
    'customer.isPerson: "F" is no boolean',
  ])
  const lines = { items: [{ doc: { id: '1' }, disc: 5, amount: '5.00' }] }
  expect(wrongNames(sent('customerPayment', { apply: lines, undepFunds: true, aracct: { id: '1' } }))).toEqual([
    'customerPayment.apply[0].disc: unknown',
    'customerPayment.apply[0].amount: "5.00" is no number',
    'customerPayment.undepFunds: true is no enum',
    'customerPayment.aracct: unknown',
  ])
  const book = { items: [{ id: '7', addressBookAddress: { country: { id: 'US' }, state: { id: 'CA' } } }] }
  expect(wrongNames(sent('customer/5?replace=addressBook', { addressBook: book }))).toEqual([
    'customer.addressBook[0].id: "7" is no integer',
    'customer.addressBook[0].addressBookAddress.state: {"id":"CA"} is no string',
  ])
  expect(wrongNames(sent('customer', { creditHoldOverride: { id: 'YES' }, terms: '2' }))).toEqual([
    'customer.creditHoldOverride: {"id":"YES"} is no one of AUTO OFF ON',
    'customer.terms: "2" is no reference',
  ])
})
