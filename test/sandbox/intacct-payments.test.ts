/** ARPYMT of the Intacct sandbox: cash, credits, overpayments, discounts, and the books behind them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cash, detail, equal, OVERPAYMENT, Payer, payment } from './intacct-caller.ts'

let payer: Payer

beforeAll(async () => {
  payer = await Payer.start()
})
beforeEach(() => {
  payer.sandbox.books.closedThrough = null
  payer.sandbox.reset()
})
afterAll(() => payer.sandbox.close())

describe('the seed', () => {
  it('gives ACME two open invoices and a credit memo', async () => {
    const filter = `<and>${equal('CUSTOMERID', 'ACME')}<greaterthan><field>TOTALDUE</field><value>0</value></greaterthan></and>`
    const rows = await payer.query(
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
    expect(await payer.query('ARADJUSTMENT', 'RECORDNO TRX_TOTALDUE', equal('CUSTOMERID', 'ACME'))).toEqual([
      { RECORDNO: '305', TRX_TOTALDUE: '-20' },
    ])
    expect(await payer.totalDue()).toBe('205.5')
  })

  it('shows what is foreign in both currencies, and debit memos above zero', async () => {
    const order = '<orderby><order><field>RECORDNO</field></order></orderby>'
    const invoices = await payer.query(
      'ARINVOICE',
      'RECORDNO CURRENCY TRX_TOTALDUE TOTALDUE',
      equal('CUSTOMERID', 'EUROPA'),
      order,
    )
    expect(invoices).toEqual([
      { RECORDNO: '104', CURRENCY: 'EUR', TRX_TOTALDUE: '200', TOTALDUE: '220' },
      { RECORDNO: '106', CURRENCY: 'EUR', TRX_TOTALDUE: '-30', TOTALDUE: '-33' },
    ])
    expect(await payer.query('ARADJUSTMENT', 'RECORDNO TRX_TOTALDUE', equal('CUSTOMERID', 'EUROPA'))).toEqual([
      { RECORDNO: '412', TRX_TOTALDUE: '40' },
    ])
  })
})

describe('create ARPYMT', () => {
  it('pays two invoices and reads back with its details', async () => {
    const id = await payer.pay(
      cash('101', '100.00') + cash('102', '25.50'),
      '<DOCNUMBER>CHK-1001</DOCNUMBER><DESCRIPTION>two</DESCRIPTION><PAYMENTDATE>01/30/2026</PAYMENTDATE>',
    )
    expect([payer.open('101'), payer.open('102'), await payer.totalDue()]).toEqual(['0', '100', '80'])
    const read = await payer.readOne('ARPYMT', id)
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
    const states = await payer.query(
      'ARINVOICE',
      'RECORDNO STATE',
      '<in><field>RECORDNO</field><value>101</value><value>102</value></in>',
      '<orderby><order><field>RECORDNO</field></order></orderby>',
    )
    expect(states.map((row) => row['STATE'])).toEqual(['Paid', 'Partially Paid'])
    expect(await payer.query('ARPYMTDETAIL', 'PAYMENTKEY TRX_PAYMENTAMOUNT', equal('RECORDKEY', '101'))).toEqual([
      { PAYMENTKEY: id, TRX_PAYMENTAMOUNT: '100' },
    ])
    const listed = await payer.query(
      'ARPYMT',
      'RECORDNO STATE TRX_TOTALENTERED',
      `<and>${equal('CUSTOMERID', 'ACME')}${equal('DOCNUMBER', 'CHK-1001')}</and>`,
    )
    expect(listed).toEqual([{ RECORDNO: id, STATE: 'Complete', TRX_TOTALENTERED: '125.5' }])
  })

  it('pays a line by its number, others in order', async () => {
    await payer.pay(
      detail('<RECORDKEY>102</RECORDKEY><ENTRYKEY>205</ENTRYKEY><TRX_PAYMENTAMOUNT>90</TRX_PAYMENTAMOUNT>'),
    )
    await payer.pay(cash('102', '30'))
    const lines = await payer.query(
      'ARINVOICEITEM',
      'RECORDNO TRX_TOTALDUE',
      equal('RECORDKEY', '102'),
      '<orderby><order><field>RECORDNO</field></order></orderby>',
    )
    expect(lines).toEqual([
      { RECORDNO: '204', TRX_TOTALDUE: '0' },
      { RECORDNO: '205', TRX_TOTALDUE: '5.5' },
    ])
    const beyond = await payer.call(
      payment(detail('<RECORDKEY>102</RECORDKEY><ENTRYKEY>205</ENTRYKEY><TRX_PAYMENTAMOUNT>6</TRX_PAYMENTAMOUNT>')),
    )
    expect(beyond.errorText).toMatch(/greater than the amount due for invoice/)
  })

  it('applies a credit memo beside cash, in a detail of its own', async () => {
    const credit = detail(
      '<RECORDKEY>101</RECORDKEY><ADJUSTMENTKEY>305</ADJUSTMENTKEY><TRX_ADJUSTMENTAMOUNT>20.00</TRX_ADJUSTMENTAMOUNT>',
    )
    const id = await payer.pay(cash('101', '80.00') + credit)
    expect([payer.open('101'), payer.open('305')]).toEqual(['0', '0'])
    const read = await payer.readOne('ARPYMT', id)
    expect([read['TRX_TOTALENTERED'], read['ARPYMTDETAILS'].ARPYMTDETAIL[1].TRX_ADJUSTMENTAMOUNT]).toEqual(['80', '20'])
  })
})

describe('credits, discounts, cents', () => {
  it('keeps a rest as overpayment and applies it later', async () => {
    const first = await payer.pay(cash('101', '100'), OVERPAYMENT)
    expect((await payer.readOne('ARPYMT', first))['TRX_TOTALDUE']).toBe('20')
    expect(await payer.totalDue()).toBe('105.5')
    const use = detail(
      `<RECORDKEY>102</RECORDKEY><OVERPAYMENTKEY>${first}</OVERPAYMENTKEY><TRX_POSTEDOVERPAYMENTAMOUNT>15</TRX_POSTEDOVERPAYMENTAMOUNT>`,
    )
    const second = await payer.pay(use)
    expect([payer.open('102'), payer.open(first)]).toEqual(['110.5', '5'])
    expect((await payer.readOne('ARPYMT', second))['TRX_TOTALENTERED']).toBe('0')
    const tooMuch = await payer.call(payment(use))
    expect(tooMuch.errorText).toMatch(/greater than the amount available/)
  })

  it('applies advances and negative invoices', async () => {
    const key = await payer.payIn('500.00')
    await payer.pay(
      detail(
        `<RECORDKEY>101</RECORDKEY><ADVANCEKEY>${key}</ADVANCEKEY><TRX_POSTEDADVANCEAMOUNT>15.00</TRX_POSTEDADVANCEAMOUNT>`,
      ),
    )
    expect([payer.open('101'), payer.open(key)]).toEqual(['85', '485'])
    const europa = payment(
      detail(
        '<RECORDKEY>104</RECORDKEY><NEGATIVEINVOICEKEY>106</NEGATIVEINVOICEKEY><TRX_NEGATIVEINVOICEAMOUNT>30</TRX_NEGATIVEINVOICEAMOUNT>',
      ) + detail('<POSADJKEY>412</POSADJKEY><TRX_PAYMENTAMOUNT>40</TRX_PAYMENTAMOUNT>'),
    )
    const done = await payer.call(europa.replace('ACME', 'EUROPA').replace('<CURRENCY>USD', '<CURRENCY>EUR'))
    expect(done.status).toBe('success')
    expect([payer.open('104'), payer.open('106'), payer.open('412')]).toEqual(['170', '0', '0'])
    const read = await payer.readOne('ARPYMT', done.xml.data.arpymt.RECORDNO)
    expect([read['TRX_TOTALENTERED'], read['TOTALENTERED'], read['EXCHANGE_RATE']]).toEqual(['40', '44', '1.1'])
  })

  it('takes a discount where the company has them', async () => {
    const discounted = cash('101', '90').replace(
      '</ARPYMTDETAIL>',
      '<TRX_TOTALDISCOUNTTOAPPLY>10</TRX_TOTALDISCOUNTTOAPPLY></ARPYMTDETAIL>',
    )
    const id = await payer.pay(discounted)
    expect(payer.open('101')).toBe('0')
    expect((await payer.readOne('ARPYMT', id))['ARPYMTDETAILS'].ARPYMTDETAIL).toMatchObject({
      TRX_DISCOUNTAMOUNT: '10',
    })
    const without = await Payer.start({ customDiscounts: false })
    expect((await without.call(payment(discounted))).errorText).toMatch(/^Invalid TRX_TOTALDISCOUNTTOAPPLY/)
    await without.sandbox.close()
  })

  it('rounds beyond two decimals and posts undeposited funds', async () => {
    const id = await payer.pay(cash('101', '10.005'))
    expect(payer.open('101')).toBe('89.99')
    expect((await payer.readOne('ARPYMT', id))['TRX_TOTALENTERED']).toBe('10.01')
    const kept = await payer.call(
      payment(cash('101', '1')).replace(
        '<FINANCIALENTITY>BOA</FINANCIALENTITY>',
        '<UNDEPOSITEDACCOUNTNO>1090</UNDEPOSITEDACCOUNTNO>',
      ),
    )
    expect((await payer.readOne('ARPYMT', kept.xml.data.arpymt.RECORDNO))['STATE']).toBe('Posted')
  })
})
