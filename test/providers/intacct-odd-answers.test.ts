/** Single values of true answers that are gone, nested or other words: each costs itself, and a warning names it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Connection, CreditRelease } from '../../src/providers/provider.ts'
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { everything, intacctWorld, once, type Part, refusal } from './intacct-world.ts'

const world = intacctWorld({ customers: 3 })
let proxy: FaultProxy
let connection: Connection
beforeAll(async () => {
  proxy = await startFaultProxy(new URL(world.sandbox.url).origin)
})
afterEach(() => proxy.mend())
afterAll(() => proxy.close())

/** A connection of its own, so that nothing is remembered; answers to what contains `asked` are changed. */
function changing(asked: string, changes: readonly (readonly [RegExp | string, string])[]): Connection {
  const change = (body: string) => changes.reduce((text, [from, to]) => text.replace(from, to), body)
  proxy.fail(({ body }) => body.includes(asked), {
    kind: 'change',
    change: (answer) => ({ ...answer, body: change(answer.body) }),
  })
  const { pathname } = new URL(world.sandbox.url)
  connection = world.connect({ endpoint: `${proxy.url}${pathname}` })()
  return connection
}

describe('reference data', () => {
  const list = () => connection.listReferenceData?.('terms') ?? []
  it('is not offered where the word for it is none, and read again', async () => {
    changing('<object>ARTERM</object>', [['<STATUS>active</STATUS>', '<STATUS>perhaps</STATUS>']])
    expect((await list()).map(({ active }) => active)).toContain(null)
    expect((await list()).map(({ active }) => active)).not.toContain(null)
  })
  it('is no id where there is none, and is looked up again', async () => {
    changing('<object>EMPLOYEE</object>', [[/<EMPLOYEEID>[^<]*<\/EMPLOYEEID>/, '']])
    const create = () =>
      connection.createCustomer({ name: 'New', salesRep: { name: 'Sales desk one' } }, once(connection))
    expect(await refusal(create())).toMatchObject({ code: 'provider_garbled' })
    expect((await create()).record.salesRep).toMatchObject({ name: 'Sales desk one' })
  })
})

describe('a customer', () => {
  it('shows its e-mail templates without the one that has no name, and says so', async () => {
    const emailTemplates = new Set(['emailTemplates'])
    const whole = (await world.connection.getCustomer('ACME', { fields: emailTemplates })).record.emailTemplates ?? []
    changing('<read>', [[/<EMAILTEMPLATENAME>[^<]*<\/EMAILTEMPLATENAME>/, '<EMAILTEMPLATENAME/>']])
    const { record, warnings } = await connection.getCustomer('ACME', { fields: emailTemplates })
    expect(record.emailTemplates).toEqual(whole.slice(1))
    expect(warnings).toMatchObject([{ pointer: '/emailTemplates/0', code: 'garbled' }])
  })
  it('has no name where its name is no text', async () => {
    changing('<readByName>', [[/<NAME>[^<]*<\/NAME>/, '<NAME><VALUE>x</VALUE></NAME>']])
    const { record, warnings } = await connection.getCustomer('ACME', { fields: new Set(['name']) })
    expect(record).toMatchObject({ name: null })
    expect(warnings).toMatchObject([{ pointer: '/name', code: 'garbled' }])
  })
  it.each([
    ['without an id', ''],
    ['another one', '<CUSTOMERID>EUROPA</CUSTOMERID>'],
  ])('is not the one that was asked for: %s', async (_, instead) => {
    changing('<readByName>', [[/<CUSTOMERID>ACME<\/CUSTOMERID>/, instead]])
    expect(await refusal(connection.getCustomer('ACME', { fields: new Set(['email']) }))).toMatchObject({
      code: 'provider_garbled',
    })
  })
  it.each([
    ['its sort values', /<RECORDNO>\d+<\/RECORDNO>\s*<NAME>/, '<NAME>'],
    ['what it is sorted by', /(<RECORDNO>\d+<\/RECORDNO>\s*<NAME>)([^<]*)/, '$1<a>$2</a>'],
    ['itself', /<RECORDNO>\d+<\/RECORDNO>\s*<CUSTOMERID>/, '<RECORDNO>999</RECORDNO><CUSTOMERID>'],
  ])('that a list cannot tell from others by %s costs only itself', async (_, from, to) => {
    const sort = [{ field: 'name', direction: 'ascending' as const }]
    const whole = await world.connection.listCustomers({ ...everything, sort })
    changing('<object>NOTHING</object>', [])
    proxy.fail(
      () => true,
      { kind: 'change', change: (answer) => ({ ...answer, body: answer.body.replace(from, to) }) },
      5,
    )
    const page = await connection.listCustomers({ ...everything, sort })
    expect(page.items).toHaveLength(whole.items.length - 1)
    expect(page.warnings).toMatchObject([{ pointer: null, code: 'garbled' }])
  })
  it('has e-mail templates that cost only themselves where they have no id, and are not written over', async () => {
    const whole = (await world.connection.listCustomerEmailTemplates?.('ACME'))?.items ?? []
    const nameless: [RegExp, string] = [/<RECORDNO>[^<]*<\/RECORDNO>/, '']
    changing('<object>CUSTOMEREMAILTEMPLATE</object>', [nameless])
    const found = await connection.listCustomerEmailTemplates?.('ACME')
    expect(found?.items).toHaveLength(whole.length - 1)
    expect(found?.warnings).toMatchObject([{ code: 'garbled' }])
    changing('<object>CUSTOMEREMAILTEMPLATE</object>', [nameless])
    const wanted = [{ template: 'ARStmtEmailTemplate' }]
    const write = () => connection.replaceCustomerEmailTemplates?.('ACME', wanted, once(connection))
    expect(await refusal(Promise.resolve(write()))).toMatchObject({ code: 'provider_garbled', applied: 'no' })
  })
  it('is not told of in an e-mail template', async () => {
    changing('<object>CUSTOMEREMAILTEMPLATE</object>', [[/<CUSTOMERID>[^<]*<\/CUSTOMERID>/, '<CUSTOMERID/>']])
    const [first] = (await connection.listCustomerEmailTemplates?.('ACME'))?.items ?? []
    expect(first).toMatchObject({ record: { customer: null }, warnings: [{ pointer: '/customer', code: 'garbled' }] })
  })
  it.each([
    ['CITY', '/addresses/0/city'],
    ['COUNTRY', '/addresses/0/country'],
  ])('has an address whose %s is no text', async (name, pointer) => {
    const path = `DISPLAYCONTACT.MAILADDRESS.${name}`
    changing('<readByName>', [[new RegExp(`<${path}>([^<]*)</${path}>`), `<${path}><a>x</a></${path}>`]])
    const { warnings } = await connection.getCustomer('ACME', { fields: new Set(['addresses']) })
    expect(warnings).toMatchObject([{ pointer, code: 'garbled' }])
  })
  it.each([
    [
      'contacts',
      '<read>',
      /<CONTACT\.NAME>[^<]*<\/CONTACT\.NAME>|<NAME>(?=[^<]*<\/NAME>\s*<\/contact>)[^<]*<\/NAME>/i,
      '',
      '/contacts',
    ],
    ['delivery', '<readByName>', /<DELIVERY_OPTIONS>[^<]*</, '<DELIVERY_OPTIONS><a>Print</a><', '/delivery'],
    ['aging', '<object>ARINVOICE</object>', /<STATE>[^<]*<\/STATE>/, '', '/aging'],
  ])('has %s that cannot be read', async (field, asked, from, to, pointer) => {
    await world.connection.updateCustomer(
      'ACME',
      { contacts: [{ name: 'Ann', role: 'other', category: 'Collections' }] },
      once(),
    )
    changing(asked, [[from, to]])
    const { warnings } = await connection.getCustomer('ACME', { fields: new Set([field]) })
    expect(warnings).toMatchObject([{ pointer, code: 'garbled' }])
  })
  it('has fields without names that cost only themselves', async () => {
    changing('<lookup>', [['<ID>NAME</ID>', '']])
    const found = await connection.getObjectDefinition?.('customer')
    expect(found?.fields.map(({ name }) => name)).not.toContain('vendorFields.')
    expect(found?.warnings).toMatchObject([{ pointer: '/fields', code: 'garbled' }])
  })
})

describe('a payment', () => {
  const paid = async (parts: readonly Part[]) =>
    (await world.connection.createPayment(await world.planFor('ACME', '10.00', parts), once())).nativeId
  const HUGE = '99999999999999999999.99'
  it.each([
    ['TRX_TOTALENTERED', '', '/amount', { amount: null }],
    ['TRX_TOTALENTERED', '<TRX_TOTALENTERED/>', '/amount', { amount: null }],
    ['TRX_TOTALDUE', `<TRX_TOTALDUE>${HUGE}</TRX_TOTALDUE>`, '/unappliedAmount', { appliedAmount: null }],
    ['CURRENCY', '', '/currency', { currency: null }],
    ['RECEIPTDATE', '<RECEIPTDATE/>', '/date', { date: null }],
    ['FINANCIALENTITY', '', '/status', { status: 'unknown', depositTo: null }],
    ['CLRDATE', '<CLRDATE><a>x</a></CLRDATE>', '/status', { status: 'unknown' }],
    ['DOCNUMBER', '', '/reference', { reference: null }],
    ['CUSTOMERNAME', '<CUSTOMERNAME/>', '/customer/name', { customer: { id: 'ACME', name: null } }],
    ['CUSTOMERID', '<CUSTOMERID/>', '/customer', { customer: null }],
    ['DESCRIPTION', '<DESCRIPTION><a>x</a></DESCRIPTION>', '/memo', { memo: null }],
    ['RECORDKEY', '', '/applications', { applications: [] }],
    ['RECORDKEY', '<RECORDKEY>10 USD</RECORDKEY>', '/applications', { applications: [] }],
    ['TRX_PAYMENTAMOUNT', '', '/applications', { applications: [] }],
    ['TRX_PAYMENTAMOUNT', `<TRX_PAYMENTAMOUNT>${HUGE}</TRX_PAYMENTAMOUNT>`, '/applications', { applications: [] }],
  ])('with %s as "%s" is told at %s%s', async (name, instead, pointer, expected) => {
    const id = await paid([{ invoice: '101', cash: '10.00' }])
    changing('<read>', [[new RegExp(`<${name}>[^<]*</${name}>`), instead]])
    const { record, warnings = [] } = await connection.getPayment(id)
    expect(record).toMatchObject(expected)
    expect(warnings.map((warning) => warning.pointer)).toContain(pointer)
  })
  it('by a method that is no known word says so, and shows no field of its own that is there twice', async () => {
    const id = await paid([{ invoice: '101', cash: '10.00' }])
    changing('<read>', [
      [/<PAYMENTMETHOD>[^<]*</, '<PAYMENTMETHOD>Barter<'],
      ['<RECORDTYPE>', '<RECORDTYPE>zz</RECORDTYPE><RECORDTYPE>'],
    ])
    const { record, warnings = [] } = await connection.getPayment(id)
    expect(record).toMatchObject({ method: 'other' })
    expect(record.vendorFields).not.toHaveProperty('RECORDTYPE')
    expect(warnings.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/method', 'unknown_word'],
      ['/vendorFields/RECORDTYPE', 'garbled'],
    ])
  })
  it('whose rest is used says so where the use cannot be read, and is not voided', async () => {
    const id = await paid([])
    const rest = `advance-${id.slice('adv-'.length)}`
    await paid([{ invoice: '101', cash: '0', credit: [rest, '10.00'] }])
    const hide = () => changing('<object>ARPYMT</object>', [[/<RECORDNO>[^<]*<\/RECORDNO>/, '']])
    const { warnings } = await hide().getPayment(id)
    expect(warnings).toMatchObject([{ pointer: '/applications', code: 'garbled' }])
    const made = hide().voidPayment?.(id, {}, once(connection))
    expect(await refusal(Promise.resolve(made))).toMatchObject({ code: 'provider_garbled', applied: 'no' })
  })
})

describe('an invoice', () => {
  const include = new Set(['lines', 'payments'])
  const payment = async () => {
    const plan = await world.planFor('ACME', '10.00', [{ invoice: '101', cash: '10.00' }])
    await world.connection.createPayment(plan, once())
  }
  it.each([
    ['<read><object>ARINVOICE', 'STATE', '', '/status'],
    ['<read><object>ARINVOICE', 'TRX_TOTALENTERED', '', '/total'],
    ['<read><object>ARINVOICE', 'TRX_TOTALDUE', '<TRX_TOTALDUE/>', '/openAmount'],
    ['<read><object>ARINVOICE', 'TRX_AMOUNT', '<TRX_AMOUNT/>', '/lines/0/amount'],
    ['<query><object>ARPYMT', 'RECORDNO', '', '/payments'],
    ['<query><object>ARPYMT', 'STATE', '', '/payments'],
    ['<read><object>ARPYMT', 'RECORDKEY', '', '/payments'],
  ])('where what asks for "%s" gets %s as "%s" is told at %s', async (asked, name, instead, pointer) => {
    await payment()
    changing(asked, [[new RegExp(`<${name}>[^<]*</${name}>`), instead]])
    const { record, warnings } = await connection.getInvoice('101', { include })
    expect(warnings).toMatchObject([{ pointer, code: 'garbled' }])
    expect(record.status).toEqual(pointer === '/status' ? 'unknown' : expect.any(String))
  })
})

describe('a credit', () => {
  const key = { kind: 'memo' as const, nativeId: '305' }
  it('shows that a payment which uses it cannot be read, and is not released', async () => {
    const plan = await world.planFor('ACME', '10.00', [{ invoice: '101', cash: '10.00', credit: ['memo-305', '5.00'] }])
    await world.connection.createPayment(plan, once())
    const before = await world.connection.getCredit!(key)
    const odd: [RegExp, string] = [/<ADJUSTMENTKEY>305<\/ADJUSTMENTKEY>/, '<ADJUSTMENTKEY>NaN</ADJUSTMENTKEY>']
    const hide = () => changing('<read><object>ARPYMT', [odd])
    const { record, warnings } = await hide().getCredit!(key)
    expect(record.applications).toEqual([])
    expect(warnings).toMatchObject([{ pointer: '/applications', code: 'garbled' }])
    const released = [{ invoiceId: '101', amount: '5.00', index: 0 }]
    const write = hide().unapplyCredit!(key, { released, before } as unknown as CreditRelease, once(connection))
    expect(await refusal(write)).toMatchObject({ code: 'provider_garbled', applied: 'no' })
  })
  it('is not released where the account of what is made again cannot be read', async () => {
    const parts = [
      { invoice: '101', cash: '0', credit: ['memo-305', '3.00'] as const },
      { invoice: '102', cash: '0', credit: ['memo-305', '2.00'] as const },
    ]
    // What moves no cash is no payment to read back.
    await refusal(world.connection.createPayment(await world.planFor('ACME', '0', parts), once()))
    const before = await world.connection.getCredit!(key)
    const released = [{ invoiceId: '101', amount: '3.00', index: 0 }]
    changing('<read><object>ARPYMT', [[/<FINANCIALENTITY>([^<]*)</g, '<FINANCIALENTITY>x</FINANCIALENTITY>$&']])
    const write = connection.unapplyCredit!(key, { released, before } as unknown as CreditRelease, once(connection))
    expect(await refusal(write)).toMatchObject({ code: 'provider_garbled' })
  })
})
