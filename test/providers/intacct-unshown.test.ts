/** What Sage Intacct leaves out of a true answer is not read as nothing, and one odd date turns no others around. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AnswerRecord } from '../../src/providers/intacct/answer.ts'
import { UserFormat } from '../../src/providers/intacct/user-format.ts'
import type { Account, Connection } from '../../src/providers/provider.ts'
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { everything, intacctWorld, once, refusal } from './intacct-world.ts'

const world = intacctWorld({ customers: 3 })
let proxy: FaultProxy
beforeAll(async () => {
  proxy = await startFaultProxy(new URL(world.sandbox.url).origin)
})
afterEach(() => proxy.mend())
afterAll(() => proxy.close())

/** A connection that remembers nothing, whose answers to what contains `asked` lack these elements. */
function without(asked: string, pattern: RegExp, instead = '', settings: object = {}): Connection {
  proxy.fail(({ body }) => body.includes(asked), {
    kind: 'change',
    change: (answer) => ({ ...answer, body: answer.body.replace(pattern, instead) }),
  })
  return world.connect({ ...settings, endpoint: `${proxy.url}${new URL(world.sandbox.url).pathname}` })()
}
const told = ({ warnings = [] }: { warnings?: readonly { pointer: string | null }[] }) =>
  warnings.map(({ pointer }) => pointer)

describe('a customer without elements that every other has', () => {
  it.each([
    ['<read>', /<BILLTO\.EMAIL1>[^<]*<\/BILLTO\.EMAIL1>/, '/contacts/0/email'],
    ['<object>CONTACT</object>', /<PHONE1>[^<]*<\/PHONE1>/, '/contacts/1/phone'],
    ['<object>CONTACT</object>', /<CONTACTNAME>[^<]*<\/CONTACTNAME>/, '/contacts/1/email'],
    ['<read>', /<CATEGORYNAME>[^<]*<\/CATEGORYNAME>/, '/contacts'],
    ['<read>', /(?<=<CATEGORYNAME>)Bill[^<]*/i, '/contacts'],
    ['<read>', /<BILLTO\.MAILADDRESS\.CITY>[^<]*<\/BILLTO\.MAILADDRESS\.CITY>/, '/addresses/1'],
  ])('in the answer to %s %s', async (asked, pattern, pointer) => {
    const contacts = [
      { name: 'Accounts payable, ACME', role: 'billTo' as const, email: 'ap@acme.example' },
      { name: 'Ann, ACME', role: 'other' as const, category: 'Collections' },
    ]
    await world.connection.updateCustomer('ACME', { contacts }, once())
    const options = { fields: new Set(['contacts', 'addresses']) }
    expect(told(await world.connection.getCustomer('ACME', options))).toEqual([])
    expect(told(await without(asked, pattern).getCustomer('ACME', options))).toContain(pointer)
  })
  it('reference data without a status says nothing of it', async () => {
    const connection = without('<object>ARTERM</object>', /<STATUS>[^<]*<\/STATUS>/, '<STATUS/>')
    expect((await connection.listReferenceData?.('terms'))?.map(({ active }) => active)).toContain(null)
  })
})

describe('an address', () => {
  it('is not added for a customer whose name cannot be read: its contact would be called after it', async () => {
    const twice = '<NAME>one</NAME><NAME>other</NAME>'
    const connection = without('<readByName>', /<NAME>[^<]*<\/NAME>/, twice)
    const write = connection.createAddress?.(
      'ACME',
      { line1: '1 Dock Street', isDefaultShipping: true },
      once(connection),
    )
    expect(await refusal(Promise.resolve(write))).toMatchObject({ code: 'provider_garbled' })
  })
})

describe('an upsert', () => {
  it('makes no second customer where the one that it found has no readable id', async () => {
    const settings = { defaults: { externalIdField: 'EXTERNALID' } }
    const connect = world.connect(settings)
    await connect().upsertCustomer?.('crm-9', { name: 'New' }, once(connect()))
    const count = async () => (await world.connection.listCustomers(everything)).items.length
    const before = await count()
    const twice = '<CUSTOMERID>one</CUSTOMERID><CUSTOMERID>other</CUSTOMERID>'
    const connection = without('<object>CUSTOMER</object>', /<CUSTOMERID>[^<]*<\/CUSTOMERID>/, twice, settings)
    const write = connection.upsertCustomer?.('crm-9', { name: 'New' }, once(connection))
    expect(await refusal(Promise.resolve(write))).toMatchObject({ code: 'provider_garbled' })
    expect(await count()).toBe(before)
  })
})

describe('an invoice', () => {
  const NEEDED = ['RECORDNO', 'STATE', 'CURRENCY', 'TRX_TOTALDUE', 'TRX_TOTALENTERED', 'WHENCREATED']
  it.each(NEEDED.flatMap((name) => [[name, ''] as const, [name, `<${name}/>`] as const]))(
    'whose %s comes as "%s" leaves no open items',
    async (name, instead) => {
      const connection = without('<object>ARINVOICE</object>', new RegExp(`<${name}>[^<]*</${name}>`), instead)
      expect(await refusal(connection.listOpenItems('ACME'))).toMatchObject({ code: 'provider_garbled' })
    },
  )
})

describe('a detail of a payment', () => {
  it('that names no invoice but settles money is told of at the invoice', async () => {
    const plan = await world.planFor('ACME', '10.00', [{ invoice: '101', cash: '10.00' }])
    await world.connection.createPayment(plan, once())
    const connection = without('<read><object>ARPYMT', /<RECORDKEY>101<\/RECORDKEY>/, '<RECORDKEY/>')
    expect(told(await connection.getInvoice('101', { include: new Set(['payments']) }))).toEqual(['/payments'])
  })
  it.each([
    ['ADJUSTMENTKEY', '305', '13'],
    ['TRX_TOTALENTERED', '0', '7'],
  ])('or a record with two %s is told of at the payment whose rest it uses', async (name, value, other) => {
    const rest = (await world.connection.createPayment(await world.planFor('ACME', '10.00', []), once())).nativeId
    const credits = [
      { invoice: '101', cash: '0', credit: [`advance-${rest.slice('adv-'.length)}`, '10.00'] as const },
      { invoice: '101', cash: '0', credit: ['memo-305', '5.00'] as const },
    ]
    // What moves no cash is no payment to read back.
    await world.connection.createPayment(await world.planFor('ACME', '0', credits), once()).catch(() => null)
    expect(told(await world.connection.getPayment(rest))).toEqual([])
    const own = `<${name}>${value}</${name}>`
    const connection = without('<read><object>ARPYMT', new RegExp(own), `${own}<${name}>${other}</${name}>`)
    expect(told(await connection.getPayment(rest))).toEqual(['/applications'])
  })
})

describe('a payment', () => {
  it.each([
    ['EXCHANGE_RATE', '-1', '/exchangeRate'],
    ['CURRENCY', '12345', '/currency'],
  ])('whose %s is %s says so', async (name, value, pointer) => {
    const plan = await world.planFor('ACME', '10.00', [{ invoice: '102', cash: '10.00' }])
    const { nativeId } = await world.connection.createPayment(plan, once())
    const connection = without('<read><object>ARPYMT', new RegExp(`<${name}>[^<]*<`), `<${name}>${value}<`)
    expect(told(await connection.getPayment(nativeId))).toContain(pointer)
  })
  it('by whose state nobody can say whether it is booked is told of at its invoice, and not counted', async () => {
    await world.connection.createPayment(
      await world.planFor('ACME', '10.00', [{ invoice: '101', cash: '10.00' }]),
      once(),
    )
    const include = new Set(['payments'])
    expect((await world.connection.getInvoice('101', { include })).record.payments).toHaveLength(1)
    const connection = without('<query><object>ARPYMT', /<STATE>[^<]*</, '<STATE>??<')
    const { record, warnings } = await connection.getInvoice('101', { include })
    expect(warnings).toMatchObject([{ pointer: '/payments', code: 'garbled' }])
    expect(record.payments).toEqual([])
  })
})

describe('a sorted list', () => {
  it('has no place for a record without what none is without', async () => {
    const sort = [{ field: 'name', direction: 'ascending' as const }]
    const fields = new Set(['email'])
    const whole = (await world.connection.listCustomers({ ...everything, sort, fields })).items.length
    const connection = without('<object>CUSTOMER</object>', /<NAME>[^<]*<\/NAME>/, '<NAME/>')
    const { items, warnings } = await connection.listCustomers({ ...everything, sort, fields })
    expect(items).toHaveLength(whole - 1)
    expect(warnings).toMatchObject([{ pointer: null, code: 'garbled' }])
  })
  it('leaves out a record whose date cannot be read, says so, and goes on behind it', async () => {
    const sort = [{ field: 'date', direction: 'ascending' as const }]
    const whole = (await world.connection.listInvoices({ ...everything, sort })).items.map(({ nativeId }) => nativeId)
    const connection = without('<object>ARINVOICE</object>', /<WHENCREATED>[^<]*</, '<WHENCREATED>31 Feb 26<')
    const first = await connection.listInvoices({ ...everything, sort, limit: 2 })
    expect(first).toMatchObject({ items: [expect.anything()], hasMore: true })
    expect(first.warnings).toMatchObject([{ pointer: null, code: 'garbled' }])
    proxy.mend()
    const rest = await connection.listInvoices({ ...everything, sort, after: first.end ?? null })
    expect([...first.items, ...rest.items].map(({ nativeId }) => nativeId)).toEqual(whole.slice(1))
  })
})

describe("the format of the user's dates", () => {
  const account = { now: () => new Date('2026-06-01T00:00:00Z') } as Account
  const records = (...dates: string[]) =>
    dates.map((WHENPOSTED) => ({ fields: { WHENPOSTED }, content: {} }) as AnswerRecord)
  const nothing = async () => ({ dateFormat: null, gmtOffset: null })
  it('is asked of Intacct where a date speaks against the documented one', async () => {
    const format = new UserFormat(account, 'me')
    await format.learn(records('31/12/2026'), async () => ({ dateFormat: '/mdY', gmtOffset: null }))
    expect(format.current).toBe('/mdY')
  })
  it('is decided by the dates where Intacct does not say', async () => {
    const format = new UserFormat(account, 'me')
    await format.learn(records('31/12/2026'), nothing)
    expect(format.current).toBe('/dmY')
  })
  it('stays what the dates of before have proved, whatever one date says', async () => {
    const format = new UserFormat(account, 'me')
    await format.learn(records('12/31/2026'), nothing)
    await format.learn(records('31/12/2026'), nothing)
    expect(format.current).toBe('/mdY')
  })
})
