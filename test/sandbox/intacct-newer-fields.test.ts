/** Legacy elements that are newer than the published schema: taken in their place, nowhere else, and left out of the check by name. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { NEWER_FIELDS } from '../../src/sandbox/intacct/newer-fields.ts'
import { withoutNewer } from '../support/traffic.ts'
import { Caller } from './intacct-caller.ts'

let caller: Caller
beforeAll(async () => {
  caller = await Caller.start({})
})
afterAll(() => caller.sandbox.close())

const legacy = ({ limit = '', address = '', tax = '' }) =>
  `<create_customer><customerid>NF</customerid><name>N</name><creditlimit>1</creditlimit>${limit}<resaleno>R</resaleno><contactinfo><contact><contactname>N(CNF)</contactname><printas>N</printas><mailaddress><address1>a</address1><address2>b</address2>${address}<city>c</city></mailaddress><taxid>T</taxid>${tax}</contact></contactinfo></create_customer>`
const whole = legacy({
  limit: '<retainagepercentage>10</retainagepercentage>',
  address: '<address3>c</address3>',
  tax: '<taxsolutionid>US</taxsolutionid><taxschedule>Standard</taxschedule>',
})
const post = (markup: string) => caller.post(caller.envelope(`<function controlid="f">${markup}</function>`))

it('has a source for each, and the release where the pages tell it', () => {
  expect(NEWER_FIELDS.map(({ name, release }) => [name, release])).toEqual([
    ['retainagepercentage', '2020 Release 2'],
    ['taxsolutionid', '2022 Release 2'],
    ['taxschedule', '2022 Release 2'],
    ['address3', null],
  ])
  for (const { source } of NEWER_FIELDS) expect(source).toMatch(/developer docs/)
})

it.each([
  ['before its place', '<address3>c</address3>', '<name>N</name>'],
  ['in another element', '<retainagepercentage>10</retainagepercentage>', '<printas>N</printas>'],
])('is refused %s', async (_where, element, after) => {
  const answer = await post(legacy({}).replace(after, `${after}${element}`))
  expect(answer.xml.errormessage.error.errorno).toBe('XL03000003')
})

it('is taken in its place', async () => {
  expect((await caller.call(whole)).xml.key).toBe('NF')
  expect(caller.sandbox.books.customer('NF').details['RETAINAGEPERCENTAGE']).toBe('10')
})

it('is what a check against the published schema leaves out, and says so; nothing else is', () => {
  const { published, newer } = withoutNewer(whole)
  expect(published).toBe(legacy({}))
  expect(newer.toSorted()).toEqual([
    'address3 (release not told)',
    'retainagepercentage (2020 Release 2)',
    'taxschedule (2022 Release 2)',
    'taxsolutionid (2022 Release 2)',
  ])
  const generic = '<create><CUSTOMER><address3>x</address3></CUSTOMER></create>'
  expect(withoutNewer(generic)).toEqual({ published: generic, newer: [] })
})
