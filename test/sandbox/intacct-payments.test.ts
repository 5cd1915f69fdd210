/** ARPYMT and ARADVANCE of the Intacct sandbox: money, credits, discounts, drafts, reversals, and the books behind them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { advance, Caller, cash, equal, list, payment } from './intacct-caller.ts'

let caller: Caller

beforeAll(async () => {
  caller = await Caller.start({ clock: () => new Date('2026-02-01T10:00:00Z') })
})
beforeEach(() => {
  caller.sandbox.books.closedThrough = null
  caller.sandbox.reset()
})
afterAll(() => caller.sandbox.close())

const open = (id: string) => caller.sandbox.books.openAmount(id)
const detail = (inner: string) => `<ARPYMTDETAIL>${inner}</ARPYMTDETAIL>`
const OVERPAYMENT = '<OVERPAYMENTAMOUNT>20.00</OVERPAYMENTAMOUNT><OVERPAYMENTLOCATIONID>100</OVERPAYMENTLOCATIONID>'

async function pay(details: string, more = ''): Promise<string> {
  const result = await caller.call(payment(details, more))
  if (result.status !== 'success') throw new Error(result.errors.map((error) => error.description2).join(' '))
  expect(result.xml.data['@count']).toBe('1')
  return result.xml.data.arpymt.RECORDNO
}

async function payIn(amount: string): Promise<string> {
  const result = await caller.call(advance(amount))
  if (result.status !== 'success') throw new Error(result.errorText)
  return result.xml.data.aradvance.RECORDNO
}

async function reverse(key: string, date = '<year>2026</year><month>02</month><day>01</day>') {
  return caller.call(
    `<reverse_arpayment key="${key}"><datereversed>${date}</datereversed><description>NSF</description></reverse_arpayment>`,
  )
}

async function totalDue(): Promise<string> {
  return (await caller.query('CUSTOMER', 'TOTALDUE', equal('CUSTOMERID', 'ACME')))[0]!['TOTALDUE']!
}

describe('the seed', () => {
  it('gives ACME two open invoices and a credit memo', async () => {
    const filter = `<and>${equal('CUSTOMERID', 'ACME')}<greaterthan><field>TOTALDUE</field><value>0</value></greaterthan></and>`
    const rows = await caller.query(
      'ARINVOICE',
      'RECORDNO RECORDID STATE CURRENCY WHENCREATED WHENDUE TRX_TOTALDUE MODULEKEY',
      filter,
      '<orderby><order><field>RECORDNO</field></order></orderby>',
    )
    const same = { STATE: 'Posted', CURRENCY: 'USD', MODULEKEY: '4.AR' }
    expect(rows).toEqual([
      {
        RECORDNO: '101',
        RECORDID: 'INV-0101',
        ...same,
        WHENCREATED: '01/01/2026',
        WHENDUE: '01/31/2026',
        TRX_TOTALDUE: '100',
      },
      {
        RECORDNO: '102',
        RECORDID: 'INV-0102',
        ...same,
        WHENCREATED: '01/05/2026',
        WHENDUE: '02/04/2026',
        TRX_TOTALDUE: '125.5',
      },
    ])
    expect(await caller.query('ARADJUSTMENT', 'RECORDNO TRX_TOTALDUE', equal('CUSTOMERID', 'ACME'))).toEqual([
      { RECORDNO: '305', TRX_TOTALDUE: '-20' },
    ])
    expect(await totalDue()).toBe('205.5')
  })

  it('shows what is foreign in both currencies, and debit memos above zero', async () => {
    const order = '<orderby><order><field>RECORDNO</field></order></orderby>'
    const invoices = await caller.query(
      'ARINVOICE',
      'RECORDNO CURRENCY TRX_TOTALDUE TOTALDUE',
      equal('CUSTOMERID', 'EUROPA'),
      order,
    )
    expect(invoices).toEqual([
      { RECORDNO: '104', CURRENCY: 'EUR', TRX_TOTALDUE: '200', TOTALDUE: '220' },
      { RECORDNO: '106', CURRENCY: 'EUR', TRX_TOTALDUE: '-30', TOTALDUE: '-33' },
    ])
    expect(await caller.query('ARADJUSTMENT', 'RECORDNO TRX_TOTALDUE', equal('CUSTOMERID', 'EUROPA'))).toEqual([
      { RECORDNO: '412', TRX_TOTALDUE: '40' },
    ])
  })
})

describe('create ARPYMT', () => {
  it('pays two invoices and reads back with its details', async () => {
    const id = await pay(
      cash('101', '100.00') + cash('102', '25.50'),
      '<DOCNUMBER>CHK-1001</DOCNUMBER><DESCRIPTION>two</DESCRIPTION><PAYMENTDATE>01/30/2026</PAYMENTDATE>',
    )
    expect([open('101'), open('102'), await totalDue()]).toEqual(['0', '100', '80'])
    const read = await caller.readOne('ARPYMT', id)
    expect(read).toMatchObject({
      RECORDNO: id,
      RECORDTYPE: 'rp',
      STATE: 'Complete',
      PAYMENTMETHOD: 'Printed Check',
      FINANCIALENTITY: 'BOA',
      FINANCIALENTITYTYPE: 'ba',
      UNDEPOSITEDACCOUNTNO: '',
      CUSTOMERID: 'ACME',
      CUSTOMERNAME: 'Acme Corporation',
      DOCNUMBER: 'CHK-1001',
      DESCRIPTION: 'two',
      RECEIPTDATE: '01/31/2026',
      WHENPAID: '01/30/2026',
      BASECURR: 'USD',
      CURRENCY: 'USD',
      TRX_TOTALENTERED: '125.5',
      TRX_TOTALPAID: '125.5',
      TRX_TOTALDUE: '0',
    })
    const details = read['ARPYMTDETAILS'].ARPYMTDETAIL
    expect(
      details.map((one: Record<string, string>) => [one['RECORDKEY'], one['TRX_PAYMENTAMOUNT'], one['PAYMENTKEY']]),
    ).toEqual([
      ['101', '100', id],
      ['102', '25.5', id],
    ])
    const states = await caller.query(
      'ARINVOICE',
      'RECORDNO STATE',
      '<in><field>RECORDNO</field><value>101</value><value>102</value></in>',
      '<orderby><order><field>RECORDNO</field></order></orderby>',
    )
    expect(states.map((row) => row['STATE'])).toEqual(['Paid', 'Partially Paid'])
    expect(await caller.query('ARPYMTDETAIL', 'PAYMENTKEY TRX_PAYMENTAMOUNT', equal('RECORDKEY', '101'))).toEqual([
      { PAYMENTKEY: id, TRX_PAYMENTAMOUNT: '100' },
    ])
    const listed = await caller.query(
      'ARPYMT',
      'RECORDNO STATE TRX_TOTALENTERED',
      `<and>${equal('CUSTOMERID', 'ACME')}${equal('DOCNUMBER', 'CHK-1001')}</and>`,
    )
    expect(listed).toEqual([{ RECORDNO: id, STATE: 'Complete', TRX_TOTALENTERED: '125.5' }])
  })

  it('pays a line by its number, others in order', async () => {
    await pay(detail('<RECORDKEY>102</RECORDKEY><ENTRYKEY>205</ENTRYKEY><TRX_PAYMENTAMOUNT>90</TRX_PAYMENTAMOUNT>'))
    await pay(cash('102', '30'))
    const lines = await caller.query(
      'ARINVOICEITEM',
      'RECORDNO TRX_TOTALDUE',
      equal('RECORDKEY', '102'),
      '<orderby><order><field>RECORDNO</field></order></orderby>',
    )
    expect(lines).toEqual([
      { RECORDNO: '204', TRX_TOTALDUE: '0' },
      { RECORDNO: '205', TRX_TOTALDUE: '5.5' },
    ])
    const beyond = await caller.call(
      payment(detail('<RECORDKEY>102</RECORDKEY><ENTRYKEY>205</ENTRYKEY><TRX_PAYMENTAMOUNT>6</TRX_PAYMENTAMOUNT>')),
    )
    expect(beyond.errorText).toMatch(/exceeds the 5.5 due/)
  })

  it('applies a credit memo beside cash, in a detail of its own', async () => {
    const credit = detail(
      '<RECORDKEY>101</RECORDKEY><ADJUSTMENTKEY>305</ADJUSTMENTKEY><TRX_ADJUSTMENTAMOUNT>20.00</TRX_ADJUSTMENTAMOUNT>',
    )
    const id = await pay(cash('101', '80.00') + credit)
    expect([open('101'), open('305')]).toEqual(['0', '0'])
    const read = await caller.readOne('ARPYMT', id)
    expect([read['TRX_TOTALENTERED'], read['ARPYMTDETAILS'].ARPYMTDETAIL[1].TRX_ADJUSTMENTAMOUNT]).toEqual(['80', '20'])
  })

  it('keeps a rest as overpayment and applies it later', async () => {
    const first = await pay(cash('101', '100'), OVERPAYMENT)
    expect((await caller.readOne('ARPYMT', first))['TRX_TOTALDUE']).toBe('20')
    expect(await totalDue()).toBe('105.5')
    const use = detail(
      `<RECORDKEY>102</RECORDKEY><OVERPAYMENTKEY>${first}</OVERPAYMENTKEY><TRX_POSTEDOVERPAYMENTAMOUNT>15</TRX_POSTEDOVERPAYMENTAMOUNT>`,
    )
    const second = await pay(use)
    expect([open('102'), open(first)]).toEqual(['110.5', '5'])
    expect((await caller.readOne('ARPYMT', second))['TRX_TOTALENTERED']).toBe('0')
    const tooMuch = await caller.call(payment(use))
    expect(tooMuch.errorText).toMatch(/has 5 left; 15 was used/)
  })

  it('applies advances and negative invoices', async () => {
    const key = await payIn('500.00')
    await pay(
      detail(
        `<RECORDKEY>101</RECORDKEY><ADVANCEKEY>${key}</ADVANCEKEY><TRX_POSTEDADVANCEAMOUNT>15.00</TRX_POSTEDADVANCEAMOUNT>`,
      ),
    )
    expect([open('101'), open(key)]).toEqual(['85', '485'])
    const europa = payment(
      detail(
        '<RECORDKEY>104</RECORDKEY><NEGATIVEINVOICEKEY>106</NEGATIVEINVOICEKEY><TRX_NEGATIVEINVOICEAMOUNT>30</TRX_NEGATIVEINVOICEAMOUNT>',
      ) + detail('<POSADJKEY>412</POSADJKEY><TRX_PAYMENTAMOUNT>40</TRX_PAYMENTAMOUNT>'),
    )
    const done = await caller.call(europa.replace('ACME', 'EUROPA').replace('<CURRENCY>USD', '<CURRENCY>EUR'))
    expect(done.status).toBe('success')
    expect([open('104'), open('106'), open('412')]).toEqual(['170', '0', '0'])
    const read = await caller.readOne('ARPYMT', done.xml.data.arpymt.RECORDNO)
    expect([read['TRX_TOTALENTERED'], read['TOTALENTERED'], read['EXCHANGE_RATE']]).toEqual(['40', '44', '1.1'])
  })

  it('takes a discount where the company has them', async () => {
    const discounted = cash('101', '90').replace(
      '</ARPYMTDETAIL>',
      '<TRX_TOTALDISCOUNTTOAPPLY>10</TRX_TOTALDISCOUNTTOAPPLY></ARPYMTDETAIL>',
    )
    const id = await pay(discounted)
    expect(open('101')).toBe('0')
    expect((await caller.readOne('ARPYMT', id))['ARPYMTDETAILS'].ARPYMTDETAIL).toMatchObject({
      TRX_DISCOUNTAMOUNT: '10',
    })
    const without = await Caller.start({ customDiscounts: false })
    expect((await without.call(payment(discounted))).errorText).toMatch(/not enabled/)
    await without.sandbox.close()
  })

  it('rounds beyond two decimals and posts undeposited funds', async () => {
    const id = await pay(cash('101', '10.005'))
    expect(open('101')).toBe('89.99')
    expect((await caller.readOne('ARPYMT', id))['TRX_TOTALENTERED']).toBe('10.01')
    const kept = await caller.call(
      payment(cash('101', '1')).replace(
        '<FINANCIALENTITY>BOA</FINANCIALENTITY>',
        '<UNDEPOSITEDACCOUNTNO>1090</UNDEPOSITEDACCOUNTNO>',
      ),
    )
    expect((await caller.readOne('ARPYMT', kept.xml.data.arpymt.RECORDNO))['STATE']).toBe('Posted')
  })

  const whole = payment(cash('101', '1'))
  const refusals: [string, string, string, RegExp][] = [
    [
      'an unknown invoice',
      payment(cash('999', '1')),
      'DL03000005',
      /^No record exits for the recordkey\/invoicekey 999/,
    ],
    ['another customer’s invoice', payment(cash('104', '1')), 'DL03000005', /104/],
    ['a credit as invoice', payment(cash('305', '1')), 'DL03000005', /305/],
    ['more than is open', payment(cash('101', '100.01')), 'BL01001973', /INV-0101 has 100 open; 100.01 was applied/],
    ['more than is open, in two details', payment(cash('101', '60') + cash('101', '60')), 'BL01001973', /has 40 open/],
    ['zero', payment(cash('101', '0')), 'BL01001973', /above zero/],
    ['a negative amount', payment(cash('101', '-5')), 'BL01001973', /above zero/],
    ['no details', payment(''), 'BL01001973', /ARPYMTDETAIL/],
    ['no method', whole.replace(/<PAYMENTMETHOD>.*?<\/PAYMENTMETHOD>/, ''), 'BL01001973', /PAYMENTMETHOD/],
    [
      'a method that is not listed',
      whole.replace('Printed Check', 'Check'),
      'BL01001973',
      /Invalid payment method 'Check'/,
    ],
    ['no date', whole.replace(/<RECEIPTDATE>.*?<\/RECEIPTDATE>/, ''), 'BL01001973', /RECEIPTDATE/],
    ['an ISO date', whole.replace('01/31/2026', '2026-01-31'), 'BL03000018', /2026-01-31/],
    ['a day that does not exist', whole.replace('01/31/2026', '02/30/2026'), 'BL03000018', /02\/30\/2026/],
    ['no account', whole.replace(/<FINANCIALENTITY>.*?<\/FINANCIALENTITY>/, ''), 'BL01001973', /either a bank account/],
    [
      'two accounts',
      whole.replace('<PAYMENTMETHOD>', '<UNDEPOSITEDACCOUNTNO>1090</UNDEPOSITEDACCOUNTNO><PAYMENTMETHOD>'),
      'BL01001973',
      /not both/,
    ],
    ['an unknown bank account', whole.replace('BOA', 'NOBANK'), 'BL01001973', /NOBANK/],
    ['an unknown customer', whole.replace('ACME', 'NOBODY'), 'BL01001973', /NOBODY/],
    ['the wrong currency', whole.replace('<CURRENCY>USD', '<CURRENCY>EUR'), 'BL01001973', /currency EUR/],
    [
      'foreign currency in undeposited funds',
      payment(cash('104', '1'))
        .replace('ACME', 'EUROPA')
        .replace('<CURRENCY>USD', '<CURRENCY>EUR')
        .replace('<FINANCIALENTITY>BOA</FINANCIALENTITY>', '<UNDEPOSITEDACCOUNTNO>1090</UNDEPOSITEDACCOUNTNO>'),
      'BL02000051',
      /undeposited/,
    ],
    [
      'an overpayment without a location',
      payment(cash('101', '1'), '<OVERPAYMENTAMOUNT>1</OVERPAYMENTAMOUNT>'),
      'BL03001994',
      /^Use of empty Location is invalid/,
    ],
    [
      'cash and credit in one detail',
      payment(
        cash('101', '1').replace(
          '<TRX',
          '<ADJUSTMENTKEY>305</ADJUSTMENTKEY><TRX_ADJUSTMENTAMOUNT>1</TRX_ADJUSTMENTAMOUNT><TRX',
        ),
      ),
      'BL01001973',
      /one kind of credit/,
    ],
    [
      'an advance key for a memo',
      payment(
        detail(
          '<RECORDKEY>101</RECORDKEY><ADVANCEKEY>305</ADVANCEKEY><TRX_POSTEDADVANCEAMOUNT>1</TRX_POSTEDADVANCEAMOUNT>',
        ),
      ),
      'DL03000005',
      /305/,
    ],
    [
      'inline credits',
      payment(detail('<RECORDKEY>101</RECORDKEY><INLINEKEY>101</INLINEKEY><TRX_INLINEAMOUNT>1</TRX_INLINEAMOUNT>')),
      'BL01001973',
      /not enabled/,
    ],
    ['an unknown field', whole.replace('<PAYMENTMETHOD>', '<AMOUNT>1</AMOUNT><PAYMENTMETHOD>'), 'DL02000001', /AMOUNT/],
    [
      'an unknown detail field',
      payment(cash('101', '1').replace('TRX_PAYMENTAMOUNT', 'AMOUNT').replace('TRX_PAYMENTAMOUNT', 'AMOUNT')),
      'DL02000001',
      /AMOUNT/,
    ],
    [
      'a read-only detail field',
      payment(cash('101', '1').replaceAll('TRX_PAYMENTAMOUNT', 'PAYMENTAMOUNT')),
      'DL02000001',
      /read only/,
    ],
    ['RECORDNO', whole.replace('<PAYMENTMETHOD>', '<RECORDNO>1</RECORDNO><PAYMENTMETHOD>'), 'DL02000001', /read only/],
  ]
  it.each(refusals)('refuses %s', async (_name, markup, number, text) => {
    const before = caller.sandbox.books.documents().length
    const result = await caller.call(markup)
    expect([result.status, result.errorNumber]).toEqual(['failure', number])
    expect(result.errorText).toMatch(text)
    expect([open('101'), caller.sandbox.books.documents().length]).toEqual(['100', before])
  })

  it('refuses a closed period', async () => {
    caller.sandbox.books.closedThrough = '2026-01-31'
    expect((await caller.call(payment(cash('101', '1')))).errorText).toMatch(/closed through 2026-01-31/)
  })
})

describe('drafts', () => {
  const draft = (details: string) => pay(details, '<ACTION>Draft</ACTION>')
  it('select their invoices, can change, and are booked on submit', async () => {
    const id = await draft(cash('101', '60'))
    expect([open('101'), await totalDue()]).toEqual(['100', '205.5'])
    expect(await caller.query('ARINVOICE', 'STATE', equal('RECORDNO', '101'))).toEqual([{ STATE: 'Selected' }])
    expect(await caller.query('ARPYMT', 'RECORDNO STATE TRX_TOTALENTERED', equal('STATE', 'Draft'))).toEqual([
      { RECORDNO: id, STATE: 'Draft', TRX_TOTALENTERED: '60' },
    ])
    const change = `<update><ARPYMT><RECORDNO>${id}</RECORDNO><DESCRIPTION>new</DESCRIPTION><ARPYMTDETAILS>${cash('102', '5.50')}</ARPYMTDETAILS></ARPYMT></update>`
    expect((await caller.call(change)).status).toBe('success')
    const submit = await caller.call(
      `<update><ARPYMT><RECORDNO>${id}</RECORDNO><ACTION>Submit</ACTION></ARPYMT></update>`,
    )
    expect(submit.xml.data.arpymt).toEqual({ RECORDNO: id })
    expect([open('101'), open('102')]).toEqual(['100', '120'])
    const read = await caller.readOne('ARPYMT', id)
    expect([read['STATE'], read['DESCRIPTION'], read['TRX_TOTALENTERED']]).toEqual(['Complete', 'new', '5.5'])
  })

  it('can be deleted; posted payments can neither be changed nor deleted', async () => {
    const id = await draft(cash('101', '60'))
    const remove = (key: string) => caller.call(`<delete><object>ARPYMT</object><keys>${key}</keys></delete>`)
    expect((await remove(id)).status).toBe('success')
    expect((await remove(id)).errorText).toMatch(/Cannot find arpymt/)
    const posted = await pay(cash('101', '1'))
    expect((await remove(posted)).errorText).toMatch(/Only draft payments can be deleted/)
    const change = await caller.call(
      `<update><ARPYMT><RECORDNO>${posted}</RECORDNO><DESCRIPTION>x</DESCRIPTION></ARPYMT></update>`,
    )
    expect(change.errorText).toMatch(/Only draft payments can be updated/)
  })

  it('are checked like payments and hold their customer', async () => {
    expect((await caller.call(payment(cash('101', '101'), '<ACTION>Draft</ACTION>'))).status).toBe('failure')
    expect((await caller.call(payment(cash('101', '1'), '<ACTION>Later</ACTION>'))).errorText).toMatch(/ACTION/)
  })
})

describe('advances', () => {
  it('keep money without an invoice; it does not lower what is due', async () => {
    const id = await payIn('500.00')
    expect([open(id), await totalDue()]).toEqual(['500', '205.5'])
    const read = await caller.readOne('ARADVANCE', id)
    expect(read).toMatchObject({ RECORDTYPE: 'rr', STATE: 'Complete', TRX_TOTALENTERED: '500', TRX_TOTALDUE: '500' })
    expect(read['ARADVANCEITEMS'].ARADVANCEITEM).toMatchObject({
      ACCOUNTNO: '2100',
      TRX_AMOUNT: '500',
      LOCATIONID: '100',
    })
    expect(await caller.query('ARADVANCE', 'RECORDNO', equal('CUSTOMERID', 'ACME'))).toEqual([{ RECORDNO: id }])
    expect(await caller.query('ARPYMT', 'RECORDNO', equal('CUSTOMERID', 'ACME'))).toEqual([])
  })

  it.each([
    ['an account', /<ACCOUNTNO>.*?<\/ACCOUNTNO>/, 'BL01001973'],
    ['a location', /<LOCATIONID>.*?<\/LOCATIONID>/, 'BL03001994'],
    ['a payment date', /<PAYMENTDATE>.*?<\/PAYMENTDATE>/, 'BL01001973'],
    ['an amount', /<TRX_AMOUNT>.*?<\/TRX_AMOUNT>/, 'BL01001973'],
    ['items', /<ARADVANCEITEMS>.*?<\/ARADVANCEITEMS>/, 'BL01001973'],
  ])('need %s', async (_name, part, number) => {
    expect((await caller.call(advance('5').replace(part, ''))).errorNumber).toBe(number)
  })

  it('take the session’s entity for a location', async () => {
    const session = await caller.session('200')
    const made = await caller.call(advance('5').replace(/<LOCATIONID>.*?<\/LOCATIONID>/, ''), { session })
    expect(made.status).toBe('success')
  })
})

describe('reversal', () => {
  it('opens the invoices again, leaves both records, happens once', async () => {
    const credit = detail(
      '<RECORDKEY>101</RECORDKEY><ADJUSTMENTKEY>305</ADJUSTMENTKEY><TRX_ADJUSTMENTAMOUNT>20.00</TRX_ADJUSTMENTAMOUNT>',
    )
    const id = await pay(cash('101', '80') + credit, OVERPAYMENT)
    expect((await reverse(id)).xml.key).toBe(id)
    expect([open('101'), open('305'), await totalDue()]).toEqual(['100', '20', '205.5'])
    const rows = await caller.query(
      'ARPYMT',
      'RECORDNO STATE TRX_TOTALENTERED TRX_TOTALDUE PARENTPAYMENTKEY RECEIPTDATE',
      equal('CUSTOMERID', 'ACME'),
      '<orderby><order><field>RECORDNO</field></order></orderby>',
    )
    expect(rows).toEqual([
      {
        RECORDNO: id,
        STATE: 'Reversed',
        TRX_TOTALENTERED: '100',
        TRX_TOTALDUE: '0',
        PARENTPAYMENTKEY: '',
        RECEIPTDATE: '01/31/2026',
      },
      {
        RECORDNO: String(Number(id) + 1),
        STATE: 'Reversal',
        TRX_TOTALENTERED: '-100',
        TRX_TOTALDUE: '0',
        PARENTPAYMENTKEY: id,
        RECEIPTDATE: '02/01/2026',
      },
    ])
    expect(list((await caller.readOne('ARPYMT', id))['ARPYMTDETAILS'].ARPYMTDETAIL)).toHaveLength(2)
    expect((await reverse(id)).errorText).toMatch(/already been reversed/)
  })

  it('is refused while its rest is used, in another entity, when reconciled, in a closed period, for what is no payment', async () => {
    const id = await pay(cash('101', '80'), OVERPAYMENT)
    const use = await pay(
      detail(
        `<RECORDKEY>102</RECORDKEY><OVERPAYMENTKEY>${id}</OVERPAYMENTKEY><TRX_POSTEDOVERPAYMENTAMOUNT>5</TRX_POSTEDOVERPAYMENTAMOUNT>`,
      ),
    )
    expect((await reverse(id)).errorText).toMatch(/reverse those first/)
    expect((await reverse(use)).status).toBe('success')
    const session = await caller.session('200')
    const elsewhere = `<reverse_arpayment key="${id}"><datereversed><year>2026</year><month>2</month><day>1</day></datereversed></reverse_arpayment>`
    expect((await caller.call(elsewhere, { session })).errorText).toMatch(/from the entity/)
    const [reconciled] = await caller.query('ARPYMT', 'RECORDNO', equal('STATE', 'Reconciled'))
    expect((await reverse(reconciled!['RECORDNO']!)).errorText).toMatch(/reconciled/)
    expect((await reverse('101')).errorText).toMatch(/Cannot find arpayment/)
    expect((await reverse(id, '<year>2026</year><month>2</month><day>30</day>')).errorNumber).toBe('DL02000001')
    caller.sandbox.books.closedThrough = '2026-02-28'
    expect((await reverse(id)).errorText).toMatch(/closed period/)
    caller.sandbox.books.closedThrough = null
    expect((await reverse(id)).status).toBe('success')
    expect([open('101'), open('102')]).toEqual(['100', '125.5'])
  })

  it('takes advances too', async () => {
    const id = await payIn('50')
    expect((await reverse(id)).status).toBe('success')
    expect(open(id)).toBe('0')
    const rows = await caller.query(
      'ARADVANCE',
      'STATE',
      equal('CUSTOMERID', 'ACME'),
      '<orderby><order><field>RECORDNO</field></order></orderby>',
    )
    expect(rows.map((row) => row['STATE'])).toEqual(['Reversed', 'Reversal'])
  })
})

describe('the control endpoints', () => {
  it('show the books and put the seed back', async () => {
    await pay(cash('101', '100'))
    const origin = new URL(caller.sandbox.url).origin
    const books = await (await fetch(`${origin}/__sandbox/books?customer=ACME`)).json()
    expect(books.customers[0]).toMatchObject({ id: 'ACME', balance: '105.5' })
    expect((await fetch(`${origin}/__sandbox/reset`, { method: 'POST' })).status).toBe(204)
    expect(open('101')).toBe('100')
    expect(await caller.query('ARPYMT', 'RECORDNO', equal('CUSTOMERID', 'ACME'))).toEqual([])
  })
})
