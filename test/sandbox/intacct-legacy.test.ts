/** The legacy functions of the Intacct sandbox: fixed order, keys as answers, the same books behind them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { advance, Caller, equal } from './intacct-caller.ts'

let caller: Caller

beforeAll(async () => {
  caller = await Caller.start({ clock: () => new Date('2026-02-01T10:00:00Z') })
})
beforeEach(() => caller.sandbox.reset())
afterAll(() => caller.sandbox.close())

const open = (id: string) => caller.sandbox.books.openAmount(id)
const CONTACT =
  '<contact><contactname>Reseller(CL1)</contactname><printas>Reseller</printas><companyname>Reseller</companyname><email1>ap@vr.example</email1>' +
  '<mailaddress><address1>1 Main St</address1><city>Austin</city><country>United States</country></mailaddress></contact>'
const CREATE =
  '<create_customer><customerid>L1</customerid><name>Reseller</name><termname>Net 30</termname><creditlimit>1000.00</creditlimit>' +
  '<deliveryoptions><deliveryoption>both</deliveryoption></deliveryoptions><onhold>false</onhold><status>active</status><currency>USD</currency>' +
  `<contactinfo>${CONTACT}</contactinfo><customfields><customfield><customfieldname>REGION</customfieldname><customfieldvalue>West</customfieldvalue></customfield></customfields></create_customer>`

describe('customers', () => {
  it('are created, changed and deleted', async () => {
    expect((await caller.call(CREATE)).xml.key).toBe('L1')
    const fields =
      'NAME CREDITLIMIT REGION DELIVERY_OPTIONS DISPLAYCONTACT.CONTACTNAME DISPLAYCONTACT.MAILADDRESS.COUNTRYCODE'
    expect(await caller.query('CUSTOMER', fields, equal('CUSTOMERID', 'L1'))).toEqual([
      {
        NAME: 'Reseller',
        CREDITLIMIT: '1000',
        REGION: 'West',
        DELIVERY_OPTIONS: 'Print#~#E-Mail',
        'DISPLAYCONTACT.CONTACTNAME': 'Reseller(CL1)',
        'DISPLAYCONTACT.MAILADDRESS.COUNTRYCODE': 'US',
      },
    ])
    const change =
      '<update_customer customerid="L1"><name>Reseller Ltd</name><termname/><status>inactive</status></update_customer>'
    expect((await caller.call(change)).xml.key).toBe('L1')
    const now = await caller.query('CUSTOMER', 'NAME TERMNAME STATUS', equal('CUSTOMERID', 'L1'))
    expect(now).toEqual([{ NAME: 'Reseller Ltd', TERMNAME: 'Net 30', STATUS: 'inactive' }])
    await caller.call('<update_customer customerid="L1" set_nulls="true"><termname/></update_customer>')
    expect(await caller.query('CUSTOMER', 'TERMNAME', equal('CUSTOMERID', 'L1'))).toEqual([{ TERMNAME: '' }])
    const removed = await caller.call('<delete_customer customerid="L1"/>')
    expect([removed.status, removed.xml.key]).toEqual(['success', undefined])
    expect((await caller.call('<delete_customer customerid="L1"/>')).errorText).toMatch(
      /Cannot find customer with key 'L1'/,
    )
    expect((await caller.call('<delete_customer customerid="ACME"/>')).status).toBe('failure')
  })

  it('are refused as duplicates unless those are ignored', async () => {
    await caller.call(CREATE)
    expect((await caller.call(CREATE)).errorNumber).toBe('BL34000061')
    const ignoring = CREATE.replace('<create_customer>', '<create_customer ignoreduplicates="true">')
    expect((await caller.call(ignoring)).xml.key).toBe('L1')
  })

  it.each([
    ['another order', CREATE.replace(/(<customerid>L1<\/customerid>)(<name>Reseller<\/name>)/, '$2$1')],
    ['upper case', CREATE.replaceAll('termname', 'TERMNAME')],
    [
      'two customers in one call',
      CREATE.replace('</create_customer>', '<customerid>L2</customerid></create_customer>'),
    ],
    ['no name', CREATE.replace('<name>Reseller</name>', '')],
    ['an update without its key', '<update_customer><name>x</name></update_customer>'],
    ['a contact without printas', CREATE.replace('<printas>Reseller</printas>', '')],
    ['something inside a delete', '<delete_customer customerid="L1"><name>x</name></delete_customer>'],
    [
      'a currency without its rate',
      '<create_arpayment><customerid>ACME</customerid><paymentamount>1</paymentamount><currency>USD</currency></create_arpayment>',
    ],
    [
      'an amount before the key',
      '<apply_arpayment><paymentdate><year>2026</year><month>1</month><day>1</day></paymentdate><arpaymentkey>1</arpaymentkey></apply_arpayment>',
    ],
    [
      'a reversal without key',
      '<reverse_arpayment><datereversed><year>2026</year><month>1</month><day>1</day></datereversed></reverse_arpayment>',
    ],
    ['a date in one piece', '<reverse_arpayment key="1"><datereversed>01/01/2026</datereversed></reverse_arpayment>'],
  ])('the schema refuses %s', async (_name, markup) => {
    const answer = await caller.post(caller.envelope(`<function controlid="f">${markup}</function>`))
    expect(answer.xml.control.status).toBe('failure')
    expect(answer.xml.errormessage.error.errorno).toBe('XL03000003')
  })
})

describe('payments', () => {
  const DATE = '<year>2026</year><month>1</month><day>31</day>'
  const items =
    '<arpaymentitem><invoicekey>101</invoicekey><amount>100.00</amount></arpaymentitem><arpaymentitem><invoicekey>102</invoicekey><amount>25.50</amount></arpaymentitem>'
  const received = (amount: string, inner: string, location = '') =>
    `<create_arpayment><customerid>ACME</customerid><paymentamount>${amount}</paymentamount><bankaccountid>BOA</bankaccountid><refid>R-1</refid>${location}` +
    `<datereceived>${DATE}</datereceived><paymentmethod>EFT</paymentmethod><currency>USD</currency><exchratetype></exchratetype>${inner}</create_arpayment>`
  const LOCATION = '<overpaylocid>100</overpaylocid>'

  it('become ARPYMT records; what is above the items is an overpayment', async () => {
    const key = (await caller.call(received('130.5', items, LOCATION))).xml.key
    expect([open('101'), open('102'), open(key)]).toEqual(['0', '100', '5'])
    expect(
      await caller.query('ARPYMT', 'RECORDNO DOCNUMBER PAYMENTMETHOD TRX_TOTALENTERED', equal('CUSTOMERID', 'ACME')),
    ).toEqual([{ RECORDNO: key, DOCNUMBER: 'R-1', PAYMENTMETHOD: 'EFT', TRX_TOTALENTERED: '130.5' }])
    expect((await caller.call(received('130.5', items))).status).toBe('failure')
    expect((await caller.call(received('100', items))).errorText).toMatch(/^Invalid paymentamount '100'/)
  })

  it('without items are advances', async () => {
    const key = (await caller.call(received('75', '', LOCATION))).xml.key
    expect(caller.sandbox.books.getDocument(key)?.kind).toBe('advance')
    expect((await caller.call(received('75', ''))).errorNumber).toBe('BL03001994')
    const nowhere = received('75', '').replace(/<bankaccountid>.*?<\/bankaccountid>/, '')
    expect((await caller.call(nowhere)).errorText).toMatch(/^Please provide a payment batch key/)
  })

  it('apply every kind of credit', async () => {
    const paid = (key: string, amount: string) =>
      `<apply_arpayment><arpaymentkey>${key}</arpaymentkey><paymentdate>${DATE}</paymentdate><memo>apply</memo><arpaymentitems><arpaymentitem><invoicekey>101</invoicekey><amount>${amount}</amount></arpaymentitem></arpaymentitems></apply_arpayment>`
    const advanceKey = (await caller.call(advance('10.99'))).xml.data.aradvance.RECORDNO
    const overpaid = (
      await caller.call(
        received('15', '<arpaymentitem><invoicekey>102</invoicekey><amount>10</amount></arpaymentitem>', LOCATION),
      )
    ).xml.key
    for (const [key, amount] of [
      [advanceKey, '10.99'],
      [overpaid, '5'],
      ['305', '20'],
    ]) {
      expect((await caller.call(paid(key, amount))).status).toBe('success')
      expect(open(key)).toBe('0')
    }
    expect(open('101')).toBe('64.01')
    expect((await caller.call(paid('305', '1'))).status).toBe('failure')
    expect((await caller.call(paid('102', '1'))).errorText).toMatch(/^No record exits/)
  })

  it('say so when a function of the schema is not run here', async () => {
    const aging = await caller.call('<get_araging><customerid>ACME</customerid></get_araging>')
    expect([aging.status, aging.errorNumber]).toEqual(['failure', 'PL04000005'])
  })
})
