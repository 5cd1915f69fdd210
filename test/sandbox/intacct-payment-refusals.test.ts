/** What a create of ARPYMT is refused for, and that nothing of it stays. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cash, detail, Payer, payment } from './intacct-caller.ts'

let payer: Payer

beforeAll(async () => {
  payer = await Payer.start()
})
beforeEach(() => {
  payer.sandbox.books.closedThrough = null
  payer.sandbox.reset()
})
afterAll(() => payer.sandbox.close())

describe('create ARPYMT refuses', () => {
  const whole = payment(cash('101', '1'))
  const refusals: [string, string, string, RegExp][] = [
    ['an unknown invoice', payment(cash('999', '1')), 'DL03000005', /^No record exits for the recordkey 999/],
    ['another customer’s invoice', payment(cash('104', '1')), 'DL03000005', /104/],
    ['a credit as invoice', payment(cash('305', '1')), 'DL03000005', /305/],
    ['more than is open', payment(cash('101', '100.01')), 'XL03000027', /amount due for invoice with key 101$/],
    [
      'more than is open, in two details',
      payment(cash('101', '60') + cash('101', '60')),
      'XL03000027',
      /with key 101$/,
    ],
    ['zero', payment(cash('101', '0')), 'BL01001973', /TRX_PAYMENTAMOUNT '0'/],
    ['a negative amount', payment(cash('101', '-5')), 'BL01001973', /TRX_PAYMENTAMOUNT '-5'/],
    ['no details', payment(''), 'BL01001973', /ARPYMTDETAIL/],
    ['no method', whole.replace(/<PAYMENTMETHOD>.*?<\/PAYMENTMETHOD>/, ''), 'BL01001973', /PAYMENTMETHOD/],
    [
      'a method that is not listed',
      whole.replace('Printed Check', 'Check'),
      'BL01001973',
      /^Invalid Payment method 'Check' specified/,
    ],
    ['no date', whole.replace(/<RECEIPTDATE>.*?<\/RECEIPTDATE>/, ''), 'BL01001973', /RECEIPTDATE/],
    ['an ISO date', whole.replace('01/31/2026', '2026-01-31'), 'BL03000018', /2026-01-31/],
    ['a day that does not exist', whole.replace('01/31/2026', '02/30/2026'), 'BL03000018', /02\/30\/2026/],
    [
      'no account',
      whole.replace(/<FINANCIALENTITY>.*?<\/FINANCIALENTITY>/, ''),
      'BL01001973',
      /^Required field Bank account/,
    ],
    [
      'two accounts',
      whole.replace('<PAYMENTMETHOD>', '<UNDEPOSITEDACCOUNTNO>1090</UNDEPOSITEDACCOUNTNO><PAYMENTMETHOD>'),
      'BL01001973',
      /^Invalid Bank account 'BOA'/,
    ],
    ['an unknown bank account', whole.replace('BOA', 'NOBANK'), 'BL01001973', /NOBANK/],
    ['an unknown customer', whole.replace('ACME', 'NOBODY'), 'BL01001973', /NOBODY/],
    [
      'the wrong currency',
      whole.replace('<CURRENCY>USD', '<CURRENCY>EUR'),
      'BL01001973',
      /^The currency of the payment/,
    ],
    [
      'foreign currency in undeposited funds',
      payment(cash('104', '1'))
        .replace('ACME', 'EUROPA')
        .replace('<CURRENCY>USD', '<CURRENCY>EUR')
        .replace('<FINANCIALENTITY>BOA</FINANCIALENTITY>', '<UNDEPOSITEDACCOUNTNO>1090</UNDEPOSITEDACCOUNTNO>'),
      'BL02000051',
      /Undeposited Fund Account/,
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
      /^Invalid TRX_PAYMENTAMOUNT '1'/,
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
      'a line that is no inline credit',
      payment(detail('<RECORDKEY>101</RECORDKEY><INLINEKEY>101</INLINEKEY><TRX_INLINEAMOUNT>1</TRX_INLINEAMOUNT>')),
      'DL03000005',
      /No record exits/,
    ],
    [
      'an unknown field',
      whole.replace('<PAYMENTMETHOD>', '<AMOUNT>1</AMOUNT><PAYMENTMETHOD>'),
      'DL02000001',
      /processing the request/,
    ],
    [
      'an unknown detail field',
      payment(cash('101', '1').replace('TRX_PAYMENTAMOUNT', 'AMOUNT').replace('TRX_PAYMENTAMOUNT', 'AMOUNT')),
      'DL02000001',
      /processing the request/,
    ],
    [
      'a read-only detail field',
      payment(cash('101', '1').replaceAll('TRX_PAYMENTAMOUNT', 'PAYMENTAMOUNT')),
      'DL02000001',
      /processing the request/,
    ],
    [
      'RECORDNO',
      whole.replace('<PAYMENTMETHOD>', '<RECORDNO>1</RECORDNO><PAYMENTMETHOD>'),
      'DL02000001',
      /processing the request/,
    ],
  ]
  it.each(refusals)('refuses %s', async (_name, markup, number, text) => {
    const before = payer.sandbox.books.documents().length
    const result = await payer.call(markup)
    expect([result.status, result.errorNumber]).toEqual(['failure', number])
    expect(result.errorText).toMatch(text)
    expect([payer.open('101'), payer.sandbox.books.documents().length]).toEqual(['100', before])
  })

  it('refuses a closed period', async () => {
    payer.sandbox.books.closedThrough = '2026-01-31'
    expect((await payer.call(payment(cash('101', '1')))).errorText).toMatch(
      /^Periods are closed. Your transaction date \(01\/31\/2026\)/,
    )
  })
})
