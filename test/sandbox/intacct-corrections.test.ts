/** Drafts, advances and reversals of the Intacct sandbox, and its control endpoints. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { advance, cash, detail, equal, list, OVERPAYMENT, Payer, payment } from './intacct-caller.ts'

let payer: Payer

beforeAll(async () => {
  payer = await Payer.start()
})
beforeEach(() => {
  payer.sandbox.books.closedThrough = null
  payer.sandbox.reset()
})
afterAll(() => payer.sandbox.close())

async function reverse(key: string, date = '<year>2026</year><month>02</month><day>01</day>') {
  return payer.call(
    `<reverse_arpayment key="${key}"><datereversed>${date}</datereversed><description>NSF</description></reverse_arpayment>`,
  )
}

describe('drafts', () => {
  const draft = (details: string) => payer.pay(details, '<ACTION>Draft</ACTION>')
  it('select their invoices, can change, and are booked on submit', async () => {
    const id = await draft(cash('101', '60'))
    expect([payer.open('101'), await payer.totalDue()]).toEqual(['100', '205.5'])
    expect(await payer.query('ARINVOICE', 'STATE', equal('RECORDNO', '101'))).toEqual([{ STATE: 'Selected' }])
    expect(await payer.query('ARPYMT', 'RECORDNO STATE TRX_TOTALENTERED', equal('STATE', 'Draft'))).toEqual([
      { RECORDNO: id, STATE: 'Draft', TRX_TOTALENTERED: '60' },
    ])
    const change = `<update><ARPYMT><RECORDNO>${id}</RECORDNO><DESCRIPTION>new</DESCRIPTION><ARPYMTDETAILS>${cash('102', '5.50')}</ARPYMTDETAILS></ARPYMT></update>`
    expect((await payer.call(change)).status).toBe('success')
    const submit = await payer.call(
      `<update><ARPYMT><RECORDNO>${id}</RECORDNO><ACTION>Submit</ACTION></ARPYMT></update>`,
    )
    expect(submit.xml.data.arpymt).toEqual({ RECORDNO: id })
    expect([payer.open('101'), payer.open('102')]).toEqual(['100', '120'])
    const read = await payer.readOne('ARPYMT', id)
    expect([read['STATE'], read['DESCRIPTION'], read['TRX_TOTALENTERED']]).toEqual(['Complete', 'new', '5.5'])
  })

  it('can be deleted; posted payments can neither be changed nor deleted', async () => {
    const id = await draft(cash('101', '60'))
    const remove = (key: string) => payer.call(`<delete><object>ARPYMT</object><keys>${key}</keys></delete>`)
    expect((await remove(id)).status).toBe('success')
    expect((await remove(id)).errorText).toMatch(/Cannot find arpymt/)
    const posted = await payer.pay(cash('101', '1'))
    expect((await remove(posted)).errorText).toMatch(/Only draft payments can be deleted/)
    const change = await payer.call(
      `<update><ARPYMT><RECORDNO>${posted}</RECORDNO><DESCRIPTION>x</DESCRIPTION></ARPYMT></update>`,
    )
    expect(change.errorText).toMatch(/Only draft payments can be updated/)
  })

  it('are checked like payments and hold their customer', async () => {
    expect((await payer.call(payment(cash('101', '101'), '<ACTION>Draft</ACTION>'))).status).toBe('failure')
    expect((await payer.call(payment(cash('101', '1'), '<ACTION>Later</ACTION>'))).errorText).toMatch(/ACTION/)
  })
})

describe('advances', () => {
  it('keep money without an invoice; it does not lower what is due', async () => {
    const id = await payer.payIn('500.00')
    expect([payer.open(id), await payer.totalDue()]).toEqual(['500', '205.5'])
    const read = await payer.readOne('ARADVANCE', id)
    expect(read).toMatchObject({ RECORDTYPE: 'rr', STATE: 'Complete', TRX_TOTALENTERED: '500', TRX_TOTALDUE: '500' })
    expect(read['ARADVANCEITEMS'].ARADVANCEITEM).toMatchObject({
      ACCOUNTNO: '2100',
      TRX_AMOUNT: '500',
      LOCATIONID: '100',
    })
    expect(await payer.query('ARADVANCE', 'RECORDNO', equal('CUSTOMERID', 'ACME'))).toEqual([{ RECORDNO: id }])
    expect(await payer.query('ARPYMT', 'RECORDNO', equal('CUSTOMERID', 'ACME'))).toEqual([])
  })

  it.each([
    ['an account', /<ACCOUNTNO>.*?<\/ACCOUNTNO>/, 'BL01001973'],
    ['a location', /<LOCATIONID>.*?<\/LOCATIONID>/, 'BL03001994'],
    ['a payment date', /<PAYMENTDATE>.*?<\/PAYMENTDATE>/, 'BL01001973'],
    ['an amount', /<TRX_AMOUNT>.*?<\/TRX_AMOUNT>/, 'BL01001973'],
    ['items', /<ARADVANCEITEMS>.*?<\/ARADVANCEITEMS>/, 'BL01001973'],
  ])('need %s', async (_name, part, number) => {
    expect((await payer.call(advance('5').replace(part, ''))).errorNumber).toBe(number)
  })

  it('take the session’s entity for a location', async () => {
    const session = await payer.session('200')
    const made = await payer.call(advance('5').replace(/<LOCATIONID>.*?<\/LOCATIONID>/, ''), { session })
    expect(made.status).toBe('success')
  })
})

describe('reversal', () => {
  it('opens the invoices again, leaves both records, happens once', async () => {
    const credit = detail(
      '<RECORDKEY>101</RECORDKEY><ADJUSTMENTKEY>305</ADJUSTMENTKEY><TRX_ADJUSTMENTAMOUNT>20.00</TRX_ADJUSTMENTAMOUNT>',
    )
    const id = await payer.pay(cash('101', '80') + credit, OVERPAYMENT)
    expect((await reverse(id)).xml.key).toBe(id)
    expect([payer.open('101'), payer.open('305'), await payer.totalDue()]).toEqual(['100', '20', '205.5'])
    const rows = await payer.query(
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
    expect(list((await payer.readOne('ARPYMT', id))['ARPYMTDETAILS'].ARPYMTDETAIL)).toHaveLength(2)
    expect((await reverse(id)).errorText).toMatch(/already been reversed/)
  })

  it('is refused while its rest is used, in another entity, when reconciled, in a closed period, for what is no payment', async () => {
    const id = await payer.pay(cash('101', '80'), OVERPAYMENT)
    const use = await payer.pay(
      detail(
        `<RECORDKEY>102</RECORDKEY><OVERPAYMENTKEY>${id}</OVERPAYMENTKEY><TRX_POSTEDOVERPAYMENTAMOUNT>5</TRX_POSTEDOVERPAYMENTAMOUNT>`,
      ),
    )
    expect((await reverse(id)).errorText).toMatch(/applied by another payment/)
    expect((await reverse(use)).status).toBe('success')
    const session = await payer.session('200')
    const elsewhere = `<reverse_arpayment key="${id}"><datereversed><year>2026</year><month>2</month><day>1</day></datereversed></reverse_arpayment>`
    expect((await payer.call(elsewhere, { session })).errorText).toMatch(/another entity/)
    const [reconciled] = await payer.query('ARPYMT', 'RECORDNO', equal('STATE', 'Reconciled'))
    expect((await reverse(reconciled!['RECORDNO']!)).errorText).toMatch(/reconciled/)
    expect((await reverse('101')).errorText).toMatch(/^No record exits/)
    expect((await reverse(id, '<year>2026</year><month>2</month><day>30</day>')).errorNumber).toBe('DL02000001')
    payer.sandbox.books.closedThrough = '2026-02-28'
    expect((await reverse(id)).errorText).toMatch(/^Periods are closed/)
    payer.sandbox.books.closedThrough = null
    expect((await reverse(id)).status).toBe('success')
    expect([payer.open('101'), payer.open('102')]).toEqual(['100', '125.5'])
  })

  it('takes advances too', async () => {
    const id = await payer.payIn('50')
    expect((await reverse(id)).status).toBe('success')
    expect(payer.open(id)).toBe('0')
    const rows = await payer.query(
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
    await payer.pay(cash('101', '100'))
    const origin = new URL(payer.sandbox.url).origin
    const books = (await (await fetch(`${origin}/__sandbox/books?customer=ACME`)).json()) as { customers: unknown[] }
    expect(books.customers[0]).toMatchObject({ id: 'ACME', balance: '105.5' })
    expect((await fetch(`${origin}/__sandbox/reset`, { method: 'POST' })).status).toBe(204)
    expect(payer.open('101')).toBe('100')
    expect(await payer.query('ARPYMT', 'RECORDNO', equal('CUSTOMERID', 'ACME'))).toEqual([])
  })
})
